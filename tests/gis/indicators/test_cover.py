"""Areas that choices among fixed shapes cover together."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry.base import BaseGeometry

from gis.indicators.cover import Cover, clipped, sharing_pairs
from tests.gis.indicators.plots import box, shapes
from tests.properties import FEW


def cover(*given_shapes: BaseGeometry) -> Cover:
    """Return the cover of some shapes."""
    array = np.array(given_shapes, dtype=object)
    return Cover(array, sharing_pairs(array))


def test_nothing_covers_nothing() -> None:
    """No shapes, and no shape chosen, cover 0 m²."""
    assert cover().area_m2(np.zeros(0, dtype=bool)) == 0.0
    assert cover(box(0, 0, 10, 10)).area_m2(np.array([False])) == 0.0


def test_neighbours_share_no_land() -> None:
    """Shapes that only touch are no pair."""
    array = np.array([box(0, 0, 10, 10), box(10, 0, 10, 10), box(10, 10, 5, 5)], dtype=object)
    left, right = sharing_pairs(array)
    assert (left.tolist(), right.tolist()) == ([], [])


def test_a_hair_of_shared_land_is_counted_once() -> None:
    """Neighbours that overlap by a micrometre add up to their union, without a union."""
    one, other = box(0, 0, 100, 0.5), box(100 - 1e-6, 0, 100, 0.5)
    shared = one.intersection(other).area
    assert 0 < shared < 1e-6
    assert cover(one, other).area_m2(np.array([True, True])) == pytest.approx(
        shapely.union_all([one, other]).area, abs=1e-9
    )


def test_a_cut_keeps_polygons_only() -> None:
    """A shape that meets the region in an area and along a line leaves the area."""
    region = shapely.union_all([box(0, 0, 10, 10), box(20, 10, 10, 10)])
    shape = shapely.union_all([box(5, 5, 15, 5), box(20, 5, 10, 5)])
    (part,) = clipped(np.array([shape], dtype=object), region)
    assert part.geom_type == "Polygon"
    assert part.area == 25.0


@FEW
@given(drawn=st.lists(shapes(), min_size=1, max_size=9), picks=st.data())
def test_every_choice_covers_its_union(drawn: list[BaseGeometry], picks: st.DataObject) -> None:
    """Asked several times, in any order: the area of the union of what was chosen."""
    asked = cover(*drawn)
    choices = st.lists(st.booleans(), min_size=len(drawn), max_size=len(drawn))
    for _ in range(4):
        chosen = np.array(picks.draw(choices))
        union = shapely.union_all(
            [shape for shape, is_in in zip(drawn, chosen, strict=True) if is_in]
        )
        assert asked.area_m2(chosen) == pytest.approx(union.area, rel=1e-12, abs=1e-6)
