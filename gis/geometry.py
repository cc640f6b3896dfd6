"""Plane geometry of land: what is wrong with a shape, how it could be mended, where shapes clash.

Pure shapely: metres in, metres and square metres out; callers hold shapes in one VN-2000 zone.
Prepared geometries and trees never leave the function that made them: sharing one between
threads crashes the process (THREATS finding 16).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from gis.errors import GeometryProblem

#: Overlaps below this many m² are rounding of coordinates, not land (THREATS 24).
TOLERANCE_M2: Final = 0.01
#: A shape with more vertices is refused before any test of validity (THREATS 14, finding 7).
MAX_VERTICES: Final = 100_000
#: A mend by linework is tried for shapes of at most so many vertices: below a second, not minutes.
_LINEWORK_VERTICES: Final = 64
_MENDABLE: Final = frozenset({"geometry.self_intersection", "geometry.invalid"})

Shapes = npt.NDArray[np.object_] | Sequence[BaseGeometry]


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault of a shape: its error code, a place as (x, y) where known, and further facts."""

    code: str
    at: tuple[float, float] | None = None
    facts: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Repair:
    """A proposed mend with the area before (as measured) and after, in m². Never applied here."""

    method: str
    geometry: BaseGeometry
    area_before_m2: float
    area_after_m2: float


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two shapes, by position with ``left < right``, that share ``area_m2`` of land."""

    left: int
    right: int
    area_m2: float


def problems(geometry: BaseGeometry) -> list[Problem]:
    """List what keeps a shape from standing for land; empty list when nothing does.

    The first fault that makes later tests meaningless is the only one returned: type, then
    emptiness, finiteness, size, validity, area.
    """
    if geometry.geom_type not in ("Polygon", "MultiPolygon"):
        return [Problem("geometry.type", facts=(("type", geometry.geom_type),))]
    if geometry.is_empty:
        return [Problem("geometry.empty")]
    points = shapely.get_coordinates(geometry)
    if not np.isfinite(points).all():
        return [Problem("geometry.not_finite")]
    if len(points) > MAX_VERTICES:
        facts = (("count", len(points)), ("limit", MAX_VERTICES))
        return [Problem("geometry.too_many_vertices", facts=facts)]
    return _shape_problems(geometry)


def are_regions(shapes: npt.NDArray[np.object_]) -> npt.NDArray[np.bool_]:
    """Say of many shapes at once which have no `problems`."""
    is_polygon = np.isin(
        shapely.get_type_id(shapes),
        (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON),
    )
    points, owners = shapely.get_coordinates(shapes, return_index=True)
    is_region = is_polygon & (shapely.get_num_coordinates(shapes) <= MAX_VERTICES)
    is_region[owners[~np.isfinite(points).all(axis=1)]] = False
    is_region[is_region] = shapely.is_valid(shapes[is_region])
    return is_region & (shapely.area(shapes) > 0)


def require_region(geometry: BaseGeometry) -> BaseGeometry:
    """Return a shape that can stand for land, without Z.

    Raises:
        GeometryProblem: with the code of the first of its `problems`.
    """
    found = problems(geometry)
    if found:
        first = found[0]
        raise GeometryProblem(
            first.code, at=None if first.at is None else list(first.at), **dict(first.facts)
        )
    return shapely.force_2d(geometry)


def repairs(geometry: BaseGeometry) -> list[Repair]:
    """Propose mends of an invalid region; none for a valid, hopeless or too large one.

    A ring that overlaps itself has two readings (THREATS 2): by structure the land is what any
    part encloses, by linework what an odd number of turns encloses. The second is proposed for
    small shapes only, and where it differs: it takes minutes on a 16 kB ring (finding 6). The
    area before is the planar one of the invalid ring.
    """
    if not {problem.code for problem in problems(geometry)} & _MENDABLE:
        return []
    count = shapely.get_num_coordinates(geometry)
    before = float(geometry.area)
    methods: tuple[Literal["structure", "linework"], ...] = ("structure", "linework")
    found: list[Repair] = []
    for method in methods[: 2 if count <= _LINEWORK_VERTICES else 1]:
        mended = _made_valid(geometry, method)
        if not mended.is_empty and not any(mended.equals(other.geometry) for other in found):
            found.append(Repair(method, mended, before, float(mended.area)))
    return found


def union_area_m2(geometries: Shapes) -> float:
    """Return the area that the shapes cover together, each place counted once. None gives 0."""
    shapes = np.asarray(geometries, dtype=object)
    if len(shapes) == 0:
        return 0.0
    return float(shapely.union_all(shapes).area)


def overlaps(geometries: Shapes, *, tol_m2: float = TOLERANCE_M2) -> list[Overlap]:
    """Find every pair of shapes that share more than ``tol_m2``, by position, in order.

    Shapes that only touch are no pair. Empty shapes overlap nothing.
    """
    shapes = np.asarray(geometries, dtype=object)
    if len(shapes) < 2:
        return []
    left, right = touching_pairs(shapes)
    return _overlaps_of(shapes, left, right, tol_m2)


def touching_pairs(
    shapes: npt.NDArray[np.object_],
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Return positions (left < right) of shapes whose boxes meet and whose interiors may."""
    tree = shapely.STRtree(shapes)
    left, right = tree.query(shapes)
    keep = left < right
    left, right = left[keep], right[keep]
    order = np.lexsort((right, left))
    return left[order], right[order]


