"""Overlays of whole layers give what plain pairwise work and geopandas give."""

from itertools import product

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry.base import BaseGeometry

from gis import bulk, geometry
from tests.gis.maps_of_plots import (
    array,
    box,
    clean_maps,
    grid,
    odd_shapes,
    owners_of,
    plots,
    polygon,
    region,
    texts,
)
from tests.properties import FEW, MANY

RING = region(frozenset(product(range(5), range(5))) - {(2, 2)})

# --- overlaps -----------------------------------------------------------------------------------

MAPS: dict[str, tuple[list[BaseGeometry], list[tuple[int, int]]]] = {
    "nothing": ([], []),
    "one": ([box(0, 0)], []),
    "apart": ([box(0, 0), box(3, 3)], []),
    "empty": ([box(0, 0), shapely.Polygon(), shapely.MultiPolygon()], []),
    "neighbours": ([box(0, 0), box(1, 0)], []),
    "corner to corner": ([box(0, 0), box(1, 1)], []),
    "T-junction": ([box(0, 0, 2, 1), box(0, 1), box(1, 1)], []),
    "crossing": ([box(0, 0, 2, 2), box(1, 1, 2, 2)], [(0, 1)]),
    "twice the same": ([box(0, 0)] * 2, [(0, 1)]),
    "three times the same": ([box(0, 0)] * 3, [(0, 1), (0, 2), (1, 2)]),
    "one in another": ([box(0, 0, 9, 9), box(3, 3)], [(0, 1)]),
    "in another, touching at corners": (
        [box(0, 0, 9, 9), polygon((0, 0), (9, 9), (6, 5))],
        [(0, 1)],
    ),
    "in another, along its side": ([box(0, 0, 2, 2), box(0, 0, 2, 1)], [(0, 1)]),
    "in a hole": ([RING, box(2, 2)], []),
    "smaller than its hole": ([RING, box(2.25, 2.25, 0.5, 0.5)], []),
    "a hole filled twice": ([RING, box(2, 2), box(2, 2)], [(1, 2)]),
    "a part in a hole": ([RING, shapely.union(box(2.25, 2.25, 0.5, 0.5), box(7, 7))], []),
    "a part on the ring": ([RING, shapely.union(box(1, 1), box(7, 7))], [(0, 1)]),
    "by a millimetre": ([box(0, 0, 1, 2), box(0.9999, 0, 1, 2)], [(0, 1)]),
    "by less than rounding": ([box(0, 0), box(1 - 1e-10, 0)], []),
    "a map inside one plot": ([*grid(3, 3), box(-1, -1, 5, 5)], [(i, 9) for i in range(9)]),
    "the middle of a map twice": ([*grid(3, 3), box(1, 1)], [(4, 9)]),
}


@pytest.mark.parametrize("name", MAPS)
def test_overlaps_of_known_maps(name: str) -> None:
    """Each kind of clash is found, and nothing that only touches."""
    shapes, expected = MAPS[name]
    found = bulk.overlaps(array(shapes), texts(["A"] * len(shapes)))
    assert [(pair.left, pair.right) for pair in found] == expected


def test_two_whole_maps_that_are_shifted() -> None:
    """A map imported twice with a wrong datum clashes everywhere, also deep inside."""
    shapes = array([*grid(9, 9), *grid(9, 9, shift=0.3)])
    found = bulk.overlaps(shapes, texts(["A"] * len(shapes)))
    assert found == geometry.overlaps(shapes)
    assert {pair.left for pair in found} == set(range(81))


def test_the_tolerance_is_the_callers() -> None:
    """Only overlaps above the tolerance count."""
    shapes = array([box(0, 0), box(0.9, 0)])
    owners = texts(["A", "A"])
    assert [pair.area_m2 for pair in bulk.overlaps(shapes, owners)] == [pytest.approx(10.0)]
    assert bulk.overlaps(shapes, owners, tol_m2=11.0) == []


def check_overlaps(data: st.DataObject) -> None:
    """Hold the quick search against the pairwise one, whatever the clusters."""
    shapes = array(data.draw(plots()))
    owners = data.draw(owners_of(len(shapes)))
    assert bulk.overlaps(shapes, owners) == geometry.overlaps(shapes)


@FEW
@given(st.data())
def test_overlaps_are_the_pairwise_ones(data: st.DataObject) -> None:
    """The quick search finds what the pairwise one finds."""
    check_overlaps(data)


@pytest.mark.long
@MANY
@given(st.data())
def test_overlaps_are_the_pairwise_ones_on_many_maps(data: st.DataObject) -> None:
    """The same on many more maps."""
    check_overlaps(data)


