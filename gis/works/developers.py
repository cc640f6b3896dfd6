"""Appoint and replace infrastructure developers by the review of their capacity; record parties."""

from dataclasses import dataclass, replace
from datetime import date

from gis.errors import Conflict, NotFound
from gis.given import given_number, given_text, optional_text
from gis.mandates import ALWAYS, Done, Mandate, carry_out, effective_date, require_unchanged
from gis.model import (
    ClusterKind,
    DeveloperAppointment,
    Lease,
    LeaseTier,
    Moment,
    Party,
    Period,
    Version,
)
from gis.registered import find_cluster, nameless_id, new_id, require_known
from gis.rules import check_developer, require_lawful
from gis.store import Entry, Reader, Store, Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointDeveloper:
    """What appointing an infrastructure developer takes.

    ``term`` is half-open and begins by default on the decision's date, without an end where none
    is known. ``capacity_score`` is the review's result of 100 points. ``exception`` gives the
    ground on which a broken rule is set aside.
    """

    cluster_id: str
    party_id: str
    term: Period | None = None
    capacity_score: float | None = None
    reviewed_on: date | None = None
    id: str | None = None
    exception: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplaceDeveloper:
    """The appointment of a developer in the place of the present one."""

    appointment: AppointDeveloper


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordParty:
    """A person or body that leases, lets or develops land; ``id`` names one that changes.

    ``on`` is the day from which a change of one that the register holds counts; without it the
    party was always so.
    """

    name: str
    kind: str = "enterprise"
    id: str | None = None
    on: date | None = None
    tax_code: str | None = None
    is_foreign: bool | None = None
    is_synthetic: bool = False


def appoint_developer(store: Store, request: AppointDeveloper, mandate: Mandate) -> Done:
    """Appoint a cluster's infrastructure developer, held against the rule about its score.

    The words of an exception are kept as the change's reason.

    Raises:
        RuleBroken: ``rule.broken`` unless an exception is named, ``decision.required``.
        Conflict: ``developer.appointed`` where another holds in that term, ``record.duplicate``.
        NotFound: ``cluster.unknown``, ``thing.unknown`` for the party.
        InvalidValue: for a field that can't be.
    """
    given = replace(mandate, reason=request.exception or mandate.reason)
    where = [request.cluster_id]
    with carry_out(store, given, "developer.appoint", cluster_ids=where) as (transaction, done):
        appointment = _appointment(transaction, request, mandate, done)
        holding = others_appointed(transaction, appointment)
        if holding:
            held = holding[0].thing
            raise Conflict("developer.appointed", id=held.id, party=held.party_id)
        _appoint(transaction, appointment, done)
    return done


def replace_developer(store: Store, request: ReplaceDeveloper, mandate: Mandate) -> Done:
    """Appoint another developer: the term of the one before ends the day before.

    Raises:
        RuleBroken: ``rule.broken`` unless an exception is named, ``decision.required``.
        Conflict: ``developer.appointed`` where another is appointed for later,
            ``record.duplicate``.
        NotFound: ``developer.none`` where nobody is appointed, ``cluster.unknown``,
            ``thing.unknown`` for the party.
        StaleVersion: ``record.stale``, of the appointment before.
        InvalidValue: for a field that can't be.
    """
    asked = request.appointment
    given = replace(mandate, reason=asked.exception or mandate.reason)
    where = [asked.cluster_id]
    with carry_out(store, given, "developer.replace", cluster_ids=where) as (transaction, done):
        appointment = _appointment(transaction, asked, mandate, done)
        on = appointment.term.start or date.min
        holding = others_appointed(transaction, appointment)
        before = [one for one in holding if one.thing.term.contains(on)]
        later = [one for one in holding if not one.thing.term.contains(on)]
        if not before:
            raise NotFound("developer.none", id=asked.cluster_id, on=on.isoformat())
        if later:
            held = later[0].thing
            raise Conflict("developer.appointed", id=held.id, party=held.party_id)
        for one in before:
            require_unchanged(transaction, DeveloperAppointment, one.thing.id, mandate)
            _end(transaction, one, on)
        _appoint(transaction, appointment, done)
        done.tell(*((DeveloperAppointment, one.thing.id) for one in before))
    return done


