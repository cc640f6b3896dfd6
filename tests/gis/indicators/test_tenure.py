"""States of leases and plots, derived from terms, events and a date."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis.indicators.tenure import (
    add_months,
    end_year,
    idle_since,
    is_leased_on,
    is_over_area,
    lease_state,
    plot_end_years,
    plot_state,
    plot_states,
    use_state,
)
from gis.model import LeaseState, LeaseTier, LeaseUse, Period, PlotState, UseEvent, UseState
from tests.gis.indicators.plots import days, lease, periods, project
from tests.properties import FEW

FIRST, END = date(2024, 5, 15), date(2074, 5, 15)
TERM = Period(FIRST, END)
DAY = timedelta(days=1)


def use(event: UseEvent, on: date) -> LeaseUse:
    """Return evidence of the use of a lease's land."""
    return LeaseUse(id=f"{on}-{event}", cluster_id="c", lease_id="l", event=event, on=on)


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (FIRST - DAY, LeaseState.FUTURE),
        (FIRST, LeaseState.ACTIVE),
        (date(2073, 5, 14), LeaseState.ACTIVE),
        (date(2073, 5, 15), LeaseState.EXPIRING),
        (END - DAY, LeaseState.EXPIRING),
        (END, LeaseState.EXPIRED),
    ],
)
def test_a_state_follows_from_term_and_date(on: date, state: LeaseState) -> None:
    """Active to its last twelve months, in force to the end of its last day."""
    assert lease_state(lease("l", [], TERM), on) is state


def test_the_horizon_of_expiring_is_asked_for() -> None:
    """Six months before the end a lease is expiring at twelve and six months, not at three."""
    on = date(2073, 11, 15)
    found = [lease_state(lease("l", [], TERM), on, expiring_months=m) for m in (12, 6, 3)]
    assert found == [LeaseState.EXPIRING, LeaseState.EXPIRING, LeaseState.ACTIVE]


def test_a_termination_holds_from_its_day() -> None:
    """Active before, about to end when the day is set, terminated from the day on."""
    stopped = lease("l", [], TERM, terminated_on=date(2030, 1, 1))
    assert lease_state(stopped, date(2028, 1, 1)) is LeaseState.ACTIVE
    assert lease_state(stopped, date(2029, 6, 1)) is LeaseState.EXPIRING
    assert lease_state(stopped, date(2030, 1, 1)) is LeaseState.TERMINATED
    assert lease_state(stopped, END) is LeaseState.TERMINATED


def test_a_lease_stopped_before_it_began_is_terminated() -> None:
    """It never was active, and is future only until the day of termination."""
    stopped = lease("l", [], TERM, terminated_on=FIRST - 10 * DAY)
    assert lease_state(stopped, FIRST - 11 * DAY) is LeaseState.FUTURE
    assert lease_state(stopped, FIRST - 10 * DAY) is LeaseState.TERMINATED
    assert end_year(stopped) is None


def test_a_termination_after_the_term_changes_nothing() -> None:
    """A lease that had ended is expired, whatever was written later."""
    late = lease("l", [], TERM, terminated_on=END)
    assert lease_state(late, END) is LeaseState.EXPIRED


def test_a_term_without_end_never_expires() -> None:
    """No end on record: active for ever, no end year."""
    endless = lease("l", [], Period(FIRST))
    assert lease_state(endless, date.max) is LeaseState.ACTIVE
    assert end_year(endless) is None


def test_the_end_year_is_that_of_the_last_day() -> None:
    """A term to 1 January 2075 ends with 31 December 2074."""
    assert end_year(lease("l", [], Period(FIRST, date(2075, 1, 1)))) == 2074
    assert end_year(lease("l", [], TERM, terminated_on=date(2030, 1, 1))) == 2029


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 12, 31), 12, date(2025, 12, 31)),
        (date(2024, 11, 30), 2, date(2025, 1, 30)),
        (date(9999, 6, 1), 12, date.max),
    ],
)
def test_months_are_calendar_months(day: date, months: int, expected: date) -> None:
    """The same day of a later month, or its last; never past the calendar."""
    assert add_months(day, months) == expected


