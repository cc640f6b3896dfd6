"""WGS84 shapes, areas and boxes, computed again from the geometries of record."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import shapely
from shapely.errors import ShapelyError

from gis.errors import GisError
from gis.store.kinds import Kind
from gis.store.measures import MeasuredShape, measure
from gis.store.schema import BOX
from gis.store.verify.raw import Row

#: A later PROJ may round otherwise: a tenth of a millimetre, in degrees.
_DEGREES: Final = 1e-9
#: The same for areas: so many m², and such a part of the area.
_M2: Final = 1e-4
_PART: Final = 1e-9
_AREAS: Final = ("planar_m2", "geodesic_m2")
#: What libraries raise for coordinates that nobody could have surveyed.
_NO_LAND: Final = (GisError, ShapelyError, ValueError, TypeError, OverflowError)


def astray(kind: Kind, rows: Sequence[Row]) -> dict[Any, str]:
    """Return, by row id, the first derived column that does not follow from the record."""
    found: dict[Any, str] = {}
    by_zone: dict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        if row["record_wkb"] is not None:
            by_zone[row["record_epsg"]].append(row)
        elif any(row[name] is not None for name in ("geom", *_AREAS, *BOX)):
            found[row["row_id"]] = "geom"
    for epsg, some in by_zone.items():
        for row, shape in zip(some, _measured(kind, some, epsg), strict=True):
            wrong = "record" if shape is None else _first_wrong(row, shape)
            if wrong is not None:
                found[row["row_id"]] = wrong
    return found


def _measured(kind: Kind, rows: Sequence[Row], epsg: Any) -> list[MeasuredShape | None]:
    """Measure records of one zone at once; one by one where that fails, None for the bad ones."""
    try:
        shapes = shapely.from_wkb(np.array([row["record_wkb"] for row in rows], dtype=object))
        return list(measure(kind, shapes, epsg))
    except _NO_LAND:
        if len(rows) == 1:
            return [None]
    return [shape for row in rows for shape in _measured(kind, [row], epsg)]


def _first_wrong(row: Row, shape: MeasuredShape) -> str | None:
    if row["geom"] != shape.wgs84_wkb and not _is_same_shape(row["geom"], shape.wgs84_wkb):
        return "geom"
    for name, side in zip(BOX, shape.box, strict=True):
        if not _is_near(row[name], side, _DEGREES):
            return name
    for name in _AREAS:
        area = getattr(shape, name)
        if not _is_near(row[name], area, _M2 + _PART * (area or 0.0)):
            return name
    return None


def _is_near(stored: Any, computed: float | None, tolerance: float) -> bool:
    if stored is None or computed is None or not isinstance(stored, int | float):
        return stored is None and computed is None
    return abs(stored - computed) <= tolerance


def _is_same_shape(stored: Any, computed: bytes) -> bool:
    try:
        one, other = shapely.from_wkb(stored), shapely.from_wkb(computed)
    except _NO_LAND:
        return False
    with np.errstate(all="ignore"):  # of numbers that are no coordinates
        return bool(shapely.equals_exact(one, other, tolerance=_DEGREES))
