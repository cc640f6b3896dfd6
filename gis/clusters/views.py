"""A cluster with the numbers derived for a date, and the list of those in force."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar

from shapely.geometry.base import BaseGeometry

from gis.content import current_unit_id, legacy_unit_id
from gis.indicators.figures import attainment
from gis.indicators.fill import FillAnswer, leased_over_area, legal_fill
from gis.indicators.summed import stage_reached
from gis.model import (
    AdminUnit,
    Cluster,
    ClusterKind,
    DateBounds,
    Decision,
    Figure,
    InfrastructureState,
    LandBalance,
    Moment,
    Project,
    Source,
    Stage,
    Territory,
    Version,
)
from gis.store import Shaped, Store

T = TypeVar("T")
N = TypeVar("N", Source, Territory, AdminUnit, Decision)

_ORDER: Final = tuple(Stage)
_BEFORE_CLEARING: Final = (Stage.PLANNED, Stage.ESTABLISHED)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterView:
    """A cluster or zone on a date, with what is derived for it; unknown is None.

    ``stage`` is how far it has certainly come and ``stage_at_most`` how far it may have: they
    differ while only bounds of its founding are known. ``measured_m2`` is the planar area of the
    boundary of record. ``let_m2`` and ``projects`` (whose approval holds) are None where the
    register keeps neither plan nor tenants of the cluster: that is not 0. ``attainment`` is a
    published figure, never computed.
    """

    cluster: Cluster
    shape: BaseGeometry | None
    measured_m2: float | None
    stage: Stage | None
    stage_at_most: Stage | None
    balance: LandBalance | None
    fill: FillAnswer | None
    let_m2: float | None
    leased_over_area_percent: float | None
    projects: int | None
    attainment: Figure | None
    infrastructure_complete: bool | None
    area_source: Source | None
    legacy_district: Territory | None
    legacy_commune: AdminUnit | None
    current_commune: AdminUnit | None


def list_clusters(
    store: Store,
    moment: Moment,
    *,
    kind: ClusterKind | None = None,
    stage: Stage | None = None,
) -> list[ClusterView]:
    """Return the clusters and zones in force, ordered by id.

    ``stage`` keeps those that have, or may have, come at least that far. A cluster whose dates
    say that it was not even planned yet is left out.
    """
    shaped = [
        found for found in store.shaped(Cluster, moment) if kind is None or found.thing.kind is kind
    ]
    views = view_clusters(store, moment, shaped)
    return [view for view in views if _has_begun(view, moment.on) and _reaches(view, stage)]


def view_clusters(
    store: Store, moment: Moment, shaped: Sequence[Shaped[Cluster]]
) -> list[ClusterView]:
    """Derive the numbers of some clusters."""
    around = _Surroundings.read(store, moment, [found.thing for found in shaped])
    return [_view(found, around, moment.on) for found in shaped]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Surroundings:
    """What the views of all clusters are made of, read once."""

    balances: dict[str, LandBalance]
    projects: Counter[str]
    figures: list[Figure]
    completeness: dict[str, bool]
    sources: dict[str, Source]
    territories: dict[str, Territory]
    units: dict[str, AdminUnit]

    @classmethod
    def read(cls, store: Store, moment: Moment, clusters: Sequence[Cluster]) -> "_Surroundings":
        """Read what belongs to some clusters; of a single one, its own records only."""
        only = clusters[0].id if len(clusters) == 1 else None
        projects = _things(store.all(Project, moment, cluster_id=only))
        states = _things(store.all(InfrastructureState, moment, cluster_id=only))
        known = [state for state in states if state.on is None or state.on <= moment.on]
        known.sort(key=lambda state: (state.on or date.min, state.id))
        figures = _things(store.all(Figure, moment))
        units = [unit_id for cluster in clusters for unit_id in _unit_ids(cluster) if unit_id]
        return cls(
            balances={kept.cluster_id: kept for kept in _balances(store, moment, only)},
            projects=Counter(p.cluster_id for p in projects if p.approved.contains(moment.on)),
            figures=[figure for figure in figures if figure.indicator == "attainment"],
            completeness={state.cluster_id: state.is_complete for state in known},
            sources=_area_sources(store, moment, [c.approved_area_source for c in clusters]),
            territories=_named(store, Territory, moment, (c.legacy_district for c in clusters)),
            units=_named(store, AdminUnit, moment, units),
        )


def _things(versions: Iterable[Version[T]]) -> list[T]:
    return [version.thing for version in versions]


def _named(store: Store, cls: type[N], moment: Moment, ids: Iterable[str | None]) -> dict[str, N]:
    """Return the things of some ids; None among them names nothing."""
    wanted = sorted({thing_id for thing_id in ids if thing_id})
    return {found.thing.id: found.thing for found in store.all(cls, moment, ids=wanted)}


def _area_sources(store: Store, moment: Moment, ids: Sequence[str | None]) -> dict[str, Source]:
    """Return what approved areas rest on: publications, and decisions told as such."""
    decisions = _named(store, Decision, moment, ids).values()
    told = {one.id: _publication(one) for one in decisions}
    return told | _named(store, Source, moment, ids)


def _publication(decision: Decision) -> Source:
    return Source(
        id=decision.id,
        title=f"{decision.number}: {decision.title}",
        publisher=decision.issuer,
        published=DateBounds(decision.on, decision.on),
    )


def _balances(store: Store, moment: Moment, only: str | None) -> list[LandBalance]:
    if only is None:
        return store.balances(moment)
    found = store.balance(only, moment)
    return [] if found is None else [found]


def _unit_ids(cluster: Cluster) -> tuple[str | None, str | None]:
    """Return the ids of a cluster's legacy and current commune."""
    legacy, current = cluster.legacy_commune, cluster.current_commune
    return (
        legacy_unit_id(legacy) if legacy else None,
        current_unit_id(current) if current else None,
    )


