"""Questions to the register's tables, answered over an open connection of either engine."""

import math
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any, Final, TypeVar

import numpy as np
import numpy.typing as npt
import shapely
import sqlalchemy as sa
from shapely.geometry.base import BaseGeometry

from gis.crs import Located
from gis.errors import CrsProblem, InvalidValue, NotFound
from gis.model import Change, ChangePart, LandBalance, Moment, Period, Version
from gis.store.interface import Box, Recorded, Remembered, Shaped
from gis.store.mapping import builder_of, clean_text, columns_of
from gis.store.schema import (
    TABLES,
    Tables,
    balance,
    change,
    change_part,
    near_box,
    register,
    request_key,
    setting,
)

T = TypeVar("T")
Layered = TypeVar("Layered", bound=sa.TableClause)

#: Ids in one IN (...) list; SQLite's own limit on parameters is 32 766.
CHUNK: Final = 10_000
#: The largest number that a database takes for a limit.
_MOST: Final = 2**63 - 1

#: What a version table says of a version besides its thing.
_STAMPS: Final = (
    "version_number",
    "valid_from",
    "valid_to",
    "known_from",
    "known_to",
    "change_number",
    "by_decision_id",
)
_AREAS: Final = ("planar_m2", "geodesic_m2")


class NoLayer(TypeError):
    """Shapes were asked of a kind of thing that has none: a mistake of the caller."""


def in_force(table: sa.Table, moment: Moment) -> sa.ColumnElement[bool]:
    """Return the condition that a version (or kept balance) holds at a moment of both times."""
    on = moment.on
    c = table.c
    return sa.and_(
        known(table, moment.known_at),
        sa.or_(c.valid_from.is_(None), c.valid_from <= on),
        sa.or_(c.valid_to.is_(None), c.valid_to > on),
    )


def known(table: sa.Table, known_at: datetime | None) -> sa.ColumnElement[bool]:
    """Return the condition that a row was known at a time; None asks for the present."""
    c = table.c
    if known_at is None:
        return c.known_to.is_(None)
    return sa.and_(c.known_from <= known_at, sa.or_(c.known_to.is_(None), c.known_to > known_at))


