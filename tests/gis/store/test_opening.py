"""Files that are no register are refused with a stable code, and not a byte of them changes."""

import os
import random
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from datetime import UTC
from pathlib import Path

import pytest

from gis.errors import StoreProblem
from gis.model import Cluster, Parcel, PlanArea
from gis.store import create_store, open_store
from gis.store.schema import SCHEMA_VERSION
from tests.gis.store.things import (
    MADE_AT,
    NOW,
    cluster,
    lease,
    parcel,
    plan,
    plan_area,
    square,
    write,
)


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder with its bytes."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def refused(path: Path) -> StoreProblem:
    """Return why a file is not opened; nothing in its folder may have changed."""
    before = tree(path.parent)
    with pytest.raises(StoreProblem) as problem:
        open_store(path)
    assert tree(path.parent) == before
    return problem.value


def run_sql(path: Path, *statements: str) -> None:
    """Change a file as one who knows the gate's token."""
    with closing(sqlite3.connect(path)) as raw:
        for statement in statements:
            raw.execute(statement)
        raw.commit()


# --- no register at all --------------------------------------------------------------------------


def test_a_file_that_is_not_there_is_missing(tmp_path: Path) -> None:
    """It is not made by asking for it; the sentence says how to make one."""
    problem = refused(tmp_path / "register.gpkg")
    assert problem.code == "register.missing"
    assert "ccn-gis init" in problem.sentence("vi")


def test_a_folder_is_no_register(tmp_path: Path) -> None:
    """Nor is one that has the name of a file."""
    (tmp_path / "register.gpkg").mkdir()
    assert refused(tmp_path / "register.gpkg").code == "register.missing"


@pytest.mark.parametrize(
    "content",
    [b"", b"x", b"id,name\n1,a\n", b"SQLite format 3", b"PK\x03\x04" + bytes(100), bytes(5000)],
    ids=["empty", "short", "csv", "half a header", "zip", "zeros"],
)
def test_another_file_is_not_ours(tmp_path: Path, content: bytes) -> None:
    """Whatever its name says."""
    path = tmp_path / "register.gpkg"
    path.write_bytes(content)
    problem = refused(path)
    assert (problem.code, problem.facts["reason"]) == ("register.not_ours", "not SQLite")


def test_another_sqlite_file_is_not_ours(tmp_path: Path) -> None:
    """A database that is no GeoPackage."""
    path = tmp_path / "register.gpkg"
    run_sql(path, "CREATE TABLE ccn_gis_register (schema_version INTEGER)")
    problem = refused(path)
    assert (problem.code, problem.facts["reason"]) == ("register.not_ours", "not a GeoPackage")


def test_a_geopackage_of_others_is_not_ours(tmp_path: Path) -> None:
    """As GDAL writes one."""
    source = tmp_path / "a.geojson"
    source.write_text(
        '{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[105,20]}}'
    )
    path = tmp_path / "register.gpkg"
    subprocess.run(["ogr2ogr", "-f", "GPKG", path, source], check=True, capture_output=True)
    problem = refused(path)
    assert (problem.code, problem.facts["reason"]) == ("register.not_ours", "no register in it")


HANGING = (
    "CREATE VIEW ccn_gis_register AS WITH RECURSIVE n(i) AS "
    "(SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS schema_version FROM n WHERE i < 0"
)


@pytest.mark.parametrize(
    ("statements", "reason"),
    [
        (["DROP TABLE ccn_gis_register"], "no register in it"),
        (["DROP TABLE ccn_gis_register", HANGING], "no register in it"),
        (["INSERT INTO ccn_gis_gate VALUES ('x')", "DELETE FROM ccn_gis_register"], "unfinished"),
    ],
    ids=["without our table", "with a view that never ends", "without its row"],
)
def test_a_register_without_its_mark_is_not_ours(
    register_path: Path, statements: list[str], reason: str
) -> None:
    """A view of the table's name is never asked: it could run for ever (THREATS finding 13)."""
    run_sql(register_path, *statements)
    problem = refused(register_path)
    assert (problem.code, problem.facts["reason"]) == ("register.not_ours", reason)


