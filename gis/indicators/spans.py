"""Days as numbers: when things hold, and the days on which anything changes."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt

from gis.model import Period

#: A span of ordinal days, start inside and end outside.
Span = tuple[int, int]

#: Before the first and after the last day of the calendar: no bound on that side.
ALWAYS: Final = 0
FOREVER: Final = date.max.toordinal() + 1
#: A span that holds on no day.
NEVER: Final[Span] = (FOREVER, FOREVER)


def span_of(*periods: Period | None) -> Span:
    """Return the days that all the periods share; a None among them shares none."""
    start, end = ALWAYS, FOREVER
    for period in periods:
        if period is None:
            return NEVER
        if period.start is not None:
            start = max(start, period.start.toordinal())
        if period.end is not None:
            end = min(end, period.end.toordinal())
    return (start, end) if start < end else NEVER


def turning_days(spans: Iterable[Span]) -> list[int]:
    """Return the days on which some span begins or ends, in order; empty spans turn nothing."""
    days: set[int] = set()
    for span in spans:
        if span != NEVER:
            days.update(span)
    return sorted(days - {FOREVER})


def held_on(days: Sequence[int], spans: Sequence[Span]) -> npt.NDArray[np.bool_]:
    """Return a table, a row for each day and a column for each span: does it hold on the day?"""
    bounds = np.array(spans, dtype=np.int64).reshape(len(spans), 2)
    on = np.array(days, dtype=np.int64)[:, np.newaxis]
    held: npt.NDArray[np.bool_] = (bounds[:, 0] <= on) & (on < bounds[:, 1])
    return held


def period_between(start: int, end: int) -> Period:
    """Return the period of a span."""
    return Period(
        None if start == ALWAYS else date.fromordinal(start),
        None if end == FOREVER else date.fromordinal(end),
    )
