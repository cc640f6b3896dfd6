"""The commands that bring a register elsewhere: ``ccn-gis migrate`` and ``ccn-gis copy``."""

import typer

from api.cli.output import print_json, progress_bar
from api.cli.speaking import language
from gis.store import Migrated, copy_register, migrate_store


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


def run_copy(source: str, target: str, *, as_json: bool) -> None:
    """Copy a register to a place that holds nothing and say what was copied."""
    with progress_bar("Chép sổ · copying") as bar:

        def show(table: str, done: int, tables: int) -> None:
            bar.update(bar.task_ids[0], description=table, completed=done, total=tables)

        copied = copy_register(source, target, progress=show)
    rows = sum(copied.rows.values())
    if as_json:
        told = {"changes": copied.changes, "register_hash": copied.register_hash}
        print_json({**told, "rows": dict(copied.rows)})
        return
    sealed = copied.register_hash or "–"
    typer.echo(
        f"Copied {rows} rows, {copied.changes} changes; counts and digests are equal. "
        f"Register hash: {sealed}"
        if language() == "en"
        else f"Đã chép {rows} dòng, {copied.changes} lần thay đổi; số dòng và mã băm khớp nhau. "
        f"Mã băm của sổ: {sealed}"
    )


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
