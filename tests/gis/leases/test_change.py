"""The course of a lease: amended, renewed, transferred, handed over, ended, its land in use."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gis.errors import GisError
from gis.leases import (
    AmendLease,
    HandOver,
    NewParty,
    RecordUse,
    RenewLease,
    TerminateLease,
    TransferLease,
    amend_lease,
    hand_over,
    record_use,
    register_lease,
    renew_lease,
    terminate_lease,
    transfer_lease,
)
from gis.mandates import Done, Mandate
from gis.model import Lease, LeaseUse, Moment, PaymentMode, Period, UseEvent
from gis.store import GeoPackageStore
from tests.gis.desk import OFFICER, add_head, desk_register, refused, sublease

SUB = "A-thue-02"
LAST = date(2044, 12, 31)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[GeoPackageStore]:
    """Yield a register with a head lease until 31/08/2074 and a sublease 2025–2044 of A-1."""
    made = desk_register(tmp_path)
    add_head(made)
    register_lease(made, sublease(), OFFICER)
    yield made
    made.close()


def on(store: GeoPackageStore, day: date, lease_id: str = SUB) -> Lease:
    """Return the lease as it is on a day."""
    return store.one(Lease, lease_id, Moment(day)).thing


def refuse(
    store: GeoPackageStore,
    code: str,
    function: Callable[..., Done],
    request: object,
    mandate: Mandate = OFFICER,
) -> dict[str, Any]:
    """See that a request is refused and nothing kept; return the facts."""
    before = store.change_counter()
    with pytest.raises(GisError) as caught:
        function(store, request, mandate)
    return refused(caught, store, before, code)


def test_an_amendment_holds_from_its_day_on(store: GeoPackageStore) -> None:
    """Before it the contract reads as it did; what is left out stays."""
    request = AmendLease(
        lease_id=SUB,
        since=date(2030, 1, 1),
        parcel_ids=("A-1", "A-2"),
        payment=PaymentMode.ANNUAL,
        contract_area_m2=200.0,
    )
    done = amend_lease(store, request, OFFICER)
    assert store.changes()[-1].action == "lease.amend"
    assert done.things[0].version == 3
    before, after = on(store, date(2029, 12, 31)), on(store, date(2030, 1, 1))
    assert (before.parcel_ids, before.payment) == (("A-1",), None)
    assert (after.parcel_ids, after.payment) == (("A-1", "A-2"), PaymentMode.ANNUAL)
    assert after.contract_number == "SUB-1"


def test_an_amendment_is_checked_as_a_new_lease(store: GeoPackageStore) -> None:
    """Land that another holds, a term beyond the head lease, a day outside the term."""
    register_lease(store, sublease(parcel_ids=("A-2",), contract_number="SUB-2"), OFFICER)
    amend = AmendLease(lease_id=SUB, since=date(2030, 1, 1), parcel_ids=("A-1", "A-2"))
    facts = refuse(store, "lease.overlap", amend_lease, amend)
    assert facts["others"][0]["first_day"] == "2030-01-01"
    longer = AmendLease(lease_id=SUB, since=date(2030, 1, 1), last_day=date(2074, 9, 1))
    refuse(store, "lease.beyond_head", amend_lease, longer)
    refuse(store, "lease.not_in_force", amend_lease, replace(longer, since=date(2045, 1, 1)))
    shorter = replace(longer, last_day=date(2029, 12, 31))
    refuse(store, "lease.term_order", amend_lease, shorter)
    amend_lease(store, replace(longer, last_day=date(2030, 1, 1)), OFFICER)
    register_lease(store, sublease(starts_on=date(2030, 1, 2), contract_number="3"), OFFICER)


def test_a_repeated_number_is_told(store: GeoPackageStore) -> None:
    """An amended contract number that the lessor used before."""
    register_lease(store, sublease(parcel_ids=("A-2",), contract_number="SUB-2"), OFFICER)
    amend = AmendLease(lease_id=SUB, since=date(2030, 1, 1), contract_number="SUB-2")
    assert [note.code for note in amend_lease(store, amend, OFFICER).notes] == [
        "note.contract_repeated"
    ]


def test_a_renewal_begins_the_day_after_the_last(store: GeoPackageStore) -> None:
    """The old term stays what it was; the new one keeps within the head lease."""
    request = RenewLease(lease_id=SUB, last_day=date(2064, 12, 31), contract_number="SUB-1/2")
    renew_lease(store, request, OFFICER)
    assert on(store, LAST).term == Period(date(2025, 1, 1), date(2045, 1, 1))
    renewed = on(store, date(2045, 1, 1))
    assert renewed.term == Period(date(2045, 1, 1), date(2065, 1, 1))
    assert renewed.contract_number == "SUB-1/2"
    refuse(store, "lease.beyond_head", renew_lease, replace(request, last_day=date(2074, 9, 1)))
    refuse(store, "lease.term_order", renew_lease, request)
    longer = AmendLease(lease_id=SUB, since=date(2030, 1, 1), last_day=date(2050, 1, 1))
    refuse(store, "lease.renewed", amend_lease, longer)


def test_no_renewal_on_land_let_to_another(store: GeoPackageStore) -> None:
    """Nor of a lease that was terminated."""
    other = sublease(starts_on=date(2050, 1, 1), last_day=date(2060, 1, 1), contract_number="2")
    register_lease(store, other, OFFICER)
    request = RenewLease(lease_id=SUB, last_day=date(2050, 1, 1))
    assert refuse(store, "lease.overlap", renew_lease, request)["days"] == 1
    end = TerminateLease(lease_id=SUB, terminated_on=date(2030, 1, 1))
    terminate_lease(store, end, OFFICER)
    refuse(store, "lease.terminated", renew_lease, request)


def test_a_transfer_gives_the_lease_to_another(store: GeoPackageStore) -> None:
    """From its day on, a renewal on record included; the one before stays the lessee till then."""
    renew_lease(store, RenewLease(lease_id=SUB, last_day=date(2060, 12, 31)), OFFICER)
    request = TransferLease(
        lease_id=SUB, since=date(2030, 1, 1), lessee=NewParty(id="ben-moi", name="Mới")
    )
    done = transfer_lease(store, request, OFFICER)
    assert [thing.id for thing in done.things] == [SUB, "ben-moi"]
    days = (date(2029, 12, 31), date(2030, 1, 1), date(2050, 1, 1))
    assert [on(store, day).lessee_id for day in days] == ["tenant", "ben-moi", "ben-moi"]
    refuse(store, "lease.same_lessee", transfer_lease, replace(request, lessee="ben-moi"))
    late = replace(request, since=date(2061, 1, 1), lessee="other")
    refuse(store, "lease.not_in_force", transfer_lease, late)


def test_a_part_is_not_transferred(store: GeoPackageStore) -> None:
    """The refusal says what to do instead; naming all parcels is the whole."""
    request = TransferLease(lease_id=SUB, since=date(2030, 1, 1), lessee="other")
    refuse(store, "lease.partial_transfer", transfer_lease, replace(request, parcel_ids=("x",)))
    transfer_lease(store, replace(request, parcel_ids=("A-1",)), OFFICER)


def test_subleases_that_name_the_former_developer_are_told(store: GeoPackageStore) -> None:
    """Their contracts stay as they are."""
    request = TransferLease(lease_id="head", since=date(2030, 1, 1), lessee="other")
    (note,) = transfer_lease(store, request, OFFICER).notes
    assert (note.code, note.facts["others"]) == ("note.sublessor", [SUB])
    assert SUB in note.sentence("vi")


def test_a_lease_ends_early_between_its_days_only(store: GeoPackageStore) -> None:
    """From its second day to its last; a renewal that was to follow does not."""
    renew_lease(store, RenewLease(lease_id=SUB, last_day=date(2060, 12, 31)), OFFICER)
    for day in (date(2025, 1, 1), date(2024, 12, 31), date(2061, 1, 1)):
        refuse(
            store,
            "lease.not_in_force",
            terminate_lease,
            TerminateLease(lease_id=SUB, terminated_on=day),
        )
    request = TerminateLease(lease_id=SUB, terminated_on=date(2030, 1, 1))
    terminate_lease(store, request, OFFICER)
    ended = on(store, date(2046, 1, 1))
    assert ended.in_force == Period(date(2025, 1, 1), date(2030, 1, 1))
    assert on(store, date(2029, 12, 31)).terminated_on is None
    refuse(store, "lease.not_in_force", terminate_lease, request)
    register_lease(store, sublease(starts_on=date(2030, 1, 1), contract_number="2"), OFFICER)


def test_a_head_lease_does_not_leave_its_subleases(store: GeoPackageStore) -> None:
    """Ended or cut while subleases run on: refused with the list."""
    end = TerminateLease(lease_id="head", terminated_on=date(2040, 1, 1))
    assert refuse(store, "lease.has_subleases", terminate_lease, end)["ids"] == [SUB]
    cut = AmendLease(lease_id="head", since=date(2030, 1, 1), last_day=date(2044, 12, 30))
    refuse(store, "lease.has_subleases", amend_lease, cut)
    elsewhere = AmendLease(lease_id="head", since=date(2030, 1, 1), parcel_ids=("A-2",))
    refuse(store, "lease.has_subleases", amend_lease, elsewhere)
    amend_lease(store, replace(cut, last_day=LAST), OFFICER)
    late = TerminateLease(lease_id=SUB, terminated_on=date(2040, 1, 1))
    terminate_lease(store, late, OFFICER)
    terminate_lease(store, end, OFFICER)
    assert on(store, date(2041, 1, 1), "head").terminated_on == date(2040, 1, 1)


def test_hand_over_and_use_are_on_days_of_the_lease(store: GeoPackageStore) -> None:
    """Use is evidence and needs no decision; ids count on."""
    hand_over(store, HandOver(lease_id=SUB, on=date(2025, 2, 1)), OFFICER)
    assert on(store, date(2025, 3, 1)).handed_over_on == date(2025, 2, 1)
    refuse(store, "lease.not_in_force", hand_over, HandOver(lease_id=SUB, on=date(2024, 12, 31)))
    started = RecordUse(lease_id=SUB, event=UseEvent.STARTED, on=date(2025, 6, 1), note="x")
    inspector = Mandate(by="acc-2")
    record_use(store, started, inspector)
    found = record_use(
        store, replace(started, event=UseEvent.INSPECTED_IDLE, on=date(2026, 6, 1)), inspector
    )
    assert found.things[0].id == f"{SUB}-su-dung-2"
    use = store.one(LeaseUse, f"{SUB}-su-dung-1", Moment(date(2025, 6, 1))).thing
    assert (use.event, use.lease_id, use.note) == (UseEvent.STARTED, SUB, "x")
    refuse(store, "lease.not_in_force", record_use, replace(started, on=date(2045, 1, 1)))
    refuse(store, "record.duplicate", record_use, replace(started, id=use.id))


@pytest.mark.parametrize(
    ("function", "request_"),
    [
        (amend_lease, AmendLease(lease_id="no", since=LAST)),
        (renew_lease, RenewLease(lease_id="no", last_day=LAST)),
        (transfer_lease, TransferLease(lease_id="no", since=LAST, lessee="tenant")),
        (terminate_lease, TerminateLease(lease_id="no", terminated_on=LAST)),
        (hand_over, HandOver(lease_id="no", on=LAST)),
        (record_use, RecordUse(lease_id="no", event=UseEvent.STARTED, on=LAST)),
    ],
)
def test_a_lease_that_is_not_there(
    store: GeoPackageStore, function: Callable[..., Done], request_: object
) -> None:
    """Nothing is found of it."""
    refuse(store, "thing.unknown", function, request_)


def test_a_lease_changed_meanwhile_and_one_that_is_void(store: GeoPackageStore) -> None:
    """Another version was seen; or nothing of it holds any more."""
    end = TerminateLease(lease_id=SUB, terminated_on=date(2030, 1, 1))
    refuse(store, "record.stale", terminate_lease, end, replace(OFFICER, expected=7))
    with store.transaction(by="t", action="t") as transaction:
        transaction.void(Lease, SUB)
    refuse(store, "lease.not_in_force", terminate_lease, end)
