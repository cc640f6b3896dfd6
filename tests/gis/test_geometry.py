"""Plane geometry of land: faults, mends, overlaps, gaps, tolerances."""

import math

import numpy as np
import pytest
import shapely
from hypothesis import assume, given
from hypothesis import strategies as st
from shapely import affinity
from shapely.geometry.base import BaseGeometry

from gis.errors import GeometryProblem
from gis.geometry import (
    MAX_VERTICES,
    TOLERANCE_M2,
    are_regions,
    area_tolerance_m2,
    gaps,
    outside_area_m2,
    overlaps,
    polygons_of,
    problems,
    repairs,
    require_region,
    touching_pairs,
    union_area_m2,
)
from tests.gis.indicators.plots import box, shapes
from tests.gis.zoo import FAULTY, SOUND, circle, faulty, not_finite, sound, tangle
from tests.properties import FEW, MANY

SQUARE = box(0, 0, 10, 10)


# --- what keeps a shape from standing for land -----------------------------------------------


@pytest.mark.parametrize("name", SOUND)
def test_sound_shapes_have_no_problems(name: str) -> None:
    """Orientation, holes, parts and slivers are no fault; the area is the known one."""
    shape = sound(name)
    assert problems(shape) == []
    assert require_region(shape).area == pytest.approx(SOUND[name][1], rel=1e-12)


@pytest.mark.parametrize("name", FAULTY)
def test_each_fault_has_its_code_and_place(name: str) -> None:
    """One problem, with a code, and a place where there is one (THREATS 1–3, 6, 8, 19)."""
    _, code, at = FAULTY[name]
    (found,) = problems(faulty(name))
    assert (found.code, found.at) == (code, at)


@pytest.mark.parametrize("name", FAULTY)
def test_a_faulty_shape_is_refused_with_the_same_facts(name: str) -> None:
    """The error carries code and place as plain values, and says a sentence in both languages."""
    _, code, at = FAULTY[name]
    with pytest.raises(GeometryProblem) as caught:
        require_region(faulty(name))
    assert caught.value.code == code
    assert caught.value.facts["at"] == (None if at is None else list(at))
    assert "?" not in caught.value.sentence("en") + caught.value.sentence("vi")


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_coordinates_that_are_no_numbers_are_refused(value: float) -> None:
    """NaN and infinity never reach an area (THREATS 7)."""
    shape = not_finite(value)
    assert [found.code for found in problems(shape)] == ["geometry.not_finite"]
    assert repairs(shape) == []


def test_too_many_vertices_are_refused_before_any_other_test() -> None:
    """One vertex above the limit is named with the limit (THREATS 14)."""
    assert problems(circle(MAX_VERTICES - 1)) == []
    (found,) = problems(circle(MAX_VERTICES))
    assert found.code == "geometry.too_many_vertices"
    assert dict(found.facts) == {"count": MAX_VERTICES + 1, "limit": MAX_VERTICES}


def test_no_mend_is_tried_for_too_many_vertices() -> None:
    """A crossing ring above the limit is refused, not worked on."""
    ring = np.vstack([shapely.get_coordinates(circle(MAX_VERTICES)), [[0.0, 500.0]]])
    crossing = shapely.Polygon(np.vstack([ring, ring[:3]]))
    assert repairs(crossing) == []


def test_heights_are_dropped() -> None:
    """A region of record is plane (THREATS 18)."""
    region = require_region(sound("heights"))
    assert not region.has_z
    assert region.equals(sound("square"))


def test_many_shapes_are_judged_as_each_alone() -> None:
    """The quick answer for an array is that of `problems`, shape by shape."""
    shapes_ = [sound(name) for name in SOUND] + [faulty(name) for name in FAULTY]
    shapes_ += [not_finite(math.nan), circle(MAX_VERTICES)]
    expected = [not problems(shape) for shape in shapes_]
    assert are_regions(np.array(shapes_, dtype=object)).tolist() == expected


