"""On whose word the register changes: decisions, keys, versions and the rule of two people."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from gis.errors import GisError, RequestRepeated
from gis.mandates import (
    ALWAYS,
    FOUR_EYES,
    Done,
    Mandate,
    RequestKey,
    carry_out,
    latest_version,
    require_reason,
    require_unchanged,
)
from gis.model import Decision, Moment, Party, Submission, SubmissionState
from gis.store import Entry, GeoPackageStore
from tests.gis.registers import clean_register

DECISION = Decision(id="QD-1", number="1/QĐ-UBND", on=date(2024, 1, 2), issuer="UBND", title="Thuê")
OFFICER = Mandate(by="acc-1", decision=DECISION)
NOW = Moment(date(2024, 12, 31))


@pytest.fixture
def store(tmp_path: Path) -> GeoPackageStore:
    """Return a small register of its own."""
    return clean_register(tmp_path)


def rename(store: GeoPackageStore, mandate: Mandate, name: str = "Công ty A") -> Done:
    """Do the smallest change of land there is."""
    with carry_out(store, mandate, "test.rename", cluster_ids=["A"]) as (transaction, done):
        require_unchanged(transaction, Party, "P", mandate)
        transaction.put(Entry(Party(id="P", name=name), ALWAYS))
        done.tell((Party, "P"))
    return done


def code_of(refused: pytest.ExceptionInfo[GisError]) -> str:
    """Return the code of a refusal."""
    return refused.value.code


def test_a_change_names_who_and_by_which_decision(store: GeoPackageStore) -> None:
    """The decision is recorded in the same change, and the outcome says what was written."""
    done = rename(store, OFFICER)
    change = store.changes()[-1]
    assert (change.by, change.action, change.decision_id) == ("acc-1", "test.rename", "QD-1")
    assert done.change == change.number
    assert [(thing.cls, thing.id, thing.version) for thing in done.things] == [(Party, "P", 1)]
    assert store.one(Decision, "QD-1", NOW).change == change.number


def test_a_note_is_said_in_words() -> None:
    """What should be known has a code, facts and a sentence, as an error has."""
    done = Done()
    done.note("value.empty", name="Số thửa")
    assert [(note.code, note.facts) for note in done.notes] == [
        ("value.empty", {"name": "Số thửa"})
    ]
    assert done.notes[0].sentence() == "Số thửa không được để trống."


def test_land_changes_by_decision_only(store: GeoPackageStore) -> None:
    """None, or one that nobody recorded, is refused; one that is known may be named."""
    with pytest.raises(GisError) as refused:
        rename(store, Mandate(by="acc-1"))
    assert code_of(refused) == "decision.required"
    with pytest.raises(GisError) as refused:
        rename(store, Mandate(by="acc-1", decision_id="QD-1"))
    assert code_of(refused) == "decision.unknown"
    rename(store, OFFICER)
    assert rename(store, Mandate(by="acc-1", decision_id="QD-1"), "B").things[0].version == 2


def test_a_dry_run_keeps_nothing(store: GeoPackageStore) -> None:
    """It tells what would be written, and its errors are real ones."""
    before = store.change_counter()
    done = rename(store, replace(OFFICER, dry_run=True))
    assert (done.change, done.things[0].version) == (None, 1)
    assert store.change_counter() == before
    assert not store.history(Party, "P")


def test_who_saw_an_older_version_is_refused(store: GeoPackageStore) -> None:
    """Only the version expected may be changed."""
    rename(store, replace(OFFICER, expected=0))
    with pytest.raises(GisError) as refused:
        rename(store, replace(OFFICER, expected=0))
    assert code_of(refused) == "record.stale"
    assert (refused.value.facts["current"], refused.value.facts["expected"]) == (1, 0)
    assert latest_version(store, Party, "P") == 1


def test_the_same_request_is_done_once(store: GeoPackageStore) -> None:
    """A second time its result is told; another request with the same key is refused."""
    key = RequestKey.of("k", b"one")
    done = rename(store, replace(OFFICER, request=key))
    with pytest.raises(RequestRepeated) as repeated:
        rename(store, replace(OFFICER, request=key))
    assert repeated.value.facts == {"change": done.change, "result": '[["party", "P"]]'}
    with pytest.raises(GisError) as refused:
        rename(store, replace(OFFICER, request=RequestKey.of("k", b"other")))
    assert code_of(refused) == "request.key_reused"
    rename(store, replace(OFFICER, by="acc-2", request=RequestKey.of("k", b"other")))
    assert latest_version(store, Party, "P") == 2


@pytest.mark.parametrize("reason", [None, "", "  "])
def test_a_correction_gives_its_reason(reason: str | None) -> None:
    """Blanks are none."""
    with pytest.raises(GisError) as refused:
        require_reason(Mandate(by="acc-1", reason=reason))
    assert code_of(refused) == "reason.required"
    assert require_reason(Mandate(by="acc-1", reason="Sai số thửa")) == "Sai số thửa"


def submit(store: GeoPackageStore, state: SubmissionState = SubmissionState.SUBMITTED) -> str:
    """Write a submission of the first account."""
    proposed = Submission(
        id="S", action="test.rename", request="{}", author="acc-1", state=state, cluster_id="A"
    )
    with store.transaction(by="acc-1", action="submission.submit") as transaction:
        transaction.put(Entry(proposed, ALWAYS))
    return proposed.id


def test_another_puts_a_submission_in_force(store: GeoPackageStore) -> None:
    """The change names both people, and the submission is in force with it."""
    judge = replace(OFFICER, by="acc-2", submission_id=submit(store))
    rename(store, judge)
    change = store.changes()[-1]
    assert (change.by, change.submitted_by) == ("acc-2", "acc-1")
    found = store.one(Submission, "S", NOW)
    assert (found.thing.state, found.thing.decided_by) == (SubmissionState.IN_FORCE, "acc-2")
    assert found.change == change.number
    with pytest.raises(GisError) as refused:
        rename(store, judge)
    assert code_of(refused) == "submission.state"


def test_nobody_puts_his_own_in_force_but_in_an_office_of_one(store: GeoPackageStore) -> None:
    """The rule of two people is a setting."""
    own = replace(OFFICER, submission_id=submit(store))
    with pytest.raises(GisError) as refused:
        rename(store, own)
    assert code_of(refused) == "submission.own"
    assert not store.history(Party, "P")
    with store.transaction(by="acc-9", action="setting") as transaction:
        transaction.set_setting(FOUR_EYES, "0")
    assert rename(store, own).change == store.change_counter()


def test_a_submission_that_is_not_there_is_refused(store: GeoPackageStore) -> None:
    """By its id, with a code."""
    with pytest.raises(GisError) as refused:
        rename(store, replace(OFFICER, submission_id="nothing"))
    assert code_of(refused) == "submission.unknown"
