"""Registering a lease of each tier: what it must keep to, and what is told of it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gis.errors import GisError
from gis.leases import NewParty, RegisterLease, register_lease
from gis.mandates import Done
from gis.model import (
    DeveloperAppointment,
    Lease,
    LeaseTier,
    Moment,
    Parcel,
    Party,
    Period,
    Project,
    TermScope,
)
from gis.rules import Outcome
from gis.store import GeoPackageStore
from tests.gis.desk import NOW, OFFICER, START, add_head, desk_register, refused, sublease
from tests.gis.maps_of_plots import box
from tests.gis.registers import add, entry, parcel


@pytest.fixture
def store(tmp_path: Path) -> Iterator[GeoPackageStore]:
    """Yield a register with a head lease until 31/08/2074."""
    made = desk_register(tmp_path)
    add_head(made)
    yield made
    made.close()


def register(store: GeoPackageStore, **changed: Any) -> Done:
    """Register a sublease."""
    return register_lease(store, sublease(**changed), OFFICER)


def refuse(store: GeoPackageStore, code: str, **changed: Any) -> dict[str, Any]:
    """See that a sublease is refused and nothing kept; return the facts."""
    before = store.change_counter()
    with pytest.raises(GisError) as caught:
        register(store, **changed)
    return refused(caught, store, before, code)


def test_a_sublease_is_registered_by_one_change(store: GeoPackageStore) -> None:
    """Its term includes both days; its head lease is the lessor's; the rules used are told."""
    done = register(store)
    (written,) = done.things
    found = store.one(Lease, written.id, NOW)
    assert written.id == "A-thue-02"
    assert found.thing.term == Period(date(2025, 1, 1), date(2045, 1, 1))
    assert (found.thing.head_lease_id, found.valid) == ("head", Period(date(2025, 1, 1)))
    assert store.changes()[-1].action == "lease.register"
    assert {finding.rule_id: finding.outcome for finding in done.findings} == {
        "lease.term.max": Outcome.MET,
        "lease.term.within_head": Outcome.MET,
        "cluster.industrial_land": Outcome.MET,
    }
    assert done.notes == ()


def test_new_parties_come_with_the_lease(store: GeoPackageStore) -> None:
    """They are written in the same change, with an id that tells no name."""
    lessee = NewParty(name="Công ty TNHH Đá Xanh", tax_code="5400123456")
    done = register(store, lessee=lessee)
    assert [thing.cls for thing in done.things] == [Lease, Party]
    assert done.things[1].id.startswith("ben-")
    party = store.one(Party, done.things[1].id, NOW)
    assert (party.thing.tax_code, party.change) == ("5400123456", done.change)
    refuse(store, "value.empty", lessee=NewParty(name="  "), parcel_ids=("A-2",))
    refuse(store, "party.unknown", lessee="nobody", parcel_ids=("A-2",))


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        (date(2025, 1, 2), date(2025, 1, 1), "lease.term_order"),
        (date(2025, 1, 1), date(9999, 12, 31), "lease.term_range"),
        (date(2024, 9, 1), date(2074, 9, 1), "lease.term_too_long"),
        (date(1, 1, 1), date(9999, 12, 30), "lease.no_head"),
    ],
)
def test_impossible_terms(store: GeoPackageStore, first: date, last: date, code: str) -> None:
    """End before start, a day without a next one, a day over 50 years, before the head lease."""
    refuse(store, code, starts_on=first, last_day=last)


@pytest.mark.parametrize(
    ("first", "last", "end"),
    [
        (date(2028, 2, 29), date(2048, 2, 28), date(2048, 2, 29)),
        (date(2028, 2, 29), date(2048, 2, 29), date(2048, 3, 1)),
        (date(2025, 3, 31), date(2025, 3, 31), date(2025, 4, 1)),
        (date(2024, 9, 1), date(2074, 8, 31), date(2074, 9, 1)),
    ],
)
def test_calendar_dates_do_not_shift(
    store: GeoPackageStore, first: date, last: date, end: date
) -> None:
    """29 February, a term of one day, exactly 50 years: the dates stay what they are."""
    done = register(store, starts_on=first, last_day=last)
    assert store.one(Lease, done.things[0].id, Moment(first)).thing.term == Period(first, end)


