"""What the register adds up to, in the words of published figures, for reconciliation."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from gis.indicators.answers import ShareQuestion, ShareValues
from gis.indicators.fill import FillAnswer, legal_fill, mean_fill, operating_ids
from gis.indicators.reconcile import Computed, ComputedBasis
from gis.indicators.summed import is_in_territory, measured_share, stage_reached
from gis.indicators.tenure import is_leased_on
from gis.model import (
    Basis,
    Cluster,
    ClusterKind,
    DeveloperAppointment,
    InfrastructureState,
    InfrastructureWork,
    LandBalance,
    Lease,
    Project,
    Stage,
    Territory,
    WastewaterPlant,
)

T = TypeVar("T", Project, Lease, InfrastructureState, InfrastructureWork, WastewaterPlant)

_M2_PER_HA = 10_000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterValues:
    """The register's things in force on a date.

    ``is_example`` says that tenants, projects and works are made up; clusters, infrastructure
    states and wastewater plants are those of publications all the same.
    """

    on: date
    territories: Sequence[Territory]
    clusters: Sequence[Cluster]
    balances: Sequence[LandBalance] = ()
    projects: Sequence[Project] = ()
    leases: Sequence[Lease] = ()
    infrastructure: Sequence[InfrastructureState] = ()
    works: Sequence[InfrastructureWork] = ()
    plants: Sequence[WastewaterPlant] = ()
    developers: Sequence[DeveloperAppointment] = ()
    is_example: bool = False


def register_totals(values: RegisterValues) -> tuple[Computed, ...]:
    """Compute every value of the register that publications also give.

    Areas and fill rates are measured, synthetic geometry included and marked; counts, capital
    and jobs are sums of records. A sum with an unknown part, or of no records at all, is
    unknown: None.
    """
    found = [value for cluster in values.clusters for value in _of_cluster(values, cluster)]
    for territory in values.territories:
        for kind in ClusterKind:
            own = [
                cluster
                for cluster in values.clusters
                if cluster.kind is kind and is_in_territory(cluster, territory)
            ]
            if own:
                found += _areas(values, territory, kind)
                found += _records(values, territory, kind, {cluster.id for cluster in own})
                found += _means(values, territory, kind, {cluster.id for cluster in own})
    return tuple(found)


def _of_cluster(values: RegisterValues, cluster: Cluster) -> list[Computed]:
    balance = next((b for b in values.balances if b.cluster_id == cluster.id), None)
    measured = _Builder(
        cluster.id,
        cluster.kind,
        ComputedBasis.MEASURED,
        balance is not None and balance.is_synthetic,
    )
    recorded = _Builder(cluster.id, cluster.kind, ComputedBasis.RECORDED, values.is_example)
    area = None if balance is None else balance.boundary_m2
    leases = [lease for lease in values.leases if lease.cluster_id == cluster.id]
    return [
        measured("land_area", "ha", None if area is None else area / _M2_PER_HA),
        measured("fill_rate_real", "%", None if balance is None else legal_fill(balance).percent),
        recorded("leases", "contracts", _count(leases, lambda one: is_leased_on(one, values.on))),
    ]


def _areas(values: RegisterValues, territory: Territory, kind: ClusterKind) -> list[Computed]:
    shared = ShareValues(clusters=values.clusters, balances=values.balances)
    found = []
    for stage in Stage:
        question = ShareQuestion(
            territory=territory,
            on=values.on,
            stage=stage,
            basis=Basis.MEASURED,
            include_synthetic=True,
        )
        parts = measured_share(question, shared).components
        part = next((part for part in parts if part.kind is kind), None)
        indicator = "leased_area" if stage is Stage.LEASED else "land_area"
        is_synthetic = part is not None and part.is_synthetic
        builder = _Builder(territory.id, kind, ComputedBasis.MEASURED, is_synthetic)
        area = None if part is None else part.area_ha
        found.append(builder(indicator, "ha", area, stage=stage))
    return found


def _means(
    values: RegisterValues, territory: Territory, kind: ClusterKind, own: set[str]
) -> list[Computed]:
    operating = own & operating_ids(values.projects, values.leases, values.on)
    fills = [legal_fill(balance) for balance in values.balances]
    mean = mean_fill(fills, operating)
    is_whole = bool(operating) and not mean.undetermined_ids
    builder = _Builder(territory.id, kind, ComputedBasis.MEASURED, mean.is_synthetic)
    return [
        builder("mean_fill", "%", mean.ratio_of_sums_percent if is_whole else None),
        builder("industrial_land", "ha", _industrial_ha(fills, operating) if is_whole else None),
    ]


def _industrial_ha(fills: Iterable[FillAnswer], operating: set[str]) -> float:
    areas = [fill.industrial_m2 for fill in fills if fill.cluster_id in operating]
    return math.fsum(area for area in areas if area is not None) / _M2_PER_HA


def _records(
    values: RegisterValues, territory: Territory, kind: ClusterKind, own: set[str]
) -> list[Computed]:
    """Count and add records; those of tenants and works are made up in an example."""
    projects = [one for one in _own(values.projects, own) if one.approved.contains(values.on)]
    developed = {
        one.cluster_id
        for one in values.developers
        if one.cluster_id in own and one.term.contains(values.on)
    }
    builder = _Builder(territory.id, kind, ComputedBasis.RECORDED, values.is_example)
    return [
        *_reported(values, territory, kind, own),
        builder("projects", "projects", len(projects) or None),
        builder("registered_capital", "bn_vnd", _sum(one.capital_bn_vnd for one in projects)),
        builder("jobs", "persons", _sum(one.jobs for one in projects), stage="operating"),
        builder(
            "infrastructure_capital",
            "bn_vnd",
            _sum(one.capital_bn_vnd for one in _own(values.works, own)),
        ),
        builder("developers", "clusters", len(developed) or None),
    ]


def _reported(
    values: RegisterValues, territory: Territory, kind: ClusterKind, own: set[str]
) -> list[Computed]:
    """Count what the register holds from publications, in an example too."""
    founded = [
        stage_reached(cluster, Stage.ESTABLISHED, values.on)
        for cluster in values.clusters
        if cluster.id in own
    ]
    is_sure = all(surely == possibly for surely, possibly in founded)
    states = _own(values.infrastructure, own)
    plants = {plant.cluster_id for plant in _own(values.plants, own)}
    builder = _Builder(territory.id, kind, ComputedBasis.RECORDED, is_synthetic=False)
    established = sum(surely for surely, _ in founded) if is_sure else None
    complete = _count(states, lambda state: state.is_complete)
    return [
        builder("count", "clusters", established, stage=Stage.ESTABLISHED),
        builder("infrastructure_complete", "clusters", complete),
        builder("wastewater_plants", "plants", len(plants) or None),
    ]


@dataclass(frozen=True, slots=True)
class _Builder:
    """Makes the computed values of one subject and kind."""

    subject_id: str
    kind: ClusterKind
    basis: ComputedBasis
    is_synthetic: bool

    def __call__(
        self, indicator: str, unit: str, value: float | None, stage: str | None = None
    ) -> Computed:
        return Computed(
            subject_id=self.subject_id,
            indicator=indicator,
            unit=unit,
            value=value,
            basis=self.basis,
            is_synthetic=self.is_synthetic,
            kind=self.kind,
            stage=stage,
        )


def _own(things: Iterable[T], own: set[str]) -> list[T]:
    return [thing for thing in things if thing.cluster_id in own]


def _count(things: Sequence[T], is_counted: Callable[[T], bool]) -> float | None:
    """Count the things that are so; None where there are no records at all."""
    return sum(is_counted(thing) for thing in things) if things else None


def _sum(values: Iterable[float | None]) -> float | None:
    listed = list(values)
    known = [value for value in listed if value is not None]
    return math.fsum(known) if listed and len(known) == len(listed) else None
