"""What is made of a cluster's land and who makes it: clearance, works, environment, developer."""

from gis.works.developers import (
    AppointDeveloper,
    RecordParty,
    ReplaceDeveloper,
    appoint_developer,
    record_party,
    replace_developer,
)
from gis.works.environment import (
    EnvironmentKind,
    RecordEnvironment,
    RecordFireInspection,
    RecordWastewaterPlant,
    record_environment,
    record_fire_inspection,
    record_wastewater_plant,
)
from gis.works.sites import (
    ConnectionKind,
    RecordConnection,
    RecordInfrastructureState,
    RecordInfrastructureWork,
    RecordSiteClearance,
    record_connection,
    record_infrastructure_state,
    record_infrastructure_work,
    record_site_clearance,
)

__all__ = [
    "AppointDeveloper",
    "ConnectionKind",
    "EnvironmentKind",
    "RecordConnection",
    "RecordEnvironment",
    "RecordFireInspection",
    "RecordInfrastructureState",
    "RecordInfrastructureWork",
    "RecordParty",
    "RecordSiteClearance",
    "RecordWastewaterPlant",
    "ReplaceDeveloper",
    "appoint_developer",
    "record_connection",
    "record_environment",
    "record_fire_inspection",
    "record_infrastructure_state",
    "record_infrastructure_work",
    "record_party",
    "record_site_clearance",
    "record_wastewater_plant",
    "replace_developer",
]
