"""People's data is in the chain as a salted hash: erased, it is gone, and the chain holds."""

from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from gis.errors import Conflict, NotFound
from gis.model import Moment, Party, Period, Submission, SubmissionState
from gis.store import Entry, GeoPackageStore, Store, open_store
from gis.store.kinds import ERASED, kind_of
from gis.store.personal import personal_hash
from gis.store.schema import TABLES
from tests.gis.registers import behind_our_back
from tests.gis.store.test_journal import is_intact
from tests.gis.store.things import ALWAYS, NOW, FakeClock, party, write

NAME = "Công ty TNHH Đá Núi Trầm"


def submission(request: str, cluster_id: str | None = "A") -> Entry:
    """Return a submission that was put in force."""
    thing = Submission(
        id="S",
        action="party.record",
        request=request,
        author="acc-1",
        state=SubmissionState.IN_FORCE,
        cluster_id=cluster_id,
    )
    return Entry(thing, ALWAYS)


def erase(store: Store, cls: type, thing_id: str) -> None:
    """Erase a thing's personal fields in a change of its own."""
    with store.transaction(by="a", action="test.erase", reason="theo yêu cầu") as transaction:
        transaction.erase(cls, thing_id)


@pytest.fixture
def register(register_path: Path) -> GeoPackageStore:
    """Return a register with a party whose name was corrected once, and its submission."""
    store = open_store(register_path, clock=FakeClock())
    write(store, party("P", text="Công ty cũ"), party("Q", text="Công ty khác"))
    write(store, party("P", text=NAME, valid=Period(date(2022, 1, 1), date(2023, 1, 1))))
    write(store, submission(f'{{"name": "{NAME}"}}'))
    return store


def test_every_version_has_a_salt_of_its_own(register: GeoPackageStore) -> None:
    """Equal names don't show as equal hashes; each hash follows from salt and fields."""
    table = TABLES[Party].version
    with register._reading() as connection:
        rows = connection.execute(sa.select(table)).mappings().all()
    assert len({row["personal_salt"] for row in rows}) == len(rows) == 5
    assert len({row["personal_hash"] for row in rows}) == 5
    for row in rows:
        assert row["personal_hash"] == personal_hash(
            kind_of(Party), row["personal_salt"], dict(row)
        )


def test_what_is_erased_is_gone_from_every_version(register: GeoPackageStore) -> None:
    """From the past that was known before too, and from the row that people see."""
    before = register.present(NOW.on).known_at
    erase(register, Party, "P")
    assert {version.thing.name for version in register.history(Party, "P")} == {ERASED}
    assert register.one(Party, "P", Moment(NOW.on, before)).thing.name == ERASED
    assert register.one(Party, "Q", NOW).thing.name == "Công ty khác"
    assert register.changes()[-1].reason == "theo yêu cầu"
    erase(register, Submission, "S")
    assert NAME not in register.one(Submission, "S", NOW).thing.request
    register.close()
    assert is_intact(Path(register.url))


def test_no_byte_of_it_is_left_once_the_file_is_scrubbed(register: GeoPackageStore) -> None:
    """Neither in free pages nor in the log of a register that is being served."""
    register.serve_many()
    erase(register, Party, "P")
    erase(register, Submission, "S")
    register.scrub()
    register.close()
    path = Path(register.url)
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    content = path.read_bytes()
    assert "Công ty cũ".encode() not in content
    assert NAME.encode() not in content
    assert "Công ty khác".encode() in content
    assert is_intact(path)


def test_what_was_erased_may_be_cut_and_erased_again(register: GeoPackageStore) -> None:
    """A later version for a part of the time leaves an intact chain."""
    erase(register, Party, "P")
    write(register, party("P", text="Lại có tên", valid=Period(date(2022, 6, 1))))
    erase(register, Party, "P")
    assert {version.thing.name for version in register.history(Party, "P")} == {ERASED}
    changes = register.change_counter()
    erase(register, Party, "P")
    assert register.change_counter() == changes
    register.close()
    assert is_intact(Path(register.url))


def test_an_erasure_and_its_change_are_one(register: GeoPackageStore) -> None:
    """A version written by the same change is erased too, and its number is told."""
    with register.transaction(by="a", action="b") as transaction:
        transaction.put(party("P", text="Tên mới"))
        transaction.erase(Party, "P")
    assert transaction.versions[Party, "P"] == 5
    assert {version.thing.name for version in register.history(Party, "P")} == {ERASED}
    register.close()
    assert is_intact(Path(register.url))


def test_nobody_is_erased_who_is_not_there(register: GeoPackageStore) -> None:
    """The change keeps nothing."""
    with pytest.raises(NotFound) as problem:
        erase(register, Party, "nobody")
    assert problem.value.code == "thing.unknown"
    assert register.change_counter() == 3


def test_what_the_first_release_wrote_is_not_erased_without_a_word(
    register: GeoPackageStore,
) -> None:
    """Its chain holds the name itself."""
    with behind_our_back(register) as raw:
        raw.execute("UPDATE party_version SET personal_hash = NULL, personal_salt = NULL")
    with pytest.raises(Conflict) as problem:
        erase(register, Party, "P")
    assert problem.value.code == "erasure.unsealed"
    assert register.one(Party, "P", NOW).thing.name == "Công ty cũ"


def test_words_are_found_in_every_version(store: Store) -> None:
    """Also where they were corrected since; a word's signs are no patterns."""
    write(store, party("P", text="100% Việt_Nam"), party("Q", text="100 Việt-Nam"))
    write(store, party("P", text="khác"))
    assert store.naming(Party, ["100% Việt_Nam", "nobody"]) == ["P"]
    assert store.naming(Party, ["00"]) == ["P", "Q"]
    assert store.naming(Party, []) == []
