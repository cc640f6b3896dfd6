"""Many writers at once, on both engines: exactly one wins, and nothing is lost."""

import multiprocessing
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from gis.errors import GisError, StaleVersion, StoreBusy
from gis.mandates import Mandate, RequestKey, carry_out, require_unchanged
from gis.model import Decision, Parcel, Party
from gis.store import Entry, Store, open_store
from tests.gis.store.conftest import NewPlace
from tests.gis.store.things import (
    ALWAYS,
    NOW,
    SINCE,
    FakeClock,
    cluster,
    parcel,
    party,
    plan,
    plan_area,
    square,
    write,
)

WRITERS = 100
DECISION = Decision(id="QD-1", number="1", on=date(2024, 1, 1), issuer="UBND", title="x")


@pytest.fixture
def place(new_place: NewPlace) -> str:
    """Return the address of a register with two clusters and a parcel in each."""
    place = new_place()
    with closing(open_store(place)) as store:
        write(store, Entry(DECISION, ALWAYS), cluster("A", square(side=500)), cluster("B"))
        write(store, parcel("P"), parcel("Q", "B"), plan("A"))
        write(store, plan_area("a", "A", square(side=300)))
    return place


@pytest.fixture
def store(place: str) -> Iterator[Store]:
    """Yield the register, opened by one who waits for others."""
    with closing(open_store(place, wait_s=20)) as opened:
        opened.serve_many()
        yield opened


def label(store: Store, text: str, expected: int, cluster_ids: tuple[str, ...] = ("A",)) -> int:
    """Give the parcel a label if it is still the version seen; return the new version."""
    mandate = Mandate(by="officer", decision_id="QD-1", expected=expected)
    with carry_out(store, mandate, "parcel.label", cluster_ids=cluster_ids) as (transaction, done):
        require_unchanged(transaction, Parcel, "P", mandate)
        [seen] = transaction.records(Parcel, NOW, ids=["P"])
        transaction.put(Entry(replace(seen.thing, plot_label=text), SINCE, seen.located))
        done.tell((Parcel, "P"))
    return done.things[0].version


def insist(write_it: Callable[[], int]) -> int | str:
    """Do something until the register is not busy; return what it came to, or the refusal."""
    while True:
        try:
            return write_it()
        except StoreBusy:
            time.sleep(0.01)
        except GisError as refused:
            return refused.code


def won(results: list[int | str], version: int) -> bool:
    """Say whether one writer made a version, and all others saw that they came late."""
    return sorted(map(str, results)) == sorted([str(version), *["record.stale"] * (WRITERS - 1)])


def test_of_a_hundred_threads_one_wins_each_version(store: Store) -> None:
    """The version that all saw is followed by one; the next time again by one (THREATS 42)."""
    with ThreadPoolExecutor(WRITERS) as pool:
        for version in (1, 2):
            tries = [
                pool.submit(insist, partial(label, store, f"CN-{n}", version))
                for n in range(WRITERS)
            ]
            assert won([future.result() for future in tries], version + 1)
    assert [version.number for version in store.history(Parcel, "P")] == [1, 2, 3]


def _race_in_a_process(place: str, count: int) -> list[int | str]:
    with closing(open_store(place, wait_s=20)) as store:
        return [insist(partial(label, store, f"CN-{n}", 1)) for n in range(count)]


def test_of_many_processes_one_wins(place: str) -> None:
    """As many programs that know nothing of each other."""
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(4, mp_context=spawn) as pool:
        tries = [pool.submit(_race_in_a_process, place, WRITERS // 4) for _ in range(4)]
        results = [result for future in tries for result in future.result()]
    assert won(results, 2)


def test_a_thing_of_no_cluster_is_won_by_one_too(store: Store) -> None:
    """Writers who name no cluster, or different ones, don't overwrite each other."""
    write(store, party("X"))

    def rename(number: int) -> int:
        mandate = Mandate(by="officer", expected=1)
        named = [(), ("A",), ("B",), ("new",)][number % 4]
        with carry_out(store, mandate, "t", cluster_ids=named, is_land=False) as (change, done):
            require_unchanged(change, Party, "X", mandate)
            change.put(Entry(Party(id="X", name=str(number)), ALWAYS))
            done.tell((Party, "X"))
        return done.things[0].version

    with ThreadPoolExecutor(WRITERS) as pool:
        results = list(pool.map(lambda n: insist(lambda: rename(n)), range(WRITERS)))
    assert won(results, 2)


def test_the_same_request_sent_at_once_is_done_once(store: Store) -> None:
    """Whatever clusters it names: the others are told what it came to (THREATS 44)."""

    def send(number: int) -> int:
        mandate = Mandate(by="officer", decision_id="QD-1", request=RequestKey.of("k", b"x"))
        named = ["A"] if number % 2 else ["B"]
        with carry_out(store, mandate, "t", cluster_ids=named) as (change, done):
            change.put(party(f"N-{number}"))
            done.tell((Party, f"N-{number}"))
        return 1

    with ThreadPoolExecutor(20) as pool:
        results = list(pool.map(lambda n: insist(lambda: send(n)), range(20)))
    assert sorted(map(str, results)) == ["1", *["request.repeated"] * 19]
    assert len(store.all(Party, NOW)) == 1


def test_known_times_increase_in_the_order_of_the_journal(store: Store) -> None:
    """Writers of many clusters at once; what a reader saw stays true (THREATS 47)."""
    seen: list[tuple[int, int]] = []

    def write_one(number: int) -> int:
        named = f"C-{number % 7}"
        with store.transaction(by="a", action="b", cluster_ids=[named]) as change:
            change.put(parcel(f"{named}-{number}", named, square(number * 10, 0, 10)))
        return 0

    def look(stop: threading.Event) -> None:
        while not stop.is_set():
            moment = store.present(NOW.on)
            count = len(store.all(Parcel, moment))
            seen.append((count, len(store.all(Parcel, moment))))

    stop = threading.Event()
    reader = threading.Thread(target=look, args=(stop,))
    reader.start()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: insist(lambda: write_one(n)), range(40)))
    stop.set()
    reader.join()
    changes = store.changes()
    assert [change.number for change in changes] == list(range(1, len(changes) + 1))
    times = [change.at for change in changes]
    assert times == sorted(set(times))
    assert len(store.all(Parcel, NOW)) == 42
    assert all(first == again for first, again in seen)
    assert [count for count, _ in seen] == sorted(count for count, _ in seen)


def test_writers_of_one_cluster_wait_for_each_other(place: str) -> None:
    """One that does not get its turn is told that the register is busy."""
    with (
        closing(open_store(place, clock=FakeClock(), wait_s=0.2)) as store,
        store.transaction(by="a", action="b", cluster_ids=["A"]),
        closing(open_store(place, wait_s=0.2)) as other,
        pytest.raises(StoreBusy),
    ):
        label(other, "CN-1", expected=1)


def test_a_late_writer_is_told_that_he_is_late(store: Store) -> None:
    """Not that the register is busy: the version that he saw is gone."""
    label(store, "CN-1", expected=1)
    with pytest.raises(StaleVersion):
        label(store, "CN-2", expected=1)
