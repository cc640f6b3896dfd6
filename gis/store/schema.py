"""The register's tables, written once for every engine (SQLAlchemy Core).

For each kind: ``<table>`` holds one row a thing, its latest version as known now (for layers the
derived WGS84 shape too); ``<table>_version`` holds every version with both times; for layers
``<table>_record`` holds the geometry of record as surveyed, with its VN-2000 zone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.sql.functions import FunctionElement

from gis.model import LandBalance
from gis.store.column_types import SQL_TYPES, TEXT, WHOLE, Instant, shape_type
from gis.store.kinds import KINDS, Kind
from gis.store.mapping import ColumnSpec, columns_of

#: Grows when tables change; a register with a higher one was made by a newer program.
SCHEMA_VERSION: Final = 2

metadata: Final = sa.MetaData()


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of one kind; ``record`` is None for kinds without a shape."""

    kind: Kind
    current: sa.Table
    version: sa.Table
    record: sa.Table | None


def _thing_columns(kind: Kind) -> list[sa.Column[Any]]:
    return [_column(spec) for spec in columns_of(kind.cls) if spec.name != "id"]


def _column(spec: ColumnSpec) -> sa.Column[Any]:
    return sa.Column(spec.name, SQL_TYPES[spec.holds], nullable=spec.nullable)


def _valid_columns() -> list[sa.Column[Any]]:
    return [sa.Column("valid_from", sa.Date()), sa.Column("valid_to", sa.Date())]


def _measured_columns(kind: Kind) -> list[sa.Column[Any]]:
    if kind.geometry is None:
        return []
    return [sa.Column("planar_m2", sa.Double()), sa.Column("geodesic_m2", sa.Double())]


def _current(kind: Kind) -> sa.Table:
    shape = [] if kind.geometry is None else [sa.Column("geom", shape_type(kind.geometry))]
    return sa.Table(
        kind.table,
        metadata,
        sa.Column("fid", WHOLE, primary_key=True, autoincrement=True, nullable=False),
        *shape,
        sa.Column("id", TEXT, nullable=False, unique=True),
        *_thing_columns(kind),
        sa.Column("version_number", WHOLE, nullable=False),
        *_valid_columns(),
        *_measured_columns(kind),
        sqlite_autoincrement=True,
    )


def _vouching_columns(kind: Kind) -> list[sa.Column[Any]]:
    """Return the columns by which a version is vouched for; see `gis.store.journal`.

    Personal fields are in the chain as a salted hash: the salt is forgotten when they are erased,
    by the change numbered ``erased_change_number``. Versions of the first release have none.
    """
    own: list[sa.Column[Any]] = [sa.Column("row_hash", TEXT)]
    if kind.personal:
        own += [
            sa.Column("personal_salt", TEXT),
            sa.Column("personal_hash", TEXT),
            sa.Column("erased_change_number", WHOLE),
        ]
    return own


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
        sa.Column("row_id", WHOLE, primary_key=True, autoincrement=True, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        *_thing_columns(kind),
        sa.Column("version_number", WHOLE, nullable=False),
        *_valid_columns(),
        sa.Column("known_from", Instant(), nullable=False),
        sa.Column("known_to", Instant()),
        sa.Column("change_number", WHOLE, nullable=False, index=True),
        sa.Column("by_decision_id", TEXT),
        *_measured_columns(kind),
        *shape,
        *_vouching_columns(kind),
        sa.UniqueConstraint("id", "version_number"),
        sqlite_autoincrement=True,
    )
    is_live = table.c.known_to.is_(None)
    sa.Index(
        f"ix_{kind.table}_version_live", table.c.id, sqlite_where=is_live, postgresql_where=is_live
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
        sa.Column("row_id", WHOLE, primary_key=True, autoincrement=False),
        sa.Column("epsg", WHOLE, nullable=False),
        sa.Column("wkb", sa.LargeBinary(), nullable=False),
    )