def test_seventy_years_where_the_law_allows(store: GeoPackageStore) -> None:
    """The special term of a direct lease; a day more is refused with the limit."""
    told = {"tier": LeaseTier.DIRECT, "lessor": "state", "starts_on": date(2025, 1, 1)}
    facts = refuse(store, "lease.term_too_long", **told, last_day=date(2094, 12, 31))
    assert (facts["limit"], facts["years"]) == (50.0, 70.0)
    special = told | {"term_scope": TermScope.SPECIAL}
    refuse(store, "lease.term_too_long", **special, last_day=date(2095, 1, 1))
    done = register(store, **special, last_day=date(2094, 12, 31))
    assert store.one(Lease, done.things[0].id, NOW).thing.term_scope is TermScope.SPECIAL


def test_a_sublease_lies_within_its_head_lease_in_time(store: GeoPackageStore) -> None:
    """Both last days are told; the last day itself is inside."""
    facts = refuse(
        store, "lease.beyond_head", starts_on=date(2030, 1, 1), last_day=date(2074, 9, 1)
    )
    assert (facts["last_day"], facts["head_last_day"]) == ("2074-09-01", "2074-08-31")
    refuse(store, "lease.no_head", starts_on=date(2024, 8, 31))
    register(store, starts_on=date(2030, 1, 1), last_day=date(2074, 8, 31))


def test_a_sublease_lies_within_its_head_lease_in_place(tmp_path: Path) -> None:
    """A head lease that lists parcels holds only these."""
    made = desk_register(tmp_path)
    add_head(made, parcel_ids=("A-1",))
    facts = refuse(made, "lease.outside_head", parcel_ids=("A-1", "A-2"))
    assert (facts["ids"], facts["area_m2"]) == (["A-2"], 100.0)
    register(made)
    made.close()


def test_who_may_let(store: GeoPackageStore) -> None:
    """The developer subleases, appointed or by its head lease; the State lets directly."""
    facts = refuse(store, "lease.lessor", lessor="other", head_lease_id="head")
    assert facts["allowed"] == "developer"
    appointed = DeveloperAppointment(
        id="a", cluster_id="A", party_id="other", term=Period(START, None)
    )
    add(store, entry(appointed))
    register(store, lessor="other", head_lease_id="head")
    refuse(store, "lease.lessor", tier=LeaseTier.DIRECT, parcel_ids=("A-2",))
    refuse(store, "lease.lessor", tier=LeaseTier.HEAD, parcel_ids=())
    refuse(store, "lease.no_head", head_lease_id="none", parcel_ids=("A-2",))


def test_no_land_twice_in_one_tier(store: GeoPackageStore) -> None:
    """Ids, m², days and the shape are told; other days, other land and other tiers are free."""
    register(store)
    facts = refuse(store, "lease.overlap", starts_on=date(2044, 12, 31), last_day=date(2050, 1, 1))
    (other,) = facts["others"]
    assert (other["id"], other["parcel_ids"]) == ("A-thue-02", ["A-1"])
    assert (other["area_m2"], other["days"]) == (100.0, 1)
    assert (other["first_day"], other["last_day"]) == ("2044-12-31", "2044-12-31")
    assert other["shape"]["type"] == "Polygon"
    register(store, starts_on=date(2045, 1, 1), last_day=date(2050, 1, 1))
    register(store, parcel_ids=("A-2",))
    register(store, tier=LeaseTier.DIRECT, lessor="state")


