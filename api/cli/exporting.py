"""The command ``ccn-gis export``."""

from pathlib import Path

import typer

from api.cli.opening import date_asked, opened
from api.cli.output import print_json, progress_bar
from api.cli.speaking import language
from gis.public_copy import write_public_copy


def run_export(register: str, public: Path, *, on: str | None, as_json: bool) -> None:
    """Write what the public may know of a date into a new file, and say what is in it."""
    with opened(register) as store, progress_bar("Xuất · exporting"):
        day = date_asked(store, on)
        copy = write_public_copy(store, public, store.present(day))
    if as_json:
        told = {"file": str(public), "on": day, "synthetic": copy.is_synthetic}
        print_json(told | {"rows": copy.counts})
        return
    rows = ", ".join(f"{name} {count}" for name, count in copy.counts.items())
    if language() == "en":
        note = " It holds synthetic data and says so." if copy.is_synthetic else ""
        typer.echo(f"Wrote {public} as of {day:%d/%m/%Y}: {rows}.{note}")
    else:
        note = " Có dữ liệu minh họa, tệp có ghi rõ." if copy.is_synthetic else ""
        typer.echo(f"Đã ghi {public} tại {day:%d/%m/%Y}: {rows}.{note}")
