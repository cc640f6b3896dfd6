"""How much land a changing choice of shapes covers together, each place counted once."""

import math
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from gis.geometry import polygons_of, touching_pairs

Shapes = npt.NDArray[np.object_]
Choice = npt.NDArray[np.bool_]
Pairs = tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]

#: Shared land up to this many m² is subtracted pair by pair; above it a real union is taken.
_SLIVER_M2: Final = 1e-6
_POLYGONAL: Final = (3, 6)


def clipped(shapes: Shapes, region: BaseGeometry) -> Shapes:
    """Return the parts of shapes inside a region; those wholly inside come back as they are.

    Lines and points that a cut leaves are dropped. Neither shapes nor region are prepared: the
    prepared copy of the region ends with this call (THREATS finding 16).
    """
    own = shapely.force_2d(region)
    shapely.prepare(own)
    parts = shapes.copy()
    leaving = np.nonzero(~shapely.covers(own, shapes))[0]
    parts[leaving] = shapely.intersection(shapes[leaving], own)
    for position in leaving:
        if shapely.get_type_id(parts[position]) not in _POLYGONAL:
            parts[position] = polygons_of(parts[position])
    return parts


def sharing_pairs(shapes: Shapes) -> Pairs:
    """Return positions (left < right) of shapes whose interiors meet, be it by a hair."""
    left, right = touching_pairs(shapes)
    meet = shapely.relate_pattern(shapes[left], shapes[right], "T********")
    return left[meet], right[meet]


class Cover:
    """The land that any choice among fixed shapes covers together.

    Shapes that share no land add up, so a choice costs a sum. Those that do (the plot before and
    the plots after a split, a drawing fault) form groups whose unions are kept. The answer
    differs from the area of the plain union by rounding only.
    """

    def __init__(self, shapes: Shapes, pairs: Pairs) -> None:
        """Measure shapes once; ``pairs`` are their `sharing_pairs`, or those before a cut."""
        self._shapes = shapes
        self._areas: npt.NDArray[np.float64] = shapely.area(shapes)
        left, right = pairs
        shared = shapely.area(shapely.intersection(shapes[left], shapes[right]))
        real = shared > _SLIVER_M2
        self._groups = _groups(len(shapes), left[real], right[real])
        group_of = np.full(len(shapes), -1, dtype=np.intp)
        for number, members in enumerate(self._groups):
            group_of[members] = number
        self._is_single = group_of < 0
        thin = ~real & ((group_of[left] != group_of[right]) | self._is_single[left])
        self._slivers = (left[thin], right[thin], shared[thin])
        self._unions: dict[tuple[int, ...], float] = {}

    def area_m2(self, chosen: Choice) -> float:
        """Return the area that the chosen shapes cover, in m²; none chosen gives 0."""
        terms = self._areas[chosen & self._is_single].tolist()
        left, right, shared = self._slivers
        terms += (-shared[chosen[left] & chosen[right]]).tolist()
        for members in self._groups:
            terms.append(self._union_m2(tuple(members[chosen[members]].tolist())))
        return math.fsum(terms)

    def _union_m2(self, members: tuple[int, ...]) -> float:
        if len(members) < 2:
            return float(self._areas[members[0]]) if members else 0.0
        if members not in self._unions:
            self._unions[members] = float(shapely.union_all(self._shapes[list(members)]).area)
        return self._unions[members]


def _groups(
    count: int, left: npt.NDArray[np.intp], right: npt.NDArray[np.intp]
) -> list[npt.NDArray[np.intp]]:
    """Return the connected groups of two and more among ``count`` positions, each in order."""
    leader = list(range(count))

    def find(position: int) -> int:
        while leader[position] != position:
            leader[position] = leader[leader[position]]
            position = leader[position]
        return position

    for one, other in zip(left.tolist(), right.tolist(), strict=True):
        first, second = sorted((find(one), find(other)))
        leader[second] = first
    members: dict[int, list[int]] = {}
    for position in np.unique(np.concatenate([left, right])).tolist():
        members.setdefault(find(position), []).append(position)
    return [np.array(group, dtype=np.intp) for group in members.values()]
