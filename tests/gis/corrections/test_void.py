"""Voiding a record: gone from every day, there in the history, refused while others need it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from gis.corrections import Void, void_record
from gis.mandates import Mandate
from gis.model import (
    Cluster,
    Decision,
    Figure,
    Lease,
    LeaseTier,
    LeaseUse,
    Moment,
    Parcel,
    Party,
    Period,
    PlanArea,
    Project,
    Source,
    UseEvent,
)
from gis.store import GeoPackageStore
from tests.gis.digests import refused
from tests.gis.maps_of_plots import box
from tests.gis.registers import NOW, START, add, clean_register, entry
from tests.gis.requests import decided

FIXER = Mandate(by="acc-2", reason="Ghi nhầm")
TERM = Period(date(2021, 1, 1), date(2060, 1, 1))
HEAD = Lease(
    id="H",
    cluster_id="A",
    tier=LeaseTier.HEAD,
    contract_number="1",
    lessor_id="state",
    lessee_id="dev",
    term=TERM,
)
SUB = replace(
    HEAD,
    id="L",
    tier=LeaseTier.SUBLEASE,
    lessor_id="dev",
    lessee_id="tenant",
    parcel_ids=("A-2", "A-1"),
    head_lease_id="H",
    project_id="P",
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[GeoPackageStore]:
    """Yield a register with a head lease, a sublease within it, its project and parties."""
    made = clean_register(tmp_path)
    always = Period()
    add(made, *(entry(Party(id=name, name=name), valid=always) for name in ("state", "dev")))
    add(made, entry(Party(id="tenant", name="Công ty A"), valid=always))
    add(made, entry(Project(id="P", cluster_id="A", name_vi="P", party_id="tenant")))
    add(made, entry(HEAD), entry(SUB))
    yield made
    made.close()


def test_a_voided_record_is_gone_and_remembered(store: GeoPackageStore) -> None:
    """From every day; what was known before stays known to have been known."""
    seen = store.present(NOW.on)
    done = void_record(store, Void(table="plan_area", id="A-area-2"), FIXER)
    for day in (START, NOW.on, date.max):
        assert not store.all(PlanArea, Moment(day), ids=["A-area-2"])
    assert store.all(PlanArea, seen, ids=["A-area-2"])
    balance = store.balance("A", NOW)
    assert balance is not None
    assert balance.industry_m2 == pytest.approx(800)
    change = store.changes()[-1]
    assert (change.number, change.action, change.reason) == (
        done.change,
        "record.void",
        "Ghi nhầm",
    )
    with refused(store, "thing.unknown"):
        void_record(store, Void(table="plan_area", id="A-area-2"), FIXER)


def test_a_period_can_be_voided(store: GeoPackageStore) -> None:
    """The rest stays, with the day before as its last."""
    asked = Void(table="plan_area", id="A-area-2", valid=Period(date(2022, 1, 1)))
    done = void_record(store, asked, FIXER)
    assert done.things[0].version == 2
    assert store.one(PlanArea, "A-area-2", Moment(START)).valid == Period(START, date(2022, 1, 1))
    with refused(store, "thing.unknown"):
        void_record(store, asked, FIXER)


@pytest.mark.parametrize(
    ("table", "thing_id", "needed_by"),
    [
        ("parcel", "A-1", {"lease L"}),
        ("lease", "H", {"lease L"}),
        ("project", "P", {"lease L"}),
        ("party", "tenant", {"lease L", "project P"}),
        ("party", "dev", {"lease H", "lease L"}),
        ("detailed_plan", "A-plan", {"plan_area A-area-1", "plan_area A-area-2"}),
        ("cluster", "unmapped", {"parcel far-away", "serving_land housing"}),
        ("territory", "hoa-binh", {"cluster A", "cluster B", "cluster unmapped"}),
    ],
)
def test_what_others_need_is_not_voided(
    store: GeoPackageStore, table: str, thing_id: str, needed_by: set[str]
) -> None:
    """The refusal lists them all, each with the change that wrote it."""
    with refused(store, "record.depended_on") as refusal:
        void_record(store, Void(table=table, id=thing_id), FIXER)
    others = refusal.value.facts["others"]
    assert {f"{one['table']} {one['id']}" for one in others} == needed_by
    assert all(one["change"] > 0 for one in others)
    assert refusal.value.facts["count"] == len(needed_by)


def test_who_is_not_yet_or_no_longer_there_needs_nothing(store: GeoPackageStore) -> None:
    """A lease that ended, or a time in which nobody held the land."""
    early = Void(table="parcel", id="A-1", valid=Period(None, date(2020, 6, 1)))
    void_record(store, early, FIXER)
    over = replace(SUB, terminated_on=TERM.start)
    add(store, entry(over))
    void_record(store, Void(table="parcel", id="A-1"), FIXER)
    void_record(store, Void(table="lease", id="H"), FIXER)


def test_an_id_that_only_resembles_is_no_reference(store: GeoPackageStore) -> None:
    """Neither in other case nor as part of another id."""
    for name in ("a-1", "A-11", "A_1", "A-1%"):
        add(store, entry(Parcel(id=name, cluster_id="A"), box(3, 3)))
        void_record(store, Void(table="parcel", id=name), FIXER)


def test_lineage_and_evidence_need_their_records(store: GeoPackageStore) -> None:
    """Children their parents, also those that ended; a use its lease; a figure its source."""
    child = Parcel(id="A-1a", cluster_id="A", parent_ids=("A-0",))
    parent = Parcel(id="A-0", cluster_id="A")
    use = LeaseUse(id="U", cluster_id="A", lease_id="L", event=UseEvent.STARTED, on=START)
    add(store, entry(parent, box(3, 3), Period(START, date(2022, 1, 1))))
    add(store, entry(child, box(3, 3), Period(date(2022, 1, 1))), entry(use))
    for table, name in (("parcel", "A-0"), ("lease", "L")):
        with refused(store, "record.depended_on"):
            void_record(store, Void(table=table, id=name), FIXER)


def test_a_decision_behind_something_stays(store: GeoPackageStore) -> None:
    """One behind nothing may go."""
    with store.transaction(by="a", action="b", decision_id="D") as transaction:
        transaction.put(entry(Decision(id="D", number="1", on=START, issuer="i", title="t")))
        transaction.put(entry(Party(id="x", name="x")))
        transaction.put(entry(Source(id="S", title="s")))
    with store.transaction(by="a", action="b") as transaction:
        transaction.put(entry(Decision(id="E", number="2", on=START, issuer="i", title="t")))
    with refused(store, "record.depended_on") as refusal:
        void_record(store, Void(table="decision", id="D"), FIXER)
    named = {one["table"] for one in refusal.value.facts["others"]}
    assert named == {"party", "source"}
    void_record(store, Void(table="decision", id="E"), FIXER)


def test_voiding_gives_its_reason_and_names_a_record(store: GeoPackageStore) -> None:
    """That is there, of a kind that can be voided, in the version that was seen."""
    asked = Void(table="plan_area", id="A-area-1")
    with refused(store, "reason.required"):
        void_record(store, asked, decided(START))
    with refused(store, "thing.unknown"):
        void_record(store, replace(asked, id="none"), FIXER)
    with refused(store, "value.choice"):
        void_record(store, replace(asked, table="submission"), FIXER)
    with refused(store, "record.stale"):
        void_record(store, asked, replace(FIXER, expected=9))
    assert store.history(Cluster, "A")[0].known_to is None
    assert not store.history(Figure, "A")
