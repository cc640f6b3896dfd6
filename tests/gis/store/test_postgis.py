"""What only a server has: addresses, gates, a read-only replica, a server that goes away."""

import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
from psycopg import sql

from gis.errors import StoreBusy, StoreProblem
from gis.model import Parcel, Party
from gis.store import RegisterStore, create_store, open_store
from gis.store.kinds import KINDS
from gis.store.postgis_address import PostgisAddress
from gis.store.schema import metadata
from tests.gis.store.conftest import NewPlace
from tests.gis.store.test_engines_agree import everything
from tests.gis.store.things import NOW, FakeClock, cluster, parcel, party, square, write
from tests.postgres import PostgresServer
from tools.system_packages import PACKAGES

ROOT = Path(__file__).parents[3]


@pytest.fixture
def place(databases: NewPlace) -> str:
    """Return the address of an empty register."""
    return databases()


@pytest.fixture
def store(place: str) -> Iterator[RegisterStore]:
    """Yield the register opened."""
    with closing(open_store(place, clock=FakeClock(), wait_s=0.2)) as opened:
        yield opened


def refused(place: str) -> StoreProblem:
    """Return why a register is not opened."""
    with pytest.raises(StoreProblem) as problem:
        open_store(place, wait_s=0.2)
    return problem.value


def with_parameter(place: str, text: str) -> str:
    """Return an address with one more parameter."""
    return f"{place}&{text}"


# --- addresses -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://ccn:s3cret@127.0.0.1:1/land",
        "postgres://ccn@127.0.0.1:1/land?password=s3cret",
        "postgresql://ccn:s3cret@127.0.0.1:1/land?schema=ccn&sslpassword=s3cret",
    ],
)
def test_a_password_is_never_told(address: str) -> None:
    """Neither in the sentence nor in the facts; the rest of the address is."""
    for open_it in (open_store, create_store):
        with pytest.raises(StoreProblem) as problem:
            open_it(address)
        assert problem.value.code == "register.server"
        told = problem.value.sentence("vi") + str(problem.value.facts)
        assert "s3cret" not in told
        assert "127.0.0.1" in told


