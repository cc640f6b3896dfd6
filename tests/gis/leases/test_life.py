"""The life of leases against a simple model: on every day, at every moment of knowledge.

The model knows nothing of periods or versions: for each lease it keeps a dictionary from day to
(lessee, parcels), for each parcel the set of its days. What it forbids the register refuses, and
a refusal changes nothing.
"""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from gis.errors import GisError
from gis.leases import (
    AmendLease,
    RegisterLease,
    RenewLease,
    TerminateLease,
    TransferLease,
    amend_lease,
    lease_findings,
    register_lease,
    renew_lease,
    terminate_lease,
    transfer_lease,
)
from gis.mandates import Done
from gis.model import Lease, LeaseState, LeaseTier, Moment, Parcel, Period
from gis.parcels import LeaseMove, RetireParcel, SplitParcel, retire_parcel, split_parcel
from gis.store import Entry, GeoPackageStore
from tests.gis.desk import OFFICER, desk_register
from tests.gis.maps_of_plots import box
from tests.gis.parcels.test_divide import part

FIRST = date(2025, 1, 1)
#: The world of the model: so many days from the first.
DAYS = 40
#: No lease of the model goes beyond this day.
HORIZON = 80
Held = tuple[str, frozenset[str]]


def day(number: int) -> date:
    """Return a day by its number."""
    return FIRST + timedelta(days=number)


@dataclass(frozen=True)
class World:
    """What the model knows: who holds what on each day, and the days of each parcel."""

    leases: dict[str, dict[int, Held]]
    parcels: dict[str, frozenset[int]]

    def holders(self, parcel: str, days: Iterator[int] | range | set[int]) -> set[str]:
        """Return the leases that hold a parcel on any of some days."""
        wanted = set(days)
        return {
            name
            for name, held in self.leases.items()
            if any(on in wanted and parcel in parcels for on, (_who, parcels) in held.items())
        }

    def is_free(self, parcels: frozenset[str], days: range, name: str = "") -> bool:
        """Say whether parcels are there, and held by nobody else, on all of some days."""
        return all(
            set(days) <= self.parcels.get(parcel, frozenset())
            and not self.holders(parcel, days) - {name}
            for parcel in parcels
        )


starts = st.integers(0, DAYS - 1)
lengths = st.integers(1, 15)
lessees = st.sampled_from(["tenant", "other"])


