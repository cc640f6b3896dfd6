"""Any changed cell and any removed row of what is vouched for is found by a verification."""

import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gis.errors import StoreProblem
from gis.store import Store, open_store
from gis.store.kinds import KINDS
from tests.gis.store.test_verify import live
from tests.gis.store.things import FakeClock
from tests.properties import FEW, MANY


@pytest.fixture
def content(register_path: Path) -> bytes:
    """Return the bytes of a register with a life."""
    with closing(open_store(register_path, clock=FakeClock())) as store:
        live(store)
    return register_path.read_bytes()


Draw = Callable[[st.SearchStrategy[Any]], Any]
NOT_VOUCHED = {"row_id", "fid", "row_hash"}


def _tables(raw: sqlite3.Connection) -> list[str]:
    names = [f"{kind.table}{end}" for kind in KINDS for end in ("", "_version", "_record")]
    there = {row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    filled = [
        name
        for name in [*names, "change", "change_part", "setting"]
        if name in there and raw.execute(f"SELECT 1 FROM {name}").fetchone()  # noqa: S608
    ]
    assert len(filled) > 15
    return filled


def _other(draw: Draw, value: Any) -> Any:
    """Draw a value that differs from one, of its own type or of another."""
    others: dict[type, st.SearchStrategy[Any]] = {
        str: st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=9),
        int: st.integers(-5, 99),
        float: st.floats(-1e6, 1e6, allow_nan=False, width=32),
        bytes: st.binary(max_size=40),
        type(None): st.sampled_from(["x", 1, "2024-01-01"]),
    }
    other = draw(others[type(value)] | st.none())
    if isinstance(other, float):
        assume(abs(other - value) > 1e-3)
    assume(other != value)
    return other


def tamper(draw: Draw, path: Path) -> str:
    """Change one cell of a register or remove one row; return what was done."""
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("INSERT INTO ccn_gis_gate VALUES ('forged')")
        for trigger in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
            raw.execute(f"DROP TRIGGER {trigger[0]}")
        table = draw(st.sampled_from(_tables(raw)))
        rowids = [row[0] for row in raw.execute(f"SELECT rowid FROM {table}")]  # noqa: S608
        rowid = draw(st.sampled_from(rowids))
        columns = [row[1] for row in raw.execute(f"PRAGMA table_info({table})")]
        column = draw(st.sampled_from([c for c in columns if c not in NOT_VOUCHED]) | st.none())
        if column is None:
            raw.execute(f"DELETE FROM {table} WHERE rowid = ?", [rowid])  # noqa: S608
        else:
            query = f"SELECT {column} FROM {table} WHERE rowid = ?"  # noqa: S608
            other = _other(draw, raw.execute(query, [rowid]).fetchone()[0])
            statement = f"UPDATE {table} SET {column} = ? WHERE rowid = ?"  # noqa: S608
            with suppress(sqlite3.IntegrityError):
                raw.execute(statement, [other, rowid])
            (now,) = raw.execute(query, [rowid]).fetchone() or (None,)
            assume(now == other)
        raw.commit()
    return f"{table}.{column} of row {rowid}"


def _any_change_is_found(content: bytes, folder: Path, data: st.DataObject) -> None:
    path = folder / "tampered.gpkg"
    path.write_bytes(content)
    what = tamper(data.draw, path)
    with closing(open_store(path)) as store:
        assert _is_found(store), what


def _is_found(store: Store) -> bool:
    try:
        return not store.verify().is_clean
    except StoreProblem as problem:
        return problem.code == "register.corrupt"


def test_any_changed_cell_or_removed_row_is_found(content: bytes, tmp_path: Path) -> None:
    """Of the journal, the versions, the geometries of record and the rows that people see."""
    FEW(given(st.data())(lambda data: _any_change_is_found(content, tmp_path, data)))()


@pytest.mark.long
def test_any_changed_cell_or_removed_row_is_found_over_and_over(
    content: bytes, tmp_path: Path
) -> None:
    """The same with many more tries."""
    MANY(given(st.data())(lambda data: _any_change_is_found(content, tmp_path, data)))()
