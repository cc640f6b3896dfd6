"""Clear a cluster's land and build on it: hand-over, works, their state, connections.

A record with an ``id`` that its cluster has changes from a day on; else it is a new one.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from gis.given import given_number, given_text, optional_text
from gis.mandates import Done, Mandate, carry_out, effective_date, require_unchanged
from gis.model import (
    Connection,
    InfrastructureState,
    InfrastructureWork,
    Moment,
    SiteClearance,
    Source,
)
from gis.names import slug
from gis.registered import find_cluster, owned_id, require_known, time_left
from gis.store import Entry, Reader, Store

#: No cluster has more m², no work costs more billion VND.
_MOST_M2: Final = 1e9
_MOST_BN_VND: Final = 1e7


class ConnectionKind(StrEnum):
    """What a cluster is connected to at its fence."""

    ROAD = "road"
    POWER = "power"
    WATER = "water"
    TELECOM = "telecom"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSiteClearance:
    """Land cleared and handed over by a day, in m²; None is not known, and is said to be.

    Clearances in force add up. ``cleared_by`` says who clears, ``obstacle`` what is in the way.
    """

    cluster_id: str
    cleared_m2: float | None
    on: date | None = None
    id: str | None = None
    cleared_by: str | None = None
    obstacle: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordInfrastructureWork:
    """An item of infrastructure, its capital in billion VND and where that comes from."""

    cluster_id: str
    item_vi: str
    on: date | None = None
    id: str | None = None
    capital_bn_vnd: float | None = None
    capital_source: str | None = None
    before_resolution: bool | None = None
    source_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordInfrastructureState:
    """Whether a cluster's infrastructure is basically complete, from a day on."""

    cluster_id: str
    is_complete: bool
    on: date | None = None
    id: str | None = None
    source_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordConnection:
    """A connection to the cluster's fence and its state, in words or a code such as connected."""

    cluster_id: str
    kind: ConnectionKind
    state: str
    on: date | None = None
    id: str | None = None
    note: str | None = None


def record_site_clearance(store: Store, request: RecordSiteClearance, mandate: Mandate) -> Done:
    """Record land cleared and handed over; more than the boundary holds is said.

    Raises:
        RuleBroken: ``decision.required``.
        NotFound: ``cluster.unknown``.
        Conflict: ``record.duplicate``.
        StaleVersion: ``record.stale``.
        InvalidValue: for a field that can't be.
    """
    where = [request.cluster_id]
    with carry_out(store, mandate, "site_clearance.record", cluster_ids=where) as (
        transaction,
        done,
    ):
        on = effective_date(transaction, mandate, request.on)
        cluster = find_cluster(transaction, request.cluster_id, Moment(on)).thing
        clearance = SiteClearance(
            id=owned_id(
                transaction, SiteClearance, cluster.id, request.id, f"{cluster.id}-giai-phong"
            ),
            cluster_id=cluster.id,
            cleared_m2=given_number("cleared_m2", request.cleared_m2, high=_MOST_M2),
            on=on,
            cleared_by=optional_text("cleared_by", request.cleared_by),
            obstacle=optional_text("obstacle", request.obstacle),
        )
        require_unchanged(transaction, SiteClearance, clearance.id, mandate)
        _tell_excess(transaction, clearance, done)
        valid = time_left(transaction, SiteClearance, clearance.id, on)
        transaction.put(Entry(clearance, valid))
        done.tell((SiteClearance, clearance.id))
    return done


