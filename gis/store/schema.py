"""The register's tables, written once for every engine (SQLAlchemy Core).

For each kind: ``<table>`` holds one row a thing, its latest version as known now (for layers the
derived WGS84 shape too); ``<table>_version`` holds every version with both times; for layers
``<table>_record`` holds the geometry of record as surveyed, with its VN-2000 zone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Final

import sqlalchemy as sa

from gis.model import LandBalance
from gis.store.instants import instant_text
from gis.store.kinds import KINDS, Kind
from gis.store.mapping import ColumnSpec, columns_of

#: Grows when tables change; a register with a higher one was made by a newer program.
SCHEMA_VERSION: Final = 2

metadata: Final = sa.MetaData()


class Shape(sa.types.UserDefinedType[bytes]):
    """The derived WGS84 shape of a layer, in the engine's own encoding (GeoPackage: GPB)."""

    cache_ok = True

    def __init__(self, geometry: str) -> None:
        self.geometry = geometry

    def get_col_spec(self, **_options: Any) -> str:
        """Return the declared column type, which a GeoPackage wants to be the geometry's name."""
        return self.geometry


class Instant(sa.types.TypeDecorator[datetime]):
    """A UTC time to the microsecond as text of fixed width, so that text order is time order."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: sa.Dialect) -> str | None:
        """Write the instant as text."""
        return None if value is None else instant_text(value)

    def process_result_value(self, value: str | None, _dialect: sa.Dialect) -> datetime | None:
        """Read the text as an instant."""
        return None if value is None else datetime.fromisoformat(str(value))


_SQL_TYPES: Final[Mapping[type, Any]] = MappingProxyType(
    {str: sa.Text(), int: sa.Integer(), float: sa.Double(), bool: sa.Boolean(), date: sa.Date()}
)


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of one kind; ``record`` and ``box`` are None for kinds without a shape.

    ``box`` is an R-tree over the boxes of all versions.
    """

    kind: Kind
    current: sa.Table
    version: sa.Table
    record: sa.Table | None
    box: sa.TableClause | None


def _thing_columns(kind: Kind) -> list[sa.Column[Any]]:
    return [_column(spec) for spec in columns_of(kind.cls) if spec.name != "id"]


def _column(spec: ColumnSpec) -> sa.Column[Any]:
    return sa.Column(spec.name, _SQL_TYPES[spec.holds], nullable=spec.nullable)


def _valid_columns() -> list[sa.Column[Any]]:
    return [sa.Column("valid_from", sa.Date()), sa.Column("valid_to", sa.Date())]


def _measured_columns(kind: Kind) -> list[sa.Column[Any]]:
    if kind.geometry is None:
        return []
    return [sa.Column("planar_m2", sa.Double()), sa.Column("geodesic_m2", sa.Double())]


def _current(kind: Kind) -> sa.Table:
    shape = [] if kind.geometry is None else [sa.Column("geom", Shape(kind.geometry))]
    return sa.Table(
        kind.table,
        metadata,
        sa.Column("fid", sa.Integer(), primary_key=True, autoincrement=True, nullable=False),
        *shape,
        sa.Column("id", sa.Text(), nullable=False, unique=True),
        *_thing_columns(kind),
        sa.Column("version_number", sa.Integer(), nullable=False),
        *_valid_columns(),
        *_measured_columns(kind),
        sqlite_autoincrement=True,
    )


