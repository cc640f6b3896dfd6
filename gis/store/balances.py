"""Kept land balances: gathered from a cluster's geometries of record, stored by period."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from gis.crs import Located, is_projected, to_crs
from gis.indicators.balance import ClusterLand, balance_timeline
from gis.model import (
    Cluster,
    DetailedPlan,
    LandBalance,
    Lease,
    Moment,
    Parcel,
    Period,
    PlanArea,
    Project,
    Quality,
    SiteClearance,
)
from gis.store import reading
from gis.store.journal import Heading
from gis.store.mapping import builder_of, to_row
from gis.store.rows import insert_rows
from gis.store.schema import TABLES, balance

#: What a land balance depends on; changes of other things leave it alone.
INPUTS: Final[frozenset[Any]] = frozenset(
    {Cluster, DetailedPlan, PlanArea, Parcel, Lease, Project, SiteClearance}
)

#: Clusters gathered at once: few queries, and a bound to memory.
_GATHERED: Final = 100

_Known = list[tuple[Any, Period, Located | None]]


def gather(
    connection: sa.Connection, cluster_ids: Sequence[str], known_at: datetime | None = None
) -> Iterator[ClusterLand]:
    """Yield, in order, everything of each cluster that its land balance depends on."""
    for start in range(0, len(cluster_ids), _GATHERED):
        some = cluster_ids[start : start + _GATHERED]
        known: dict[str, dict[type, _Known]] = {
            cluster_id: {cls: [] for cls in INPUTS} for cluster_id in some
        }
        for cls in INPUTS:
            for thing, valid, located in reading.known_things(connection, cls, some, known_at):
                owner = thing.id if isinstance(thing, Cluster) else thing.cluster_id
                known[owner][cls].append((thing, valid, located))
        for cluster_id in some:
            yield _land(cluster_id, known[cluster_id])


def _land(cluster_id: str, known: dict[type, _Known]) -> ClusterLand:
    """Put a cluster's land together in its zone."""
    zone = _zone(known)

    def in_zone(located: Located | None) -> Any:
        return None if located is None or zone is None else to_crs(located, zone).geometry

    def shaped(cls: type) -> Any:
        return tuple((thing, valid, in_zone(located)) for thing, valid, located in known[cls])

    def things(cls: type) -> Any:
        return tuple((thing, valid) for thing, valid, _ in known[cls])

    return ClusterLand(
        cluster_id=cluster_id,
        boundaries=tuple(
            (valid, in_zone(located), cluster.quality is Quality.SYNTHETIC)
            for cluster, valid, located in known[Cluster]
        ),
        plans=things(DetailedPlan),
        plan_areas=shaped(PlanArea),
        parcels=shaped(Parcel),
        leases=things(Lease),
        projects=things(Project),
        clearances=things(SiteClearance),
    )


def _zone(known: dict[type, _Known]) -> int | None:
    """Return the VN-2000 zone in which a cluster's land is measured; None if nothing tells it.

    It is that of the boundary's record, else the one that the cluster names, else that of its
    plan or its parcels: never degrees.
    """
    told = [located.epsg for _, _, located in known[Cluster] if located is not None]
    told += [cluster.epsg for cluster, _, _ in known[Cluster] if cluster.epsg is not None]
    for cls in (PlanArea, Parcel):
        told += [located.epsg for _, _, located in known[cls] if located is not None]
    return next(filter(is_projected, told), None)


def keep(connection: sa.Connection, cluster_ids: Sequence[str], heading: Heading) -> None:
    """Recompute the balances of clusters that a change touched; equal periods stay as they are."""
    kept = _kept(connection, cluster_ids)
    stale: list[int] = []
    fresh: list[LandBalance] = []
    for land in gather(connection, cluster_ids):
        before = kept[land.cluster_id]
        now = balance_timeline(land)
        fresh += [row for row in now if row not in before]
        stale += [before[row] for row in before.keys() - set(now)]
    for some in reading.chunks(stale):
        is_stale = balance.c.row_id.in_(some)
        connection.execute(balance.update().where(is_stale).values(known_to=heading.at))
    stamp = {"known_from": heading.at, "change_number": heading.number}
    insert_rows(connection, balance, [to_row(row) | stamp for row in fresh])


def _kept(
    connection: sa.Connection, cluster_ids: Sequence[str]
) -> dict[str, dict[LandBalance, int]]:
    """Return the balances kept now, with their row ids, by cluster."""
    kept: dict[str, dict[LandBalance, int]] = defaultdict(dict)
    build = builder_of(LandBalance)
    for some in reading.chunks(cluster_ids):
        query = reading.balance_rows(balance.c.row_id).where(
            balance.c.cluster_id.in_(some), balance.c.known_to.is_(None)
        )
        for row in connection.execute(query):
            kept[row.cluster_id][build(row)] = row.row_id
    return kept


def recomputed(connection: sa.Connection, moment: Moment) -> list[LandBalance]:
    """Compute the balances in force at a moment afresh, ordered by cluster."""
    table = TABLES[Cluster].version
    query = sa.select(table.c.id).where(reading.in_force(table, moment)).order_by(table.c.id)
    cluster_ids = connection.execute(query).scalars().all()
    return [
        row
        for land in gather(connection, cluster_ids, moment.known_at)
        for row in balance_timeline(land)
        if row.valid.contains(moment.on)
    ]
