"""What a date makes of leases and plots: states, always derived, never stored."""

import calendar
from collections.abc import Iterable
from datetime import date
from typing import Final

from gis.model import Lease, LeaseState, LeaseUse, PlotState, Project, UseEvent, UseState

#: A lease with at most this many months left is expiring: a setting, not a legal rule.
EXPIRING_MONTHS: Final = 12

_IN_USE: Final = (UseEvent.STARTED, UseEvent.INSPECTED_IN_USE)
_INSPECTED: Final = (UseEvent.INSPECTED_IN_USE, UseEvent.INSPECTED_IDLE)


def add_months(day: date, months: int) -> date:
    """Return the same day of a later month, or that month's last day where it has no such day.

    >>> add_months(date(2024, 2, 29), 12)
    datetime.date(2025, 2, 28)
    """
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    if year > date.max.year:
        return date.max
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def lease_state(lease: Lease, on: date, *, expiring_months: int = EXPIRING_MONTHS) -> LeaseState:
    """Return a lease's state on a date.

    Terminated from the day of termination, unless the term had ended by then; expired from the
    day after its last. Expiring where at most ``expiring_months`` are left, a termination set
    for a later day included. A term without an end never expires.
    """
    end, start = lease.term.end, lease.term.start
    stopped = lease.terminated_on
    if stopped is not None and stopped <= on and (end is None or stopped < end):
        return LeaseState.TERMINATED
    if start is not None and on < start:
        return LeaseState.FUTURE
    if end is not None and end <= on:
        return LeaseState.EXPIRED
    ends = [day for day in (end, stopped) if day is not None]
    if ends and min(ends) <= add_months(on, expiring_months):
        return LeaseState.EXPIRING
    return LeaseState.ACTIVE


def is_leased_on(lease: Lease, on: date) -> bool:
    """Say whether a lease makes its plots leased on a date: a tenant's, and in force."""
    term = lease.in_force
    return lease.tier.is_tenant and term is not None and term.contains(on)


def plot_state(
    parcel_id: str, leases: Iterable[Lease], projects: Iterable[Project], on: date
) -> PlotState:
    """Return a plot's state on a date: leased before approved before vacant.

    Head leases count nowhere. For many plots use `plot_states`.
    """
    return plot_states([parcel_id], leases, projects, on)[parcel_id]


def plot_states(
    parcel_ids: Iterable[str], leases: Iterable[Lease], projects: Iterable[Project], on: date
) -> dict[str, PlotState]:
    """Return the state of each plot on a date, in the order asked."""
    leased = {plot for lease in leases if is_leased_on(lease, on) for plot in lease.parcel_ids}
    approved = {
        plot for project in projects if project.approved.contains(on) for plot in project.parcel_ids
    }

    def state(parcel_id: str) -> PlotState:
        if parcel_id in leased:
            return PlotState.LEASED
        return PlotState.APPROVED if parcel_id in approved else PlotState.VACANT

    return {parcel_id: state(parcel_id) for parcel_id in parcel_ids}


def end_year(lease: Lease) -> int | None:
    """Return the year of the last day on which a lease holds; None without an end or never."""
    term = lease.in_force
    last = None if term is None else term.last_day
    return None if last is None else last.year


def plot_end_years(leases: Iterable[Lease], on: date) -> dict[str, int | None]:
    """Return for each plot leased on a date the last year of its tenants' leases.

    None where a lease has no end. Plots that are not leased have no entry.
    """
    found: dict[str, int | None] = {}
    for lease in leases:
        if not is_leased_on(lease, on):
            continue
        year = end_year(lease)
        for plot in lease.parcel_ids:
            before = found.get(plot, year)
            found[plot] = None if year is None or before is None else max(year, before)
    return found


def use_state(uses: Iterable[LeaseUse], on: date) -> UseState:
    """Return what the latest evidence up to a date says of one lease's land.

    No evidence is "not checked", never "in use". On one day an inspection outweighs a report.
    """
    known = _evidence(uses, on)
    if not known:
        return UseState.NOT_CHECKED
    return UseState.IN_USE if known[-1].event in _IN_USE else UseState.IDLE


def idle_since(uses: Iterable[LeaseUse], on: date) -> date | None:
    """Return the first day of the idleness that evidence shows on a date; None if not idle.

    Counts from the first stop or idle finding with no evidence of use after it: what was not
    evidenced before is not held against the tenant.
    """
    since: date | None = None
    for use in _evidence(uses, on):
        if use.event in _IN_USE:
            since = None
        elif since is None:
            since = use.on
    return since


def is_over_area(contract_m2: float | None, measured_m2: float | None, tolerance_m2: float) -> bool:
    """Say whether the contract gives more land than was measured; unknown areas never do."""
    if contract_m2 is None or measured_m2 is None:
        return False
    return contract_m2 > measured_m2 + tolerance_m2


def _evidence(uses: Iterable[LeaseUse], on: date) -> list[LeaseUse]:
    known = [use for use in uses if use.on <= on]
    return sorted(known, key=lambda use: (use.on, use.event in _INSPECTED, use.id))