def record_party(store: Store, request: RecordParty, mandate: Mandate) -> Done:
    """Record a party, or what one of the register is called from a day on.

    Raises:
        StaleVersion: ``record.stale``.
        InvalidValue: for a field that can't be.
    """
    with carry_out(store, mandate, "party.record", is_land=False) as (transaction, done):
        name = given_text("name", request.name)
        known = [] if request.id is None else transaction.history(Party, request.id)
        is_known = any(version.known_to is None for version in known)
        wanted = nameless_id("ben")
        party = Party(
            id=known[0].thing.id if is_known else new_id(transaction, Party, request.id, wanted),
            name=name,
            kind=given_text("kind", request.kind, limit=50),
            tax_code=optional_text("tax_code", request.tax_code, limit=20),
            is_foreign=request.is_foreign,
            is_synthetic=request.is_synthetic,
        )
        require_unchanged(transaction, Party, party.id, mandate)
        valid = Period(request.on, None) if is_known and request.on is not None else ALWAYS
        transaction.put(Entry(party, valid))
        done.tell((Party, party.id))
    return done


def _appointment(
    transaction: Transaction, request: AppointDeveloper, mandate: Mandate, done: Done
) -> DeveloperAppointment:
    """Return the appointment asked for, held against the rules."""
    term = request.term or Period(effective_date(transaction, mandate), None)
    on = effective_date(transaction, mandate, term.start)
    cluster = find_cluster(transaction, request.cluster_id, Moment(on)).thing
    require_known(transaction, Party, [request.party_id], Moment(on))
    score = given_number("capacity_score", request.capacity_score, high=100.0)
    if cluster.kind is ClusterKind.CCN:
        done.findings = check_developer(score, on)
        require_lawful(done.findings, request.exception)
    wanted = f"{cluster.id}-chu-dau-tu-{on.year}"
    return DeveloperAppointment(
        id=new_id(transaction, DeveloperAppointment, request.id, wanted),
        cluster_id=cluster.id,
        party_id=request.party_id,
        term=Period(on, term.end),
        capacity_score=score,
        reviewed_on=request.reviewed_on,
    )


def _appoint(transaction: Transaction, appointment: DeveloperAppointment, done: Done) -> None:
    """Write an appointment, and say which head leases of the cluster name somebody else."""
    moment = Moment(appointment.term.start or date.min)
    for found in transaction.all(Lease, moment, cluster_id=appointment.cluster_id):
        lease, term = found.thing, found.thing.in_force
        is_head = lease.tier is LeaseTier.HEAD and term is not None and term.contains(moment.on)
        if is_head and lease.lessee_id != appointment.party_id:
            done.note("note.head_lease_of_other", id=lease.id, party=lease.lessee_id)
    transaction.put(Entry(appointment, Period(appointment.term.start, None)))
    done.tell((DeveloperAppointment, appointment.id))


def _end(transaction: Transaction, before: Version[DeveloperAppointment], on: date) -> None:
    """Let an appointment's term end the day before another begins; one of that day is void."""
    thing, start = before.thing, before.thing.term.start
    valid = Period(on, before.valid.end)
    if start is not None and start >= on:
        transaction.void(DeveloperAppointment, thing.id, valid)
    else:
        transaction.put(Entry(replace(thing, term=Period(start, on)), valid))


def others_appointed(
    reader: Reader, appointment: DeveloperAppointment
) -> list[Version[DeveloperAppointment]]:
    """Return the latest knowledge of appointments whose term meets that of another."""
    latest: dict[str, Version[DeveloperAppointment]] = {}
    for version in reader.known(DeveloperAppointment, appointment.cluster_id):
        if not version.valid.overlaps(appointment.term):
            continue
        latest[version.thing.id] = version
    return [one for one in latest.values() if one.thing.term.overlaps(appointment.term)]
