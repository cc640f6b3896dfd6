"""Keep water, air and people safe: wastewater plants, environmental papers, fire inspections."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from gis.errors import NotFound
from gis.given import given_number, given_text, optional_text
from gis.mandates import Done, Mandate, carry_out, effective_date, require_unchanged
from gis.model import (
    EnvironmentRecord,
    FireInspection,
    Moment,
    Project,
    Source,
    WastewaterPlant,
)
from gis.registered import find_cluster, owned_id, require_known, time_left
from gis.store import Entry, Reader, Store

_MOST_M3_DAY: Final = 1e7


class EnvironmentKind(StrEnum):
    """An approval of the impact assessment, an environmental permit, or a year's monitoring."""

    EIA = "eia"
    PERMIT = "permit"
    MONITORING = "monitoring"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordWastewaterPlant:
    """A central wastewater plant from a day on: its stage, capacity in m³ a day and state.

    ``state`` is a code that pages have words for (operating, complete, complete_not_operating) or
    words. ``id`` names a plant of the cluster whose state changes; without it a new one begins.
    """

    cluster_id: str
    state: str
    on: date | None = None
    id: str | None = None
    stage: str | None = None
    capacity_m3_day: float | None = None
    source_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordEnvironment:
    """A paper about the environment of a cluster, or of one of its projects, with its result."""

    cluster_id: str
    kind: EnvironmentKind
    on: date | None = None
    id: str | None = None
    project_id: str | None = None
    result: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFireInspection:
    """A fire-safety inspection of a cluster, or of one of its projects, and what it found."""

    cluster_id: str
    result: str
    on: date | None = None
    id: str | None = None
    project_id: str | None = None


def record_wastewater_plant(store: Store, request: RecordWastewaterPlant, mandate: Mandate) -> Done:
    """Record a wastewater plant, or how one of the register is from a day on.

    Raises:
        NotFound: ``cluster.unknown``, ``thing.unknown`` for the source.
        Conflict: ``record.duplicate``.
        StaleVersion: ``record.stale``.
        InvalidValue: for a field that can't be.
    """
    where, action = [request.cluster_id], "wastewater_plant.record"
    with carry_out(store, mandate, action, cluster_ids=where, is_land=False) as (transaction, done):
        on = effective_date(transaction, mandate, request.on)
        cluster = find_cluster(transaction, request.cluster_id, Moment(on)).thing
        require_known(transaction, Source, [request.source_id], Moment(on))
        capacity = given_number("capacity_m3_day", request.capacity_m3_day, high=_MOST_M3_DAY)
        wanted = f"{cluster.id}-nuoc-thai"
        plant = WastewaterPlant(
            id=owned_id(transaction, WastewaterPlant, cluster.id, request.id, wanted),
            cluster_id=cluster.id,
            stage=optional_text("stage", request.stage, limit=100),
            capacity_m3_day=capacity,
            state=given_text("state", request.state),
            source_id=request.source_id,
        )
        require_unchanged(transaction, WastewaterPlant, plant.id, mandate)
        transaction.put(Entry(plant, time_left(transaction, WastewaterPlant, plant.id, on)))
        done.tell((WastewaterPlant, plant.id))
    return done


def record_environment(store: Store, request: RecordEnvironment, mandate: Mandate) -> Done:
    """Record an impact assessment's approval, an environmental permit or a year's monitoring.

    Raises:
        NotFound: ``cluster.unknown``, ``thing.unknown`` for a project of another cluster.
        Conflict: ``record.duplicate``.
        StaleVersion: ``record.stale``.
        InvalidValue: for a field that can't be.
    """
    where, action = [request.cluster_id], "environment.record"
    with carry_out(store, mandate, action, cluster_ids=where, is_land=False) as (transaction, done):
        on = effective_date(transaction, mandate, request.on)
        cluster = find_cluster(transaction, request.cluster_id, Moment(on)).thing
        _require_project(transaction, request.project_id, cluster.id, on)
        wanted = f"{request.project_id or cluster.id}-{request.kind}-{on.year}"
        record = EnvironmentRecord(
            id=owned_id(transaction, EnvironmentRecord, cluster.id, request.id, wanted),
            cluster_id=cluster.id,
            kind=request.kind.value,
            on=on,
            project_id=request.project_id,
            result=optional_text("result", request.result),
        )
        require_unchanged(transaction, EnvironmentRecord, record.id, mandate)
        transaction.put(Entry(record, time_left(transaction, EnvironmentRecord, record.id, on)))
        done.tell((EnvironmentRecord, record.id))
    return done


def record_fire_inspection(store: Store, request: RecordFireInspection, mandate: Mandate) -> Done:
    """Record a fire-safety inspection.

    Raises:
        NotFound: ``cluster.unknown``, ``thing.unknown`` for a project of another cluster.
        Conflict: ``record.duplicate``.
        StaleVersion: ``record.stale``.
        InvalidValue: for a field that can't be.
    """
    where, action = [request.cluster_id], "fire_inspection.record"
    with carry_out(store, mandate, action, cluster_ids=where, is_land=False) as (transaction, done):
        on = effective_date(transaction, mandate, request.on)
        cluster = find_cluster(transaction, request.cluster_id, Moment(on)).thing
        _require_project(transaction, request.project_id, cluster.id, on)
        wanted = f"{request.project_id or cluster.id}-pccc-{on.isoformat()}"
        inspection = FireInspection(
            id=owned_id(transaction, FireInspection, cluster.id, request.id, wanted),
            cluster_id=cluster.id,
            on=on,
            result=given_text("result", request.result),
            project_id=request.project_id,
        )
        require_unchanged(transaction, FireInspection, inspection.id, mandate)
        transaction.put(
            Entry(inspection, time_left(transaction, FireInspection, inspection.id, on))
        )
        done.tell((FireInspection, inspection.id))
    return done


def _require_project(reader: Reader, project_id: str | None, cluster_id: str, on: date) -> None:
    """See that a project is the cluster's, whenever it is approved.

    Raises:
        NotFound: ``thing.unknown``.
    """
    if project_id is None:
        return
    known = {version.thing.id for version in reader.known(Project, cluster_id)}
    if project_id not in known:
        raise NotFound("thing.unknown", table="project", value=project_id[:80], on=on.isoformat())