def chunks(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """Yield values in runs short enough for one IN (...) list."""
    for start in range(0, len(values), CHUNK):
        yield values[start : start + CHUNK]


def versions(
    connection: sa.Connection,
    cls: type[T],
    moment: Moment,
    *,
    cluster_id: str | None = None,
    ids: Sequence[str] | None = None,
) -> list[Version[T]]:
    """Return the versions in force, ordered by id."""
    tables = TABLES[cls]
    query = _in_force(tables, moment, cluster_id, version_columns(tables))
    build = version_builder(cls)
    return [build(row) for some in _wanted(query, tables, ids) for row in connection.execute(some)]


def _wanted(
    query: sa.Select[Any], tables: Tables, ids: Sequence[str] | None
) -> Iterator[sa.Select[Any]]:
    """Yield the query for all things, or for those with some ids, a run of them at a time."""
    if ids is None:
        yield query
        return
    wanted = sorted({kept for thing_id in ids if (kept := _sought(thing_id)) is not None})
    for some in chunks(wanted):
        yield query.where(tables.version.c.id.in_(some))


def one(connection: sa.Connection, cls: type[T], thing_id: str, moment: Moment) -> Version[T]:
    """Return one version in force.

    Raises:
        NotFound: ``thing.unknown``.
    """
    found = versions(connection, cls, moment, ids=[thing_id])
    if not found:
        table = TABLES[cls].kind.table
        raise NotFound("thing.unknown", table=table, value=thing_id, on=moment.on.isoformat())
    return found[0]


def history(connection: sa.Connection, cls: type[T], thing_id: str) -> list[Version[T]]:
    """Return every version of a thing, in order of its numbers."""
    tables = TABLES[cls]
    table = tables.version
    query = (
        sa.select(*version_columns(tables))
        .where(table.c.id == _sought(thing_id))
        .order_by(table.c.version_number)
    )
    return [version_builder(cls)(row) for row in connection.execute(query)]


def shaped(
    connection: sa.Connection,
    cls: type[T],
    moment: Moment,
    *,
    cluster_id: str | None = None,
    bbox: Box | None = None,
    after: str | None = None,
    limit: int | None = None,
    ids: Sequence[str] | None = None,
) -> list[Shaped[T]]:
    """Return versions with their WGS84 shapes, ordered by id."""
    tables = TABLES[cls]
    _layer_table(tables, tables.record)
    table = tables.version
    query = _in_force(tables, moment, cluster_id, [*version_columns(tables), table.c.geom])
    if bbox is not None:
        query = query.where(*_meets(tables, bbox))
    if after is not None:
        query = query.where(table.c.id > clean_text("after", after))
    if ids is not None:
        wanted = [_sought(thing_id) for thing_id in ids]
        query = query.where(table.c.id.in_([name for name in wanted if name is not None]))
    if limit is not None:
        query = query.limit(max(0, min(limit, _MOST)))
    rows = connection.execute(query).all()
    build = version_builder(cls)
    return [
        Shaped(build(row), shape)
        for row, shape in zip(rows, from_wkb([row[-1] for row in rows]), strict=True)
    ]


def known_versions(
    connection: sa.Connection, cls: type[T], cluster_id: str, known_at: datetime | None
) -> list[Version[T]]:
    """Return all versions of a cluster's things known at a time, by id and start of validity."""
    tables = TABLES[cls]
    table = tables.version
    query = (
        sa.select(*version_columns(tables))
        .where(known(table, known_at), _owner(tables) == _sought(cluster_id))
        .order_by(table.c.id, table.c.valid_from.asc().nulls_first())
    )
    build = version_builder(cls)
    return [build(row) for row in connection.execute(query)]


def records(
    connection: sa.Connection,
    cls: type[T],
    moment: Moment,
    *,
    cluster_id: str | None = None,
    ids: Sequence[str] | None = None,
) -> list[Recorded[T]]:
    """Return versions that have a geometry of record, ordered by id."""
    tables = TABLES[cls]
    record = _layer_table(tables, tables.record)
    columns = [*version_columns(tables), record.c.epsg, record.c.wkb]
    query = _in_force(tables, moment, cluster_id, columns).join(
        record, record.c.row_id == tables.version.c.row_id
    )
    rows = [row for some in _wanted(query, tables, ids) for row in connection.execute(some)]
    build = version_builder(cls)
    return [
        Recorded(build(row), located(shape, row[-2]))
        for row, shape in zip(rows, from_wkb([row[-1] for row in rows]), strict=True)
    ]


def known_things(
    connection: sa.Connection,
    cls: type[T],
    cluster_ids: Sequence[str],
    known_at: datetime | None,
) -> list[tuple[T, Period, Located | None]]:
    """Return all that was known at a time of some clusters' things of one kind.

    Each thing comes with its valid period and geometry of record, whenever it holds; ordered by
    id and number. At most `CHUNK` clusters at once.
    """
    tables = TABLES[cls]
    table = tables.version
    columns = [_column(table, spec.name) for spec in columns_of(cls)]
    query = (
        sa.select(*columns, table.c.valid_from, table.c.valid_to)
        .where(known(table, known_at), _owner(tables).in_(cluster_ids))
        .order_by(table.c.id, table.c.version_number)
    )
    width, build = len(columns), builder_of(cls)
    if tables.record is None:
        rows = connection.execute(query)
        return [(build(row), Period(row[width], row[width + 1]), None) for row in rows]
    record = tables.record
    joined = query.outerjoin(record, record.c.row_id == table.c.row_id)
    found = connection.execute(joined.add_columns(record.c.epsg, record.c.wkb)).all()
    shapes = from_wkb([row[-1] for row in found])
    return [
        (
            build(row),
            Period(row[width], row[width + 1]),
            None if shape is None else located(shape, row[-2]),
        )
        for row, shape in zip(found, shapes, strict=True)
    ]


def balances(
    connection: sa.Connection, moment: Moment, cluster_id: str | None = None
) -> list[LandBalance]:
    """Return kept balances in force, ordered by cluster."""
    query = balance_rows().where(in_force(balance, moment)).order_by(balance.c.cluster_id)
    if cluster_id is not None:
        query = query.where(balance.c.cluster_id == _sought(cluster_id))
    return [builder_of(LandBalance)(row) for row in connection.execute(query)]


def balance_history(
    connection: sa.Connection, cluster_id: str, known_at: datetime | None
) -> list[LandBalance]:
    """Return a cluster's kept balances in order of time."""
    wanted = _sought(cluster_id)
    query = (
        balance_rows()
        .where(balance.c.cluster_id == wanted, known(balance, known_at))
        .order_by(balance.c.valid_from.asc().nulls_first())
    )
    return [builder_of(LandBalance)(row) for row in connection.execute(query)]


def balance_rows(*more: sa.Column[Any]) -> sa.Select[Any]:
    """Return a query for kept balances, in the columns that build one, and further columns."""
    names = (spec.name for spec in columns_of(LandBalance))
    return sa.select(*(_column(balance, name) for name in names), *more)


def changes(
    connection: sa.Connection, cluster_id: str | None = None, *, number: int | None = None
) -> list[Change]:
    """Return the journal, oldest first; of one cluster (with its part only), or of all.

    ``number`` keeps that entry.
    """
    parts: dict[int, list[ChangePart]] = {}
    wanted = sa.select(change_part).order_by(change_part.c.number, change_part.c.cluster_id)
    query = sa.select(change).order_by(change.c.number)
    if cluster_id is not None:
        wanted = wanted.where(change_part.c.cluster_id == _sought(cluster_id))
        query = query.where(change.c.number.in_(wanted.with_only_columns(change_part.c.number)))
    if number is not None:
        wanted = wanted.where(change_part.c.number == number)
        query = query.where(change.c.number == number)
    for row in connection.execute(wanted):
        values = row._asdict()
        parts.setdefault(values.pop("number"), []).append(ChangePart(**values))
    rows = connection.execute(query)
    return [Change(**row._asdict(), parts=tuple(parts.get(row.number, ()))) for row in rows]


def last_change(connection: sa.Connection) -> tuple[int, datetime]:
    """Return number and time of the last change; 0 and its making for a new register."""
    query = sa.select(change.c.number, change.c.at).order_by(change.c.number.desc()).limit(1)
    row = connection.execute(query).first()
    if row is not None:
        return (row.number, row.at)
    return (0, connection.execute(sa.select(register.c.made_at)).scalar_one())


def setting_value(connection: sa.Connection, name: str) -> str | None:
    """Return a setting, None where it was never made."""
    query = (
        sa.select(setting.c.value)
        .where(setting.c.name == _sought(name))
        .order_by(setting.c.change_number.desc())
        .limit(1)
    )
    return connection.execute(query).scalar_one_or_none()


def remembered(connection: sa.Connection, by: str, key: str) -> Remembered | None:
    """Return what an account's request with a key came to, None for a new one."""
    c = request_key.c
    query = sa.select(c.digest, c.result, c.change_number, c.at).where(c.by == by, c.key == key)
    row = connection.execute(query).first()
    return None if row is None else Remembered(*row)


def version_columns(tables: Tables) -> list[sa.Column[Any]]:
    """Return the columns from which `version_builder` builds, in their order."""
    names = [spec.name for spec in columns_of(tables.kind.cls)]
    areas = () if tables.kind.geometry is None else _AREAS
    return [_column(tables.version, name) for name in (*names, *_STAMPS, *areas)]


def version_builder(cls: type[T]) -> Callable[[Sequence[Any]], Version[T]]:
    """Return what builds a version from a row that begins with its `version_columns`."""
    build = builder_of(cls)
    width = len(columns_of(cls))
    first_area = width + len(_STAMPS)
    has_areas = TABLES[cls].kind.geometry is not None

    def version(row: Sequence[Any]) -> Version[T]:
        number, start, end, known_from, known_to, made_by, decision_id = row[width:first_area]
        return Version(
            thing=build(row),
            number=number,
            valid=Period(start, end),
            known_from=known_from,
            known_to=known_to,
            change=made_by,
            decision_id=decision_id,
            planar_m2=row[first_area] if has_areas else None,
            geodesic_m2=row[first_area + 1] if has_areas else None,
        )

    return version


def _sought(thing_id: str) -> str | None:
    """Return an id in the form in which ids are kept; None where it can't be one (equals none)."""
    try:
        return clean_text("id", thing_id)
    except InvalidValue:
        return None


def _column(table: sa.Table, name: str) -> sa.Column[Any]:
    return table.c[name]


def _owner(tables: Tables) -> sa.Column[Any]:
    return _column(tables.version, "cluster_id" if tables.kind.is_of_cluster else "id")


def _in_force(
    tables: Tables, moment: Moment, cluster_id: str | None, columns: Sequence[sa.Column[Any]]
) -> sa.Select[Any]:
    table = tables.version
    query = sa.select(*columns).where(in_force(table, moment)).order_by(table.c.id)
    if cluster_id is not None:
        query = query.where(_owner(tables) == _sought(cluster_id))
    return query


def _meets(tables: Tables, bbox: Box) -> tuple[sa.ColumnElement[bool], ...]:
    """Keep shapes whose box meets ``bbox``: by the engine's index, then exactly."""
    if any(map(math.isnan, bbox)):
        return (sa.false(),)
    west, south, east, north = bbox
    c = tables.version.c
    exact = (c.west <= east, c.east >= west, c.south <= north, c.north >= south)
    return (near_box(tables.version, bbox), *exact)


def _layer_table(tables: Tables, table: Layered | None) -> Layered:
    """Return a table that only layers have."""
    if table is None:
        message = f"{tables.kind.table} has no geometry of record"
        raise NoLayer(message)
    return table


def located(shape: BaseGeometry, epsg: int) -> Located:
    """Return a geometry of record.

    Raises:
        ValueError: for a system that nobody could have written: the register is damaged.
    """
    try:
        return Located(shape, epsg)
    except CrsProblem as error:
        raise ValueError("epsg") from error


def from_wkb(blobs: list[bytes | None]) -> npt.NDArray[np.object_]:
    """Return shapes from their bytes, None where there are none."""
    shapes: npt.NDArray[np.object_] = shapely.from_wkb(np.array(blobs, dtype=object))
    return shapes
