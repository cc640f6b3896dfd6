"""Backup and restore of a register in PostgreSQL, by its own programs."""

import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from gis.accounts import open_accounts, people
from gis.backup import back_up, read_manifest, restore
from gis.documents import all_documents, put_document
from gis.errors import StoreProblem
from gis.model import Parcel
from gis.rights import Role
from gis.store import Store, create_store, open_store
from tests.gis.store.things import NOW, cluster, parcel, party, plan, plan_area, square, write
from tests.postgres import PostgresServer

PAPER = b"%PDF-1.7 "


@pytest.fixture
def place(postgres: PostgresServer) -> Iterator[str]:
    """Yield the address of a register with accounts in a database of its own."""
    with postgres.fresh_database() as url:
        with closing(create_store(url)) as store:
            write(store, cluster("A", square(side=500)), plan("A"))
            write(store, plan_area("a", "A", square(side=300)), parcel("P"), party("Q"))
        with closing(open_accounts(url)) as accounts:
            people.add_account(accounts, login="lan", name="Lan", roles=[Role.OFFICER])
        yield url


@pytest.fixture
def elsewhere(postgres: PostgresServer) -> Iterator[str]:
    """Yield the address of an empty database."""
    with postgres.fresh_database() as url:
        yield url


def backed_up(url: str, folder: Path) -> Path:
    """Back a register up and return the file."""
    papers = folder / "papers"
    put_document(papers, PAPER)
    back_up(url, folder / "b.zip", documents=papers, made_by="test")
    return folder / "b.zip"


def tables(url: str) -> int:
    """Return how many tables of ours and of the accounts there are in a database."""
    query = (
        "SELECT count(*) FROM pg_tables WHERE schemaname IN ('public', 'accounts') "
        "AND tablename <> 'spatial_ref_sys'"
    )
    with psycopg.connect(url) as raw:
        (count,) = raw.execute(query).fetchone() or (0,)
    return int(count)


def test_everything_comes_back(place: str, elsewhere: str, tmp_path: Path) -> None:
    """Land, journal, indexes, gates, documents and accounts; and the next change goes well."""
    backup = backed_up(place, tmp_path)
    restore(backup, elsewhere, documents=tmp_path / "again")
    with closing(open_store(place)) as store, closing(open_store(elsewhere)) as again:
        assert again.head() == store.head()
        assert again.verify([store.head()]).is_clean
        write(again, parcel("R", shape=square(200)))
        assert [found.thing.id for found in again.shaped(Parcel, NOW)] == ["P", "R"]
        assert again.verify([store.head()]).is_clean
    assert len(all_documents(tmp_path / "again")) == 1
    with closing(open_accounts(elsewhere)) as accounts:
        assert [one.login for one in people.all_accounts(accounts)] == ["lan"]
    assert tables(elsewhere) == tables(place)
    with psycopg.connect(elsewhere) as raw, pytest.raises(psycopg.Error, match="CCN GIS"):
        raw.execute("DELETE FROM parcel")


def test_a_backup_is_of_one_moment_while_others_write(
    place: str, elsewhere: str, tmp_path: Path
) -> None:
    """The manifest and the dump are of the same snapshot."""
    stop, written = threading.Event(), threading.Event()

    def run() -> None:
        with closing(open_store(place)) as store:
            number = 0
            while not stop.is_set():
                write(store, party(f"w-{number}"))
                number += 1
                written.set()

    thread = threading.Thread(target=run)
    thread.start()
    try:
        written.wait(30)
        backup = backed_up(place, tmp_path)
    finally:
        stop.set()
        thread.join()
    restore(backup, elsewhere, documents=tmp_path / "again")
    with closing(open_store(elsewhere)) as again:
        assert again.head() == read_manifest(backup).head


def code_of_restoring(backup: Path, url: str, folder: Path) -> str:
    """Return why a backup is not restored; the database is as before."""
    before = tables(url)
    with pytest.raises(StoreProblem) as problem:
        restore(backup, url, documents=folder)
    assert tables(url) == before
    assert not folder.exists()
    return problem.value.code


def test_nothing_is_restored_over_a_register(place: str, tmp_path: Path) -> None:
    """It stays as it is."""
    backup = backed_up(place, tmp_path)
    assert code_of_restoring(backup, place, tmp_path / "again") == "register.exists"


def test_a_register_that_was_altered_leaves_nothing(
    place: str, elsewhere: str, tmp_path: Path
) -> None:
    """What was restored to be looked at is dropped again."""
    with psycopg.connect(place) as raw:
        raw.execute("SELECT set_config('ccn_gis.gate', 'open', true)")
        raw.execute("UPDATE parcel_version SET plot_label = 'x'")
    backup = backed_up(place, tmp_path)
    assert code_of_restoring(backup, elsewhere, tmp_path / "again") == "backup.damaged"
    restore(backup, elsewhere, documents=tmp_path / "again", unverified=True)


def test_a_schema_of_another_name_is_told(place: str, elsewhere: str, tmp_path: Path) -> None:
    """PostgreSQL's programs can't rename it."""
    backup = backed_up(place, tmp_path)
    address = f"{elsewhere}&schema=dat"
    with pytest.raises(StoreProblem) as problem:
        restore(backup, address, documents=tmp_path / "again")
    assert (problem.value.code, problem.value.facts["reason"]) == (
        "backup.damaged",
        "schema public",
    )


def test_a_schema_of_ones_own_comes_back(
    postgres: PostgresServer, elsewhere: str, tmp_path: Path
) -> None:
    """And what else is in the database stays out of the backup."""
    with postgres.fresh_database() as url:
        own = f"{url}&schema=dat"
        store: Store
        with closing(create_store(own)) as store:
            write(store, party("P"))
            head = store.head()
        with psycopg.connect(url) as raw:
            raw.execute("CREATE TABLE public.other (secret text)")
        backup = backed_up(own, tmp_path)
    restore(backup, f"{elsewhere}&schema=dat", documents=tmp_path / "again")
    with closing(open_store(f"{elsewhere}&schema=dat")) as store:
        assert store.head() == head
    assert tables(elsewhere) == 0


def test_a_server_that_is_not_there_is_told_without_its_password(
    place: str, tmp_path: Path
) -> None:
    """In whatever the programs say."""
    backup = backed_up(place, tmp_path)
    folder = urlsplit(place).query.partition("=")[2]
    address = f"postgresql://ccn:secret@/nowhere?host={folder}"
    with pytest.raises(StoreProblem) as problem:
        restore(backup, address, documents=tmp_path / "again")
    assert problem.value.code == "register.server"
    assert "secret" not in problem.value.sentence("en")


def test_without_postgresqls_programs_it_is_said_what_to_install(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No half backup is left."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(StoreProblem) as problem:
        backed_up(place, tmp_path)
    assert problem.value.code == "backup.program"
    assert "postgresql-client" in problem.value.sentence("en")
    assert [path.name for path in tmp_path.iterdir()] == ["papers"]
