"""The versions of one lease: which one a change begins from, and which ones it goes on into."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any

from gis.errors import Conflict, RuleBroken
from gis.leases.checks import first_day
from gis.leases.terms import last_day_of
from gis.mandates import Done, Mandate, carry_out, require_unchanged
from gis.model import Lease, LeaseTier, Period
from gis.store import Store, Transaction
from gis.tenure import Held, Holdings, cluster_of, holdings_of
from gis.tenure.holdings import with_version
from gis.tenure.land import outside_head
from gis.tenure.terms import holding_period, lease_days


@contextmanager
def lease_opened(
    store: Store, lease_id: str, action: str, mandate: Mandate, *, is_land: bool = True
) -> Iterator[tuple[Transaction, Done, Holdings]]:
    """Open the change of a lease: nobody changed it meanwhile, and its cluster's land is read.

    Raises:
        NotFound: ``thing.unknown``.
        StaleVersion: ``record.stale``.
    """
    cluster_id = cluster_of(store, Lease, lease_id)
    with carry_out(store, mandate, action, cluster_ids=[cluster_id], is_land=is_land) as (
        transaction,
        done,
    ):
        require_unchanged(transaction, Lease, lease_id, mandate)
        yield transaction, done, holdings_of(transaction, cluster_id)


def versions_of(holdings: Holdings, lease_id: str) -> list[Held[Lease]]:
    """Return the versions of a lease in order of time.

    Raises:
        RuleBroken: ``lease.not_in_force`` for one of which nothing is known any more.
    """
    found = [held for held in holdings.leases if held.thing.id == lease_id]
    if not found:
        raise RuleBroken("lease.not_in_force", id=lease_id, on="…", first_day="…", last_day="…")
    return found


def require_in_force(holdings: Holdings, lease_id: str, on: date) -> Period:
    """Return the unbroken time around a day in which a lease holds.

    Raises:
        RuleBroken: ``lease.not_in_force`` with its first and last day.
    """
    versions = versions_of(holdings, lease_id)
    period = holding_period(versions, on)
    if period is None:
        raise not_in_force(versions, on)
    return period


def not_in_force(versions: list[Held[Lease]], on: date) -> RuleBroken:
    """Return the refusal of a lease that does not hold on a day."""
    last = versions[-1].thing
    return RuleBroken(
        "lease.not_in_force",
        id=last.id,
        on=on.isoformat(),
        first_day=(versions[0].thing.term.start or date.min).isoformat(),
        last_day="…" if last.in_force is None else last_day_of(last.in_force),
    )


def changed_from(
    holdings: Holdings, lease_id: str, since: date, **changed: Any
) -> list[Held[Lease]]:
    """Return the versions of a lease from a day on, with what is changed in each.

    The first begins on the day; a renewal that is on record already keeps its own term.
    """
    return [
        Held(
            replace(held.thing, **changed),
            Period(max(since, held.valid.start or date.min), held.valid.end),
        )
        for held in versions_of(holdings, lease_id)
        if held.valid.end is None or held.valid.end > since
    ]


def refuse_uncovered(holdings: Holdings, head: Held[Lease]) -> None:
    """Refuse to let a head lease hold less than the subleases within it.

    Raises:
        Conflict: ``lease.has_subleases`` with ids of those beyond it in time or place.
    """
    if head.thing.tier is not LeaseTier.HEAD:
        return
    before = [held for held in holdings.leases if held.thing.id == head.thing.id]
    after = [held for held in with_version(before, head) if held.thing.id == head.thing.id]
    since = head.valid.start or date.min
    left = [
        held.thing.id
        for held in holdings.leases
        if held.thing.head_lease_id == head.thing.id
        and lease_days(held)[1] > since.toordinal()
        and lease_days(held)[0] < lease_days(held)[1]
        and not _is_covered(holdings, held, head, after)
    ]
    if left:
        raise Conflict(
            "lease.has_subleases",
            id=head.thing.id,
            on=since.isoformat(),
            names=", ".join(sorted(set(left))[:20]),
            ids=sorted(set(left)),
        )


def _is_covered(
    holdings: Holdings, held: Held[Lease], head: Held[Lease], versions: list[Held[Lease]]
) -> bool:
    """Say whether a sublease lies within its head lease as it will be."""
    on = max(first_day(held.thing, held.valid), head.valid.start or date.min)
    period = holding_period(versions, on)
    end = lease_days(held)[1]
    if period is None or (period.end is not None and period.end.toordinal() < end):
        return False
    return not outside_head(holdings, held.thing, head.thing, on)
