"""The database of the accounts: private, beside the register, and never another one's file."""

import os
import sqlite3
import stat
import threading
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from gis.accounts import Accounts, accounts_path, open_accounts, people, sessions, tokens
from gis.accounts.schema import event, fact
from gis.errors import StoreBusy, StoreProblem
from gis.rights import Role
from gis.store import create_store
from tests.gis.accounts.conftest import QUICK, MovedClock


def test_what_was_kept_is_there_again(register: str, accounts: Accounts) -> None:
    """After closing and opening, on both engines."""
    one = people.add_account(accounts, login="lan", name="Lan", roles=[Role.PLANNER])
    accounts.close()
    again = open_accounts(register, clock=accounts.now, policy=QUICK)
    assert people.all_accounts(again) == [one]
    again.close()


def test_what_is_done_to_accounts_is_written_down(accounts: Accounts) -> None:
    """Who did what to whom, by ids alone."""
    admin = people.add_account(accounts, login="admin1", name="A", roles=[Role.ADMIN])
    one = people.add_account(accounts, login="lan", name="Lan", roles=[], by=admin.id)
    people.change_account(accounts, one.id, roles=[Role.OFFICER], by=admin.id)
    people.disable_account(accounts, one.id, by=admin.id)
    with accounts.reading() as connection:
        rows = connection.execute(sa.select(event).order_by(event.c.id)).mappings().all()
    assert [(row["by"], row["account_id"], row["action"]) for row in rows] == [
        ("", admin.id, "added"),
        (admin.id, one.id, "added"),
        (admin.id, one.id, "changed"),
        (admin.id, one.id, "disabled"),
    ]


def test_a_newer_database_is_refused(register: str, accounts: Accounts) -> None:
    """It says which schema it found; nothing is changed."""
    with accounts.writing() as connection:
        connection.execute(fact.update().values(value="2"))
    with pytest.raises(StoreProblem) as refused:
        open_accounts(register)
    assert refused.value.code == "accounts.newer"
    assert refused.value.facts["found"] == "2"


def test_a_write_that_fails_leaves_nothing(accounts: Accounts) -> None:
    """An error inside the block takes everything back."""
    people.add_account(accounts, login="lan", name="Lan", roles=[])

    def fail() -> None:
        with accounts.writing() as connection:
            connection.execute(fact.update().values(value="9"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with accounts.reading() as connection:
        assert connection.scalar(sa.select(fact.c.value)) == "1"


def test_racing_writers_take_turns(accounts: Accounts) -> None:
    """Forty additions from eight threads are forty accounts."""

    def add(number: int) -> None:
        for turn in range(5):
            people.add_account(accounts, login=f"a{number}.{turn}", name="A", roles=[])

    threads = [threading.Thread(target=add, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(people.all_accounts(accounts)) == 40


# --- the file -------------------------------------------------------------------------------------


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return the path of a register."""
    return tmp_path / "land.gpkg"


def test_the_file_is_its_owners_alone(file: Path) -> None:
    """Mode 0600 whatever the umask says, and again where somebody widened it."""
    before = os.umask(0)
    try:
        open_accounts(str(file)).close()
    finally:
        os.umask(before)
    kept = accounts_path(str(file))
    assert kept == file.with_name("land.gpkg.accounts")
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    kept.chmod(0o644)
    open_accounts(str(file)).close()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert [path.name for path in file.parent.iterdir()] == ["land.gpkg.accounts"]


def test_the_register_holds_nothing_of_people(file: Path) -> None:
    """Neither a table nor a word: the GeoPackage is a file that is handed on."""
    create_store(file).close()
    accounts = open_accounts(str(file), policy=QUICK)
    people.add_account(accounts, login="very-secret-login", name="Người Bí Mật", roles=[])
    accounts.close()
    assert b"very-secret-login" not in file.read_bytes()
    with closing(sqlite3.connect(file)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master").fetchall()
    assert not {"account", "session", "token", "link"} & {name for (name,) in names}


@pytest.mark.parametrize("kind", ["sqlite", "text"])
def test_another_programs_file_is_left_alone(file: Path, kind: str) -> None:
    """A database of others, or no database at all."""
    path = accounts_path(str(file))
    if kind == "text":
        path.write_text("bảng lương " * 1000, encoding="utf-8")
    else:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("CREATE TABLE salary (name)")
    before = path.read_bytes()
    with pytest.raises(StoreProblem) as refused:
        open_accounts(str(file))
    assert refused.value.code == "accounts.not_ours"
    assert path.read_bytes() == before


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    """With the reason of the system."""
    with pytest.raises(StoreProblem) as refused:
        open_accounts(str(tmp_path / "no" / "land.gpkg"))
    assert refused.value.code == "accounts.unavailable"
    assert "No such file" in refused.value.facts["reason"]


def test_a_writer_who_never_ends_is_waited_for_in_vain(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then the register is busy; reading goes on, and so do sessions and tokens."""
    monkeypatch.setattr("gis.accounts.database._WAIT_S", 0.1)
    clock = MovedClock()
    accounts = open_accounts(str(file), policy=QUICK, clock=clock)
    one = people.add_account(accounts, login="lan", name="Lan", roles=[])
    session = sessions.sign_in_as(accounts, one.id, how="oidc")
    token = tokens.add_token(accounts, one.id, name="x", days=1)
    clock.move(minutes=30)
    with closing(sqlite3.connect(accounts_path(str(file)), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusy):
            people.add_account(accounts, login="other", name="B", roles=[])
        assert len(people.all_accounts(accounts)) == 1
        assert sessions.session_of(accounts, session.text)
        assert tokens.bearer_of(accounts, token.text).account.id == one.id
    accounts.close()


def test_registers_of_one_database_have_accounts_of_their_own(postgis_url: str) -> None:
    """Each beside its schema; nobody of one can sign in to another."""
    one = open_accounts(postgis_url, policy=QUICK)
    other = open_accounts(f"{postgis_url}&schema=phu_tho", policy=QUICK)
    people.add_account(one, login="lan", name="Lan", roles=[])
    assert people.all_accounts(other) == []
    one.close()
    other.close()


def test_a_postgresql_that_is_not_there_is_unavailable(tmp_path: Path) -> None:
    """Its address is not told: it may hold a password."""
    url = f"postgresql://ccn:geheim@/none?host={tmp_path}"
    with pytest.raises(StoreProblem) as refused:
        open_accounts(url)
    assert refused.value.code == "accounts.unavailable"
    assert "geheim" not in str(refused.value)
    assert str(tmp_path) not in str(refused.value)
