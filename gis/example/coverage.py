"""A drawing as land: pieces that share every border point, on a grid of one millimetre.

Pieces drawn one by one in floating point never fit: each rounds its corners alone and leaves
slivers. Here all border lines are rounded and cut at each other at once, and the pieces are read
back from the net. Then single border stones are moved by millimetres until areas are right.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import LineString, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

#: Grid of coordinates in metres, and the digits that write it.
GRID_M: Final = 0.001
_DIGITS: Final = 3
#: How far from the middle of its side a border stone may be set, in grid steps.
_REACH: Final = 250

Point = tuple[float, float]
Ring = list[Point]


@dataclass(slots=True)
class Coverage:
    """Pieces by name, each a list of polygons (shell, holes) that share border points exactly.

    Shells run counter-clockwise and holes clockwise, so that the land is always on the left.
    """

    rings: dict[str, list[list[Ring]]] = field(default_factory=dict)

    @classmethod
    def of(cls, pieces: dict[str, BaseGeometry]) -> "Coverage":
        """Round and cut the borders of pieces that fit up to rounding, and read them back."""
        names = list(pieces)
        lines = shapely.union_all(
            [shapely.boundary(pieces[name]) for name in names], grid_size=GRID_M
        )
        net = shapely.GeometryCollection(shapely.polygonize(shapely.get_parts(lines)))
        faces = shapely.get_parts(rounded(net))
        owners = _owners([pieces[name] for name in names], faces)
        coverage = cls()
        for place, name in enumerate(names):
            own = [face for face, owner in zip(faces, owners, strict=True) if owner == place]
            merged = shapely.coverage_union_all(own)
            coverage.rings[name] = [_rings(part) for part in shapely.get_parts(merged)]
        return coverage

    def shape(self, name: str) -> Polygon | MultiPolygon:
        """Return a piece as a polygon, or as a multipolygon where it has several parts."""
        parts = [Polygon(rings[0], rings[1:]) for rings in self.rings[name]]
        return shapely.normalize(parts[0] if len(parts) == 1 else MultiPolygon(parts))

    def union(self, names: Iterable[str]) -> BaseGeometry:
        """Return several pieces as one."""
        return shapely.normalize(shapely.coverage_union_all([self.shape(name) for name in names]))

    def area_m2(self, names: Iterable[str]) -> float:
        """Return the area of several pieces together."""
        return math.fsum(self.shape(name).area for name in names)

    def set_stone(self, names: Sequence[str], others: Sequence[str], gain_m2: float) -> None:
        """Give some pieces ``gain_m2`` of land, in all, from their neighbours among others.

        One border stone is set near the middle of the longest straight border between the two
        groups, or of the longest outer border where ``others`` is empty. No other piece changes.
        Exact to about 0.001 m² on a slanting border, to length × 0.5 mm on one along the axes.
        """
        name, other, start, end = self._longest_border(names, others)
        stone = _stone(start, end, gain_m2)
        self._insert(name, start, end, stone)
        if other is not None:
            self._insert(other, end, start, stone)

    def _longest_border(
        self, names: Sequence[str], others: Sequence[str]
    ) -> tuple[str, str | None, Point, Point]:
        taken = {side: other for other in self.rings for side in self._sides(other)}
        wanted = set(others) if others else {None}
        found = [
            (math.dist(start, end), name, taken.get((end, start)), start, end)
            for name in names
            for start, end in self._sides(name)
            if taken.get((end, start)) in wanted
        ]
        _length, name, other, start, end = max(found, key=lambda side: side[0])
        return name, other, start, end

    def _sides(self, name: str) -> list[tuple[Point, Point]]:
        return [side for rings in self.rings[name] for ring in rings for side in pairwise(ring)]

    def _insert(self, name: str, start: Point, end: Point, stone: Point) -> None:
        for rings in self.rings[name]:
            for ring in rings:
                for place in range(len(ring) - 1):
                    if (ring[place], ring[place + 1]) == (start, end):
                        ring.insert(place + 1, stone)
                        return


def rounded(shape: BaseGeometry) -> BaseGeometry:
    """Return a shape with its coordinates on the grid."""
    return shapely.transform(shape, lambda points: np.round(points, _DIGITS))


def _owners(pieces: Sequence[BaseGeometry], faces: npt.NDArray[np.object_]) -> list[int]:
    """Return for each face the piece that it came from; -1 for a hole between pieces."""
    tree = shapely.STRtree(pieces)
    inner = shapely.point_on_surface(faces)
    owners = np.full(len(faces), -1)
    face, piece = tree.query(inner, predicate="within")
    owners[face] = piece
    return [int(owner) for owner in owners]


def _rings(polygon: Polygon) -> list[Ring]:
    oriented = shapely.orient_polygons(shapely.normalize(polygon), exterior_cw=False)
    return [_ring(line) for line in (oriented.exterior, *oriented.interiors)]


def _ring(line: LineString) -> Ring:
    return [(float(x), float(y)) for x, y in line.coords]


def _stone(start: Point, end: Point, gain_m2: float) -> Point:
    """Return the grid point near a side's middle whose triangle with the side has a given area.

    The land to the left of start → end gains the triangle when the stone lies to its right. Along
    the side the stone is free: of all grid columns around the middle the best fitting is taken.
    """
    if abs(end[0] - start[0]) < abs(end[1] - start[1]):
        x, y = _stone((start[1], start[0]), (end[1], end[0]), -gain_m2)
        return (y, x)
    run, rise = end[0] - start[0], end[1] - start[1]

    def at(column: int) -> Point:
        x = round(start[0] + run / 2 + column * GRID_M, _DIGITS)
        return (x, round(start[1] + (rise * (x - start[0]) - 2 * gain_m2) / run, _DIGITS))

    def miss(column: int) -> float:
        x, y = at(column)
        return abs((rise * (x - start[0]) - run * (y - start[1])) / 2 - gain_m2)

    return at(min(range(-_REACH, _REACH + 1), key=miss))
