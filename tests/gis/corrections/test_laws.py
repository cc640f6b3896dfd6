"""Puts, corrections, voids and reverts in any order, against a naive register of days."""

from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis.corrections import (
    Correct,
    FieldChange,
    Revert,
    Void,
    correct_record,
    revert_change,
    void_record,
)
from gis.errors import GisError
from gis.mandates import Mandate
from gis.model import Moment, Party, Period
from gis.store import Entry, GeoPackageStore, open_store
from tests.gis.registers import clean_register
from tests.properties import FEW, MANY

MANDATE = Mandate(by="a", reason="r")
DAYS = [date(2020, 1, 1) + timedelta(days=day) for day in range(5)]
NAMES = ("x", "y")

ends = st.tuples(st.sampled_from([None, *DAYS]), st.sampled_from([None, *DAYS])).filter(
    lambda pair: pair[0] is None or pair[1] is None or pair[0] < pair[1]
)


@dataclass(frozen=True)
class Step:
    """Something to do: put or void a thing for a period, correct a day's version, revert."""

    kind: str
    name: str
    text: str
    valid: Period
    day: date
    back: int


steps = st.lists(
    st.builds(
        Step,
        kind=st.sampled_from(["put", "put", "void", "correct", "revert", "revert"]),
        name=st.sampled_from(NAMES),
        text=st.sampled_from("abcd"),
        valid=ends.map(lambda pair: Period(*pair)),
        day=st.sampled_from(DAYS),
        back=st.integers(1, 4),
    ),
    min_size=1,
    max_size=9,
)

#: On each day the text and a number that only days of one version share.
Held = dict[tuple[str, date], tuple[str, int]]


def days() -> list[date]:
    """Return every day on which anything can change, and one on either side."""
    return [DAYS[0] - timedelta(days=1), *DAYS, DAYS[-1] + timedelta(days=1)]


@dataclass
class NaiveRegister:
    """What is known after each change, day by day, and which things each change touched."""

    known: list[tuple[datetime | None, Held]] = field(default_factory=lambda: [(None, {})])
    touched: list[set[str]] = field(default_factory=lambda: [set()])
    pieces: Iterator[int] = field(default_factory=count)

    @property
    def now(self) -> Held:
        """Return what is known now."""
        return self.known[-1][1]

    def after(self, step: Step) -> Held | str:
        """Return what would be known after a step, or the code of its refusal."""
        held = deepcopy(self.now)
        if step.kind == "put":
            self._clear(held, step.name, step.valid)
            self._fill(held, step, filter(step.valid.contains, days()))
            return held
        if step.kind == "void":
            if not any(n == step.name and step.valid.contains(d) for n, d in held):
                return "thing.unknown"
            self._clear(held, step.name, step.valid)
            return held
        return self._corrected(held, step) if step.kind == "correct" else self._reverted(held, step)

    def _corrected(self, held: Held, step: Step) -> Held | str:
        if (step.name, step.day) not in held:
            return "thing.unknown"
        text, piece = held[step.name, step.day]
        if text == step.text:
            return "record.unchanged"
        self._fill(held, step, [day for (_, day), value in held.items() if value[1] == piece])
        return held

    def _fill(self, held: Held, step: Step, some: Iterable[date]) -> None:
        piece = next(self.pieces)
        held |= {(step.name, day): (step.text, piece) for day in some}

    def _reverted(self, held: Held, step: Step) -> Held | str:
        place = len(self.known) - step.back
        if place < 1:
            return "no such change"
        touched, then = self.touched[place], self.known[place][1]
        if any(versions(held, name) != versions(then, name) for name in touched):
            return "revert.depended_on"
        before = self.known[place - 1][1]
        kept = {key: value for key, value in held.items() if key[0] not in touched}
        return kept | {key: value for key, value in before.items() if key[0] in touched}

    def _clear(self, held: Held, name: str, valid: Period) -> None:
        """Take a period from a thing; what is left of a version in two parts is two versions."""
        for day in filter(valid.contains, days()):
            held.pop((name, day), None)
        runs: dict[int, list[list[date]]] = {}
        for (n, day), (_, piece) in sorted(held.items()):
            if n == name:
                own = runs.setdefault(piece, [])
                if own and own[-1][-1] + timedelta(days=1) == day:
                    own[-1].append(day)
                else:
                    own.append([day])
        for run in [run for own in runs.values() for run in own[1:]]:
            piece = next(self.pieces)
            for day in run:
                held[name, day] = (held[name, day][0], piece)

    def keep(self, step: Step, held: Held, at: datetime) -> None:
        """Write down what is known after a step."""
        place = len(self.known) - step.back
        self.touched.append(self.touched[place] if step.kind == "revert" else {step.name})
        self.known.append((at, held))


