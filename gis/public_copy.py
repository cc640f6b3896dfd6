"""The file that may be passed around: what the public may know of the land on a date.

A plain GeoPackage, made anew from the public projection: nothing of versions, journal, parties,
projects, contracts, submissions or accounts was ever in it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from gis.clusters import ClusterView, list_clusters
from gis.files.written import Written, write_geopackage
from gis.model import Figure, Moment, PlanArea, Quality, Source
from gis.parcels import ParcelView, list_parcels
from gis.store import Shaped, Store
from gis.store.instants import instant_text
from gis.store.mapping import columns_of, to_row

_MADE_UP: Final = "Có dữ liệu minh họa, không phải số liệu thật · holds synthetic data, not real"
_REAL: Final = "Không có dữ liệu minh họa · holds no synthetic data"
#: More parcels than there are.
_ALL: Final = 10**9
_M2_PER_HA: Final = 10_000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicCopy:
    """What was written: rows of each layer and table; ``is_synthetic`` when any is made up."""

    counts: dict[str, int]
    is_synthetic: bool


def write_public_copy(store: Store, to: Path, moment: Moment) -> PublicCopy:
    """Write clusters, plan areas and parcels of a moment, figures and sources to a new file.

    Raises:
        StoreProblem: ``file.exists``, ``register.full``, ``register.io``, ``register.read_only``.
    """
    clusters = list_clusters(store, moment)
    ids = {view.cluster.id for view in clusters}
    areas = [area for area in store.shaped(PlanArea, moment) if area.thing.cluster_id in ids]
    found = list_parcels(store, moment, limit=_ALL).parcels
    parcels = [view for view in found if view.parcel.cluster_id in ids]
    figures = [version.thing for version in store.all(Figure, moment)]
    sources = [version.thing for version in store.all(Source, moment)]
    is_synthetic = (
        any(map(_is_made_up, clusters))
        or any(area.thing.quality is Quality.SYNTHETIC for area in areas)
        or any(view.parcel.quality is Quality.SYNTHETIC for view in parcels)
    )
    note = _MADE_UP if is_synthetic else _REAL
    layers = (
        _cluster_layer(clusters, note),
        _plan_layer(areas, note),
        _parcel_layer(parcels, note),
        _table("figure", "Số liệu công bố", Figure, figures),
        _table("source", "Nguồn", Source, sources),
        _about(store, moment, note),
    )
    write_geopackage(to, layers)
    counts = {layer.name: len(layer.rows) for layer in layers}
    return PublicCopy(counts=counts, is_synthetic=is_synthetic)


def _is_made_up(view: ClusterView) -> bool:
    balance = view.balance
    return view.cluster.quality is Quality.SYNTHETIC or bool(balance and balance.is_synthetic)


def _cluster_layer(views: Sequence[ClusterView], note: str) -> Written:
    return Written(
        name="cluster",
        title="Cụm và khu công nghiệp",
        description=note,
        columns={
            "id": str,
            "kind": str,
            "name_vi": str,
            "name_en": str,
            "legacy_district": str,
            "legacy_commune": str,
            "current_commune": str,
            "founded_earliest": date,
            "founded_latest": date,
            "stage": str,
            "stage_at_most": str,
            "plan_status": str,
            "approved_area_ha": float,
            "approved_area_on": date,
            "measured_area_ha": float,
            "industrial_area_ha": float,
            "leased_area_ha": float,
            "legal_fill_percent": float,
            "quality": str,
            "is_synthetic": bool,
        },
        rows=[_cluster_row(view) for view in views],
        geometry="MultiPolygon",
        shapes=[view.shape for view in views],
    )


def _cluster_row(view: ClusterView) -> dict[str, Any]:
    cluster, fill = view.cluster, view.fill
    return {
        "id": cluster.id,
        "kind": cluster.kind.value,
        "name_vi": cluster.name_vi,
        "name_en": cluster.name_en,
        "legacy_district": view.legacy_district and view.legacy_district.name_vi,
        "legacy_commune": view.legacy_commune and view.legacy_commune.name_vi,
        "current_commune": view.current_commune and view.current_commune.name_vi,
        "founded_earliest": cluster.founded.earliest,
        "founded_latest": cluster.founded.latest,
        "stage": view.stage and view.stage.value,
        "stage_at_most": view.stage_at_most and view.stage_at_most.value,
        "plan_status": cluster.plan_status and cluster.plan_status.value,
        "approved_area_ha": cluster.approved_area_ha,
        "approved_area_on": cluster.approved_area_on,
        "measured_area_ha": _in_ha(view.measured_m2),
        "industrial_area_ha": _in_ha(fill.industrial_m2 if fill else None),
        "leased_area_ha": _in_ha(view.let_m2),
        "legal_fill_percent": fill.percent if fill else None,
        "quality": cluster.quality and cluster.quality.value,
        "is_synthetic": _is_made_up(view),
    }


def _plan_layer(areas: Sequence[Shaped[PlanArea]], note: str) -> Written:
    return Written(
        name="plan_area",
        title="Quy hoạch chi tiết 1/500",
        description=note,
        columns={
            "id": str,
            "cluster_id": str,
            "land_use": str,
            "label": str,
            "land_code": str,
            "area_m2": float,
            "quality": str,
        },
        rows=[
            {
                "id": area.thing.id,
                "cluster_id": area.thing.cluster_id,
                "land_use": area.thing.land_use.value,
                "label": area.thing.label,
                "land_code": area.thing.land_code,
                "area_m2": area.version.planar_m2,
                "quality": area.thing.quality.value,
            }
            for area in areas
        ],
        geometry="MultiPolygon",
        shapes=[area.geometry for area in areas],
    )


def _parcel_layer(views: Sequence[ParcelView], note: str) -> Written:
    return Written(
        name="parcel",
        title="Thửa đất",
        description=note,
        columns={
            "id": str,
            "cluster_id": str,
            "sheet": str,
            "number": str,
            "plot_label": str,
            "land_code": str,
            "state": str,
            "end_year": int,
            "area_m2": float,
            "registered_area_m2": float,
            "quality": str,
        },
        rows=[
            {
                "id": view.parcel.id,
                "cluster_id": view.parcel.cluster_id,
                "sheet": view.parcel.sheet,
                "number": view.parcel.number,
                "plot_label": view.parcel.plot_label,
                "land_code": view.parcel.land_code,
                "state": view.state.value,
                "end_year": view.end_year,
                "area_m2": view.measured_m2,
                "registered_area_m2": view.parcel.registered_area_m2,
                "quality": view.parcel.quality.value,
            }
            for view in views
        ],
        geometry="MultiPolygon",
        shapes=[view.shape for view in views],
    )


def _table(name: str, title: str, cls: type, things: Sequence[Any]) -> Written:
    """Return things of a public kind as they are, without the notes of those who keep them."""
    columns = {spec.name: spec.holds for spec in columns_of(cls) if spec.name != "note"}
    rows = [to_row(thing) for thing in things]
    return Written(name=name, title=title, description="", columns=columns, rows=rows)


def _about(store: Store, moment: Moment, note: str) -> Written:
    """Return what a reader must know beside the layers: the date, and what is made up."""
    known_at = store.present(moment.on).known_at if moment.known_at is None else moment.known_at
    told = {
        "on": moment.on.isoformat(),
        "known_at": None if known_at is None else instant_text(known_at),
        "territory": store.setting("territory"),
        "synthetic": note,
        "made_by": "CCN GIS",
    }
    return Written(
        name="about",
        title="Về tệp này",
        description=note,
        columns={"name": str, "value": str},
        rows=[{"name": name, "value": value} for name, value in told.items()],
    )


def _in_ha(area_m2: float | None) -> float | None:
    return None if area_m2 is None else area_m2 / _M2_PER_HA
