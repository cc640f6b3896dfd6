"""The planned land balance: what a detailed plan 1/500 makes of the land inside a boundary."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from gis.geometry import union_area_m2
from gis.indicators.cover import Shapes, clipped
from gis.model import LandUse

#: A rest below this many m², or below this part of the whole, is rounding and not land.
_ROUNDING_M2: Final = 1e-6
_ROUNDING_PART: Final = 1e-12

#: A polygon of a plan with its class.
PlannedShape = tuple[LandUse, BaseGeometry]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedBalance:
    """Areas in m² of a plan's classes inside the boundary; every class is there, be it with 0.

    ``areas_m2`` sums the polygons of a class, so Σ classes + ``unclassified_m2`` −
    ``overlap_m2`` = ``boundary_m2``. ``outside_m2`` is plan land beyond the boundary, counted
    nowhere else.
    """

    boundary_m2: float
    areas_m2: Mapping[LandUse, float]
    overlap_m2: float
    unclassified_m2: float
    outside_m2: float


def planned_balance(boundary: BaseGeometry, areas: Sequence[PlannedShape]) -> PlannedBalance:
    """Balance the polygons of a detailed plan against a boundary of the same zone, in m².

    Polygons are clipped to the boundary; overlap = Σ areas − area of their union, unclassified =
    boundary − union, outside = area of the union of what lies beyond. The order of the polygons
    does not matter, to the last bit. No polygons leave everything unclassified.
    """
    uses, shapes = _in_fixed_order(areas)
    inside = clipped(shapes, boundary)
    sums = _sums(uses, inside)
    boundary_m2 = float(boundary.area)
    total = math.fsum(sums.values())
    union = union_area_m2(inside)
    return PlannedBalance(
        boundary_m2=boundary_m2,
        areas_m2=sums,
        overlap_m2=rest_m2(total, union),
        unclassified_m2=rest_m2(boundary_m2, union),
        outside_m2=_outside_m2(boundary, shapes, inside),
    )


def industrial_land(boundary: BaseGeometry, areas: Sequence[PlannedShape]) -> BaseGeometry:
    """Return the plan's industrial land inside the boundary as one region, empty if there is none.

    Source: Decree 32/2024/NĐ-CP Art 2.6 (industrial land is fixed in the approved plan).
    """
    industry = [area for area in areas if area[0] is LandUse.INDUSTRY]
    _, shapes = _in_fixed_order(industry)
    return shapely.union_all(clipped(shapes, boundary))


def rest_m2(whole: float, part: float) -> float:
    """Return what a part of a whole leaves, in m²: 0 where only rounding is left."""
    rest = whole - part
    return 0.0 if rest < max(_ROUNDING_M2, _ROUNDING_PART * whole) else rest


def _in_fixed_order(areas: Sequence[PlannedShape]) -> tuple[list[LandUse], Shapes]:
    shapes = np.array([shape for _, shape in areas], dtype=object)
    order = sorted(zip(shapely.to_wkb(shapes), range(len(shapes)), strict=True))
    places = [place for _, place in order]
    return [areas[place][0] for place in places], shapes[places]


def _sums(uses: list[LandUse], shapes: Shapes) -> dict[LandUse, float]:
    found: dict[LandUse, list[float]] = {use: [] for use in LandUse}
    for use, area in zip(uses, shapely.area(shapes).tolist(), strict=True):
        found[use].append(area)
    return {use: math.fsum(areas) for use, areas in found.items()}


def _outside_m2(boundary: BaseGeometry, shapes: Shapes, inside: Shapes) -> float:
    crossing = [shape for shape, part in zip(shapes, inside, strict=True) if shape is not part]
    return union_area_m2([shapely.difference(shape, boundary) for shape in crossing])
