"""Moving a register from one engine to another, row by row, with what was moved compared."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from shapely.errors import ShapelyError

from gis.errors import StoreProblem
from gis.store import chain, reading
from gis.store.drafts import DRAFTS
from gis.store.engine import Engine
from gis.store.interface import Progress
from gis.store.opening import engine_of, require_current
from gis.store.rows import insert_rows
from gis.store.schema import TABLES, Tables, change, metadata
from gis.store.shapes import LayerShape

#: Rows in memory at once.
BATCH: Final = 1000
_TABLES: Final = (*metadata.sorted_tables, *DRAFTS)
_BY_NAME: Final[Mapping[str, Tables]] = {
    table.name: tables for tables in TABLES.values() for table in (tables.current, tables.version)
}


@dataclass(frozen=True, slots=True)
class Copied:
    """What was moved: the rows of each table, the last change and the hash that seals it."""

    rows: Mapping[str, int]
    changes: int
    register_hash: str | None


@dataclass(slots=True)
class _Tally:
    """How many rows a table has and a digest over them, in the order of its key."""

    count: int = 0
    digest: Any = field(default_factory=hashlib.sha256)

    def add(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Count rows in."""
        self.count += len(rows)
        for row in rows:
            self.digest.update(chain.canonical(_told(row)).encode() + b"\n")

    def equals(self, other: "_Tally") -> bool:
        """Say whether the same rows were counted."""
        return (self.count, self.digest.digest()) == (other.count, other.digest.digest())


def copy_register(
    source: str | Path, target: str | Path, *, progress: Progress | None = None
) -> Copied:
    """Copy a register with its history, journal, settings and drafts to a place with nothing yet.

    The source is read as of one moment. Counts and digests of all tables are compared before the
    target counts: it is there wholly, or not at all. Accounts are no part of a register.

    Raises:
        StoreProblem: ``register.exists`` where the target holds anything, ``copy.differs`` where
            it gives back something else, and what `gis.store.open_store` and `create_store` say.
    """
    origin, goal = engine_of(source), engine_of(target)
    try:
        require_current(origin)
        with origin.reading() as there, goal.creating() as here:
            copied = _copy(origin, there, goal, here, progress or _silent)
    finally:
        origin.close()
    goal.close()
    return copied


def _copy(
    origin: Engine, there: sa.Connection, goal: Engine, here: sa.Connection, progress: Progress
) -> Copied:
    tallies: dict[str, _Tally] = {}
    for done, table in enumerate(_TABLES):
        progress(table.name, done, len(_TABLES))
        tallies[table.name] = _copy_table(origin, there, goal, here, table)
    for table in _TABLES:
        found = _Tally()
        for rows in _batches(goal, here, table):
            found.add(rows)
        if not found.equals(tallies[table.name]):
            facts = {"table": table.name, "before": tallies[table.name].count, "after": found.count}
            raise StoreProblem("copy.differs", path=goal.url, **facts)
    progress("", len(_TABLES), len(_TABLES))
    newest = sa.select(change.c.register_hash).order_by(change.c.number.desc()).limit(1)
    return Copied(
        rows={name: tally.count for name, tally in tallies.items()},
        changes=reading.last_change(here)[0],
        register_hash=here.execute(newest).scalar_one_or_none(),
    )


def _copy_table(
    origin: Engine, there: sa.Connection, goal: Engine, here: sa.Connection, table: sa.Table
) -> _Tally:
    tally = _Tally()
    tables = _BY_NAME.get(table.name)
    at = reading.last_change(there)[1]
    for rows in _batches(origin, there, table):
        tally.add(rows)
        insert_rows(here, table, rows)
        if tables is not None and table is tables.version:
            goal.index(here, tables, rows)
        elif tables is not None:
            shapes = [row["geom"] for row in rows if row.get("geom") is not None]
            goal.announce(here, tables, at, [shape.box for shape in shapes])
    if table.autoincrement_column is not None:
        goal.go_on_counting(here, table)
    return tally


def _batches(
    engine: Engine, connection: sa.Connection, table: sa.Table
) -> Iterator[list[dict[str, Any]]]:
    """Yield the rows of a table in the order of its key, a batch at a time."""
    query = sa.select(table).order_by(*table.primary_key.columns)
    flowing = connection.execute(query.execution_options(yield_per=BATCH))
    try:
        for rows in flowing.partitions():
            yield [dict(row._mapping) for row in rows]  # noqa: SLF001 - SQLAlchemy's public name
    except (ValueError, ShapelyError) as error:
        reason = f"{table.name}: {type(error).__name__}"
        raise StoreProblem("register.corrupt", path=engine.url, reason=reason) from error


def _told(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value.layer_wkb if isinstance(value, LayerShape) else value
        for name, value in row.items()
    }


def _silent(_table: str, _done: int, _all: int) -> None:
    """Tell nobody how far it has come."""
