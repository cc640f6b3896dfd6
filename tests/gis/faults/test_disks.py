"""Disks that are full, read-only or broken: a code that says so, and nothing by half."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from gis.backup import back_up
from gis.documents import put_document
from gis.errors import StoreProblem
from gis.model import Parcel
from gis.store import create_store, open_store
from tests.gis.faults import small_disk
from tests.gis.registers import NOW, clean_register
from tests.gis.store.things import party, write
from tests.postgres import _unprivileged_user

pytestmark = pytest.mark.filterwarnings("ignore:.*use of fork:DeprecationWarning")


@pytest.mark.parametrize("deed", ["write", "write while serving"])
def test_a_full_disk_keeps_whole_changes_and_lets_go_on(tmp_path: Path, deed: str) -> None:
    """What did not fit is refused; reads go on, and so do writes once there is room."""
    assert small_disk.run(tmp_path, 6, deed) == {
        "code": "register.full",
        "whole": True,
        "clean": True,
        "goes on": True,
        "left": [],
    }


@pytest.mark.parametrize("deed", ["create", "back up", "put"])
def test_what_does_not_fit_leaves_no_file(tmp_path: Path, deed: str) -> None:
    """A new register, a backup, a document."""
    told = small_disk.run(tmp_path, 6, deed)
    assert told["code"] == "register.full"
    assert told["left"] == []
    assert told.get("documents", []) == []


def as_nobody(act: Callable[[], object]) -> str:
    """Do something in a process without root's rights; return the code of its problem."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        user = _unprivileged_user()
        if user is not None:
            os.setgroups([])
            os.setresgid(user.pw_gid, user.pw_gid, user.pw_gid)
            os.setresuid(user.pw_uid, user.pw_uid, user.pw_uid)
        try:
            act()
            code = "none"
        except StoreProblem as problem:
            code = problem.code
        except BaseException as error:  # noqa: BLE001 - told to the test
            code = repr(error)
        os.write(writing, code.encode())
        os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with open(reading, "rb") as told:  # noqa: PTH123 - a file descriptor
        return told.read().decode()


@pytest.fixture
def folder() -> Iterator[Path]:
    """Yield a folder with a register, which everybody may read and nobody may write.

    Not pytest's own: that is closed to others on the way.
    """
    with tempfile.TemporaryDirectory() as made:
        path = Path(made)
        clean_register(path).close()
        (path / "register.gpkg").chmod(0o444)
        path.chmod(0o555)
        yield path
        path.chmod(0o755)


def _read(register: Path) -> None:
    with closing(open_store(register)) as store:
        assert len(store.all(Parcel, NOW)) == 3
        assert store.verify().is_clean


def _write(register: Path) -> None:
    with closing(open_store(register)) as store:
        write(store, party("P"))


def test_a_read_only_register_is_read_and_not_written(folder: Path) -> None:
    """By one who may only read: everything is answered, a change is refused."""
    register = folder / "register.gpkg"
    before = register.read_bytes()
    assert as_nobody(lambda: _read(register)) == "none"
    assert as_nobody(lambda: _write(register)) == "register.read_only"
    assert register.read_bytes() == before
    assert [path.name for path in folder.iterdir()] == ["register.gpkg"]


def test_nothing_is_made_in_a_read_only_folder(folder: Path) -> None:
    """Neither a register nor a backup nor a document."""
    register = folder / "register.gpkg"
    papers = folder / "papers"
    deeds: list[Callable[[], object]] = [
        lambda: create_store(folder / "new.gpkg"),
        lambda: put_document(papers, b"x"),
        lambda: back_up(str(register), folder / "b.zip", documents=papers, made_by="t"),
    ]
    assert [as_nobody(deed) for deed in deeds] == ["register.read_only"] * 3
    assert [path.name for path in folder.iterdir()] == ["register.gpkg"]


def test_a_register_that_may_not_be_read_is_told(folder: Path) -> None:
    """It is not called damaged, nor another program's."""
    register = folder / "register.gpkg"
    register.chmod(0o000)
    assert as_nobody(lambda: _read(register)) == "register.read_only"


def test_a_disk_that_fails_is_told() -> None:
    """The system's own input/output error: the first byte of a process's memory gives one."""
    with pytest.raises(StoreProblem) as problem:
        open_store("/proc/self/mem")
    assert (problem.value.code, problem.value.facts["reason"]) == ("register.io", "EIO")
