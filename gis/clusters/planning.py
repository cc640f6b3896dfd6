"""Approve a cluster's detailed plan 1/500, and record the land that serves it from outside."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np

from gis.clusters.boundaries import (
    Boundary,
    boundary_in_force,
    in_plane,
    region_of,
    tell_serving_inside,
)
from gis.crs import Located
from gis.errors import RuleBroken
from gis.geometry import TOLERANCE_M2, outside_area_m2, overlaps
from gis.given import given_number, given_text, optional_text
from gis.indicators.balance import ClusterLand, balance_timeline
from gis.mandates import Done, Mandate, carry_out, decision_of, effective_date
from gis.model import (
    DetailedPlan,
    LandUse,
    Moment,
    Period,
    PlanArea,
    Quality,
    ServingLand,
    ServingPurpose,
    Version,
)
from gis.names import slug
from gis.registered import find_cluster, new_id
from gis.rules import RuleFinding, check_residence, check_structure
from gis.store import Entry, Reader, Store, Transaction
from gis.surveyed import Surveyed

_M2_PER_HA: Final = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedArea:
    """A polygon of a detailed plan as it is sent: class, shape and, for a plot, its label."""

    land_use: LandUse
    shape: Surveyed
    id: str | None = None
    label: str | None = None
    land_code: str | None = None
    quality: Quality = Quality.DIGITISED


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovePlan:
    """What approving a detailed plan takes.

    ``on`` is the day of approval, by default the decision's. ``industrial_area_ha`` is the
    industrial land that the decision states; no ``areas`` means that the plan is not drawn.
    """

    cluster_id: str
    areas: tuple[PlannedArea, ...] = ()
    on: date | None = None
    id: str | None = None
    scale: str = "1/500"
    industrial_area_ha: float | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordServingLand:
    """Land outside a cluster that serves it: workers' housing, a culture house and the like."""

    cluster_id: str
    purpose: ServingPurpose
    name_vi: str
    shape: Surveyed
    on: date | None = None
    id: str | None = None
    quality: Quality = Quality.DIGITISED
    note: str | None = None


def approve_plan(store: Store, request: ApprovePlan, mandate: Mandate) -> Done:
    """Put a detailed plan with its areas in force; the plan before it ends on that day.

    A plan approved before others that the register knows holds until the next of them. Areas
    that overlap, or lie partly outside the boundary, are said with m²: the land balance keeps
    both apart. The shares of land-use classes are held against the rules, which refuse nothing.

    Raises:
        RuleBroken: ``plan.area_outside`` for an area wholly outside, ``decision.required``.
        NotFound: ``cluster.unknown``.
        Conflict: ``record.duplicate`` for an id that was used.
        InvalidValue: for a field that can't be.
        GeometryProblem, CrsProblem: for a shape that can't stand for land.
    """
    where = [request.cluster_id]
    with carry_out(store, mandate, "plan.approve", cluster_ids=where) as (transaction, done):
        on = effective_date(transaction, mandate, request.on)
        cluster = find_cluster(transaction, request.cluster_id, Moment(on)).thing
        valid = _valid(transaction, cluster.id, on)
        plan = _plan(transaction, request, mandate, on)
        areas = list(_areas(transaction, request, plan, valid))
        boundary = boundary_in_force(transaction, cluster.id, Moment(on))
        check_areas(areas, boundary, cluster.id, done)
        _end_earlier(transaction, cluster.id, valid)
        transaction.put_many([Entry(plan, valid), *areas])
        done.findings = _structure(plan, areas, boundary, done)
        done.tell((DetailedPlan, plan.id), *((PlanArea, entry.thing.id) for entry in areas))
    return done


def record_serving_land(store: Store, request: RecordServingLand, mandate: Mandate) -> Done:
    """Record land that serves a cluster; what of it lies inside the boundary is said.

    Raises:
        RuleBroken: ``decision.required``.
        NotFound: ``cluster.unknown``.
        Conflict: ``record.duplicate`` for an id that was used.
        InvalidValue: for a field that can't be.
        GeometryProblem, CrsProblem: for a shape that can't stand for land.
    """
    where = [request.cluster_id]
    with carry_out(store, mandate, "serving_land.record", cluster_ids=where) as (transaction, done):
        on = effective_date(transaction, mandate, request.on)
        cluster = find_cluster(transaction, request.cluster_id, Moment(on)).thing
        name = given_text("name_vi", request.name_vi)
        land = ServingLand(
            id=new_id(transaction, ServingLand, request.id, f"{cluster.id}-{slug(name)}"),
            cluster_id=cluster.id,
            purpose=request.purpose,
            name_vi=name,
            quality=request.quality,
            note=optional_text("note", request.note),
        )
        located = region_of(request.shape)
        boundary = boundary_in_force(transaction, cluster.id, Moment(on))
        done.findings = check_residence(on, is_outside=is_outside(boundary, located, land, done))
        transaction.put(Entry(land, Period(on, None), located))
        done.tell((ServingLand, land.id))
    return done


