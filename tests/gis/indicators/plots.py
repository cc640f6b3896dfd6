"""Small clusters for the tests of balances: builders, and strategies that draw odd ones."""

from collections.abc import Sequence
from datetime import date, timedelta

import shapely
from hypothesis import strategies as st
from shapely import affinity
from shapely.geometry.base import BaseGeometry

from gis.indicators.balance import ClusterLand
from gis.model import (
    DetailedPlan,
    LandUse,
    Lease,
    LeaseTier,
    Parcel,
    Period,
    PlanArea,
    Project,
    Quality,
    SiteClearance,
)

#: A corner near Hòa Bình city, in EPSG:9211.
EAST, NORTH = 430_000.0, 2_300_000.0
START = date(2020, 1, 1)
SINCE = Period(START)


def box(x: float, y: float, width: float, height: float) -> BaseGeometry:
    """Return a rectangle, its corner counted from the place above."""
    return shapely.box(EAST + x, NORTH + y, EAST + x + width, NORTH + y + height)


def plan(name: str = "plan", approved_on: date | None = START) -> DetailedPlan:
    """Return a detailed plan."""
    return DetailedPlan(id=name, cluster_id="c", approved_on=approved_on)


def area(
    name: str,
    land_use: LandUse = LandUse.INDUSTRY,
    plan_id: str = "plan",
    quality: Quality = Quality.SURVEYED,
) -> PlanArea:
    """Return a plan area."""
    return PlanArea(id=name, cluster_id="c", plan_id=plan_id, land_use=land_use, quality=quality)


def parcel(name: str, quality: Quality = Quality.SURVEYED) -> Parcel:
    """Return a parcel."""
    return Parcel(id=name, cluster_id="c", quality=quality)


def lease(
    name: str,
    parcels: Sequence[str],
    term: Period = SINCE,
    tier: LeaseTier = LeaseTier.SUBLEASE,
    terminated_on: date | None = None,
) -> Lease:
    """Return a lease of some parcels."""
    return Lease(
        id=name,
        cluster_id="c",
        tier=tier,
        contract_number=name,
        lessor_id="developer",
        lessee_id="tenant",
        term=term,
        parcel_ids=tuple(parcels),
        terminated_on=terminated_on,
    )


def project(name: str, parcels: Sequence[str], approved: Period = SINCE) -> Project:
    """Return a project approved for some parcels."""
    return Project(
        id=name,
        cluster_id="c",
        name_vi=name,
        party_id="tenant",
        approved=approved,
        parcel_ids=tuple(parcels),
    )


def clearance(name: str, cleared_m2: float | None, on: date = START) -> SiteClearance:
    """Return a site clearance."""
    return SiteClearance(id=name, cluster_id="c", cleared_m2=cleared_m2, on=on)


def days() -> st.SearchStrategy[date]:
    """Draw one of a few days, so that they meet often."""
    return st.integers(0, 24).map(lambda months: START + timedelta(days=91 * months))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    """Draw a period, open on either side now and then."""
    first, last = sorted(draw(st.lists(days(), min_size=2, max_size=2, unique=True)))
    start = None if draw(st.integers(0, 9)) == 0 else first
    return Period(start, None if draw(st.booleans()) else last)


@st.composite
def shapes(draw: st.DrawFn) -> BaseGeometry:
    """Draw a rectangle on a coarse grid, turned now and then: neighbours touch or overlap."""
    x, y = draw(st.integers(-2, 8)), draw(st.integers(-2, 8))
    width, height = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    drawn = box(x * 50.0, y * 50.0, width * 50.0, height * 50.0)
    angle = draw(st.sampled_from([0.0, 0.0, 0.0, 1e-9, 7.0, 45.0]))
    turned = affinity.rotate(drawn, angle)
    hole = draw(st.integers(0, 5)) == 0
    return turned.difference(turned.buffer(-15.0)) if hole else turned


@st.composite
def lands(draw: st.DrawFn) -> ClusterLand:
    """Draw a cluster with everything wrong that can be: overlaps, versions, odd terms."""
    split = draw(days())
    names = [f"plot-{number}" for number in range(draw(st.integers(0, 7)))]
    some = st.lists(st.sampled_from(names), max_size=3) if names else st.just([])
    border = draw(shapes())
    boundaries = [(Period(None, split), border, False), (Period(split), border.buffer(40.0), False)]
    areas = [
        (
            area(f"area-{number}", draw(st.sampled_from(LandUse)), draw(st.sampled_from("PQ"))),
            draw(periods()),
            draw(shapes()),
        )
        for number in range(draw(st.integers(0, 8)))
    ]
    leases = [
        (
            lease(
                f"lease-{number}",
                draw(some),
                draw(periods()),
                draw(st.sampled_from(LeaseTier)),
                draw(st.none() | days()),
            ),
            draw(periods()),
        )
        for number in range(draw(st.integers(0, 6)))
    ]
    return ClusterLand(
        cluster_id="c",
        boundaries=boundaries[draw(st.integers(0, 2)) :],
        plans=[(plan("P", draw(st.none() | days())), SINCE), (plan("Q", split), draw(periods()))],
        plan_areas=areas,
        parcels=[(parcel(name), draw(periods()), draw(shapes())) for name in names],
        leases=leases,
        projects=[
            (project(f"project-{number}", draw(some), draw(periods())), SINCE)
            for number in range(draw(st.integers(0, 3)))
        ],
        clearances=[(clearance("clearance", draw(st.none() | st.just(5.0)), draw(days())), SINCE)],
    )
