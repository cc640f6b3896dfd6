"""The land balance of a cluster through time."""

import itertools
from datetime import date, timedelta

import pytest
import shapely
from hypothesis import given, settings

from gis.indicators.balance import ClusterLand, balance_timeline
from gis.model import LandBalance, LandUse, LeaseTier, Period, Quality
from tests.gis.indicators.naive import naive_balance
from tests.gis.indicators.plots import (
    SINCE,
    START,
    area,
    box,
    clearance,
    lands,
    lease,
    parcel,
    plan,
    project,
)
from tests.properties import FEW, MANY

BORDER = box(0, 0, 300, 100)
LEFT, MIDDLE, RIGHT = box(0, 0, 100, 100), box(100, 0, 100, 100), box(200, 0, 100, 100)
LATER, LAST = date(2022, 5, 1), date(2023, 7, 1)


def cluster(**changes: object) -> ClusterLand:
    """Return a cluster of three plots of one hectare, the right one no industrial land."""
    values: dict[str, object] = {
        "cluster_id": "c",
        "boundaries": [(SINCE, BORDER, False)],
        "plans": [(plan(), SINCE)],
        "plan_areas": [
            (area("left"), SINCE, LEFT),
            (area("middle"), SINCE, MIDDLE),
            (area("right", LandUse.TRAFFIC), SINCE, RIGHT),
        ],
        "parcels": [
            (parcel("left"), SINCE, LEFT),
            (parcel("middle"), SINCE, MIDDLE),
            (parcel("right"), SINCE, RIGHT),
        ],
    }
    return ClusterLand(**(values | changes))  # type: ignore[arg-type]


def only(land: ClusterLand) -> LandBalance:
    """Return the balance of a cluster in which nothing ever changes."""
    (balance,) = balance_timeline(land)
    return balance


def on(land: ClusterLand, day: date) -> LandBalance:
    """Return the balance of a day."""
    (found,) = [row for row in balance_timeline(land) if row.valid.contains(day)]
    return found


def check_against_naive(land: ClusterLand) -> None:
    """Hold a whole timeline against the plain unions of its days."""
    timeline = balance_timeline(land)
    for before, after in itertools.pairwise(timeline):
        assert before.valid.end == after.valid.start
    for row in timeline:
        first = row.valid.start or date(1990, 1, 1)
        last = row.valid.last_day or first + timedelta(days=20_000)
        middle = first + (last - first) / 2
        for day in {first, middle, last}:
            for name, expected in naive_balance(land, day).items():
                found = getattr(row, name)
                if expected is None:
                    assert found is None, name
                else:
                    assert found == pytest.approx(expected, rel=1e-12, abs=1e-6), (name, day)


def test_an_empty_record_gives_no_balance() -> None:
    """Nothing on record is no balance, not one of zeros."""
    assert balance_timeline(ClusterLand(cluster_id="c")) == ()


def test_planned_and_actual_areas_of_a_plain_cluster() -> None:
    """A leased plot leaves the other industrial plot vacant; the road is no industrial land."""
    land = cluster(leases=[(lease("l", ["left"]), SINCE)])
    balance = only(land)
    assert balance.valid == Period(START, None)
    assert (balance.boundary_m2, balance.plan_id) == (30_000.0, "plan")
    assert (balance.industry_m2, balance.traffic_m2, balance.green_m2) == (20_000.0, 10_000.0, 0.0)
    assert (balance.overlap_m2, balance.unclassified_m2, balance.outside_m2) == (0.0, 0.0, 0.0)
    assert (balance.leased_m2, balance.approved_m2, balance.vacant_m2) == (10_000.0, 0.0, 10_000.0)
    assert balance.let_m2 == 10_000.0
    assert balance.cleared_m2 is None


def test_without_a_plan_the_planned_and_actual_areas_are_unknown() -> None:
    """No plan: every class and state is None, while the land let is known."""
    land = cluster(plans=[], plan_areas=[], leases=[(lease("l", ["left"]), SINCE)])
    balance = only(land)
    assert balance.plan_id is None
    assert balance.industry_m2 is None
    assert balance.leased_m2 is None
    assert balance.vacant_m2 is None
    assert balance.unclassified_m2 is None
    assert (balance.boundary_m2, balance.let_m2) == (30_000.0, 10_000.0)


def test_a_plan_that_is_not_approved_is_no_plan() -> None:
    """A plan without approval date counts nowhere."""
    balance = only(cluster(plans=[(plan(approved_on=None), SINCE)]))
    assert balance.plan_id is None
    assert balance.industry_m2 is None


def test_a_plan_counts_from_its_approval() -> None:
    """Drawn earlier, a plan is in force from the day of its approval."""
    before, after = balance_timeline(cluster(plans=[(plan(approved_on=LATER), SINCE)]))
    assert before.valid == Period(START, LATER)
    assert before.industry_m2 is None
    assert after.industry_m2 == 20_000.0


