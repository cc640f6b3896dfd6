"""Shares summed over clusters: from founding decisions, or from measured boundaries."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from gis.indicators.answers import (
    Missing,
    Numerator,
    ShareAnswer,
    ShareComponent,
    ShareQuestion,
    ShareValues,
    answer,
    kinds_counted,
)
from gis.indicators.notes import MissingReason, ShareNote
from gis.model import (
    Cluster,
    ClusterKind,
    Confidence,
    LandBalance,
    PlanStatus,
    Stage,
    Territory,
)

_M2_PER_HA = 10_000.0


def approved_share(question: ShareQuestion, values: ShareValues) -> ShareAnswer:
    """Answer from the areas that decisions give, cluster by cluster.

    Clusters without a decision by the date are listed as missing. Decisions speak of the stages
    planned and established only: at cleared and leased every cluster is missing.
    """
    is_decided = question.stage in (Stage.PLANNED, Stage.ESTABLISHED)

    def area_of(cluster: Cluster) -> _Area:
        decided = cluster.approved_area_on
        is_synthetic = cluster.approved_area_confidence is Confidence.SYNTHETIC
        if is_synthetic and not question.include_synthetic:
            return _Area(None, MissingReason.SYNTHETIC)
        if not is_decided or (decided is not None and decided > question.on):
            return _Area(None, MissingReason.NO_DECISION)
        return _Area(cluster.approved_area_ha, MissingReason.NO_DECISION, is_synthetic)

    notes = frozenset() if is_decided else frozenset({ShareNote.NOT_DECIDED})
    return _summed(question, values, area_of, notes)


def measured_share(question: ShareQuestion, values: ShareValues) -> ShareAnswer:
    """Answer from geometry: boundaries, cleared land or plots let, by the stage asked for.

    Synthetic geometry is left out, and said to be, unless it is asked for; then the answer is
    marked synthetic. Clusters without the area are listed as missing.
    """
    balances = {
        balance.cluster_id: balance
        for balance in values.balances
        if balance.valid.contains(question.on)
    }

    def area_of(cluster: Cluster) -> _Area:
        balance = balances.get(cluster.id)
        if balance is None or balance.boundary_m2 is None:
            return _Area(None, MissingReason.NO_BOUNDARY)
        if balance.is_synthetic and not question.include_synthetic:
            return _Area(None, MissingReason.SYNTHETIC)
        area = _measured_m2(balance, question.stage)
        hectares = None if area is None else area / _M2_PER_HA
        return _Area(hectares, MissingReason.NO_CLEARANCE, balance.is_synthetic)

    return _summed(question, values, area_of, frozenset())


def is_in_territory(cluster: Cluster, territory: Territory) -> bool:
    """Say whether a cluster counts in a territory: its own, or its legacy district.

    A province is never read as the sum of others: of new Phú Thọ the register knows a part only.
    """
    return territory.id in (cluster.territory_id, cluster.legacy_district)


def stage_reached(cluster: Cluster, stage: Stage, on: date) -> tuple[bool, bool]:
    """Return whether a cluster has surely, and whether it has possibly, come to a stage.

    Founding dates may be intervals. Every stage after planned needs founding. What the
    provincial plan dropped is not planned land, even where it stands.
    """
    surely, possibly = cluster.founded.surely_by(on), cluster.founded.possibly_by(on)
    if stage is not Stage.PLANNED:
        return surely, possibly
    if cluster.plan_status is PlanStatus.DROPPED:
        return False, False
    planned = cluster.planned_from is not None and cluster.planned_from <= on
    return surely or planned, possibly or planned


@dataclass(frozen=True, slots=True)
class _Area:
    """A cluster's area in hectares, or why it is missing."""

    area_ha: float | None
    reason: MissingReason
    is_synthetic: bool = False


@dataclass(frozen=True, slots=True)
class _Entry:
    """A cluster that has surely or possibly come to the stage, with its area."""

    cluster: Cluster
    is_sure: bool
    area: _Area


def _summed(
    question: ShareQuestion,
    values: ShareValues,
    area_of: Callable[[Cluster], _Area],
    notes: frozenset[ShareNote],
) -> ShareAnswer:
    kinds = kinds_counted(question, values)
    entries = _entries(question, values, area_of)
    missing = [
        Missing(kind=kind, reason=MissingReason.NO_CLUSTER)
        for kind in kinds
        if not any(entry.cluster.kind is kind for entry in entries.values())
    ]
    counted = [entry for entry in entries.values() if entry.cluster.kind in kinds]
    missing += [
        Missing(kind=entry.cluster.kind, reason=entry.area.reason, cluster_id=entry.cluster.id)
        for entry in counted
        if entry.area.area_ha is None
    ]
    parts = [_component(kind, [e for e in counted if e.cluster.kind is kind]) for kind in kinds]
    known = sum(entry.area.area_ha is not None for entry in counted)
    return answer(
        question,
        values,
        Numerator(
            components=tuple(part for part in parts if part is not None),
            missing=tuple(missing),
            known=known,
            needed=known + len(missing),
            notes=notes | _notes(counted, missing),
        ),
    )


def _entries(
    question: ShareQuestion, values: ShareValues, area_of: Callable[[Cluster], _Area]
) -> Mapping[str, _Entry]:
    found = {}
    for cluster in sorted(values.clusters, key=lambda cluster: cluster.id):
        surely, possibly = stage_reached(cluster, question.stage, question.on)
        if possibly and is_in_territory(cluster, question.territory):
            found[cluster.id] = _Entry(cluster, surely, area_of(cluster))
    return found


def _component(kind: ClusterKind, entries: list[_Entry]) -> ShareComponent | None:
    """Sum the clusters of a kind; None where the area of none is known."""
    known = [entry for entry in entries if entry.area.area_ha is not None]
    if not known:
        return None
    lower = math.fsum(entry.area.area_ha or 0.0 for entry in known if entry.is_sure)
    upper = math.fsum(entry.area.area_ha or 0.0 for entry in known)
    is_whole = len(known) == len(entries)
    is_sure = all(entry.is_sure for entry in entries)
    return ShareComponent(
        kind=kind,
        area_ha=lower if is_whole and is_sure else None,
        lower_ha=lower,
        upper_ha=upper if is_whole else None,
        count=sum(entry.is_sure for entry in known),
        is_synthetic=any(entry.area.is_synthetic for entry in known),
    )


def _notes(entries: list[_Entry], missing: list[Missing]) -> set[ShareNote]:
    notes = set()
    if not all(entry.is_sure for entry in entries):
        notes.add(ShareNote.FOUNDING_INTERVAL)
    if any(part.reason is MissingReason.SYNTHETIC for part in missing):
        notes.add(ShareNote.SYNTHETIC_EXCLUDED)
    return notes


def _measured_m2(balance: LandBalance, stage: Stage) -> float | None:
    match stage:
        case Stage.PLANNED | Stage.ESTABLISHED:
            return balance.boundary_m2
        case Stage.CLEARED:
            return balance.cleared_m2
        case Stage.LEASED:
            return balance.let_m2
