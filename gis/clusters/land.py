"""A cluster's land balance as shares: planned classes and industrial land by lease state."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from gis.clusters.detail import plan_in_force
from gis.indicators.fill import FILL_RULE, FillAnswer, legal_fill
from gis.model import (
    Cluster,
    Decision,
    DetailedPlan,
    LandBalance,
    LandUse,
    Moment,
    PlotState,
)
from gis.registered import find_cluster
from gis.rules import RuleFinding, check_structure, rule
from gis.store import Store

#: The rules about the shares of a detailed plan, each with the class that it speaks of.
STRUCTURE_RULES: Final[Mapping[str, LandUse]] = MappingProxyType(
    {
        "land_use.green.min": LandUse.GREEN,
        "land_use.traffic.min": LandUse.TRAFFIC,
        "land_use.technical.min": LandUse.TECHNICAL,
        "cluster.services.max_share": LandUse.SERVICES,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassShare:
    """A land-use class of the plan: m² inside the boundary and % of it.

    ``finding`` holds the share against the rule about its class, None where there is none.
    """

    land_use: LandUse
    area_m2: float
    percent: float
    finding: RuleFinding | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StateShare:
    """Industrial land of the plan in one lease state: m², and % of all industrial land."""

    state: PlotState
    area_m2: float
    percent: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterBalance:
    """A cluster's land balance on a date, measured from geometry.

    ``planned`` and ``actual`` are empty without an approved detailed plan that is drawn, and
    ``balance`` is None where the register holds neither boundary nor plan nor parcels: then
    nothing is known, which is not 0.
    """

    cluster: Cluster
    balance: LandBalance | None
    plan: DetailedPlan | None
    decision: Decision | None
    fill: FillAnswer | None
    planned: tuple[ClassShare, ...] = ()
    actual: tuple[StateShare, ...] = ()


def cluster_balance(store: Store, cluster_id: str, moment: Moment) -> ClusterBalance:
    """Return the kept land balance of one cluster or zone with its shares.

    Raises:
        NotFound: ``cluster.unknown``.
    """
    cluster = find_cluster(store, cluster_id, moment).thing
    balance = store.balance(cluster_id, moment)
    plan = plan_in_force(store, cluster_id, moment)
    return ClusterBalance(
        cluster=cluster,
        balance=balance,
        plan=plan,
        decision=_decision(store, plan, moment),
        fill=None if balance is None else legal_fill(balance, fill_version(moment.on)),
        planned=() if balance is None else planned_shares(balance, moment.on),
        actual=() if balance is None else actual_shares(balance),
    )


def fill_version(on: date) -> str | None:
    """Return the version of the rule that defines the legal fill rate on a date."""
    found = rule(FILL_RULE, on)
    return None if found is None else found.version


def planned_shares(balance: LandBalance, on: date) -> tuple[ClassShare, ...]:
    """Return the plan's classes as shares of the boundary; empty without plan or boundary."""
    if not balance.boundary_m2 or balance.industry_m2 is None:
        return ()
    findings = {STRUCTURE_RULES[f.rule_id]: f for f in check_structure(balance, on)}
    areas = {use: float(getattr(balance, f"{use}_m2")) for use in LandUse}
    return tuple(
        ClassShare(
            land_use=use,
            area_m2=area,
            percent=area / balance.boundary_m2 * 100,
            finding=findings.get(use),
        )
        for use, area in areas.items()
    )


def actual_shares(balance: LandBalance) -> tuple[StateShare, ...]:
    """Return the industrial land by lease state; empty without a plan's industrial land."""
    areas = {
        PlotState.LEASED: balance.leased_m2,
        PlotState.APPROVED: balance.approved_m2,
        PlotState.VACANT: balance.vacant_m2,
    }
    known = {state: area for state, area in areas.items() if area is not None}
    whole = math.fsum(known.values())
    if len(known) < len(areas):
        return ()
    return tuple(
        StateShare(state=state, area_m2=area, percent=area / whole * 100 if whole else None)
        for state, area in known.items()
    )


def _decision(store: Store, plan: DetailedPlan | None, moment: Moment) -> Decision | None:
    if plan is None or plan.decision_id is None:
        return None
    found = store.all(Decision, moment, ids=[plan.decision_id])
    return found[0].thing if found else None