@pytest.mark.parametrize(
    "url", ["mysql://user:secret@host/db", "https://x", "postgresql://u:secret@h:port/d"]
)
def test_an_engine_that_there_is_not_is_named_without_its_secrets(url: str) -> None:
    """Nothing is connected to."""
    for open_it in (open_store, create_store):
        with pytest.raises(StoreProblem) as problem:
            open_it(url)
        assert problem.value.code == "register.engine"
        assert "secret" not in problem.value.sentence("en")


# --- a register, but not one to work on ----------------------------------------------------------


def test_a_register_of_a_newer_program_is_left_alone(register_path: Path) -> None:
    """The sentence says both versions and what to do."""
    newer = SCHEMA_VERSION + 1
    run_sql(
        register_path,
        "INSERT INTO ccn_gis_gate VALUES ('x')",
        "UPDATE ccn_gis_register SET schema_version = schema_version + 1",
        "DELETE FROM ccn_gis_gate",
    )
    problem = refused(register_path)
    assert problem.code == "register.newer"
    assert (problem.facts["found"], problem.facts["known"]) == (newer, SCHEMA_VERSION)


def full_register(path: Path) -> bytes:
    """Write some land into an empty register and return its bytes."""
    store = open_store(path)
    write(
        store,
        cluster("A", square(side=900)),
        plan("A"),
        plan_area("a", "A", square(side=500)),
        *(parcel(f"P{i:03d}", "A", square(i * 20, 0, 20)) for i in range(60)),
        lease("L", "A", "P001"),
    )
    store.close()
    return path.read_bytes()


def read_everything(path: Path) -> None:
    """Ask a register all that can be asked."""
    store = open_store(path)
    try:
        for cls in (Cluster, Parcel, PlanArea):
            store.shaped(cls, NOW)
            store.records(cls, NOW)
        store.balances(NOW)
        store.changes()
        store.recompute_balances(NOW)
    finally:
        store.close()


@pytest.mark.parametrize("kept", [16, 71, 100, 4096, 5000, -300_000, -4096, -4095, -1])
def test_a_register_cut_short_is_refused(register_path: Path, kept: int) -> None:
    """At any length, in the middle of a page or at its end (THREATS 32)."""
    whole = full_register(register_path)
    register_path.write_bytes(whole[:kept])
    assert refused(register_path).code in ("register.corrupt", "register.not_ours")


def test_flipped_bits_are_told_as_damage(register_path: Path) -> None:
    """A register with one flipped bit is read or refused, and never changes (THREATS 32)."""
    whole = full_register(register_path)
    chance = random.Random(2024)  # noqa: S311 - the same bits in every run
    used = [page for page in range(0, len(whole), 4096) if any(whole[page + 8 : page + 4096])]
    codes = set()
    for _ in range(50):
        place = chance.choice(used) + chance.randrange(4096)
        broken = bytearray(whole)
        broken[place] ^= 1 << chance.randrange(8)
        register_path.write_bytes(broken)
        try:
            read_everything(register_path)
        except StoreProblem as problem:
            codes.add(problem.code)
        assert tree(register_path.parent) == {register_path.name: bytes(broken)}
    assert codes >= {"register.corrupt"}
    assert codes <= {"register.corrupt", "register.not_ours", "register.newer"}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE parcel_version SET quality = 'guessed'",
        "UPDATE parcel_version SET parent_ids = '[' ",
        "UPDATE parcel_version SET geom = x'00'",
        "UPDATE parcel_version SET known_from = 'x'",
        "UPDATE parcel_version SET plot_label = CAST(x'ff' AS TEXT)",
        "DROP TABLE parcel_record",
        "ALTER TABLE parcel_version DROP COLUMN national_id",
    ],
)
def test_what_cant_be_read_back_is_damage(register_path: Path, statement: str) -> None:
    """Codes, lists, shapes, times, text and tables that this program did not write."""
    full_register(register_path)
    run_sql(register_path, "INSERT INTO ccn_gis_gate VALUES ('x')", statement)
    with pytest.raises(StoreProblem) as problem:
        read_everything(register_path)
    assert problem.value.code == "register.corrupt"