def test_a_plot_is_leased_before_approved_before_vacant() -> None:
    """A tenant's lease outweighs an approval, a head lease counts nowhere."""
    leases = [
        lease("l", ["a", "b"], TERM),
        lease("h", ["a", "b", "c", "d"], TERM, tier=LeaseTier.HEAD),
    ]
    projects = [project("p", ["b", "c"])]
    assert plot_states(["a", "b", "c", "d"], leases, projects, FIRST) == {
        "a": PlotState.LEASED,
        "b": PlotState.LEASED,
        "c": PlotState.APPROVED,
        "d": PlotState.VACANT,
    }
    assert plot_state("b", leases, projects, END) is PlotState.APPROVED


def test_the_end_year_of_a_plot_is_its_last_tenants() -> None:
    """Two leases over one plot: the later end; one without end: none."""
    leases = [
        lease("a", ["x", "y"], TERM),
        lease("b", ["y"], Period(FIRST, date(2080, 1, 1))),
        lease("c", ["z", "x"], Period(FIRST), tier=LeaseTier.DIRECT),
        lease("h", ["w"], TERM, tier=LeaseTier.HEAD),
    ]
    assert plot_end_years(leases, FIRST) == {"x": None, "y": 2079, "z": None}
    assert plot_end_years(leases[::-1], FIRST) == {"x": None, "y": 2079, "z": None}
    assert plot_end_years(leases[:2], date(2075, 1, 1)) == {"y": 2079}


def test_no_evidence_is_not_checked() -> None:
    """Nobody has looked: neither in use nor idle, and future evidence is none."""
    assert use_state([], FIRST) is UseState.NOT_CHECKED
    assert use_state([use(UseEvent.STARTED, END)], FIRST) is UseState.NOT_CHECKED
    assert idle_since([], FIRST) is None


def test_use_and_idleness_follow_the_latest_evidence() -> None:
    """Started, stopped, found idle, found in use: idle from the stop until the last finding."""
    stop = date(2026, 3, 1)
    uses = [
        use(UseEvent.INSPECTED_IDLE, date(2026, 9, 1)),
        use(UseEvent.STARTED, date(2025, 1, 1)),
        use(UseEvent.STOPPED, stop),
        use(UseEvent.INSPECTED_IN_USE, date(2028, 1, 1)),
    ]
    assert use_state(uses, date(2025, 6, 1)) is UseState.IN_USE
    assert use_state(uses, date(2026, 10, 1)) is UseState.IDLE
    assert idle_since(uses, date(2026, 10, 1)) == stop
    assert use_state(uses, date(2028, 1, 1)) is UseState.IN_USE
    assert idle_since(uses, date(2028, 1, 1)) is None


def test_an_inspection_outweighs_a_report_of_the_same_day() -> None:
    """The tenant reports a start; the inspection of that day finds the land idle."""
    uses = [use(UseEvent.INSPECTED_IDLE, FIRST), use(UseEvent.STARTED, FIRST)]
    assert use_state(uses, FIRST) is UseState.IDLE


def test_more_on_paper_than_measured_is_over_area() -> None:
    """Beyond what measuring allows; an unknown area never is."""
    assert is_over_area(10_120.0, 10_000.0, 107.0)
    assert not is_over_area(10_107.0, 10_000.0, 107.0)
    assert not is_over_area(None, 10_000.0, 0.0)
    assert not is_over_area(10_000.0, None, 0.0)


@FEW
@given(term=periods(), stopped=st.none() | days(), on=days())
def test_exactly_one_state_says_that_a_lease_holds(
    term: Period, stopped: date | None, on: date
) -> None:
    """A tenant's plots are leased exactly while its lease is active or expiring."""
    drawn = lease("l", ["x"], term, terminated_on=stopped)
    holds = lease_state(drawn, on) in (LeaseState.ACTIVE, LeaseState.EXPIRING)
    assert holds == is_leased_on(drawn, on)
    assert holds == (plot_state("x", [drawn], [], on) is PlotState.LEASED)
