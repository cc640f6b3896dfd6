"""Kept land balances of the present, computed again from the geometries of record."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, Final

import sqlalchemy as sa
from shapely.errors import ShapelyError

from gis.errors import GisError
from gis.indicators.balance import balance_timeline
from gis.model import Cluster, LandBalance
from gis.store import reading
from gis.store.balances import gather
from gis.store.mapping import builder_of
from gis.store.schema import TABLES, balance, change
from gis.store.verify.found import Found

#: Two computations of one area may differ by rounding only (m²).
_TOLERANCE_M2: Final = 0.01
_FIELDS: Final = tuple(LandBalance.__dataclass_fields__)
#: What is raised for land that can't be read back.
_UNREADABLE: Final = (GisError, ShapelyError, ValueError, TypeError)

#: What a cluster without a balance has.
_NOTHING: Final[tuple[LandBalance, ...]] = ()

_Kept = dict[str, list[LandBalance]]


def check_balances(connection: sa.Connection, found: Found) -> None:
    """Name the clusters whose kept balances do not follow from what the register knows now."""
    for cluster_id in connection.execute(_out_of_time()).scalars():
        found.add("verify.balance", id=cluster_id)
    kept = _kept(connection, found)
    known = sa.select(TABLES[Cluster].version.c.id).distinct()
    ids: set[str] = {*kept, *connection.execute(known).scalars()}
    for cluster_id, computed in _computed(connection, sorted(ids)):
        if not _are_same(kept.get(cluster_id, _NOTHING), computed):
            found.add("verify.balance", id=cluster_id)


def _out_of_time() -> sa.Select[Any]:
    """Return a query for clusters with a balance that no change wrote or ended at its times."""
    c = balance.c
    is_written = sa.and_(change.c.number == c.change_number, change.c.at == c.known_from)
    is_ended = sa.or_(c.known_to.is_(None), sa.exists().where(change.c.at == c.known_to))
    is_right = sa.and_(sa.exists().where(is_written), is_ended)
    return sa.select(c.cluster_id).where(~is_right).distinct()


def _kept(connection: sa.Connection, found: Found) -> _Kept:
    kept: _Kept = defaultdict(list)
    query = reading.balance_rows().where(balance.c.known_to.is_(None))
    build = builder_of(LandBalance)
    for row in connection.execute(query.order_by(balance.c.valid_from.asc().nulls_first())):
        try:
            kept[row.cluster_id].append(build(row))
        except _UNREADABLE:
            found.add("verify.balance", id=row.cluster_id)
    return kept


def _computed(
    connection: sa.Connection, ids: Sequence[str]
) -> Iterator[tuple[str, Sequence[LandBalance]]]:
    """Yield clusters with their balances; those that can't be read back are left out.

    What can't be read was changed behind our back, and is told with its version.
    """
    for start in range(0, len(ids), reading.CHUNK):
        yield from _of_some(connection, ids[start : start + reading.CHUNK])


def _of_some(
    connection: sa.Connection, ids: Sequence[str]
) -> Iterator[tuple[str, Sequence[LandBalance]]]:
    try:
        yield from [(land.cluster_id, balance_timeline(land)) for land in gather(connection, ids)]
    except _UNREADABLE:
        if len(ids) > 1:
            middle = len(ids) // 2
            yield from _of_some(connection, ids[:middle])
            yield from _of_some(connection, ids[middle:])


def _are_same(kept: Sequence[LandBalance], computed: Sequence[LandBalance]) -> bool:
    return len(kept) == len(computed) and all(
        _is_same(getattr(one, name), getattr(other, name))
        for one, other in zip(kept, computed, strict=True)
        for name in _FIELDS
    )


def _is_same(kept: Any, computed: Any) -> bool:
    if isinstance(kept, float) and isinstance(computed, float):
        return abs(kept - computed) <= _TOLERANCE_M2
    return bool(kept == computed)
