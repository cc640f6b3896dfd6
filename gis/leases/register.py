"""Register a lease."""

from datetime import date
from typing import Any

from gis.errors import InvalidValue
from gis.leases.checks import check_lease
from gis.leases.requests import RegisterLease
from gis.leases.terms import term_of
from gis.mandates import Done, Mandate, Note, carry_out
from gis.model import Lease, LeaseTier, Moment, Party, Period, TermScope
from gis.store import Entry, Reader, Store
from gis.tenure import Holdings, free_id, holdings_of
from gis.tenure.parties import party_of


def register_lease(store: Store, request: RegisterLease, mandate: Mandate) -> Done:
    """Register a lease of any tier; a new lessor or lessee comes with it.

    Raises:
        NotFound: ``cluster.unknown``, ``party.unknown``, ``thing.unknown`` (project).
        RuleBroken: ``lease.term_order``, ``lease.term_range``, ``lease.term_too_long``,
            ``lease.lessor``, ``lease.no_head``, ``lease.beyond_head``, ``lease.outside_head``,
            ``lease.beyond_project``, ``lease.no_parcels``, ``parcel.not_in_force``.
        Conflict: ``lease.overlap``, ``record.duplicate``.
    """
    term = term_of(request.starts_on, request.last_day)
    if not request.contract_number.strip():
        raise InvalidValue("value.empty", name="contract_number")
    with carry_out(store, mandate, "lease.register", cluster_ids=[request.cluster_id]) as (
        transaction,
        done,
    ):
        holdings = holdings_of(transaction, request.cluster_id)
        lessor = party_of(transaction, request.lessor)
        lessee = party_of(transaction, request.lessee)
        lease = _lease(transaction, holdings, request, term=term, lessor=lessor, lessee=lessee)
        valid = Period(min(request.since or request.starts_on, request.starts_on))
        checked = check_lease(holdings, lease, valid, lessor, request.map_scale)
        done.findings = checked.findings
        done.notes = (*number_notes(transaction, lease), *checked.notes)
        transaction.put(Entry(lease, valid))
        done.tell((Lease, lease.id), (Party, lessor.id), (Party, lessee.id))
    return done


def _lease(
    reader: Reader,
    holdings: Holdings,
    request: RegisterLease,
    *,
    term: Period,
    lessor: Party,
    lessee: Party,
) -> Lease:
    is_general = request.term_scope is TermScope.GENERAL
    wanted = f"{request.cluster_id}-thue-{_next_number(holdings):02d}"
    head_id = request.head_lease_id
    if head_id is None and request.tier is LeaseTier.SUBLEASE:
        head_id = _head_held_by(holdings, lessor.id, request.starts_on)
    return Lease(
        id=free_id(reader, Lease, wanted, given=request.id),
        cluster_id=request.cluster_id,
        tier=request.tier,
        contract_number=request.contract_number.strip(),
        lessor_id=lessor.id,
        lessee_id=lessee.id,
        term=term,
        parcel_ids=tuple(dict.fromkeys(request.parcel_ids)),
        head_lease_id=head_id,
        project_id=request.project_id,
        contract_area_m2=request.contract_area_m2,
        payment=request.payment,
        handed_over_on=request.handed_over_on,
        term_scope=None if is_general else request.term_scope,
    )


def _head_held_by(holdings: Holdings, party_id: str, on: date) -> str | None:
    """Return the head lease that a party holds on a day; of several the first by id."""
    for held in holdings.leases:
        lease: Any = held.thing
        is_its = lease.tier is LeaseTier.HEAD and lease.lessee_id == party_id
        in_force = lease.in_force
        if is_its and held.valid.contains(on) and in_force is not None and in_force.contains(on):
            return str(lease.id)
    return None


def _next_number(holdings: Holdings) -> int:
    return len({held.thing.id for held in holdings.leases}) + 1


def number_notes(reader: Reader, lease: Lease) -> list[Note]:
    """Say which other leases of the same lessor have the same contract number."""
    equal = {"contract_number": lease.contract_number, "lessor_id": lease.lessor_id}
    on = lease.term.start or date.min
    same = {found.thing.id for found in reader.find(Lease, Moment(on), equal)} - {lease.id}
    if not same:
        return []
    facts = {"value": lease.contract_number, "names": ", ".join(sorted(same)[:10])}
    return [Note("note.contract_repeated", facts | {"others": sorted(same)[:100]})]