def test_a_password_may_come_from_the_environment(
    place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As libpq reads it, the address needs none."""
    monkeypatch.setenv("PGPASSWORD", "s3cret")
    with closing(open_store(place)) as store:
        assert "s3cret" not in store.url


def test_without_the_driver_the_sentence_says_how_to_get_it(place: str) -> None:
    """The program works on files without it."""
    program = (
        "import sys\n"
        "sys.modules['psycopg'] = None\n"
        "from gis.errors import StoreProblem\n"
        "from gis.store import open_store\n"
        "try:\n"
        "    open_store(sys.argv[1])\n"
        "except StoreProblem as problem:\n"
        "    print(problem.code, problem.sentence('en'))\n"
    )
    said = subprocess.run(
        [sys.executable, "-c", program, place], capture_output=True, text=True, check=True
    ).stdout
    assert said.startswith("register.driver ")
    assert "ccn-gis[postgis]" in said


# --- opening and making --------------------------------------------------------------------------


def test_a_database_without_a_register_is_told_so(postgis_url: str) -> None:
    """Nothing is made by asking."""
    assert refused(postgis_url).code == "register.missing"
    with psycopg.connect(postgis_url) as raw:
        found = raw.execute("SELECT count(*) FROM pg_tables WHERE tablename LIKE 'ccn%'")
        assert found.fetchone() == (0,)


def test_a_register_is_made_in_a_schema_of_its_own(postgis_url: str) -> None:
    """Two registers in one database don't see each other."""
    places = [with_parameter(postgis_url, f"schema={name}") for name in ("one", "Hai ba")]
    for count, place in enumerate(places, start=1):
        with closing(create_store(place, clock=FakeClock())) as store:
            write(store, *(parcel(f"P{number}") for number in range(count)))
            assert "schema=" in store.url
    for count, place in enumerate(places, start=1):
        with closing(open_store(place)) as store:
            assert len(store.all(Parcel, NOW)) == count
    assert refused(postgis_url).code == "register.missing"


def test_nothing_is_made_over_a_register(place: str, store: RegisterStore) -> None:
    """It is left as it is."""
    write(store, parcel("P"))
    with pytest.raises(StoreProblem) as problem:
        create_store(place)
    assert problem.value.code == "register.exists"
    assert len(store.all(Parcel, NOW)) == 1


def test_nothing_is_made_over_tables_of_others(postgis_url: str) -> None:
    """Tables that happen to have our names; of ours none is left there."""
    with psycopg.connect(postgis_url) as raw:
        raw.execute("CREATE TABLE parcel (id text)")
    with pytest.raises(StoreProblem) as problem:
        create_store(postgis_url)
    assert problem.value.code == "register.exists"
    with psycopg.connect(postgis_url) as raw:
        found = raw.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        assert sorted(name for (name,) in found) == ["parcel", "spatial_ref_sys"]


def test_a_making_that_fails_leaves_nothing(postgis_url: str) -> None:
    """All tables come to be in one transaction."""

    def stop() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        create_store(postgis_url, clock=stop)  # type: ignore[arg-type]
    assert refused(postgis_url).code == "register.missing"


@pytest.mark.parametrize(
    ("statements", "code"),
    [
        (["DROP TABLE ccn_gis_register"], "register.missing"),
        (["DELETE FROM ccn_gis_register"], "register.not_ours"),
        (
            ["DROP TABLE ccn_gis_register", "CREATE VIEW ccn_gis_register AS SELECT 1 AS x"],
            "register.not_ours",
        ),
        (["UPDATE ccn_gis_register SET schema_version = 99"], "register.newer"),
        (["UPDATE ccn_gis_register SET schema_version = 1"], "register.older"),
        (["ALTER TABLE ccn_gis_register DROP COLUMN schema_version"], "register.corrupt"),
    ],
)
def test_what_is_no_register_of_ours_is_refused(
    place: str, statements: list[str], code: str
) -> None:
    """As a file is."""
    with psycopg.connect(place) as raw:
        raw.execute("SET LOCAL ccn_gis.gate = 'open'")
        for statement in statements:
            raw.execute(statement)
    assert refused(place).code == code


def test_a_missing_table_is_damage(place: str, store: RegisterStore) -> None:
    """So is a value that can't be read back."""
    write(store, parcel("P"))
    with psycopg.connect(place) as raw:
        raw.execute("SET LOCAL ccn_gis.gate = 'open'")
        raw.execute("UPDATE parcel_version SET parent_ids = '['")
        raw.execute("DROP TABLE lease_version")
    for kind in KINDS:
        if kind.table in ("parcel", "lease"):
            with pytest.raises(StoreProblem) as problem:
                store.all(kind.cls, NOW)
            assert problem.value.code == "register.corrupt"


def test_a_database_without_postgis_says_who_can_help(postgres: PostgresServer) -> None:
    """Only an administrator can add it; nothing is left of the attempt."""
    with postgres.fresh_database("template1") as url, psycopg.connect(url, autocommit=True) as raw:
        raw.execute("DROP ROLE IF EXISTS plain")
        raw.execute("CREATE ROLE plain LOGIN")
        raw.execute("GRANT ALL ON SCHEMA public TO plain")
        place = url.replace("//ccn@", "//plain@")
        with pytest.raises(StoreProblem) as problem:
            create_store(place)
        assert problem.value.code == "register.postgis"
        assert refused(place).code == "register.missing"
        with closing(create_store(url)) as store:
            write(store, parcel("P"))
            assert len(store.shaped(Parcel, NOW, bbox=(0, 0, 180, 90))) == 1
        raw.execute("DROP OWNED BY plain")
        raw.execute("DROP ROLE plain")


# --- other programs ------------------------------------------------------------------------------


@pytest.mark.parametrize("table", sorted(metadata.tables))
def test_foreign_writers_are_refused_on_every_table(place: str, table: str) -> None:
    """QGIS and psql are told what to do; nothing is changed."""
    name = sql.Identifier(table)
    for statement in ("INSERT INTO {} DEFAULT VALUES", "DELETE FROM {}", "TRUNCATE {}"):
        with (
            psycopg.connect(place) as raw,
            pytest.raises(psycopg.errors.RaiseException, match="CCN GIS"),
        ):
            raw.execute(sql.SQL(statement).format(name))


def test_a_refusal_names_the_draft_layer_which_is_free(place: str) -> None:
    """As in a GeoPackage."""
    with psycopg.connect(place) as raw:
        with pytest.raises(psycopg.errors.RaiseException, match="draft_parcel"):
            raw.execute("DELETE FROM parcel")
        raw.rollback()
        raw.execute(
            "INSERT INTO draft_parcel (geom, label) "
            "VALUES (ST_Multi(ST_MakeEnvelope(105, 20, 105.1, 20.1, 4326)), 'CN-1')"
        )
        assert raw.execute("SELECT fid, label FROM draft_parcel").fetchall() == [(1, "CN-1")]


def test_gdal_reads_layers_with_their_shapes(place: str, store: RegisterStore) -> None:
    """PostGIS knows their type and system, and each has its index."""
    write(store, cluster("A", square(side=500)), parcel("P"))
    with psycopg.connect(place) as raw:
        found = raw.execute(
            "SELECT f_table_name, type, srid FROM geometry_columns WHERE f_table_name = 'parcel'"
        ).fetchall()
        assert found == [("parcel", "MULTIPOLYGON", 4326)]
        row = raw.execute("SELECT ST_IsValid(geom), ST_NumGeometries(geom) FROM parcel").fetchone()
        assert row == (True, 1)
        query = "SELECT tablename FROM pg_indexes WHERE indexdef LIKE '%USING gist (geom)%'"
        indexed = {name for (name,) in raw.execute(query)}
    layers = {kind.table for kind in KINDS if kind.geometry}
    assert indexed == layers | {f"draft_{kind.table}" for kind in KINDS if kind.draft}


def test_the_guide_installs_what_the_tests_run_on() -> None:
    """The server's packages are those that the tests ask of Debian."""
    guide = (ROOT / "docs" / "guide" / "postgis.md").read_text(encoding="utf-8")
    [line] = re.findall(r"apt-get install -y (.*postgresql.*)", guide)
    assert set(line.split()) == {name for name in PACKAGES if name.startswith("postgresql-15")}


def test_the_guides_grants_let_a_viewer_read_and_draw(place: str) -> None:
    """Layers are read, drafts are drawn; people's data and the layers themselves are closed."""
    guide = ROOT / "docs" / "guide" / "postgis.md"
    [grants] = re.findall(r"```sql\n(.*?)```", guide.read_text(encoding="utf-8"), re.DOTALL)
    with psycopg.connect(place, autocommit=True) as owner:
        owner.execute(grants)
        with psycopg.connect(place.replace("//ccn@", "//gis_viewer@"), autocommit=True) as viewer:
            assert viewer.execute("SELECT count(*) FROM parcel").fetchone() == (0,)
            viewer.execute("INSERT INTO draft_parcel (label) VALUES ('CN-1')")
            for statement in ("SELECT name FROM party", "DELETE FROM parcel"):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    viewer.execute(statement)
        owner.execute("DROP OWNED BY gis_viewer")
        owner.execute("DROP ROLE gis_viewer")


# --- a server that does not do what is asked -----------------------------------------------------


def test_a_read_only_server_is_read_and_not_written(place: str) -> None:
    """A replica, or a role that may only read."""
    with closing(open_store(place)) as store:
        write(store, parcel("P"))
    replica = with_parameter(place, "options=-c%20default_transaction_read_only%3Don")
    with closing(open_store(replica)) as store:
        assert len(store.shaped(Parcel, NOW, bbox=(0, 0, 180, 90))) == 1
        with pytest.raises(StoreProblem) as problem:
            write(store, parcel("Q"))
        assert problem.value.code == "register.read_only"
        assert len(store.all(Parcel, NOW)) == 1


@pytest.mark.long
def test_a_replica_is_read_while_it_follows() -> None:
    """A hot standby answers as of what has come through, and refuses writers with the reason."""
    servers = [PostgresServer(Path(tempfile.mkdtemp(prefix="ccn-gis-"))) for _ in range(2)]
    primary, replica = servers
    try:
        primary.ensure_started()
        place = primary.url("template_postgis")
        with closing(create_store(place, clock=FakeClock())) as store:
            write(store, parcel("P"))
            replica.become_replica_of(primary)
            write(store, parcel("Q"))
            with closing(open_store(replica.url("template_postgis"))) as reader:
                for _ in range(100):
                    if reader.change_counter() == 2:
                        break
                    time.sleep(0.1)
                assert reader.shaped(Parcel, NOW, bbox=(0, 0, 180, 90))
                assert everything(reader) == everything(store)
                with pytest.raises(StoreProblem) as problem:
                    write(reader, parcel("R"))
                assert problem.value.code == "register.read_only"
    finally:
        for server in reversed(servers):
            server.stop()


WRITER = """
import os, signal, sys
from gis.store import open_store
from gis.store import journal
from tests.gis.store.things import parcel, write

def die(*_things):
    os.kill(os.getpid(), signal.SIGKILL)

journal.append = die
write(open_store(sys.argv[1]), parcel("P"))
"""


def test_a_writer_that_is_killed_leaves_nothing(place: str, store: RegisterStore) -> None:
    """Neither rows nor a lock: the next writer goes on (THREATS 45)."""
    killed = subprocess.run([sys.executable, "-c", WRITER, place], check=False, cwd=ROOT)
    assert killed.returncode == -signal.SIGKILL
    assert store.is_empty()
    for _ in range(100):  # the server notices that nobody is there any more
        try:
            write(store, parcel("P"))
            break
        except StoreBusy:
            time.sleep(0.05)
    assert [version.number for version in store.history(Parcel, "P")] == [1]


def test_a_role_without_rights_is_told_so(place: str) -> None:
    """It may read what it was granted."""
    with psycopg.connect(place, autocommit=True) as raw:
        raw.execute("CREATE ROLE reader LOGIN")
        raw.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader")
        with closing(open_store(place.replace("//ccn@", "//reader@"))) as store:
            assert store.is_empty()
            with pytest.raises(StoreProblem) as problem:
                write(store, parcel("P"))
            assert problem.value.code == "register.read_only"
        raw.execute("DROP OWNED BY reader")
        raw.execute("DROP ROLE reader")


def test_a_connection_cut_in_the_middle_keeps_nothing(place: str, store: RegisterStore) -> None:
    """The error says that it was the server; the next question finds it again."""

    def write_while_it_is_cut() -> None:
        with store.transaction(by="a", action="b") as transaction:
            transaction.put(parcel("P"))
            with psycopg.connect(place, autocommit=True) as raw:
                raw.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )

    with pytest.raises(StoreProblem) as problem:
        write_while_it_is_cut()
    assert problem.value.code == "register.server"
    assert store.is_empty()


