"""Proposed changes: nobody's figures, in the hands of their authors until another decides."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from gis.errors import GisError
from gis.mandates import Done, Mandate
from gis.model import Cluster, Moment, Parcel, Submission, SubmissionState
from gis.store import GeoPackageStore
from gis.submissions import (
    ProposedChange,
    draft,
    list_submissions,
    refuse,
    submit,
    submit_draft,
    withdraw,
)
from tests.gis.answers import answers
from tests.gis.registers import clean_register

AUTHOR, JUDGE = Mandate(by="acc-1"), Mandate(by="acc-2", reason="Thiếu hợp đồng")
SPLIT = ProposedChange(action="parcel.split", request='{"parcel_id": "A-1"}', cluster_id="A")
NOW = Moment(date(2024, 12, 31))


@pytest.fixture
def store(tmp_path: Path) -> GeoPackageStore:
    """Return a small register of its own."""
    return clean_register(tmp_path)


def id_of(done: Done) -> str:
    """Return the submission that was written."""
    (written,) = done.things
    assert written.cls is Submission
    return written.id


def state_of(store: GeoPackageStore, submission_id: str) -> SubmissionState:
    """Return how far a submission has come."""
    return store.one(Submission, submission_id, NOW).thing.state


def refused_code(store: GeoPackageStore, what: object, *arguments: object) -> str:
    """Return the code with which something is refused; the register must stay as it is."""
    assert callable(what)
    before = store.change_counter()
    with pytest.raises(GisError) as refused:
        what(store, *arguments)
    assert store.change_counter() == before
    return refused.value.code


def test_a_draft_is_handed_in_by_its_author(store: GeoPackageStore) -> None:
    """Then it waits for somebody else."""
    drafted = id_of(draft(store, SPLIT, AUTHOR))
    assert state_of(store, drafted) is SubmissionState.DRAFT
    assert refused_code(store, submit_draft, drafted, JUDGE) == "submission.others"
    submit_draft(store, drafted, AUTHOR)
    assert state_of(store, drafted) is SubmissionState.SUBMITTED
    assert refused_code(store, submit_draft, drafted, AUTHOR) == "submission.state"


def test_a_submission_is_taken_back_by_its_author_only(store: GeoPackageStore) -> None:
    """And nothing happens to it afterwards."""
    submitted = id_of(submit(store, SPLIT, AUTHOR))
    assert refused_code(store, withdraw, submitted, JUDGE) == "submission.others"
    withdraw(store, submitted, AUTHOR)
    assert state_of(store, submitted) is SubmissionState.WITHDRAWN
    assert refused_code(store, refuse, submitted, JUDGE) == "submission.state"


def test_a_refusal_says_why(store: GeoPackageStore) -> None:
    """The reason reaches the author as a note."""
    submitted = id_of(submit(store, SPLIT, AUTHOR))
    assert refused_code(store, refuse, submitted, Mandate(by="acc-2")) == "reason.required"
    refuse(store, submitted, JUDGE)
    found = store.one(Submission, submitted, NOW).thing
    assert (found.state, found.decided_by) == (SubmissionState.REFUSED, "acc-2")
    assert found.note == "Thiếu hợp đồng"


def test_who_saw_an_older_version_is_refused(store: GeoPackageStore) -> None:
    """As with any record."""
    submitted = id_of(submit(store, SPLIT, AUTHOR))
    stale = Mandate(by="acc-1", expected=2)
    assert refused_code(store, withdraw, submitted, stale) == "record.stale"


def test_what_is_proposed_is_nobodys_figure(store: GeoPackageStore) -> None:
    """No cluster, parcel or balance changes by a draft or a submission."""
    before = (store.all(Cluster, NOW), store.all(Parcel, NOW), store.balances(NOW))
    draft(store, SPLIT, AUTHOR)
    submit(store, SPLIT, AUTHOR)
    assert (store.all(Cluster, NOW), store.all(Parcel, NOW), store.balances(NOW)) == before


def test_submissions_are_found_by_state_author_and_cluster(store: GeoPackageStore) -> None:
    """Each alone and together; without a wish, all of them."""
    drafted = id_of(draft(store, SPLIT, AUTHOR))
    other = ProposedChange(action="figure.record", request="{}")
    submitted = id_of(submit(store, other, JUDGE))
    found = {version.thing.id for version in list_submissions(store)}
    assert found == {drafted, submitted}

    def ids(**wanted: object) -> list[str]:
        return [version.thing.id for version in list_submissions(store, **wanted)]  # type: ignore[arg-type]

    assert ids(states=[SubmissionState.SUBMITTED]) == [submitted]
    assert ids(author="acc-1") == [drafted]
    assert ids(cluster_id="A") == [drafted]
    assert ids(states=[SubmissionState.DRAFT], author="acc-2") == []


@pytest.mark.parametrize("make", [draft, submit])
def test_no_list_count_balance_or_share_knows_of_a_proposal(
    store: GeoPackageStore, make: Callable[[GeoPackageStore, ProposedChange, Mandate], Done]
) -> None:
    """Drafted, submitted, refused or withdrawn: every answer about the land is as before."""
    before = answers(store)
    asked = '{"name_vi": "Đú Sáng", "approved_area_ha": 40.0}'
    proposed = ProposedChange(action="cluster.found", request=asked, cluster_id="A")
    name = make(store, proposed, AUTHOR).things[0].id
    assert answers(store) == before
    withdraw(store, name, AUTHOR)
    assert answers(store) == before
