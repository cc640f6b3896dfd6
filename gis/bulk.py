"""Country-wide overlays on arrays: land by class in each cluster, and every overlap of parcels.

Same answers as geopandas' `overlay`, `groupby` and `sjoin`, without their detours: a shape is
clipped only where it leaves its cluster, and pairs of shapes are compared only where the shapes
of a cluster do not fit together as a clean map. Every shape comes in one VN-2000 zone.
"""

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely
from shapely.errors import GEOSException

from gis.geometry import TOLERANCE_M2, Overlap, touching_pairs

Shapes = npt.NDArray[np.object_]
Codes = npt.NDArray[np.object_]
Positions = npt.NDArray[np.intp]
Areas = npt.NDArray[np.float64]

#: Pairs compared at once: bounds the memory of their intersections, whatever the country's size.
_PASS: Final = 50_000


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
    Ordered by cluster and class; the order of the shapes does not matter, to the last bit.
    """
    places = _places(boundary_ids, owner_ids)
    inside = np.flatnonzero(places >= 0)
    areas = _clipped_areas(boundaries, places[inside], shapes[inside])
    terms: dict[tuple[str, str], list[float]] = defaultdict(list)
    keys = zip(owner_ids[inside], codes[inside], strict=True)
    for key, area in zip(keys, areas.tolist(), strict=True):
        terms[key].append(area)
    return [ClassArea(*key, math.fsum(terms[key])) for key in sorted(terms)]


def areas_inside(
    boundary_ids: Codes, boundaries: Shapes, owner_ids: Codes, shapes: Shapes
) -> Areas:
    """Return how much of each shape lies inside its own cluster's boundary, in m².

    0 for a shape whose cluster has no boundary: what is inside is then unknown.
    """
    places = _places(boundary_ids, owner_ids)
    known = np.flatnonzero(places >= 0)
    inside = np.zeros(len(shapes))
    inside[known] = _clipped_areas(boundaries, places[known], shapes[known])
    return inside


def areas_outside(
    boundary_ids: Codes, boundaries: Shapes, owner_ids: Codes, shapes: Shapes
) -> Areas:
    """Return how much of each shape lies beyond its own cluster's boundary, in m².

    0 for a shape whose cluster has no boundary: what is outside is then unknown.
    """
    inside = areas_inside(boundary_ids, boundaries, owner_ids, shapes)
    is_known = _places(boundary_ids, owner_ids) >= 0
    return np.where(is_known, shapely.area(shapes) - inside, 0.0)


def overlaps(shapes: Shapes, owner_ids: Codes, *, tol_m2: float = TOLERANCE_M2) -> list[Overlap]:
    """Find every pair of shapes that share more than ``tol_m2``; as `gis.geometry.overlaps`.

    ``owner_ids`` names each shape's cluster. It decides nothing but the time taken: the shapes of
    one cluster are first tried as one clean map (docs/adr/0004). Empty shapes overlap nothing.
    Shapes must be valid.
    """
    if len(shapes) < 2:
        return []
    owners = _numbered(owner_ids)
    left, right = touching_pairs(shapes)
    doubtful = (owners[left] != owners[right]) | ~_is_in_clean_map(shapes, owners)[left]
    left, right = left[doubtful], right[doubtful]
    found: list[Overlap] = []
    for start in range(0, len(left), _PASS):
        step = slice(start, start + _PASS)
        found += _shared(shapes, left[step], right[step], tol_m2)
    return found


def _places(boundary_ids: Codes, owner_ids: Codes) -> Positions:
    """Return the position of each owner's boundary, -1 where it has none."""
    order = {cluster_id: place for place, cluster_id in enumerate(boundary_ids)}
    return np.fromiter((order.get(owner, -1) for owner in owner_ids), np.intp, len(owner_ids))


def _numbered(owner_ids: Codes) -> Positions:
    """Number owners from 0 in the order in which they appear; much faster than sorting text."""
    numbers: dict[str, int] = {}
    found = (numbers.setdefault(owner, len(numbers)) for owner in owner_ids)
    return np.fromiter(found, np.intp, len(owner_ids))


def _clipped_areas(boundaries: Shapes, places: Positions, shapes: Shapes) -> Areas:
    """Return each shape's area inside its own boundary; most lie wholly inside."""
    areas: Areas = shapely.area(shapes)
    # Prepared copies, which end with this call: the caller's shapes may serve other threads.
    own = shapely.force_2d(boundaries)
    shapely.prepare(own)
    leaving = np.flatnonzero(~shapely.covers(own[places], shapes))
    clipped = shapely.intersection(own[places[leaving]], shapes[leaving])
    areas[leaving] = shapely.area(clipped)
    return areas


def _is_in_clean_map(shapes: Shapes, owners: Positions) -> npt.NDArray[np.bool_]:
    """Say of each shape whether all shapes of its owner fit together without any overlap."""
    is_clean = np.zeros(len(shapes), dtype=np.bool_)
    order = np.argsort(owners, kind="stable")
    starts = np.flatnonzero(np.diff(owners[order])) + 1
    for members in np.split(order, starts):
        is_clean[members] = _is_clean_map(shapes[members])
    return is_clean


def _is_clean_map(shapes: Shapes) -> bool:
    """Say whether shapes surely share no land; False leaves it open.

    Neighbours on a clean map share their border vertex by vertex. Strike out every edge that two
    shapes share, once in each direction: how often a place is covered follows from the directed
    edges that are left. If these bound a valid region of the shapes' joint area, no place is
    covered twice. GEOS's coverage union strikes and joins them in linear time, and refuses what
    does not join.
    """
    try:
        outline = shapely.coverage_union_all(shapes)
    except GEOSException:
        return False
    excess = float(shapely.area(shapes).sum() - outline.area)
    return abs(excess) <= TOLERANCE_M2 and bool(outline.is_valid)


def _shared(shapes: Shapes, left: Positions, right: Positions, tol_m2: float) -> list[Overlap]:
    meet = shapely.relate_pattern(shapes[left], shapes[right], "T********")
    left, right = left[meet], right[meet]
    areas = shapely.area(shapely.intersection(shapes[left], shapes[right]))
    return [
        Overlap(int(left[i]), int(right[i]), float(areas[i]))
        for i in np.flatnonzero(areas > tol_m2)
    ]
