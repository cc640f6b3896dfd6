"""Made-up boundaries: irregular outlines of an exact size, straight where a road passes them.

An outline is drawn in its own frame (metres): the road runs along its left side, x points from
the gate into the land. `Frame` sets it down in the VN-2000 zone. Nothing here is surveyed.
"""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from gis.example.chance import between

#: Roundness of the basic oval: 2 is an ellipse, larger is closer to a rectangle.
_SQUARENESS: Final = 4.0
#: Where the road cuts the oval, as a part of its half length.
_ROADSIDE: Final = -0.9


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a drawing lies: its origin in the zone and the direction of its x axis.

    A mirrored one has its left and right of the main road exchanged.
    """

    easting: float
    northing: float
    angle_deg: float
    is_mirrored: bool = False

    def to_zone(self, shape: BaseGeometry) -> BaseGeometry:
        """Turn a shape and move it to its place in the zone."""
        angle = math.radians(self.angle_deg)
        cosine, sine = math.cos(angle), math.sin(angle)
        side = -1.0 if self.is_mirrored else 1.0

        def move(points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
            x, y = points[:, 0], side * points[:, 1]
            east = self.easting + cosine * x - sine * y
            north = self.northing + sine * x + cosine * y
            return np.column_stack([east, north])

        return shapely.transform(shape, move)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """How an outline looks: length to width, number of corners, unevenness and a bay.

    ``bay`` is the depth of a concave bay as a part of the radius and ``bay_deg`` its direction
    seen from the middle: a hill or a pond that the boundary goes around.
    """

    aspect: float = 1.4
    corners: int = 22
    unevenness: float = 0.035
    bay: float = 0.0
    bay_deg: float = 60.0


def draw_outline(key: str, area_m2: float, form: Form) -> Polygon:
    """Draw the outline that belongs to a key, of the given area to rounding, around (0, 0)."""
    ring = [_corner(key, place, form) for place in range(form.corners)]
    oval = Polygon(ring)
    roadside = shapely.box(_ROADSIDE * form.aspect, -9, 9, 9)
    cut = shapely.normalize(oval.intersection(roadside))
    factor = math.sqrt(area_m2 / cut.area)
    return one_polygon(shapely.transform(cut, lambda points: points * factor))


def polygons_of(shape: BaseGeometry) -> list[Polygon]:
    """Return the polygons of a shape, the largest first; lines where borders touch are dropped."""
    parts = [part for part in shapely.get_parts(shape) if isinstance(part, Polygon)]
    return sorted((part for part in parts if part.area), key=lambda part: -part.area)


def one_polygon(shape: BaseGeometry) -> Polygon:
    """Return the one polygon of a shape; the drawing's tables are wrong where it is not one.

    Raises:
        ValueError: for a shape of several polygons or of none.
    """
    parts = polygons_of(shape)
    if len(parts) != 1:
        message = f"a single polygon was meant, not {len(parts)}"
        raise ValueError(message)
    return parts[0]


def _corner(key: str, place: int, form: Form) -> tuple[float, float]:
    step = 2 * math.pi / form.corners
    angle = step * (place + between(-0.25, 0.25, key, "corner", place))
    radius = _oval_radius(angle, form.aspect) * (1 + _waves(key, angle, form.unevenness))
    radius *= 1 + between(-0.4, 0.4, key, "dent", place) * form.unevenness
    away = math.remainder(angle - math.radians(form.bay_deg), 2 * math.pi)
    radius *= 1 - form.bay * math.exp(-((away / 0.32) ** 2))
    return (radius * math.cos(angle), radius * math.sin(angle))


def _oval_radius(angle: float, aspect: float) -> float:
    along = abs(math.cos(angle)) / aspect
    across = abs(math.sin(angle))
    return float((along**_SQUARENESS + across**_SQUARENESS) ** (-1 / _SQUARENESS))


def _waves(key: str, angle: float, unevenness: float) -> float:
    return sum(
        unevenness / wave * 2 * math.sin(wave * angle + between(0, 2 * math.pi, key, "wave", wave))
        for wave in (2, 3, 4, 5)
    )
