"""Everything that the public may know of one cluster, and its detailed plan with shapes."""

from dataclasses import dataclass

from gis.clusters.views import ClusterView, find_cluster, view_clusters
from gis.model import (
    Basis,
    Cluster,
    DetailedPlan,
    DeveloperAppointment,
    Figure,
    Moment,
    PlanArea,
    ServingLand,
    Source,
    WastewaterPlant,
)
from gis.store import Shaped, Store


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterDetail:
    """One cluster on a date.

    ``figures`` are all that were published about it up to the date, oldest first, each with its
    source. ``plan`` is the approved detailed plan in force, ``appointment`` that of the
    infrastructure developer; None where the register knows of none.
    """

    view: ClusterView
    figures: tuple[tuple[Figure, Source | None], ...]
    plan: DetailedPlan | None
    appointment: DeveloperAppointment | None
    wastewater: tuple[WastewaterPlant, ...]
    serving_land: tuple[Shaped[ServingLand], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterPlan:
    """The polygons of a cluster's detailed plan in force and the land that serves it outside."""

    areas: tuple[Shaped[PlanArea], ...]
    serving_land: tuple[Shaped[ServingLand], ...]


def cluster_detail(store: Store, cluster_id: str, moment: Moment) -> ClusterDetail:
    """Return what is known of one cluster or zone.

    Raises:
        NotFound: ``cluster.unknown``.
    """
    find_cluster(store, cluster_id, moment)
    shaped = store.shaped(Cluster, moment, cluster_id=cluster_id)
    appointments = [
        found.thing
        for found in store.all(DeveloperAppointment, moment, cluster_id=cluster_id)
        if found.thing.term.contains(moment.on)
    ]
    plants = store.all(WastewaterPlant, moment, cluster_id=cluster_id)
    return ClusterDetail(
        view=view_clusters(store, moment, shaped)[0],
        figures=_figures(store, cluster_id, moment),
        plan=plan_in_force(store, cluster_id, moment),
        appointment=appointments[-1] if appointments else None,
        wastewater=tuple(found.thing for found in plants),
        serving_land=tuple(store.shaped(ServingLand, moment, cluster_id=cluster_id)),
    )


def cluster_plan(store: Store, cluster_id: str, moment: Moment) -> ClusterPlan:
    """Return the plan areas and serving land of one cluster; both may be empty.

    Raises:
        NotFound: ``cluster.unknown``.
    """
    find_cluster(store, cluster_id, moment)
    plan = plan_in_force(store, cluster_id, moment)
    areas = store.shaped(PlanArea, moment, cluster_id=cluster_id)
    return ClusterPlan(
        areas=tuple(area for area in areas if plan is not None and area.thing.plan_id == plan.id),
        serving_land=tuple(store.shaped(ServingLand, moment, cluster_id=cluster_id)),
    )


def plan_in_force(store: Store, cluster_id: str, moment: Moment) -> DetailedPlan | None:
    """Return the plan that counts on a date: approved by then, the latest of several."""
    plans = [found.thing for found in store.all(DetailedPlan, moment, cluster_id=cluster_id)]
    approved = [
        (plan.approved_on, plan.id, plan)
        for plan in plans
        if plan.approved_on is not None and plan.approved_on <= moment.on
    ]
    return max(approved)[2] if approved else None


def _figures(
    store: Store, cluster_id: str, moment: Moment
) -> tuple[tuple[Figure, Source | None], ...]:
    sources = {found.thing.id: found.thing for found in store.all(Source, moment)}
    figures = [
        found.thing
        for found in store.all(Figure, moment)
        if found.thing.subject_id == cluster_id
        and found.thing.basis == Basis.PUBLISHED
        and found.thing.as_of.surely_by(moment.on)
    ]
    figures.sort(key=lambda figure: (figure.as_of.latest, figure.id))
    return tuple((figure, sources.get(figure.source_id)) for figure in figures)