def test_an_approved_plan_without_polygons_leaves_the_areas_unknown() -> None:
    """A plan that nobody has drawn is named, and its areas are unknown, not 0."""
    balance = only(cluster(plan_areas=[(area("lost"), SINCE, None)]))
    assert balance.plan_id == "plan"
    assert balance.industry_m2 is None
    assert balance.leased_m2 is None


def test_of_two_plans_in_force_the_later_approved_one_counts() -> None:
    """An adjusted plan replaces the first from its approval."""
    land = cluster(
        plans=[(plan(), SINCE), (plan("adjusted", LATER), SINCE)],
        plan_areas=[
            (area("old"), SINCE, LEFT),
            (area("new", LandUse.GREEN, "adjusted"), SINCE, RIGHT),
        ],
    )
    first, second = balance_timeline(land)
    assert (first.plan_id, first.industry_m2, first.green_m2) == ("plan", 10_000.0, 0.0)
    assert second.valid.start == LATER
    assert (second.plan_id, second.industry_m2, second.green_m2) == ("adjusted", 0.0, 10_000.0)


def test_without_a_boundary_the_let_land_is_not_cut() -> None:
    """No boundary on record: its area is unknown, and plots count whole."""
    land = cluster(boundaries=[(SINCE, None, True)], leases=[(lease("l", ["left"]), SINCE)])
    balance = only(land)
    assert balance.boundary_m2 is None
    assert balance.industry_m2 is None
    assert balance.let_m2 == 10_000.0
    assert not balance.is_synthetic


def test_a_plot_beyond_boundary_and_industrial_land_counts_only_inside() -> None:
    """A leased parcel is cut: by the boundary for let land, by industrial land for the fill."""
    wide = box(-50, 0, 200, 100)
    land = cluster(parcels=[(parcel("wide"), SINCE, wide)], leases=[(lease("l", ["wide"]), SINCE)])
    assert only(land).let_m2 == 15_000.0
    road = cluster(leases=[(lease("l", ["right"]), SINCE)])
    assert (only(road).leased_m2, only(road).let_m2) == (0.0, 10_000.0)


@pytest.mark.parametrize("tier", [LeaseTier.DIRECT, LeaseTier.SUBLEASE])
def test_a_plot_counts_once_under_every_tenant_tier(tier: LeaseTier) -> None:
    """Two tenant leases and a project over one plot are one plot, and it is leased."""
    land = cluster(
        leases=[(lease("a", ["left"]), SINCE), (lease("b", ["left"], tier=tier), SINCE)],
        projects=[(project("p", ["left"]), SINCE)],
    )
    balance = only(land)
    assert (balance.leased_m2, balance.approved_m2, balance.let_m2) == (10_000.0, 0.0, 10_000.0)


def test_a_head_lease_counts_nowhere() -> None:
    """The developer's lease of everything leases nothing to a tenant."""
    everything = lease("head", ["left", "middle", "right"], tier=LeaseTier.HEAD)
    balance = only(cluster(leases=[(everything, SINCE)]))
    assert (balance.leased_m2, balance.let_m2) == (0.0, 0.0)


def test_states_follow_terms_terminations_and_approvals() -> None:
    """Approved from May 2022, leased from January 2023 until the termination in July."""
    term = Period(date(2023, 1, 1), date(2073, 1, 1))
    land = cluster(
        leases=[(lease("l", ["left"], term, terminated_on=LAST), SINCE)],
        projects=[(project("p", ["left"], Period(LATER)), SINCE)],
    )
    states = [(row.valid.start, row.leased_m2, row.approved_m2) for row in balance_timeline(land)]
    assert states == [
        (START, 0.0, 0.0),
        (LATER, 0.0, 10_000.0),
        (date(2023, 1, 1), 10_000.0, 0.0),
        (LAST, 0.0, 10_000.0),
    ]


def test_a_lease_that_never_held_changes_nothing() -> None:
    """Terminated before it began, a lease makes no period of its own."""
    never = lease("l", ["left"], Period(LATER), terminated_on=START)
    assert only(cluster(leases=[(never, SINCE)])).leased_m2 == 0.0


def test_a_split_keeps_the_leased_land() -> None:
    """A plot and the two that it is split into are never counted together."""
    halves = [box(0, 0, 50, 100), box(50, 0, 50, 100)]
    land = cluster(
        parcels=[
            (parcel("left"), Period(START, LATER), LEFT),
            (parcel("west"), Period(LATER), halves[0]),
            (parcel("east"), Period(LATER), halves[1]),
        ],
        leases=[(lease("l", ["left", "west"]), SINCE), (lease("e", ["east"]), Period(LAST))],
    )
    assert [row.leased_m2 for row in balance_timeline(land)] == [10_000.0, 5_000.0, 10_000.0]


