"""How far a measured area may differ from one on paper: a technical check, no legal limit."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from shapely.geometry.base import BaseGeometry

from gis.errors import InvalidValue
from gis.geometry import area_tolerance_m2
from gis.rules import Rule, rules

VERTEX_RULE: Final = "cadastre.vertex_error.max"
TOLERANCE_RULE: Final = "parcel.area.tolerance"
#: The scale of cadastral maps of clusters, where nothing tells another.
DEFAULT_SCALE: Final = 1000
_SCOPE: Final = "scale_1_"


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaTolerance:
    """A tolerance in m² with the map scale and the rule version of its vertex error."""

    area_m2: float
    scale: int
    vertex_error_m: float
    rule: Rule


def area_tolerance(geometry: BaseGeometry, scale: int, on: date) -> AreaTolerance:
    """Return the tolerance of a region's area at a map scale of 1:``scale``.

    The vertex error is that of the version in force on a date; before the first one, the
    first one's: surveys were not better then.

    Raises:
        InvalidValue: ``value.choice`` for a scale without a vertex error.
    """
    versions = [one for one in rules() if one.id == VERTEX_RULE]
    chosen = [one for one in versions if one.scope == f"{_SCOPE}{scale}"]
    if not chosen:
        choices = ", ".join(sorted({one.scope.removeprefix(_SCOPE) for one in versions}, key=int))
        raise InvalidValue("value.choice", value=str(scale), name="map_scale", choices=choices)
    used = next((one for one in chosen if one.valid.contains(on)), chosen[0])
    error_m = (used.value or 0.0) / 100
    return AreaTolerance(
        area_m2=area_tolerance_m2(geometry, error_m), scale=scale, vertex_error_m=error_m, rule=used
    )
