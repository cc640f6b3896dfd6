"""Change a lease in the course of its life: amend, renew, transfer, hand over, end it."""

from dataclasses import fields, replace
from datetime import date
from typing import Any

from gis.errors import RuleBroken
from gis.leases.checks import Checked, check_lease
from gis.leases.register import number_notes
from gis.leases.requests import AmendLease, HandOver, RenewLease, TerminateLease, TransferLease
from gis.leases.terms import last_day_of, term_of
from gis.leases.versions import (
    changed_from,
    lease_opened,
    not_in_force,
    refuse_uncovered,
    require_in_force,
    versions_of,
)
from gis.mandates import Done, Mandate, Note
from gis.model import Lease, LeaseTier, Party, Period
from gis.store import Entry, Store, Transaction
from gis.tenure import Held, Holdings
from gis.tenure.parties import known_party, party_of

#: What an amendment may change besides the last day.
_AMENDED = ("contract_number", "parcel_ids", "project_id", "contract_area_m2", "payment")


def amend_lease(store: Store, request: AmendLease, mandate: Mandate) -> Done:
    """Change what a contract says from a day on; everything is checked again.

    Raises:
        NotFound: ``thing.unknown``.
        RuleBroken: ``lease.not_in_force``, ``lease.renewed`` for another last day of a term that
            a renewal follows, and those of `register_lease`.
        Conflict: ``lease.has_subleases``, ``lease.overlap``.
    """
    with lease_opened(store, request.lease_id, "lease.amend", mandate) as (
        transaction,
        done,
        holdings,
    ):
        require_in_force(holdings, request.lease_id, request.since)
        versions = changed_from(holdings, request.lease_id, request.since, **_amended(request))
        if request.last_day is not None:
            versions = _with_last_day(versions, request.last_day, request.since)
        checked = [_check(transaction, holdings, held, request.map_scale) for held in versions]
        done.findings, done.notes = checked[0].findings, checked[0].notes
        if request.contract_number is not None:
            done.notes = (*number_notes(transaction, versions[0].thing), *done.notes)
        _put(transaction, done, versions)
    return done


def _amended(request: AmendLease) -> dict[str, Any]:
    given = {
        field.name: getattr(request, field.name)
        for field in fields(request)
        if field.name in (*_AMENDED, "term_scope")
    }
    return {name: value for name, value in given.items() if value is not None}


def _with_last_day(versions: list[Held[Lease]], last_day: date, since: date) -> list[Held[Lease]]:
    """Return the versions that change, with their term ending on another day."""
    held = versions[0]
    if any(later.thing.term != held.thing.term for later in versions[1:]):
        raise RuleBroken(
            "lease.renewed", id=held.thing.id, last_day=last_day_of(versions[-1].thing.term)
        )
    term = term_of(held.thing.term.start or date.min, last_day)
    if last_day < since:
        raise RuleBroken(
            "lease.term_order", first_day=since.isoformat(), last_day=last_day.isoformat()
        )
    return [Held(replace(held.thing, term=term), held.valid) for held in versions]


def renew_lease(store: Store, request: RenewLease, mandate: Mandate) -> Done:
    """Let a lease go on: its new term begins the day after its last one.

    Raises:
        NotFound: ``thing.unknown``.
        RuleBroken: ``lease.terminated``, ``lease.term_order``, and those of `register_lease`.
        Conflict: ``lease.overlap`` where somebody else holds the land by then.
    """
    with lease_opened(store, request.lease_id, "lease.renew", mandate) as (
        transaction,
        done,
        holdings,
    ):
        last = versions_of(holdings, request.lease_id)[-1].thing
        if last.terminated_on is not None or last.term.end is None:
            ended = last.terminated_on.isoformat() if last.terminated_on else "…"
            raise RuleBroken("lease.terminated", id=last.id, on=ended)
        renewed = replace(
            last,
            term=term_of(last.term.end, request.last_day),
            contract_number=request.contract_number or last.contract_number,
            term_scope=request.term_scope or last.term_scope,
        )
        held = Held(renewed, Period(last.term.end))
        checked = _check(transaction, holdings, held, request.map_scale)
        done.findings, done.notes = checked.findings, checked.notes
        _put(transaction, done, [held])
    return done