def versions(held: Held, name: str) -> set[tuple[str, tuple[date, ...]]]:
    """Return the versions of a thing: the text and the days of each."""
    found: dict[tuple[str, int], list[date]] = {}
    for (n, day), value in sorted(held.items()):
        if n == name:
            found.setdefault(value, []).append(day)
    return {(text, tuple(own)) for (text, _), own in found.items()}


def carry_out(store: GeoPackageStore, step: Step, first: int, naive: NaiveRegister) -> None:
    """Do a step in the register."""
    match step.kind:
        case "put":
            with store.transaction(by="a", action="put") as transaction:
                transaction.put(Entry(Party(id=step.name, name=step.text), step.valid))
        case "void":
            void_record(store, Void(table="party", id=step.name, valid=step.valid), MANDATE)
        case "correct":
            given_ = (FieldChange(name="name", value=step.text),)
            asked = Correct(table="party", id=step.name, fields=given_, on=step.day)
            correct_record(store, asked, MANDATE)
        case "revert":
            number = first + len(naive.known) - step.back
            revert_change(store, Revert(change=number), MANDATE)


def check_laws(store: GeoPackageStore, done: list[Step], names: dict[str, str]) -> None:
    """Do steps in register and model alike, and ask about every day as of every change."""
    naive = NaiveRegister()
    first = store.change_counter()
    for step in done:
        expected = naive.after(step)
        if expected == "no such change":
            continue
        own = Step(step.kind, names[step.name], step.text, step.valid, step.day, step.back)
        if isinstance(expected, str):
            with pytest.raises(GisError) as refusal:
                carry_out(store, own, first, naive)
            assert refusal.value.code == expected
            continue
        carry_out(store, own, first, naive)
        naive.keep(step, expected, store.changes()[-1].at)
    for at, held in naive.known[1:]:
        for day in days():
            found = store.all(Party, Moment(day, at), ids=list(names.values()))
            texts = {version.thing.id: version.thing.name for version in found}
            assert texts == {names[n]: text for (n, d), (text, _) in held.items() if d == day}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[GeoPackageStore]:
    """Yield one register for all examples, each with names of its own."""
    clean_register(tmp_path).close()
    made = open_store(tmp_path / "register.gpkg")
    yield made
    made.close()


def test_any_order_of_mending_keeps_the_two_times(store: GeoPackageStore) -> None:
    """What is known after each step, of every day, is what a naive register knows."""
    numbers = count()

    @FEW
    @given(steps)
    def check(done: list[Step]) -> None:
        number = next(numbers)
        check_laws(store, done, {name: f"{number}-{name}" for name in NAMES})

    check()


@pytest.mark.long
def test_many_orders_of_mending_keep_the_two_times(store: GeoPackageStore) -> None:
    """The same for many more."""
    numbers = count()

    @MANY
    @given(steps)
    def check(done: list[Step]) -> None:
        number = next(numbers)
        check_laws(store, done, {name: f"{number}-{name}" for name in NAMES})

    check()
