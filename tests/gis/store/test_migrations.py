"""A register of an earlier version becomes one of this version's, or stays as it was."""

import lzma
import re
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pytest

from gis.checks import check_register
from gis.errors import StoreProblem
from gis.model import Moment, Parcel
from gis.store import Store, create_store, migrate_store, open_store
from gis.store import migrations as steps
from gis.store.kinds import KINDS
from gis.store.migrations.alterations import Alterations
from gis.store.schema import SCHEMA_VERSION
from tests.gis.store.conftest import NewPlace
from tests.gis.store.test_clients import SYSTEM_PYTHON, run, tree_and_scan
from tests.gis.store.test_journal import is_intact
from tests.gis.store.things import cluster, lease, parcel, square, write

REGISTERS = Path(__file__).parent / "registers"
ON = date(2024, 12, 31)


@pytest.fixture
def first(tmp_path: Path) -> Path:
    """Return a register that the first version made of its example."""
    path = tmp_path / "register.gpkg"
    path.write_bytes(lzma.decompress((REGISTERS / "example-1.gpkg.xz").read_bytes()))
    return path


def rows_of(path: Path) -> dict[str, list[dict[str, Any]]]:
    """Return every row of every table of the register; what is empty is left out of a row."""
    with closing(sqlite3.connect(path)) as raw:
        raw.row_factory = sqlite3.Row
        query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'gpkg%'"
        names = [row["name"] for row in raw.execute(query)]
        return {
            name: [
                {key: value for key, value in dict(row).items() if value is not None}
                for row in raw.execute(f"SELECT * FROM {name}")  # noqa: S608 - our own names
            ]
            for name in names
            if not name.startswith("ccn_gis")
        }


def things(store: Store, cls: type[Any]) -> list[Any]:
    """Return the things of a kind in force."""
    return [version.thing for version in store.all(cls, Moment(ON))]


def made_of(path: Path) -> set[tuple[str, str, str]]:
    """Return what a file is made of; the order in which a table names its columns is left out."""
    with closing(sqlite3.connect(path)) as raw:
        found = raw.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
        columns = {
            ("column of", name, f"{column[1]} {column[2:]}")
            for kind, name, sql in found
            if kind == "table" and not sql.startswith("CREATE VIRTUAL")
            for column in raw.execute(f"PRAGMA table_info({name})")
        }
        listed = {
            ("listed in", table, str(row))
            for table in ("gpkg_geometry_columns", "gpkg_extensions")
            for row in raw.execute(f"SELECT * FROM {table}")  # noqa: S608 - two names
        }
        contents = "SELECT table_name, data_type, identifier, srs_id FROM gpkg_contents"
        listed |= {("listed in", "gpkg_contents", str(row)) for row in raw.execute(contents)}
    tables = {(kind, name, "") for kind, name, _sql in found if kind == "table"}
    others = {
        (kind, name, re.sub(r"\s+", " ", sql or "")) for kind, name, sql in found if kind != "table"
    }
    return tables | others | columns | listed


def test_every_schema_has_its_step() -> None:
    """Whoever makes the schema grow says how a register gets there."""
    assert sorted(steps.STEPS) == list(range(2, SCHEMA_VERSION + 1))


def test_an_older_register_is_not_opened_and_not_changed(first: Path) -> None:
    """The sentence says which command migrates it; a mere question never does."""
    before = first.read_bytes()
    with pytest.raises(StoreProblem) as problem:
        open_store(first)
    assert problem.value.code == "register.older"
    assert "ccn-gis migrate" in problem.value.sentence("en")
    assert first.read_bytes() == before
    assert list(first.parent.iterdir()) == [first]


def test_a_migrated_register_says_what_it_said(first: Path) -> None:
    """Every row of every table is there as it was, and a copy of the file before is kept."""
    old, rows = first.read_bytes(), rows_of(first)
    done = migrate_store(first)
    assert (done.before, done.after) == (1, SCHEMA_VERSION)
    assert done.kept is not None
    assert rows_of(Path(done.kept)) == rows
    assert {name: found for name, found in rows_of(first).items() if name in rows} == rows
    assert Path(done.kept).name.startswith("register.v1-")
    assert first.read_bytes() != old


def test_a_migrated_register_is_as_a_new_one(first: Path, tmp_path: Path) -> None:
    """Tables, columns, indexes, triggers, and what the file lists for other programs."""
    migrate_store(first)
    create_store(tmp_path / "new.gpkg").close()
    assert made_of(first) == made_of(tmp_path / "new.gpkg")


def test_a_migrated_register_is_whole(first: Path) -> None:
    """Its chain follows, geometry agrees, GDAL's validator and its R-trees find nothing wrong."""
    migrate_store(first)
    assert is_intact(first)
    with closing(open_store(first)) as store:
        assert check_register(store, ON).is_clean
    said = run(SYSTEM_PYTHON, "-m", "osgeo_utils.samples.validate_gpkg", str(first))
    assert (said.returncode, said.stdout.strip(), said.stderr.strip()) == (0, "", "")
    for kind in KINDS:
        if kind.geometry is not None:
            tree, scan = tree_and_scan(first, kind.table)
            assert tree == scan


def test_a_migrated_register_is_written_on(first: Path) -> None:
    """Its chain goes on from the first version's, with what only this version has."""
    migrate_store(first)
    with closing(open_store(first)) as store:
        before = store.changes()
        cluster_id = store.balances(Moment(ON))[0].cluster_id
        write(store, lease("neu", cluster_id))
        assert store.changes()[:-1] == before
    assert is_intact(first)


