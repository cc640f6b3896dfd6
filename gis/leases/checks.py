"""What a lease must keep to: its parties, its head lease, its parcels, its neighbours in time."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import shapely
from shapely.geometry.base import BaseGeometry

from gis.crs import WGS84, Located, to_crs
from gis.errors import Conflict, NotFound, RuleBroken
from gis.geometry import TOLERANCE_M2
from gis.indicators.spans import NEVER, Span, period_between, span_of
from gis.leases.terms import check_term, last_day_of
from gis.mandates import Note
from gis.model import Lease, LeaseTier, Party, Period
from gis.rules import Outcome, RuleFinding, rule
from gis.tenure import Held, Holdings, area_tolerance, shapes_on
from gis.tenure.land import gap_in, not_industrial_m2, outside_head
from gis.tenure.overlaps import LeaseOverlap, overlaps_of
from gis.tenure.terms import holding_period

STATE: Final = "state"
_INDUSTRIAL_RULE: Final = "cluster.industrial_land"


@dataclass(frozen=True, slots=True)
class Checked:
    """What a lease that may stand was held against."""

    findings: tuple[RuleFinding, ...]
    notes: tuple[Note, ...]


def check_lease(
    holdings: Holdings, lease: Lease, valid: Period, lessor: Party, map_scale: int
) -> Checked:
    """Hold a version of a lease against everything that would forbid it, and what is worth telling.

    ``valid`` is when the version holds; other versions of the same lease are no neighbours.

    Raises:
        RuleBroken, Conflict: see docs/guide/leases.md.
    """
    check_term(lease, None)
    on = first_day(lease, valid)
    head = head_of(holdings, lease, lessor, on)
    head_term = None if head is None else require_within_head(holdings, lease, head, on)
    findings = check_term(lease, head_term)
    require_parcels(holdings, lease, valid)
    if head is not None:
        require_on_head_land(holdings, lease, head, on)
    require_project(holdings, lease, on)
    require_no_overlap(holdings, lease, valid)
    industrial, notes = land_notes(holdings, lease, on, map_scale)
    return Checked((*findings, *industrial), notes)


def first_day(lease: Lease, valid: Period) -> date:
    """Return the first day on which a version of a lease holds."""
    return max(lease.term.start or date.min, valid.start or date.min)


def head_of(holdings: Holdings, lease: Lease, lessor: Party, on: date) -> Held[Lease] | None:
    """Return the head lease that a sublease lies within, and see that its lessor may let.

    Raises:
        RuleBroken: ``lease.no_head``, ``lease.lessor``.
    """
    if lease.tier is not LeaseTier.SUBLEASE:
        if lessor.kind != STATE:
            raise RuleBroken("lease.lessor", tier=lease.tier.value, lessor=lessor.id, allowed=STATE)
        return None
    heads = [
        held
        for held in holdings.leases
        if held.thing.tier is LeaseTier.HEAD
        and held.valid.contains(on)
        and held.thing.in_force is not None
        and held.thing.in_force.contains(on)
    ]
    named = [held for held in heads if held.thing.id == lease.head_lease_id]
    if lease.head_lease_id is None:
        named = [held for held in heads if held.thing.lessee_id == lease.lessor_id] or heads
    if not named:
        wanted = lease.head_lease_id or lease.cluster_id
        raise RuleBroken("lease.no_head", value=wanted[:80], on=on.isoformat())
    _require_developer(holdings, lease, named[0], on)
    return named[0]


def _require_developer(holdings: Holdings, lease: Lease, head: Held[Lease], on: date) -> None:
    developers = {
        held.thing.party_id
        for held in holdings.appointments
        if held.valid.contains(on) and held.thing.term.contains(on)
    }
    allowed = sorted({head.thing.lessee_id, *developers})
    if lease.lessor_id not in allowed:
        raise RuleBroken(
            "lease.lessor",
            tier=lease.tier.value,
            lessor=lease.lessor_id,
            allowed=", ".join(allowed),
        )


def require_within_head(holdings: Holdings, lease: Lease, head: Held[Lease], on: date) -> Period:
    """Return the time in which the head lease holds without a break, once the sublease is in it.

    Raises:
        RuleBroken: ``lease.beyond_head`` with both last days.
    """
    own = [held for held in holdings.leases if held.thing.id == head.thing.id]
    period = holding_period(own, on)
    in_force = lease.in_force
    if period is None or in_force is None:
        raise RuleBroken("lease.no_head", value=head.thing.id, on=on.isoformat())
    if period.end is not None and (in_force.end is None or in_force.end > period.end):
        raise RuleBroken(
            "lease.beyond_head",
            head=head.thing.id,
            last_day=last_day_of(in_force),
            head_last_day=last_day_of(period),
        )
    return period


def require_parcels(holdings: Holdings, lease: Lease, valid: Period) -> None:
    """Refuse a lease of parcels that are not there for as long as it holds.

    Raises:
        RuleBroken: ``lease.no_parcels`` for a tenant without any; ``parcel.not_in_force`` with
            the first day on which one is missing.
    """
    if lease.tier.is_tenant and not lease.parcel_ids:
        raise RuleBroken("lease.no_parcels", tier=lease.tier.value)
    days = lease_span(lease, valid)
    if days == NEVER:
        return
    for parcel_id in lease.parcel_ids:
        own = [held.valid for held in holdings.parcels if held.thing.id == parcel_id]
        missing = gap_in(period_between(*days), own)
        if missing is not None:
            raise RuleBroken(
                "parcel.not_in_force",
                names=parcel_id,
                ids=[parcel_id],
                on=missing.isoformat(),
            )


def require_on_head_land(holdings: Holdings, lease: Lease, head: Held[Lease], on: date) -> None:
    """Refuse a sublease of land that the head lease does not hold.

    Its parcels are those of the head lease where it lists any, else they lie in the boundary.

    Raises:
        RuleBroken: ``lease.outside_head`` with ids and m².
    """
    outside = outside_head(holdings, lease, head.thing, on)
    if outside:
        raise RuleBroken(
            "lease.outside_head",
            head=head.thing.id,
            names=", ".join(outside),
            ids=sorted(outside),
            area_m2=round(sum(outside.values()), 2),
        )


def require_project(holdings: Holdings, lease: Lease, on: date) -> None:
    """Refuse a tenant's term beyond that of its project.

    Raises:
        NotFound: ``thing.unknown`` for a project that is not there when the lease begins.
        RuleBroken: ``lease.beyond_project`` with both last days.
    """
    if lease.project_id is None:
        return
    versions = [held for held in holdings.projects if held.thing.id == lease.project_id]
    if not versions:
        raise NotFound(
            "thing.unknown", table="project", value=lease.project_id[:80], on=on.isoformat()
        )
    project = (holdings.project_on(lease.project_id, on) or versions[-1]).thing
    end, in_force = project.approved.end, lease.in_force
    if end is not None and in_force is not None and (in_force.end is None or in_force.end > end):
        raise RuleBroken(
            "lease.beyond_project",
            project=project.id,
            last_day=last_day_of(in_force),
            project_last_day=last_day_of(project.approved),
        )


def require_no_overlap(holdings: Holdings, lease: Lease, valid: Period) -> None:
    """Refuse land that another lease of the same tier holds on any of the same days.

    Raises:
        Conflict: ``lease.overlap`` with ids, m², days and the shape of each clash.
    """
    clashes = list(overlaps_of(holdings, lease, valid))
    if not clashes:
        return
    others = [told_overlap(holdings, clash) for clash in clashes[:20]]
    raise Conflict(
        "lease.overlap",
        id=lease.id,
        names=", ".join(sorted({clash.other.id for clash in clashes})),
        area_m2=round(max(clash.area_m2 for clash in clashes), 2),
        first_day=min(one["first_day"] for one in others),
        days=max(one["days"] for one in others),
        others=others,
    )


def told_overlap(holdings: Holdings, clash: LeaseOverlap) -> dict[str, Any]:
    """Return an overlap as plain values; the shape is GeoJSON in WGS84."""
    period = period_between(*clash.days)
    shape = None
    if clash.shape is not None and holdings.epsg is not None:
        moved = to_crs(Located(clash.shape, holdings.epsg), WGS84).geometry
        shape = json.loads(shapely.to_geojson(shapely.set_precision(moved, 1e-9)))
    return {
        "id": clash.other.id,
        "contract_number": clash.other.contract_number,
        "parcel_ids": sorted(clash.parcel_ids),
        "area_m2": round(clash.area_m2, 3),
        "first_day": (period.start or date.min).isoformat(),
        "last_day": last_day_of(period),
        "days": clash.days[1] - clash.days[0],
        "shape": shape,
    }


def land_notes(
    holdings: Holdings, lease: Lease, on: date, map_scale: int
) -> tuple[tuple[RuleFinding, ...], tuple[Note, ...]]:
    """Return what is worth telling of a tenant's land: its use in the plan, and its area."""
    shapes = shapes_on(holdings.parcels, lease.parcel_ids, on)
    if not lease.tier.is_tenant or not shapes:
        return (), ()
    land = shapely.union_all(list(shapes.values()))
    beyond = not_industrial_m2(holdings, land, on)
    used = rule(_INDUSTRIAL_RULE, on)
    outcome = Outcome.NO_RULE if used is None else Outcome.UNKNOWN
    if used is not None and beyond is not None:
        outcome = Outcome.BROKEN if beyond > TOLERANCE_M2 else Outcome.MET
    value = None if beyond is None else beyond <= TOLERANCE_M2
    finding = RuleFinding(rule_id=_INDUSTRIAL_RULE, rule=used, value=value, outcome=outcome)
    notes = []
    if beyond is not None and beyond > TOLERANCE_M2:
        notes.append(Note("note.not_industrial", {"id": lease.id, "area_m2": round(beyond, 1)}))
    notes += _area_notes(lease, land, on, map_scale)
    return (finding,), tuple(notes)


def _area_notes(lease: Lease, land: BaseGeometry, on: date, map_scale: int) -> Sequence[Note]:
    tolerance = area_tolerance(land, map_scale, on)
    paper, measured = lease.contract_area_m2, float(land.area)
    if paper is None or abs(paper - measured) <= tolerance.area_m2:
        return ()
    facts = {
        "id": lease.id,
        "contract_m2": round(paper, 1),
        "measured_m2": round(measured, 1),
        "tolerance_m2": round(tolerance.area_m2, 1),
        "scale": map_scale,
        "rule": f"{tolerance.rule.id} {tolerance.rule.version}",
    }
    return (Note("note.contract_area", facts),)


def lease_span(lease: Lease, valid: Period) -> Span:
    """Return the days on which a version of a lease holds land."""
    return span_of(valid, lease.in_force)
