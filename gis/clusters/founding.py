"""Found a cluster or zone: a new one, or one that so far was only planned."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from gis.clusters.boundaries import check_shape, region_of
from gis.clusters.others import known_first, others_of
from gis.content import current_unit_id, legacy_unit_id
from gis.crs import is_projected
from gis.errors import Conflict, NotFound
from gis.given import given_number, given_text, optional_text
from gis.mandates import Done, Mandate, carry_out, decision_of, effective_date, require_unchanged
from gis.model import (
    AdminUnit,
    Cluster,
    ClusterKind,
    Confidence,
    DateBounds,
    Decision,
    Moment,
    Period,
    PlanStatus,
    Quality,
    Source,
    Territory,
    Version,
)
from gis.names import slug
from gis.registered import new_id, require_known
from gis.rules import (
    GENERAL,
    FoundingFacts,
    RuleFinding,
    check_founding,
    require_lawful,
)
from gis.store import Entry, Reader, Store
from gis.surveyed import Surveyed

#: No cluster or zone has more hectares.
MOST_HA: Final = 100_000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundCluster:
    """What founding a cluster takes; None is not known, and is said to be.

    ``id`` names a cluster of the register that is planned and not founded yet, or the id that a
    new one shall have; without it the id is made from kind and name. Without ``kind`` a planned
    one keeps its own and a new one is a cluster (CCN). ``on`` is the day from which
    it counts, by default its decision's; ``founded`` says when it was founded where that is known
    within bounds only. ``scope`` is general, mountain or craft_village. The facts about other
    clusters in the place are those of the register where it knows them. ``exception`` gives the
    ground on which a broken rule is set aside.
    """

    name_vi: str
    territory_id: str
    kind: ClusterKind | None = None
    name_en: str | None = None
    id: str | None = None
    on: date | None = None
    founded: DateBounds | None = None
    legacy_district: str | None = None
    legacy_commune: str | None = None
    current_commune: str | None = None
    approved_area_ha: float | None = None
    source_id: str | None = None
    boundary: Surveyed | None = None
    quality: Quality = Quality.DIGITISED
    scope: str = GENERAL
    is_in_plan: bool | None = None
    has_developer: bool | None = None
    developer_score: float | None = None
    others_exist: bool | None = None
    mean_fill_percent: float | None = None
    unleased_ha: float | None = None
    exception: str | None = None
    note: str | None = None


def found_cluster(store: Store, request: FoundCluster, mandate: Mandate) -> Done:
    """Found a cluster or zone on a decision, held against the rules of its date.

    A zone (KCN) is held against none of the rules about clusters. A fact that is not known
    refuses nothing; its finding says that it is not known.

    Raises:
        RuleBroken: ``rule.broken`` unless an exception is named, ``decision.required``.
        Conflict: ``cluster.founded``, ``cluster.overlap``.
        StaleVersion: ``record.stale``.
        NotFound: ``territory.unknown``, ``thing.unknown``.
        InvalidValue: for a field that can't be.
        GeometryProblem, CrsProblem: for a boundary that can't stand for land.
    """
    with carry_out(store, mandate, "cluster.found") as (transaction, done):
        on = effective_date(transaction, mandate, request.on)
        before = _planned(transaction, request.id, Moment(on))
        cluster = _cluster(transaction, request, mandate, on, before)
        require_unchanged(transaction, Cluster, cluster.id, mandate)
        valid = _valid(request, on, before)
        located = None if request.boundary is None else region_of(request.boundary)
        tell_places(transaction, cluster, done)
        check_shape(transaction, cluster, located, valid, done)
        done.findings = _findings(transaction, cluster, request, on)
        exception = require_lawful(done.findings, request.exception)
        cluster = replace(cluster, note=noted(cluster.note, exception))
        transaction.put(Entry(cluster, valid, located))
        done.tell((Cluster, cluster.id))
    return done


def noted(note: str | None, exception: str | None) -> str | None:
    """Return a cluster's note with the exception that was made for it."""
    return "\n".join(text for text in (note, exception) if text) or None


def _planned(reader: Reader, cluster_id: str | None, moment: Moment) -> Version[Cluster] | None:
    """Return the planned cluster that is founded now; None for a new one.

    Raises:
        Conflict: ``cluster.founded``.
    """
    found = [] if cluster_id is None else reader.all(Cluster, moment, ids=[cluster_id])
    if not found:
        return None
    if found[0].thing.founded.is_known:
        raise Conflict("cluster.founded", id=found[0].thing.id)
    return found[0]