def test_land_that_overlaps_in_geometry_clashes(store: GeoPackageStore) -> None:
    """Two parcels of a dirty map share 50 m²; a hair's breadth is none."""
    add(store, parcel("A", "dirty", box(1.5, 0)), parcel("A", "hair", box(2 - 1e-12, 1)))
    register(store, parcel_ids=("A-2",))
    facts = refuse(store, "lease.overlap", parcel_ids=("dirty",))
    assert facts["others"][0]["area_m2"] == 50.0
    register(store, parcel_ids=("hair",))


def test_two_head_leases_hold_the_cluster_at_different_times(store: GeoPackageStore) -> None:
    """The boundary is the land of a head lease that lists no parcels."""
    head = {"tier": LeaseTier.HEAD, "lessor": "state", "lessee": "other", "parcel_ids": ()}
    facts = refuse(store, "lease.overlap", **head)
    assert facts["area_m2"] == 1600.0
    register(store, **head, starts_on=date(2074, 9, 1), last_day=date(2100, 1, 1))


def test_parcels_hold_for_as_long_as_the_lease(store: GeoPackageStore) -> None:
    """Unknown, not yet there, or retired before its end: the first missing day is told."""
    assert refuse(store, "parcel.not_in_force", parcel_ids=("A-1", "no"))["ids"] == ["no"]
    refuse(store, "lease.no_parcels", parcel_ids=())
    refuse(store, "parcel.not_in_force", parcel_ids=("far-away",))
    with store.transaction(by="t", action="t") as transaction:
        transaction.void(Parcel, "A-2", Period(date(2030, 1, 1)))
    facts = refuse(store, "parcel.not_in_force", parcel_ids=("A-2",))
    assert facts["on"] == "2030-01-01"
    register(store, parcel_ids=("A-2",), last_day=date(2029, 12, 31))


def test_a_tenants_term_follows_its_project(store: GeoPackageStore) -> None:
    """Not beyond the last day of the approval; a project that is not there is not found."""
    approved = Period(START, date(2040, 1, 1))
    project = Project(id="p", cluster_id="A", name_vi="p", party_id="tenant", approved=approved)
    add(store, entry(project))
    facts = refuse(store, "lease.beyond_project", project_id="p")
    assert (facts["last_day"], facts["project_last_day"]) == ("2044-12-31", "2039-12-31")
    refuse(store, "thing.unknown", project_id="q")
    register(store, project_id="p", last_day=date(2039, 12, 31))


def test_what_is_worth_knowing_is_told(store: GeoPackageStore) -> None:
    """Land that is not industrial, a wrong area, a number used twice by one lessor."""
    add(store, parcel("A", "green", box(0, 2.5)))
    register(store)
    done = register(store, parcel_ids=("green",), contract_area_m2=120.0)
    notes = {note.code: note.facts for note in done.notes}
    assert notes["note.not_industrial"]["area_m2"] == 50.0
    assert notes["note.contract_area"]["measured_m2"] == 100.0
    assert notes["note.contract_repeated"]["others"] == ["A-thue-02"]
    industrial = next(one for one in done.findings if one.rule_id == "cluster.industrial_land")
    assert (industrial.outcome, industrial.rule and industrial.rule.version) == (
        Outcome.BROKEN,
        "32/2024",
    )


def test_without_a_plan_nothing_is_known_of_industrial_land(store: GeoPackageStore) -> None:
    """Unknown is said, never met."""
    add(store, parcel("B", "B-1", box(10, 0)))
    request = RegisterLease(
        cluster_id="B",
        tier=LeaseTier.DIRECT,
        contract_number="1",
        lessor="state",
        lessee="tenant",
        starts_on=date(2025, 1, 1),
        last_day=date(2030, 1, 1),
        parcel_ids=("B-1",),
    )
    done = register_lease(store, request, OFFICER)
    assert [one.outcome for one in done.findings] == [Outcome.MET, Outcome.UNKNOWN]


def test_a_contract_has_a_number_and_an_id_is_new(store: GeoPackageStore) -> None:
    """Blanks are none; an id that was used is refused."""
    refuse(store, "value.empty", contract_number=" ")
    refuse(store, "record.duplicate", id="head")
