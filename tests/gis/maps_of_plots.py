"""Maps of plots for the tests of overlays: clean ones cut from a grid, and odd shapes on it."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import shapely
from hypothesis import strategies as st
from shapely import affinity
from shapely.geometry.base import BaseGeometry

#: A corner near Hòa Bình city in EPSG:9211, and the side of a cell, in metres.
EAST, NORTH, CELL = 430_000.0, 2_300_000.0, 10.0

Cells = frozenset[tuple[int, int]]


def array(shapes: Sequence[BaseGeometry]) -> npt.NDArray[np.object_]:
    """Return shapes as an array, also none or one."""
    found = np.empty(len(shapes), dtype=object)
    found[:] = shapes
    return found


def texts(words: Sequence[str]) -> npt.NDArray[np.object_]:
    """Return words as an array of objects."""
    return np.array(words, dtype=object)


def box(x: float, y: float, width: float = 1, height: float = 1) -> BaseGeometry:
    """Return a rectangle, counted in cells from the corner."""
    west, south = EAST + x * CELL, NORTH + y * CELL
    return shapely.box(west, south, west + width * CELL, south + height * CELL)


def polygon(*points: tuple[float, float]) -> BaseGeometry:
    """Return a polygon through points counted in cells."""
    return shapely.Polygon([(EAST + x * CELL, NORTH + y * CELL) for x, y in points])


def region(cells: Cells) -> BaseGeometry:
    """Return the land of some cells, with a vertex at every corner on its outline."""
    return shapely.coverage_union_all(array([box(x, y) for x, y in sorted(cells)]))


def grid(columns: int, rows: int, shift: float = 0.0) -> list[BaseGeometry]:
    """Return a clean map of squares."""
    return [box(x + shift, y + shift) for x in range(columns) for y in range(rows)]


@st.composite
def clean_maps(draw: st.DrawFn) -> list[BaseGeometry]:
    """Draw a map without overlap: cells dealt out to owners, with holes, parts and gaps."""
    owners = draw(st.lists(st.integers(0, 4), min_size=9, max_size=25))
    held: dict[int, set[tuple[int, int]]] = {}
    for place, owner in enumerate(owners):
        held.setdefault(owner, set()).add((place % 5, place // 5))
    return [region(frozenset(cells)) for _, cells in sorted(held.items())]


@st.composite
def odd_shapes(draw: st.DrawFn) -> BaseGeometry:
    """Draw a shape on the grid that may share, touch, cross, hold or repeat others."""
    corner = st.tuples(st.integers(0, 5), st.integers(0, 5))
    kind = draw(st.sampled_from(["cells", "plain", "triangle", "turned"]))
    if kind == "triangle":
        points = draw(st.lists(corner, min_size=3, max_size=3, unique=True))
        drawn = polygon(*points)
        return drawn if drawn.area > 0 else box(*points[0])
    place = st.tuples(st.integers(0, 4), st.integers(0, 4))
    cells = draw(st.frozensets(place, min_size=1, max_size=12))
    drawn = region(cells)
    if kind == "plain":  # no vertex where a neighbour may have one
        drawn = drawn.simplify(0)
    return affinity.rotate(drawn, 30) if kind == "turned" else drawn


@st.composite
def plots(draw: st.DrawFn) -> list[BaseGeometry]:
    """Draw a clean map, or none, and odd shapes upon it: whatever can be wrong with a map."""
    drawn = draw(st.just([]) | clean_maps())
    drawn = drawn + draw(st.lists(odd_shapes(), max_size=4))
    again = draw(st.lists(st.sampled_from(drawn), max_size=2)) if drawn else []
    shift = draw(st.sampled_from([0.0, 0.001, -0.001, 1e-9, 5.0]))
    drawn = drawn + [affinity.translate(shape, shift, 0.0) for shape in again]
    if draw(st.integers(0, 4)) == 0:
        drawn = [*drawn, shapely.MultiPolygon()]
    return draw(st.permutations(drawn))


def owners_of(count: int) -> st.SearchStrategy[npt.NDArray[np.object_]]:
    """Draw the cluster of each of so many shapes."""
    return st.lists(st.sampled_from("ABC"), min_size=count, max_size=count).map(texts)
