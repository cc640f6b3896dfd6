"""Reverting a change: everything answers as before it, and later work is never lost."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gis.clusters import (
    AdjustCluster,
    ApprovePlan,
    DropCluster,
    FoundCluster,
    PlannedArea,
    adjust_cluster,
    approve_plan,
    drop_cluster,
    found_cluster,
)
from gis.corrections import (
    Correct,
    FieldChange,
    Revert,
    Void,
    correct_record,
    revert_change,
    void_record,
)
from gis.mandates import Mandate
from gis.model import (
    Decision,
    LandUse,
    Lease,
    LeaseTier,
    Moment,
    Parcel,
    Party,
    Period,
    Submission,
    SubmissionState,
)
from gis.store import Entry, GeoPackageStore
from gis.store.kinds import KINDS
from gis.submissions import ProposedChange, submit
from gis.works import (
    AppointDeveloper,
    RecordParty,
    RecordSiteClearance,
    ReplaceDeveloper,
    appoint_developer,
    record_party,
    record_site_clearance,
    replace_developer,
)
from tests.gis.answers import answers
from tests.gis.digests import refused
from tests.gis.maps_of_plots import box
from tests.gis.registers import NOW, START, add, clean_register, entry
from tests.gis.requests import decided, surveyed

FIXER = Mandate(by="acc-2", reason="Nhập nhầm tệp")
ON = date(2024, 6, 1)
AREAS = (PlannedArea(land_use=LandUse.GREEN, shape=surveyed(box(0, 0, 2, 2)), label="CX"),)
APPOINT = AppointDeveloper(cluster_id="A", party_id="a", term=Period(START))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[GeoPackageStore]:
    """Yield a register with two companies and a developer."""
    made = clean_register(tmp_path)
    for name in ("a", "b"):
        record_party(made, RecordParty(id=name, name=name), Mandate(by="acc-1"))
    appoint_developer(made, APPOINT, decided(START, "QD-0"))
    yield made
    made.close()


def _imported(store: GeoPackageStore) -> None:
    """Write many things at once, as an import does."""
    plots = [
        entry(Parcel(id=f"N-{x}-{y}", cluster_id="B"), box(10 + x, y), Period(ON))
        for x in range(4)
        for y in range(4)
    ]
    with store.transaction(by="acc-1", action="import") as transaction:
        transaction.put_many(plots)
        transaction.put(entry(Parcel(id="A-1", cluster_id="A"), box(0, 0, 1, 0.5), Period(ON)))
        transaction.void(Parcel, "A-2", Period(ON))


def _corrected(store: GeoPackageStore) -> None:
    values = (FieldChange(name="plot_label", value="CN-01"),)
    correct_record(store, Correct(table="parcel", id="A-1", fields=values), FIXER)


CHANGES: dict[str, Callable[[GeoPackageStore], Any]] = {
    "found": lambda s: found_cluster(
        s,
        FoundCluster(name_vi="Mới", territory_id="hoa-binh", boundary=surveyed(box(30, 30))),
        decided(ON),
    ),
    "adjust": lambda s: adjust_cluster(
        s, AdjustCluster(cluster_id="A", boundary=surveyed(box(0, 0, 5, 5))), decided(ON)
    ),
    "plan": lambda s: approve_plan(s, ApprovePlan(cluster_id="A", areas=AREAS), decided(ON)),
    "clear": lambda s: record_site_clearance(
        s, RecordSiteClearance(cluster_id="A", cleared_m2=5.0), decided(ON)
    ),
    "replace": lambda s: replace_developer(
        s,
        ReplaceDeveloper(appointment=replace(APPOINT, party_id="b", term=Period(ON))),
        decided(ON),
    ),
    "drop": lambda s: drop_cluster(s, DropCluster(cluster_id="A"), decided(ON)),
    "void": lambda s: void_record(s, Void(table="parcel", id="A-2"), FIXER),
    "correct": _corrected,
    "import": _imported,
}


@pytest.mark.parametrize("name", CHANGES)
def test_everything_answers_as_before(store: GeoPackageStore, name: str) -> None:
    """Things, shapes, balances, lists and shares of every day; and reverting it brings all back."""
    before = answers(store)
    CHANGES[name](store)
    number, after = store.change_counter(), answers(store)
    assert after != before
    done = revert_change(store, Revert(change=number), FIXER)
    assert answers(store) == before
    change = store.changes()[-1]
    assert (change.action, change.reason) == ("change.revert", "Nhập nhầm tệp")
    assert done.notes[-1].facts["change"] == number
    for on in (date(2021, 1, 1), ON):
        assert store.balances(Moment(on)) == store.recompute_balances(Moment(on))
    revert_change(store, Revert(change=change.number), FIXER)
    assert answers(store) == after


def test_what_was_known_meanwhile_stays_known(store: GeoPackageStore) -> None:
    """The change was made, and the register says so for ever."""
    _imported(store)
    seen = store.present(ON)
    revert_change(store, Revert(change=store.change_counter()), FIXER)
    assert len(store.all(Parcel, seen, cluster_id="B")) == 16
    assert not store.all(Parcel, Moment(ON), cluster_id="B")


def test_later_work_on_the_same_things_is_not_lost(store: GeoPackageStore) -> None:
    """The refusal tells the things and the changes; reverting these first helps."""
    before = answers(store)
    _imported(store)
    number = store.change_counter()
    _corrected(store)
    void_record(store, Void(table="parcel", id="N-0-0"), FIXER)
    with refused(store, "revert.depended_on") as refusal:
        revert_change(store, Revert(change=number), FIXER)
    assert refusal.value.facts["others"] == [
        {"change": number + 1, "table": "parcel", "id": "A-1"},
        {"change": number + 2, "table": "parcel", "id": "N-0-0"},
    ]
    for later in (number + 2, number + 1, number):
        revert_change(store, Revert(change=later), FIXER)
    assert answers(store) == before


def test_what_later_things_need_is_not_taken_away(store: GeoPackageStore) -> None:
    """A lease of an imported parcel keeps the import; one that needs nothing of it does not."""
    _imported(store)
    number = store.change_counter()
    lease = Lease(
        id="L",
        cluster_id="B",
        tier=LeaseTier.DIRECT,
        contract_number="1",
        lessor_id="a",
        lessee_id="b",
        term=Period(ON, date(2070, 1, 1)),
        parcel_ids=("N-1-1",),
    )
    add(store, entry(lease, valid=Period(ON)))
    with refused(store, "revert.depended_on") as refusal:
        revert_change(store, Revert(change=number), FIXER)
    assert refusal.value.facts["others"] == [{"change": number + 1, "table": "lease", "id": "L"}]
    assert f"lease L ({number + 1})" in refusal.value.sentence("en")
    void_record(store, Void(table="lease", id="L"), FIXER)
    revert_change(store, Revert(change=number), FIXER)


def test_what_only_changes_shape_is_still_there_for_later_things(store: GeoPackageStore) -> None:
    """A lease of a parcel that a revert leaves in another form needs nothing that is lost."""
    _corrected(store)
    number = store.change_counter()
    lease = Lease(
        id="L",
        cluster_id="A",
        tier=LeaseTier.DIRECT,
        contract_number="1",
        lessor_id="a",
        lessee_id="b",
        term=Period(ON, date(2070, 1, 1)),
        parcel_ids=("A-1",),
    )
    add(store, entry(lease, valid=Period(ON)))
    revert_change(store, Revert(change=number), FIXER)
    assert store.one(Parcel, "A-1", NOW).thing.plot_label is None


def test_a_decision_that_others_name_stays(store: GeoPackageStore) -> None:
    """The change that brought it is not reverted while later ones rest on it."""
    CHANGES["clear"](store)
    number = store.change_counter()
    again = RecordSiteClearance(cluster_id="B", cleared_m2=1.0)
    record_site_clearance(store, again, Mandate(by="acc-1", decision_id="QD-1"))
    with refused(store, "revert.depended_on"):
        revert_change(store, Revert(change=number), FIXER)
    assert store.all(Decision, NOW, ids=["QD-1"])


def test_a_submission_is_submitted_again(store: GeoPackageStore) -> None:
    """When the change that put it in force is taken back."""
    proposed = ProposedChange(action="party.record", request="{}")
    name = submit(store, proposed, Mandate(by="acc-1")).things[0].id
    judge = Mandate(by="acc-3", submission_id=name)
    record_party(store, RecordParty(id="c", name="c"), judge)
    revert_change(store, Revert(change=store.change_counter()), FIXER)
    assert store.one(Submission, name, NOW).thing.state is SubmissionState.SUBMITTED
    assert not store.all(Party, NOW, ids=["c"])


def test_a_change_twice_in_one_time_comes_back_whole(store: GeoPackageStore) -> None:
    """A thing of several versions that a change cut has each of them again."""
    days = [date(2024, month, 1) for month in (1, 3, 5, 7)]
    add(store, *(Entry(Party(id="p", name=str(day)), Period(day)) for day in days))
    before = answers(store, days)
    with store.transaction(by="a", action="b") as transaction:
        wide = Period(date(2024, 2, 1), date(2024, 6, 1))
        transaction.put(Entry(Party(id="p", name="x"), wide))
        transaction.void(Party, "p", Period(date(2024, 2, 10), date(2024, 2, 20)))
    revert_change(store, Revert(change=store.change_counter()), FIXER)
    assert answers(store, days) == before
    live = [one for one in store.history(Party, "p") if one.known_to is None]
    assert sorted((one.valid for one in live), key=lambda valid: valid.start or date.min) == [
        Period(days[0], days[1]),
        Period(days[1], days[2]),
        Period(days[2], days[3]),
        Period(days[3]),
    ]


def test_what_is_no_change_of_records_is_refused(store: GeoPackageStore) -> None:
    """An unknown number, a setting, an erasure; and a revert gives its reason."""
    for number in (0, -1, 10**30, store.change_counter() + 1):
        with refused(store, "change.unknown"):
            revert_change(store, Revert(change=number), FIXER)
    with store.transaction(by="a", action="b") as transaction:
        transaction.set_setting("logo", "x")
    with refused(store, "revert.settings"):
        revert_change(store, Revert(change=store.change_counter()), FIXER)
    with store.transaction(by="a", action="b") as transaction:
        transaction.erase(Party, "b")
    with refused(store, "revert.nothing"):
        revert_change(store, Revert(change=store.change_counter()), FIXER)
    with refused(store, "reason.required"):
        revert_change(store, Revert(change=2), replace(FIXER, reason=None))


def test_every_kind_can_be_reverted(store: GeoPackageStore) -> None:
    """What a change wrote is found in the tables of every kind."""
    written = store.written_by(1)
    kinds = {type(one.thing) for one in written.opened}
    assert kinds <= {kind.cls for kind in KINDS}
    assert (len(written.opened), written.closed) == (12, ())
    assert written.settings == ("territory",)
