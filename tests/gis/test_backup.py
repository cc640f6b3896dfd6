"""A backup holds everything as of one moment, and a restore takes all of it or nothing."""

import json
import shutil
import sqlite3
import stat
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from gis.accounts import accounts_path, open_accounts, people
from gis.backup import back_up, read_manifest, restore
from gis.documents import all_documents, documents_folder, put_document, read_document
from gis.errors import StoreProblem
from gis.model import Decision, Moment, Party, today
from gis.rights import Role
from gis.store import Entry, RegisterStore, open_store
from tests.gis.registers import behind_our_back, clean_register
from tests.gis.store.things import ALWAYS, party, write

MADE = datetime(2026, 1, 2, tzinfo=UTC)
PAPER = b"%PDF-1.7 " * 1000


@pytest.fixture
def store(tmp_path: Path) -> Iterator[RegisterStore]:
    """Yield a register with a document, accounts and people."""
    (tmp_path / "office").mkdir()
    store = clean_register(tmp_path / "office")
    digest = put_document(documents_folder(store.url), PAPER)
    decision = Decision(
        id="QD-1", number="1", on=None, issuer="UBND", title="x", document_sha256=digest
    )
    write(store, Entry(decision, ALWAYS), party("P", text="Công ty P"))
    with closing(open_accounts(store.url)) as accounts:
        people.add_account(accounts, login="lan", name="Lan", roles=[Role.OFFICER])
    yield store
    store.close()


def backed_up(store: RegisterStore, to: Path) -> Path:
    """Back a register up and return the file."""
    folder = documents_folder(store.url)
    back_up(store.url, to, documents=folder, made_by="ccn-gis test", clock=lambda: MADE)
    return to


def restored(source: Path, folder: Path, *, unverified: bool = False) -> RegisterStore:
    """Restore a backup into a folder and open the register."""
    folder.mkdir(exist_ok=True)
    register = str(folder / "register.gpkg")
    restore(source, register, documents=documents_folder(register), unverified=unverified)
    return open_store(register)


def names(folder: Path) -> list[str]:
    """Return what lies in a folder."""
    return sorted(path.name for path in folder.iterdir())


def test_everything_comes_back(store: RegisterStore, tmp_path: Path) -> None:
    """Land, journal, documents and accounts, byte for byte where they are files."""
    backup = backed_up(store, tmp_path / "b.zip")
    again = restored(backup, tmp_path / "new")
    assert again.head() == store.head()
    assert again.counts() == store.counts()
    assert again.verify([store.head()]).is_clean
    folder = documents_folder(again.url)
    assert [read_document(folder, digest) for digest in all_documents(folder)] == [PAPER]
    with closing(open_accounts(again.url)) as accounts:
        assert [one.login for one in people.all_accounts(accounts)] == ["lan"]
    assert stat.S_IMODE(accounts_path(again.url).stat().st_mode) == 0o600
    write(again, party("Q"))
    again.close()
    assert names(tmp_path / "new") == [
        "register.gpkg",
        "register.gpkg.accounts",
        "register.gpkg.documents",
    ]


def test_a_backup_says_what_is_in_it(store: RegisterStore, tmp_path: Path) -> None:
    """Sizes, hashes, counts, the ends of the chains, the program; nobody else may read it."""
    backup = backed_up(store, tmp_path / "b.zip")
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert names(tmp_path) == ["b.zip", "office"]
    manifest = read_manifest(backup)
    assert (manifest.made_at, manifest.made_by) == (MADE, "ccn-gis test")
    assert manifest.head == store.head()
    assert manifest.counts == store.counts()
    assert manifest.has_accounts
    assert len(manifest.documents) == 1
    with zipfile.ZipFile(backup) as archive:
        assert set(archive.namelist()) == {*manifest.files, "manifest.json"}


def test_a_register_without_more_has_a_small_backup(tmp_path: Path) -> None:
    """No accounts, no documents."""
    store = clean_register(tmp_path)
    manifest = read_manifest(backed_up(store, tmp_path / "b.zip"))
    assert (manifest.has_accounts, manifest.documents) == (False, [])
    again = restored(tmp_path / "b.zip", tmp_path / "new")
    assert names(tmp_path / "new") == ["register.gpkg"]
    again.close()
    store.close()


# --- while others write ---------------------------------------------------------------------------


@contextmanager
def writer(store: RegisterStore) -> Iterator[list[int]]:
    """Let a thread write party after party, each with a document put before, until the end."""
    stop, written = threading.Event(), [0]
    folder = documents_folder(store.url)

    def run() -> None:
        with closing(open_store(store.url)) as own:
            while not stop.is_set():
                digest = put_document(folder, f"paper {written[0]}".encode())
                paper = Decision(
                    id=f"D{written[0]}",
                    number="1",
                    on=None,
                    issuer="x",
                    title="x",
                    document_sha256=digest,
                )
                write(own, Entry(paper, ALWAYS), party(f"w-{written[0]}"))
                written[0] += 1

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield written
    finally:
        stop.set()
        thread.join()


