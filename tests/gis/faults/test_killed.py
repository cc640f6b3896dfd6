"""``kill -9`` at any step of any write: all of it or nothing, and the next one goes well."""

import lzma
import os
import random
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from gis.backup import back_up, read_manifest, restore
from gis.documents import all_documents, put_document, read_document
from gis.errors import StoreProblem
from gis.model import Parcel, Party, Period
from gis.public_copy import write_public_copy
from gis.store import create_store, migrate_store, open_store
from tests.gis.faults.dying import die_after, die_at, steps_of
from tests.gis.registers import NOW, clean_register
from tests.gis.store.things import MADE_AT, FakeClock, cluster, parcel, party, plan, square, write

#: How many steps are tried by `make test`, spread over all of them; the last ones are all tried.
FEW, LAST = 4, 2
#: The same where there is time.
MANY = 100
REGISTERS = Path(__file__).parents[1] / "store" / "registers"

pytestmark = pytest.mark.filterwarnings("ignore:.*use of fork:DeprecationWarning")


@dataclass(frozen=True, slots=True)
class Deed:
    """A write in some steps: what is there before, what is done, and whether it was done.

    ``look`` returns whether the deed was done wholly, and fails where it was done half.
    """

    prepare: Callable[[Path], object]
    act: Callable[[Path], object]
    look: Callable[[Path], bool]


def register(folder: Path) -> Path:
    """Return where the register is."""
    return folder / "register.gpkg"


def sound(folder: Path) -> int:
    """Return the number of the last change of a register whose chain is intact."""
    with closing(open_store(register(folder))) as store:
        verified = store.verify()
        assert verified.findings == ()
        return verified.head.number


# --- the deeds ------------------------------------------------------------------------------------


def _nothing(_folder: Path) -> None:
    """Prepare nothing."""


def _create(folder: Path) -> None:
    create_store(register(folder), clock=FakeClock()).close()


def _is_created(folder: Path) -> bool:
    if not register(folder).exists():
        return False
    return sound(folder) == 0


def _prepare_register(folder: Path) -> None:
    clean_register(folder).close()


def _change(folder: Path, *, is_serving: bool = False) -> None:
    with closing(open_store(register(folder))) as store:
        if is_serving:
            store.serve_many()
        with store.transaction(by="a", action="b", reason="r") as transaction:
            for entry in (cluster("C", square(side=900)), plan("C"), parcel("P", "C"), party("Q")):
                transaction.put(entry)
            transaction.put(parcel("A-1", "A", square(), Period(NOW.on)))
            transaction.void(Parcel, "A-2")
            transaction.set_setting("territory", "phu-tho")


def _change_while_serving(folder: Path) -> None:
    _change(folder, is_serving=True)


def _is_changed(folder: Path) -> bool:
    number = sound(folder)
    with closing(open_store(register(folder))) as store:
        is_there = bool(store.all(Party, NOW, ids=["Q"]))
        assert is_there == (store.setting("territory") == "phu-tho") == (number == 2)
        assert is_there != bool(store.all(Parcel, NOW, ids=["A-2"]))
    return is_there


def _prepare_party(folder: Path) -> None:
    _prepare_register(folder)
    with closing(open_store(register(folder))) as store:
        write(store, party("gone", text="Công ty bị xóa"))


def _erase(folder: Path) -> None:
    with closing(open_store(register(folder))) as store:
        with store.transaction(by="a", action="party.erase") as transaction:
            transaction.erase(Party, "gone")
        store.scrub()


def _is_erased(folder: Path) -> bool:
    return sound(folder) == 3


def _prepare_old_register(folder: Path) -> None:
    packed = (REGISTERS / "example-1.gpkg.xz").read_bytes()
    register(folder).write_bytes(lzma.decompress(packed))


def _migrate(folder: Path) -> None:
    copies = len(list(folder.iterdir()))  # each is named by its second
    migrate_store(register(folder), clock=FakeClock(MADE_AT + timedelta(seconds=copies)))


def _is_migrated(folder: Path) -> bool:
    with suppress(StoreProblem):
        return sound(folder) > 0
    with pytest.raises(StoreProblem, match="an earlier"):
        open_store(register(folder))
    return False


def _put_document(folder: Path) -> None:
    put_document(folder / "papers", b"%PDF-1.7 " * 10_000)


def _is_put(folder: Path) -> bool:
    papers = folder / "papers"
    digests = all_documents(papers)
    return [len(read_document(papers, digest)) for digest in digests] == [90_000]


def _prepare_office(folder: Path) -> None:
    _prepare_register(folder)
    _put_document(folder)


def _back_up(folder: Path) -> None:
    to = folder / "b.zip"
    back_up(str(register(folder)), to, documents=folder / "papers", made_by="test")


def _is_backed_up(folder: Path) -> bool:
    assert sound(folder) == 1
    if not (folder / "b.zip").exists():
        return False
    with zipfile.ZipFile(folder / "b.zip") as archive:
        assert archive.testzip() is None
    return len(read_manifest(folder / "b.zip").documents) == 1


def _prepare_backup(folder: Path) -> None:
    _prepare_office(folder)
    _back_up(folder)
    register(folder).unlink()
    shutil.rmtree(folder / "papers")


