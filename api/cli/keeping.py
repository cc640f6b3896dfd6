"""The commands ``ccn-gis backup`` and ``ccn-gis restore``."""

from pathlib import Path

import typer

from api.cli.output import print_json, progress_bar
from api.cli.speaking import language
from api.version import program_version
from gis.anchors import head_as_json
from gis.backup import Manifest, back_up, restore
from gis.documents import documents_folder


def run_backup(register: str, to: Path, *, documents: str, as_json: bool) -> None:
    """Back up a register into one new file and say what is in it."""
    folder = documents_folder(register, documents)
    with progress_bar("Sao lưu · backing up"):
        made_by = f"ccn-gis {program_version()}"
        manifest = back_up(register, to, documents=folder, made_by=made_by)
    _report(manifest, to, register, as_json=as_json, is_backup=True)


def run_restore(
    register: str, source: Path, *, documents: str, unverified: bool, as_json: bool
) -> None:
    """Make a register of a backup and say what is in it."""
    folder = documents_folder(register, documents)
    with progress_bar("Phục hồi · restoring"):
        manifest = restore(source, register, documents=folder, unverified=unverified)
    _report(manifest, source, register, as_json=as_json, is_backup=False)


def _report(
    manifest: Manifest, archive: Path, register: str, *, as_json: bool, is_backup: bool
) -> None:
    if as_json:
        print_json(
            {
                "backup": str(archive),
                "made_at": manifest.made_at.isoformat(),
                "made_by": manifest.made_by,
                "head": head_as_json(manifest.head),
                "versions": dict(manifest.counts),
                "documents": len(manifest.documents),
                "accounts": manifest.has_accounts,
            }
        )
        return
    facts = {
        "to": archive if is_backup else register,
        "source": archive,
        "changes": manifest.head.number,
        "versions": sum(manifest.counts.values()),
        "documents": len(manifest.documents),
    }
    say = _ENGLISH if language() == "en" else _VIETNAMESE
    accounts = say["accounts" if manifest.has_accounts else "no_accounts"]
    sentence = say["backup" if is_backup else "restore"]
    typer.echo(sentence.format(**facts) + say["content"].format(**facts, accounts=accounts))


_VIETNAMESE = {
    "backup": "Đã sao lưu vào {to}: ",
    "restore": "Đã phục hồi {source} thành {to}: ",
    "content": "{changes} thay đổi, {versions} phiên bản, {documents} văn bản, {accounts}.",
    "accounts": "có tài khoản",
    "no_accounts": "không có tệp tài khoản",
}
_ENGLISH = {
    "backup": "Backed up into {to}: ",
    "restore": "Restored {source} as {to}: ",
    "content": "{changes} changes, {versions} versions, {documents} documents, {accounts}.",
    "accounts": "accounts",
    "no_accounts": "no file of accounts",
}
