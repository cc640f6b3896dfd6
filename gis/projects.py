"""Secondary projects: registered with their approved plots, amended, closed."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from typing import Any

from gis.errors import Conflict, InvalidValue, RuleBroken
from gis.indicators.spans import FOREVER, period_between
from gis.mandates import Done, Mandate, carry_out, require_unchanged
from gis.model import Party, Period, Project
from gis.store import Entry, Store
from gis.tenure import (
    Held,
    Holdings,
    NewParty,
    cluster_of,
    free_id,
    holdings_of,
    party_of,
    slug,
)
from gis.tenure.land import gap_in
from gis.tenure.terms import lease_days, project_days, share_days


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterProject:
    """Register a project; its investor is a party's id or a new party.

    It is approved for ``parcel_ids`` from ``approved_on`` until ``last_day``, without an end
    where that is None. Capital is in billion VND.
    """

    cluster_id: str
    name_vi: str
    party: str | NewParty
    approved_on: date
    last_day: date | None = None
    parcel_ids: tuple[str, ...] = ()
    id: str | None = None
    sector: str | None = None
    capital_bn_vnd: float | None = None
    jobs: int | None = None
    moved_from: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendProject:
    """Change what is known of a project from a day on; what is left out stays as it is."""

    project_id: str
    since: date
    name_vi: str | None = None
    parcel_ids: tuple[str, ...] | None = None
    last_day: date | None = None
    sector: str | None = None
    capital_bn_vnd: float | None = None
    jobs: int | None = None
    moved_from: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseProject:
    """End a project's approval: ``closed_on`` is the first day on which it no longer holds."""

    project_id: str
    closed_on: date


def register_project(store: Store, request: RegisterProject, mandate: Mandate) -> Done:
    """Register a project with the plots and the time that it is approved for.

    Raises:
        NotFound: ``cluster.unknown``, ``party.unknown``.
        RuleBroken: ``parcel.not_in_force`` for a plot that is not there all that time.
        Conflict: ``record.duplicate``.
        InvalidValue: ``value.empty``, ``value.number``, ``value.period``.
    """
    _require_figures(request)
    with carry_out(store, mandate, "project.register", cluster_ids=[request.cluster_id]) as (
        transaction,
        done,
    ):
        holdings = holdings_of(transaction, request.cluster_id)
        party = party_of(transaction, request.party)
        wanted = f"{request.cluster_id}-du-an-{slug(request.name_vi) or '1'}"
        project = Project(
            id=free_id(transaction, Project, wanted, given=request.id),
            cluster_id=request.cluster_id,
            name_vi=request.name_vi.strip(),
            party_id=party.id,
            sector=request.sector,
            capital_bn_vnd=request.capital_bn_vnd,
            jobs=request.jobs,
            approved=Period(request.approved_on, _day_after(request.last_day)),
            parcel_ids=tuple(dict.fromkeys(request.parcel_ids)),
            moved_from=request.moved_from,
        )
        held = Held(project, Period(request.approved_on))
        _require_parcels(holdings, held)
        transaction.put(Entry(project, held.valid))
        done.tell((Project, project.id), (Party, party.id))
    return done


def amend_project(store: Store, request: AmendProject, mandate: Mandate) -> Done:
    """Change what is known of a project from a day on.

    Raises:
        NotFound: ``thing.unknown``.
        RuleBroken: ``project.not_in_force``, ``parcel.not_in_force``.
        Conflict: ``project.has_leases`` where its leases would run beyond it.
    """
    _require_figures(request)
    changed = _given(request)
    cluster_id = cluster_of(store, Project, request.project_id)
    with carry_out(store, mandate, "project.amend", cluster_ids=[cluster_id]) as (
        transaction,
        done,
    ):
        require_unchanged(transaction, Project, request.project_id, mandate)
        holdings = holdings_of(transaction, cluster_id)
        for held in _versions_from(holdings, request.project_id, request.since):
            end = held.thing.approved.end
            if request.last_day is not None:
                end = _day_after(request.last_day)
            approved = Period(held.thing.approved.start, end)
            amended = Held(replace(held.thing, approved=approved, **changed), held.valid)
            _require_parcels(holdings, amended)
            _require_leases_within(holdings, amended)
            transaction.put(Entry(amended.thing, amended.valid))
        done.tell((Project, request.project_id))
    return done


