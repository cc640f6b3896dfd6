"""Readers by thread and by process while somebody writes, and a writer who waits in vain."""

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from gis.errors import StoreBusy
from gis.model import Parcel, Party
from gis.store import RegisterStore, open_store
from tests.gis.registers import NOW, clean_register
from tests.gis.store.things import FakeClock, parcel, party, write

pytestmark = pytest.mark.filterwarnings("ignore:.*use of fork:DeprecationWarning")

CHANGES = 15


@contextmanager
def in_processes(number: int, act: Callable[[], object]) -> Iterator[None]:
    """Do something in processes of their own meanwhile; each has to end well."""
    children = []
    for _ in range(number):
        child = os.fork()
        if child == 0:
            try:
                act()
            except BaseException:  # noqa: BLE001 - the parent sees the status
                os._exit(1)
            os._exit(0)
        children.append(child)
    yield
    assert [os.waitpid(child, 0)[1] for child in children] == [0] * number


def _read_until(path: Path, last: int) -> None:
    """Ask again and again, each time a register opened anew, until a change is there."""
    until = time.monotonic() + 120
    number = 0
    while number < last:
        assert time.monotonic() < until
        with closing(open_store(path)) as store:
            _read_once(store)
            assert store.change_counter() >= number
            number = store.change_counter()


def _read_once(store: RegisterStore) -> None:
    """See the party and the parcel of each change, or neither, as of one moment."""
    now = store.present(NOW.on)
    people = [found.thing.id for found in store.all(Party, now)]
    assert people == sorted(people)
    assert len(store.shaped(Parcel, now)) == 3 + len(people)


@pytest.mark.parametrize("is_serving", [True, False])
def test_readers_go_on_while_somebody_writes(tmp_path: Path, *, is_serving: bool) -> None:
    """In threads of this process and in others; each sees whole changes in their order."""
    with closing(clean_register(tmp_path)) as store:
        if is_serving:
            store.serve_many()
        path = Path(store.url)
        with in_processes(2, lambda: _read_until(path, 1 + CHANGES)):
            stop, failed = threading.Event(), []

            def read_on() -> None:
                try:
                    while not stop.is_set():
                        _read_once(store)
                except BaseException as error:  # noqa: BLE001 - told below
                    failed.append(error)

            threads = [threading.Thread(target=read_on) for _ in range(2)]
            for thread in threads:
                thread.start()
            for number in range(CHANGES):
                write(store, party(f"w-{number:02d}"), parcel(f"w-{number:02d}", "A"))
            stop.set()
            for thread in threads:
                thread.join()
        assert failed == []
        assert store.verify().is_clean


def test_a_writer_who_waits_in_vain_is_told_in_time(tmp_path: Path) -> None:
    """After as long as was said, and the one who writes is not disturbed."""
    with (
        closing(clean_register(tmp_path)) as store,
        closing(open_store(store.url, wait_s=0.3)) as other,
    ):
        with store.transaction(by="a", action="b") as transaction:
            transaction.put(party("P"))
            started = time.monotonic()
            with pytest.raises(StoreBusy) as busy:
                write(other, party("Q"))
            assert 0.2 < time.monotonic() - started < 20
            assert busy.value.code == "register.busy"
        write(other, party("Q"))
        assert [found.thing.id for found in other.all(Party, NOW)] == ["P", "Q"]
        assert store.verify().is_clean


def test_a_clock_set_back_changes_no_order(tmp_path: Path) -> None:
    """Numbers and times of changes go up all the same, and the chain is intact (THREATS 47)."""
    clean_register(tmp_path).close()
    clock = FakeClock()
    with closing(open_store(tmp_path / "register.gpkg", clock=clock)) as store:
        for back in (timedelta(), timedelta(days=400), timedelta(days=-3), timedelta(days=9999)):
            clock.now -= back
            write(store, party(f"at {back}"))
        changes = store.changes()
        assert [change.number for change in changes] == [1, 2, 3, 4, 5]
        times = [change.at for change in changes]
        assert times == sorted(set(times))
        assert store.verify().is_clean
