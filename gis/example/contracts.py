"""Who holds which plots of the example and when: contracts laid over the let plots, in order.

The plots of a cluster are handed out from the gate on, project by project, so that a project's
plots are neighbours. Ended contracts stand on plots that are vacant on the example's day, or let
again since.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from gis.example.calibration import EXAMPLE_ON
from gis.example.chance import choice, day_in, split_whole, unit
from gis.example.courses import COURSES, RELET, TERMINATED, Course, ProjectCourse
from gis.example.land import ClusterLand
from gis.model import Period

#: Years that a developer holds its land, the longest that the law allows as a rule.
HEAD_YEARS: Final = 50
_TERMS: Final = (20, 25, 30, 40, HEAD_YEARS)
#: The last day of the example on which a contract may begin.
_LATEST_START: Final = date(2024, 11, 15)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """A tenant's contract: its project by position, plot labels, term and early end."""

    project: int
    plots: tuple[str, ...]
    term: Period
    terminated_on: date | None = None
    is_direct: bool = False

    @property
    def has_ended(self) -> bool:
        """Say whether it was over before the example's day."""
        end = self.terminated_on or self.term.end
        return end is not None and end <= EXAMPLE_ON


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """Plots that a project is approved for during a period."""

    plots: tuple[str, ...]
    valid: Period


def head_term(course: Course) -> Period | None:
    """Return the developer's term; None where there is no developer."""
    return None if course.head is None else Period(course.head, _years_on(course.head, HEAD_YEARS))


def contracts_of(land: ClusterLand) -> list[Contract]:
    """Return a cluster's tenant contracts in order of their first day."""
    course = COURSES[land.cluster_id]
    let = [plot.label for plot in land.plots if plot.is_let]
    numbers = [
        (place, turn)
        for place, project in enumerate(course.projects)
        for turn in range(project.contracts)
    ]
    sizes = split_whole(len(let), [1.0] * len(numbers)) if numbers else []
    contracts = []
    for (place, turn), size in zip(numbers, sizes, strict=True):
        plots, let = tuple(let[:size]), let[size:]
        contracts.append(_contract(land.cluster_id, course, place, turn, plots))
    contracts += _ended(land, course, contracts)
    return sorted(contracts, key=lambda contract: (contract.term.start or date.min, contract.plots))


def approvals_of(land: ClusterLand, contracts: list[Contract], project: int) -> list[Approval]:
    """Return what a project was approved for over time, so that nothing is approved unlet now.

    A project is approved some months before its first contract, for all plots that it will
    lease. One approval of Tiên Tiến lapsed: its plot was never leased.
    """
    own = [contract for contract in contracts if contract.project == project]
    first = min(contract.term.start for contract in own if contract.term.start is not None)
    course = COURSES[land.cluster_id]
    early = timedelta(days=45 + int(100 * unit(land.cluster_id, "approval", project)))
    start = max(first - early, (course.planned or first) + timedelta(days=20))
    lasting = [plot for contract in own if not contract.has_ended for plot in contract.plots]
    passing = [(contract.plots, _end_of(contract)) for contract in own if contract.has_ended]
    if land.cluster_id == "ccn-tien-tien" and project == 4:
        passing.append(((_vacant(land)[2],), start + timedelta(days=730)))
    approvals = []
    for end in sorted({end for _plots, end in passing}):
        extra = [plot for plots, until in passing if until >= end for plot in plots]
        approvals.append(Approval(plots=(*lasting, *extra), valid=Period(start, end)))
        start = end
    return [*approvals, Approval(plots=tuple(lasting), valid=Period(start, None))]


def _contract(
    cluster_id: str, course: Course, place: int, turn: int, plots: tuple[str, ...]
) -> Contract:
    project = course.projects[place]
    start = day_in(project.year, cluster_id, place, turn, months=project.months)
    if turn:
        later = timedelta(days=int(200 * turn * unit(cluster_id, place, turn, "later")))
        start = min(start + later, _LATEST_START)
    start = start.replace(day=min(start.day, 28))
    years = choice(_TERMS, cluster_id, place, turn, "term")
    if turn == 0 and project.short_years is not None:
        years = project.short_years
    head = head_term(course)
    is_direct = course.head is not None and start < course.head
    end = _years_on(start, years)
    if head is not None and head.end is not None and not is_direct:
        end = min(end, head.end)
    return Contract(project=place, plots=plots, term=Period(start, end), is_direct=is_direct)


def _ended(land: ClusterLand, course: Course, contracts: list[Contract]) -> list[Contract]:
    """Return the contracts that ended, on the first vacant plots or under a later contract."""
    vacant = iter(_vacant(land))
    found = []
    for place, project in enumerate(course.projects):
        if project.ended is None:
            continue
        turn = project.contracts
        if project.ended == RELET:
            again = max(contracts, key=lambda contract: contract.term.start or date.min)
            plots = again.plots
        else:
            plots = (next(vacant),)
        contract = _contract(land.cluster_id, course, place, turn, plots)
        found.append(_cut_short(contract, project))
    return found


def _cut_short(contract: Contract, project: ProjectCourse) -> Contract:
    start = date(project.year, project.months[0], 15)
    if project.ended == TERMINATED:
        term = Period(start, contract.term.end)
        return replace(contract, term=term, terminated_on=date(project.year + 2, 9, 15))
    return replace(contract, term=Period(start, _years_on(start, 3)))


def _vacant(land: ClusterLand) -> list[str]:
    return [plot.label for plot in land.plots if not plot.is_let]


def _end_of(contract: Contract) -> date:
    end = contract.terminated_on or contract.term.end
    if end is None:
        message = "a contract that ended has an end"
        raise ValueError(message)
    return end


def _years_on(start: date, years: int) -> date:
    return start.replace(year=start.year + years)
