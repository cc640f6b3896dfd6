"""Questions of searches: all that is known of some clusters, things by their columns, news."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

import sqlalchemy as sa

from gis.errors import InvalidValue
from gis.model import Moment, Version
from gis.store import reading
from gis.store.interface import Known
from gis.store.mapping import clean_text
from gis.store.schema import TABLES, change, change_part

T = TypeVar("T")


def known_in(
    connection: sa.Connection,
    cls: type[T],
    cluster_ids: Sequence[str],
    known_at: datetime | None,
) -> list[Known[T]]:
    """Return all that was known at a time of some clusters' things, with geometry of record."""
    wanted = sorted({kept for name in cluster_ids if (kept := sought(name)) is not None})
    return [
        Known(thing, valid, located)
        for some in reading.chunks(wanted)
        for thing, valid, located in reading.known_things(connection, cls, some, known_at)
    ]


def find(
    connection: sa.Connection,
    cls: type[T],
    moment: Moment,
    equal: Mapping[str, str],
    *,
    ids: Sequence[str] | None = None,
    after: str | None = None,
    limit: int | None = None,
) -> list[Version[T]]:
    """Return versions in force by the values of text columns, ordered by id."""
    tables = TABLES[cls]
    table = tables.version
    columns = {name: sought(value) for name, value in equal.items()}
    query = (
        sa.select(*reading.version_columns(tables))
        .where(reading.in_force(table, moment))
        .where(*(table.c[name] == value for name, value in columns.items()))
        .order_by(table.c.id)
    )
    if ids is not None:
        query = query.where(table.c.id.in_(sorted(ids)[: reading.CHUNK]))
    if after is not None:
        query = query.where(table.c.id > clean_text("after", after))
    if limit is not None:
        query = query.limit(max(0, limit))
    build = reading.version_builder(cls)
    return [build(row) for row in connection.execute(query)]


def counter_at(connection: sa.Connection, known_at: datetime | None) -> int:
    """Return the number of the last change known at a time; 0 before the first."""
    query = sa.select(sa.func.max(change.c.number))
    if known_at is not None:
        query = query.where(change.c.at <= known_at)
    return connection.execute(query).scalar() or 0


def touched_since(connection: sa.Connection, number: int) -> frozenset[str]:
    """Return the clusters that changes after one wrote; "" stands for things of no cluster."""
    query = sa.select(change_part.c.cluster_id).where(change_part.c.number > number).distinct()
    return frozenset(connection.execute(query).scalars())


def sought(value: str) -> Any:
    """Return text in the form in which it is kept; None where it can't be kept (equals none)."""
    try:
        return clean_text("value", value)
    except InvalidValue:
        return None
