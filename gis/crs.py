"""Reference systems: the VN-2000 zones, one pinned datum operation, and areas in metres.

Inside CCN GIS x is east and y is north, whatever a table or an EPSG definition writes first.
A shape never travels without its system: `Located` carries both, a mismatch raises, and an area
in degrees is refused. This is the only room that knows pyproj.

Datum: "VN-2000 to WGS 84 (2)", seven parameters of QĐ 05/2007/QĐ-BTNMT, coordinate-frame
rotation, written out below so that no grid, no PROJ database and no round trip through a
PROJ.4 string can change it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from types import MappingProxyType
from typing import Final

import numpy as np
import numpy.typing as npt
import pyproj
import shapely
from shapely.geometry.base import BaseGeometry

from gis.errors import CrsProblem

WGS84: Final = 4326
VN2000_GEOGRAPHIC: Final = 4756

#: EPSG code -> central meridian in degrees, TM-3 zones (k 0.9999, false easting 500 000 m).
VN2000_ZONES: Final = MappingProxyType(
    {
        5896: 102.0,
        5897: 105.0,
        5898: 108.0,
        5899: 107.75,
        9205: 103.0,
        9206: 104.0,
        9207: 104.5,
        9208: 104.75,
        9209: 105.5,
        9210: 105.75,
        9211: 106.0,
        9212: 106.25,
        9213: 106.5,
        9214: 107.0,
        9215: 107.25,
        9216: 107.5,
        9217: 108.25,
        9218: 108.5,
    }
)

_HELMERT: Final = (
    "+proj=helmert +x=-191.90441429 +y=-39.30318279 +z=-111.45032835 "
    "+rx=-0.00928836 +ry=0.01975479 +rz=-0.00427372 "
    "+s=0.252906278 +convention=coordinate_frame"
)
# Where VN-2000 coordinates of the mainland and its islands can lie, with a wide margin (metres).
_EASTING: Final = (-500_000.0, 1_500_000.0)
_NORTHING: Final = (700_000.0, 2_800_000.0)


@dataclass(frozen=True, slots=True)
class Located:
    """A shape together with the EPSG code of its reference system (x east, y north)."""

    geometry: BaseGeometry
    epsg: int

    def __post_init__(self) -> None:
        require_supported(self.epsg)


def is_projected(epsg: int) -> bool:
    """Say whether the system measures in metres."""
    return epsg in VN2000_ZONES


def require_supported(epsg: int) -> int:
    """Return ``epsg`` if the register works in it.

    Raises:
        CrsProblem: ``crs.unsupported`` for anything but WGS84, VN-2000 and its TM-3 zones.
    """
    if epsg not in VN2000_ZONES and epsg not in (WGS84, VN2000_GEOGRAPHIC):
        raise CrsProblem("crs.unsupported", value=str(epsg)[:40], choices=_choices())
    return epsg


def to_crs(located: Located, epsg: int) -> Located:
    """Bring a shape into another system through the pinned datum operation.

    The same system returns the same object, bit for bit. Z values are dropped: the register is
    planar. Empty shapes stay empty.

    Raises:
        CrsProblem: ``crs.unsupported``; ``crs.axes_swapped`` or ``crs.out_of_range`` where a
            coordinate can't belong to the source system, or lies too far away for the other.
    """
    if located.epsg == require_supported(epsg):
        return located
    check_range(located)
    moved = shapely.transform(located.geometry, _operation(located.epsg, epsg))
    return Located(moved, epsg)


def to_crs_array(
    geometries: npt.NDArray[np.object_], source: int, target: int
) -> npt.NDArray[np.object_]:
    """Bring many shapes of one system into another at once, without asking if they fit the first.

    Raises:
        CrsProblem: ``crs.unsupported``; ``crs.out_of_range`` for what the other can't hold.
    """
    if require_supported(source) == require_supported(target):
        return geometries
    moved: npt.NDArray[np.object_] = shapely.transform(geometries, _operation(source, target))
    return moved


def check_range(located: Located) -> None:
    """Refuse coordinates that can't belong to the declared system.

    Raises:
        CrsProblem: ``crs.axes_swapped`` where exchanging x and y would fit,
            ``crs.out_of_range`` otherwise.
    """
    points = shapely.get_coordinates(located.geometry)
    if points.size == 0:
        return
    fits = _fits(points, located.epsg)
    if fits.all():
        return
    swapped = _fits(points[:, ::-1], located.epsg).all()
    code = "crs.axes_swapped" if swapped else "crs.out_of_range"
    raise CrsProblem(code, at=_first_misfit(points, fits), epsg=located.epsg)


def require_same(left: Located, right: Located) -> int:
    """Return the common EPSG code of two shapes.

    Raises:
        CrsProblem: ``crs.mismatch``.
    """
    if left.epsg != right.epsg:
        raise CrsProblem("crs.mismatch", left=left.epsg, right=right.epsg)
    return left.epsg


def area_m2(located: Located) -> float:
    """Return the planar area in m² in the shape's own zone: the legal one. Empty gives 0.

    Source: Circular 26/2024/TT-BTNMT (cadastral areas are planar, VN-2000 TM-3).

    Raises:
        CrsProblem: ``crs.degrees`` for a geographic system.
    """
    if not is_projected(located.epsg):
        raise CrsProblem("crs.degrees", epsg=located.epsg)
    return float(located.geometry.area)


def geodesic_area_m2(located: Located) -> float:
    """Return the area on the ellipsoid in m²; rings are oriented first (THREATS finding 9).

    Empty gives 0. VN-2000 lies on the WGS84 ellipsoid, so the datum does not matter.
    """
    geographic = VN2000_GEOGRAPHIC if located.epsg != WGS84 else WGS84
    shapes = np.array([to_crs(located, geographic).geometry], dtype=object)
    return float(_geodesic_areas(shapes)[0])


def geodesic_areas_m2(geometries: npt.NDArray[np.object_], epsg: int) -> npt.NDArray[np.float64]:
    """Return `geodesic_area_m2` of many shapes of one system."""
    geographic = VN2000_GEOGRAPHIC if epsg != WGS84 else WGS84
    return _geodesic_areas(to_crs_array(geometries, epsg, geographic))


def _geodesic_areas(shapes: npt.NDArray[np.object_]) -> npt.NDArray[np.float64]:
    """Add up the signed areas of the rings of each shape, outer ones against holes."""
    oriented = shapely.orient_polygons(shapes, exterior_cw=False)
    parts, shape_of_part = shapely.get_parts(oriented, return_index=True)
    rings, part_of_ring = shapely.get_rings(parts, return_index=True)
    points, ring_of_point = shapely.get_coordinates(rings, return_index=True)
    ends = np.searchsorted(ring_of_point, np.arange(len(rings) + 1))
    measure = _geod().polygon_area_perimeter
    areas = [
        measure(points[start:end, 0], points[start:end, 1])[0] for start, end in pairwise(ends)
    ]
    owners = shape_of_part[part_of_ring]
    return np.abs(np.bincount(owners, weights=areas, minlength=len(shapes)))


def _fits(points: npt.NDArray[np.float64], epsg: int) -> npt.NDArray[np.bool_]:
    x, y = points[:, 0], points[:, 1]
    if epsg not in VN2000_ZONES:
        return (np.abs(x) <= 180.0) & (np.abs(y) <= 90.0)
    return (x >= _EASTING[0]) & (x <= _EASTING[1]) & (y >= _NORTHING[0]) & (y <= _NORTHING[1])


def _first_misfit(
    points: npt.NDArray[np.float64], fits: npt.NDArray[np.bool_]
) -> list[float | None]:
    """Return the first point that does not fit; NaN and infinity, which JSON lacks, as None."""
    point = points[int(np.argmin(fits))]
    return [float(value) if np.isfinite(value) else None for value in point]


def _choices() -> str:
    return ", ".join(f"EPSG:{code}" for code in sorted(VN2000_ZONES))


@cache
def _geod() -> pyproj.Geod:
    return pyproj.Geod(ellps="WGS84")


def _operation(
    source: int, target: int
) -> Callable[[npt.NDArray[np.float64]], npt.NDArray[np.float64]]:
    transformer = _pipeline(source, target)

    def move(points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        moved = np.column_stack(transformer.transform(points[:, 0], points[:, 1]))
        fits = _fits(moved, target)
        if not fits.all():
            raise CrsProblem("crs.out_of_range", at=_first_misfit(points, fits), epsg=target)
        return moved

    return move


@cache
def _pipeline(source: int, target: int) -> pyproj.Transformer:
    steps = ["+proj=pipeline", *_to_geographic(source)]
    if (source == WGS84) != (target == WGS84):
        steps += _datum_shift(to_wgs84=target == WGS84)
    steps += _from_geographic(target)
    return pyproj.Transformer.from_pipeline(" ".join(steps))


def _to_geographic(epsg: int) -> list[str]:
    if epsg in VN2000_ZONES:
        return [f"+step +inv {_projection(epsg)}"]
    return ["+step +proj=unitconvert +xy_in=deg +xy_out=rad"]


def _from_geographic(epsg: int) -> list[str]:
    if epsg in VN2000_ZONES:
        return [f"+step {_projection(epsg)}"]
    return ["+step +proj=unitconvert +xy_in=rad +xy_out=deg"]


def _datum_shift(*, to_wgs84: bool) -> list[str]:
    inverse = "" if to_wgs84 else "+inv "
    return [
        "+step +proj=push +v_3",
        "+step +proj=cart +ellps=WGS84",
        f"+step {inverse}{_HELMERT}",
        "+step +inv +proj=cart +ellps=WGS84",
        "+step +proj=pop +v_3",
    ]


def _projection(epsg: int) -> str:
    meridian = VN2000_ZONES[epsg]
    return f"+proj=tmerc +lat_0=0 +lon_0={meridian} +k=0.9999 +x_0=500000 +y_0=0 +ellps=WGS84"
