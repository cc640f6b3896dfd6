"""A register moves between engines with all that is in it, or not at all."""

import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa

from gis.checks import check_register
from gis.errors import StoreProblem
from gis.mandates import Mandate, RequestKey, carry_out
from gis.model import Parcel, Party
from gis.store import copy_register, copying, create_store, open_store
from gis.store.rows import insert_rows
from tests.gis.store.test_clients import SYSTEM_PYTHON, run, tree_and_scan
from tests.gis.store.test_engines_agree import everything
from tests.gis.store.test_journal import is_intact
from tests.gis.store.test_migrations import made_of
from tests.gis.store.things import (
    NOW,
    FakeClock,
    cluster,
    lease,
    parcel,
    party,
    plan,
    plan_area,
    square,
    write,
)


@pytest.fixture
def register(register_path: Path) -> Path:
    """Return a register with a life: corrections, an erasure, a request, settings, drafts."""
    with closing(open_store(register_path, clock=FakeClock())) as store:
        write(store, cluster("A", square(side=500)), plan("A"), cluster("B"), party("X"))
        write(store, plan_area("a", "A", square(side=300)), lease("L", "A", "P"))
        write(store, *(parcel(f"P{n:03}", shape=square(n / 3)) for n in range(20)))
        write(store, parcel("P001", "B", square(7)))
        with store.transaction(by="a", action="b", reason="r") as transaction:
            transaction.void(Parcel, "P002")
            transaction.erase(Party, "X")
            transaction.set_setting("territory", "hoa-binh")
        mandate = Mandate(by="a", request=RequestKey.of("k", b"x"))
        with carry_out(store, mandate, "t", is_land=False) as (change, _done):
            change.put(party("Y"))
    draw(register_path)
    return register_path


def draw(path: Path) -> None:
    """Draw a draft as QGIS does."""
    program = (
        "import sys\n"
        "from osgeo import ogr\n"
        "ogr.UseExceptions()\n"
        "source = ogr.Open(sys.argv[1], 1)\n"
        "layer = source.GetLayerByName('draft_parcel')\n"
        "for label in ('CN-1', 'CN-2'):\n"
        "    feature = ogr.Feature(layer.GetLayerDefn())\n"
        "    feature.SetField('label', label)\n"
        "    if label == 'CN-1':\n"
        "        feature.SetGeometry(ogr.CreateGeometryFromWkt(\n"
        "            'MULTIPOLYGON(((105 20,105.1 20,105.1 20.1,105 20)))'))\n"
        "    layer.CreateFeature(feature)\n"
    )
    said = run(SYSTEM_PYTHON, "-c", program, str(path))
    assert said.returncode == 0, said.stderr


def told(place: str | Path) -> list[object]:
    """Return all that a register answers."""
    with closing(open_store(place, clock=FakeClock())) as store:
        return everything(store)


def test_there_and_back_it_is_the_same_register(
    register: Path, postgis_url: str, tmp_path: Path
) -> None:
    """Answers, journal, chain, drafts and indexes; and both sides are written on."""
    there = copy_register(register, postgis_url)
    back = copy_register(postgis_url, tmp_path / "back.gpkg")
    assert back == there
    assert (there.changes, there.rows["draft_parcel"], there.rows["request_key"]) == (6, 2, 1)
    assert told(register) == told(postgis_url) == told(tmp_path / "back.gpkg")
    assert is_intact(tmp_path / "back.gpkg")
    assert made_of(tmp_path / "back.gpkg") == made_of(register)
    said = run(
        SYSTEM_PYTHON, "-m", "osgeo_utils.samples.validate_gpkg", str(tmp_path / "back.gpkg")
    )
    assert (said.returncode, said.stdout.strip(), said.stderr.strip()) == (0, "", "")
    for layer in ("parcel", "cluster", "draft_parcel"):
        tree, scan = tree_and_scan(tmp_path / "back.gpkg", layer)
        assert tree == scan == tree_and_scan(register, layer)[1]
    hashes = set()
    for place in (register, postgis_url, tmp_path / "back.gpkg"):
        clock = FakeClock()
        clock.pass_by(days=1)
        with closing(open_store(place, clock=clock)) as store:
            write(store, parcel("new", "B", square(900)), parcel("P003", shape=square(901)))
            hashes.add(store.changes()[-1].register_hash)
            assert len(store.shaped(Parcel, NOW, bbox=(0, 0, 180, 90))) == 20
    assert len(hashes) == 1


def test_layers_are_the_same_to_other_programs(register: Path, postgis_url: str) -> None:
    """What QGIS reads: the numbers of features, their shapes and where they lie."""
    copy_register(register, postgis_url)
    with closing(sqlite3.connect(register)) as raw:
        fids = [row[0] for row in raw.execute("SELECT fid FROM parcel ORDER BY fid")]
    with psycopg.connect(postgis_url) as server:
        found = server.execute("SELECT fid FROM parcel ORDER BY fid").fetchall()
        assert [row[0] for row in found] == fids
        drafts = server.execute("SELECT label, ST_AsText(geom) FROM draft_parcel ORDER BY fid")
        assert drafts.fetchall() == [
            ("CN-1", "MULTIPOLYGON(((105 20,105.1 20,105.1 20.1,105 20)))"),
            ("CN-2", None),
        ]
        server.execute("INSERT INTO draft_parcel (label) VALUES ('next')")
        number = server.execute("SELECT max(fid) FROM draft_parcel").fetchone()
        assert number == (3,)