# --- opening well --------------------------------------------------------------------------------


NAMES = ["sổ đăng ký.gpkg", "a b#c?d%20e&f.gpkg", "x'y;z.gpkg", "register", "ổ/đĩa/r.gpkg"]


@pytest.mark.parametrize("name", NAMES)
def test_a_path_may_hold_any_letters(tmp_path: Path, name: str) -> None:
    """Also those that mean something in an address or in SQL."""
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    store = create_store(str(path))
    write(store, parcel("P"))
    store.close()
    store = open_store(path)
    assert store.url == str(path)
    assert len(store.all(Parcel, NOW)) == 1
    store.close()
    assert list(tree(path.parent)) == [path.name]


def test_a_path_may_be_relative(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As people write it on the command line."""
    monkeypatch.chdir(tmp_path)
    create_store("register.gpkg").close()
    assert open_store(Path("register.gpkg")).is_empty()
    assert list(tree(tmp_path)) == ["register.gpkg"]


def test_opening_reading_and_closing_changes_nothing(register_path: Path) -> None:
    """Not a byte, and no file is left beside."""
    whole = full_register(register_path)
    read_everything(register_path)
    assert tree(register_path.parent) == {register_path.name: whole}


def test_a_register_says_when_it_was_made(register_path: Path) -> None:
    """Its empty present is that moment."""
    store = open_store(register_path)
    assert store.present(NOW.on).known_at == MADE_AT.astimezone(UTC)
    store.close()


# --- making --------------------------------------------------------------------------------------


def _a_file(path: Path) -> None:
    path.write_text("mine")


@pytest.mark.parametrize("make", [_a_file, Path.mkdir, lambda path: create_store(path).close()])
def test_nothing_is_made_over_something(tmp_path: Path, make: Callable[[Path], None]) -> None:
    """A file, a folder, another register."""
    path = tmp_path / "register.gpkg"
    make(path)
    before = tree(tmp_path)
    with pytest.raises(StoreProblem) as problem:
        create_store(path)
    assert problem.value.code == "register.exists"
    assert tree(tmp_path) == before


def test_nothing_is_made_over_what_came_in_the_meantime(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of two programs that make one register, one wins and the other is told."""
    path = tmp_path / "register.gpkg"
    monkeypatch.setattr(Path, "exists", lambda _path: False)
    monkeypatch.setattr("gis.store.gpkg_files.network_filesystem", lambda _path: None)
    create_store(path).close()
    first = path.read_bytes()
    with pytest.raises(StoreProblem) as problem:
        create_store(path)
    assert problem.value.code == "register.exists"
    assert tree(tmp_path) == {path.name: first}


def test_a_disk_without_hard_links_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A USB stick, say."""

    def refuse(_source: Path, _target: Path) -> None:
        raise PermissionError

    monkeypatch.setattr("os.link", refuse)
    create_store(tmp_path / "register.gpkg").close()
    assert list(tree(tmp_path)) == ["register.gpkg"]


def test_the_folder_must_be_there(tmp_path: Path) -> None:
    """A mistyped folder is not made."""
    with pytest.raises(StoreProblem) as problem:
        create_store(tmp_path / "nowhere" / "register.gpkg")
    assert problem.value.code == "register.read_only"
    assert tree(tmp_path) == {}


def test_what_a_dead_program_left_is_swept_away(tmp_path: Path) -> None:
    """An unfinished register with SQLite's log; one that somebody is still making is left."""
    dead = subprocess.Popen(["true"])
    dead.wait()
    for name in (f".register.gpkg.{dead.pid}-1.new", f".register.gpkg.{dead.pid}-1.new-journal"):
        (tmp_path / name).write_text("half")
    alive = f".register.gpkg.{os.getppid()}-1.new"
    (tmp_path / alive).write_text("half")
    create_store(tmp_path / "register.gpkg").close()
    assert sorted(tree(tmp_path)) == [alive, "register.gpkg"]
