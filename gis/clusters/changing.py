"""Expand, adjust or drop a cluster: from a day on, on a decision."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from gis.clusters.boundaries import check_shape, region_of
from gis.clusters.founding import noted, tell_places, with_area
from gis.clusters.others import known_first, own_use
from gis.crs import Located, is_projected
from gis.errors import Conflict
from gis.given import given_number, given_text, optional_text
from gis.mandates import Done, Mandate, carry_out, decision_of, effective_date, require_unchanged
from gis.model import (
    Cluster,
    ClusterKind,
    DetailedPlan,
    DeveloperAppointment,
    Lease,
    Moment,
    Parcel,
    Period,
    PlanArea,
    PlanStatus,
    Project,
    Quality,
    ServingLand,
    Source,
    Version,
)
from gis.registered import find_cluster, require_known
from gis.rules import (
    GENERAL,
    ExpansionFacts,
    RuleFinding,
    check_adjustment,
    check_expansion,
    check_size,
    require_lawful,
)
from gis.store import Entry, Reader, Store, Transaction
from gis.surveyed import Surveyed

#: What ends with a cluster, each with the name of its table.
_PARTS: Final[tuple[tuple[type[Any], str], ...]] = (
    (DetailedPlan, "detailed_plan"),
    (PlanArea, "plan_area"),
    (ServingLand, "serving_land"),
    (Parcel, "parcel"),
    (DeveloperAppointment, "developer_appointment"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpandCluster:
    """What expanding a cluster takes; ``approved_area_ha`` is the whole area afterwards.

    ``on`` is by default the decision's date; without a ``boundary`` the present one stays. Fill
    rate, remaining land and infrastructure are those of the register where it knows them;
    ``demand_ha`` is what tenants ask for.
    """

    cluster_id: str
    approved_area_ha: float
    on: date | None = None
    boundary: Surveyed | None = None
    quality: Quality = Quality.DIGITISED
    source_id: str | None = None
    fill_percent: float | None = None
    demand_ha: float | None = None
    remaining_ha: float | None = None
    is_infrastructure_done: bool | None = None
    exception: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustCluster:
    """What an adjustment changes from a day on; None leaves a thing as it is.

    A new boundary without ``quality`` is digitised. ``scope`` is general, mountain or
    craft_village, for the rule about the area.
    """

    cluster_id: str
    on: date | None = None
    name_vi: str | None = None
    name_en: str | None = None
    legacy_district: str | None = None
    legacy_commune: str | None = None
    current_commune: str | None = None
    plan_status: PlanStatus | None = None
    approved_area_ha: float | None = None
    boundary: Surveyed | None = None
    quality: Quality | None = None
    source_id: str | None = None
    note: str | None = None
    scope: str = GENERAL
    exception: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DropCluster:
    """Which cluster leaves the register, and the first day on which it is no longer there."""

    cluster_id: str
    on: date | None = None


def expand_cluster(store: Store, request: ExpandCluster, mandate: Mandate) -> Done:
    """Give a cluster a larger area from a day on, held against the rules of that day.

    Raises:
        RuleBroken: ``rule.broken`` unless an exception is named, ``decision.required``.
        Conflict: ``cluster.overlap``.
        StaleVersion: ``record.stale``.
        NotFound: ``cluster.unknown``, ``thing.unknown``.
        InvalidValue: for a field that can't be.
        GeometryProblem, CrsProblem: for a boundary that can't stand for land.
    """
    where = _locked(request)
    with carry_out(store, mandate, "cluster.expand", cluster_ids=where) as (transaction, done):
        on = effective_date(transaction, mandate, request.on)
        before = find_cluster(transaction, request.cluster_id, Moment(on))
        require_unchanged(transaction, Cluster, before.thing.id, mandate)
        require_known(transaction, Source, [request.source_id], Moment(on))
        decision = decision_of(transaction, mandate)
        area_ha, source_id = request.approved_area_ha, request.source_id
        cluster = with_area(before.thing, area_ha, on, decision, source_id)
        done.findings = _expansion(transaction, cluster, request, on)
        exception = require_lawful(done.findings, request.exception)
        cluster = replace(cluster, note=noted(cluster.note, exception))
        quality = None if request.boundary is None else request.quality
        _put(transaction, cluster, _From(on, before, request.boundary, quality), done)
    return done


def adjust_cluster(store: Store, request: AdjustCluster, mandate: Mandate) -> Done:
    """Change names, places, area or boundary of a cluster from a day on.

    Of the rules, those about the area are asked, and only where it changes.

    Raises:
        RuleBroken: ``rule.broken`` unless an exception is named, ``decision.required``.
        Conflict: ``cluster.overlap``.
        StaleVersion: ``record.stale``.
        NotFound: ``cluster.unknown``, ``thing.unknown``.
        InvalidValue: for a field that can't be.
        GeometryProblem, CrsProblem: for a boundary that can't stand for land.
    """
    where = _locked(request)
    with carry_out(store, mandate, "cluster.adjust", cluster_ids=where) as (transaction, done):
        on = effective_date(transaction, mandate, request.on)
        before = find_cluster(transaction, request.cluster_id, Moment(on))
        require_unchanged(transaction, Cluster, before.thing.id, mandate)
        require_known(transaction, Source, [request.source_id], Moment(on))
        cluster = _adjusted(before.thing, request)
        tell_places(transaction, cluster, done)
        if request.approved_area_ha is not None:
            decision, area_ha = decision_of(transaction, mandate), request.approved_area_ha
            cluster = with_area(cluster, area_ha, on, decision, request.source_id)
            done.findings = _adjustment(before.thing, cluster, request.scope, on)
        exception = require_lawful(done.findings, request.exception)
        cluster = replace(cluster, note=noted(cluster.note, exception))
        _put(transaction, cluster, _From(on, before, request.boundary, request.quality), done)
    return done


def drop_cluster(store: Store, request: DropCluster, mandate: Mandate) -> Done:
    """Let a cluster end, and its plans, parcels, serving land and appointments with it.

    Raises:
        RuleBroken: ``decision.required``.
        Conflict: ``cluster.in_use`` with the leases and projects that hold on or after the day.
        StaleVersion: ``record.stale``.
        NotFound: ``cluster.unknown``.
        InvalidValue: ``value.empty`` without a day.
    """
    where = [request.cluster_id]
    with carry_out(store, mandate, "cluster.drop", cluster_ids=where) as (transaction, done):
        on = effective_date(transaction, mandate, request.on)
        cluster = find_cluster(transaction, request.cluster_id, Moment(on)).thing
        require_unchanged(transaction, Cluster, cluster.id, mandate)
        holding = _holding(transaction, cluster.id, on)
        if holding:
            raise Conflict("cluster.in_use", id=cluster.id, ids=", ".join(holding))
        since = Period(on, None)
        transaction.void(Cluster, cluster.id, since)
        for cls, table in _PARTS:
            versions = transaction.known(cls, cluster.id)
            ids = sorted({one.thing.id for one in versions if one.valid.overlaps(since)})
            for thing_id in ids:
                transaction.void(cls, thing_id, since)
            if ids:
                done.note("note.ended_with_cluster", table=table, count=len(ids))
        done.tell((Cluster, cluster.id))
    return done


def _locked(request: ExpandCluster | AdjustCluster) -> list[str]:
    """Return the cluster to lock; none, which is all, where its neighbours' land matters."""
    return [request.cluster_id] if request.boundary is None else []