def _version(kind: Kind) -> sa.Table:
    shape = (
        []
        if kind.geometry is None
        else [
            sa.Column("geom", sa.LargeBinary()),
            *(sa.Column(side, sa.Double()) for side in BOX),
        ]
    )
    table = sa.Table(
        f"{kind.table}_version",
        metadata,
        sa.Column("row_id", sa.Integer(), primary_key=True, autoincrement=True, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        *_thing_columns(kind),
        sa.Column("version_number", sa.Integer(), nullable=False),
        *_valid_columns(),
        sa.Column("known_from", Instant(), nullable=False),
        sa.Column("known_to", Instant()),
        sa.Column("change_number", sa.Integer(), nullable=False, index=True),
        sa.Column("by_decision_id", sa.Text()),
        *_measured_columns(kind),
        *shape,
        sa.UniqueConstraint("id", "version_number"),
        sqlite_autoincrement=True,
    )
    if kind.is_of_cluster:
        sa.Index(f"ix_{kind.table}_version_cluster", table.c.cluster_id, table.c.id)
    for names in kind.searched:
        columns = [table.c[name] for name in names]
        sa.Index(f"ix_{kind.table}_version_{names[0]}", *columns, table.c.id)
    return table


def _record(kind: Kind) -> sa.Table | None:
    if kind.geometry is None:
        return None
    return sa.Table(
        f"{kind.table}_record",
        metadata,
        sa.Column("row_id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("epsg", sa.Integer(), nullable=False),
        sa.Column("wkb", sa.LargeBinary(), nullable=False),
    )


def _box(kind: Kind) -> sa.TableClause | None:
    if kind.geometry is None:
        return None
    names = ("id", "minx", "maxx", "miny", "maxy")
    return sa.table(f"{kind.table}_version_box", *(sa.column(name) for name in names))


#: The bounding box of a version's WGS84 shape, in degrees.
BOX: Final = ("west", "south", "east", "north")

TABLES: Final[Mapping[type, Tables]] = MappingProxyType(
    {
        kind.cls: Tables(kind, _current(kind), _version(kind), _record(kind), _box(kind))
        for kind in KINDS
    }
)

#: Land balances kept for the periods in which they hold, with when the register knew them.
balance: Final = sa.Table(
    "balance",
    metadata,
    sa.Column("row_id", sa.Integer(), primary_key=True, autoincrement=True, nullable=False),
    *(_column(spec) for spec in columns_of(LandBalance)),
    sa.Column("known_from", Instant(), nullable=False),
    sa.Column("known_to", Instant()),
    sa.Column("change_number", sa.Integer(), nullable=False),
    sqlite_autoincrement=True,
)
sa.Index("ix_balance_cluster", balance.c.cluster_id, balance.c.known_to)
sa.Index("ix_balance_known", balance.c.known_to, balance.c.cluster_id)

#: The journal: one row a transaction, chained over the whole register.
change: Final = sa.Table(
    "change",
    metadata,
    sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
    sa.Column("at", Instant(), nullable=False, unique=True),
    sa.Column("by", sa.Text(), nullable=False),
    sa.Column("action", sa.Text(), nullable=False),
    sa.Column("decision_id", sa.Text()),
    sa.Column("reason", sa.Text()),
    sa.Column("register_hash", sa.Text(), nullable=False),
    sa.Column("submitted_by", sa.Text()),
)

#: What a transaction did to each cluster ("" for things of none), chained per cluster.
change_part: Final = sa.Table(
    "change_part",
    metadata,
    sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
    sa.Column("cluster_id", sa.Text(), primary_key=True),
    sa.Column("opened", sa.Integer(), nullable=False),
    sa.Column("closed", sa.Integer(), nullable=False),
    sa.Column("digest", sa.Text(), nullable=False),
    sa.Column("cluster_hash", sa.Text(), nullable=False),
)
sa.Index("ix_change_part_cluster", change_part.c.cluster_id, change_part.c.number)

#: What the register says about itself; a later change's value counts, earlier ones stay.
setting: Final = sa.Table(
    "setting",
    metadata,
    sa.Column("name", sa.Text(), primary_key=True),
    sa.Column("change_number", sa.Integer(), primary_key=True, autoincrement=False),
    sa.Column("value", sa.Text(), nullable=False),
)

#: Requests already carried out, so that the same one sent twice is done once. Not chained.
request_key: Final = sa.Table(
    "request_key",
    metadata,
    sa.Column("by", sa.Text(), primary_key=True),
    sa.Column("key", sa.Text(), primary_key=True),
    sa.Column("digest", sa.Text(), nullable=False),
    sa.Column("result", sa.Text(), nullable=False),
    sa.Column("change_number", sa.Integer(), nullable=False),
    sa.Column("at", Instant(), nullable=False, index=True),
)

#: One row that says whose file this is and which schema it follows.
register: Final = sa.Table(
    "ccn_gis_register",
    metadata,
    sa.Column("id", sa.Integer(), primary_key=True),
    sa.Column("schema_version", sa.Integer(), nullable=False),
    sa.Column("made_by", sa.Text(), nullable=False),
    sa.Column("made_at", Instant(), nullable=False),
)
