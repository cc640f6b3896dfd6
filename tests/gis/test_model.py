"""The model's own rules: periods, dates known within bounds, leases in force, unknown values."""

from dataclasses import FrozenInstanceError, fields, is_dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis import model
from gis.errors import InvalidValue
from gis.model import DateBounds, LeaseTier, Period, parse_date, today
from gis.model import time as model_time
from tests.gis.indicators.plots import days, lease, periods
from tests.properties import FEW

START, END = date(2024, 5, 15), date(2074, 5, 15)
DAY = timedelta(days=1)

THINGS = [getattr(model, name) for name in model.__all__ if is_dataclass(getattr(model, name))]


# --- values --------------------------------------------------------------------------------------


@pytest.mark.parametrize("thing", THINGS, ids=lambda thing: thing.__name__)
def test_every_thing_is_frozen_and_has_slots(thing: type) -> None:
    """A value never changes after it was made, and takes no field that nobody declared."""
    assert thing.__dataclass_params__.frozen  # type: ignore[attr-defined]
    assert "__dict__" not in dir(thing)
    names = [field.name for field in fields(thing)]
    assert len(names) == len(set(names))


def test_a_frozen_value_refuses_a_change() -> None:
    """Also by plain assignment."""
    with pytest.raises(FrozenInstanceError):
        Period(START).start = END  # type: ignore[misc]


def test_codes_are_their_own_words() -> None:
    """A code prints as it is written in tables and in JSON."""
    assert f"{model.Stage.ESTABLISHED}" == "established"
    assert [tier for tier in LeaseTier if not tier.is_tenant] == [LeaseTier.HEAD]


# --- periods -------------------------------------------------------------------------------------


def test_a_period_holds_its_start_and_not_its_end() -> None:
    """Half-open: the last day inside is the day before the end, as people write it."""
    term = Period(START, END)
    held = [term.contains(day) for day in (START - DAY, START, END - DAY, END)]
    assert held == [False, True, True, False]
    assert term.last_day == date(2074, 5, 14)
    assert Period(START).last_day is None


def test_an_open_period_holds_every_day_on_its_open_side() -> None:
    """No start: since ever. No end: for ever."""
    assert Period().contains(date.min)
    assert Period().contains(date.max)
    assert not Period(None, START).contains(START)


@pytest.mark.parametrize(("start", "end"), [(START, START), (END, START), (None, date.min)])
def test_a_period_without_a_day_is_refused(start: date | None, end: date) -> None:
    """Ends at or before its start (THREATS 25)."""
    with pytest.raises(InvalidValue) as caught:
        Period(start, end)
    assert caught.value.code == "value.period"
    assert end.isoformat() in caught.value.sentence("en")


@FEW
@given(one=periods(), other=periods(), on=days())
def test_periods_that_share_a_day_overlap(one: Period, other: Period, on: date) -> None:
    """Overlap is symmetric and true wherever a common day is found."""
    assert one.overlaps(other) == other.overlaps(one)
    assert one.overlaps(one)
    if one.contains(on) and other.contains(on):
        assert one.overlaps(other)
    starts = [period.start or date.min for period in (one, other)]
    common = max(starts)
    assert one.overlaps(other) == (one.contains(common) and other.contains(common))


def test_periods_that_only_meet_do_not_overlap() -> None:
    """The end of one is the start of the next."""
    assert not Period(START, END).overlaps(Period(END))
    assert Period(START, END).overlaps(Period(END - DAY))


# --- dates within bounds -------------------------------------------------------------------------


def test_a_year_is_surely_over_on_its_last_day() -> None:
    """Known as 2024: possible from 1 January, sure from 31 December."""
    year = DateBounds(date(2024, 1, 1), date(2024, 12, 31))
    found = [
        (year.possibly_by(day), year.surely_by(day))
        for day in (date(2023, 12, 31), date(2024, 1, 1), date(2024, 12, 30), date(2024, 12, 31))
    ]
    assert found == [(False, False), (True, False), (True, False), (True, True)]


