"""Appointing and replacing infrastructure developers by their capacity; parties."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from gis.clusters import cluster_detail
from gis.mandates import Mandate
from gis.model import (
    ClusterKind,
    DeveloperAppointment,
    Lease,
    LeaseTier,
    Moment,
    Party,
    Period,
)
from gis.store import GeoPackageStore
from gis.works import (
    AppointDeveloper,
    RecordParty,
    ReplaceDeveloper,
    appoint_developer,
    record_party,
    replace_developer,
)
from tests.gis.digests import refused
from tests.gis.registers import NOW, START, add, clean_register, cluster, entry
from tests.gis.requests import decided

ON, LATER = date(2024, 6, 1), date(2025, 3, 1)
OFFICER = Mandate(by="acc-1")
FIRST = AppointDeveloper(
    cluster_id="A",
    party_id="cong-ty-a",
    term=Period(ON, date(2074, 6, 1)),
    capacity_score=72.5,
    reviewed_on=date(2024, 5, 2),
)
SECOND = replace(FIRST, party_id="cong-ty-b", term=Period(LATER))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[GeoPackageStore]:
    """Yield a register with two companies."""
    made = clean_register(tmp_path)
    for party_id, name in (("cong-ty-a", "Công ty A"), ("cong-ty-b", "Công ty B")):
        record_party(made, RecordParty(id=party_id, name=name), OFFICER)
    yield made
    made.close()


def developer(store: GeoPackageStore, on: date) -> str | None:
    """Return the party that a cluster's page names on a day."""
    appointment = cluster_detail(store, "A", Moment(on)).appointment
    return None if appointment is None else appointment.party_id


def test_a_developer_is_appointed_by_its_score(store: GeoPackageStore) -> None:
    """From the term's first day on, with its review, held against the rule of that day."""
    done = appoint_developer(store, FIRST, decided(ON))
    assert done.things[0].id == "A-chu-dau-tu-2024"
    found = store.one(DeveloperAppointment, "A-chu-dau-tu-2024", NOW)
    assert (found.thing.term, found.valid) == (FIRST.term, Period(ON))
    assert (found.thing.capacity_score, found.thing.reviewed_on) == (72.5, date(2024, 5, 2))
    assert [(one.rule_id, one.value, one.outcome.value) for one in done.findings] == [
        ("cluster.found.developer_score_min", 72.5, "met")
    ]
    assert (developer(store, date(2024, 5, 31)), developer(store, ON)) == (None, "cong-ty-a")


def test_a_term_begins_with_the_decision(store: GeoPackageStore) -> None:
    """Where none is given, and has no end then."""
    appoint_developer(store, replace(FIRST, term=None), decided(ON))
    assert store.one(DeveloperAppointment, "A-chu-dau-tu-2024", NOW).thing.term == Period(ON)


def test_too_low_a_score_is_refused(store: GeoPackageStore) -> None:
    """Unless on a named ground, which the journal keeps; one not known refuses nothing."""
    low = replace(FIRST, capacity_score=49.5)
    with refused(store, "rule.broken") as refusal:
        appoint_developer(store, low, decided(ON))
    assert refusal.value.facts["limit"] == ">= 50 points_of_100"
    trial = replace(decided(ON), dry_run=True)
    done = appoint_developer(store, replace(FIRST, capacity_score=None), trial)
    assert done.findings[0].outcome.value == "unknown"
    appoint_developer(store, replace(low, exception="Theo QĐ 12"), decided(ON))
    assert store.changes()[-1].reason == "Theo QĐ 12"


def test_a_zones_developer_is_held_against_no_rule_of_clusters(store: GeoPackageStore) -> None:
    """The score is a cluster's."""
    add(store, entry(replace(cluster("Z").thing, kind=ClusterKind.KCN)))
    asked = replace(FIRST, cluster_id="Z", capacity_score=1.0)
    assert appoint_developer(store, asked, decided(ON)).findings == ()


def test_there_is_one_developer_at_a_time(store: GeoPackageStore) -> None:
    """A second in the same term is refused; one after it is not."""
    appoint_developer(store, FIRST, decided(ON))
    with refused(store, "developer.appointed") as refusal:
        appoint_developer(store, SECOND, decided(LATER, "Q"))
    assert refusal.value.facts == {"id": "A-chu-dau-tu-2024", "party": "cong-ty-a"}
    after = replace(SECOND, term=Period(date(2074, 6, 1)))
    appoint_developer(store, after, decided(LATER, "Q"))


