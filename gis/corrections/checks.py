"""What a corrected record is held against: the same as one that is registered.

`CHECKS` is the registry: a kind that has checks of its own has a function here. References to
other things are checked for every kind.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any, Final

from gis.clusters.boundaries import boundary_in_force, check_shape
from gis.clusters.founding import MOST_HA, find_territory
from gis.clusters.planning import check_areas, is_outside
from gis.corrections.references import REFERENCES
from gis.crs import Located
from gis.decisions import document_digest
from gis.errors import Conflict, NotFound
from gis.figures import check_figure, check_natural_area, check_target
from gis.given import given_number, given_text
from gis.leases.checks import check_lease
from gis.leases.versions import refuse_uncovered
from gis.mandates import Done
from gis.model import (
    Cluster,
    ClusterKind,
    Decision,
    DeveloperAppointment,
    Figure,
    InfrastructureWork,
    Lease,
    Moment,
    NaturalArea,
    Parcel,
    PlanArea,
    Project,
    ServingLand,
    SiteClearance,
    Target,
    Version,
    WastewaterPlant,
)
from gis.parcels.create import Draft, require_free
from gis.projects import check_project
from gis.registered import find_cluster
from gis.rules import check_developer, check_residence, check_size, require_lawful
from gis.store import Entry, Transaction
from gis.store.kinds import kind_of
from gis.tenure import DEFAULT_SCALE, Held, holdings_of
from gis.tenure.parties import known_party
from gis.works.developers import others_appointed


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A record before and after its correction, with all that a check may ask."""

    transaction: Transaction
    before: Version[Any]
    thing: Any
    located: Located | None
    is_shape_new: bool
    exception: str | None
    done: Done

    @property
    def on(self) -> date:
        """Return a day on which the record holds: its first, or its last where it has no first."""
        valid = self.before.valid
        if valid.start is not None:
            return valid.start
        return date.min if valid.end is None else valid.end - timedelta(days=1)

    @property
    def entry(self) -> Entry:
        """Return what is to be written."""
        return Entry(self.thing, self.before.valid, self.located)

    def has_new(self, field: str) -> bool:
        """Say whether a field changes."""
        return bool(getattr(self.thing, field) != getattr(self.before.thing, field))


def check_correction(correction: Correction) -> None:
    """Hold a corrected record against what it names and the checks of its kind.

    Raises:
        NotFound: ``thing.unknown`` for something that is named and not there.
        GisError: what registering such a record would be refused by.
    """
    for field, targets in REFERENCES.get(type(correction.thing), ()):
        if correction.has_new(field):
            _require_named(correction, field, targets)
    check = CHECKS.get(type(correction.thing))
    if check is not None:
        check(correction)


def _require_named(correction: Correction, field: str, targets: tuple[type, ...]) -> None:
    value = getattr(correction.thing, field)
    for name in value if isinstance(value, tuple) else (value,):
        if name is not None and not any(_is_there(correction, cls, name) for cls in targets):
            table, on = kind_of(targets[0]).table, correction.on.isoformat()
            raise NotFound("thing.unknown", table=table, value=name[:80], on=on)


def _is_there(correction: Correction, cls: type, thing_id: str) -> bool:
    history: list[Version[Any]] = correction.transaction.history(cls, thing_id)
    return any(version.known_to is None for version in history)


def _check_cluster(correction: Correction) -> None:
    cluster, transaction = correction.thing, correction.transaction
    given_text("name_vi", cluster.name_vi)
    find_territory(transaction, cluster.territory_id, correction.on)
    area_ha = given_number("approved_area_ha", cluster.approved_area_ha, low=0.01, high=MOST_HA)
    if correction.is_shape_new or correction.has_new("quality"):
        valid = correction.before.valid
        check_shape(transaction, cluster, correction.located, valid, correction.done)
    if cluster.kind is ClusterKind.CCN and correction.has_new("approved_area_ha"):
        correction.done.findings = check_size(area_ha, correction.on)
        require_lawful(correction.done.findings, correction.exception)


