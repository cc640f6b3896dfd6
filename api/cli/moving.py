"""The command ``ccn-gis migrate``."""

import typer

from api.cli.output import print_json, progress_bar
from api.cli.speaking import language
from gis.store import Migrated, migrate_store


def run_migrate(register: str, *, as_json: bool) -> None:
    """Bring a register to this program's schema and say where a copy of the old one is."""
    with progress_bar("Nâng sổ · migrating"):
        done = migrate_store(register)
    if as_json:
        print_json({"before": done.before, "after": done.after, "kept": done.kept})
        return
    typer.echo(_migrated(done))
    if done.kept is not None:
        before = "The register before" if language() == "en" else "Bản trước khi nâng"
        typer.echo(f"{before}: {done.kept}")


def _migrated(done: Migrated) -> str:
    is_english = language() == "en"
    if done.before == done.after:
        return (
            f"The register already follows schema {done.after}; nothing was changed."
            if is_english
            else f"Sổ đã theo lược đồ {done.after}; không có gì thay đổi."
        )
    return (
        f"Migrated from schema {done.before} to {done.after}."
        if is_english
        else f"Đã nâng sổ từ lược đồ {done.before} lên {done.after}."
    )