def test_overlapping_plots_count_their_common_land_once() -> None:
    """Two plots that share 2,500 m² are leased land of 17,500 m²."""
    land = cluster(
        parcels=[(parcel("a"), SINCE, LEFT), (parcel("b"), SINCE, box(75, 0, 100, 100))],
        leases=[(lease("a", ["a"]), SINCE), (lease("b", ["b"]), SINCE)],
    )
    assert only(land).leased_m2 == pytest.approx(17_500.0, abs=1e-9)


def test_overlapping_industrial_areas_are_one_ground_for_the_states() -> None:
    """The class sums its polygons, the states divide their union."""
    land = cluster(
        plan_areas=[(area("a"), SINCE, LEFT), (area("b"), SINCE, box(50, 0, 100, 100))],
        leases=[(lease("l", ["left"]), SINCE)],
    )
    balance = only(land)
    assert (balance.industry_m2, balance.overlap_m2) == (20_000.0, 5_000.0)
    assert (balance.leased_m2, balance.vacant_m2) == (10_000.0, 5_000.0)


def test_clearances_add_up_and_one_unknown_leaves_the_sum_unknown() -> None:
    """Cleared land is what is on record by then; unknown is not 0."""
    land = cluster(
        clearances=[
            (clearance("a", 4_000.0), SINCE),
            (clearance("b", 1_000.0, LATER), SINCE),
            (clearance("c", None, LAST), SINCE),
        ]
    )
    assert [row.cleared_m2 for row in balance_timeline(land)] == [4_000.0, 5_000.0, None]


@pytest.mark.parametrize("place", ["boundary", "plan", "plot"])
def test_one_synthetic_shape_makes_the_balance_synthetic(place: str) -> None:
    """Whichever shape is made up, the numbers say so."""
    made_up = dict.fromkeys(("boundary", "plan", "plot"), Quality.SURVEYED)
    made_up[place] = Quality.SYNTHETIC
    land = cluster(
        boundaries=[(SINCE, BORDER, made_up["boundary"] is Quality.SYNTHETIC)],
        plan_areas=[(area("left", quality=made_up["plan"]), SINCE, LEFT)],
        parcels=[(parcel("left", made_up["plot"]), SINCE, LEFT)],
        leases=[(lease("l", ["left"]), SINCE)],
    )
    assert only(land).is_synthetic


def test_a_synthetic_plot_that_nobody_holds_enters_no_balance() -> None:
    """A made-up parcel without lease or project changes no number and no label."""
    land = cluster(parcels=[(parcel("left", Quality.SYNTHETIC), SINCE, LEFT)])
    assert not only(land).is_synthetic


def test_periods_without_change_are_one() -> None:
    """A lease handed from one tenant to the next the same day changes no number."""
    land = cluster(
        leases=[
            (lease("a", ["left"], Period(START, LATER)), SINCE),
            (lease("b", ["left"], Period(LATER)), SINCE),
        ]
    )
    assert only(land).leased_m2 == 10_000.0


def test_a_balance_before_any_known_date_has_no_start() -> None:
    """A boundary in force since ever gives a period open on both sides."""
    assert only(cluster(boundaries=[(Period(), BORDER, False)], plan_areas=[], plans=[])).valid == (
        Period()
    )


def test_the_given_shapes_are_left_as_they_were() -> None:
    """No prepared geometry stays on a shape that others may hold (THREATS finding 16)."""
    border = shapely.from_wkb(BORDER.wkb)
    plot = shapely.from_wkb(LEFT.wkb)
    land = cluster(
        boundaries=[(SINCE, border, False)],
        parcels=[(parcel("left"), SINCE, plot)],
        leases=[(lease("l", ["left"]), SINCE)],
    )
    balance_timeline(land)
    assert not shapely.is_prepared(border)
    assert not shapely.is_prepared(plot)


@FEW
@given(land=lands())
def test_the_timeline_agrees_with_plain_unions(land: ClusterLand) -> None:
    """Whatever overlaps, splits and terms: the same areas as unions day by day."""
    check_against_naive(land)


@pytest.mark.long
@MANY
@given(land=lands())
def test_the_timeline_agrees_with_plain_unions_many_times(land: ClusterLand) -> None:
    """The same, over thousands of clusters."""
    check_against_naive(land)


@settings(FEW, max_examples=30)
@given(land=lands())
def test_the_order_of_things_does_not_matter(land: ClusterLand) -> None:
    """Reading the same rows in another order gives the same balances, to the last bit."""
    turned = ClusterLand(
        cluster_id="c",
        boundaries=land.boundaries,
        plans=land.plans[::-1],
        plan_areas=land.plan_areas[::-1],
        parcels=land.parcels,
        leases=land.leases[::-1],
        projects=land.projects[::-1],
        clearances=land.clearances[::-1],
    )
    assert balance_timeline(turned) == balance_timeline(land)
