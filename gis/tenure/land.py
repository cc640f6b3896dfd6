"""Pure questions about held land: what lies outside, what clashes, what is industrial."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import shapely
from shapely.geometry.base import BaseGeometry

from gis.geometry import TOLERANCE_M2, polygons_of
from gis.indicators.spans import FOREVER, NEVER, Span, span_of
from gis.model import Cluster, LandUse, Lease, Parcel, Period, Quality
from gis.tenure.holdings import Held, Holdings, version_on


@dataclass(frozen=True, slots=True, kw_only=True)
class LandOverlap:
    """Land that two things share on the same days: ``days`` is a span of ordinals."""

    id: str
    other: str
    days: Span
    shape: BaseGeometry

    @property
    def area_m2(self) -> float:
        """Return the shared area."""
        return float(self.shape.area)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """How much of a shape lies outside a boundary, in m² and % of the shape."""

    area_m2: float
    percent: float
    valid: Period


def shapes_on(
    versions: Iterable[Held[Parcel]], ids: Iterable[str], on: date
) -> dict[str, BaseGeometry]:
    """Return the shapes of parcels on a date; those that are not there, or have none, lack."""
    wanted = set(ids)
    return {
        held.thing.id: held.shape
        for held in versions
        if held.thing.id in wanted and held.shape is not None and held.valid.contains(on)
    }


def parts_outside(holdings: Holdings, shape: BaseGeometry, valid: Period) -> Iterator[Outside]:
    """Yield what lies outside each boundary of a cluster that holds on any day of a period.

    A generalised outline is for drawing and no test. Up to 0.01 m² is rounding.
    """
    for held in tested_boundaries(holdings, valid):
        assert held.shape is not None
        area = float(shapely.area(shapely.difference(shape, held.shape)))
        if area > TOLERANCE_M2:
            yield Outside(area_m2=area, percent=area / shape.area * 100, valid=held.valid)


def tested_boundaries(holdings: Holdings, valid: Period) -> list[Held[Cluster]]:
    """Return the boundaries that land can be tested against on some day of a period."""
    return [
        held
        for held in holdings.boundaries
        if held.shape is not None
        and held.thing.quality is not Quality.GENERALISED
        and held.valid.overlaps(valid)
    ]


def overlaps_with(
    shape: BaseGeometry, valid: Period, others: Iterable[Held[Parcel]], *, thing_id: str = ""
) -> Iterator[LandOverlap]:
    """Yield the parcels that share land with a shape on any day of a period."""
    for held in others:
        days = span_of(valid, held.valid)
        if days == NEVER or held.shape is None or held.thing.id == thing_id:
            continue
        shared = shared_land(shape, held.shape)
        if shared is not None:
            yield LandOverlap(id=thing_id, other=held.thing.id, days=days, shape=shared)


def shared_land(one: BaseGeometry, other: BaseGeometry) -> BaseGeometry | None:
    """Return the land that two shapes share; None for up to 0.01 m², which is rounding."""
    if not shapely.intersects(shapely.box(*one.bounds), shapely.box(*other.bounds)):
        return None
    shared = polygons_of(shapely.intersection(one, other))
    return shared if shared.area > TOLERANCE_M2 else None


def industrial_on(holdings: Holdings, on: date) -> BaseGeometry | None:
    """Return the industrial land of the plan approved by a date; None without a drawn plan.

    Of two plans in force the later approved one counts.

    Source: Decree 32/2024/NĐ-CP Art 2.6.
    """
    plans = [
        (held.thing.approved_on, held.thing.id)
        for held in holdings.plans
        if held.thing.approved_on is not None
        and held.thing.approved_on <= on
        and held.valid.contains(on)
    ]
    if not plans:
        return None
    plan_id = max(plans)[1]
    areas = [
        held
        for held in holdings.plan_areas
        if held.thing.plan_id == plan_id and held.shape is not None and held.valid.contains(on)
    ]
    if not areas:
        return None
    industry = [held.shape for held in areas if held.thing.land_use is LandUse.INDUSTRY]
    return shapely.union_all(industry)


def outside_head(holdings: Holdings, lease: Lease, head: Lease, on: date) -> dict[str, float]:
    """Return the parcels of a sublease beyond the head lease's land, each with m² outside."""
    shapes = shapes_on(holdings.parcels, lease.parcel_ids, on)
    if head.parcel_ids:
        land: BaseGeometry | None = shapely.union_all(
            list(shapes_on(holdings.parcels, head.parcel_ids, on).values())
        )
    else:
        land = boundary_on(holdings, on)
    if land is None:
        return {}
    areas = {name: float(shape.difference(land).area) for name, shape in shapes.items()}
    return {name: area for name, area in sorted(areas.items()) if area > TOLERANCE_M2}


def boundary_on(holdings: Holdings, on: date) -> BaseGeometry | None:
    """Return the boundary that land can be held against on a date; None without one."""
    found = version_on(tested_boundaries(holdings, Period()), holdings.cluster_id, on)
    return None if found is None else found.shape


def not_industrial_m2(holdings: Holdings, land: BaseGeometry, on: date) -> float | None:
    """Return how much land is not industrial in the plan in force; None without a plan."""
    industry = industrial_on(holdings, on)
    return None if industry is None else float(land.difference(industry).area)


def gap_in(term: Period, valids: Sequence[Period]) -> date | None:
    """Return the first day of a term on which none of some periods holds; None if all do."""
    day = (term.start or date.min).toordinal()
    end = FOREVER if term.end is None else term.end.toordinal()
    for start, stop in sorted(span_of(valid) for valid in valids):
        if start <= day < stop:
            day = stop
    return None if day >= end else date.fromordinal(day)
