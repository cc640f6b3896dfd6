"""The command ``ccn-gis init``."""

from pathlib import Path

import typer

from api.cli.output import print_json, progress_bar
from api.cli.speaking import language
from gis import provinces
from gis.errors import InvalidValue, StoreProblem
from gis.example import load_example
from gis.loading import load_content
from gis.store import RegisterStore, create_store, open_store

#: The province whose published figures come with the program.
_HOA_BINH = "17"


def run_init(
    register: str, *, example: bool, province: str | None, file: Path | None, as_json: bool
) -> None:
    """Make a register, or complete an empty one; a register that holds data is refused."""
    if example and (province or file):
        raise InvalidValue("province.example")
    start = provinces.read_province_file(file) if file else None
    known = None if start else provinces.find_province(province or _HOA_BINH)
    store = _empty_store(register)
    place = store.url
    with progress_bar("Tạo sổ đăng ký · making the register"):
        try:
            if example:
                load_example(store)
            elif start is not None:
                provinces.found(store, start)
            elif known is not None and known.code == _HOA_BINH:
                load_content(store)
            elif known is not None:
                provinces.found(store, provinces.start_of(known))
        finally:
            store.close()
    _report(place, example=example, as_json=as_json)


def _empty_store(register: str) -> RegisterStore:
    """Make a register, or open one that nothing was ever written to."""
    try:
        store = open_store(register)
    except StoreProblem as problem:
        if problem.code != "register.missing":
            raise
        return create_store(register)
    if store.is_empty():
        return store
    store.close()
    raise StoreProblem("register.exists", path=store.url)


def _report(register: str, *, example: bool, as_json: bool) -> None:
    if as_json:
        print_json({"register": register, "example": example})
        return
    if language() == "en":
        note = " with the synthetic example" if example else ""
        typer.echo(f"Made {register}{note}. Next: ccn-gis serve --register {register}")
    else:
        note = " kèm dữ liệu minh họa" if example else ""
        typer.echo(f"Đã tạo {register}{note}. Tiếp theo: ccn-gis serve --register {register}")
