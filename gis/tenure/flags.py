"""What calls for an officer's attention in a lease on a date: flags with rule and figures."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from gis.geometry import TOLERANCE_M2
from gis.indicators.tenure import add_months, idle_since, is_over_area, lease_state, use_state
from gis.model import Lease, LeaseState, LeaseTier, Period, TermScope, UseState
from gis.rules import LeaseFacts, Outcome, Rule, check_lease, rule
from gis.tenure.holdings import Held
from gis.tenure.land import outside_head
from gis.tenure.measures import Measured, Tenancy
from gis.tenure.overlaps import LeaseOverlap, overlaps_of
from gis.tenure.terms import holding_period, lease_days
from gis.tenure.tolerance import TOLERANCE_RULE


class LeaseFlag(StrEnum):
    """Land Law 2024 and DOMAIN's list; of the three horizons only the nearest is flagged."""

    EXPIRED = "expired"
    EXPIRING_12_MONTHS = "expiring_12_months"
    EXPIRING_6_MONTHS = "expiring_6_months"
    EXPIRING_3_MONTHS = "expiring_3_months"
    BEYOND_DEVELOPER = "beyond_developer"
    OVER_50_YEARS = "over_50_years"
    OVER_70_YEARS = "over_70_years"
    IDLE_12_MONTHS = "idle_12_months"
    IDLE_24_MONTHS = "idle_24_months"
    OVER_AREA = "over_area"
    OUTSIDE_BOUNDARY = "outside_boundary"
    OUTSIDE_HEAD = "outside_head"
    OVERLAP = "overlap"
    NOT_INDUSTRIAL = "not_industrial"