def test_half_known_bounds() -> None:
    """Only an earliest day is never sure; only a latest day was always possible."""
    since, until = DateBounds(START, None), DateBounds(None, START)
    assert (since.possibly_by(START), since.surely_by(END)) == (True, False)
    assert (until.possibly_by(date.min), until.surely_by(START)) == (True, True)


def test_an_unknown_date_has_never_surely_or_possibly_come() -> None:
    """Nothing known: not founded, or only planned."""
    unknown = DateBounds()
    assert not unknown.is_known
    assert not unknown.possibly_by(date.max)
    assert not unknown.surely_by(date.max)


def test_bounds_the_wrong_way_round_are_refused() -> None:
    """The latest day is not before the earliest; equal bounds are an exact date."""
    with pytest.raises(InvalidValue):
        DateBounds(END, START)
    assert DateBounds(START, START).surely_by(START)


@FEW
@given(drawn=st.lists(days(), min_size=2, max_size=2), on=days())
def test_what_is_sure_is_possible(drawn: list[date], on: date) -> None:
    """Whatever the bounds."""
    bounds = DateBounds(min(drawn), max(drawn))
    assert bounds.possibly_by(on) or not bounds.surely_by(on)


# --- reading dates -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-12-31", date(2024, 12, 31)),
        ("31/12/2024", date(2024, 12, 31)),
        ("1/2/2024", date(2024, 2, 1)),
        (" 2024-02-29 ", date(2024, 2, 29)),
        ("0001-01-01", date.min),
        ("9999-12-31", date.max),
    ],
)
def test_both_habits_of_writing_a_date_are_read(text: str, expected: date) -> None:
    """ISO, and day before month with slashes (THREATS 25)."""
    assert parse_date(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2023-02-29",
        "29/02/2023",
        "12/31/2024",
        "2024-1-5",
        "20241231",
        "2024-12-31T00:00:00+07:00",
        "31-12-2024",
        "hôm nay",
        "2024-12-31\x00",
        "１/２/2024" * 20,
    ],
)
def test_anything_else_is_no_date(text: str) -> None:
    """Dates that do not exist, other orders, times: refused with what was asked, cut short."""
    with pytest.raises(InvalidValue) as caught:
        parse_date(text, name="until")
    assert caught.value.code == "value.date"
    assert caught.value.facts["name"] == "until"
    assert len(caught.value.facts["value"]) <= 40


@FEW
@given(on=st.dates())
def test_a_written_date_is_read_as_it_was(on: date) -> None:
    """Both ways round."""
    assert parse_date(on.isoformat()) == on
    assert parse_date(f"{on.day:02d}/{on.month:02d}/{on.year:04d}") == on


def test_today_is_the_date_in_vietnam(monkeypatch: pytest.MonkeyPatch) -> None:
    """At 17:30 UTC it is half past midnight of the next day in Vietnam."""

    class Clock(datetime):
        @classmethod
        def now(cls, tz: object = None) -> "Clock":
            moment = cls(2025, 12, 31, 17, 30, tzinfo=UTC)
            return moment.astimezone(tz)  # type: ignore[arg-type]

    monkeypatch.setattr(model_time, "datetime", Clock)
    assert today() == date(2026, 1, 1)


# --- leases --------------------------------------------------------------------------------------


def test_a_lease_stopped_on_the_first_day_of_the_calendar_never_held() -> None:
    """Also where its term has no start."""
    assert lease("l", [], Period(), terminated_on=date.min).in_force is None


@FEW
@given(term=periods(), stopped=st.none() | days(), on=days())
def test_a_lease_is_in_force_within_its_term_until_it_is_stopped(
    term: Period, stopped: date | None, on: date
) -> None:
    """The term cut short by the termination, and None where nothing is left of it."""
    found = lease("l", [], term, terminated_on=stopped).in_force
    expected = term.contains(on) and (stopped is None or on < stopped)
    assert (found is not None and found.contains(on)) == expected