def _valid(request: FoundCluster, on: date, before: Version[Cluster] | None) -> Period:
    """Return when the founded cluster is in the register: a new one from the earliest it may be."""
    if before is not None:
        return Period(on, before.valid.end)
    return Period(on if request.founded is None else request.founded.earliest, None)


def _cluster(
    reader: Reader,
    request: FoundCluster,
    mandate: Mandate,
    on: date,
    before: Version[Cluster] | None,
) -> Cluster:
    territory = find_territory(reader, request.territory_id, on)
    base = _new(reader, request, territory.id) if before is None else before.thing
    shape, quality = request.boundary, request.quality
    cluster = replace(
        base,
        kind=request.kind or base.kind,
        name_vi=given_text("name_vi", request.name_vi),
        legacy_district=request.legacy_district or base.legacy_district,
        legacy_commune=request.legacy_commune or base.legacy_commune,
        current_commune=request.current_commune or base.current_commune,
        founded=request.founded or DateBounds(on, on),
        quality=None if shape is None else quality,
        epsg=shape.epsg if shape is not None and is_projected(shape.epsg) else territory.epsg,
        source_id=request.source_id or base.source_id,
        note=optional_text("note", request.note) or base.note,
    )
    if request.approved_area_ha is None:
        return cluster
    require_known(reader, Source, [request.source_id], Moment(on))
    decision = decision_of(reader, mandate)
    return with_area(cluster, request.approved_area_ha, on, decision, request.source_id)


def _new(reader: Reader, request: FoundCluster, territory_id: str) -> Cluster:
    name = given_text("name_vi", request.name_vi)
    kind = request.kind or ClusterKind.CCN
    wanted = f"{kind}-{slug(name)}".strip("-")
    return Cluster(
        id=new_id(reader, Cluster, request.id, wanted),
        kind=kind,
        name_vi=name,
        name_en=optional_text("name_en", request.name_en) or name,
        territory_id=territory_id,
    )


def with_area(
    cluster: Cluster, area_ha: float, on: date, decision: Decision | None, source_id: str | None
) -> Cluster:
    """Return a cluster with the area that a decision, or else a publication, approves for it."""
    is_made_up = decision is not None and decision.is_synthetic
    return replace(
        cluster,
        approved_area_ha=given_number("approved_area_ha", area_ha, low=0.01, high=MOST_HA),
        approved_area_on=(decision and decision.on) or on,
        approved_area_source=source_id or (decision.id if decision else None),
        approved_area_confidence=Confidence.SYNTHETIC if is_made_up else Confidence.SOURCED,
    )


def tell_places(reader: Reader, cluster: Cluster, done: Done) -> None:
    """Say which of a cluster's places the register does not hold: there it finds no neighbours."""
    legacy, current = cluster.legacy_commune, cluster.current_commune
    places = (
        (Territory, "legacy_district", cluster.legacy_district, cluster.legacy_district),
        (AdminUnit, "legacy_commune", legacy, legacy and legacy_unit_id(legacy)),
        (AdminUnit, "current_commune", current, current and current_unit_id(current)),
    )
    for cls, name, told, thing_id in places:
        if thing_id and not reader.history(cls, thing_id):
            done.note("note.place_unknown", name=name, value=told)


def find_territory(reader: Reader, territory_id: str, on: date) -> Territory:
    """Return a territory that the register holds.

    Raises:
        NotFound: ``territory.unknown``.
    """
    known = {found.thing.id: found.thing for found in reader.all(Territory, Moment(on))}
    if territory_id not in known:
        choices = ", ".join(known)
        raise NotFound("territory.unknown", value=territory_id[:60], choices=choices)
    return known[territory_id]


def _findings(
    reader: Reader, cluster: Cluster, request: FoundCluster, on: date
) -> tuple[RuleFinding, ...]:
    if cluster.kind is ClusterKind.KCN:
        return ()
    others = others_of(reader, cluster, on)
    is_planned = None
    if cluster.plan_status is not None:
        is_planned = cluster.plan_status is not PlanStatus.DROPPED
    facts = FoundingFacts(
        area_ha=cluster.approved_area_ha,
        scope=request.scope,
        is_in_plan=request.is_in_plan if is_planned is None else is_planned,
        has_developer=request.has_developer,
        developer_score=given_number("developer_score", request.developer_score, high=100.0),
        others_exist=known_first(others.exist, request.others_exist),
        mean_fill_percent=known_first(others.mean_fill_percent, request.mean_fill_percent),
        unleased_ha=known_first(others.unleased_ha, request.unleased_ha),
    )
    return check_founding(facts, on)
