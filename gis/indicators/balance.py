"""A cluster's land balance through time, computed from its geometries of record.

Planned balance: the classes of the approved detailed plan. Actual balance: its industrial land
by lease state, leased before approved before vacant, a place counted once. Every total says
which of the two it is (DESIGN §4).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from shapely.geometry.base import BaseGeometry

from gis.indicators.cover import Choice, Cover, Pairs, Shapes, clipped, sharing_pairs
from gis.indicators.planned import PlannedBalance, industrial_land, planned_balance, rest_m2
from gis.indicators.spans import (
    FOREVER,
    NEVER,
    Span,
    held_on,
    period_between,
    span_of,
    turning_days,
)
from gis.model import (
    DetailedPlan,
    LandBalance,
    LandUse,
    Lease,
    Parcel,
    Period,
    PlanArea,
    Project,
    Quality,
    SiteClearance,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterLand:
    """Everything of one cluster that its land balance depends on, each with its valid period.

    Shapes are geometries of record in one VN-2000 zone, None where there is none. A boundary
    carries whether it is synthetic. A thing may come several times, in periods that don't meet.
    """

    cluster_id: str
    boundaries: Sequence[tuple[Period, BaseGeometry | None, bool]] = ()
    plans: Sequence[tuple[DetailedPlan, Period]] = ()
    plan_areas: Sequence[tuple[PlanArea, Period, BaseGeometry | None]] = ()
    parcels: Sequence[tuple[Parcel, Period, BaseGeometry | None]] = ()
    leases: Sequence[tuple[Lease, Period]] = ()
    projects: Sequence[tuple[Project, Period]] = ()
    clearances: Sequence[tuple[SiteClearance, Period]] = ()


def balance_timeline(land: ClusterLand) -> tuple[LandBalance, ...]:
    """Return the cluster's balances: periods that follow one another, the last without end.

    The first begins with the first date of anything. A new one begins where a number changes.
    Nothing on record gives no balance.

    - A plan counts from its approval; of two in force the later approved one counts. Without an
      approved plan, a boundary, or any polygon of the plan, planned and actual areas are None.
    - Leased, approved and vacant land divide the union of the industrial polygons inside the
      boundary: their sum is less than ``industry_m2`` where such polygons overlap.
    - ``let_m2`` is the union of the plots under direct leases and subleases inside the boundary
      (all of it where there is no boundary); head leases count nowhere.
    - ``cleared_m2`` adds the clearances in force; one of unknown area leaves it unknown.
    - ``is_synthetic`` is said where any shape that entered the balance is synthetic.

    Source: Decree 32/2024/NĐ-CP Art 2.6 and 2.7.
    """
    plots = _plots(land)
    calendar = _calendar(land, plots)
    grounds: dict[bytes, _Ground] = {}
    rows = []
    for row in range(len(calendar.days)):
        key = calendar.ground_key(row)
        if key not in grounds:
            grounds[key] = _ground(land, calendar, row, plots)
        rows.append(_balance(land, calendar, row, grounds[key]))
    return tuple(_merged(rows))


@dataclass(frozen=True, slots=True)
class _Plots:
    """Parcels with a shape that a tenant or a project ever holds."""

    positions: dict[str, list[int]]
    spans: list[Span]
    shapes: Shapes
    is_synthetic: Choice
    pairs: Pairs


@dataclass(frozen=True, slots=True)
class _Calendar:
    """What holds from each turning day on: a row for each day, a column for each thing.

    The columns of ``leased`` and ``approved`` are the plots.
    """

    days: list[int]
    boundaries: Choice
    plans: Choice
    plan_areas: Choice
    clearances: Choice
    leased: Choice
    approved: Choice

    def ground_key(self, row: int) -> bytes:
        """Return a key that two days share when boundary, plan and its polygons are the same."""
        tables = (self.boundaries, self.plans, self.plan_areas)
        return b"".join(table[row].tobytes() for table in tables)


@dataclass(frozen=True, slots=True)
class _Actual:
    """Areas by lease state; all but ``let_m2`` are None without industrial land of a plan."""

    leased_m2: float | None
    approved_m2: float | None
    vacant_m2: float | None
    let_m2: float


class _Ground:
    """What one boundary and one plan make of the land: measured once, asked for many days."""

    def __init__(
        self,
        boundary: tuple[BaseGeometry | None, bool],
        plan: DetailedPlan | None,
        areas: Sequence[tuple[PlanArea, BaseGeometry]],
        plots: _Plots,
    ) -> None:
        border, is_synthetic = boundary
        self.plan_id = None if plan is None else plan.id
        self.boundary_m2 = None if border is None else float(border.area)
        self.planned: PlannedBalance | None = None
        drawn = border is not None and is_synthetic
        self._is_synthetic = drawn or any(_is_synthetic(area) for area, _ in areas)
        self._plots = plots
        self._let = Cover(
            plots.shapes if border is None else clipped(plots.shapes, border), plots.pairs
        )
        self._industry: Cover | None = None
        self._industry_m2 = 0.0
        self._known: dict[tuple[bytes, bytes], _Actual] = {}
        if border is not None and areas:
            shapes = [(area.land_use, shape) for area, shape in areas]
            self.planned = planned_balance(border, shapes)
            region = industrial_land(border, shapes)
            self._industry = Cover(clipped(plots.shapes, region), plots.pairs)
            self._industry_m2 = float(region.area)

    def actual(self, leased: Choice, approved: Choice) -> _Actual:
        """Divide the land by the plots that are leased and those that are approved."""
        key = (leased.tobytes(), approved.tobytes())
        if key not in self._known:
            self._known[key] = self._measure(leased, approved)
        return self._known[key]

    def is_synthetic_with(self, held: Choice) -> bool:
        """Say whether the boundary, the plan or any of the plots held is synthetic."""
        return self._is_synthetic or bool((held & self._plots.is_synthetic).any())

    def _measure(self, leased: Choice, approved: Choice) -> _Actual:
        let_m2 = self._let.area_m2(leased)
        if self._industry is None:
            return _Actual(None, None, None, let_m2)
        leased_m2 = self._industry.area_m2(leased)
        taken_m2 = self._industry.area_m2(leased | approved)
        vacant_m2 = rest_m2(self._industry_m2, taken_m2)
        return _Actual(leased_m2, rest_m2(taken_m2, leased_m2), vacant_m2, let_m2)


def _plots(land: ClusterLand) -> _Plots:
    held = {plot for lease, _ in land.leases if lease.tier.is_tenant for plot in lease.parcel_ids}
    held |= {plot for project, _ in land.projects for plot in project.parcel_ids}
    positions: dict[str, list[int]] = {}
    spans: list[Span] = []
    shapes: list[BaseGeometry] = []
    synthetic: list[bool] = []
    for parcel, valid, shape in land.parcels:
        if shape is None or parcel.id not in held:
            continue
        positions.setdefault(parcel.id, []).append(len(shapes))
        spans.append(span_of(valid))
        shapes.append(shape)
        synthetic.append(_is_synthetic(parcel))
    array = np.array(shapes, dtype=object)
    return _Plots(positions, spans, array, np.array(synthetic, dtype=bool), sharing_pairs(array))


def _calendar(land: ClusterLand, plots: _Plots) -> _Calendar:
    boundaries = [span_of(valid) for valid, _, _ in land.boundaries]
    plans = [_approval(plan, valid) for plan, valid in land.plans]
    areas = [span_of(valid) for _, valid, _ in land.plan_areas]
    clearances = [span_of(valid, Period(done.on)) for done, valid in land.clearances]
    leases = [
        (span_of(valid, lease.in_force), lease.parcel_ids)
        for lease, valid in land.leases
        if lease.tier.is_tenant
    ]
    projects = [
        (span_of(valid, project.approved), project.parcel_ids) for project, valid in land.projects
    ]
    holders = [span for span, _ in leases + projects]
    days = turning_days(boundaries + plans + areas + clearances + holders + plots.spans)
    return _Calendar(
        days=days,
        boundaries=held_on(days, boundaries),
        plans=held_on(days, plans),
        plan_areas=held_on(days, areas),
        clearances=held_on(days, clearances),
        leased=_held_plots(days, leases, plots),
        approved=_held_plots(days, projects, plots),
    )


def _approval(plan: DetailedPlan, valid: Period) -> Span:
    """Return the days on which a plan is in force: not before its approval, if that is known."""
    return NEVER if plan.approved_on is None else span_of(valid, Period(plan.approved_on))


def _held_plots(
    days: list[int], holders: Sequence[tuple[Span, tuple[str, ...]]], plots: _Plots
) -> Choice:
    holding = held_on(days, [span for span, _ in holders])
    held = np.zeros((len(days), len(plots.spans)), dtype=bool)
    for column, (_, parcel_ids) in enumerate(holders):
        for parcel_id in parcel_ids:
            for position in plots.positions.get(parcel_id, ()):
                held[:, position] |= holding[:, column]
    return held & held_on(days, plots.spans)


def _ground(land: ClusterLand, calendar: _Calendar, row: int, plots: _Plots) -> _Ground:
    """Measure the ground of a day; of several plans in force the later approved one counts."""
    boundary: tuple[BaseGeometry | None, bool] = (None, False)
    for place in _places(calendar.boundaries[row]):
        _, border, is_synthetic = land.boundaries[place]
        boundary = (border, is_synthetic)
    plan = max(
        (land.plans[place][0] for place in _places(calendar.plans[row])),
        key=lambda plan: (str(plan.approved_on), plan.id),
        default=None,
    )
    areas = []
    for place in _places(calendar.plan_areas[row]):
        area, _, shape = land.plan_areas[place]
        if shape is not None and plan is not None and area.plan_id == plan.id:
            areas.append((area, shape))
    return _Ground(boundary, plan, areas, plots)


def _balance(land: ClusterLand, calendar: _Calendar, row: int, ground: _Ground) -> LandBalance:
    days = [*calendar.days, FOREVER]
    leased, approved = calendar.leased[row], calendar.approved[row]
    actual, planned = ground.actual(leased, approved), ground.planned
    uses = {use: None if planned is None else planned.areas_m2[use] for use in LandUse}
    return LandBalance(
        cluster_id=land.cluster_id,
        valid=period_between(days[row], days[row + 1]),
        boundary_m2=ground.boundary_m2,
        plan_id=ground.plan_id,
        industry_m2=uses[LandUse.INDUSTRY],
        services_m2=uses[LandUse.SERVICES],
        traffic_m2=uses[LandUse.TRAFFIC],
        green_m2=uses[LandUse.GREEN],
        water_m2=uses[LandUse.WATER],
        technical_m2=uses[LandUse.TECHNICAL],
        other_m2=uses[LandUse.OTHER],
        overlap_m2=None if planned is None else planned.overlap_m2,
        unclassified_m2=None if planned is None else planned.unclassified_m2,
        outside_m2=None if planned is None else planned.outside_m2,
        leased_m2=actual.leased_m2,
        approved_m2=actual.approved_m2,
        vacant_m2=actual.vacant_m2,
        let_m2=actual.let_m2,
        cleared_m2=_cleared_m2(land, calendar.clearances[row]),
        is_synthetic=ground.is_synthetic_with(leased | approved),
    )


def _cleared_m2(land: ClusterLand, in_force: Choice) -> float | None:
    areas = [land.clearances[place][0].cleared_m2 for place in _places(in_force)]
    known = [area for area in areas if area is not None]
    return sum(known) if areas and len(known) == len(areas) else None


def _places(row: Choice) -> list[int]:
    places: list[int] = np.flatnonzero(row).tolist()
    return places


def _is_synthetic(thing: PlanArea | Parcel) -> bool:
    return thing.quality is Quality.SYNTHETIC


def _merged(rows: Iterable[LandBalance]) -> Iterator[LandBalance]:
    """Join neighbouring periods in which all numbers are the same."""
    previous: LandBalance | None = None
    for row in rows:
        if previous is not None and replace(row, valid=previous.valid) == previous:
            previous = replace(previous, valid=Period(previous.valid.start, row.valid.end))
            continue
        if previous is not None:
            yield previous
        previous = row
    if previous is not None:
        yield previous
