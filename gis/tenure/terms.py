"""When leases hold, across their versions, and who holds a parcel from a day on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from gis.indicators.spans import FOREVER, NEVER, Span, period_between, span_of
from gis.model import Lease, Period, Project
from gis.tenure.holdings import Held, Holdings


@dataclass(frozen=True, slots=True)
class Holder:
    """A lease or an approved project that holds land, with the version that does."""

    kind: Literal["lease", "project"]
    held: Held[Lease] | Held[Project]

    @property
    def id(self) -> str:
        """Return the id of the lease or project."""
        return self.held.thing.id


def lease_days(held: Held[Lease]) -> Span:
    """Return the days on which a version of a lease holds land."""
    return span_of(held.valid, held.thing.in_force)


def project_days(held: Held[Project]) -> Span:
    """Return the days on which a version of a project is approved for its plots."""
    return span_of(held.valid, held.thing.approved)


def holding_period(versions: Iterable[Held[Lease]], on: date) -> Period | None:
    """Return the unbroken time around a day in which a lease holds; None if not on that day.

    ``versions`` are those of one lease: one that goes on where another ends continues it.
    """
    runs: list[Span] = []
    for start, end in sorted(span for held in versions if (span := lease_days(held)) != NEVER):
        if runs and start <= runs[-1][1]:
            runs[-1] = (runs[-1][0], max(runs[-1][1], end))
        else:
            runs.append((start, end))
    day = on.toordinal()
    return next((period_between(*run) for run in runs if run[0] <= day < run[1]), None)


def holders_from(holdings: Holdings, parcel_ids: Iterable[str], since: date) -> list[Holder]:
    """Return the versions of leases and projects that hold parcels on a day or later."""
    wanted = set(parcel_ids)
    rest = (since.toordinal(), FOREVER)
    found: list[Holder] = [
        Holder("lease", held)
        for held in holdings.leases
        if wanted.intersection(held.thing.parcel_ids) and share_days(lease_days(held), rest)
    ]
    found += [
        Holder("project", project)
        for project in holdings.projects
        if wanted.intersection(project.thing.parcel_ids) and share_days(project_days(project), rest)
    ]
    return found


def share_days(one: Span, other: Span) -> bool:
    """Say whether two spans have a day in common."""
    return max(one[0], other[0]) < min(one[1], other[1])


def common_days(one: Span, other: Span) -> Span:
    """Return the days that two spans share; `NEVER` for none."""
    start, end = max(one[0], other[0]), min(one[1], other[1])
    return (start, end) if start < end else NEVER
