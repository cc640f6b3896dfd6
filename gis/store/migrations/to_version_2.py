"""Schema 2: submissions, long terms, requests kept, names that can be erased, quick answers."""

from typing import Any

import sqlalchemy as sa

from gis.store.column_types import TEXT, WHOLE, Instant
from gis.store.engine import Listing
from gis.store.migrations.alterations import Alterations, current_table, version_table

#: The kinds of schema 1.
_KINDS = (
    *("territory", "admin_unit", "cluster", "plan_area", "serving_land", "parcel", "natural_area"),
    *("target", "detailed_plan", "decision", "party", "project", "lease", "lease_use"),
    *("infrastructure_state", "infrastructure_work", "connection", "wastewater_plant"),
    *("environment_record", "fire_inspection", "site_clearance", "developer_appointment"),
    *("source", "figure", "conflict", "scenario"),
)
#: By what people look for things: the table, and the columns of an index.
_SEARCHED = (
    ("parcel_version", ("plot_label", "id")),
    ("parcel_version", ("number", "sheet", "id")),
    ("lease_version", ("contract_number", "id")),
)


def to_version_2(register: Alterations) -> None:
    """Lead from schema 1 to schema 2."""
    for kind in _KINDS:
        register.add_column(f"{kind}_version", sa.Column("row_hash", TEXT))
        register.add_index(_live(kind))
    for column in _personal():
        register.add_column("party_version", column)
    for table in ("lease", "lease_version"):
        register.add_column(table, sa.Column("term_scope", TEXT))
    register.add_column("change", sa.Column("submitted_by", TEXT))
    register.add_table(_request_key())
    listing = Listing("submission", "Hồ sơ trình")
    register.add_table(current_table("submission", *_submission()), listing)
    vouching = [sa.Column("row_hash", TEXT), *_personal()]
    register.add_table(version_table("submission", *_submission(), *vouching))
    register.add_index(_live("submission"))
    for table, names in _SEARCHED:
        register.add_index(_index(table, names))


def _index(table: str, names: tuple[str, ...]) -> sa.Index:
    """Return an index over text columns of a table, named after the first."""
    columns = [sa.Column(name, TEXT) for name in names]
    sa.Table(table, sa.MetaData(), *columns)
    return sa.Index(f"ix_{table}_{names[0]}", *columns)


def _live(kind: str) -> sa.Index:
    """Return the index by which versions known now are found, which does not grow with others."""
    known_to: sa.Column[Any] = sa.Column("known_to", Instant())
    table = sa.Table(f"{kind}_version", sa.MetaData(), sa.Column("id", TEXT), known_to)
    is_live = table.c.known_to.is_(None)
    return sa.Index(
        f"ix_{kind}_version_live", table.c.id, sqlite_where=is_live, postgresql_where=is_live
    )


def _request_key() -> sa.Table:
    return sa.Table(
        "request_key",
        sa.MetaData(),
        sa.Column("by", TEXT, primary_key=True),
        sa.Column("key", TEXT, primary_key=True),
        sa.Column("digest", TEXT, nullable=False),
        sa.Column("result", TEXT, nullable=False),
        sa.Column("change_number", WHOLE, nullable=False),
        sa.Column("at", Instant(), nullable=False, index=True),
    )


def _submission() -> list[sa.Column[Any]]:
    """Return the columns of what somebody proposes."""
    needed = ("action", "request", "author", "state")
    return [
        *(sa.Column(name, TEXT, nullable=False) for name in needed),
        *(sa.Column(name, TEXT) for name in ("cluster_id", "decided_by", "note")),
    ]


def _personal() -> list[sa.Column[Any]]:
    """Return the columns that vouch for what may be erased."""
    texts = [sa.Column(name, TEXT) for name in ("personal_salt", "personal_hash")]
    return [*texts, sa.Column("erased_change_number", WHOLE)]
