"""Checks of values against the rules in force on a date."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gis.indicators.tenure import add_months
from gis.model import LandBalance, Period
from gis.rules.book import GENERAL, Rule, rule


class Outcome(StrEnum):
    """What a check found; ``unknown`` where a fact is not known, ``no_rule`` before any version."""

    MET = "met"
    BROKEN = "broken"
    UNKNOWN = "unknown"
    NO_RULE = "no_rule"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleFinding:
    """One rule held against one value.

    ``rule`` is the version used, None where none was in force. ``value`` is the fact checked, a
    number or yes/no, None where it is not known. Findings of one ``either`` are alternatives:
    one that is met suffices.
    """

    rule_id: str
    rule: Rule | None
    value: float | bool | None
    outcome: Outcome
    either: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeFacts:
    """A cluster's area in hectares; ``scope`` is general, mountain or craft_village."""

    area_ha: float | None
    scope: str = GENERAL


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundingFacts:
    """What a proposal to found a cluster rests on; None is not known.

    ``mean_fill_percent`` and ``unleased_ha`` are those of the clusters that exist in the same
    district (from 15 Sep 2026: commune); they matter only where ``others_exist``.
    """

    area_ha: float | None = None
    scope: str = GENERAL
    is_in_plan: bool | None = None
    has_developer: bool | None = None
    developer_score: float | None = None
    others_exist: bool | None = None
    mean_fill_percent: float | None = None
    unleased_ha: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpansionFacts:
    """What a proposal to expand a cluster rests on; None is not known.

    ``total_ha`` is the area afterwards; ``demand_ha`` what tenants ask for and ``remaining_ha``
    the industrial land not yet taken. ``is_infrastructure_done`` speaks of what the version in
    force calls essential: from 15 Sep 2026 waste treatment and fire safety too.
    """

    total_ha: float | None = None
    fill_percent: float | None = None
    demand_ha: float | None = None
    remaining_ha: float | None = None
    is_infrastructure_done: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaseFacts:
    """A lease's term, that of the lease that it lies within, and how long its land lay idle.

    ``scope`` is general, or special where the investment law allows 70 years. ``head_term`` is
    None where there is no such lease or it is not known.
    """

    term: Period
    scope: str = GENERAL
    head_term: Period | None = None
    idle_months: float | None = None


Facts = SizeFacts | FoundingFacts | ExpansionFacts | LeaseFacts | LandBalance


def check(facts: Facts, on: date) -> tuple[RuleFinding, ...]:
    """Hold facts against the rules in force on a date; every finding names its version."""
    match facts:
        case SizeFacts():
            return check_size(facts.area_ha, on, scope=facts.scope)
        case LandBalance():
            return check_structure(facts, on)
        case FoundingFacts():
            return check_founding(facts, on)
        case ExpansionFacts():
            return check_expansion(facts, on)
        case LeaseFacts():
            return check_lease(facts, on)


def check_size(area_ha: float | None, on: date, *, scope: str = GENERAL) -> tuple[RuleFinding, ...]:
    """Check a cluster's area in hectares.

    Source: Decree 32/2024/NĐ-CP Art 2.1; Decree 303/2026/NĐ-CP.
    """
    ids = ("cluster.size.min", "cluster.size.max")
    return tuple(_compared(rule_id, on, area_ha, scope=scope) for rule_id in ids)


def check_structure(balance: LandBalance, on: date) -> tuple[RuleFinding, ...]:
    """Check the planned balance's shares of the cluster's area, in %.

    Without an approved plan the shares are unknown, and so is every outcome.

    Source: QCVN 01:2021/BXD (unverified); Decree 32/2024/NĐ-CP Art 3.1c for services.
    """
    classes = {
        "land_use.green.min": balance.green_m2,
        "land_use.traffic.min": balance.traffic_m2,
        "land_use.technical.min": balance.technical_m2,
        "cluster.services.max_share": balance.services_m2,
    }
    return tuple(
        _compared(rule_id, on, _percent(area, balance.boundary_m2))
        for rule_id, area in classes.items()
    )


def check_founding(facts: FoundingFacts, on: date) -> tuple[RuleFinding, ...]:
    """Check the conditions to found a cluster; those about others only where there are others.

    Source: Decree 32/2024/NĐ-CP Art 8.1 and 13.2; Decree 303/2026/NĐ-CP.
    """
    found = [
        *check_size(facts.area_ha, on, scope=facts.scope),
        _stated("cluster.found.in_plan", on, holds=facts.is_in_plan),
        _stated("cluster.found.developer", on, holds=facts.has_developer),
        _compared("cluster.found.developer_score_min", on, facts.developer_score),
    ]
    if facts.others_exist is not False:
        either = "cluster.found.others"
        fill, rest = facts.mean_fill_percent, facts.unleased_ha
        found += [
            _compared("cluster.found.mean_fill_min", on, fill, either=either),
            _compared("cluster.found.unleased_max", on, rest, either=either),
        ]
    return tuple(found)