def test_a_migrated_example_answers_as_one_made_today(first: Path, example_register: Path) -> None:
    """Things and balances are those of today's example."""
    migrate_store(first)
    with closing(open_store(first)) as old, closing(open_store(example_register)) as new:
        for kind in KINDS:
            assert things(old, kind.cls) == things(new, kind.cls)
        assert old.balances(Moment(ON)) == new.balances(Moment(ON))


#: Leads a register in PostGIS back to what the first version would have made of it.
BACK_TO_1 = [
    "SET LOCAL ccn_gis.gate = 'open'",
    "DROP TABLE request_key, submission, submission_version",
    *(f"ALTER TABLE {table} DROP COLUMN term_scope" for table in ("lease", "lease_version")),
    "ALTER TABLE change DROP COLUMN submitted_by",
    *(
        f"ALTER TABLE party_version DROP COLUMN {name}"
        for name in ("personal_salt", "personal_hash", "erased_change_number")
    ),
    *(
        f"ALTER TABLE {kind.table}_version DROP COLUMN row_hash; DROP INDEX "
        f"ix_{kind.table}_version_live"
        for kind in KINDS
        if kind.table != "submission"
    ),
    "DROP INDEX ix_parcel_version_plot_label, ix_parcel_version_number",
    "DROP INDEX ix_lease_version_contract_number",
    "UPDATE ccn_gis_register SET schema_version = 1",
]


def made_of_database(url: str) -> list[Any]:
    """Return columns, indexes and triggers of a database's register, whatever their order."""
    with psycopg.connect(url) as raw:
        return [
            sorted(raw.execute(query).fetchall())
            for query in (
                (
                    "SELECT table_name::text, column_name::text, data_type::text, "
                    "is_nullable::text, coalesce(collation_name, '')::text "
                    "FROM information_schema.columns WHERE table_schema = 'public'"
                ),
                "SELECT indexname::text, indexdef FROM pg_indexes WHERE schemaname = 'public'",
                "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
                (
                    "SELECT relname::text, coalesce(obj_description(oid), '') FROM pg_class "
                    "WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
                ),
            )
        ]


def test_a_register_in_postgis_migrates_alike(databases: NewPlace) -> None:
    """It gets the same tables as a new one, in one transaction; what it held is there."""
    place, fresh = databases(), databases()
    with closing(open_store(place)) as store:
        write(store, cluster("A", square()), parcel("P"))
    before = made_of_database(place)
    with psycopg.connect(place) as raw:
        for statement in BACK_TO_1:
            raw.execute(statement)
    with pytest.raises(StoreProblem) as problem:
        open_store(place)
    assert problem.value.code == "register.older"
    done = migrate_store(place)
    assert (done.before, done.after, done.kept) == (1, SCHEMA_VERSION, None)
    assert made_of_database(place) == before == made_of_database(fresh)
    with closing(open_store(place)) as store:
        assert len(things(store, Parcel)) == 1
        write(store, parcel("Q"), lease("L", "A", "Q"))


def test_a_register_of_today_is_left_alone(register_path: Path) -> None:
    """Nothing is copied either."""
    before = register_path.read_bytes()
    assert migrate_store(register_path).kept is None
    assert register_path.read_bytes() == before
    assert list(register_path.parent.iterdir()) == [register_path]


@pytest.mark.parametrize("count", [0, 1, 20, 31, 33])
def test_a_step_that_fails_leaves_the_old_register(
    first: Path, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    """Wherever it stops: all tables are as before, and it can be migrated again."""
    before = rows_of(first), made_of(first)

    class Dead(Alterations):
        """Stops after some alterations."""

        left = count

        def _do(self, what: str, *things: Any) -> None:
            if Dead.left == 0:
                raise RuntimeError
            Dead.left -= 1
            getattr(super(), what)(*things)

        def add_column(self, *things: Any) -> None:
            self._do("add_column", *things)

        def add_table(self, *things: Any) -> None:
            self._do("add_table", *things)

    with monkeypatch.context() as patch:
        patch.setattr(steps, "Alterations", Dead)
        with pytest.raises(RuntimeError):
            migrate_store(first)
    assert (rows_of(first), made_of(first)) == before
    assert not list(first.parent.glob(".*"))
    for copy in first.parent.glob("register.v1-*"):
        copy.unlink()
    migrate_store(first)
    assert is_intact(first)


KILLED = """
import os, signal, sys
from gis.store import migrate_store
from gis.store.migrations.alterations import Alterations

def die(*_things):
    os.kill(os.getpid(), signal.SIGKILL)

Alterations.add_table = die
migrate_store(sys.argv[1])
"""


def test_a_killed_migration_leaves_the_old_register(first: Path) -> None:
    """SQLite takes back what was begun when the file is opened next."""
    before = rows_of(first)
    killed = subprocess.run([sys.executable, "-c", KILLED, str(first)], check=False)
    assert killed.returncode == -signal.SIGKILL
    with pytest.raises(StoreProblem) as problem:
        open_store(first)
    assert problem.value.code == "register.older"
    assert rows_of(first) == before
    for copy in first.parent.glob("register.v1-*"):
        assert rows_of(copy) == before
        copy.unlink()
    migrate_store(first)
    assert is_intact(first)
