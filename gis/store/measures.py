"""Measuring shapes once, when they are written: areas in their own zone, WGS84 form, box."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from gis.crs import WGS84, check_range, geodesic_areas_m2, is_projected, to_crs_array
from gis.errors import GeometryProblem
from gis.geometry import require_region
from gis.store.interface import Entry
from gis.store.kinds import Kind


@dataclass(frozen=True, slots=True)
class MeasuredShape:
    """A geometry of record as bytes, with what was derived from it.

    ``planar_m2`` is None for geometry in degrees, both areas for points. ``box`` is west, south,
    east, north of the WGS84 form.
    """

    epsg: int
    wkb: bytes
    wgs84_wkb: bytes
    box: tuple[float, float, float, float]
    planar_m2: float | None
    geodesic_m2: float | None


def measured(kind: Kind, entries: Sequence[Entry]) -> list[MeasuredShape | None]:
    """Check and measure the shapes of entries of one kind, in their order.

    Raises:
        GeometryProblem: for a shape that can't stand for land, or a missing one
            (``record.geometry_required``); its facts name table and id.
        CrsProblem: for coordinates that can't belong to their system.
    """
    found: list[MeasuredShape | None] = [None] * len(entries)
    by_epsg: dict[int, list[int]] = defaultdict(list)
    for position, entry in enumerate(entries):
        if entry.located is not None and kind.geometry is not None:
            by_epsg[entry.located.epsg].append(position)
        elif kind.is_shape_required:
            raise GeometryProblem(
                "record.geometry_required", table=kind.table, id=entry.thing.id
            )
    for epsg, positions in by_epsg.items():
        shapes = np.array([_checked(kind, entries[i]) for i in positions], dtype=object)
        for position, shape in zip(positions, _measure(kind, shapes, epsg), strict=True):
            found[position] = shape
    return found


def _checked(kind: Kind, entry: Entry) -> shapely.Geometry:
    located = entry.located
    if located is None:
        message = "only entries with a shape are measured"
        raise ValueError(message)
    try:
        check_range(located)
        if kind.geometry == "POINT":
            return located.geometry
        return require_region(located.geometry)
    except GeometryProblem as error:
        error.facts |= {"table": kind.table, "id": entry.thing.id}
        raise


def _measure(kind: Kind, shapes: npt.NDArray[np.object_], epsg: int) -> list[MeasuredShape]:
    wgs84 = to_crs_array(shapes, epsg, WGS84)
    is_area = kind.geometry != "POINT"
    planar = shapely.area(shapes) if is_area and is_projected(epsg) else None
    geodesic = geodesic_areas_m2(shapes, epsg) if is_area else None
    records = shapely.to_wkb(shapes)
    derived = shapely.to_wkb(wgs84)
    boxes = shapely.bounds(wgs84).tolist()
    return [
        MeasuredShape(
            epsg=epsg,
            wkb=records[i],
            wgs84_wkb=derived[i],
            box=tuple(boxes[i]),
            planar_m2=None if planar is None else float(planar[i]),
            geodesic_m2=None if geodesic is None else float(geodesic[i]),
        )
        for i in range(len(shapes))
    ]

