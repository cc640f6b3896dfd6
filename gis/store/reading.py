"""Questions to the register's tables, answered over an open connection of either engine."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, TypeVar

import numpy as np
import numpy.typing as npt
import shapely
import sqlalchemy as sa

from gis.crs import Located
from gis.errors import NotFound
from gis.model import Change, ChangePart, LandBalance, Moment, Period, Version
from gis.store.interface import Box, Recorded, Shaped
from gis.store.mapping import from_row
from gis.store.schema import TABLES, Tables, balance, change, change_part, setting

T = TypeVar("T")

#: Ids in one IN (...) list; SQLite's own limit on parameters is 32 766.
CHUNK: Final = 10_000

_BALANCE_FIELDS: Final = tuple(
    name for name in LandBalance.__dataclass_fields__ if name not in ("cluster_id", "valid")
)


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
    query = _select(tables, moment, cluster_id)
    if ids is not None:
        query = query.where(tables.version.c.id.in_(ids))
    return [version_of(cls, row) for row in connection.execute(query).mappings()]


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
    table = TABLES[cls].version
    query = sa.select(table).where(table.c.id == thing_id).order_by(table.c.version_number)
    return [version_of(cls, row) for row in connection.execute(query).mappings()]


def shaped(
    connection: sa.Connection,
    cls: type[T],
    moment: Moment,
    *,
    cluster_id: str | None = None,
    bbox: Box | None = None,
    after: str | None = None,
    limit: int | None = None,
) -> list[Shaped[T]]:
    """Return versions with their WGS84 shapes, ordered by id."""
    tables = TABLES[cls]
    query = _select(tables, moment, cluster_id)
    if bbox is not None:
        query = query.where(*_meets(tables, bbox))
    if after is not None:
        query = query.where(tables.version.c.id > after)
    rows = connection.execute(query.limit(limit)).mappings().all()
    shapes = shapely.from_wkb(np.array([row["geom"] for row in rows], dtype=object))
    return [
        Shaped(version_of(cls, row), shape) for row, shape in zip(rows, shapes, strict=True)
    ]


def records(
    connection: sa.Connection, cls: type[T], moment: Moment, *, cluster_id: str | None = None
) -> list[Recorded[T]]:
    """Return versions that have a geometry of record, ordered by id."""
    tables = TABLES[cls]
    record = _record_table(tables)
    query = (
        _select(tables, moment, cluster_id)
        .join(record, record.c.row_id == tables.version.c.row_id)
        .add_columns(record.c.epsg.label("record_epsg"), record.c.wkb)
    )
    rows = connection.execute(query).mappings().all()
    shapes = _from_wkb([row["wkb"] for row in rows])
    return [
        Recorded(version_of(cls, row), Located(shape, row["record_epsg"]))
        for row, shape in zip(rows, shapes, strict=True)
    ]


def known_records(
    connection: sa.Connection, cls: type[T], cluster_id: str, known_at: datetime | None
) -> list[tuple[Version[T], Located | None]]:
    """Return all versions of a cluster's things known at a time, whatever their valid period."""
    tables = TABLES[cls]
    table = tables.version
    owner = table.c.cluster_id if tables.kind.is_of_cluster else table.c.id
    query = sa.select(table).where(known(table, known_at), owner == cluster_id)
    if tables.record is None:
        rows = connection.execute(query.order_by(table.c.id)).mappings()
        return [(version_of(cls, row), None) for row in rows]
    record = tables.record
    joined = query.outerjoin(record, record.c.row_id == table.c.row_id).add_columns(
        record.c.epsg.label("record_epsg"), record.c.wkb
    )
    rows_with_shapes = connection.execute(joined.order_by(table.c.id)).mappings().all()
    shapes = _from_wkb([row["wkb"] for row in rows_with_shapes])
    return [
        (version_of(cls, row), None if shape is None else Located(shape, row["record_epsg"]))
        for row, shape in zip(rows_with_shapes, shapes, strict=True)
    ]


def balances(
    connection: sa.Connection, moment: Moment, cluster_id: str | None = None
) -> list[LandBalance]:
    """Return kept balances in force, ordered by cluster."""
    query = sa.select(balance).where(in_force(balance, moment)).order_by(balance.c.cluster_id)
    if cluster_id is not None:
        query = query.where(balance.c.cluster_id == cluster_id)
    return [balance_of(row) for row in connection.execute(query).mappings()]


