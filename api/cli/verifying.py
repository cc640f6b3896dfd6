"""The command ``ccn-gis verify``."""

from collections.abc import Sequence
from pathlib import Path

import typer

from api.cli.opening import opened
from api.cli.output import print_json, progress_bar
from api.cli.speaking import language
from gis.anchors import append_anchor, head_as_json, read_anchors
from gis.store import Head, Verified


def run_verify(
    register: str, *, anchor: Path | None, write_anchor: Path | None, as_json: bool
) -> None:
    """Verify a register and print what was found; exit code 1 when something was.

    A new anchor is written only where nothing was found.
    """
    anchors = [] if anchor is None else read_anchors(anchor)
    with opened(register) as store, progress_bar("Xác minh · verifying") as bar:
        verified = store.verify(anchors, lambda step: bar.update(bar.task_ids[0], description=step))
    if write_anchor is not None and verified.is_clean:
        append_anchor(write_anchor, verified.head)
    if as_json:
        print_json(_as_json(verified, anchors))
    else:
        _print(verified, anchors)
    raise SystemExit(0 if verified.is_clean else 1)


def _as_json(verified: Verified, anchors: Sequence[Head]) -> dict[str, object]:
    return {
        "clean": verified.is_clean,
        "head": head_as_json(verified.head),
        "versions": verified.versions,
        "erased": verified.erased,
        "anchors": len(anchors),
        "tail_vouched_for_up_to": _anchored_to(anchors) if verified.is_clean else None,
        "findings": [
            {"code": finding.code, "message": finding.sentence(), **finding.facts}
            for finding in verified.findings
        ],
        "omitted": verified.omitted,
    }


def _anchored_to(anchors: Sequence[Head]) -> int:
    """Return the last change that an anchor vouches for; 0 without one."""
    return max((anchor.number for anchor in anchors), default=0)


def _print(verified: Verified, anchors: Sequence[Head]) -> None:
    say = _ENGLISH if language() == "en" else _VIETNAMESE
    head = verified.head
    counts = {"changes": head.number, "versions": verified.versions, "erased": verified.erased}
    typer.echo(say["counts"].format(**counts, hash=head.register_hash))
    for finding in verified.findings:
        typer.echo(f"✗ {finding.sentence(language())} [{finding.code}]")
    if verified.omitted:
        typer.echo(say["omitted"].format(count=verified.omitted))
    if verified.is_clean:
        typer.echo(say["clean"])
        numbers = {"count": len(anchors), "number": _anchored_to(anchors)}
        typer.echo(say["anchored" if anchors else "unanchored"].format(**numbers))


_VIETNAMESE = {
    "counts": "{changes} thay đổi, {versions} phiên bản ({erased} đã xóa dữ liệu cá nhân); "
    "mã băm cuối {hash}",
    "omitted": "… và {count} phát hiện khác.",
    "clean": "✓ Mọi chuỗi đều khớp với các bảng.",
    "anchored": "✓ {count} mốc đều nằm trong lịch sử; không gì bị cắt đến thay đổi {number}.",
    "unanchored": "Không có mốc bên ngoài nên không loại trừ được việc phần cuối đã bị cắt.",
}
_ENGLISH = {
    "counts": "{changes} changes, {versions} versions (personal data erased in {erased}); "
    "last hash {hash}",
    "omitted": "… and {count} more findings.",
    "clean": "✓ All chains follow from the tables.",
    "anchored": "✓ All anchors ({count}) are in the history; nothing was cut up to change "
    "{number}.",
    "unanchored": "Without an anchor from outside, a cut tail can't be excluded.",
}
