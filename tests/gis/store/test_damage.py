"""Values of another type than any that was written are told as damage, wherever they stand."""

import random
import sqlite3
from contextlib import closing, suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gis.errors import StoreProblem
from gis.model import LandBalance, Moment
from gis.store import RegisterStore, open_store
from gis.store.kinds import KINDS, Kind
from tests.gis.store.test_opening import full_register, read_everything, tree
from tests.gis.store.test_text import made

NOW = Moment(date(2024, 12, 31))
#: One of each of SQLite's types, and text that is no code, no date and no list.
VALUES: list[Any] = [7, -(2**62), 1.5, 1e300, b"\xff\x00", "x", "[", "0000-00-00", None]


@pytest.fixture
def register(register_path: Path) -> Path:
    """Return a register with one thing of every kind."""
    with (
        closing(open_store(register_path)) as store,
        store.transaction(by="a", action="b") as transaction,
    ):
        transaction.put_many(made(kind) for kind in KINDS)
    return register_path


def _is_answered(store: RegisterStore, kind: Kind) -> bool:
    """Ask everything about a kind; a problem is an answer, anything else is raised."""
    try:
        store.all(kind.cls, NOW)
        store.history(kind.cls, "X")
        store.known(kind.cls, "X")
        if kind.geometry is not None:
            store.shaped(kind.cls, NOW, bbox=(0, 0, 180, 90))
            store.records(kind.cls, NOW)
            store.arrays(kind.cls, NOW, ["id"], 9211)
    except StoreProblem as problem:
        assert problem.code == "register.corrupt"  # noqa: PT017 - other codes are other mistakes
    return True


def _columns(raw: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in raw.execute(f"PRAGMA table_info({table})")]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.table)
def test_a_value_of_another_type_is_answered_or_told(register: Path, kind: Kind) -> None:
    """In every column of a kind's versions and geometries of record."""
    tables = [f"{kind.table}_version", *([f"{kind.table}_record"] if kind.geometry else [])]
    chance = random.Random(kind.table)  # noqa: S311 - the same values in every run
    with closing(sqlite3.connect(register)) as raw, closing(open_store(register)) as store:
        raw.execute("INSERT INTO ccn_gis_gate VALUES ('forged')")
        for table in tables:
            for column in _columns(raw, table):
                for value in chance.sample(VALUES, 4):
                    _change_and_ask(raw, store, kind, (table, column, value))


def _change_and_ask(
    raw: sqlite3.Connection, store: RegisterStore, kind: Kind, what: tuple[str, str, Any]
) -> None:
    """Write a value into the only row of a table, ask, and put back what was there."""
    table, column, value = what
    (before,) = raw.execute(f'SELECT "{column}" FROM {table}').fetchone() or (None,)  # noqa: S608
    update = f'UPDATE {table} SET "{column}" = ?'  # noqa: S608 - our own names
    with suppress(sqlite3.IntegrityError, sqlite3.DataError):
        raw.execute(update, [value])
        raw.commit()
        assert _is_answered(store, kind), what
        raw.execute(update, [before])
        raw.commit()


@pytest.mark.parametrize("column", LandBalance.__dataclass_fields__)
def test_a_kept_balance_of_another_type_is_answered_or_told(register: Path, column: str) -> None:
    """In every column."""
    name = "valid_from" if column == "valid" else column
    with closing(sqlite3.connect(register)) as raw, closing(open_store(register)) as store:
        raw.execute("INSERT INTO ccn_gis_gate VALUES ('forged')")
        for value in VALUES:
            with suppress(sqlite3.IntegrityError):
                raw.execute(f"UPDATE balance SET {name} = ?", [value])  # noqa: S608
                raw.commit()
                with suppress(StoreProblem):
                    store.balances(NOW)
                    store.balance_history("X")


def test_asking_for_shapes_that_there_are_not_is_no_damage(register: Path) -> None:
    """The caller is told of his own mistake."""
    kind = next(kind for kind in KINDS if kind.geometry is None)
    with closing(open_store(register)) as store, pytest.raises(TypeError, match="no geometry"):
        store.records(kind.cls, NOW)


@pytest.mark.long
def test_any_flipped_bit_is_answered_or_told(register_path: Path) -> None:
    """2 500 registers, each with one other bit, are read or refused, and never changed."""
    whole = full_register(register_path)
    chance = random.Random(4)  # noqa: S311 - the same bits in every run
    used = [page for page in range(0, len(whole), 4096) if any(whole[page + 8 : page + 4096])]
    for _ in range(2_500):
        broken = bytearray(whole)
        broken[chance.choice(used) + chance.randrange(4096)] ^= 1 << chance.randrange(8)
        register_path.write_bytes(broken)
        with suppress(StoreProblem):
            read_everything(register_path)
            with closing(open_store(register_path)) as store:
                store.verify()
        assert tree(register_path.parent) == {register_path.name: bytes(broken)}