def test_a_full_disk_is_told_as_such(store: RegisterStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the state that the server gives."""
    full = sa.exc.DBAPIError("", None, psycopg.errors.DiskFull())

    def refuse(*_things: object) -> None:
        raise full

    monkeypatch.setattr("gis.store.journal.append", refuse)
    with pytest.raises(StoreProblem) as problem:
        write(store, parcel("P"))
    assert problem.value.code == "register.full"
    assert store.is_empty()


def test_writers_of_different_clusters_work_side_by_side(place: str, store: RegisterStore) -> None:
    """Both have begun before one ends; they are sealed one after the other."""
    write(store, cluster("A"), cluster("B"))
    with closing(open_store(place, clock=FakeClock(), wait_s=0.2)) as other:
        with store.transaction(by="a", action="slow", cluster_ids=["A", "new"]) as slow:
            assert slow.all(Parcel, NOW, cluster_id="A") == []
            with other.transaction(by="b", action="quick", cluster_ids=["B"]) as quick:
                quick.put(parcel("Q", "B"))
            slow.put(parcel("P", "A"))
        assert (quick.number, slow.number) == (2, 3)
    changes = store.changes()
    assert [change.action for change in changes] == ["test.write", "quick", "slow"]
    assert changes[1].at < changes[2].at


def test_a_cluster_not_there_yet_is_locked_by_its_name(place: str, store: RegisterStore) -> None:
    """So two can't found it at once; one that names none waits for both."""
    with (
        closing(open_store(place, wait_s=0.2)) as other,
        store.transaction(by="a", action="b", cluster_ids=["new"]) as transaction,
    ):
        for named in (["new"], ["newer", "new"], []):
            with pytest.raises(StoreBusy), other.transaction(by="a", action="b", cluster_ids=named):
                raise AssertionError("somebody else holds it")
        transaction.put(cluster("new"))
    with other.transaction(by="a", action="b", cluster_ids=["new"]):
        pass
    other.close()


def test_what_another_change_wrote_meanwhile_is_not_overwritten(
    place: str, store: RegisterStore
) -> None:
    """Even where neither named the cluster that both write to."""
    write(store, parcel("P", "B"))

    def void_meanwhile() -> None:
        with (
            closing(open_store(place, wait_s=0.2)) as other,
            other.transaction(by="a", action="b", cluster_ids=["y"]) as quick,
        ):
            quick.void(Parcel, "P")

    def write_late() -> None:
        with store.transaction(by="a", action="b", cluster_ids=["x"]) as slow:
            void_meanwhile()
            slow.put(parcel("P", "B", label="late"))

    with pytest.raises(StoreBusy):
        write_late()
    assert store.all(Parcel, NOW) == []


def test_a_lock_held_too_long_is_told_as_busy(place: str, store: RegisterStore) -> None:
    """By another program that locks a table; readers go on."""
    with psycopg.connect(place) as raw:
        raw.execute("LOCK TABLE parcel_version IN EXCLUSIVE MODE")
        with pytest.raises(StoreBusy):
            write(store, parcel("P"))
        assert store.all(Parcel, NOW) == []
    write(store, parcel("P"))


def test_what_was_erased_is_no_longer_in_the_servers_files(
    place: str, store: RegisterStore, postgres: PostgresServer
) -> None:
    """The tables that hold people's data are written anew, without their dead rows."""
    write(store, party("P", text="Nguyen Van Erased"))
    with store.transaction(by="a", action="b", reason="r") as transaction:
        transaction.erase(Party, "P")
    assert b"Van Erased" in stored(postgres, place)
    for _ in range(50):  # while somebody just connects, the server keeps what he might see
        store.scrub()
        if b"Van Erased" not in stored(postgres, place):
            break
    assert b"Van Erased" not in stored(postgres, place)
    assert len(store.history(Party, "P")) == 1


def stored(postgres: PostgresServer, place: str) -> bytes:
    """Return the bytes of the files that hold parties."""
    with psycopg.connect(place, autocommit=True) as raw:
        raw.execute("CHECKPOINT")
        query = "SELECT pg_relation_filepath(%s)"
        paths = [raw.execute(query, [table]).fetchone() for table in ("party", "party_version")]
    return b"".join((postgres.cluster / path[0]).read_bytes() for path in paths if path)


def test_the_schema_of_an_address_is_public_unless_it_says() -> None:
    """It is no parameter of the driver's."""
    address = PostgisAddress.read("postgresql://ccn@h/d?schema=land")
    assert (address.schema, address.url.query) == ("land", {})
    assert PostgisAddress.read("postgresql://ccn@h/d").schema == "public"