def _overlaps_of(
    shapes: npt.NDArray[np.object_],
    left: npt.NDArray[np.intp],
    right: npt.NDArray[np.intp],
    tol_m2: float,
) -> list[Overlap]:
    areas = shapely.area(shapely.intersection(shapes[left], shapes[right]))
    found = np.nonzero(areas > tol_m2)[0]
    return [Overlap(int(left[i]), int(right[i]), float(areas[i])) for i in found]


def outside_area_m2(boundary: BaseGeometry, geometry: BaseGeometry) -> float:
    """Return how much of a shape lies beyond a boundary; all of it where the boundary is empty."""
    return float(shapely.area(shapely.difference(geometry, boundary)))


def gaps(
    boundary: BaseGeometry, geometries: Shapes, *, tol_m2: float = TOLERANCE_M2
) -> list[BaseGeometry]:
    """Return the parts of a boundary larger than ``tol_m2`` that no shape covers."""
    shapes = np.asarray(geometries, dtype=object)
    covered = shapely.union_all(shapes) if len(shapes) else shapely.Polygon()
    left_over = shapely.get_parts(polygons_of(shapely.difference(boundary, covered)))
    return [part for part in left_over if part.area > tol_m2]


def area_tolerance_m2(geometry: BaseGeometry, vertex_error_m: float) -> float:
    """Return one standard deviation of a region's area from the position error of its vertices.

    σ_A = m_p / (2√2) · √(Σ |P(i+1) − P(i−1)|²) over the vertices of all rings, m_p the vertex
    error in metres. A technical check, not a legal tolerance (DOMAIN §4). Empty gives 0.
    """
    squares = 0.0
    for ring in _rings(geometry):
        points = shapely.get_coordinates(ring)[:-1]
        spans = np.roll(points, -1, axis=0) - np.roll(points, 1, axis=0)
        squares += float((spans**2).sum())
    return float(vertex_error_m / (2 * np.sqrt(2)) * np.sqrt(squares))


def polygons_of(geometry: BaseGeometry) -> BaseGeometry:
    """Keep the polygons of a shape; lines and points that a mend or overlay leaves are dropped."""
    parts = shapely.get_parts(shapely.get_parts(geometry))
    polygons = [part for part in parts if part.geom_type == "Polygon"]
    return polygons[0] if len(polygons) == 1 else shapely.MultiPolygon(polygons)


def _made_valid(geometry: BaseGeometry, method: Literal["structure", "linework"]) -> BaseGeometry:
    """Mend by one method; linework can leave neighbours with a common edge, which are one land."""
    if method == "linework":
        made = shapely.make_valid(geometry)
    else:
        made = shapely.make_valid(geometry, method="structure", keep_collapsed=False)
    return shapely.union_all(shapely.get_parts(polygons_of(made)))


def _rings(geometry: BaseGeometry) -> list[BaseGeometry]:
    return list(shapely.get_rings(shapely.get_parts(geometry)))


def _shape_problems(geometry: BaseGeometry) -> list[Problem]:
    reason = shapely.is_valid_reason(geometry)
    if reason != "Valid Geometry":
        if geometry.area == 0 and _is_collinear(geometry):
            return [Problem("geometry.zero_area")]
        return [_invalidity(reason)]
    if geometry.area == 0:
        return [Problem("geometry.zero_area")]
    return []


def _invalidity(reason: str) -> Problem:
    """Read GEOS's reason, "Self-intersection[1 1]", into a code and a place."""
    words, _, place = reason.rstrip("]").partition("[")
    at = tuple(float(number) for number in place.split()[:2])
    where = (at[0], at[1]) if len(at) == 2 else None
    if "Self-intersection" in words:
        return Problem("geometry.self_intersection", where)
    return Problem("geometry.invalid", where, (("reason", words),))


def _is_collinear(geometry: BaseGeometry) -> bool:
    return bool(shapely.area(shapely.convex_hull(geometry)) == 0)
