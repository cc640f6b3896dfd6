"""The command ``ccn-gis check``."""

import typer

from api.cli.opening import date_asked, opened
from api.cli.output import print_json, progress_bar
from api.cli.speaking import language
from gis.checks import CheckReport, check_register


def run_check(register: str, *, on: str | None, as_json: bool) -> None:
    """Check a register and print what was found; exit code 1 when something was."""
    with opened(register) as store, progress_bar("Kiểm tra · checking") as bar:
        report = check_register(
            store, date_asked(store, on), lambda step: bar.update(bar.task_ids[0], description=step)
        )
    if as_json:
        print_json(_as_json(report))
    else:
        _print(report)
    raise SystemExit(0 if report.is_clean else 1)


def _as_json(report: CheckReport) -> dict[str, object]:
    return {
        "on": report.on.isoformat(),
        "clean": report.is_clean,
        "counts": report.counts,
        "findings": [
            {"code": finding.code, "message": finding.sentence(), **finding.facts}
            for finding in report.findings
        ],
    }


def _print(report: CheckReport) -> None:
    words = language()
    counts = ", ".join(f"{table} {count}" for table, count in report.counts.items())
    typer.echo(f"{report.on:%d/%m/%Y} · {counts}")
    for finding in report.findings:
        typer.echo(f"✗ {finding.sentence(words)} [{finding.code}]")
    if report.is_clean:
        typer.echo("✓ Nothing found." if words == "en" else "✓ Không phát hiện vấn đề nào.")
