"""Kept land balances: gathered from a cluster's geometries of record, stored by period."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypeVar

import sqlalchemy as sa

from gis.crs import Located, to_crs
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
    Version,
)
from gis.store import reading
from gis.store.schema import TABLES, balance

T = TypeVar("T")


def gather(
    connection: sa.Connection, cluster_id: str, known_at: datetime | None = None
) -> ClusterLand:
    """Collect everything of one cluster that its land balance depends on.

    Shapes are brought into the zone of the cluster's own geometry of record.
    """

    def known(cls: type[T]) -> list[tuple[Version[T], Located | None]]:
        return reading.known_records(connection, cls, cluster_id, known_at)

    boundaries = known(Cluster)
    epsg = next((located.epsg for _, located in boundaries if located is not None), None)

    def in_zone(located: Located | None) -> Any:
        return None if located is None or epsg is None else to_crs(located, epsg).geometry

    return ClusterLand(
        cluster_id=cluster_id,
        boundaries=tuple(
            (version.valid, in_zone(located), version.thing.quality is Quality.SYNTHETIC)
            for version, located in boundaries
        ),
        plans=_things(known(DetailedPlan)),
        plan_areas=tuple((v.thing, v.valid, in_zone(where)) for v, where in known(PlanArea)),
        parcels=tuple((v.thing, v.valid, in_zone(where)) for v, where in known(Parcel)),
        leases=_things(known(Lease)),
        projects=_things(known(Project)),
        clearances=_things(known(SiteClearance)),
    )


def _things(
    versions: Iterable[tuple[Version[T], Located | None]],
) -> tuple[tuple[T, Period], ...]:
    return tuple((version.thing, version.valid) for version, _ in versions)


def keep(
    connection: sa.Connection, cluster_ids: Iterable[str], number: int, at: datetime
) -> None:
    """Recompute the balances of clusters that a change touched; equal periods stay as they are."""
    for cluster_id in sorted(cluster_ids):
        fresh = {row: row for row in balance_timeline(gather(connection, cluster_id))}
        query = sa.select(balance).where(
            balance.c.cluster_id == cluster_id, balance.c.known_to.is_(None)
        )
        stale = []
        for row in connection.execute(query).mappings():
            if fresh.pop(reading.balance_of(row), None) is None:
                stale.append(row["row_id"])
        if stale:
            connection.execute(
                balance.update().where(balance.c.row_id.in_(stale)).values(known_to=at)
            )
        if fresh:
            stamp = {"known_from": at, "change_number": number}
            rows = [reading.balance_row(kept) | stamp for kept in fresh.values()]
            connection.execute(balance.insert(), rows)


def recomputed(connection: sa.Connection, moment: Moment) -> list[LandBalance]:
    """Compute the balances in force at a moment afresh, ordered by cluster."""
    table = TABLES[Cluster].version
    query = sa.select(table.c.id).where(reading.in_force(table, moment)).order_by(table.c.id)
    found = []
    for cluster_id in connection.execute(query).scalars().all():
        timeline = balance_timeline(gather(connection, cluster_id, moment.known_at))
        found += [kept for kept in timeline if kept.valid.contains(moment.on)]
    return found

