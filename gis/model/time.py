"""Calendar time: half-open periods, dates known only within bounds, and today in Vietnam."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from gis.errors import InvalidValue

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")

_INSTANT: Final = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)", re.ASCII
)


def today() -> date:
    """Return the calendar date in Vietnam, the default of every ``on``."""
    return datetime.now(VIETNAM).date()


@dataclass(frozen=True, slots=True)
class Period:
    """A half-open span of calendar dates ``[start, end)``; None means unbounded on that side.

    >>> Period(date(2024, 1, 1), date(2025, 1, 1)).last_day
    datetime.date(2024, 12, 31)

    Raises:
        InvalidValue: ``value.period`` when it would end at or before its start.
    """

    start: date | None = None
    end: date | None = None

    def __post_init__(self) -> None:
        first = self.start or date.min
        if self.end is not None and self.end <= first:
            raise InvalidValue("value.period", start=first.isoformat(), end=self.end.isoformat())

    @property
    def last_day(self) -> date | None:
        """Return the last day inside, as people write a term; None when it has no end."""
        return None if self.end is None else self.end - timedelta(days=1)

    def contains(self, on: date) -> bool:
        """Say whether ``on`` lies inside: the start counts, the end does not."""
        return (self.start is None or self.start <= on) and (self.end is None or on < self.end)

    def overlaps(self, other: "Period") -> bool:
        """Say whether the two periods share at least one day."""
        return self.starts_before(other.end) and other.starts_before(self.end)

    def starts_before(self, end: date | None) -> bool:
        """Say whether the period begins before a day; None is the end of time."""
        return self.start is None or end is None or self.start < end


@dataclass(frozen=True, slots=True)
class DateBounds:
    """A date known only to lie between two others, both included; None means nothing is known.

    An exact date has equal bounds. ``DateBounds()`` says that the date is unknown or that the
    event has not happened.
    """

    earliest: date | None = None
    latest: date | None = None

    def __post_init__(self) -> None:
        if self.earliest is not None and self.latest is not None and self.latest < self.earliest:
            raise InvalidValue(
                "value.period", start=self.earliest.isoformat(), end=self.latest.isoformat()
            )

    @property
    def is_known(self) -> bool:
        """Say whether anything is known about the date."""
        return self.earliest is not None or self.latest is not None

    def surely_by(self, on: date) -> bool:
        """Say whether the event has certainly happened on or before ``on``."""
        return self.latest is not None and self.latest <= on

    def possibly_by(self, on: date) -> bool:
        """Say whether the event may have happened on or before ``on``."""
        return self.is_known and (self.earliest is None or self.earliest <= on)


def parse_date(value: str, *, name: str = "on") -> date:
    """Read ``2024-12-31`` or the Vietnamese ``31/12/2024``.

    Raises:
        InvalidValue: ``value.date`` for anything else, also for dates that do not exist.
    """
    text = value.strip()
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            parsed = datetime.strptime(text, form).date()  # noqa: DTZ007 - a calendar date
        except ValueError:
            continue
        if form == "%d/%m/%Y" or text == parsed.isoformat():
            return parsed
    raise InvalidValue("value.date", value=value[:40], name=name)


def parse_instant(value: str, *, name: str = "known_at") -> datetime:
    """Read a time with its offset; a date alone is the end of that day in Vietnam.

    >>> parse_instant("2024-12-31T07:00:00+07:00")
    datetime.datetime(2024, 12, 31, 0, 0, tzinfo=datetime.timezone.utc)
    >>> parse_instant("31/12/2024")
    datetime.datetime(2024, 12, 31, 16, 59, 59, 999999, tzinfo=datetime.timezone.utc)

    Raises:
        InvalidValue: ``value.instant`` for anything else, also for a time without its offset.
    """
    text = value.strip()
    try:
        if _INSTANT.fullmatch(text):
            return datetime.fromisoformat(text).astimezone(UTC)
        day = parse_date(text, name=name)
        return datetime.combine(day, time.max, VIETNAM).astimezone(UTC)
    except (InvalidValue, ValueError, OverflowError) as error:
        raise InvalidValue("value.instant", value=value[:40], name=name) from error
