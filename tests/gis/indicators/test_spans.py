"""Days as numbers."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from gis.indicators.spans import (
    ALWAYS,
    FOREVER,
    NEVER,
    held_on,
    period_between,
    span_of,
    turning_days,
)
from gis.model import Period
from tests.gis.indicators.plots import days, periods
from tests.properties import FEW


def test_a_period_without_bounds_is_always() -> None:
    """No start and no end span all days."""
    assert span_of(Period()) == (ALWAYS, FOREVER)
    assert period_between(ALWAYS, FOREVER) == Period()


def test_a_missing_period_holds_never() -> None:
    """A lease that never was in force spans no day and turns none."""
    assert span_of(Period(), None) == NEVER
    assert turning_days([NEVER]) == []
    assert not held_on([5], [NEVER]).any()


def test_the_last_day_of_the_calendar_can_be_an_end() -> None:
    """A term to the end of the calendar stays what it is."""
    term = Period(date(2020, 1, 1), date.max)
    assert period_between(*span_of(term)) == term


@FEW
@given(one=periods(), other=periods(), on=days())
def test_a_span_holds_on_the_days_of_all_its_periods(one: Period, other: Period, on: date) -> None:
    """The table says what the periods say."""
    span = span_of(one, other)
    held = bool(held_on([on.toordinal()], [span])[0, 0])
    assert held == (one.contains(on) and other.contains(on))


@FEW
@given(drawn=st.lists(periods(), max_size=6))
def test_nothing_changes_between_turning_days(drawn: list[Period]) -> None:
    """What holds on a turning day holds until the day before the next."""
    spans = [span_of(period) for period in drawn]
    turning = turning_days(spans)
    last = [day - 1 for day in turning[1:]]
    assert (held_on(turning[:-1], spans) == held_on(last, spans)).all()
