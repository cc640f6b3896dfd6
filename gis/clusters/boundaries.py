"""A boundary against the land around it and within: clashes, land left outside, measured area."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from shapely.geometry.base import BaseGeometry

from gis.crs import WGS84, Located, check_range, is_projected, to_crs
from gis.errors import Conflict
from gis.geometry import TOLERANCE_M2, outside_area_m2, require_region
from gis.mandates import Done
from gis.model import Cluster, Moment, Parcel, Period, PlanArea, Quality, ServingLand
from gis.store import Reader, Recorded
from gis.surveyed import Surveyed

#: Zone of former Hòa Bình, for a boundary in degrees of a territory that names none.
_USUAL_ZONE: Final = 9211
_M2_PER_HA: Final = 10_000
#: What should lie within a boundary, with the names of its tables.
_INSIDE: Final[tuple[tuple[type[Any], str], ...]] = ((PlanArea, "plan_area"), (Parcel, "parcel"))
#: Areas in decisions are given to 0.01 ha.
_ROUNDING_HA: Final = 0.005


@dataclass(frozen=True, slots=True, kw_only=True)
class Boundary:
    """A cluster's boundary with its quality; ``plane`` is its shape in metres, in ``epsg``."""

    cluster_id: str
    located: Located
    quality: Quality
    epsg: int
    plane: BaseGeometry

    @property
    def is_land(self) -> bool:
        """Say whether the boundary tells what lies inside: a generalised one is for drawing."""
        return self.quality is not Quality.GENERALISED


def region_of(shape: Surveyed) -> Located:
    """Return a shape that can stand for land.

    Raises:
        GeometryProblem: with the code of what is wrong with it.
        CrsProblem: ``crs.unsupported``, ``crs.out_of_range`` or ``crs.axes_swapped``.
    """
    located = shape.located()
    require_region(located.geometry)
    check_range(located)
    return located


def boundary_of(cluster: Cluster, located: Located | None) -> Boundary | None:
    """Return a cluster's boundary in its plane, None where it has none."""
    if located is None:
        return None
    told = (located.epsg, cluster.epsg, _USUAL_ZONE)
    epsg = next(code for code in told if code is not None and is_projected(code))
    return Boundary(
        cluster_id=cluster.id,
        located=located,
        quality=cluster.quality or Quality.DIGITISED,
        epsg=epsg,
        plane=to_crs(located, epsg).geometry,
    )


def boundary_in_force(reader: Reader, cluster_id: str, moment: Moment) -> Boundary | None:
    """Return the boundary of a cluster that the register holds, None where it holds none."""
    found = reader.records(Cluster, moment, ids=[cluster_id])
    return boundary_of(found[0].thing, found[0].located) if found else None


def check_shape(
    reader: Reader, cluster: Cluster, located: Located | None, valid: Period, done: Done
) -> None:
    """Hold a cluster's boundary against other land and its approved area, or say there is none.

    Raises:
        Conflict: ``cluster.overlap``.
    """
    boundary = boundary_of(cluster, located)
    if boundary is None:
        done.note("note.no_boundary", id=cluster.id)
        return
    check_boundary(reader, boundary, valid, done)
    tell_area(boundary, cluster.approved_area_ha, done)


def check_boundary(reader: Reader, boundary: Boundary, valid: Period, done: Done) -> None:
    """Refuse a boundary that takes another cluster's land; say what it leaves outside.

    Other clusters are looked at on the first and the last day of ``valid``. A generalised
    boundary takes nobody's land, nor does a synthetic one take real land: this is only said.

    Raises:
        Conflict: ``cluster.overlap`` with each id and m².
    """
    first, last = valid.start or date.min, (valid.end or date.max) - timedelta(days=1)
    clashes = {
        clash.thing.id: (clash, area_m2)
        for on in {first, last}
        for clash, area_m2 in _clashes(reader, boundary, on)
    }
    refused = []
    for name, (other, area_m2) in sorted(clashes.items()):
        if _excludes(boundary, other.thing):
            refused.append({"id": name, "area_m2": area_m2})
        else:
            done.note("note.overlap_uncertain", id=name, area_m2=area_m2)
    if refused:
        ids = ", ".join(str(one["id"]) for one in refused)
        area_m2 = max(area for _, area in clashes.values())
        raise Conflict("cluster.overlap", ids=ids, area_m2=area_m2, overlaps=refused)
    _tell_left_outside(reader, boundary, first, done)


def tell_area(boundary: Boundary, approved_ha: float | None, done: Done) -> None:
    """Say it where the approved area is not what the boundary measures, to 0.01 ha."""
    measured_ha = float(boundary.plane.area) / _M2_PER_HA
    if approved_ha is not None and abs(approved_ha - measured_ha) > _ROUNDING_HA:
        done.note("note.area_differs", approved_ha=approved_ha, measured_ha=measured_ha)


def _clashes(
    reader: Reader, boundary: Boundary, on: date
) -> Iterator[tuple[Recorded[Cluster], float]]:
    west, south, east, north = to_crs(boundary.located, WGS84).geometry.bounds
    near = reader.shaped(Cluster, Moment(on), bbox=(west, south, east, north))
    ids = [found.thing.id for found in near if found.thing.id != boundary.cluster_id]
    for other in reader.records(Cluster, Moment(on), ids=ids):
        theirs = to_crs(other.located, boundary.epsg).geometry
        area_m2 = float(boundary.plane.intersection(theirs).area)
        if area_m2 > TOLERANCE_M2:
            yield other, area_m2


def _excludes(boundary: Boundary, other: Cluster) -> bool:
    """Say whether two boundaries can't both be right."""
    qualities = (boundary.quality, other.quality)
    is_made_up = [quality is Quality.SYNTHETIC for quality in qualities]
    return Quality.GENERALISED not in qualities and is_made_up[0] == is_made_up[1]


def _tell_left_outside(reader: Reader, boundary: Boundary, on: date, done: Done) -> None:
    moment, cluster_id = Moment(on), boundary.cluster_id
    if not boundary.is_land:
        done.note("note.boundary_generalised", id=cluster_id)
        return
    for cls, table in _INSIDE:
        for found in reader.records(cls, moment, cluster_id=cluster_id):
            area_m2 = outside_area_m2(boundary.plane, in_plane(found.located, boundary))
            if area_m2 > TOLERANCE_M2:
                done.note("note.left_outside", table=table, id=found.thing.id, area_m2=area_m2)
    for serving in reader.records(ServingLand, moment, cluster_id=cluster_id):
        tell_serving_inside(boundary, serving.located, done)


def tell_serving_inside(boundary: Boundary, located: Located, done: Done) -> bool:
    """Say by how much serving land lies inside a boundary; tells whether it does."""
    area_m2 = float(boundary.plane.intersection(in_plane(located, boundary)).area)
    if area_m2 <= TOLERANCE_M2:
        return False
    done.note("note.serving_inside", id=boundary.cluster_id, area_m2=area_m2)
    return True


def in_plane(located: Located, boundary: Boundary) -> BaseGeometry:
    """Return a shape in the plane of a boundary."""
    return to_crs(located, boundary.epsg).geometry
