"""Findings about the leases of a cluster at a moment, and when the flags of each change."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Final

from gis.indicators.spans import ALWAYS, FOREVER
from gis.indicators.tenure import add_months
from gis.model import Lease, LeaseState, Moment, Period, UseState
from gis.names import fold
from gis.rules import rules
from gis.store import Reader
from gis.tenure.flags import HORIZONS, IDLENESS, TERM_RULES, LeaseFindings, LeaseFlag, findings_on
from gis.tenure.holdings import Held, holdings_of
from gis.tenure.measures import Tenancy

_FIRST: Final = date.min.toordinal()
#: The last day that every month has.
_IN_EVERY_MONTH: Final = 28


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaseSpan:
    """Days in which nothing of a lease changes but the time left: ordinals, end outside.

    ``contract`` is its number folded for comparison.
    """

    start: int
    end: int
    lease: Lease
    state: LeaseState
    use: UseState
    period: Period | None
    flags: frozenset[LeaseFlag]
    contract: str = ""

    @property
    def holds(self) -> bool:
        """Say whether the lease holds its land in these days."""
        return self.state in (LeaseState.ACTIVE, LeaseState.EXPIRING)

    def is_on(self, day: int) -> bool:
        """Say whether an ordinal day lies inside."""
        return self.start <= day < self.end


def lease_findings(reader: Reader, moment: Moment, cluster_id: str) -> tuple[LeaseFindings, ...]:
    """Return findings about every lease of a cluster that is on record at a moment, by id.

    Raises:
        NotFound: ``cluster.unknown``.
    """
    tenancy = Tenancy(holdings_of(reader, cluster_id, moment.known_at))
    found = (findings_on(tenancy, lease_id, moment.on) for lease_id in sorted(tenancy.leases))
    return tuple(one for one in found if one is not None)


def lease_spans(tenancy: Tenancy, lease_id: str) -> tuple[LeaseSpan, ...]:
    """Return the findings about a lease on every day there is, in order of time."""
    spans: list[LeaseSpan] = []
    numbers = {held.thing.contract_number for held in tenancy.leases[lease_id]}
    folded = {number: fold(number) for number in numbers}
    for start, end in pairwise([*sorted(_turning_days(tenancy, lease_id)), FOREVER]):
        found = findings_on(tenancy, lease_id, date.fromordinal(start))
        if found is None:
            continue
        span = LeaseSpan(
            start=start,
            end=end,
            lease=found.lease,
            state=found.state,
            use=found.use,
            period=found.period,
            flags=frozenset(flag.flag for flag in found.flags),
            contract=folded[found.lease.contract_number],
        )
        if spans and _goes_on(spans[-1], span):
            span = replace(span, start=spans.pop().start)
        spans.append(span)
    return tuple(spans)


def _goes_on(before: LeaseSpan, span: LeaseSpan) -> bool:
    return before.end == span.start and (
        (before.lease, before.state, before.use, before.period, before.flags)
        == (span.lease, span.state, span.use, span.period, span.flags)
    )


def _turning_days(tenancy: Tenancy, lease_id: str) -> set[int]:
    """Return every day on which a finding about a lease may change."""
    versions = tenancy.leases[lease_id]
    days = {day for day in _days(tenancy, lease_id) if day is not None}
    ordinals = {day.toordinal() for day in days}
    for held in versions:
        if held.valid.start is None:
            ordinals.add(_FIRST)
    first = min(
        _FIRST if held.valid.start is None else held.valid.start.toordinal() for held in versions
    )
    return {day for day in ordinals if day >= max(first, ALWAYS + 1)}


def _days(tenancy: Tenancy, lease_id: str) -> Iterator[date | None]:
    holdings = tenancy.holdings
    versions = tenancy.leases[lease_id]
    heads = {held.thing.head_lease_id for held in versions}
    within = [head for name in heads if name for head in tenancy.leases.get(name, ())]
    for held in (*versions, *within, *tenancy.neighbours(lease_id)):
        yield from _ends_of(held)
        for name in held.thing.parcel_ids:
            yield from _ends(parcel.valid for parcel in tenancy.parcels.get(name, ()))
    own_ends = {end for held in versions for end in _ends_of(held)[2:] if end is not None}
    for end in own_ends:
        yield from (_first_within(end, months) for months, _flag, _scope in HORIZONS)
    for use in tenancy.uses.get(lease_id, ()):
        yield from (use.thing.on, use.valid.start, use.valid.end)
        yield from (add_months(use.thing.on, months) for months, _flag, _rule in IDLENESS)
    yield from _ends(held.valid for held in holdings.boundaries)
    yield from _ends(held.valid for held in holdings.plans)
    yield from (held.thing.approved_on for held in holdings.plans)
    yield from set(_ends(held.valid for held in holdings.plan_areas))
    for appointed in holdings.appointments:
        yield from _ends((appointed.valid, appointed.thing.term))
    yield from _ends(one.valid for one in rules() if one.id in TERM_RULES)


def _ends_of(held: Held[Lease]) -> tuple[date | None, ...]:
    """Return the two days on which a version of a lease begins, and the three that may end it."""
    lease, valid = held.thing, held.valid
    return (lease.term.start, valid.start, valid.end, lease.term.end, lease.terminated_on)


def _first_within(end: date, months: int) -> date | None:
    """Return the first day from which so many months reach an end; None before the calendar.

    >>> _first_within(date(2024, 2, 29), 12)
    datetime.date(2023, 3, 1)
    """
    if end.year * 12 + end.month - months <= 13:
        return None
    same_day = add_months(end, -months)
    if end.day <= _IN_EVERY_MONTH:
        return same_day
    day = same_day.toordinal() - 4
    return next(
        date.fromordinal(one)
        for one in range(max(day, 1), day + 10)
        if add_months(date.fromordinal(max(one, 1)), months) >= end
    )


def _ends(periods: Iterable[Period]) -> Iterator[date | None]:
    for period in periods:
        yield period.start
        yield period.end