class LeaseLife(RuleBasedStateMachine):
    """Officers at work on one cluster of a few parcels."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.store: GeoPackageStore = desk_register(Path(self.folder.name))
        self.world = World({}, {})
        self.past: list[tuple[datetime, World]] = []
        self.count = 0

    def teardown(self) -> None:
        """Let the register go."""
        self.store.close()
        self.folder.cleanup()

    @initialize()
    def begin(self) -> None:
        """Two parcels are there for ever."""
        always = frozenset(range(HORIZON))
        self.know(World({}, {"A-1": always, "A-2": always}))

    def know(self, world: World) -> None:
        """Keep what is known from now on."""
        self.world = world
        known_at = self.store.present(FIRST).known_at
        assert known_at is not None
        self.past.append((known_at, world))

    def carry_out(self, function: Any, request: Any, world: World | None) -> Done | None:
        """Do what the model allows, see that what it forbids is refused and leaves no trace."""
        before = self.store.changes()[-1].register_hash
        if world is None:
            with pytest.raises(GisError):
                function(self.store, request, OFFICER)
            assert self.store.changes()[-1].register_hash == before
            return None
        done: Done = function(self.store, request, OFFICER)
        self.know(world)
        return done

    def with_lease(self, name: str, days: dict[int, Held]) -> World:
        """Return the world with other days of a lease."""
        return replace(self.world, leases=self.world.leases | {name: days})

    def any_lease(self, data: st.DataObject) -> str:
        """Choose a lease."""
        return data.draw(st.sampled_from(sorted(self.world.leases)))

    @rule(data=st.data(), start=starts, length=lengths, lessee=lessees)
    def register(self, data: st.DataObject, start: int, length: int, lessee: str) -> None:
        """A direct lease of some parcels."""
        names = data.draw(st.sets(st.sampled_from(sorted(self.world.parcels)), min_size=1))
        parcels, days = frozenset(names), range(start, start + length)
        self.count += 1
        name = f"lease-{self.count}"
        request = RegisterLease(
            id=name,
            cluster_id="A",
            tier=LeaseTier.DIRECT,
            contract_number=name,
            lessor="state",
            lessee=lessee,
            starts_on=day(start),
            last_day=day(start + length - 1),
            parcel_ids=tuple(sorted(parcels)),
        )
        is_free = self.world.is_free(parcels, days)
        held = dict.fromkeys(days, (lessee, parcels))
        self.carry_out(register_lease, request, self.with_lease(name, held) if is_free else None)

    @precondition(lambda self: self.world.leases)
    @rule(data=st.data(), on=starts, lessee=lessees)
    def transfer(self, data: st.DataObject, on: int, lessee: str) -> None:
        """To another lessee, from a day on which the lease holds."""
        name = self.any_lease(data)
        held = self.world.leases[name]
        request = TransferLease(lease_id=name, since=day(on), lessee=lessee)
        world = None
        if on in held and held[on][0] != lessee:
            after = {d: (lessee if d >= on else who, what) for d, (who, what) in held.items()}
            world = self.with_lease(name, after)
        self.carry_out(transfer_lease, request, world)

    @precondition(lambda self: self.world.leases)
    @rule(data=st.data(), on=starts)
    def terminate(self, data: st.DataObject, on: int) -> None:
        """From the second day to the last."""
        name = self.any_lease(data)
        held = self.world.leases[name]
        request = TerminateLease(lease_id=name, terminated_on=day(on))
        world = None
        if on in held and on - 1 in held:
            world = self.with_lease(name, {d: what for d, what in held.items() if d < on})
            self.terminated.add(name)
        self.carry_out(terminate_lease, request, world)

    @precondition(lambda self: self.world.leases)
    @rule(data=st.data(), length=lengths)
    def renew(self, data: st.DataObject, length: int) -> None:
        """From the day after the last one, where the land is free and there."""
        name = self.any_lease(data)
        held = self.world.leases[name]
        end = max(held) + 1 if held else 0
        days = range(end, min(end + length, HORIZON))
        if not days:
            return
        request = RenewLease(lease_id=name, last_day=day(days[-1]))
        world = None
        if held and name not in self.terminated:
            who, parcels = held[end - 1]
            if self.world.is_free(parcels, days, name):
                world = self.with_lease(name, held | dict.fromkeys(days, (who, parcels)))
        self.carry_out(renew_lease, request, world)

    @precondition(lambda self: self.world.leases)
    @rule(data=st.data(), on=starts)
    def amend(self, data: st.DataObject, on: int) -> None:
        """To other parcels from a day on, a renewal on record included."""
        name = self.any_lease(data)
        held = self.world.leases[name]
        names = data.draw(st.sets(st.sampled_from(sorted(self.world.parcels)), min_size=1))
        parcels = frozenset(names)
        request = AmendLease(lease_id=name, since=day(on), parcel_ids=tuple(sorted(parcels)))
        world = None
        if on in held and self.world.is_free(parcels, range(on, max(held) + 1), name):
            after = {d: (who, parcels if d >= on else what) for d, (who, what) in held.items()}
            world = self.with_lease(name, after)
        self.carry_out(amend_lease, request, world)

    @rule(data=st.data(), on=starts)
    def split(self, data: st.DataObject, on: int) -> None:
        """A whole parcel into halves; every lease of then or later goes to the first or second."""
        name = data.draw(st.sampled_from(["A-1", "A-2"]))
        known = self.world.parcels[name]
        later = range(on, HORIZON)
        holders = sorted(self.world.holders(name, later))
        side = data.draw(st.lists(st.integers(0, 1), min_size=len(holders), max_size=len(holders)))
        forgets = bool(holders) and data.draw(st.booleans())
        moves = tuple(
            LeaseMove(lease_id=holder, to=(to,)) for holder, to in zip(holders, side, strict=True)
        )
        x = 0 if name == "A-1" else 1
        children = (
            part(box(x, 0, 0.5), id=f"{name}-w{self.count}-{on}"),
            part(box(x + 0.5, 0, 0.5), id=f"{name}-e{self.count}-{on}"),
        )
        ids = [str(child.id) for child in children]
        request = SplitParcel(
            parcel_id=name,
            since=day(on),
            children=children,
            leases=moves[1:] if forgets else moves,
        )
        world = None
        if on in known and not forgets and not any(i in self.world.parcels for i in ids):
            leases = dict(self.world.leases)
            for holder, to in zip(holders, side, strict=True):
                leases[holder] = {
                    d: (who, what - {name} | {ids[to]} if d >= on and name in what else what)
                    for d, (who, what) in leases[holder].items()
                }
            halves = dict.fromkeys(ids, frozenset(d for d in known if d >= on))
            kept = {name: frozenset(d for d in known if d < on)}
            world = World(leases, self.world.parcels | kept | halves)
        self.carry_out(split_parcel, request, world)

    @rule(data=st.data(), on=starts)
    def retire(self, data: st.DataObject, on: int) -> None:
        """A parcel that nobody holds then or later."""
        name = data.draw(st.sampled_from(sorted(self.world.parcels)))
        known = self.world.parcels[name]
        request = RetireParcel(parcel_id=name, since=day(on))
        world = None
        if on in known and not self.world.holders(name, range(on, HORIZON)):
            kept = {name: frozenset(d for d in known if d < on)}
            world = replace(self.world, parcels=self.world.parcels | kept)
        self.carry_out(retire_parcel, request, world)

    @precondition(lambda self: self.world.leases)
    @rule(data=st.data(), lessee=lessees)
    def correct(self, data: st.DataObject, lessee: str) -> None:
        """Another lessee from the first day on, told only now."""
        name = self.any_lease(data)
        held = self.world.leases[name]
        with self.store.transaction(by="a", action="lease.correct", reason="x") as transaction:
            for known in transaction.known_in(Lease, ["A"]):
                if known.thing.id == name:
                    fixed = replace(known.thing, lessee_id=lessee)
                    transaction.put(Entry(fixed, known.valid))
        self.know(self.with_lease(name, {d: (lessee, what) for d, (_, what) in held.items()}))

    @rule(data=st.data(), on=st.integers(0, DAYS + 25))
    def ask(self, data: st.DataObject, on: int) -> None:
        """Any day, as known at any moment: who holds which parcels, and which parcels there are."""
        if not self.past:
            return
        known_at, world = data.draw(st.sampled_from(self.past))
        moment = Moment(day(on), known_at)
        told = {
            one.lease.id: (one.lease.lessee_id, frozenset(one.lease.parcel_ids))
            for one in lease_findings(self.store, moment, "A")
            if one.state in (LeaseState.ACTIVE, LeaseState.EXPIRING)
        }
        assert told == {n: held[on] for n, held in world.leases.items() if on in held}
        parcels = {found.thing.id for found in self.store.all(Parcel, moment, cluster_id="A")}
        assert parcels == {name for name, days in world.parcels.items() if on in days}

    @invariant()
    def nobody_holds_land_twice(self) -> None:
        """In the model, on any day; it is asked here so that the model itself is right."""
        for on in range(0, DAYS, 7):
            held = [
                parcel
                for days in self.world.leases.values()
                if on in days
                for parcel in days[on][1]
            ]
            assert len(held) == len(set(held))

    @property
    def terminated(self) -> set[str]:
        """Return the leases that were ended early, which are not renewed."""
        found: set[str] = self.__dict__.setdefault("_terminated", set())
        return found


def test_leases_live_as_the_model_says() -> None:
    """A few lives for every run."""
    run_state_machine_as_test(
        LeaseLife, settings=settings(max_examples=12, stateful_step_count=25, deadline=None)
    )


@pytest.mark.long
def test_many_leases_live_as_the_model_says() -> None:
    """Many and longer lives."""
    run_state_machine_as_test(
        LeaseLife,
        settings=settings(
            max_examples=300, stateful_step_count=50, deadline=None, derandomize=False
        ),
    )


def test_a_period_of_the_model_is_one_of_the_register() -> None:
    """The days of the model are those of half-open periods."""
    assert [Period(day(3), day(5)).contains(day(n)) for n in (2, 3, 4, 5)] == [
        False, True, True, False,
    ]  # fmt: skip