@dataclass(frozen=True, slots=True)
class _From:
    """From which day a change holds, what held before, and the new shape if there is one."""

    on: date
    before: Version[Cluster]
    boundary: Surveyed | None
    quality: Quality | None

    @property
    def valid(self) -> Period:
        """Return the time of the new version: as long as the older one would have held."""
        return Period(self.on, self.before.valid.end)


def _put(transaction: Transaction, cluster: Cluster, since: _From, done: Done) -> None:
    """Write a cluster from a day on, with its new boundary or the one that it has."""
    located = _boundary(transaction, cluster, since)
    if located is not None:
        is_new = since.boundary is not None
        quality = since.quality or (Quality.DIGITISED if is_new else cluster.quality)
        epsg = located.epsg if is_projected(located.epsg) else cluster.epsg
        cluster = replace(cluster, quality=quality, epsg=epsg)
    check_shape(transaction, cluster, located, since.valid, done)
    transaction.put(Entry(cluster, since.valid, located))
    done.tell((Cluster, cluster.id))


def _boundary(reader: Reader, cluster: Cluster, since: _From) -> Located | None:
    if since.boundary is not None:
        return region_of(since.boundary)
    found = reader.records(Cluster, Moment(since.on), ids=[cluster.id])
    return found[0].located if found else None


def _expansion(
    reader: Reader, cluster: Cluster, request: ExpandCluster, on: date
) -> tuple[RuleFinding, ...]:
    if cluster.kind is ClusterKind.KCN:
        return ()
    own = own_use(reader, cluster.id, on)
    fill = known_first(own.fill_percent, request.fill_percent)
    facts = ExpansionFacts(
        total_ha=cluster.approved_area_ha,
        fill_percent=given_number("fill_percent", fill, high=100.0),
        demand_ha=given_number("demand_ha", request.demand_ha),
        remaining_ha=known_first(own.remaining_ha, request.remaining_ha),
        is_infrastructure_done=known_first(
            own.is_infrastructure_done, request.is_infrastructure_done
        ),
    )
    return check_expansion(facts, on)


def _adjusted(cluster: Cluster, request: AdjustCluster) -> Cluster:
    """Return the cluster with what a request names changed, except area and boundary."""
    name_vi, name_en = request.name_vi, request.name_en
    return replace(
        cluster,
        name_vi=cluster.name_vi if name_vi is None else given_text("name_vi", name_vi),
        name_en=cluster.name_en if name_en is None else given_text("name_en", name_en),
        legacy_district=request.legacy_district or cluster.legacy_district,
        legacy_commune=request.legacy_commune or cluster.legacy_commune,
        current_commune=request.current_commune or cluster.current_commune,
        plan_status=request.plan_status or cluster.plan_status,
        note=optional_text("note", request.note) or cluster.note,
    )


def _adjustment(before: Cluster, after: Cluster, scope: str, on: date) -> tuple[RuleFinding, ...]:
    if after.kind is ClusterKind.KCN:
        return ()
    old, new = before.approved_area_ha, after.approved_area_ha
    increase_ha = None if old is None or new is None else new - old
    return (*check_adjustment(increase_ha, on), *check_size(new, on, scope=scope))


def _holding(reader: Reader, cluster_id: str, on: date) -> list[str]:
    """Return the ids of leases and projects of a cluster that hold on or after a day."""
    since = Period(on, None)
    leases = [one for one in reader.known(Lease, cluster_id) if one.valid.overlaps(since)]
    projects = [one for one in reader.known(Project, cluster_id) if one.valid.overlaps(since)]
    held = {
        one.thing.id
        for one in leases
        if one.thing.in_force is not None and one.thing.in_force.overlaps(since)
    }
    return sorted(held | {one.thing.id for one in projects if one.thing.approved.overlaps(since)})