def record_infrastructure_work(
    store: Store, request: RecordInfrastructureWork, mandate: Mandate
) -> Done:
    """Record an item of infrastructure from a day on.

    Raises:
        NotFound: ``cluster.unknown``, ``thing.unknown`` for the source.
        Conflict: ``record.duplicate``.
        StaleVersion: ``record.stale``.
        InvalidValue: for a field that can't be.
    """
    where, action = [request.cluster_id], "infrastructure_work.record"
    with carry_out(store, mandate, action, cluster_ids=where, is_land=False) as (transaction, done):
        on = effective_date(transaction, mandate, request.on)
        cluster = find_cluster(transaction, request.cluster_id, Moment(on)).thing
        require_known(transaction, Source, [request.source_id], Moment(on))
        item = given_text("item_vi", request.item_vi)
        wanted = f"{cluster.id}-hang-muc-{slug(item)}"
        capital = given_number("capital_bn_vnd", request.capital_bn_vnd, high=_MOST_BN_VND)
        work = InfrastructureWork(
            id=owned_id(transaction, InfrastructureWork, cluster.id, request.id, wanted),
            cluster_id=cluster.id,
            item_vi=item,
            capital_bn_vnd=capital,
            capital_source=optional_text("capital_source", request.capital_source),
            before_resolution=request.before_resolution,
            source_id=request.source_id,
        )
        require_unchanged(transaction, InfrastructureWork, work.id, mandate)
        valid = time_left(transaction, InfrastructureWork, work.id, on)
        transaction.put(Entry(work, valid))
        done.tell((InfrastructureWork, work.id))
    return done


def record_infrastructure_state(
    store: Store, request: RecordInfrastructureState, mandate: Mandate
) -> Done:
    """Record from a day on whether a cluster's infrastructure is basically complete.

    Raises:
        NotFound: ``cluster.unknown``, ``thing.unknown`` for the source.
        Conflict: ``record.duplicate``.
        StaleVersion: ``record.stale``.
        InvalidValue: for a field that can't be.
    """
    where, action = [request.cluster_id], "infrastructure_state.record"
    with carry_out(store, mandate, action, cluster_ids=where, is_land=False) as (transaction, done):
        on = effective_date(transaction, mandate, request.on)
        cluster = find_cluster(transaction, request.cluster_id, Moment(on)).thing
        require_known(transaction, Source, [request.source_id], Moment(on))
        wanted = f"{cluster.id}-ha-tang"
        state = InfrastructureState(
            id=owned_id(transaction, InfrastructureState, cluster.id, request.id, wanted),
            cluster_id=cluster.id,
            is_complete=request.is_complete,
            on=on,
            source_id=request.source_id,
        )
        require_unchanged(transaction, InfrastructureState, state.id, mandate)
        valid = time_left(transaction, InfrastructureState, state.id, on)
        transaction.put(Entry(state, valid))
        done.tell((InfrastructureState, state.id))
    return done


def record_connection(store: Store, request: RecordConnection, mandate: Mandate) -> Done:
    """Record a connection to the cluster's fence from a day on.

    Raises:
        NotFound: ``cluster.unknown``.
        Conflict: ``record.duplicate``.
        StaleVersion: ``record.stale``.
        InvalidValue: for a field that can't be.
    """
    where, action = [request.cluster_id], "connection.record"
    with carry_out(store, mandate, action, cluster_ids=where, is_land=False) as (transaction, done):
        on = effective_date(transaction, mandate, request.on)
        cluster = find_cluster(transaction, request.cluster_id, Moment(on)).thing
        wanted = f"{cluster.id}-dau-noi-{request.kind}"
        connection = Connection(
            id=owned_id(transaction, Connection, cluster.id, request.id, wanted),
            cluster_id=cluster.id,
            kind=request.kind.value,
            state=given_text("state", request.state),
            note=optional_text("note", request.note),
        )
        require_unchanged(transaction, Connection, connection.id, mandate)
        valid = time_left(transaction, Connection, connection.id, on)
        transaction.put(Entry(connection, valid))
        done.tell((Connection, connection.id))
    return done


def _tell_excess(reader: Reader, clearance: SiteClearance, done: Done) -> None:
    """Say it where more land is cleared than the cluster has."""
    moment = Moment(clearance.on)
    balance = reader.balance(clearance.cluster_id, moment)
    if balance is None or balance.boundary_m2 is None:
        return
    others = reader.all(SiteClearance, moment, cluster_id=clearance.cluster_id)
    counted = [*(one.thing for one in others if one.thing.id != clearance.id), clearance]
    cleared_m2 = sum(one.cleared_m2 or 0.0 for one in counted)
    if cleared_m2 > balance.boundary_m2:
        facts = {"id": clearance.cluster_id, "boundary_m2": balance.boundary_m2}
        done.note("note.cleared_exceeds", cleared_m2=cleared_m2, **facts)
