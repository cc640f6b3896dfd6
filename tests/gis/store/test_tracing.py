"""What a change wrote and ended, what was written since, and what refers to a thing."""

from typing import Any

import pytest

from gis.errors import NotFound
from gis.model import DetailedPlan, Lease, Parcel, Party, Period
from gis.store import Store, Touched, WrittenVersion
from tests.gis.store.things import (
    ALWAYS,
    EPSG,
    ON,
    SINCE,
    START,
    FakeClock,
    cluster,
    lease,
    parcel,
    party,
    plan,
    square,
    write,
)


def told(written: tuple[WrittenVersion[Any], ...]) -> list[tuple[str, int]]:
    """Return ids and numbers of versions."""
    return [(one.thing.id, one.version.number) for one in written]


def touched(found: list[Touched]) -> list[tuple[int, str, int]]:
    """Return change, id and number of what was touched."""
    return [(one.change, one.version.thing.id, one.version.number) for one in found]


def test_a_change_is_found_by_its_number(store: Store) -> None:
    """With its parts; one that never was is refused."""
    write(store, cluster("A", square()), party("p"))
    write(store, party("q"))
    found = store.change(1)
    assert found == store.changes()[0]
    assert [part.cluster_id for part in found.parts] == ["", "A"]
    for number in (0, 3, -1, 2**80):
        with pytest.raises(NotFound) as refused:
            store.change(number)
        assert (refused.value.code, refused.value.facts["last"]) == ("change.unknown", 2)


def test_a_change_tells_what_it_wrote_and_ended(store: Store) -> None:
    """Versions with their shapes, in the order of kinds, ids and numbers; and its settings."""
    write(store, parcel("P"), parcel("Q", shape=square(200)), party("x"))
    with store.transaction(by="a", action="b") as transaction:
        transaction.put(parcel("P", label="1", valid=Period(ON)))
        transaction.void(Parcel, "Q")
        transaction.put(party("y"))
        transaction.set_setting("name", "value")
    written = store.written_by(2)
    assert told(written.opened) == [("P", 2), ("P", 3), ("y", 1)]
    assert told(written.closed) == [("P", 1), ("Q", 1)]
    assert written.settings == ("name",)
    assert written.change == store.change(2)
    shape = written.closed[1].located
    assert shape is not None
    assert (shape.epsg, shape.geometry.equals(square(200))) == (EPSG, True)
    assert written.opened[2].located is None
    assert told(store.written_by(1).closed) == []
    with pytest.raises(NotFound):
        store.written_by(3)


def test_what_was_touched_since_is_told_with_its_change(store: Store, clock: FakeClock) -> None:
    """Written and ended; one that was both comes twice."""
    write(store, party("p"))
    clock.pass_by(days=1)
    write(store, party("p", text="b"))
    with store.transaction(by="a", action="b") as transaction:
        transaction.void(Party, "p")
    assert touched(store.written_since(1)) == [(2, "p", 2), (2, "p", 1), (3, "p", 2)]
    assert touched(store.written_since(2)) == [(3, "p", 2)]
    assert store.written_since(3) == []


def test_every_version_of_a_thing_comes_with_its_shape(store: Store) -> None:
    """Those that are no longer known too."""
    write(store, parcel("P"))
    write(store, parcel("P", shape=square(5)))
    found = store.with_record(Parcel, "P")
    assert told(tuple(found)) == [("P", 1), ("P", 2)]
    shapes = [one.located.geometry for one in found if one.located is not None]
    assert [shape.equals(square(x)) for shape, x in zip(shapes, (0, 5), strict=True)] == [True] * 2
    assert store.with_record(Parcel, "none") == []
    assert store.with_record(Parcel, "\x00") == []


def test_what_refers_to_a_thing_is_found(store: Store) -> None:
    """By a field or a member of a list, whenever it holds; not what only looks alike."""
    write(store, lease("L", "A", "P-1", "Đất", 'q"x'), lease("M", "A", "p-1", "P-11"), plan("A"))
    write(store, lease("M", "A", "P-1", term=Period(START)))
    assert [one.thing.id for one in store.referring(Lease, "parcel_ids", "P-1")] == ["L", "M"]
    for name in ("Đất", 'q"x'):
        assert [one.thing.id for one in store.referring(Lease, "parcel_ids", name)] == ["L"]
    for name in ("p-1", "P-11", "P-", "%", "_-1", "\x00", ""):
        assert store.referring(Lease, "parcel_ids", name) == []
    assert [one.thing.id for one in store.referring(DetailedPlan, "cluster_id", "A")] == ["A-plan"]


def test_what_a_decision_stands_behind_is_found(store: Store) -> None:
    """It is named beside the version."""
    with store.transaction(by="a", action="b", decision_id="D") as transaction:
        transaction.put(party("p", valid=ALWAYS))
        transaction.put(parcel("P", valid=SINCE))
    assert [one.thing.id for one in store.referring(Party, "by_decision_id", "D")] == ["p"]
    assert store.referring(Party, "by_decision_id", "E") == []