def check_expansion(facts: ExpansionFacts, on: date) -> tuple[RuleFinding, ...]:
    """Check the conditions to expand a cluster; fill rate and demand are alternatives.

    Source: Decree 32/2024/NĐ-CP Art 8.2; Decree 303/2026/NĐ-CP.
    """
    either = "cluster.expand.use"
    exceeds = None
    if facts.demand_ha is not None and facts.remaining_ha is not None:
        exceeds = facts.demand_ha > facts.remaining_ha
    done = facts.is_infrastructure_done
    return (
        _compared("cluster.expand.total_max", on, facts.total_ha),
        _compared("cluster.expand.fill_min", on, facts.fill_percent, either=either),
        _stated("cluster.expand.demand", on, holds=exceeds, either=either),
        _stated("cluster.expand.infrastructure", on, holds=done),
    )


def check_adjustment(increase_ha: float | None, on: date) -> tuple[RuleFinding, ...]:
    """Check by how many hectares an adjustment makes a cluster larger.

    Source: Decree 32/2024/NĐ-CP Art 10.
    """
    return (_compared("cluster.adjust.max_increase", on, increase_ha),)


def check_developer(score: float | None, on: date) -> tuple[RuleFinding, ...]:
    """Check the score of an infrastructure developer's capacity review, of 100 points.

    Source: Decree 32/2024/NĐ-CP Art 13.2.
    """
    return (_compared("cluster.found.developer_score_min", on, score),)


def check_residence(on: date, *, is_outside: bool | None) -> tuple[RuleFinding, ...]:
    """Check that land on which people live or children are kept lies outside the cluster.

    Source: Decree 32/2024/NĐ-CP Art 2.1.
    """
    return (_stated("cluster.residence.inside", on, holds=is_outside),)


def check_lease(facts: LeaseFacts, on: date) -> tuple[RuleFinding, ...]:
    """Check a lease's term, its place within the infrastructure project's, and idleness.

    A term without an end is longer than any. A rule about idleness is broken when its months are
    reached.

    Source: Land Law 2024 (terms), Art 81.8 (idle land).
    """
    found = [_compared("lease.term.max", on, _years(facts.term), scope=facts.scope)]
    if facts.head_term is not None:
        inside = _is_within(facts.term, facts.head_term)
        found.append(_stated("lease.term.within_head", on, holds=inside))
    idle = rule("lease.idle.months", on)
    outcome = Outcome.NO_RULE if idle is None else Outcome.UNKNOWN
    if idle is not None and facts.idle_months is not None:
        outcome = Outcome.BROKEN if idle.allows(facts.idle_months) else Outcome.MET
    found.append(
        RuleFinding(
            rule_id="lease.idle.months", rule=idle, value=facts.idle_months, outcome=outcome
        )
    )
    return tuple(found)


def are_met(findings: Iterable[RuleFinding]) -> bool | None:
    """Say whether findings are met together; None where that depends on what is not known.

    Of alternatives one suffices. No rule in force decides nothing: None.
    """
    groups: dict[str, list[Outcome]] = {}
    for position, finding in enumerate(findings):
        groups.setdefault(finding.either or f"#{position}", []).append(finding.outcome)
    verdicts = [_group_verdict(outcomes) for outcomes in groups.values()]
    if any(verdict is False for verdict in verdicts):
        return False
    return True if verdicts and all(verdicts) else None


def _compared(
    rule_id: str,
    on: date,
    value: float | None,
    *,
    scope: str | None = None,
    either: str | None = None,
) -> RuleFinding:
    """Hold a number against a rule that compares."""
    used = rule(rule_id, on, scope)
    outcome = Outcome.NO_RULE if used is None else Outcome.UNKNOWN
    if used is not None and value is not None:
        outcome = Outcome.MET if used.allows(value) else Outcome.BROKEN
    return RuleFinding(rule_id=rule_id, rule=used, value=value, outcome=outcome, either=either)


def _stated(
    rule_id: str, on: date, *, holds: bool | None, either: str | None = None
) -> RuleFinding:
    """Hold a yes or no against a rule in words."""
    used = rule(rule_id, on)
    outcome = Outcome.NO_RULE if used is None else Outcome.UNKNOWN
    if used is not None and holds is not None:
        outcome = Outcome.MET if holds else Outcome.BROKEN
    return RuleFinding(rule_id=rule_id, rule=used, value=holds, outcome=outcome, either=either)


def _group_verdict(outcomes: list[Outcome]) -> bool | None:
    if Outcome.MET in outcomes:
        return True
    return False if all(outcome is Outcome.BROKEN for outcome in outcomes) else None


def _percent(part: float | None, whole: float | None) -> float | None:
    return None if part is None or not whole else part / whole * 100


def _years(term: Period) -> float | None:
    """Return a term's length in years: whole years by the calendar, then days of the next."""
    if term.start is None:
        return None
    if term.end is None:
        return math.inf
    whole = term.end.year - term.start.year
    if add_months(term.start, 12 * whole) > term.end:
        whole -= 1
    birthday = add_months(term.start, 12 * whole)
    following = add_months(term.start, 12 * (whole + 1))
    rest = (term.end - birthday).days
    return whole + (rest / (following - birthday).days if rest else 0.0)


def _is_within(term: Period, head: Period) -> bool:
    starts = head.start is None or (term.start is not None and head.start <= term.start)
    ends = head.end is None or (term.end is not None and term.end <= head.end)
    return starts and ends
