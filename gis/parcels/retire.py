"""End a parcel, or give it another land code."""

from dataclasses import replace
from datetime import date

from gis.errors import Conflict, RuleBroken
from gis.mandates import Done, Mandate, carry_out, require_unchanged
from gis.model import Parcel, Period
from gis.parcels.create import code_notes
from gis.parcels.requests import ReclassifyParcel, RetireParcel
from gis.store import Entry, Store
from gis.tenure import Held, Holdings, cluster_of, holdings_of
from gis.tenure.terms import Holder, holders_from


def retire_parcel(store: Store, request: RetireParcel, mandate: Mandate) -> Done:
    """Let a parcel end on a day.

    Raises:
        NotFound: ``thing.unknown``.
        RuleBroken: ``parcel.not_in_force`` on that day.
        Conflict: ``parcel.held`` with the leases and projects that hold it then or later.
    """
    cluster_id = cluster_of(store, Parcel, request.parcel_id)
    with carry_out(store, mandate, "parcel.retire", cluster_ids=[cluster_id]) as (
        transaction,
        done,
    ):
        require_unchanged(transaction, Parcel, request.parcel_id, mandate)
        holdings = holdings_of(transaction, cluster_id)
        require_parcel(holdings, request.parcel_id, request.since)
        refuse_held(request.parcel_id, request.since, holders(holdings, request))
        transaction.void(Parcel, request.parcel_id, Period(request.since))
        done.tell((Parcel, request.parcel_id))
    return done


def reclassify_parcel(store: Store, request: ReclassifyParcel, mandate: Mandate) -> Done:
    """Give a parcel another land code from a day on; its shape stays bit for bit.

    Raises:
        NotFound: ``thing.unknown``.
        RuleBroken: ``parcel.not_in_force`` on that day.
    """
    cluster_id = cluster_of(store, Parcel, request.parcel_id)
    with carry_out(store, mandate, "parcel.reclassify", cluster_ids=[cluster_id]) as (
        transaction,
        done,
    ):
        require_unchanged(transaction, Parcel, request.parcel_id, mandate)
        known = transaction.known_in(Parcel, [cluster_id])
        before = next(
            (
                one
                for one in known
                if one.thing.id == request.parcel_id and one.valid.contains(request.since)
            ),
            None,
        )
        if before is None:
            raise not_in_force(request.parcel_id, request.since)
        parcel = replace(before.thing, land_code=request.land_code)
        valid = Period(request.since, before.valid.end)
        transaction.put(Entry(parcel, valid, before.located))
        done.notes = tuple(code_notes(parcel.id, parcel.land_code))
        done.tell((Parcel, parcel.id))
    return done


def require_parcel(holdings: Holdings, parcel_id: str, on: date) -> Held[Parcel]:
    """Return the version of a parcel on a day.

    Raises:
        RuleBroken: ``parcel.not_in_force``.
    """
    found = holdings.parcel_on(parcel_id, on)
    if found is None:
        raise not_in_force(parcel_id, on)
    return found


def end_of(holdings: Holdings, parcel_id: str, on: date) -> date | None:
    """Return the day on which a parcel ends that is there on a day; None for one without an end."""
    end: date | None = on
    for held in holdings.parcels:
        if held.thing.id == parcel_id and end is not None and held.valid.contains(end):
            end = held.valid.end
    return end


def not_in_force(parcel_id: str, on: date) -> RuleBroken:
    """Return the refusal of a parcel that is not there on a day."""
    return RuleBroken("parcel.not_in_force", names=parcel_id, ids=[parcel_id], on=on.isoformat())


def holders(holdings: Holdings, request: RetireParcel) -> list[Holder]:
    """Return who holds a parcel on the day of its end or later."""
    return holders_from(holdings, [request.parcel_id], request.since)


def refuse_held(parcel_id: str, since: date, held_by: list[Holder]) -> None:
    """Refuse to end a parcel that somebody holds.

    Raises:
        Conflict: ``parcel.held``.
    """
    if held_by:
        raise Conflict(
            "parcel.held",
            id=parcel_id,
            on=since.isoformat(),
            names=", ".join(holder.id for holder in held_by),
            leases=[holder.id for holder in held_by if holder.kind == "lease"],
            projects=[holder.id for holder in held_by if holder.kind == "project"],
        )
