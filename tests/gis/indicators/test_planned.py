"""The planned balance: classes, overlap, unclassified, outside."""

import math

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry.base import BaseGeometry

from gis.geometry import union_area_m2
from gis.indicators.planned import (
    PlannedBalance,
    PlannedShape,
    industrial_land,
    planned_balance,
    rest_m2,
)
from gis.model import LandUse
from tests.gis.indicators.plots import box, shapes
from tests.properties import FEW, MANY

BORDER = box(0, 0, 400, 250)
PLANS = st.lists(st.tuples(st.sampled_from(LandUse), shapes()), max_size=10)

#: Minh Quân zone, 160 ha, QĐ 264/QĐ-BQLCKCN of 11 Sep 2026, in % (DOMAIN §4, S2).
MINH_QUAN = {
    LandUse.INDUSTRY: 66.76,
    LandUse.GREEN: 17.01,
    LandUse.TRAFFIC: 10.26,
    LandUse.TECHNICAL: 3.24,
    LandUse.SERVICES: 1.17,
    LandUse.OTHER: 1.56,
}


def strips(shares: dict[LandUse, float], width: float, height: float) -> list[PlannedShape]:
    """Cut a rectangle into strips of the given percentages."""
    plan, at = [], 0.0
    for use, percent in shares.items():
        plan.append((use, box(at, 0, width * percent / 100, height)))
        at += width * percent / 100
    return plan


def check_laws(border: BaseGeometry, plan: list[PlannedShape]) -> None:
    """Hold a plan's balance against what must be true of every balance."""
    balance = planned_balance(border, plan)
    classes = math.fsum(balance.areas_m2.values())
    whole = classes + balance.unclassified_m2 - balance.overlap_m2
    assert whole == pytest.approx(border.area, rel=1e-12, abs=1e-5)
    assert planned_balance(border, plan[::-1]) == balance
    given_m2 = math.fsum(shape.area for _, shape in plan)
    union = union_area_m2([shape for _, shape in plan])
    assert union <= given_m2 * (1 + 1e-12)
    assert classes - balance.overlap_m2 + balance.outside_m2 == pytest.approx(
        union, rel=1e-12, abs=1e-5
    )
    assert min(classes, balance.overlap_m2, balance.unclassified_m2, balance.outside_m2) >= 0
    assert industrial_land(border, plan).area <= balance.areas_m2[LandUse.INDUSTRY] + 1e-6


def test_a_plan_that_fills_its_boundary_leaves_nothing() -> None:
    """The real balance of Minh Quân comes back class by class, with nothing over."""
    width, height = 1600.0, 1000.0
    balance = planned_balance(box(0, 0, width, height), strips(MINH_QUAN, width, height))
    percents = {use: m2 / balance.boundary_m2 * 100 for use, m2 in balance.areas_m2.items()}
    assert balance.boundary_m2 == 1_600_000.0
    assert percents == pytest.approx(MINH_QUAN | {LandUse.WATER: 0.0}, abs=1e-9)
    assert (balance.overlap_m2, balance.unclassified_m2, balance.outside_m2) == (0.0, 0.0, 0.0)


def test_no_polygons_leave_everything_unclassified() -> None:
    """An empty plan makes nothing of the land."""
    balance = planned_balance(BORDER, [])
    assert balance == PlannedBalance(
        boundary_m2=100_000.0,
        areas_m2=dict.fromkeys(LandUse, 0.0),
        overlap_m2=0.0,
        unclassified_m2=100_000.0,
        outside_m2=0.0,
    )
    assert industrial_land(BORDER, []).is_empty


def test_what_lies_outside_stands_apart() -> None:
    """A polygon half beyond the boundary counts half; the other half is outside, once."""
    crossing = box(350, 0, 100, 100)
    balance = planned_balance(BORDER, [(LandUse.GREEN, crossing), (LandUse.GREEN, crossing)])
    assert balance.areas_m2[LandUse.GREEN] == 10_000.0
    assert (balance.overlap_m2, balance.outside_m2) == (5_000.0, 5_000.0)


def test_touching_the_boundary_from_outside_is_nothing_inside() -> None:
    """A neighbour that shares an edge with the boundary has no land in it."""
    balance = planned_balance(BORDER, [(LandUse.INDUSTRY, box(400, 0, 50, 250))])
    assert balance.areas_m2[LandUse.INDUSTRY] == 0.0
    assert (balance.unclassified_m2, balance.outside_m2) == (100_000.0, 12_500.0)


def test_an_overlap_of_a_millimetre_is_kept() -> None:
    """A strip of 1 mm over 250 m is 0.25 m² of overlap, not rounding."""
    balance = planned_balance(
        BORDER,
        [(LandUse.INDUSTRY, box(0, 0, 200.001, 250)), (LandUse.GREEN, box(200, 0, 200, 250))],
    )
    assert balance.overlap_m2 == pytest.approx(0.25, abs=1e-6)


def test_the_boundary_is_not_prepared() -> None:
    """A shape that others may hold stays as it was (THREATS finding 16)."""
    border = shapely.from_wkb(BORDER.wkb)
    planned_balance(border, [(LandUse.GREEN, box(0, 0, 10, 10))])
    assert not shapely.is_prepared(border)


@pytest.mark.parametrize(
    ("whole", "part", "left"),
    [(10.0, 4.0, 6.0), (10.0, 10.0 - 1e-9, 0.0), (10.0, 10.1, 0.0), (1e9, 1e9 - 5e-4, 0.0)],
)
def test_a_rest_below_rounding_is_none(whole: float, part: float, left: float) -> None:
    """What is left of a whole is land or 0, never a hair and never negative."""
    assert rest_m2(whole, part) == left


@FEW
@given(border=shapes(), plan=PLANS)
def test_the_laws_of_a_balance(border: BaseGeometry, plan: list[PlannedShape]) -> None:
    """Classes + unclassified − overlap = boundary; order does not matter; union ≤ sum."""
    check_laws(border, plan)


@pytest.mark.long
@MANY
@given(border=shapes(), plan=PLANS)
def test_the_laws_of_a_balance_many_times(border: BaseGeometry, plan: list[PlannedShape]) -> None:
    """The same, over thousands of plans."""
    check_laws(border, plan)