def test_the_example_moves(example_register: Path, postgis_url: str) -> None:
    """Every kind of thing that the product writes; nothing wrong is found where it went."""
    copied = copy_register(example_register, postgis_url)
    with closing(open_store(postgis_url)) as store, closing(open_store(example_register)) as first:
        assert store.changes() == first.changes()
        assert store.changes()[-1].register_hash == copied.register_hash
        assert check_register(store, NOW.on).is_clean


def test_nothing_is_copied_onto_something(register: Path, postgis_url: str, tmp_path: Path) -> None:
    """A register, even an empty one, a file, itself."""
    create_store(postgis_url).close()
    (tmp_path / "mine.txt").write_text("mine")
    before = register.read_bytes()
    for target in (postgis_url, tmp_path / "mine.txt", register):
        with pytest.raises(StoreProblem) as problem:
            copy_register(register, target)
        assert problem.value.code == "register.exists"
    assert (tmp_path / "mine.txt").read_text() == "mine"
    assert register.read_bytes() == before
    with closing(open_store(postgis_url)) as store:
        assert store.is_empty()


def test_what_is_missing_or_older_is_not_copied(
    register: Path, tmp_path: Path, postgis_url: str
) -> None:
    """The refusal is the one that opening it gives."""
    for source, code in (
        (tmp_path / "none.gpkg", "register.missing"),
        (register, "register.older"),
    ):
        if source == register:
            with closing(sqlite3.connect(register)) as raw:
                raw.execute("INSERT INTO ccn_gis_gate VALUES ('x')")
                raw.execute("UPDATE ccn_gis_register SET schema_version = 1")
                raw.execute("DELETE FROM ccn_gis_gate")
                raw.commit()
        with pytest.raises(StoreProblem) as problem:
            copy_register(source, postgis_url)
        assert problem.value.code == code
    with pytest.raises(StoreProblem) as problem:
        open_store(postgis_url)
    assert problem.value.code == "register.missing"


@pytest.fixture(params=["geopackage", "postgis"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Yield a place of each engine that holds nothing."""
    if request.param == "postgis":
        yield request.getfixturevalue("postgis_url")
    else:
        (tmp_path / "to").mkdir()
        yield str(tmp_path / "to" / "copy.gpkg")


def is_nothing(target: str) -> bool:
    """Say whether there is no register at a place."""
    with pytest.raises(StoreProblem) as problem:
        open_store(target)
    return problem.value.code == "register.missing"


@pytest.mark.parametrize("table", ["lease_version", "balance", "change_part", "draft_parcel"])
def test_a_row_that_arrives_otherwise_is_found(
    register: Path, target: str, table: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Digests differ though counts are equal: the copy is dropped."""

    def garble(
        connection: sa.Connection, into: sa.TableClause, rows: Sequence[Mapping[str, Any]]
    ) -> None:
        if into.name == table and rows:
            name = {"balance": "boundary_m2", "change_part": "digest"}.get(table, "label")
            name = "contract_number" if table == "lease_version" else name
            changed = 1.5 if table == "balance" else "x"
            rows = [dict(rows[0]) | {name: changed}, *rows[1:]]
        insert_rows(connection, into, rows)

    monkeypatch.setattr(copying, "insert_rows", garble)
    with pytest.raises(StoreProblem) as problem:
        copy_register(register, target)
    assert (problem.value.code, problem.value.facts["table"]) == ("copy.differs", table)
    assert is_nothing(target)


KILLED = """
import os, signal, sys
from gis.store import copy_register

def die(table, done, tables):
    if done == tables // 2:
        os.kill(os.getpid(), signal.SIGKILL)

copy_register(sys.argv[1], sys.argv[2], progress=die)
"""


def test_a_killed_copy_leaves_no_register(register: Path, target: str) -> None:
    """It can be copied there again, and then is whole."""
    before = register.read_bytes()
    killed = subprocess.run([sys.executable, "-c", KILLED, register, target], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert is_nothing(target)
    assert register.read_bytes() == before
    copy_register(register, target)
    assert told(target) == told(register)


def test_the_source_is_copied_as_of_one_moment(postgis_url: str, tmp_path: Path) -> None:
    """Changes that come in meanwhile are all missing, not some."""
    clock = FakeClock()
    with closing(create_store(postgis_url, clock=clock)) as store:
        write(store, *(parcel(f"P{n}") for n in range(5)))

        def write_more(_table: str, done: int, _tables: int) -> None:
            if done > 0:
                clock.now += timedelta(seconds=1)
                write(store, parcel(f"late-{done}"))

        copied = copy_register(postgis_url, tmp_path / "copy.gpkg", progress=write_more)
    assert copied.changes == 1
    assert is_intact(tmp_path / "copy.gpkg")
    with closing(open_store(tmp_path / "copy.gpkg")) as store:
        assert len(store.all(Parcel, NOW)) == 5