def _plan(reader: Reader, request: ApprovePlan, mandate: Mandate, on: date) -> DetailedPlan:
    decision = decision_of(reader, mandate)
    stated = given_number("industrial_area_ha", request.industrial_area_ha, high=100_000.0)
    wanted = f"{request.cluster_id}-qhct-{on.year}"
    return DetailedPlan(
        id=new_id(reader, DetailedPlan, request.id, wanted),
        cluster_id=request.cluster_id,
        approved_on=on,
        decision_id=None if decision is None else decision.id,
        scale=given_text("scale", request.scale),
        industrial_area_ha=stated,
        note=optional_text("note", request.note),
    )


def _areas(
    reader: Reader, request: ApprovePlan, plan: DetailedPlan, valid: Period
) -> Iterator[Entry]:
    taken: set[str] = set()
    for number, area in enumerate(request.areas, start=1):
        label = optional_text("label", area.label, limit=100)
        wanted = f"{plan.id}-{slug(label or '') or number}"
        thing = PlanArea(
            id=new_id(reader, PlanArea, area.id, wanted, taken),
            cluster_id=plan.cluster_id,
            plan_id=plan.id,
            land_use=area.land_use,
            label=label,
            land_code=optional_text("land_code", area.land_code, limit=20),
            quality=area.quality,
        )
        taken.add(thing.id)
        yield Entry(thing, valid, region_of(area.shape))


def _valid(reader: Reader, cluster_id: str, on: date) -> Period:
    """Return how long a plan approved on a day holds: until the next one that is known."""
    later = [day for day in map(_approval, reader.known(DetailedPlan, cluster_id)) if day > on]
    return Period(on, min(later, default=None))


def _approval(plan: Version[DetailedPlan]) -> date:
    return plan.thing.approved_on or plan.valid.start or date.min


def _end_earlier(transaction: Transaction, cluster_id: str, valid: Period) -> None:
    """Let other plans of a cluster and their areas give way to a new one for its time."""
    parts: tuple[type[Any], ...] = (DetailedPlan, PlanArea)
    for cls in parts:
        versions = transaction.known(cls, cluster_id)
        for thing_id in sorted({one.thing.id for one in versions if one.valid.overlaps(valid)}):
            transaction.void(cls, thing_id, valid)


def check_areas(
    areas: Sequence[Entry], boundary: Boundary | None, cluster_id: str, done: Done
) -> None:
    """Say where areas overlap or lie outside; refuse one that lies wholly outside.

    Raises:
        RuleBroken: ``plan.area_outside``.
    """
    if not areas:
        done.note("note.plan_not_drawn")
    if boundary is None:
        done.note("note.no_boundary", id=cluster_id)
        return
    shapes = np.empty(len(areas), dtype=object)
    shapes[:] = [in_plane(_located(entry), boundary) for entry in areas]
    for pair in overlaps(shapes):
        first, second = (_label(areas[place]) for place in (pair.left, pair.right))
        done.note("note.plan_overlap", first=first, second=second, area_m2=pair.area_m2)
    if not boundary.is_land:
        done.note("note.boundary_generalised", id=cluster_id)
        return
    for entry, shape in zip(areas, shapes, strict=True):
        area_m2 = outside_area_m2(boundary.plane, shape)
        if area_m2 >= shape.area - TOLERANCE_M2:
            raise RuleBroken("plan.area_outside", label=_label(entry), id=cluster_id)
        if area_m2 > TOLERANCE_M2:
            done.note("note.plan_outside", label=_label(entry), area_m2=area_m2)


def _structure(
    plan: DetailedPlan, areas: Sequence[Entry], boundary: Boundary | None, done: Done
) -> tuple[RuleFinding, ...]:
    """Hold the plan's shares of land-use classes against the rules of its day."""
    on = plan.approved_on
    if boundary is None or on is None:
        return ()
    always = Period()
    land = ClusterLand(
        cluster_id=plan.cluster_id,
        boundaries=[(always, boundary.plane, boundary.quality is Quality.SYNTHETIC)],
        plans=[(plan, always)],
        plan_areas=[(entry.thing, always, in_plane(_located(entry), boundary)) for entry in areas],
    )
    balance = next(row for row in balance_timeline(land) if row.valid.contains(on))
    stated, drawn = plan.industrial_area_ha, balance.industry_m2
    if stated is not None and drawn is not None and abs(stated - drawn / _M2_PER_HA) > 0.005:
        done.note("note.plan_industry_differs", stated_ha=stated, drawn_ha=drawn / _M2_PER_HA)
    return check_structure(balance, on)


def is_outside(
    boundary: Boundary | None, located: Located, land: ServingLand, done: Done
) -> bool | None:
    """Say whether serving land lies outside its cluster; None where that is not known."""
    if boundary is None:
        done.note("note.no_boundary", id=land.cluster_id)
        return None
    if not boundary.is_land:
        done.note("note.boundary_generalised", id=land.cluster_id)
        return None
    return not tell_serving_inside(boundary, located, done)


def _located(entry: Entry) -> Located:
    assert entry.located is not None
    return entry.located


def _label(entry: Entry) -> str:
    return str(entry.thing.label or entry.thing.id)
