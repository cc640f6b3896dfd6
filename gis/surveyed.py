"""A region as somebody sends it: corner coordinates in a named zone, nothing mended on the way."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import shapely

from gis.crs import Located, require_supported
from gis.errors import GeometryProblem

Point = tuple[float, float]
Ring = tuple[Point, ...]

#: A feature with more vertices is refused before anything is built of it (THREATS 14).
MOST_VERTICES: Final = 100_000
_FEWEST_POINTS: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Surveyed:
    """Polygons in one VN-2000 zone or WGS84: of each its outer ring, then its holes.

    Points are (easting, northing) in metres, or (longitude, latitude) in degrees; the last point
    of a ring repeats its first. The coordinates become the geometry of record bit for bit.
    """

    epsg: int
    polygons: tuple[tuple[Ring, ...], ...]

    def located(self) -> Located:
        """Build the shape.

        Whether it can stand for land (no self-crossing, some area) is asked where it is written.

        Raises:
            CrsProblem: ``crs.unsupported``.
            GeometryProblem: ``geometry.empty``, ``geometry.too_many_vertices``,
                ``geometry.not_finite``, ``ring.too_few_points`` or ``ring.unclosed``.
        """
        require_supported(self.epsg)
        rings = [ring for polygon in self.polygons for ring in polygon]
        if not rings or not all(self.polygons):
            raise GeometryProblem("geometry.empty")
        count = sum(map(len, rings))
        if count > MOST_VERTICES:
            facts = {"count": count, "limit": MOST_VERTICES}
            raise GeometryProblem("geometry.too_many_vertices", **facts)
        for ring in rings:
            _require_ring(ring)
        parts = [shapely.Polygon(outer, holes) for outer, *holes in self.polygons]
        shape = parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)
        return Located(shape, self.epsg)


def _require_ring(ring: Sequence[Point]) -> None:
    if not all(math.isfinite(x) and math.isfinite(y) for x, y in ring):
        raise GeometryProblem("geometry.not_finite")
    if len(ring) < _FEWEST_POINTS:
        raise GeometryProblem("ring.too_few_points", count=len(ring))
    if ring[0] != ring[-1]:
        raise GeometryProblem("ring.unclosed", first=list(ring[0]), last=list(ring[-1]))
