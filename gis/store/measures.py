"""Measuring shapes once, when they are written: areas in their own zone, WGS84 form, box."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from gis.crs import WGS84, Located, check_range, geodesic_areas_m2, is_projected, to_crs_array
from gis.errors import GeometryProblem, GisError
from gis.geometry import are_regions, require_region
from gis.store.interface import Box, Entry
from gis.store.kinds import Kind

Shapes = npt.NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class MeasuredShape:
    """A geometry of record as bytes, with what was derived from it.

    ``planar_m2`` is None for geometry in degrees, both areas for points. ``box`` is west, south,
    east, north of the WGS84 form. Both WKB are little-endian and plane.
    """

    epsg: int
    wkb: bytes
    wgs84_wkb: bytes
    box: Box
    planar_m2: float | None
    geodesic_m2: float | None


def measured(kind: Kind, entries: Sequence[Entry]) -> list[MeasuredShape | None]:
    """Check and measure the shapes of entries of one kind, in their order.

    Raises:
        GeometryProblem: for a shape that can't stand for land, or a missing one
            (``record.geometry_required``); its facts name table and id.
        CrsProblem: for coordinates that can't belong to their system; its facts likewise.
        TypeError: for a shape of a kind of thing that has none.
    """
    found: list[MeasuredShape | None] = [None] * len(entries)
    by_epsg: dict[int, list[int]] = defaultdict(list)
    for position, entry in enumerate(entries):
        if entry.located is not None:
            by_epsg[entry.located.epsg].append(position)
        elif kind.is_shape_required:
            raise GeometryProblem("record.geometry_required", table=kind.table, id=entry.thing.id)
    if by_epsg and kind.geometry is None:
        message = f"{kind.table} has no shape"
        raise TypeError(message)
    for epsg, positions in by_epsg.items():
        shapes = _sound(kind, [entries[position] for position in positions], epsg)
        for position, shape in zip(positions, measure(kind, shapes, epsg), strict=True):
            found[position] = shape
    return found


def _sound(kind: Kind, entries: Sequence[Entry], epsg: int) -> Shapes:
    """Return the shapes of entries without Z: all at once where nothing is wrong with any."""
    shapes = np.array([_located(entry).geometry for entry in entries], dtype=object)
    is_sound = _are_points(shapes) if kind.geometry == "POINT" else are_regions(shapes)
    if not is_sound.all() or not _is_in_range(shapes, epsg):
        for entry in entries:
            _refuse_unsound(kind, entry)
    plane: Shapes = shapely.force_2d(shapes)
    return plane


def _refuse_unsound(kind: Kind, entry: Entry) -> None:
    located = _located(entry)
    try:
        if kind.geometry != "POINT":
            require_region(located.geometry)
        elif not _are_points(np.array([located.geometry], dtype=object)).all():
            raise GeometryProblem("geometry.point", type=located.geometry.geom_type)
        check_range(located)
    except GisError as error:
        error.facts |= {"table": kind.table, "id": entry.thing.id}
        raise


def _located(entry: Entry) -> Located:
    if entry.located is None:
        message = "only entries with a shape are measured"
        raise ValueError(message)
    return entry.located


def _are_points(shapes: Shapes) -> npt.NDArray[np.bool_]:
    """Say which shapes are points; an empty one, or one that is not finite, is none."""
    is_point: npt.NDArray[np.bool_] = shapely.get_type_id(shapes) == shapely.GeometryType.POINT
    return is_point & np.isfinite(shapely.bounds(shapes)).all(axis=1)


def _is_in_range(shapes: Shapes, epsg: int) -> bool:
    """Say whether all coordinates can belong to a system: the corners of their box decide."""
    try:
        check_range(Located(shapely.box(*shapely.total_bounds(shapes)), epsg))
    except GisError:
        return False
    return True


def measure(kind: Kind, shapes: Shapes, epsg: int) -> list[MeasuredShape]:
    """Measure sound shapes of one zone."""
    wgs84 = to_crs_array(shapes, epsg, WGS84)
    nothing = [None] * len(shapes)
    is_area = kind.geometry != "POINT"
    planar = shapely.area(shapes).tolist() if is_area and is_projected(epsg) else nothing
    geodesic = geodesic_areas_m2(shapes, epsg).tolist() if is_area else nothing
    columns = zip(
        shapely.to_wkb(shapes, byte_order=1),
        shapely.to_wkb(wgs84, byte_order=1),
        map(tuple, shapely.bounds(wgs84).tolist()),
        planar,
        geodesic,
        strict=True,
    )
    return [MeasuredShape(epsg, *values) for values in columns]
