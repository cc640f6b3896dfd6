"""The example's land as entries: boundaries, plans with their areas, parcels, serving land."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final

import shapely
from shapely.geometry.base import BaseGeometry

from gis.crs import Located
from gis.example.calibration import EPSG, Calibration, calibration, real_clusters
from gis.example.courses import COURSES, ZONES_PLANNED
from gis.example.decisions import decision_id
from gis.example.land import ClusterLand, PlotPiece, cluster_lands, zone_lands
from gis.example.names import parcel_id, plan_id
from gis.example.outline import one_polygon
from gis.model import (
    Cluster,
    DetailedPlan,
    LandUse,
    Parcel,
    Period,
    PlanArea,
    Quality,
    ServingLand,
    ServingPurpose,
)
from gis.store import Entry

_SYNTHETIC: Final = "Ranh giới là dữ liệu minh họa, không phải số đo."
_LAND_CODES: Final = {
    LandUse.INDUSTRY: "SKN",
    LandUse.SERVICES: "TMD",
    LandUse.TRAFFIC: "DGT",
    LandUse.GREEN: "DKV",
    LandUse.WATER: "MNC",
    LandUse.TECHNICAL: "DRA",
    LandUse.OTHER: "CGT",
}
_SUBSTATION: Final = "HTKT-02"
_SERVING_NAMES: Final = {
    ServingPurpose.WORKERS_HOUSING: "Nhà ở công nhân (minh họa)",
    ServingPurpose.CULTURE_HOUSE: "Nhà văn hóa công nhân (minh họa)",
    ServingPurpose.KINDERGARTEN: "Trường mầm non (minh họa)",
}
#: Two plots of Tiên Tiến were one parcel until this day.
_SPLIT: Final = ("ccn-tien-tien", date(2022, 3, 15))
#: In this cluster one number stands on two parcels of a sheet, as after a renumbering.
_RENUMBERED: Final = "ccn-phu-thanh-ii"


def land_entries() -> Iterator[Entry]:
    """Yield clusters and zones with their boundaries, then what lies in and beside them."""
    for zone in zone_lands():
        yield Entry(_with_boundary(zone), Period(ZONES_PLANNED, None), _located(zone.boundary))
    for row, land in zip(calibration(), cluster_lands(), strict=True):
        course = COURSES[land.cluster_id]
        yield Entry(
            _with_boundary(land),
            Period(course.established, None),
            _located(land.boundary),
            decision_id(land.cluster_id, "boundary"),
        )
        if course.planned is not None:
            yield from _plan(row, land, Period(course.planned, None))
            yield from _parcels(land, Period(course.planned, None))
        if course.head is not None:
            yield from _serving(land, Period(course.head, None))


def _located(shape: BaseGeometry) -> Located:
    return Located(shape, EPSG)


def _with_boundary(land: ClusterLand) -> Cluster:
    """Return the real record with the quality of its made-up boundary; nothing else changes."""
    real = real_clusters()[land.cluster_id]
    note = f"{real.note} {_SYNTHETIC}" if real.note else _SYNTHETIC
    return replace(real, quality=Quality.SYNTHETIC, epsg=EPSG, note=note)


def _plan(row: Calibration, land: ClusterLand, valid: Period) -> Iterator[Entry]:
    decision = decision_id(land.cluster_id, "plan")
    has_reserve = any(area.land_use is LandUse.OTHER for area in land.areas)
    plan = DetailedPlan(
        id=plan_id(land.cluster_id),
        cluster_id=land.cluster_id,
        approved_on=valid.start,
        decision_id=decision,
        industrial_area_ha=None if row.industrial_m2 is None else row.industrial_m2 / 10_000,
        note="Dữ liệu minh họa." + (" Giai đoạn 1; phần còn lại dự trữ." if has_reserve else ""),
    )
    yield Entry(plan, valid, decision_id=decision)
    pieces = [(area.label, area.land_use, area.shape) for area in land.areas]
    pieces += [(plot.label, LandUse.INDUSTRY, plot.shape) for plot in land.plots]
    for label, land_use, shape in pieces:
        area = PlanArea(
            id=f"{plan.id}-{label.lower()}",
            cluster_id=land.cluster_id,
            plan_id=plan.id,
            land_use=land_use,
            label=label,
            land_code="DNL" if label == _SUBSTATION else _LAND_CODES[land_use],
            quality=Quality.SYNTHETIC,
        )
        yield Entry(area, valid, _located(shape), decision)


def _parcels(land: ClusterLand, valid: Period) -> Iterator[Entry]:
    decision = decision_id(land.cluster_id, "plan")
    split = _split_pair(land)
    split_on = _SPLIT[1]
    parents: tuple[str, ...] = ()
    if split:
        whole = one_polygon(shapely.coverage_union_all([plot.shape for plot in split]))
        both = PlotPiece(f"{split[0].label}-{split[1].label[3:]}", whole, split[0].row, False)
        parent = _parcel(land, both, "", ())
        parents = (parent.id,)
        yield Entry(parent, Period(valid.start, split_on), _located(whole), decision)
    for number, plot in enumerate(land.plots, start=1):
        is_child = plot in split
        is_twin = land.cluster_id == _RENUMBERED and number == len(land.plots)
        parcel = _parcel(
            land, plot, str(number - 1 if is_twin else number), parents if is_child else ()
        )
        since = Period(split_on, None) if is_child else valid
        yield Entry(parcel, since, _located(plot.shape), decision)


def _parcel(land: ClusterLand, plot: PlotPiece, number: str, parents: tuple[str, ...]) -> Parcel:
    return Parcel(
        id=parcel_id(land.cluster_id, plot.label),
        cluster_id=land.cluster_id,
        sheet=str(21 + plot.row // 3),
        number=number or str(len(land.plots) + 1),
        commune_code=real_clusters()[land.cluster_id].legacy_commune,
        plot_label=plot.label,
        land_code="SKN",
        registered_area_m2=round(plot.shape.area, 1),
        parent_ids=parents,
        quality=Quality.SYNTHETIC,
    )


def _split_pair(land: ClusterLand) -> tuple[PlotPiece, ...]:
    """Return the last two plots that are vacant neighbours of a row, where parcels were split."""
    if land.cluster_id != _SPLIT[0]:
        return ()
    left, right = land.plots[-2:]
    return (left, right)


def _serving(land: ClusterLand, valid: Period) -> Iterator[Entry]:
    for number, piece in enumerate(land.serving, start=1):
        serving = ServingLand(
            id=f"{land.cluster_id}-phuc-vu-{number}",
            cluster_id=land.cluster_id,
            purpose=piece.purpose,
            name_vi=_SERVING_NAMES[piece.purpose],
            quality=Quality.SYNTHETIC,
            note="Dữ liệu minh họa, ngoài ranh giới cụm.",
        )
        yield Entry(serving, valid, _located(piece.shape))
