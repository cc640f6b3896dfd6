"""The one table of changes that can be asked for, by the name that the journal gives them."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from api.commands import Command, Subject
from gis import clusters, decisions, figures, leases, parcels, works
from gis.model import (
    Cluster,
    Connection,
    Decision,
    EnvironmentRecord,
    Figure,
    FireInspection,
    InfrastructureState,
    InfrastructureWork,
    Lease,
    NaturalArea,
    Parcel,
    Party,
    SiteClearance,
    Source,
    Target,
    WastewaterPlant,
)
from gis.rights import Action


def _of(cls: type, field: str) -> Callable[[Any], Subject]:
    """Return what finds the thing that requests name in a field."""

    def subject(request: Any) -> Subject:
        return Subject(cls=cls, id=getattr(request, field))

    return subject


def _if_named(cls: type) -> Callable[[Any], Subject | None]:
    """Return what finds the thing that requests may name, of those that make it where it is new."""

    def subject(request: Any) -> Subject | None:
        return None if request.id is None else Subject(cls=cls, id=request.id, may_be_new=True)

    return subject


_CLUSTER: Final = _of(Cluster, "cluster_id")
_PARCEL: Final = _of(Parcel, "parcel_id")
_LEASE: Final = _of(Lease, "lease_id")

_LAND: Final = (
    Command("cluster.found", clusters.FoundCluster, clusters.found_cluster, _if_named(Cluster)),
    Command("cluster.expand", clusters.ExpandCluster, clusters.expand_cluster, _CLUSTER),
    Command("cluster.adjust", clusters.AdjustCluster, clusters.adjust_cluster, _CLUSTER),
    Command("cluster.drop", clusters.DropCluster, clusters.drop_cluster, _CLUSTER),
    Command("plan.approve", clusters.ApprovePlan, clusters.approve_plan),
    Command("serving_land.record", clusters.RecordServingLand, clusters.record_serving_land),
    Command("developer.appoint", works.AppointDeveloper, works.appoint_developer),
    Command("developer.replace", works.ReplaceDeveloper, works.replace_developer),
    Command("parcel.create", parcels.CreateParcels, parcels.create_parcels),
    Command("parcel.retire", parcels.RetireParcel, parcels.retire_parcel, _PARCEL),
    Command("parcel.reclassify", parcels.ReclassifyParcel, parcels.reclassify_parcel, _PARCEL),
    Command("lease.register", leases.RegisterLease, leases.register_lease),
)

#: What belongs to no cluster: whoever registers anywhere may record it.
_SHARED: Final = (Party, Decision)

_RECORDS: Final = tuple(
    Command(f"{table}.record", request, run, _if_named(cls), is_shared=cls in _SHARED)
    for table, request, run, cls in (
        ("site_clearance", works.RecordSiteClearance, works.record_site_clearance, SiteClearance),
        (
            "infrastructure_work",
            works.RecordInfrastructureWork,
            works.record_infrastructure_work,
            InfrastructureWork,
        ),
        (
            "infrastructure_state",
            works.RecordInfrastructureState,
            works.record_infrastructure_state,
            InfrastructureState,
        ),
        ("connection", works.RecordConnection, works.record_connection, Connection),
        (
            "wastewater_plant",
            works.RecordWastewaterPlant,
            works.record_wastewater_plant,
            WastewaterPlant,
        ),
        ("environment", works.RecordEnvironment, works.record_environment, EnvironmentRecord),
        (
            "fire_inspection",
            works.RecordFireInspection,
            works.record_fire_inspection,
            FireInspection,
        ),
        ("party", works.RecordParty, works.record_party, Party),
        ("decision", decisions.RecordDecision, decisions.record_decision, Decision),
    )
)

_FIGURES: Final = tuple(
    Command(f"{table}.record", request, run, _if_named(cls), right=Action.RECORD_FIGURE)
    for table, request, run, cls in (
        ("source", figures.RecordSource, figures.record_source, Source),
        ("figure", figures.RecordFigure, figures.record_figure, Figure),
        ("natural_area", figures.RecordNaturalArea, figures.record_natural_area, NaturalArea),
        ("target", figures.RecordTarget, figures.record_target, Target),
    )
)

COMMANDS: Final[Mapping[str, Command]] = MappingProxyType(
    {command.action: command for command in (*_LAND, *_RECORDS, *_FIGURES)}
)
