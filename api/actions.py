"""The one table of changes that can be asked for, by the name that the journal gives them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from api.commands import Command, Subject
from gis import (
    clusters,
    corrections,
    decisions,
    figures,
    leases,
    parcels,
    projects,
    settings,
    works,
)
from gis.erasure import erase_party
from gis.mandates import Done, Mandate
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
    Project,
    SiteClearance,
    Source,
    Target,
    WastewaterPlant,
)
from gis.rights import Action
from gis.store import Reader, Store, class_of, table_of


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


def _planners(_request: Any) -> Action:
    return Action.RECORD_FIGURE


def _admins(_request: Any) -> Action:
    return Action.MANAGE_PEOPLE


def _setters(_request: Any) -> Action:
    return Action.MANAGE_SETTINGS


def _keepers(request: corrections.Correct | corrections.Void) -> Action:
    """Return who keeps the records of a table: figures are the planners', the rest is land."""
    figure_tables = {table_of(cls) for cls in (Source, Figure, NaturalArea, Target)}
    return Action.RECORD_FIGURE if request.table in figure_tables else Action.REGISTER


def _recorded(request: corrections.Correct | corrections.Void) -> Subject | None:
    """Return the record that a table and an id name; an unknown one is refused later."""
    cls = class_of(request.table)
    return None if cls is None else Subject(cls=cls, id=request.id)


def _cluster_of_change(reader: Reader, request: corrections.Revert) -> str | None:
    """Return the cluster of a change that touched one only; None for more, or for none."""
    clusters_touched = {part.cluster_id for part in reader.change(request.change).parts}
    return clusters_touched.pop() or None if len(clusters_touched) == 1 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class EraseParty:
    """Whose name and tax code are erased."""

    party_id: str


def _erase_party(store: Store, request: EraseParty, mandate: Mandate) -> Done:
    """Erase a party's name and tax code, and the requests of submissions that hold them."""
    return erase_party(store, request.party_id, mandate)


def _first_merged(request: parcels.MergeParcels) -> Subject:
    """Return the first of the parcels that become one: If-Match names its version."""
    return Subject(cls=Parcel, id=next(iter(request.parcel_ids), ""))


_CLUSTER: Final = _of(Cluster, "cluster_id")
_PARCEL: Final = _of(Parcel, "parcel_id")
_PROJECT: Final = _of(Project, "project_id")
_LEASE: Final = _of(Lease, "lease_id")

_CLUSTERS: Final = (
    Command(
        "cluster.found",
        "Thành lập cụm, khu công nghiệp",
        clusters.FoundCluster,
        clusters.found_cluster,
        _if_named(Cluster),
    ),
    Command(
        "cluster.expand", "Mở rộng cụm", clusters.ExpandCluster, clusters.expand_cluster, _CLUSTER
    ),
    Command(
        "cluster.adjust",
        "Điều chỉnh cụm",
        clusters.AdjustCluster,
        clusters.adjust_cluster,
        _CLUSTER,
    ),
    Command(
        "cluster.drop", "Đưa cụm ra khỏi sổ", clusters.DropCluster, clusters.drop_cluster, _CLUSTER
    ),
    Command(
        "plan.approve",
        "Phê duyệt quy hoạch chi tiết 1/500",
        clusters.ApprovePlan,
        clusters.approve_plan,
    ),
    Command(
        "serving_land.record",
        "Ghi đất phục vụ ngoài cụm",
        clusters.RecordServingLand,
        clusters.record_serving_land,
    ),
    Command(
        "developer.appoint",
        "Giao chủ đầu tư hạ tầng",
        works.AppointDeveloper,
        works.appoint_developer,
    ),
    Command(
        "developer.replace",
        "Thay chủ đầu tư hạ tầng",
        works.ReplaceDeveloper,
        works.replace_developer,
    ),
)
_PARCELS: Final = (
    Command("parcel.create", "Lập thửa đất", parcels.CreateParcels, parcels.create_parcels),
    Command("parcel.split", "Tách thửa", parcels.SplitParcel, parcels.split_parcel, _PARCEL),
    Command("parcel.merge", "Hợp thửa", parcels.MergeParcels, parcels.merge_parcels, _first_merged),
    Command("parcel.retire", "Hủy thửa", parcels.RetireParcel, parcels.retire_parcel, _PARCEL),
    Command(
        "parcel.reclassify",
        "Đổi loại đất của thửa",
        parcels.ReclassifyParcel,
        parcels.reclassify_parcel,
        _PARCEL,
    ),
)
_TENURE: Final = (
    Command(
        "project.register",
        "Ghi dự án thứ cấp được chấp thuận",
        projects.RegisterProject,
        projects.register_project,
    ),
    Command("project.amend", "Sửa dự án", projects.AmendProject, projects.amend_project, _PROJECT),
    Command(
        "project.close", "Kết thúc dự án", projects.CloseProject, projects.close_project, _PROJECT
    ),
    Command(
        "lease.register",
        "Đăng ký hợp đồng thuê đất",
        leases.RegisterLease,
        leases.register_lease,
    ),
    Command("lease.amend", "Sửa hợp đồng", leases.AmendLease, leases.amend_lease, _LEASE),
    Command("lease.renew", "Gia hạn hợp đồng", leases.RenewLease, leases.renew_lease, _LEASE),
    Command(
        "lease.transfer",
        "Chuyển nhượng hợp đồng",
        leases.TransferLease,
        leases.transfer_lease,
        _LEASE,
    ),
    Command(
        "lease.terminate",
        "Chấm dứt hợp đồng",
        leases.TerminateLease,
        leases.terminate_lease,
        _LEASE,
    ),
    Command("lease.hand_over", "Ghi bàn giao đất", leases.HandOver, leases.hand_over, _LEASE),
    Command(
        "lease.record_use",
        "Ghi việc sử dụng đất hoặc kết quả kiểm tra",
        leases.RecordUse,
        leases.record_use,
        about=_LEASE,
        is_evidence=True,
    ),
)