# --- mends -----------------------------------------------------------------------------------


def test_a_ring_over_itself_has_two_readings() -> None:
    """Planar 25 m² counts 6 m² twice; by structure 19 m², by linework 13 m² (THREATS 2)."""
    found = [
        (mend.method, mend.area_before_m2, mend.area_after_m2)
        for mend in repairs(faulty("ring over itself (2)"))
    ]
    assert found == [("structure", 25.0, 19.0), ("linework", 25.0, 13.0)]


def test_a_bow_tie_is_mended_into_its_two_halves() -> None:
    """Planar 0 m², mended 2 m², and both methods agree (THREATS 1)."""
    (mend,) = repairs(faulty("bow tie (1)"))
    assert (mend.area_before_m2, mend.area_after_m2) == (0.0, 2.0)
    assert problems(mend.geometry) == []


def test_a_spike_is_cut_off() -> None:
    """The square stays (THREATS 3)."""
    (mend,) = repairs(faulty("spike (3)"))
    assert mend.area_after_m2 == 100.0
    assert mend.geometry.geom_type == "Polygon"


@pytest.mark.parametrize("name", ["collinear (6)", "one point (6)", "empty polygon (19)"])
def test_what_encloses_nothing_is_not_mended(name: str) -> None:
    """No land comes out of a line."""
    assert repairs(faulty(name)) == []


def test_a_sound_shape_needs_no_mend() -> None:
    """Nothing is proposed for a valid region."""
    assert repairs(sound("hole")) == []


def test_a_tangle_is_mended_by_structure_only() -> None:
    """The linework of 200 crossing edges takes seconds, of 800 minutes (THREATS finding 6)."""
    assert [mend.method for mend in repairs(tangle(200))] == ["structure"]
    assert {mend.method for mend in repairs(tangle(20))} == {"structure", "linework"}


def test_a_mend_of_two_halves_with_a_common_edge_is_one_land() -> None:
    """A ring that runs twice along one edge leaves two triangles: a square, and no invalid pair."""
    ring = shapely.Polygon([(1, 1), (0, 0), (0, 1), (1, 1), (0, 0), (1, 0)])
    assert [mend.area_after_m2 for mend in repairs(ring)] == [1.0]
    assert repairs(ring)[0].geometry.geom_type == "Polygon"


@FEW
@given(corners=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=4, max_size=12))
def test_a_mend_is_always_a_region(corners: list[tuple[int, int]]) -> None:
    """Whatever ring is drawn, what is proposed can stand for land, within the ring's hull."""
    ring = shapely.Polygon(corners)
    for mend in repairs(ring):
        assert problems(mend.geometry) == []
        assert 0 < mend.area_after_m2 <= ring.convex_hull.area + 1e-9
        assert mend.area_before_m2 == ring.area


# --- overlaps, gaps, outside -----------------------------------------------------------------


def test_an_overlap_names_the_pair_and_its_area() -> None:
    """Positions in order, left before right."""
    found = overlaps([box(50, 50, 1, 1), SQUARE, box(5, 0, 10, 10)])
    assert [(pair.left, pair.right, pair.area_m2) for pair in found] == [(1, 2, 50.0)]


def test_touching_neighbours_do_not_overlap() -> None:
    """Neither along an edge, nor at a corner, nor by 1e-10 m² (THREATS 24)."""
    hair = 1e-10 / 10
    neighbours = [SQUARE, box(10 - hair, 0, 10, 10), box(0, 10, 10, 10), box(-5, -5, 5, 5)]
    assert overlaps(neighbours) == []


def test_an_overlap_of_a_millimetre_is_one() -> None:
    """1 mm over 100 m is 0.1 m²; the tolerance is asked for."""
    pair = [box(0, 0, 100, 100), box(99.999, 0, 10, 100)]
    (found,) = overlaps(pair)
    assert found.area_m2 == pytest.approx(0.1, abs=1e-6)
    assert overlaps(pair, tol_m2=0.2) == []