def _check_plan_area(correction: Correction) -> None:
    area = correction.thing
    moment = Moment(correction.on)
    transaction, cluster_id = correction.transaction, area.cluster_id
    others = [
        Entry(found.thing, found.version.valid, found.located)
        for found in transaction.records(PlanArea, moment, cluster_id=cluster_id)
        if found.thing.plan_id == area.plan_id and found.thing.id != area.id
    ]
    boundary = boundary_in_force(transaction, cluster_id, moment)
    check_areas([*others, correction.entry], boundary, cluster_id, correction.done)


def _check_serving_land(correction: Correction) -> None:
    land, on = correction.thing, correction.on
    given_text("name_vi", land.name_vi)
    boundary = boundary_in_force(correction.transaction, land.cluster_id, Moment(on))
    if correction.located is not None:
        outside = is_outside(boundary, correction.located, land, correction.done)
        correction.done.findings = check_residence(on, is_outside=outside)


def _check_parcel(correction: Correction) -> None:
    if correction.located is None or not correction.is_shape_new:
        return
    holdings = holdings_of(correction.transaction, correction.thing.cluster_id)
    shape = holdings.in_zone(correction.located)
    draft = Draft(correction.thing, correction.located, shape)
    require_free(holdings, [draft], correction.before.valid, holdings.parcels)


def _check_lease(correction: Correction) -> None:
    lease, transaction = correction.thing, correction.transaction
    lessor = known_party(transaction, lease.lessor_id)
    known_party(transaction, lease.lessee_id)
    holdings = holdings_of(transaction, lease.cluster_id)
    refuse_uncovered(holdings, Held(lease, correction.before.valid))
    checked = check_lease(holdings, lease, correction.before.valid, lessor, DEFAULT_SCALE)
    correction.done.findings = checked.findings
    correction.done.notes += checked.notes


def _check_project(correction: Correction) -> None:
    _check_amounts(correction)
    project, valid = correction.thing, correction.before.valid
    given_text("name_vi", project.name_vi)
    check_project(holdings_of(correction.transaction, project.cluster_id), Held(project, valid))


def _check_appointment(correction: Correction) -> None:
    appointment, transaction = correction.thing, correction.transaction
    score = given_number("capacity_score", appointment.capacity_score, high=100.0)
    others = others_appointed(transaction, appointment)
    holding = [other.thing for other in others if other.thing.id != appointment.id]
    if holding:
        raise Conflict("developer.appointed", id=holding[0].id, party=holding[0].party_id)
    cluster = find_cluster(transaction, appointment.cluster_id, Moment(correction.on)).thing
    if cluster.kind is ClusterKind.CCN and correction.has_new("capacity_score"):
        correction.done.findings = check_developer(score, appointment.term.start or correction.on)
        require_lawful(correction.done.findings, correction.exception)


def _check_decision(correction: Correction) -> None:
    document_digest(correction.thing.document_sha256)


def _check_figure(correction: Correction) -> None:
    check_figure(correction.transaction, correction.thing)


def _check_natural_area(correction: Correction) -> None:
    check_natural_area(correction.transaction, correction.thing)


def _check_target(correction: Correction) -> None:
    check_target(correction.transaction, correction.thing)


def _check_amounts(correction: Correction) -> None:
    for name in ("cleared_m2", "capital_bn_vnd", "capacity_m3_day", "jobs"):
        given_number(name, getattr(correction.thing, name, None), high=1e9)


#: The checks of a kind; one without is held against its references only.
CHECKS: Final[Mapping[type, Callable[[Correction], None]]] = MappingProxyType(
    {
        Cluster: _check_cluster,
        Decision: _check_decision,
        DeveloperAppointment: _check_appointment,
        Figure: _check_figure,
        InfrastructureWork: _check_amounts,
        Lease: _check_lease,
        NaturalArea: _check_natural_area,
        Parcel: _check_parcel,
        PlanArea: _check_plan_area,
        Project: _check_project,
        ServingLand: _check_serving_land,
        SiteClearance: _check_amounts,
        Target: _check_target,
        WastewaterPlant: _check_amounts,
    }
)