def transfer_lease(store: Store, request: TransferLease, mandate: Mandate) -> Done:
    """Let another lessee hold a lease from a day on, all of it.

    Raises:
        NotFound: ``thing.unknown``, ``party.unknown``.
        RuleBroken: ``lease.not_in_force``, ``lease.partial_transfer``, ``lease.same_lessee``.
    """
    with lease_opened(store, request.lease_id, "lease.transfer", mandate) as (
        transaction,
        done,
        holdings,
    ):
        require_in_force(holdings, request.lease_id, request.since)
        lessee = party_of(transaction, request.lessee)
        changed = {"lessee_id": lessee.id}
        if request.contract_number is not None:
            changed["contract_number"] = request.contract_number
        before = holdings.lease_on(request.lease_id, request.since)
        versions = changed_from(holdings, request.lease_id, request.since, **changed)
        if before is not None and before.thing.lessee_id == lessee.id:
            raise RuleBroken("lease.same_lessee", id=request.lease_id, lessee=lessee.id)
        _require_whole(request, versions[0].thing)
        done.notes = tuple(_sublease_notes(holdings, versions[0]))
        _put(transaction, done, versions)
        done.tell((Party, lessee.id))
    return done


def _require_whole(request: TransferLease, lease: Lease) -> None:
    wanted = request.parcel_ids
    if wanted is not None and set(wanted) != set(lease.parcel_ids):
        raise RuleBroken(
            "lease.partial_transfer", id=lease.id, names=", ".join(lease.parcel_ids) or "…"
        )


def _sublease_notes(holdings: Holdings, head: Held[Lease]) -> list[Note]:
    """Say which subleases still name the lessor who held the head lease before."""
    since = head.valid.start or date.min
    left = sorted(
        {
            held.thing.id
            for held in holdings.leases
            if held.thing.head_lease_id == head.thing.id
            and held.thing.lessor_id != head.thing.lessee_id
            and (held.thing.in_force is None or held.thing.in_force.overlaps(Period(since)))
        }
    )
    if head.thing.tier is not LeaseTier.HEAD or not left:
        return []
    facts = {"id": head.thing.id, "names": ", ".join(left[:10]), "others": left[:100]}
    return [Note("note.sublessor", facts)]


def terminate_lease(store: Store, request: TerminateLease, mandate: Mandate) -> Done:
    """End a lease early; a renewal that was to follow does not.

    Raises:
        NotFound: ``thing.unknown``.
        RuleBroken: ``lease.not_in_force`` before its second day or after its last.
        Conflict: ``lease.has_subleases`` for a head lease with subleases then or later.
    """
    day = request.terminated_on
    with lease_opened(store, request.lease_id, "lease.terminate", mandate) as (
        transaction,
        done,
        holdings,
    ):
        period = require_in_force(holdings, request.lease_id, day)
        base = holdings.lease_on(request.lease_id, day)
        if base is None or period.start == day:
            raise not_in_force(versions_of(holdings, request.lease_id), day)
        ended = Held(replace(base.thing, terminated_on=day), Period(day))
        refuse_uncovered(holdings, ended)
        _put(transaction, done, [ended])
    return done


def hand_over(store: Store, request: HandOver, mandate: Mandate) -> Done:
    """Record the day on which the land of a lease was handed over.

    Raises:
        NotFound: ``thing.unknown``.
        RuleBroken: ``lease.not_in_force`` on that day.
    """
    with lease_opened(store, request.lease_id, "lease.hand_over", mandate) as (
        transaction,
        done,
        holdings,
    ):
        require_in_force(holdings, request.lease_id, request.on)
        versions = changed_from(holdings, request.lease_id, request.on, handed_over_on=request.on)
        _put(transaction, done, versions)
    return done


def _check(
    transaction: Transaction, holdings: Holdings, held: Held[Lease], map_scale: int
) -> Checked:
    refuse_uncovered(holdings, held)
    lessor = known_party(transaction, held.thing.lessor_id)
    return check_lease(holdings, held.thing, held.valid, lessor, map_scale)


def _put(transaction: Transaction, done: Done, versions: list[Held[Lease]]) -> None:
    for held in versions:
        transaction.put(Entry(held.thing, held.valid))
    done.tell((Lease, versions[0].thing.id))
