"""Everything that the public may know of one cluster, and its detailed plan with shapes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gis.clusters.views import ClusterView, view_clusters
from gis.model import (
    Basis,
    Cluster,
    DetailedPlan,
    DeveloperAppointment,
    Figure,
    InfrastructureState,
    Moment,
    PlanArea,
    ServingLand,
    Source,
    WastewaterPlant,
)
from gis.registered import find_cluster
from gis.store import Shaped, Store


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterDetail:
    """One cluster on a date.

    ``figures`` are all that were published about it up to the date, oldest first, each with its
    source. ``plan`` is the approved detailed plan in force, ``appointment`` that of the
    infrastructure developer, ``infrastructure`` the latest state on record; None where the
    register knows of none. ``sources`` are the publications that the record itself, its
    infrastructure and its wastewater plants name, by id.
    """

    view: ClusterView
    figures: tuple[tuple[Figure, Source | None], ...]
    plan: DetailedPlan | None
    appointment: DeveloperAppointment | None
    infrastructure: InfrastructureState | None
    wastewater: tuple[WastewaterPlant, ...]
    serving_land: tuple[Shaped[ServingLand], ...]
    sources: Mapping[str, Source]


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
    cluster = find_cluster(store, cluster_id, moment).thing
    shaped = store.shaped(Cluster, moment, cluster_id=cluster_id)
    appointments = [
        found.thing
        for found in store.all(DeveloperAppointment, moment, cluster_id=cluster_id)
        if found.thing.term.contains(moment.on)
    ]
    plants = [found.thing for found in store.all(WastewaterPlant, moment, cluster_id=cluster_id)]
    infrastructure = _infrastructure(store, cluster_id, moment)
    cited = {cluster.source_id, *(plant.source_id for plant in plants)}
    cited.add(infrastructure.source_id if infrastructure else None)
    source_ids = sorted(source_id for source_id in cited if source_id is not None)
    return ClusterDetail(
        view=view_clusters(store, moment, shaped)[0],
        figures=_figures(store, cluster_id, moment),
        plan=plan_in_force(store, cluster_id, moment),
        appointment=appointments[-1] if appointments else None,
        infrastructure=infrastructure,
        wastewater=tuple(plants),
        serving_land=tuple(store.shaped(ServingLand, moment, cluster_id=cluster_id)),
        sources={
            found.thing.id: found.thing for found in store.all(Source, moment, ids=source_ids)
        },
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


def _infrastructure(store: Store, cluster_id: str, moment: Moment) -> InfrastructureState | None:
    """Return the latest state on record up to the date; one without a date comes first."""
    states = [
        found.thing for found in store.all(InfrastructureState, moment, cluster_id=cluster_id)
    ]
    known = [state for state in states if state.on is None or state.on <= moment.on]
    return max(known, key=lambda state: (state.on or date.min, state.id), default=None)


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
