"""The register's own time: when it learned something, strictly increasing whatever clocks do."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

#: Tells the present; a test gives its own.
Clock = Callable[[], datetime]

_STEP: Final = timedelta(microseconds=1)


def utc_now() -> datetime:
    """Return the present in UTC."""
    return datetime.now(UTC)


def after(last: datetime, now: datetime) -> datetime:
    """Return the present, or just after ``last`` where the clock was set back (THREATS 47)."""
    return max(now, last + _STEP)


def instant_text(value: datetime) -> str:
    """Write a time in UTC to the microsecond, in fixed width: text order is time order.

    >>> instant_text(datetime.fromisoformat("2024-12-31T07:00:00+07:00"))
    '2024-12-31T00:00:00.000000Z'
    """
    return value.astimezone(UTC).isoformat(timespec="microseconds")[: -len("+00:00")] + "Z"