@FEW
@given(clean_maps())
def test_a_clean_map_is_recognised(shapes: list[BaseGeometry]) -> None:
    """Where plots share their borders vertex by vertex, no pair is compared."""
    assert bulk._is_clean_map(array(shapes))


# --- class areas and land outside ------------------------------------------------------------


@FEW
@given(st.data())
def test_class_areas_are_those_of_geopandas(data: st.DataObject) -> None:
    """Clipping only what leaves its cluster gives the areas of `overlay` and `groupby`."""
    boundaries = {"A": box(0, 0, 4, 4), "B": RING, "C": data.draw(odd_shapes())}
    shapes = array(data.draw(st.lists(odd_shapes(), max_size=6)))
    owners = data.draw(owners_of(len(shapes)))
    codes = texts([f"code-{place % 2}" for place in range(len(shapes))])

    found = bulk.class_areas(
        texts([*boundaries]), array([*boundaries.values()]), owners, codes, shapes
    )

    expected = overlaid(boundaries, owners.tolist(), codes.tolist(), list(shapes))
    computed = {(area.cluster_id, area.code): area.area_m2 for area in found}
    assert {key for key, area in computed.items() if area > 0} == set(expected)
    for key, area in expected.items():
        assert computed[key] == pytest.approx(area, abs=1e-6)


def overlaid(
    boundaries: dict[str, BaseGeometry],
    owners: list[str],
    codes: list[str],
    shapes: list[BaseGeometry],
) -> dict[tuple[str, str], float]:
    """Sum class areas with geopandas' own verbs, each shape in its own cluster."""
    left = gpd.GeoDataFrame({"owner": owners, "code": codes}, geometry=shapes, crs=9211)
    right = gpd.GeoDataFrame({"cluster": [*boundaries]}, geometry=[*boundaries.values()], crs=9211)
    pieces = gpd.overlay(left, right, how="intersection", keep_geom_type=True)
    pieces = pieces[pieces["owner"] == pieces["cluster"]]
    sums = pieces.area.groupby([pieces["cluster"], pieces["code"]]).sum()
    return {(cluster, code): area for (cluster, code), area in sums.items() if area > 0}


@FEW
@given(st.data())
def test_the_order_of_shapes_does_not_matter(data: st.DataObject) -> None:
    """Class areas are the same to the last bit in whatever order the shapes come."""
    shapes = array(data.draw(st.lists(odd_shapes(), min_size=2, max_size=6)))
    owners = data.draw(owners_of(len(shapes)))
    codes = texts([f"code-{place % 2}" for place in range(len(shapes))])
    order = np.array(data.draw(st.permutations(range(len(shapes)))))
    ids, boundaries = texts(["A", "B"]), array([box(0, 0, 4, 4), RING])

    straight = bulk.class_areas(ids, boundaries, owners, codes, shapes)
    mixed = bulk.class_areas(ids, boundaries, owners[order], codes[order], shapes[order])

    assert straight == mixed


def test_class_areas_are_ordered_and_of_known_clusters_only() -> None:
    """Clusters and classes come in order; land of a cluster without boundary counts nowhere."""
    found = bulk.class_areas(
        texts(["B", "A"]),
        array([box(10, 0, 2, 2), box(0, 0, 2, 2)]),
        texts(["B", "A", "A", "A", "none"]),
        texts(["SKN", "SKN", "DGT", "SKN", "SKN"]),
        array([box(10, 0), box(0, 0), box(1, 0), box(1, 1, 2, 1), box(0, 0)]),
    )
    assert found == [
        bulk.ClassArea("A", "DGT", 100.0),
        bulk.ClassArea("A", "SKN", 200.0),
        bulk.ClassArea("B", "SKN", 100.0),
    ]


def test_no_shapes_have_no_class_areas() -> None:
    """Nothing in, nothing out."""
    assert bulk.class_areas(texts(["A"]), array([RING]), texts([]), texts([]), array([])) == []


def test_areas_outside() -> None:
    """What leaves the boundary is measured, a hole counts as outside, unknown gives 0."""
    outside = bulk.areas_outside(
        texts(["A"]),
        array([RING]),
        texts(["A", "A", "A", "A", "none"]),
        array([box(0, 0), box(4, 4, 2, 1), box(2, 2), shapely.Polygon(), box(9, 9)]),
    )
    assert outside.tolist() == pytest.approx([0.0, 100.0, 100.0, 0.0, 0.0], abs=1e-6)


def test_the_callers_shapes_stay_unprepared() -> None:
    """Shapes may serve other threads: what is prepared here are copies (THREATS finding 16)."""
    boundaries = array([box(0, 0, 2, 2)])
    bulk.areas_outside(texts(["A"]), boundaries, texts(["A"]), array([box(0, 0)]))
    assert not shapely.is_prepared(boundaries).any()
