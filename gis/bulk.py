"""Country-wide overlays on arrays: land by class in each cluster, and every overlap of parcels.

Same answers as geopandas' `overlay`, `groupby` and `sjoin`, without their detours: a shape is
clipped only where it leaves its cluster, and a pair is intersected only where GEOS's coverage
functions found that the two are not plain neighbours.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely

from gis.geometry import TOLERANCE_M2, Overlap

Shapes = npt.NDArray[np.object_]
Codes = npt.NDArray[np.object_]

#: Shapes in one pass of the overlap search: bounds its memory, whatever the country's size.
_PASS: Final = 25_000


@dataclass(frozen=True, slots=True)
class ClassArea:
    """Land of one class inside one cluster, in m²: the sum over its shapes, clipped."""

    cluster_id: str
    code: str
    area_m2: float


def class_areas(
    boundary_ids: Codes, boundaries: Shapes, owner_ids: Codes, codes: Codes, shapes: Shapes
) -> list[ClassArea]:
    """Sum, for each cluster and class, the land of its own shapes that lies in its boundary.

    ``owner_ids`` names each shape's cluster; shapes of a cluster without boundary count nowhere.
    All shapes are in one VN-2000 zone. Ordered by cluster and class.
    """
    places = _places(boundary_ids, owner_ids)
    inside = np.nonzero(places >= 0)[0]
    areas = _clipped_areas(boundaries, places[inside], shapes[inside])
    sums: dict[tuple[str, str], float] = {}
    for position, area in zip(inside, areas.tolist(), strict=True):
        key = (owner_ids[position], codes[position])
        sums[key] = sums.get(key, 0.0) + area
    return [ClassArea(*key, area) for key, area in sorted(sums.items())]


def areas_outside(
    boundary_ids: Codes, boundaries: Shapes, owner_ids: Codes, shapes: Shapes
) -> npt.NDArray[np.float64]:
    """Return how much of each shape lies beyond its own cluster's boundary, in m².

    0 for a shape whose cluster has no boundary: what is outside is then unknown.
    """
    outside = np.zeros(len(shapes))
    places = _places(boundary_ids, owner_ids)
    known = np.nonzero(places >= 0)[0]
    inside = _clipped_areas(boundaries, places[known], shapes[known])
    outside[known] = shapely.area(shapes[known]) - inside
    return outside


def overlaps(shapes: Shapes, *, tol_m2: float = TOLERANCE_M2) -> list[Overlap]:
    """Find every pair of shapes that share more than ``tol_m2``; as `gis.geometry.overlaps`.

    Empty shapes overlap nothing. Shapes must be valid polygons in one zone.
    """
    if len(shapes) < 2:
        return []
    suspects = _suspects(shapes)
    if len(suspects) < 2:
        return []
    doubtful = shapes[suspects]
    tree = shapely.STRtree(doubtful)
    found: list[Overlap] = []
    for start in range(0, len(doubtful), _PASS):
        part = doubtful[start : start + _PASS]
        left, right = tree.query(part)
        left = left + start
        keep = left < right
        found += _shared(doubtful, left[keep], right[keep], suspects, tol_m2)
    return sorted(found, key=lambda pair: (pair.left, pair.right))


def _places(boundary_ids: Codes, owner_ids: Codes) -> npt.NDArray[np.intp]:
    """Return the position of each owner's boundary, -1 where it has none."""
    order = {cluster_id: place for place, cluster_id in enumerate(boundary_ids)}
    return np.fromiter((order.get(owner, -1) for owner in owner_ids), np.intp, len(owner_ids))


def _clipped_areas(
    boundaries: Shapes, places: npt.NDArray[np.intp], shapes: Shapes
) -> npt.NDArray[np.float64]:
    """Return each shape's area inside its own boundary; most lie wholly inside."""
    areas: npt.NDArray[np.float64] = shapely.area(shapes)
    shapely.prepare(boundaries)
    leaving = np.nonzero(~shapely.covers(boundaries[places], shapes))[0]
    clipped = shapely.intersection(boundaries[places[leaving]], shapes[leaving])
    areas[leaving] = shapely.area(clipped)
    shapely.destroy_prepared(boundaries)
    return areas


def _suspects(shapes: Shapes) -> npt.NDArray[np.intp]:
    """Return positions of shapes that may overlap another.

    GEOS marks every edge that crosses, or runs along without matching, another shape's edge. A
    shape that lies wholly inside another crosses nothing: its first vertex tells.
    """
    edges = shapely.coverage_invalid_edges(shapes)
    crossing = np.nonzero(~shapely.is_empty(edges))[0]
    parts, owners = shapely.get_parts(shapes, return_index=True)
    first = shapely.get_point(shapely.get_exterior_ring(parts), 0)
    inner, outer = shapely.STRtree(shapes).query(first, predicate="within")
    return np.unique(np.concatenate([crossing, owners[inner], outer]))


def _shared(
    shapes: Shapes,
    left: npt.NDArray[np.intp],
    right: npt.NDArray[np.intp],
    positions: npt.NDArray[np.intp],
    tol_m2: float,
) -> list[Overlap]:
    areas = shapely.area(shapely.intersection(shapes[left], shapes[right]))
    return [
        Overlap(int(positions[left[i]]), int(positions[right[i]]), float(areas[i]))
        for i in np.nonzero(areas > tol_m2)[0]
    ]