def test_a_developer_is_replaced_from_a_day_on(store: GeoPackageStore) -> None:
    """The one before ends the day before; asked about earlier days it is still there."""
    appoint_developer(store, FIRST, decided(ON))
    done = replace_developer(store, ReplaceDeveloper(appointment=SECOND), decided(LATER, "Q"))
    assert [thing.id for thing in done.things] == ["A-chu-dau-tu-2025", "A-chu-dau-tu-2024"]
    ended = store.one(DeveloperAppointment, "A-chu-dau-tu-2024", Moment(LATER)).thing
    assert ended.term.last_day == date(2025, 2, 28)
    days = (ON, date(2025, 2, 28), LATER, date(2080, 1, 1))
    assert [developer(store, day) for day in days] == [
        "cong-ty-a",
        "cong-ty-a",
        "cong-ty-b",
        "cong-ty-b",
    ]
    third = replace(FIRST, term=Period(date(2026, 1, 1)), id="third")
    replace_developer(store, ReplaceDeveloper(appointment=third), decided(LATER, "R"))
    assert developer(store, date(2026, 1, 1)) == "cong-ty-a"


def test_one_replaced_on_its_first_day_never_was(store: GeoPackageStore) -> None:
    """Its record is void from that day on; its history stays."""
    appoint_developer(store, FIRST, decided(ON))
    asked = ReplaceDeveloper(appointment=replace(SECOND, term=Period(ON)))
    replace_developer(store, asked, decided(ON, "Q"))
    assert developer(store, ON) == "cong-ty-b"
    assert len(store.history(DeveloperAppointment, "A-chu-dau-tu-2024")) == 1


def test_nobody_or_one_to_come_can_not_be_replaced(store: GeoPackageStore) -> None:
    """Nor one whom somebody else replaced meanwhile."""
    asked = ReplaceDeveloper(appointment=SECOND)
    with refused(store, "developer.none"):
        replace_developer(store, asked, decided(LATER))
    appoint_developer(store, FIRST, decided(ON))
    with refused(store, "record.stale"):
        replace_developer(store, asked, replace(decided(LATER, "Q"), expected=4))
    early = ReplaceDeveloper(appointment=replace(SECOND, term=Period(date(2024, 1, 1))))
    with refused(store, "developer.none"):
        replace_developer(store, early, decided(LATER, "Q"))
    shorter = replace(FIRST, term=Period(date(2023, 1, 1), ON), id="before")
    appoint_developer(store, shorter, decided(ON, "R"))
    with refused(store, "developer.appointed"):
        replace_developer(store, early, decided(LATER, "Q"))


def test_a_head_lease_of_another_is_said(store: GeoPackageStore) -> None:
    """The State's lease does not change hands by an appointment."""
    head = Lease(
        id="head",
        cluster_id="A",
        tier=LeaseTier.HEAD,
        contract_number="1",
        lessor_id="state",
        lessee_id="cong-ty-a",
        term=Period(START),
    )
    add(store, entry(head))
    assert not appoint_developer(store, FIRST, decided(ON)).notes
    done = replace_developer(store, ReplaceDeveloper(appointment=SECOND), decided(LATER, "Q"))
    assert [note.facts for note in done.notes] == [{"id": "head", "party": "cong-ty-a"}]


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"cluster_id": "none"}, "cluster.unknown"),
        ({"party_id": "none"}, "thing.unknown"),
        ({"capacity_score": 101.0}, "value.number"),
        ({"id": "a/b"}, "value.id"),
    ],
)
def test_what_can_not_be_is_refused(
    store: GeoPackageStore, wrong: dict[str, object], code: str
) -> None:
    """Each with its code."""
    with refused(store, code):
        asked = replace(FIRST, **wrong)  # type: ignore[arg-type]
        appoint_developer(store, asked, decided(ON))
    with refused(store, "decision.required"):
        appoint_developer(store, FIRST, OFFICER)


def test_a_party_is_recorded_and_renamed(store: GeoPackageStore) -> None:
    """Always there; called otherwise from a day on; two of a name are two."""
    assert store.one(Party, "cong-ty-a", Moment(date.min)).thing.name == "Công ty A"
    again = record_party(store, RecordParty(name="CÔNG TY A"), OFFICER)
    assert again.things[0].id.startswith("ben-"), "an id tells no name: it can't be erased"
    renamed = RecordParty(id="cong-ty-a", name="Công ty A1", on=LATER, tax_code="5400123456")
    record_party(store, renamed, replace(OFFICER, expected=1))
    assert store.one(Party, "cong-ty-a", NOW).thing.name == "Công ty A"
    assert store.one(Party, "cong-ty-a", Moment(LATER)).thing.tax_code == "5400123456"
    record_party(store, replace(renamed, on=None, name="Luôn thế"), OFFICER)
    assert store.one(Party, "cong-ty-a", NOW).thing.name == "Luôn thế"
    assert record_party(store, RecordParty(name="X", id="x1"), OFFICER).things[0].id == "x1"


def test_a_party_without_a_name_is_refused(store: GeoPackageStore) -> None:
    """Or changed since it was seen."""
    with refused(store, "value.empty"):
        record_party(store, RecordParty(name="  "), OFFICER)
    with refused(store, "record.stale"):
        asked = RecordParty(id="cong-ty-a", name="A")
        record_party(store, asked, replace(OFFICER, expected=2))