def _restore(folder: Path) -> None:
    restore(folder / "b.zip", str(register(folder)), documents=folder / "papers")


def _is_restored(folder: Path) -> bool:
    if not register(folder).exists():
        return False
    assert _is_put(folder), "the documents are there before the register"
    return sound(folder) == 1


def _publish(folder: Path) -> None:
    with closing(open_store(register(folder))) as store:
        write_public_copy(store, folder / "public.gpkg", NOW)


def _is_published(folder: Path) -> bool:
    assert sound(folder) == 1
    return (folder / "public.gpkg").exists()


DEEDS = {
    "create": Deed(_nothing, _create, _is_created),
    "change": Deed(_prepare_register, _change, _is_changed),
    "change while serving": Deed(_prepare_register, _change_while_serving, _is_changed),
    "erase": Deed(_prepare_party, _erase, _is_erased),
    "migrate": Deed(_prepare_old_register, _migrate, _is_migrated),
    "put a document": Deed(_nothing, _put_document, _is_put),
    "back up": Deed(_prepare_office, _back_up, _is_backed_up),
    "restore": Deed(_prepare_backup, _restore, _is_restored),
    "publish": Deed(_prepare_register, _publish, _is_published),
}


# --- each step ------------------------------------------------------------------------------------


@pytest.fixture
def quick(tmp_path: Path) -> Iterator[Path]:
    """Yield a folder in memory where there is one: a killed process needs no disk to lose."""
    if not os.access("/dev/shm", os.W_OK):  # noqa: S108 - Linux's folder in memory
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir="/dev/shm") as folder:
        yield Path(folder)


def tried(deed: Deed, folder: Path, step: int) -> bool:
    """Kill a deed at a step; return whether it was done; do it then if it was not."""
    folder.mkdir()
    deed.prepare(folder)
    was_killed = die_at(step, lambda: deed.act(folder))
    is_done = deed.look(folder)
    assert was_killed or is_done
    if not is_done:
        deed.act(folder)
        assert deed.look(folder)
    left = [path.name for path in folder.iterdir() if path.name.startswith(".")]
    assert is_done or left == [], "what the dead one left is swept away by the next"
    shutil.rmtree(folder)
    return is_done


def total(deed: Deed, folder: Path) -> int:
    """Return in how many steps a deed is done, by a process that has done it before."""
    folder.mkdir()
    deed.prepare(folder)
    deed.act(folder)
    assert deed.look(folder)
    shutil.rmtree(folder)
    folder.mkdir()
    deed.prepare(folder)
    return steps_of(lambda: deed.act(folder))


def kill_at_some(folder: Path, name: str, many: int) -> None:
    """Kill a deed at so many of its steps, evenly spread, and at its last ones."""
    steps = total(DEEDS[name], folder / "whole")
    assert steps > LAST
    some = {*range(1, steps + 1, max(1, steps // many)), *range(steps - LAST, steps + 1)}
    done = [tried(DEEDS[name], folder / str(step), step) for step in sorted(some)]
    assert not done[0], "nothing is done before the first step"
    assert done == sorted(done)


@pytest.mark.parametrize("name", DEEDS)
def test_a_write_that_is_killed_is_whole_or_nothing(quick: Path, name: str) -> None:
    """At some steps over all of it and at its last ones; never done, then undone."""
    kill_at_some(quick, name, FEW)


@pytest.mark.long
@pytest.mark.parametrize("name", DEEDS)
def test_a_write_that_is_killed_at_many_steps_is_whole_or_nothing(quick: Path, name: str) -> None:
    """At a hundred of its steps, or at each where it has fewer."""
    kill_at_some(quick, name, MANY)


# --- each moment ----------------------------------------------------------------------------------


def _write_on(folder: Path, *, is_serving: bool) -> None:
    with closing(open_store(register(folder))) as store:
        if is_serving:
            store.serve_many()
        number = store.change_counter()
        write(store, party(f"w-{number}"), parcel(f"w-{number}", "A"))


def _die_often(folder: Path, times: int, *, is_serving: bool) -> None:
    _prepare_register(folder)
    chance = random.Random(2026)  # noqa: S311 - the same moments in every run
    before = 1
    for _ in range(times):
        kept, after = chance.randrange(3), chance.uniform(0, 0.2)
        die_after(kept, after, lambda: _write_on(folder, is_serving=is_serving))
        number = sound(folder)
        assert number >= before + kept
        before = number
        with closing(open_store(register(folder))) as store:
            assert len(store.all(Party, NOW)) == number - 1
    _write_on(folder, is_serving=is_serving)
    assert [path.name for path in folder.iterdir()] == ["register.gpkg"]


@pytest.mark.parametrize("is_serving", [True, False])
def test_a_writer_killed_at_any_moment_leaves_whole_changes(
    quick: Path, *, is_serving: bool
) -> None:
    """Inside SQLite too; each change that was kept stays, none is there by half."""
    _die_often(quick, 12, is_serving=is_serving)


@pytest.mark.long
@pytest.mark.parametrize("is_serving", [True, False])
def test_a_writer_killed_over_and_over_leaves_whole_changes(
    quick: Path, *, is_serving: bool
) -> None:
    """The same many times over on one register."""
    _die_often(quick, 300, is_serving=is_serving)
