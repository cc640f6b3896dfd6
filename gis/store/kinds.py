"""What the register holds: one kind a model class, with its table and the shape it carries."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import Any, Final

from gis import model

#: Stands where a person's data was, once it is erased.
ERASED: Final = "(đã xóa theo yêu cầu)"


@dataclass(frozen=True, slots=True)
class Kind:
    """A model class, the name of its tables and, for land, the geometry type of its layer.

    A kind with a ``draft`` has a free layer ``draft_<table>`` for people who draw in QGIS.
    ``personal`` names the fields that hold people's data, each with what stands there after it
    was erased.
    ``searched`` are columns by which people look for a thing: each group has an index.
    """

    cls: type
    table: str
    title: str
    geometry: str | None = None
    is_shape_required: bool = False
    draft: bool = False
    personal: tuple[tuple[str, str | None], ...] = ()
    searched: tuple[tuple[str, ...], ...] = ()

    @property
    def is_of_cluster(self) -> bool:
        """Say whether each thing belongs to one cluster and so to its chain and lock."""
        return any(field.name == "cluster_id" for field in fields(self.cls))

    def cluster_of(self, row: Mapping[str, Any]) -> str:
        """Return the cluster whose chain and balance a thing's row belongs to; "" for none."""
        return str(row["id"] if self.cls is model.Cluster else row.get("cluster_id") or "")

    def owner_of(self, thing: Any) -> str:
        """Return the same of a thing itself."""
        owner = thing.id if self.cls is model.Cluster else getattr(thing, "cluster_id", "")
        return str(owner or "")


KINDS: Final = (
    Kind(model.Territory, "territory", "Địa bàn", "MULTIPOLYGON"),
    Kind(model.AdminUnit, "admin_unit", "Đơn vị hành chính cấp xã", "POINT"),
    Kind(model.Cluster, "cluster", "Cụm và khu công nghiệp", "MULTIPOLYGON", draft=True),
    Kind(
        model.PlanArea,
        "plan_area",
        "Quy hoạch chi tiết 1/500",
        "MULTIPOLYGON",
        is_shape_required=True,
        draft=True,
    ),
    Kind(
        model.ServingLand,
        "serving_land",
        "Đất phục vụ ngoài cụm",
        "MULTIPOLYGON",
        is_shape_required=True,
        draft=True,
    ),
    Kind(
        model.Parcel,
        "parcel",
        "Thửa đất",
        "MULTIPOLYGON",
        is_shape_required=True,
        draft=True,
        searched=(("plot_label",), ("number", "sheet")),
    ),
    Kind(model.NaturalArea, "natural_area", "Diện tích tự nhiên"),
    Kind(model.Target, "target", "Chỉ tiêu"),
    Kind(model.DetailedPlan, "detailed_plan", "Quyết định quy hoạch chi tiết"),
    Kind(model.Decision, "decision", "Quyết định"),
    Kind(
        model.Party,
        "party",
        "Bên thuê và bên cho thuê",
        personal=(("name", ERASED), ("tax_code", None)),
    ),
    Kind(model.Project, "project", "Dự án thứ cấp"),
    Kind(model.Lease, "lease", "Hợp đồng thuê đất", searched=(("contract_number",),)),
    Kind(model.LeaseUse, "lease_use", "Sử dụng đất thuê"),
    Kind(model.InfrastructureState, "infrastructure_state", "Tình trạng hạ tầng"),
    Kind(model.InfrastructureWork, "infrastructure_work", "Hạng mục hạ tầng"),
    Kind(model.Connection, "connection", "Đấu nối hạ tầng"),
    Kind(model.WastewaterPlant, "wastewater_plant", "Trạm xử lý nước thải"),
    Kind(model.EnvironmentRecord, "environment_record", "Hồ sơ môi trường"),
    Kind(model.FireInspection, "fire_inspection", "Kiểm tra phòng cháy"),
    Kind(model.SiteClearance, "site_clearance", "Giải phóng mặt bằng"),
    Kind(model.DeveloperAppointment, "developer_appointment", "Chủ đầu tư hạ tầng"),
    Kind(model.Source, "source", "Nguồn"),
    Kind(model.Figure, "figure", "Số liệu công bố"),
    Kind(model.Conflict, "conflict", "Số liệu mâu thuẫn"),
    Kind(model.Scenario, "scenario", "Phương án"),
    Kind(
        model.Submission,
        "submission",
        "Hồ sơ trình",
        personal=(("request", json.dumps({"erased": ERASED}, ensure_ascii=False)),),
    ),
)

_BY_CLASS: Final[Mapping[type, Kind]] = MappingProxyType({kind.cls: kind for kind in KINDS})


def table_of(cls: type) -> str:
    """Return the name by which a model class is known in tables, answers and errors."""
    return kind_of(cls).table


def table_names() -> tuple[str, ...]:
    """Return the names of all tables of things, in the order of their kinds."""
    return tuple(kind.table for kind in KINDS)


def class_of(table: str) -> type | None:
    """Return the model class of a table's name, None where there is none."""
    return next((kind.cls for kind in KINDS if kind.table == table), None)


def kind_of(cls: type) -> Kind:
    """Return the kind of a model class; asking for a class that is not stored is a mistake."""
    return _BY_CLASS[cls]