#: The horizons of expiry, nearest first, each with the scope of its setting.
HORIZONS: Final = (
    (3, LeaseFlag.EXPIRING_3_MONTHS, "horizon_3"),
    (6, LeaseFlag.EXPIRING_6_MONTHS, "horizon_6"),
    (12, LeaseFlag.EXPIRING_12_MONTHS, "horizon_12"),
)
#: Months of idleness, each with the rule that names them.
IDLENESS: Final = (
    (12, LeaseFlag.IDLE_12_MONTHS, "lease.idle.months"),
    (24, LeaseFlag.IDLE_24_MONTHS, "lease.idle.schedule_delay_months"),
)
TERM_RULES: Final = ("lease.term.max", "lease.term.within_head")
_LIVING: Final = (LeaseState.FUTURE, LeaseState.ACTIVE, LeaseState.EXPIRING)
_IN_FORCE: Final = (LeaseState.ACTIVE, LeaseState.EXPIRING)


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagFinding:
    """A flag with the rule version that it rests on, and the figures behind it.

    ``rule`` is None where no version was in force or the flag follows from the term alone.
    ``figures`` are plain values: m², days, months, dates as ISO text, ids.
    """

    flag: LeaseFlag
    rule: Rule | None
    figures: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaseFindings:
    """A lease on a date: its derived state, evidence of use, time left and flags.

    ``period`` is the unbroken time in which it holds, renewals included; ``days_left`` counts
    from the date to its last day (0 on that day) and is None where it does not hold then or has
    no end. ``measured_m2`` is None without a shape; ``is_synthetic`` says that a shape behind the
    figures is made up.
    """

    lease: Lease
    state: LeaseState
    use: UseState
    period: Period | None
    days_left: int | None
    measured_m2: float | None
    is_synthetic: bool
    flags: tuple[FlagFinding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """One lease on one date, with what several flags ask for."""

    tenancy: Tenancy
    held: Held[Lease]
    on: date
    state: LeaseState
    period: Period | None
    measured: Measured | None
    land_on: date

    @property
    def lease(self) -> Lease:
        return self.held.thing


def findings_on(tenancy: Tenancy, lease_id: str, on: date) -> LeaseFindings | None:
    """Return what a date makes of a lease; None where the register holds none of it then."""
    versions = tenancy.leases.get(lease_id, [])
    held = next((one for one in versions if one.valid.contains(on)), None)
    if held is None:
        return None
    period = holding_period(versions, on)
    land_on = _day_of_land(held.thing, on)
    asked = _Asked(
        tenancy=tenancy,
        held=held,
        on=on,
        state=_state(held.thing, period, on),
        period=period,
        measured=tenancy.measured(held.thing.parcel_ids, land_on),
        land_on=land_on,
    )
    uses = [use.thing for use in tenancy.uses.get(lease_id, ()) if use.valid.contains(on)]
    end = None if period is None else period.last_day
    return LeaseFindings(
        lease=held.thing,
        state=asked.state,
        use=use_state(uses, on),
        period=period,
        days_left=None if end is None else (end - on).days,
        measured_m2=None if asked.measured is None else asked.measured.area_m2,
        is_synthetic=asked.measured is not None and asked.measured.is_synthetic,
        flags=tuple(flag for question in _QUESTIONS for flag in question(asked)),
    )


def _state(lease: Lease, period: Period | None, on: date) -> LeaseState:
    """Return the state; a renewal on record goes on where the term ends."""
    if period is None:
        return lease_state(lease, on)
    if period.end is not None and period.end <= add_months(on, HORIZONS[-1][0]):
        return LeaseState.EXPIRING
    return LeaseState.ACTIVE


def _day_of_land(lease: Lease, on: date) -> date:
    """Return the date, or the nearest day on which the lease holds its land."""
    holds = lease.in_force
    if holds is None:
        return on
    day = max(on, holds.start or date.min)
    return day if holds.last_day is None else min(day, holds.last_day)


def _expiry(asked: _Asked) -> Iterator[FlagFinding]:
    if asked.state is LeaseState.EXPIRED:
        last = asked.lease.term.last_day
        figures = {"last_day": None if last is None else last.isoformat()}
        yield FlagFinding(flag=LeaseFlag.EXPIRED, rule=None, figures=figures)
    period = asked.period
    if asked.state is not LeaseState.EXPIRING or period is None or period.end is None:
        return
    for months, flag, scope in HORIZONS:
        if period.end <= add_months(asked.on, months):
            used = rule("lease.expiring.months", asked.on, scope)
            last = period.last_day
            assert last is not None
            left = {"last_day": last.isoformat(), "days": (last - asked.on).days}
            yield FlagFinding(flag=flag, rule=used, figures=left)
            return


def _developer(asked: _Asked) -> Iterator[FlagFinding]:
    """Flag a sublease beyond the head lease that it names, or its lessor's appointment."""
    lease = asked.lease
    if lease.tier is not LeaseTier.SUBLEASE or asked.state not in _LIVING:
        return
    end = lease_days(asked.held)[1]
    if asked.period is not None and asked.period.end is not None:
        end = asked.period.end.toordinal()
    limits = list(_developer_ends(asked))
    beyond = [(limit, name) for limit, name in limits if limit < end]
    if beyond:
        limit, name = min(beyond)
        figures = {
            "developer_by": name,
            "developer_last_day": date.fromordinal(limit - 1).isoformat(),
            "days": end - limit if end <= date.max.toordinal() else None,
        }
        used = rule("lease.term.within_head", asked.on)
        yield FlagFinding(flag=LeaseFlag.BEYOND_DEVELOPER, rule=used, figures=figures)


def _developer_ends(asked: _Asked) -> Iterator[tuple[int, str]]:
    """Yield the first day without the developer's term: of the head lease, and the appointment."""
    tenancy, lease = asked.tenancy, asked.lease
    heads = tenancy.leases.get(lease.head_lease_id or "", [])
    if heads:
        yield max(lease_days(held)[1] for held in heads), lease.head_lease_id or ""
    for held in tenancy.holdings.appointments:
        is_its = held.thing.party_id == lease.lessor_id and held.valid.contains(asked.on)
        if is_its and held.thing.term.end is not None:
            yield held.thing.term.end.toordinal(), held.thing.id


def _length(asked: _Asked) -> Iterator[FlagFinding]:
    """Flag a term longer than the limit of its scope in force on the date."""
    if asked.state not in _LIVING:
        return
    scope = asked.lease.term_scope or TermScope.GENERAL
    facts = LeaseFacts(term=asked.lease.term, scope=scope.value)
    found = check_lease(facts, asked.on)[0]
    if found.outcome is Outcome.BROKEN and found.rule is not None:
        is_general = scope is TermScope.GENERAL
        flag = LeaseFlag.OVER_50_YEARS if is_general else LeaseFlag.OVER_70_YEARS
        years = None if found.value == float("inf") else found.value
        figures = {"years": years, "limit_years": found.rule.value}
        yield FlagFinding(flag=flag, rule=found.rule, figures=figures)


def _idleness(asked: _Asked) -> Iterator[FlagFinding]:
    """Flag land that evidence shows unused for 12 and 24 months, while the lease holds."""
    if asked.state not in _IN_FORCE:
        return
    held = asked.tenancy.uses.get(asked.lease.id, ())
    uses = [use.thing for use in held if use.valid.contains(asked.on)]
    since = idle_since(uses, asked.on)
    for months, flag, rule_id in IDLENESS:
        if since is not None and add_months(since, months) <= asked.on:
            figures = {"since": since.isoformat(), "days": (asked.on - since).days}
            yield FlagFinding(flag=flag, rule=rule(rule_id, asked.on), figures=figures)


def _area(asked: _Asked) -> Iterator[FlagFinding]:
    measured = asked.measured
    if measured is None or asked.state not in _LIVING:
        return
    tolerance = measured.tolerance
    contract = asked.lease.contract_area_m2
    if is_over_area(contract, measured.area_m2, tolerance.area_m2):
        figures = {
            "contract_m2": contract,
            "measured_m2": round(measured.area_m2, 2),
            "tolerance_m2": round(tolerance.area_m2, 2),
            "scale": tolerance.scale,
            "vertex_error_m": tolerance.vertex_error_m,
            "vertex_rule": f"{tolerance.rule.id} {tolerance.rule.version}",
        }
        used = rule(TOLERANCE_RULE, asked.on)
        yield FlagFinding(flag=LeaseFlag.OVER_AREA, rule=used, figures=figures)


def _place(asked: _Asked) -> Iterator[FlagFinding]:
    """Flag land outside the boundary, outside the head lease, and land that is not industrial."""
    measured, lease = asked.measured, asked.lease
    if measured is None or asked.state not in _LIVING:
        return
    if measured.outside_m2:
        yield _share(LeaseFlag.OUTSIDE_BOUNDARY, None, measured.outside_m2, measured)
    heads = asked.tenancy.leases.get(lease.head_lease_id or "", [])
    head = next((held for held in heads if held.valid.contains(asked.land_on)), None)
    if head is not None and head.thing.parcel_ids and not _is_within(lease, head.thing):
        outside = outside_head(asked.tenancy.holdings, lease, head.thing, asked.land_on)
        if outside:
            figures = {"head": head.thing.id, "ids": sorted(outside)}
            used = rule("cluster.sublease", asked.on)
            found = _share(LeaseFlag.OUTSIDE_HEAD, used, sum(outside.values()), measured)
            yield FlagFinding(flag=found.flag, rule=used, figures=found.figures | figures)
    if lease.tier.is_tenant and measured.not_industrial_m2:
        used = rule("cluster.industrial_land", asked.on)
        yield _share(LeaseFlag.NOT_INDUSTRIAL, used, measured.not_industrial_m2, measured)


def _is_within(lease: Lease, head: Lease) -> bool:
    return set(lease.parcel_ids) <= set(head.parcel_ids)


def _share(flag: LeaseFlag, used: Rule | None, area: float, measured: Measured) -> FlagFinding:
    percent = area / measured.area_m2 * 100
    figures = {"area_m2": round(area, 2), "percent": round(percent, 3)}
    return FlagFinding(flag=flag, rule=used, figures=figures)


def _overlap(asked: _Asked) -> Iterator[FlagFinding]:
    """Flag land that another lease of the tier holds too, on the date or later."""
    neighbours = asked.tenancy.neighbours(asked.lease.id)
    if asked.state not in _LIVING or not neighbours:
        return
    ahead = Period(max(asked.on, asked.held.valid.start or date.min), asked.held.valid.end)
    found = list(overlaps_of(asked.tenancy.holdings, asked.lease, ahead, neighbours))
    if found:
        figures = {
            "ids": sorted({clash.other.id for clash in found}),
            "area_m2": round(max(clash.area_m2 for clash in found), 2),
            "others": [_told(clash) for clash in found],
        }
        yield FlagFinding(flag=LeaseFlag.OVERLAP, rule=None, figures=figures)


def _told(clash: LeaseOverlap) -> dict[str, Any]:
    start, end = clash.days
    return {
        "id": clash.other.id,
        "parcel_ids": sorted(clash.parcel_ids),
        "area_m2": round(clash.area_m2, 2),
        "first_day": date.fromordinal(max(start, 1)).isoformat(),
        "days": end - start if end <= date.max.toordinal() else None,
        "tolerance_m2": TOLERANCE_M2,
    }


_QUESTIONS: Final[tuple[Callable[[_Asked], Iterator[FlagFinding]], ...]] = (
    _expiry,
    _developer,
    _length,
    _idleness,
    _area,
    _place,
    _overlap,
)
