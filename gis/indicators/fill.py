"""Fill rates, three numbers under one name and never one shown as another (DOMAIN §1).

The legal fill rate of a land balance, leased land over the whole cluster, and means over the
operating clusters. Attainment of a resolution's target is a published figure:
`gis.indicators.figures.attainment`.
"""

import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from gis.model import LandBalance, Lease, Project

#: The rule that defines the legal fill rate, by its id in `gis.rules`.
FILL_RULE: Final = "cluster.fill_rate"


class FillReason(StrEnum):
    """Why a legal fill rate can't be determined."""

    NO_PLAN = "no_plan"
    NO_BOUNDARY = "no_boundary"
    PLAN_NOT_DRAWN = "plan_not_drawn"
    NO_INDUSTRIAL_LAND = "no_industrial_land"


@dataclass(frozen=True, slots=True, kw_only=True)
class FillAnswer:
    """A cluster's legal fill rate in %, or None with the reason; areas in m² where known.

    ``rule_version`` is the version of the rule in force, None where no version is.
    """

    cluster_id: str
    percent: float | None
    reason: FillReason | None
    leased_m2: float | None
    approved_m2: float | None
    industrial_m2: float | None
    is_synthetic: bool
    rule_id: str = FILL_RULE
    rule_version: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeanFill:
    """Two means in % over operating clusters, which differ; None where no fill is determined.

    ``ratio_of_sums_percent`` weighs by industrial land, ``simple_mean_percent`` does not.
    ``undetermined_ids`` are operating clusters that neither counts.
    """

    ratio_of_sums_percent: float | None
    simple_mean_percent: float | None
    cluster_ids: tuple[str, ...]
    undetermined_ids: tuple[str, ...]
    is_synthetic: bool


def legal_fill(balance: LandBalance, rule_version: str | None = None) -> FillAnswer:
    """Return the legal fill rate of a balance: leased and approved over all industrial land.

    A place counts once. Without the industrial land of an approved detailed plan the rate is
    undetermined, not 0. ``rule_version`` names the version in force on the date asked about.

    Source: Decree 32/2024/NĐ-CP Art 2.7; Decree 303/2026/NĐ-CP keeps the definition.
    """
    parts = (balance.leased_m2, balance.approved_m2, balance.vacant_m2)
    known = [part for part in parts if part is not None]
    industrial = math.fsum(known) if len(known) == len(parts) else None
    reason = _reason(balance, industrial)
    percent = None
    if industrial is not None and reason is None:
        percent = math.fsum(known[:2]) / industrial * 100
    return FillAnswer(
        cluster_id=balance.cluster_id,
        percent=percent,
        reason=reason,
        leased_m2=balance.leased_m2,
        approved_m2=balance.approved_m2,
        industrial_m2=industrial,
        is_synthetic=balance.is_synthetic,
        rule_version=rule_version,
    )


def leased_over_area(balance: LandBalance) -> float | None:
    """Return the land let to tenants over the whole cluster in %: not the legal fill rate.

    None without a boundary.
    """
    if not balance.boundary_m2:
        return None
    return balance.let_m2 / balance.boundary_m2 * 100


def operating_ids(projects: Iterable[Project], leases: Iterable[Lease], on: date) -> set[str]:
    """Return the clusters with a secondary project or a tenant's lease in force on a date.

    Source: Circular 14/2024/TT-BCT, Form 03 (mean fill of operating clusters).
    """
    found = {project.cluster_id for project in projects if project.approved.contains(on)}
    for lease in leases:
        term = lease.in_force
        if lease.tier.is_tenant and term is not None and term.contains(on):
            found.add(lease.cluster_id)
    return found


def mean_fill(fills: Iterable[FillAnswer], operating: Collection[str]) -> MeanFill:
    """Return the mean legal fill of the operating clusters, both ways of taking a mean.

    An operating cluster whose fill is undetermined is named and counts in neither mean.
    """
    chosen = [fill for fill in fills if fill.cluster_id in operating]
    chosen.sort(key=lambda fill: fill.cluster_id)
    counted = [fill for fill in chosen if fill.percent is not None]
    taken = math.fsum((fill.leased_m2 or 0.0) + (fill.approved_m2 or 0.0) for fill in counted)
    industrial = math.fsum(fill.industrial_m2 or 0.0 for fill in counted)
    percents = math.fsum(fill.percent or 0.0 for fill in counted)
    answered = {fill.cluster_id for fill in counted}
    return MeanFill(
        ratio_of_sums_percent=taken / industrial * 100 if counted else None,
        simple_mean_percent=percents / len(counted) if counted else None,
        cluster_ids=tuple(fill.cluster_id for fill in counted),
        undetermined_ids=tuple(sorted(set(operating) - answered)),
        is_synthetic=any(fill.is_synthetic for fill in counted),
    )


def _reason(balance: LandBalance, industrial: float | None) -> FillReason | None:
    if balance.plan_id is None:
        return FillReason.NO_PLAN
    if balance.boundary_m2 is None:
        return FillReason.NO_BOUNDARY
    if industrial is None:
        return FillReason.PLAN_NOT_DRAWN
    return FillReason.NO_INDUSTRIAL_LAND if industrial == 0 else None