@pytest.mark.parametrize("outer", [box(-5, -5, 20, 20), SQUARE])
def test_a_shape_inside_or_upon_another_overlaps_it(outer: BaseGeometry) -> None:
    """Contained or the same: all of its land is shared."""
    (found,) = overlaps([outer, SQUARE])
    assert found.area_m2 == 100.0


def test_nothing_overlaps_nothing() -> None:
    """No shape, one shape, empty shapes."""
    empty = shapely.Polygon()
    assert overlaps([]) == overlaps([SQUARE]) == overlaps([empty, SQUARE, empty]) == []


def test_pairs_are_found_in_order_and_once() -> None:
    """Boxes that meet, each pair once, left below right."""
    line = np.array([box(10 * place, 0, 10, 10) for place in range(5)], dtype=object)
    left, right = touching_pairs(line)
    assert list(zip(left.tolist(), right.tolist(), strict=True)) == [(0, 1), (1, 2), (2, 3), (3, 4)]


def test_union_counts_each_place_once() -> None:
    """No shapes cover nothing."""
    assert union_area_m2([]) == 0.0
    assert union_area_m2([SQUARE, SQUARE, box(5, 0, 10, 10)]) == 150.0


def test_outside_is_what_the_boundary_does_not_hold() -> None:
    """Half, nothing, and all of it where there is no boundary."""
    assert outside_area_m2(SQUARE, box(5, 0, 10, 10)) == 50.0
    assert outside_area_m2(SQUARE, box(2, 2, 3, 3)) == 0.0
    assert outside_area_m2(shapely.Polygon(), SQUARE) == 100.0


def test_gaps_are_the_places_that_no_shape_covers() -> None:
    """Two places left over are two gaps; a hair is none; nothing covered is all gap."""
    found = gaps(SQUARE, [box(2, 0, 6, 10)])
    assert sorted(gap.bounds for gap in found) == [box(0, 0, 2, 10).bounds, box(8, 0, 2, 10).bounds]
    assert gaps(SQUARE, [box(0, 0, 10, 10 - 1e-4)]) == []
    assert [gap.area for gap in gaps(SQUARE, [])] == [100.0]
    assert gaps(SQUARE, [SQUARE]) == []


def test_only_polygons_are_kept() -> None:
    """Of a mixture the polygons stay, parts in parts included; of a line nothing."""
    mixed = shapely.from_wkt(
        "GEOMETRYCOLLECTION (LINESTRING (0 0, 1 1), POINT (3 3), "
        "MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)), ((5 0, 6 0, 6 1, 5 0))))"
    )
    kept = polygons_of(mixed)
    assert (kept.geom_type, kept.area) == ("MultiPolygon", 1.0)
    assert polygons_of(shapely.from_wkt("LINESTRING (0 0, 1 1)")).is_empty


def check_overlaps(drawn: list[BaseGeometry]) -> None:
    """Hold overlaps, union and gaps against plain pairs and unions."""
    found = {(pair.left, pair.right): pair.area_m2 for pair in overlaps(drawn)}
    plain = {
        (left, right): shared
        for right in range(len(drawn))
        for left in range(right)
        if (shared := drawn[left].intersection(drawn[right]).area) > TOLERANCE_M2
    }
    assert found == pytest.approx(plain)
    union = union_area_m2(drawn)
    total = math.fsum(shape.area for shape in drawn)
    assert union <= total * (1 + 1e-12)
    assert union >= total - math.fsum(plain.values()) - TOLERANCE_M2 * len(drawn) ** 2
    border = box(-200, -200, 900, 900)
    left_over = math.fsum(gap.area for gap in gaps(border, drawn, tol_m2=0.0))
    inside = union - outside_area_m2(border, shapely.union_all(drawn))
    assert left_over + inside == pytest.approx(border.area, rel=1e-9)


