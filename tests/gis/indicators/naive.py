"""The balance of one day in the plainest way: unions of everything, straight from the rules."""

from collections.abc import Iterable
from datetime import date

import shapely
from shapely.geometry.base import BaseGeometry

from gis.indicators.balance import ClusterLand
from gis.model import LandUse


def naive_balance(land: ClusterLand, on: date) -> dict[str, float | None]:
    """Return the areas of a day in m², by the names of the land balance."""
    boundary = next((shape for valid, shape, _ in land.boundaries if valid.contains(on)), None)
    return {
        "boundary_m2": None if boundary is None else boundary.area,
        "let_m2": _inside(_union(_leased(land, on)), boundary).area,
        **_planned(land, boundary, on),
    }


def _planned(land: ClusterLand, boundary: BaseGeometry | None, on: date) -> dict[str, float | None]:
    areas = _plan_areas(land, on)
    if boundary is None or not areas:
        names = [f"{use}_m2" for use in LandUse]
        names += ["overlap_m2", "unclassified_m2", "outside_m2"]
        names += ["leased_m2", "approved_m2", "vacant_m2"]
        return dict.fromkeys(names)
    inside = [(use, shape.intersection(boundary)) for use, shape in areas]
    classes = {
        f"{use}_m2": sum(shape.area for other, shape in inside if other is use) for use in LandUse
    }
    covered = _union(shape for _, shape in inside)
    industry = _union(shape for use, shape in inside if use is LandUse.INDUSTRY)
    leased = _union(_leased(land, on)).intersection(industry)
    taken = _union([*_leased(land, on), *_approved(land, on)]).intersection(industry)
    return {
        **classes,
        "overlap_m2": sum(shape.area for _, shape in inside) - covered.area,
        "unclassified_m2": boundary.difference(covered).area,
        "outside_m2": _union(shape for _, shape in areas).difference(boundary).area,
        "leased_m2": leased.area,
        "approved_m2": taken.difference(leased).area,
        "vacant_m2": industry.difference(taken).area,
    }


def _plan_areas(land: ClusterLand, on: date) -> list[tuple[LandUse, BaseGeometry]]:
    approved = [
        (plan.approved_on, plan.id)
        for plan, valid in land.plans
        if plan.approved_on is not None and plan.approved_on <= on and valid.contains(on)
    ]
    if not approved:
        return []
    _, latest = max(approved)
    return [
        (area.land_use, shape)
        for area, valid, shape in land.plan_areas
        if valid.contains(on) and area.plan_id == latest and shape is not None
    ]


def _leased(land: ClusterLand, on: date) -> list[BaseGeometry]:
    held = {
        plot
        for lease, valid in land.leases
        if lease.tier.is_tenant and valid.contains(on)
        if lease.in_force is not None and lease.in_force.contains(on)
        for plot in lease.parcel_ids
    }
    return _shapes(land, held, on)


def _approved(land: ClusterLand, on: date) -> list[BaseGeometry]:
    held = {
        plot
        for project, valid in land.projects
        if valid.contains(on) and project.approved.contains(on)
        for plot in project.parcel_ids
    }
    return _shapes(land, held, on)


def _shapes(land: ClusterLand, names: set[str], on: date) -> list[BaseGeometry]:
    return [
        shape
        for parcel, valid, shape in land.parcels
        if parcel.id in names and valid.contains(on) and shape is not None
    ]


def _union(shapes: Iterable[BaseGeometry]) -> BaseGeometry:
    return shapely.union_all(list(shapes))


def _inside(shape: BaseGeometry, boundary: BaseGeometry | None) -> BaseGeometry:
    return shape if boundary is None else shape.intersection(boundary)
