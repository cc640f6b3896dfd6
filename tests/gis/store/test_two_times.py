"""The two times against a naive model: every version in a list, every question a scan of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis.model import Moment, Parcel, Party, Period
from gis.store import Store
from tests.gis.store.conftest import NewStore
from tests.gis.store.things import MADE_AT, FakeClock, parcel, party, square
from tests.properties import FEW, MANY

#: Few days and few things, so that periods meet, touch and cover each other often.
_DAYS = [date(2020, 1, 1) + timedelta(days=day) for day in range(6)]
_ENDS = [None, *_DAYS]

periods = st.tuples(st.sampled_from(_ENDS), st.sampled_from(_ENDS)).filter(
    lambda ends: ends[0] is None or ends[1] is None or ends[0] < ends[1]
)


@dataclass(frozen=True)
class Wish:
    """Let a thing be a text for a period; None voids it."""

    name: str
    text: str | None
    valid: Period


wishes = st.builds(
    Wish,
    name=st.sampled_from(["x", "y"]),
    text=st.one_of(st.none(), st.sampled_from("abcdef")),
    valid=periods.map(lambda ends: Period(*ends)),
)
changes = st.lists(st.lists(wishes, min_size=1, max_size=4), min_size=1, max_size=5)


@dataclass
class NaiveRegister:
    """For each change: what is known from then on, as the text of each thing on each day."""

    known: list[tuple[datetime, dict[tuple[str, date], str]]] = field(default_factory=list)

    def carry_out(self, at: datetime, done: list[Wish]) -> None:
        """Write down what is known after a change, day by day."""
        texts = dict(self.known[-1][1]) if self.known else {}
        for wish in done:
            for day in filter(wish.valid.contains, days()):
                texts.pop((wish.name, day), None)
                if wish.text is not None:
                    texts[wish.name, day] = wish.text
        self.known.append((at, texts))

    def answer(self, moment: Moment) -> dict[str, str]:
        """Return the text of each thing on a day, as known at a time."""
        found: dict[tuple[str, date], str] = {}
        for at, texts in self.known:
            if moment.known_at is None or at <= moment.known_at:
                found = texts
        return {name: text for (name, day), text in found.items() if day == moment.on}


def days() -> list[date]:
    """Return every day on which anything can change, and one on either side."""
    return [_DAYS[0] - timedelta(days=1), *_DAYS, _DAYS[-1] + timedelta(days=1)]


def possible(naive: NaiveRegister, done: list[Wish]) -> Iterator[Wish]:
    """Yield the wishes that can be carried out: nothing is voided where nothing is known."""
    trial = NaiveRegister(list(naive.known))
    for wish in done:
        held = trial.known[-1][1] if trial.known else {}
        if wish.text is None and not any(
            name == wish.name and wish.valid.contains(day) for name, day in held
        ):
            continue
        trial.carry_out(MADE_AT, [wish])
        yield wish


def answers(store: Store, naive: NaiveRegister, prefix: str) -> None:
    """Ask every day as of every change, before and after it, and hold it against the model."""
    instants = [at for at, _ in naive.known]
    before = [at - timedelta(microseconds=1) for at in instants]
    for known_at in (*before, *instants, None):
        for day in days():
            moment = Moment(day, known_at)
            found = {
                version.thing.id: version.thing.name
                for version in store.all(Party, moment, ids=[f"{prefix}-x", f"{prefix}-y"])
            }
            expected = {f"{prefix}-{k}": text for k, text in naive.answer(moment).items()}
            assert found == expected, moment


def check_two_times(store: Store, clock: FakeClock, number: int, done: list[list[Wish]]) -> None:
    """Carry changes out and ask everything after each: earlier answers stay as they were."""
    naive = NaiveRegister()
    prefix, last = str(number), store.change_counter()
    for change in done:
        clock.pass_by(seconds=1)
        able = list(possible(naive, change))
        if not able:
            continue
        with store.transaction(by="a", action="b") as transaction:
            for wish in able:
                name = f"{prefix}-{wish.name}"
                if wish.text is None:
                    transaction.void(Party, name, wish.valid)
                else:
                    transaction.put(party(name, text=wish.text, valid=wish.valid))
        number_of_change = store.change_counter()
        if number_of_change == last:
            continue  # what was put was voided in the same breath: nothing was written
        last = number_of_change
        naive.carry_out(store.change(number_of_change).at, able)
    answers(store, naive, prefix)
    for name in ("x", "y"):
        check_versions(store, f"{prefix}-{name}")


def check_versions(store: Store, name: str) -> None:
    """Hold a thing's versions to their laws: counted from 1, known in order, no day twice."""
    history = store.history(Party, name)
    assert [version.number for version in history] == list(range(1, len(history) + 1))
    assert [version.known_from for version in history] == sorted(v.known_from for v in history)
    assert all(
        version.known_to is None or version.known_from < version.known_to for version in history
    )
    live = [version.valid for version in history if version.known_to is None]
    assert not any(
        one.overlaps(other) for place, one in enumerate(live) for other in live[place + 1 :]
    )


def test_the_past_never_changes(new_store: NewStore) -> None:
    """For any puts and voids, in any periods: the answer of (on, known_at) is the model's."""
    clock = FakeClock()
    store = new_store(clock)
    numbers = count()

    @FEW
    @given(changes)
    def check(done: list[list[Wish]]) -> None:
        check_two_times(store, clock, next(numbers), done)

    check()


@pytest.mark.long
def test_the_past_never_changes_at_length(new_store: NewStore) -> None:
    """The same law with many new examples."""
    clock = FakeClock()
    store = new_store(clock)
    numbers = count()

    @MANY
    @given(changes)
    def check(done: list[list[Wish]]) -> None:
        check_two_times(store, clock, next(numbers), done)

    check()


def test_shapes_and_records_follow_both_times(store: Store) -> None:
    """What is left of a cut version keeps the shape, the record and the areas of that time."""
    small, large = square(side=10), square(side=20)
    with store.transaction(by="a", action="b") as transaction:
        transaction.put(parcel("P", shape=small))
    before = store.present(date(2024, 1, 1))
    with store.transaction(by="a", action="b") as transaction:
        transaction.put(parcel("P", shape=large, valid=Period(date(2023, 1, 1))))
    then, now = Moment(date(2022, 1, 1)), Moment(date(2024, 1, 1))
    for moment, shape in ((before, small), (then, small), (now, large)):
        (recorded,) = store.records(Parcel, moment)
        (shaped,) = store.shaped(Parcel, moment)
        assert recorded.located.geometry == shape
        assert shaped.version == recorded.version
        assert recorded.version.planar_m2 == shape.area
        assert shaped.geometry is not None
        assert store.arrays(Parcel, moment, ["id"], 9211).shapes[0] == shape