def close_project(store: Store, request: CloseProject, mandate: Mandate) -> Done:
    """End a project's approval on a day; its leases have ended by then.

    Raises:
        NotFound: ``thing.unknown``.
        RuleBroken: ``project.not_in_force`` before its second day or after its last.
        Conflict: ``project.has_leases``.
    """
    cluster_id = cluster_of(store, Project, request.project_id)
    with carry_out(store, mandate, "project.close", cluster_ids=[cluster_id]) as (
        transaction,
        done,
    ):
        require_unchanged(transaction, Project, request.project_id, mandate)
        holdings = holdings_of(transaction, cluster_id)
        held = _versions_from(holdings, request.project_id, request.closed_on)[0]
        if held.thing.approved.start == request.closed_on:
            raise _not_in_force(request.project_id, held.thing.approved, request.closed_on)
        approved = Period(held.thing.approved.start, request.closed_on)
        closed = Held(replace(held.thing, approved=approved), Period(request.closed_on))
        _require_leases_within(holdings, closed)
        transaction.put(Entry(closed.thing, closed.valid))
        done.tell((Project, request.project_id))
    return done


def _require_figures(request: RegisterProject | AmendProject) -> None:
    """Refuse a name of blanks, and less than no capital or jobs."""
    if request.name_vi is not None and not request.name_vi.strip():
        raise InvalidValue("value.empty", name="name_vi")
    for name in ("capital_bn_vnd", "jobs"):
        value = getattr(request, name)
        if value is not None and not value >= 0:
            raise InvalidValue("value.number", value=str(value)[:40], name=name, low=0, high="…")


def _given(request: AmendProject) -> dict[str, Any]:
    values = {field.name: getattr(request, field.name) for field in fields(request)}
    left_out = ("project_id", "since", "last_day")
    return {
        name: value for name, value in values.items() if value is not None and name not in left_out
    }


def _day_after(last_day: date | None) -> date | None:
    if last_day is None:
        return None
    if last_day == date.max:
        raise RuleBroken("lease.term_range", last_day=last_day.isoformat())
    return last_day + timedelta(days=1)


def _versions_from(holdings: Holdings, project_id: str, since: date) -> list[Held[Project]]:
    """Return the versions of a project from a day on, the first one cut to begin then.

    Raises:
        RuleBroken: ``project.not_in_force`` where it is not approved on that day.
    """
    own = [held for held in holdings.projects if held.thing.id == project_id]
    base = holdings.project_on(project_id, since)
    if base is None or not base.thing.approved.contains(since):
        raise _not_in_force(project_id, own[-1].thing.approved if own else Period(), since)
    return [
        Held(held.thing, Period(max(since, held.valid.start or date.min), held.valid.end))
        for held in own
        if held.valid.end is None or held.valid.end > since
    ]


def _not_in_force(project_id: str, approved: Period, on: date) -> RuleBroken:
    first, last = approved.start, approved.last_day
    return RuleBroken(
        "project.not_in_force",
        id=project_id,
        on=on.isoformat(),
        first_day="…" if first is None else first.isoformat(),
        last_day="…" if last is None else last.isoformat(),
    )


def check_project(holdings: Holdings, held: Held[Project]) -> None:
    """Hold a version of a project against its plots and its tenants' leases.

    Raises:
        RuleBroken: ``parcel.not_in_force``.
        Conflict: ``project.has_leases``.
    """
    _require_parcels(holdings, held)
    _require_leases_within(holdings, held)


def _require_parcels(holdings: Holdings, held: Held[Project]) -> None:
    days = project_days(held)
    for parcel_id in held.thing.parcel_ids:
        own = [parcel.valid for parcel in holdings.parcels if parcel.thing.id == parcel_id]
        missing = gap_in(_shared(held), own) if days[0] < days[1] else None
        if missing is not None:
            raise RuleBroken(
                "parcel.not_in_force", names=parcel_id, ids=[parcel_id], on=missing.isoformat()
            )


def _shared(held: Held[Project]) -> Period:
    """Return when a version is approved for its plots."""
    return period_between(*project_days(held))


def _require_leases_within(holdings: Holdings, held: Held[Project]) -> None:
    """Refuse to let a project end before its tenants' leases, whose terms follow it."""
    end = held.thing.approved.end
    if end is None:
        return
    rest = (end.toordinal(), FOREVER)
    left = _ids(
        [
            lease.thing.id
            for lease in holdings.leases
            if lease.thing.project_id == held.thing.id and share_days(lease_days(lease), rest)
        ]
    )
    if left:
        facts = {"id": held.thing.id, "on": end.isoformat(), "names": ", ".join(left)}
        raise Conflict("project.has_leases", **facts, ids=left)


def _ids(names: Sequence[str]) -> list[str]:
    return sorted(set(names))