def _view(found: Shaped[Cluster], around: _Surroundings, on: date) -> ClusterView:
    cluster = found.thing
    balance = around.balances.get(cluster.id)
    certain, at_most = _stages(cluster, balance, on)
    projects = around.projects[cluster.id]
    is_kept = projects > 0 or (balance is not None and _knows_tenants(balance))
    legacy, current = _unit_ids(cluster)
    return ClusterView(
        cluster=cluster,
        shape=found.geometry,
        measured_m2=found.version.planar_m2,
        stage=certain,
        stage_at_most=at_most,
        balance=balance,
        fill=None if balance is None else legal_fill(balance),
        let_m2=balance.let_m2 if balance and is_kept else None,
        leased_over_area_percent=leased_over_area(balance) if balance and is_kept else None,
        projects=projects if is_kept else None,
        attainment=attainment(around.figures, cluster.id, on),
        infrastructure_complete=around.completeness.get(cluster.id),
        area_source=around.sources.get(cluster.approved_area_source or ""),
        legacy_district=around.territories.get(cluster.legacy_district or ""),
        legacy_commune=around.units.get(legacy or ""),
        current_commune=around.units.get(current or ""),
    )


def _knows_tenants(balance: LandBalance) -> bool:
    """Say whether the register follows who uses a cluster: by its plan, or by plots let."""
    return balance.plan_id is not None or balance.let_m2 > 0


def _stages(
    cluster: Cluster, balance: LandBalance | None, on: date
) -> tuple[Stage | None, Stage | None]:
    """Return how far a cluster has certainly come on a date, and how far it may have."""
    if balance is not None and balance.let_m2 > 0:
        return Stage.LEASED, Stage.LEASED
    if balance is not None and balance.cleared_m2:
        return Stage.CLEARED, Stage.CLEARED
    reached = {stage: stage_reached(cluster, stage, on) for stage in _BEFORE_CLEARING}
    certain = [stage for stage, (surely, _possibly) in reached.items() if surely]
    possible = [stage for stage, (_surely, possibly) in reached.items() if possibly]
    return certain[-1] if certain else None, possible[-1] if possible else None


def _has_begun(view: ClusterView, on: date) -> bool:
    """Say whether nothing known tells that a cluster was still to come on a date."""
    planned_from, founded = view.cluster.planned_from, view.cluster.founded
    is_to_be_planned = planned_from is not None and on < planned_from
    is_to_be_founded = founded.is_known and not founded.possibly_by(on)
    return view.stage_at_most is not None or not (is_to_be_planned or is_to_be_founded)


def _reaches(view: ClusterView, stage: Stage | None) -> bool:
    if stage is None:
        return True
    at_most = view.stage_at_most
    return at_most is not None and _ORDER.index(at_most) >= _ORDER.index(stage)
