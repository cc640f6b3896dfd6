"""Questions about a change: what it was, what it wrote and ended, and what refers to a thing."""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

import sqlalchemy as sa

from gis.errors import NotFound
from gis.model import Change, Version
from gis.store import reading
from gis.store.interface import Touched, WrittenBy, WrittenVersion
from gis.store.kinds import KINDS
from gis.store.mapping import columns_of
from gis.store.schema import TABLES, Tables, change, setting
from gis.store.searching import sought

T = TypeVar("T")


def one_change(connection: sa.Connection, number: int) -> Change:
    """Return an entry of the journal with all its parts.

    Raises:
        NotFound: ``change.unknown``.
    """
    last = connection.execute(sa.select(sa.func.max(change.c.number))).scalar() or 0
    found = reading.changes(connection, number=number) if 0 < number <= last else []
    if not found:
        raise NotFound("change.unknown", value=str(number)[:20], last=last)
    return found[0]


def written_by(connection: sa.Connection, number: int) -> WrittenBy:
    """Return what a change wrote and ended, in the order of kinds, ids and version numbers.

    Raises:
        NotFound: ``change.unknown``.
    """
    entry = one_change(connection, number)
    opened: list[WrittenVersion[Any]] = []
    closed: list[WrittenVersion[Any]] = []
    for kind in KINDS:
        tables = TABLES[kind.cls]
        table = tables.version
        opened += _versions(connection, tables, table.c.change_number == number)
        closed += _versions(connection, tables, table.c.known_to == entry.at)
    names = sa.select(setting.c.name).where(setting.c.change_number == number)
    settings = connection.execute(names.order_by(setting.c.name)).scalars()
    return WrittenBy(entry, tuple(opened), tuple(closed), tuple(settings))


def written_since(connection: sa.Connection, number: int) -> list[Touched]:
    """Return the versions that changes after one wrote, and those that they ended."""
    found: list[Touched] = []
    for kind in KINDS:
        tables = TABLES[kind.cls]
        table = tables.version
        build: Callable[[Sequence[Any]], Version[Any]] = reading.version_builder(kind.cls)
        columns = reading.version_columns(tables)
        order = (table.c.id, table.c.version_number)
        wrote = sa.select(*columns, table.c.change_number).where(table.c.change_number > number)
        ended = (
            sa.select(*columns, change.c.number)
            .join(change, change.c.at == table.c.known_to)
            .where(change.c.number > number)
        )
        for query in (wrote, ended):
            rows = connection.execute(query.order_by(*order))
            found += [Touched(build(row), row[-1]) for row in rows]
    return found


def with_record(connection: sa.Connection, cls: type[T], thing_id: str) -> list[WrittenVersion[T]]:
    """Return every version of a thing that was ever known with its geometry of record."""
    tables = TABLES[cls]
    return list(_versions(connection, tables, tables.version.c.id == sought(thing_id)))


def referring(
    connection: sa.Connection, cls: type[T], field: str, thing_id: str
) -> list[Version[T]]:
    """Return the versions known now whose field is an id, or a list with it, by id and number."""
    tables = TABLES[cls]
    table = tables.version
    column, wanted = table.c[field], sought(thing_id)
    is_list = any(spec.is_list and spec.name == field for spec in columns_of(cls))
    is_it = column == wanted
    if is_list and wanted is not None:
        is_it = column.contains(json.dumps(wanted, ensure_ascii=False), autoescape=True)
    query = (
        sa.select(*reading.version_columns(tables))
        .where(table.c.known_to.is_(None), is_it)
        .order_by(table.c.id, table.c.version_number)
    )
    build = reading.version_builder(cls)
    found = [build(row) for row in connection.execute(query)]
    if is_list:  # SQLite's LIKE takes a letter for its capital
        return [version for version in found if wanted in getattr(version.thing, field)]
    return found


def _versions(
    connection: sa.Connection, tables: Tables, condition: sa.ColumnElement[bool]
) -> Iterator[WrittenVersion[Any]]:
    table, record = tables.version, tables.record
    build: Callable[[Sequence[Any]], Version[Any]] = reading.version_builder(tables.kind.cls)
    query = sa.select(*reading.version_columns(tables)).where(condition)
    query = query.order_by(table.c.id, table.c.version_number)
    if record is None:
        yield from (WrittenVersion(build(row)) for row in connection.execute(query))
        return
    joined = query.outerjoin(record, record.c.row_id == table.c.row_id)
    rows = connection.execute(joined.add_columns(record.c.epsg, record.c.wkb)).all()
    shapes = reading.from_wkb([row[-1] for row in rows])
    for row, shape in zip(rows, shapes, strict=True):
        located = None if shape is None else reading.located(shape, row[-2])
        yield WrittenVersion(build(row), located)