@pytest.mark.parametrize("is_serving", [True, False])
def test_a_backup_is_of_one_moment_while_others_write(
    store: RegisterStore, tmp_path: Path, *, is_serving: bool
) -> None:
    """Its head, its counts and its rows agree, and each decision's document is in it."""
    if is_serving:
        store.serve_many()
    with writer(store) as written:
        while written[0] < 3:
            pass
        backups = [backed_up(store, tmp_path / f"b{number}.zip") for number in range(3)]
        before = written[0]
        while written[0] < before + 2:
            pass
    numbers = []
    for number, backup in enumerate(backups):
        again = restored(backup, tmp_path / f"new{number}")
        papers = {version.thing.document_sha256 for version in again.all(Decision, NOW)}
        assert papers <= set(all_documents(documents_folder(again.url)))
        assert len(again.all(Party, NOW)) == again.change_counter() - 1
        numbers.append(again.change_counter())
        again.close()
    assert numbers == sorted(numbers)
    assert store.verify().is_clean


NOW = Moment(today())


# --- what is refused ------------------------------------------------------------------------------


def refused(ask: Callable[[], object], folder: Path) -> StoreProblem:
    """Return why something is refused; what lies in a folder is as before."""
    before = names(folder)
    with pytest.raises(StoreProblem) as problem:
        ask()
    assert names(folder) == before
    return problem.value


def test_a_backup_is_never_written_over_a_file(store: RegisterStore, tmp_path: Path) -> None:
    """Not even over an older backup."""
    (tmp_path / "b.zip").write_text("mine")
    problem = refused(lambda: backed_up(store, tmp_path / "b.zip"), tmp_path)
    assert problem.code == "file.exists"
    assert (tmp_path / "b.zip").read_text() == "mine"


def test_a_damaged_document_is_told_before_it_is_needed(
    store: RegisterStore, tmp_path: Path
) -> None:
    """No backup is made of it in silence."""
    folder = documents_folder(store.url)
    (folder / all_documents(folder)[0]).write_bytes(b"x")
    problem = refused(lambda: backed_up(store, tmp_path / "b.zip"), tmp_path)
    assert problem.code == "document.damaged"


def test_nothing_is_restored_over_a_register(store: RegisterStore, tmp_path: Path) -> None:
    """Nor over accounts that are not those of the backup."""
    backup = backed_up(store, tmp_path / "b.zip")
    before = Path(store.url).read_bytes()
    problem = refused(lambda: restored(backup, tmp_path / "office"), tmp_path / "office")
    assert problem.code == "register.exists"
    assert Path(store.url).read_bytes() == before
    (tmp_path / "new").mkdir()
    accounts_path(str(tmp_path / "new" / "register.gpkg")).write_text("other")
    with pytest.raises(StoreProblem) as other:
        restored(backup, tmp_path / "new")
    assert other.value.code == "accounts.exists"
    assert "register.gpkg" not in names(tmp_path / "new")


def test_an_interrupted_restore_is_run_again(store: RegisterStore, tmp_path: Path) -> None:
    """Documents and accounts of the same backup are in their places already."""
    backup = backed_up(store, tmp_path / "b.zip")
    again = restored(backup, tmp_path / "new")
    again.close()
    Path(again.url).unlink()
    assert restored(backup, tmp_path / "new").head() == store.head()


Change = Callable[[dict[str, bytes], dict[str, Any]], None]


def _flip(files: dict[str, bytes], _manifest: dict[str, Any]) -> None:
    content = files["register.gpkg"]
    files["register.gpkg"] = content[:5000] + bytes([content[5000] ^ 1]) + content[5001:]


def _drop_document(files: dict[str, bytes], _manifest: dict[str, Any]) -> None:
    del files[next(name for name in files if name.startswith("documents/"))]


def _other_head(_files: dict[str, bytes], manifest: dict[str, Any]) -> None:
    manifest["head"]["register_hash"] = "0" * 64


def _other_counts(_files: dict[str, bytes], manifest: dict[str, Any]) -> None:
    manifest["versions"]["parcel"] += 1


def _climb_out(files: dict[str, bytes], manifest: dict[str, Any]) -> None:
    files["../../evil"] = b"x"
    manifest["files"]["../../evil"] = {"bytes": 1, "sha256": "x"}


def _bomb(_files: dict[str, bytes], manifest: dict[str, Any]) -> None:
    manifest["files"]["accounts.sqlite"]["bytes"] = 3


def _no_register(_files: dict[str, bytes], manifest: dict[str, Any]) -> None:
    del manifest["files"]["register.gpkg"]


def _another_register(_files: dict[str, bytes], manifest: dict[str, Any]) -> None:
    manifest["register"] = "../register"


