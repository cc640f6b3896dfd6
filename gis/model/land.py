"""The land itself: territories, clusters and zones, their detailed plans and parcels.

Shapes are not fields of these values: a shape travels beside its thing as a `gis.crs.Located`.
"""

from dataclasses import dataclass
from datetime import date

from gis.model.codes import (
    ClusterKind,
    Confidence,
    LandUse,
    PlanStatus,
    Quality,
    ServingPurpose,
    TerritoryKind,
)
from gis.model.time import DateBounds


@dataclass(frozen=True, slots=True, kw_only=True)
class Territory:
    """Land that a share is taken of (địa bàn), with the EPSG code of its legal VN-2000 zone."""

    id: str
    kind: TerritoryKind
    name_vi: str
    name_en: str
    official_code: str | None = None
    parent_id: str | None = None
    epsg: int | None = None
    exists_from: date | None = None
    exists_to: date | None = None
    successor_id: str | None = None
    quality: Quality | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AdminUnit:
    """A legacy or current commune, with a point that stands for it (degrees, WGS84)."""

    id: str
    official_code: str
    name_vi: str
    kind: str
    era: str
    district: str | None = None
    successor_ids: tuple[str, ...] = ()
    is_partial: bool = False
    lon: float | None = None
    lat: float | None = None
    point_quality: str | None = None
    source_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """An industrial cluster or zone: names, places, founding and approved area.

    ``founded`` holds bounds, equal where the day is known and both None where nothing is known
    or it is only planned. ``approved_area_ha`` is what a decision or publication gives, None
    where no source does. ``epsg`` is the VN-2000 zone of its geometry of record.
    """

    id: str
    kind: ClusterKind
    name_vi: str
    name_en: str
    territory_id: str
    legacy_district: str | None = None
    legacy_commune: str | None = None
    current_commune: str | None = None
    place_confidence: Confidence | None = None
    founded: DateBounds = DateBounds()
    in_report: bool = False
    plan_status: PlanStatus | None = None
    planned_from: date | None = None
    approved_area_ha: float | None = None
    approved_area_on: date | None = None
    approved_area_source: str | None = None
    approved_area_confidence: Confidence | None = None
    quality: Quality | None = None
    epsg: int | None = None
    source_id: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DetailedPlan:
    """An approved detailed plan 1/500 of one cluster (quy hoạch chi tiết).

    ``industrial_area_ha`` is the industrial land that the decision states, if it does; the
    balance is taken from the plan's areas.
    """

    id: str
    cluster_id: str
    approved_on: date | None
    decision_id: str | None = None
    scale: str = "1/500"
    industrial_area_ha: float | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanArea:
    """A polygon of a detailed plan with its land-use class and, for a plot, its label."""

    id: str
    cluster_id: str
    plan_id: str
    land_use: LandUse
    label: str | None = None
    land_code: str | None = None
    quality: Quality = Quality.DIGITISED


@dataclass(frozen=True, slots=True, kw_only=True)
class ServingLand:
    """Land that serves a cluster from outside its boundary; in no share of it."""

    id: str
    cluster_id: str
    purpose: ServingPurpose
    name_vi: str
    quality: Quality = Quality.DIGITISED
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """A cadastral parcel (thửa đất). Sheet and number are not unique; the id is.

    ``national_id`` is stored as issued and never computed. ``registered_area_m2`` is the area on
    paper, kept beside the measured ones. ``parent_ids`` tell a split or a merge.
    """

    id: str
    cluster_id: str
    sheet: str | None = None
    number: str | None = None
    commune_code: str | None = None
    plot_label: str | None = None
    national_id: str | None = None
    land_code: str | None = None
    registered_area_m2: float | None = None
    parent_ids: tuple[str, ...] = ()
    quality: Quality = Quality.DIGITISED


@dataclass(frozen=True, slots=True, kw_only=True)
class NaturalArea:
    """The dated natural area of a territory (diện tích tự nhiên), the denominator of a share."""

    id: str
    territory_id: str
    area_ha: float
    on: date
    source_id: str
    confidence: Confidence
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A target share of a territory's natural land; it belongs to that territory for ever."""

    id: str
    territory_id: str
    percent: float
    due: date
    numerator: str
    source_id: str
    verbatim: str | None = None
    confidence: Confidence = Confidence.SOURCED