def balance_history(
    connection: sa.Connection, cluster_id: str, known_at: datetime | None
) -> list[LandBalance]:
    """Return a cluster's kept balances in order of time."""
    query = (
        sa.select(balance)
        .where(balance.c.cluster_id == cluster_id, known(balance, known_at))
        .order_by(balance.c.valid_from.asc().nulls_first())
    )
    return [balance_of(row) for row in connection.execute(query).mappings()]


def balance_of(row: sa.RowMapping) -> LandBalance:
    """Build a land balance from its row."""
    return LandBalance(
        cluster_id=row["cluster_id"],
        valid=Period(row["valid_from"], row["valid_to"]),
        **{name: row[name] for name in _BALANCE_FIELDS},
    )


def balance_row(kept: LandBalance) -> dict[str, Any]:
    """Flatten a land balance."""
    row = {name: getattr(kept, name) for name in _BALANCE_FIELDS}
    return row | {
        "cluster_id": kept.cluster_id,
        "valid_from": kept.valid.start,
        "valid_to": kept.valid.end,
    }


def changes(connection: sa.Connection) -> list[Change]:
    """Return the journal, oldest first."""
    parts: dict[int, list[ChangePart]] = {}
    order = (change_part.c.number, change_part.c.cluster_id)
    for row in connection.execute(sa.select(change_part).order_by(*order)).mappings():
        values = {key: value for key, value in row.items() if key != "number"}
        parts.setdefault(row["number"], []).append(ChangePart(**values))
    rows = connection.execute(sa.select(change).order_by(change.c.number)).mappings()
    return [Change(**row, parts=tuple(parts.get(row["number"], ()))) for row in rows]


def last_change(connection: sa.Connection) -> tuple[int, datetime | None]:
    """Return number and time of the last change; (0, None) for a new register."""
    query = sa.select(change.c.number, change.c.at).order_by(change.c.number.desc()).limit(1)
    row = connection.execute(query).first()
    return (0, None) if row is None else (row.number, row.at)


def setting_value(connection: sa.Connection, name: str) -> str | None:
    """Return a setting, None where it was never made."""
    return connection.execute(
        sa.select(setting.c.value).where(setting.c.name == name)
    ).scalar_one_or_none()


def version_of(cls: type[T], row: Mapping[str, Any]) -> Version[T]:
    """Build a version from a row of a version table."""
    return Version(
        thing=from_row(cls, row),
        number=row["version_number"],
        valid=Period(row["valid_from"], row["valid_to"]),
        known_from=row["known_from"],
        known_to=row["known_to"],
        change=row["change_number"],
        decision_id=row["by_decision_id"],
        planar_m2=row.get("planar_m2"),
        geodesic_m2=row.get("geodesic_m2"),
    )


def _select(
    tables: Tables, moment: Moment, cluster_id: str | None
) -> sa.Select[tuple[Any, ...]]:
    table = tables.version
    query = sa.select(table).where(in_force(table, moment)).order_by(table.c.id)
    if cluster_id is not None:
        owner = table.c.cluster_id if tables.kind.is_of_cluster else table.c.id
        query = query.where(owner == cluster_id)
    return query


def _meets(tables: Tables, bbox: Box) -> tuple[sa.ColumnElement[bool], ...]:
    """Keep shapes whose box meets ``bbox``: by the R-tree (single precision), then exactly."""
    west, south, east, north = bbox
    c = tables.version.c
    tree = sa.table(
        f"{tables.kind.table}_version_box",
        *(sa.column(name) for name in ("id", "minx", "maxx", "miny", "maxy")),
    )
    near = sa.select(tree.c.id).where(
        tree.c.minx <= east, tree.c.maxx >= west, tree.c.miny <= north, tree.c.maxy >= south
    )
    exact = (c.west <= east, c.east >= west, c.south <= north, c.north >= south)
    return (c.row_id.in_(near), *exact)


def _record_table(tables: Tables) -> sa.Table:
    if tables.record is None:
        message = f"{tables.kind.table} has no geometry of record"
        raise TypeError(message)
    return tables.record


def _from_wkb(blobs: list[bytes | None]) -> npt.NDArray[np.object_]:
    shapes: npt.NDArray[np.object_] = shapely.from_wkb(np.array(blobs, dtype=object))
    return shapes