def _no_head(_files: dict[str, bytes], manifest: dict[str, Any]) -> None:
    del manifest["head"]


@pytest.mark.parametrize(
    "change",
    [
        _flip,
        _drop_document,
        _other_head,
        _other_counts,
        _climb_out,
        _bomb,
        _no_register,
        _another_register,
        _no_head,
    ],
)
def test_a_backup_that_was_changed_is_refused(
    store: RegisterStore, tmp_path: Path, change: Change
) -> None:
    """Nothing is put in place, and nothing lands outside of the folder."""
    files = opened(backed_up(store, tmp_path / "b.zip"))
    manifest = json.loads(files.pop("manifest.json"))
    change(files, manifest)
    packed(tmp_path / "c.zip", files | {"manifest.json": json.dumps(manifest).encode()})
    (tmp_path / "new").mkdir()
    problem = refused(lambda: restored(tmp_path / "c.zip", tmp_path / "new"), tmp_path / "new")
    assert problem.code == "backup.damaged"


def opened(backup: Path) -> dict[str, bytes]:
    """Return the files of a backup."""
    with zipfile.ZipFile(backup) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(path: Path, files: dict[str, bytes]) -> None:
    """Write files into an archive."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", b"not a zip", None], ids=["empty", "head", "text", "missing"]
)
def test_what_is_no_backup_is_refused(tmp_path: Path, content: bytes | None) -> None:
    """A file of something else, or none."""
    if content is not None:
        (tmp_path / "b.zip").write_bytes(content)
    (tmp_path / "new").mkdir()
    problem = refused(lambda: restored(tmp_path / "b.zip", tmp_path / "new"), tmp_path / "new")
    assert problem.code == "backup.damaged"


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.99])
def test_a_backup_cut_short_is_refused(store: RegisterStore, tmp_path: Path, kept: float) -> None:
    """At any length."""
    backup = backed_up(store, tmp_path / "b.zip")
    backup.write_bytes(backup.read_bytes()[: int(backup.stat().st_size * kept)])
    (tmp_path / "new").mkdir()
    problem = refused(lambda: restored(backup, tmp_path / "new"), tmp_path / "new")
    assert problem.code == "backup.damaged"


def test_a_newer_programs_backup_is_left_alone(store: RegisterStore, tmp_path: Path) -> None:
    """The sentence says both formats."""
    files = opened(backed_up(store, tmp_path / "b.zip"))
    manifest = json.loads(files["manifest.json"]) | {"format": 2}
    packed(tmp_path / "c.zip", files | {"manifest.json": json.dumps(manifest).encode()})
    problem = refused(lambda: restored(tmp_path / "c.zip", tmp_path / "new"), tmp_path / "office")
    assert (problem.code, problem.facts["found"]) == ("backup.newer", 2)


def test_a_backup_of_another_engine_is_told(store: RegisterStore, tmp_path: Path) -> None:
    """It is restored into its own kind of register first."""
    files = opened(backed_up(store, tmp_path / "b.zip"))
    text = files.pop("manifest.json").decode().replace("register.gpkg", "register.dump")
    content = {"register.dump": files.pop("register.gpkg"), "manifest.json": text.encode()}
    packed(tmp_path / "c.zip", files | content)
    problem = refused(lambda: restored(tmp_path / "c.zip", tmp_path / "new"), tmp_path / "office")
    assert problem.code == "backup.engine"


def test_a_register_that_was_altered_is_restored_on_demand_only(
    store: RegisterStore, tmp_path: Path
) -> None:
    """The refusal says what does not follow; nobody's only backup is lost."""
    with behind_our_back(store) as raw:
        raw.execute("UPDATE detailed_plan_version SET scale = '1/1'")
    backup = backed_up(store, tmp_path / "b.zip")
    (tmp_path / "new").mkdir()
    problem = refused(lambda: restored(backup, tmp_path / "new"), tmp_path / "new")
    assert (problem.code, problem.facts["reason"]) == ("backup.damaged", "verify.version_altered")
    again = restored(backup, tmp_path / "new", unverified=True)
    assert not again.verify().is_clean
    again.close()


def test_accounts_that_are_no_database_are_told(store: RegisterStore, tmp_path: Path) -> None:
    """No backup without them is made in silence."""
    accounts_path(store.url).write_bytes(b"x" * 5000)
    problem = refused(lambda: backed_up(store, tmp_path / "b.zip"), tmp_path)
    assert problem.code == "accounts.unavailable"


def test_the_copy_is_a_register_that_any_program_opens(
    store: RegisterStore, tmp_path: Path
) -> None:
    """The file inside is a whole SQLite database without side files."""
    backup = backed_up(store, tmp_path / "b.zip")
    with zipfile.ZipFile(backup) as archive:
        archive.extract("register.gpkg", tmp_path)
    with closing(sqlite3.connect(tmp_path / "register.gpkg")) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    shutil.rmtree(tmp_path / "office")
