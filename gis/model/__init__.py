"""The glossary of the register as types: every word here is the word of tables, JSON and pages.

territory (địa bàn)             land that a share is taken of, with dated natural areas
natural area                    diện tích tự nhiên, the denominator, in hectares
cluster, zone                   cụm công nghiệp (ccn), khu công nghiệp (kcn): one type, ``kind``
stage                           planned ⊇ established ⊇ cleared ⊇ leased
basis                           published · approved · measured: where an area comes from
detailed plan, plan area        quy hoạch chi tiết 1/500 and its polygons by land-use class
serving land                    workers' housing and the like, outside the boundary, in no share
parcel, plot label              thửa đất, ký hiệu lô; (sheet, number) is not unique
lease                           thuê đất: head (State → developer), direct, sublease
project                         dự án thứ cấp, with the plots it was approved for
decision                        quyết định, the paper behind a change
submission                      hồ sơ trình: a proposed change, draft · submitted · in force
figure                          a published number, verbatim, with date, basis and source
land balance                    cơ cấu sử dụng đất: areas by class and by lease state
legal fill rate                 tỷ lệ lấp đầy (NĐ 32/2024 Art 2.7), never leased ÷ area
version, valid date, known date the two times: ngày hiệu lực (``on``), ngày ghi nhận (``known_at``)

Inside, x is east and y is north, lengths are metres and areas square metres unless a name says
otherwise (``_ha``). None is "unknown" and never stands for zero.
"""

from gis.model.codes import (
    Basis,
    ClusterKind,
    Confidence,
    LandUse,
    LeaseState,
    LeaseTier,
    PaymentMode,
    PlanStatus,
    PlotState,
    Quality,
    ServingPurpose,
    Stage,
    SubmissionState,
    TermScope,
    TerritoryKind,
    UseEvent,
    UseState,
)
from gis.model.figures import Conflict, Figure, Scenario, Source
from gis.model.history import Change, ChangePart, LandBalance, Moment, Submission, Version
from gis.model.land import (
    AdminUnit,
    Cluster,
    DetailedPlan,
    NaturalArea,
    Parcel,
    PlanArea,
    ServingLand,
    Target,
    Territory,
)
from gis.model.tenure import Decision, Lease, LeaseUse, Party, Project
from gis.model.time import DateBounds, Period, parse_date, parse_instant, today
from gis.model.works import (
    Connection,
    DeveloperAppointment,
    EnvironmentRecord,
    FireInspection,
    InfrastructureState,
    InfrastructureWork,
    SiteClearance,
    WastewaterPlant,
)

__all__ = [
    "AdminUnit",
    "Basis",
    "Change",
    "ChangePart",
    "Cluster",
    "ClusterKind",
    "Confidence",
    "Conflict",
    "Connection",
    "DateBounds",
    "Decision",
    "DetailedPlan",
    "DeveloperAppointment",
    "EnvironmentRecord",
    "Figure",
    "FireInspection",
    "InfrastructureState",
    "InfrastructureWork",
    "LandBalance",
    "LandUse",
    "Lease",
    "LeaseState",
    "LeaseTier",
    "LeaseUse",
    "Moment",
    "NaturalArea",
    "Parcel",
    "Party",
    "PaymentMode",
    "Period",
    "PlanArea",
    "PlanStatus",
    "PlotState",
    "Project",
    "Quality",
    "Scenario",
    "ServingLand",
    "ServingPurpose",
    "SiteClearance",
    "Source",
    "Stage",
    "Submission",
    "SubmissionState",
    "Target",
    "TermScope",
    "Territory",
    "TerritoryKind",
    "UseEvent",
    "UseState",
    "Version",
    "WastewaterPlant",
    "parse_date",
    "parse_instant",
    "today",
]
