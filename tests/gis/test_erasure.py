"""A party is erased on request: everywhere, with a reason, and the register still vouches."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from gis.erasure import erase_party
from gis.errors import Conflict, GisError, NotFound, RuleBroken
from gis.mandates import ALWAYS, Mandate
from gis.model import Moment, Party, Submission, SubmissionState, today
from gis.names import slug
from gis.store import Entry, GeoPackageStore
from gis.store.kinds import ERASED
from gis.works import RecordParty, record_party
from tests.gis.registers import add, clean_register

ASKED = Mandate(by="acc-1", reason="đề nghị của ông A ngày 12/3")
NAME, TAX = 'Hộ "ông A" & con', "5400123456"


def submission(name: str, request: str, state: SubmissionState) -> Entry:
    """Return a proposal to record something."""
    thing = Submission(id=name, action="x", request=request, author="acc-2", state=state)
    return Entry(thing, ALWAYS)


@pytest.fixture
def store(tmp_path: Path) -> GeoPackageStore:
    """Return a register with two parties and submissions that name them."""
    store = clean_register(tmp_path)
    add(
        store,
        Entry(Party(id="P", name=NAME, tax_code=TAX), ALWAYS),
        Entry(Party(id="Q", name="Công ty Q"), ALWAYS),
        submission("s-1", json.dumps({"name": NAME}), SubmissionState.IN_FORCE),
        submission("s-2", f'{{"note":"mã {TAX}"}}', SubmissionState.REFUSED),
        submission("s-3", '{"name":"Công ty Q"}', SubmissionState.SUBMITTED),
    )
    add(store, Entry(Party(id="P", name=f"{NAME} (mới)", tax_code=TAX), ALWAYS))
    return store


def refused(store: GeoPackageStore, mandate: Mandate, party_id: str = "P") -> GisError:
    """Return why an erasure is refused; nothing changes."""
    before = store.change_counter()
    with pytest.raises(GisError) as problem:
        erase_party(store, party_id, mandate)
    assert store.change_counter() == before
    return problem.value


def test_a_party_is_erased_everywhere(store: GeoPackageStore) -> None:
    """From all its versions and from the submissions that hold its name or tax code."""
    done = erase_party(store, "P", ASKED)
    assert (done.things[0].id, done.things[0].version) == ("P", 3)
    for version in store.history(Party, "P"):
        assert (version.thing.name, version.thing.tax_code) == (ERASED, None)
    requests = {v.thing.id: v.thing.request for v in store.all(Submission, Moment(today()))}
    assert json.loads(requests["s-1"]) == json.loads(requests["s-2"]) == {"erased": ERASED}
    assert "Công ty Q" in requests["s-3"]
    assert (store.changes()[-1].action, store.changes()[-1].reason) == (
        "party.erase",
        ASKED.reason,
    )
    store.close()
    content = Path(store.url).read_bytes()
    assert "ông A".encode() in content, "the reason is not erased: the guide says so"
    assert NAME.encode() not in content
    assert TAX.encode() not in content


def test_erasing_again_does_no_harm(store: GeoPackageStore) -> None:
    """For one whose first try was told that the register is busy."""
    erase_party(store, "P", ASKED)
    erase_party(store, "P", ASKED)
    assert store.one(Party, "P", Moment(today())).thing.name == ERASED


def test_a_dry_run_erases_nothing(store: GeoPackageStore) -> None:
    """It says what would be refused."""
    assert erase_party(store, "P", replace(ASKED, dry_run=True)).change is None
    assert store.one(Party, "P", Moment(today())).thing.tax_code == TAX


def test_an_erasure_needs_a_reason(store: GeoPackageStore) -> None:
    """As every correction does."""
    problem = refused(store, Mandate(by="acc-1"))
    assert isinstance(problem, RuleBroken)
    assert problem.code == "reason.required"


def test_an_open_submission_is_decided_first(store: GeoPackageStore) -> None:
    """Erased, it could not be put in force as it is."""
    problem = refused(store, ASKED, "Q")
    assert isinstance(problem, Conflict)
    assert (problem.code, problem.facts["ids"]) == ("erasure.submission", "s-3")


def test_a_party_that_is_not_there_or_changed_is_refused(store: GeoPackageStore) -> None:
    """Nobody is erased by mistake."""
    assert isinstance(refused(store, ASKED, "nobody"), NotFound)
    assert refused(store, replace(ASKED, expected=1)).code == "record.stale"


def test_no_trace_of_a_recorded_name_is_left(store: GeoPackageStore) -> None:
    """Not in ids either: a use case that records a party makes none of its name."""
    officer = Mandate(by="acc-1")
    recorded = record_party(store, RecordParty(name="Hộ Đinh Thị Xoan"), officer).things[0].id
    erase_party(store, recorded, ASKED)
    store.close()
    content = Path(store.url).read_bytes().lower()
    assert slug("Xoan").encode() not in content
    assert store.verify().is_clean
