"""The legal fill rate, leased over area, and means."""

from dataclasses import replace
from datetime import date

import pytest

from gis.indicators.fill import (
    FillReason,
    leased_over_area,
    legal_fill,
    mean_fill,
    operating_ids,
)
from gis.model import LandBalance, LeaseTier, Period
from tests.gis.indicators.plots import SINCE, lease, project

ON = date(2024, 12, 31)
#: Phú Thành II of the example: 138.03 ha, industrial land about a third of it.
BALANCE = LandBalance(
    cluster_id="ccn-phu-thanh-ii",
    valid=SINCE,
    boundary_m2=1_380_300.0,
    plan_id="plan",
    industry_m2=468_900.0,
    services_m2=0.0,
    traffic_m2=0.0,
    green_m2=0.0,
    water_m2=0.0,
    technical_m2=0.0,
    other_m2=0.0,
    overlap_m2=0.0,
    unclassified_m2=911_400.0,
    outside_m2=0.0,
    leased_m2=400_000.0,
    approved_m2=7_333.0,
    vacant_m2=61_567.0,
    let_m2=400_000.0,
    cleared_m2=None,
    is_synthetic=True,
)
NO_PLAN = replace(
    BALANCE, plan_id=None, industry_m2=None, leased_m2=None, approved_m2=None, vacant_m2=None
)


def test_leased_and_approved_over_industrial_land() -> None:
    """Approved land counts as leased land does; the answer shows both and names its rule."""
    fill = legal_fill(BALANCE, "32/2024")
    assert fill.percent == pytest.approx(86.87, abs=0.005)
    assert fill.reason is None
    assert (fill.leased_m2, fill.approved_m2) == (400_000.0, 7_333.0)
    assert fill.industrial_m2 == 468_900.0
    assert (fill.rule_id, fill.rule_version) == ("cluster.fill_rate", "32/2024")
    assert fill.is_synthetic


def test_the_legal_rate_is_not_leased_over_area() -> None:
    """Over the whole cluster the same leased land is 29 %."""
    assert leased_over_area(BALANCE) == pytest.approx(28.98, abs=0.005)
    assert leased_over_area(replace(BALANCE, boundary_m2=None)) is None


@pytest.mark.parametrize(
    ("balance", "reason"),
    [
        (NO_PLAN, FillReason.NO_PLAN),
        (replace(NO_PLAN, plan_id="plan", boundary_m2=None), FillReason.NO_BOUNDARY),
        (replace(NO_PLAN, plan_id="plan"), FillReason.PLAN_NOT_DRAWN),
        (
            replace(BALANCE, leased_m2=0.0, approved_m2=0.0, vacant_m2=0.0),
            FillReason.NO_INDUSTRIAL_LAND,
        ),
    ],
)
def test_an_undetermined_rate_says_why(balance: LandBalance, reason: FillReason) -> None:
    """Without industrial land of an approved plan there is no rate, and never 0 %."""
    fill = legal_fill(balance)
    assert fill.percent is None
    assert fill.reason is reason


def test_nothing_leased_is_zero() -> None:
    """An approved plan with no tenant is a fill of 0 %, which is a number."""
    empty = replace(BALANCE, leased_m2=0.0, approved_m2=0.0, vacant_m2=468_900.0)
    assert legal_fill(empty).percent == 0.0


def test_a_full_cluster_is_exactly_full() -> None:
    """Industrial land is the sum of its states, so the rate never passes 100 %."""
    full = replace(BALANCE, leased_m2=468_900.1, approved_m2=0.0, vacant_m2=0.0)
    assert legal_fill(full).percent == 100.0


def test_means_of_operating_clusters_only() -> None:
    """10 of 40 ha and 30 of 40 ha: both means 50 %; the third cluster is not operating."""
    small = replace(BALANCE, cluster_id="a", leased_m2=10.0, approved_m2=0.0, vacant_m2=30.0)
    large = replace(BALANCE, cluster_id="b", leased_m2=20.0, approved_m2=10.0, vacant_m2=10.0)
    idle = replace(BALANCE, cluster_id="c", leased_m2=0.0, approved_m2=0.0, vacant_m2=5.0)
    fills = [legal_fill(balance) for balance in (large, idle, small)]
    mean = mean_fill(fills, {"a", "b"})
    assert mean.ratio_of_sums_percent == mean.simple_mean_percent == 50.0
    assert mean.cluster_ids == ("a", "b")
    assert mean.undetermined_ids == ()


def test_the_two_means_differ_by_weight() -> None:
    """A small full cluster lifts the simple mean, not the ratio of sums."""
    full = replace(BALANCE, cluster_id="a", leased_m2=10.0, approved_m2=0.0, vacant_m2=0.0)
    wide = replace(BALANCE, cluster_id="b", leased_m2=0.0, approved_m2=0.0, vacant_m2=90.0)
    mean = mean_fill([legal_fill(full), legal_fill(wide)], ["a", "b"])
    assert (mean.ratio_of_sums_percent, mean.simple_mean_percent) == (10.0, 50.0)


def test_a_mean_names_the_operating_clusters_it_leaves_out() -> None:
    """One without a plan, one without a balance: named, and in neither mean."""
    mean = mean_fill([legal_fill(NO_PLAN)], {"ccn-phu-thanh-ii", "ccn-unknown"})
    assert mean.ratio_of_sums_percent is None
    assert mean.simple_mean_percent is None
    assert mean.undetermined_ids == ("ccn-phu-thanh-ii", "ccn-unknown")


def test_a_cluster_operates_with_a_project_or_a_tenant() -> None:
    """A project approved or a tenant's lease in force on the date, not the developer's."""
    later = Period(date(2030, 1, 1))
    assert operating_ids([project("p", [])], [], ON) == {"c"}
    assert operating_ids([], [lease("l", [])], ON) == {"c"}
    assert operating_ids([], [lease("l", [], tier=LeaseTier.HEAD)], ON) == set()
    assert operating_ids([project("p", [], later)], [lease("l", [], later)], ON) == set()