@FEW
@given(drawn=st.lists(shapes(), min_size=1, max_size=8))
def test_overlaps_union_and_gaps_are_those_of_plain_geometry(drawn: list[BaseGeometry]) -> None:
    """Every pair by intersection, every place by union; union ≤ sum."""
    check_overlaps(drawn)


@pytest.mark.long
@MANY
@given(drawn=st.lists(shapes(), min_size=1, max_size=12))
def test_overlaps_union_and_gaps_many_times(drawn: list[BaseGeometry]) -> None:
    """The same, over thousands of drawings."""
    check_overlaps(drawn)


@FEW
@given(drawn=st.lists(shapes(), min_size=2, max_size=6), data=st.data())
def test_the_order_of_shapes_does_not_matter(
    drawn: list[BaseGeometry], data: st.DataObject
) -> None:
    """The same pairs, named by their new positions, with the same areas."""
    order = data.draw(st.permutations(range(len(drawn))))
    turned = overlaps([drawn[place] for place in order])
    renamed = {frozenset((order[p.left], order[p.right])): p.area_m2 for p in turned}
    expected = {frozenset((p.left, p.right)): p.area_m2 for p in overlaps(drawn)}
    assert renamed == pytest.approx(expected)


# --- tolerance of an area --------------------------------------------------------------------


def test_the_tolerance_of_a_hexagon_of_55_5_ha() -> None:
    """At 1:1000, vertices to 15 cm: about 104 m² regular, 107 m² for DOMAIN's drawn one."""
    hexagon = circle(6)
    factor = math.sqrt(555_000 / hexagon.area)
    scaled = affinity.scale(hexagon, factor, factor)
    assert area_tolerance_m2(scaled, 0.15) == pytest.approx(104.0, abs=0.5)
    assert area_tolerance_m2(scaled, 0.30) == pytest.approx(208.0, abs=1.0)


def test_the_tolerance_is_the_spread_of_measured_areas() -> None:
    """Twenty thousand surveys of a plot with a hole, each vertex off by 15 cm (Monte Carlo)."""
    plot = shapely.from_wkt(
        "POLYGON ((0 0, 300 20, 280 160, 10 190, 0 0), (50 50, 60 120, 140 110, 120 40, 50 50))"
    )
    noise = np.random.default_rng(7)
    areas = []
    rings = [shapely.get_coordinates(ring)[:-1] for ring in shapely.get_rings(plot)]
    for _ in range(20_000):
        shell, hole = (ring + noise.normal(0, 0.15 / math.sqrt(2), ring.shape) for ring in rings)
        areas.append(_shoelace(shell) - _shoelace(hole))
    assert area_tolerance_m2(plot, 0.15) == pytest.approx(np.std(areas), rel=0.03)


def test_the_tolerance_of_nothing_is_nothing() -> None:
    """An empty shape, and exact vertices, have none; parts add their squares."""
    assert area_tolerance_m2(shapely.Polygon(), 0.15) == 0.0
    assert area_tolerance_m2(SQUARE, 0.0) == 0.0
    apart = shapely.union_all([SQUARE, box(50, 50, 10, 10)])
    one = area_tolerance_m2(SQUARE, 0.15)
    assert area_tolerance_m2(apart, 0.15) == pytest.approx(one * math.sqrt(2))


def _shoelace(points: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> float:
    x, y = points[:, 0], points[:, 1]
    return abs(float((x * np.roll(y, -1) - y * np.roll(x, -1)).sum())) / 2


@FEW
@given(drawn=shapes())
def test_a_region_passes_through_unchanged(drawn: BaseGeometry) -> None:
    """A sound shape comes back with the same coordinates."""
    assume(not problems(drawn))
    assert shapely.to_wkb(require_region(drawn)) == shapely.to_wkb(drawn)
