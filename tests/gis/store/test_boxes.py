"""A box finds exactly the shapes that a look at every one would find."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis.model import Cluster, Moment, Parcel, Period
from gis.store import Box, Store
from tests.gis.store.conftest import NewStore
from tests.gis.store.things import NOW, cluster, parcel, square, write
from tests.properties import FEW

WHOLE_WORLD: Box = (-180.0, -90.0, 180.0, 90.0)


def scanned(store: Store, moment: Moment, box: Box) -> list[str]:
    """Return the ids of shapes whose box meets another, by looking at each."""
    west, south, east, north = box
    found = []
    for shaped in store.shaped(Parcel, moment):
        assert shaped.geometry is not None
        left, low, right, high = shaped.geometry.bounds
        if left <= east and right >= west and low <= north and high >= south:
            found.append(shaped.thing.id)
    return found


def found_in(store: Store, moment: Moment, box: Box) -> list[str]:
    """Return the ids that the register finds in a box."""
    return [shaped.thing.id for shaped in store.shaped(Parcel, moment, bbox=box)]


def test_a_box_finds_what_a_scan_finds(new_store: NewStore) -> None:
    """For boxes whose edges lie on, beside and between those of the shapes, at any moment."""
    store = new_store()
    places = [(x, y) for x in range(3) for y in range(3)]
    write(store, *(parcel(f"{x}{y}", shape=square(50 * x, 50 * y, 40)) for x, y in places))
    first = store.present(NOW.on)
    write(store, *(parcel(f"0{y}", shape=square(200, 50 * y, 40)) for y in range(3)))
    write(store, parcel("11", shape=square(500, 500), valid=Period(date(2024, 1, 1))))
    corners = sorted(
        {x for s in store.shaped(Parcel, first) if s.geometry for x in s.geometry.bounds[::2]}
    )
    heights = sorted(
        {y for s in store.shaped(Parcel, first) if s.geometry for y in s.geometry.bounds[1::2]}
    )

    shifts = st.sampled_from([0.0, 1e-12, -1e-12, 1e-7, -1e-7])
    edges = st.tuples(*(st.sampled_from(line) for line in (corners, corners, heights, heights)))

    @FEW
    @given(edges, shifts, st.sampled_from([first, NOW, Moment(date(2023, 1, 1))]))
    def check(edges: tuple[float, ...], shift: float, moment: Moment) -> None:
        a, b, c, d = edges
        box = (min(a, b) + shift, min(c, d) + shift, max(a, b) + shift, max(c, d) + shift)
        assert found_in(store, moment, box) == scanned(store, moment, box)

    check()


def test_the_whole_world_holds_everything(store: Store) -> None:
    """And a box far away nothing (THREATS 41)."""
    write(store, parcel("a"), parcel("b"))
    assert found_in(store, NOW, WHOLE_WORLD) == ["a", "b"]
    assert found_in(store, NOW, (-10.0, -10.0, -9.0, -9.0)) == []


@pytest.mark.parametrize("nothing", [float("nan"), float("inf")])
def test_a_box_without_sense_finds_nothing(store: Store, nothing: float) -> None:
    """The API refuses it; the register only stays whole."""
    write(store, parcel("a"))
    assert found_in(store, NOW, (nothing, -90.0, 180.0, 90.0)) == []


def test_a_thing_without_shape_is_in_no_box(store: Store) -> None:
    """It is somewhere, but nobody knows where."""
    write(store, cluster("A"), cluster("B", square()))
    found = store.shaped(Cluster, NOW, bbox=WHOLE_WORLD)
    assert [shaped.thing.id for shaped in found] == ["B"]


def test_boxes_pages_and_clusters_combine(store: Store) -> None:
    """Each condition narrows the others."""
    write(store, *(parcel(f"A-{i}", "A", square(i * 200)) for i in range(5)))
    write(store, parcel("B-1", "B", square(50)))
    near = store.shaped(Parcel, NOW, cluster_id="A", after="A-1", limit=2, bbox=WHOLE_WORLD)
    assert [shaped.thing.id for shaped in near] == ["A-2", "A-3"]
