"""Parcels as a map asks for them: by place, a page at a time, with their state on a date."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from shapely.geometry.base import BaseGeometry

from gis.errors import NotFound
from gis.indicators.tenure import plot_end_years, plot_states
from gis.model import Lease, Moment, Parcel, PlotState, Project
from gis.store import Box, Shaped, Store


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelView:
    """A parcel on a date: its WGS84 shape, measured area and derived state.

    ``end_year`` is the last year of the tenants' leases, None where the parcel is not leased or
    a lease has no end. Nothing here tells who holds the land.
    """

    parcel: Parcel
    shape: BaseGeometry | None
    measured_m2: float | None
    state: PlotState
    end_year: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelPage:
    """Parcels ordered by id; ``next_after`` is where the next page begins, None on the last."""

    parcels: tuple[ParcelView, ...]
    next_after: str | None


def list_parcels(
    store: Store,
    moment: Moment,
    *,
    limit: int,
    bbox: Box | None = None,
    cluster_id: str | None = None,
    after: str | None = None,
) -> ParcelPage:
    """Return a page of the parcels in force whose box meets ``bbox`` (WGS84 degrees)."""
    shaped = store.shaped(
        Parcel, moment, cluster_id=cluster_id, bbox=bbox, after=after, limit=limit + 1
    )
    page = shaped[:limit]
    views = _viewed(store, moment, page)
    return ParcelPage(parcels=views, next_after=page[-1].thing.id if len(shaped) > limit else None)


def find_parcel(store: Store, parcel_id: str, moment: Moment) -> ParcelView:
    """Return a parcel in force.

    Raises:
        NotFound: ``thing.unknown``.
    """
    shaped = store.shaped(Parcel, moment, ids=[parcel_id])
    if not shaped:
        facts = {"table": "parcel", "value": parcel_id[:80], "on": moment.on.isoformat()}
        raise NotFound("thing.unknown", **facts)
    return _viewed(store, moment, shaped)[0]


def _viewed(store: Store, moment: Moment, page: Sequence[Shaped[Parcel]]) -> tuple[ParcelView, ...]:
    leases, projects = _tenure(store, moment, {found.thing.cluster_id for found in page})
    states = plot_states((found.thing.id for found in page), leases, projects, moment.on)
    years = plot_end_years(leases, moment.on)
    return tuple(
        ParcelView(
            parcel=found.thing,
            shape=found.geometry,
            measured_m2=found.version.planar_m2,
            state=states[found.thing.id],
            end_year=years.get(found.thing.id),
        )
        for found in page
    )


def _tenure(
    store: Store, moment: Moment, cluster_ids: Iterable[str]
) -> tuple[list[Lease], list[Project]]:
    """Return the leases and projects of the clusters that a page touches."""
    leases: list[Lease] = []
    projects: list[Project] = []
    for cluster_id in sorted(cluster_ids):
        leases += [found.thing for found in store.all(Lease, moment, cluster_id=cluster_id)]
        projects += [found.thing for found in store.all(Project, moment, cluster_id=cluster_id)]
    return leases, projects