#: The bounding box of a version's WGS84 shape, in degrees.
BOX: Final = ("west", "south", "east", "north")

TABLES: Final[Mapping[type, Tables]] = MappingProxyType(
    {kind.cls: Tables(kind, _current(kind), _version(kind), _record(kind)) for kind in KINDS}
)


class NearBox(FunctionElement[bool]):
    """The condition that a version's box meets another, roughly: each engine has its index for it.

    It may keep a few that lie beside, and loses none. Made by `near_box`.
    """

    type = sa.Boolean()
    name = "near_box"
    inherit_cache = True

    def self_group(self, against: Any = None) -> "NearBox":  # noqa: ARG002
        """Return the condition itself: compared with true, no engine would use its index."""
        return self


def near_box(version: sa.Table, box: tuple[float, float, float, float]) -> NearBox:
    """Return the condition for a box given as west, south, east, north."""
    return NearBox(version.c.row_id, *(version.c[side] for side in BOX), *box)


#: Land balances kept for the periods in which they hold, with when the register knew them.
balance: Final = sa.Table(
    "balance",
    metadata,
    sa.Column("row_id", WHOLE, primary_key=True, autoincrement=True, nullable=False),
    *(_column(spec) for spec in columns_of(LandBalance)),
    sa.Column("known_from", Instant(), nullable=False),
    sa.Column("known_to", Instant()),
    sa.Column("change_number", WHOLE, nullable=False),
    sqlite_autoincrement=True,
)
sa.Index("ix_balance_cluster", balance.c.cluster_id, balance.c.known_to)
sa.Index("ix_balance_known", balance.c.known_to, balance.c.cluster_id)

#: The journal: one row a transaction, chained over the whole register.
change: Final = sa.Table(
    "change",
    metadata,
    sa.Column("number", WHOLE, primary_key=True, autoincrement=False),
    sa.Column("at", Instant(), nullable=False, unique=True),
    sa.Column("by", TEXT, nullable=False),
    sa.Column("action", TEXT, nullable=False),
    sa.Column("decision_id", TEXT),
    sa.Column("reason", TEXT),
    sa.Column("register_hash", TEXT, nullable=False),
    sa.Column("submitted_by", TEXT),
)

#: What a transaction did to each cluster ("" for things of none), chained per cluster.
change_part: Final = sa.Table(
    "change_part",
    metadata,
    sa.Column("number", WHOLE, primary_key=True, autoincrement=False),
    sa.Column("cluster_id", TEXT, primary_key=True),
    sa.Column("opened", WHOLE, nullable=False),
    sa.Column("closed", WHOLE, nullable=False),
    sa.Column("digest", TEXT, nullable=False),
    sa.Column("cluster_hash", TEXT, nullable=False),
)
sa.Index("ix_change_part_cluster", change_part.c.cluster_id, change_part.c.number)

#: What the register says about itself; a later change's value counts, earlier ones stay.
setting: Final = sa.Table(
    "setting",
    metadata,
    sa.Column("name", TEXT, primary_key=True),
    sa.Column("change_number", WHOLE, primary_key=True, autoincrement=False),
    sa.Column("value", TEXT, nullable=False),
)

#: Requests already carried out, so that the same one sent twice is done once. Not chained.
request_key: Final = sa.Table(
    "request_key",
    metadata,
    sa.Column("by", TEXT, primary_key=True),
    sa.Column("key", TEXT, primary_key=True),
    sa.Column("digest", TEXT, nullable=False),
    sa.Column("result", TEXT, nullable=False),
    sa.Column("change_number", WHOLE, nullable=False),
    sa.Column("at", Instant(), nullable=False, index=True),
)

#: One row that says whose file this is and which schema it follows.
register: Final = sa.Table(
    "ccn_gis_register",
    metadata,
    sa.Column("id", WHOLE, primary_key=True),
    sa.Column("schema_version", WHOLE, nullable=False),
    sa.Column("made_by", TEXT, nullable=False),
    sa.Column("made_at", Instant(), nullable=False),
)