_RECORDS: Final = tuple(
    Command(
        f"{table}.record",
        label,
        request,
        run,
        _if_named(cls),
        is_evidence=cls is not SiteClearance,
    )
    for table, cls, request, run, label in (
        (
            "site_clearance",
            SiteClearance,
            works.RecordSiteClearance,
            works.record_site_clearance,
            "Ghi giải phóng và bàn giao mặt bằng",
        ),
        (
            "infrastructure_work",
            InfrastructureWork,
            works.RecordInfrastructureWork,
            works.record_infrastructure_work,
            "Ghi hạng mục hạ tầng",
        ),
        (
            "infrastructure_state",
            InfrastructureState,
            works.RecordInfrastructureState,
            works.record_infrastructure_state,
            "Ghi tình trạng hạ tầng",
        ),
        (
            "connection",
            Connection,
            works.RecordConnection,
            works.record_connection,
            "Ghi đấu nối hạ tầng",
        ),
        (
            "wastewater_plant",
            WastewaterPlant,
            works.RecordWastewaterPlant,
            works.record_wastewater_plant,
            "Ghi trạm xử lý nước thải",
        ),
        (
            "environment",
            EnvironmentRecord,
            works.RecordEnvironment,
            works.record_environment,
            "Ghi hồ sơ môi trường",
        ),
        (
            "fire_inspection",
            FireInspection,
            works.RecordFireInspection,
            works.record_fire_inspection,
            "Ghi kiểm tra phòng cháy",
        ),
    )
)

#: What belongs to no cluster: whoever registers anywhere may record it.
_SHARED: Final = tuple(
    Command(f"{table}.record", label, request, run, _if_named(cls), is_shared=True)
    for table, cls, request, run, label in (
        ("party", Party, works.RecordParty, works.record_party, "Ghi tổ chức, cá nhân"),
        (
            "decision",
            Decision,
            decisions.RecordDecision,
            decisions.record_decision,
            "Ghi quyết định",
        ),
    )
)

_FIGURES: Final = tuple(
    Command(f"{table}.record", label, request, run, _if_named(cls), right=_planners)
    for table, cls, request, run, label in (
        ("source", Source, figures.RecordSource, figures.record_source, "Ghi nguồn"),
        ("figure", Figure, figures.RecordFigure, figures.record_figure, "Ghi số liệu công bố"),
        (
            "natural_area",
            NaturalArea,
            figures.RecordNaturalArea,
            figures.record_natural_area,
            "Ghi diện tích tự nhiên",
        ),
        ("target", Target, figures.RecordTarget, figures.record_target, "Ghi chỉ tiêu"),
    )
)

_MENDING: Final = (
    Command(
        "record.correct",
        "Đính chính bản ghi",
        corrections.Correct,
        corrections.correct_record,
        _recorded,
        right=_keepers,
    ),
    Command(
        "record.void",
        "Hủy bản ghi",
        corrections.Void,
        corrections.void_record,
        _recorded,
        right=_keepers,
    ),
    Command(
        "change.revert",
        "Hoàn tác một thay đổi",
        corrections.Revert,
        corrections.revert_change,
        cluster=_cluster_of_change,
    ),
    Command(
        "party.erase",
        "Xóa dữ liệu cá nhân theo yêu cầu",
        EraseParty,
        _erase_party,
        _of(Party, "party_id"),
        right=_admins,
    ),
)

_SETTINGS: Final = Command(
    "settings.change",
    "Đổi thiết lập của sổ",
    settings.ChangeSettings,
    settings.change_settings,
    right=_setters,
)

COMMANDS: Final[Mapping[str, Command]] = MappingProxyType(
    {
        command.action: command
        for command in (
            *_CLUSTERS,
            *_PARCELS,
            *_TENURE,
            *_RECORDS,
            *_SHARED,
            *_FIGURES,
            *_MENDING,
            _SETTINGS,
        )
    }
)
