"""Bodies about clusters and zones: the list, one of them, its detailed plan."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from api.geojson import Identified
from api.schemas.base import (
    M2,
    Body,
    Bounds,
    Ha,
    Note,
    Percent,
    PublishedFigure,
    synthetic_note,
)
from api.schemas.geometry import Geometry
from gis.clusters import ClusterDetail, ClusterView
from gis.indicators.fill import FillReason
from gis.model import (
    ClusterKind,
    DetailedPlan,
    DeveloperAppointment,
    PlanArea,
    PlanStatus,
    Quality,
    ServingLand,
    Stage,
)
from gis.store import Shaped


class ClusterProperties(Identified, Body):
    """A cluster or zone on the date asked about; null means that nothing is known."""

    id: Annotated[str, Field(examples=["ccn-tien-tien"])]
    kind: ClusterKind
    name_vi: Annotated[str, Field(examples=["Tiên Tiến"])]
    name_en: Annotated[str, Field(examples=["Tiên Tiến"])]
    legacy_district: Annotated[
        str | None,
        Field(description="Id of the district before July 2025.", examples=["tp-hoa-binh"]),
    ]
    legacy_district_name: Annotated[str | None, Field(examples=["Thành phố Hòa Bình"])]
    legacy_commune_name: Annotated[str | None, Field(examples=["Quang Tiến"])]
    current_commune_name: Annotated[str | None, Field(examples=["Thịnh Minh"])]
    founded: Bounds
    stage: Annotated[Stage | None, Field(description="How far it has certainly come.")]
    stage_at_most: Annotated[Stage | None, Field(description="How far it may have come.")]
    plan_status: Annotated[
        PlanStatus | None, Field(description="What the provincial plan 2021–2030 does with it.")
    ]
    quality: Annotated[Quality | None, Field(description="How its boundary came to be.")]
    synthetic: Annotated[bool, Field(description="Its boundary or balance is made up.")]
    approved_area_ha: Ha | None
    approved_area_on: date | None
    approved_area_source: Annotated[str | None, Field(description="Title of the publication.")]
    measured_area_ha: Annotated[
        Ha | None, Field(description="Planar area of the boundary of record, in its VN-2000 zone.")
    ]
    industrial_area_ha: Annotated[
        Ha | None, Field(description="Industrial land of the approved detailed plan.")
    ]
    leased_area_ha: Annotated[Ha | None, Field(description="Union of the plots let to tenants.")]
    legal_fill_percent: Annotated[
        Percent | None,
        Field(
            description="Decree 32/2024 Art 2.7: leased and approved ÷ industrial land.",
            examples=[33.84],
        ),
    ]
    fill_reason: Annotated[
        FillReason | None, Field(description="Why the legal fill rate is undetermined.")
    ]
    leased_over_area_percent: Annotated[
        Percent | None, Field(description="Leased ÷ whole cluster: not the legal fill rate.")
    ]
    projects: Annotated[
        int | None, Field(description="Secondary projects whose approval holds.", ge=0)
    ]
    attainment_verbatim: Annotated[
        str | None,
        Field(
            description="Attainment of the resolution's target, as published.",
            examples=["vượt 122,7 %"],
        ),
    ]
    infrastructure_complete: bool | None

    @classmethod
    def of(cls, view: ClusterView) -> "ClusterProperties":
        """Take a cluster's view over."""
        return cls(**properties_of(view))


def properties_of(view: ClusterView) -> dict[str, Any]:
    """Return what the list and the single cluster have in common."""
    cluster, balance, fill = view.cluster, view.balance, view.fill
    is_synthetic = cluster.quality is Quality.SYNTHETIC or bool(balance and balance.is_synthetic)
    return {
        "id": cluster.id,
        "kind": cluster.kind,
        "name_vi": cluster.name_vi,
        "name_en": cluster.name_en,
        "legacy_district": cluster.legacy_district,
        "legacy_district_name": view.legacy_district.name_vi if view.legacy_district else None,
        "legacy_commune_name": view.legacy_commune.name_vi if view.legacy_commune else None,
        "current_commune_name": view.current_commune.name_vi if view.current_commune else None,
        "founded": Bounds.of(cluster.founded),
        "stage": view.stage,
        "stage_at_most": view.stage_at_most,
        "plan_status": cluster.plan_status,
        "quality": cluster.quality,
        "synthetic": is_synthetic,
        "approved_area_ha": cluster.approved_area_ha,
        "approved_area_on": cluster.approved_area_on,
        "approved_area_source": view.area_source.title if view.area_source else None,
        "measured_area_ha": in_ha(view.measured_m2),
        "industrial_area_ha": in_ha(fill.industrial_m2 if fill else None),
        "leased_area_ha": in_ha(view.let_m2),
        "legal_fill_percent": fill.percent if fill else None,
        "fill_reason": fill.reason if fill else FillReason.NO_PLAN,
        "leased_over_area_percent": view.leased_over_area_percent,
        "projects": view.projects,
        "attainment_verbatim": attainment_text(view),
        "infrastructure_complete": view.infrastructure_complete,
    }


def attainment_text(view: ClusterView) -> str | None:
    """Return what was published about attainment in its own words; null where nothing was."""
    return None if view.attainment is None else view.attainment.verbatim


def in_ha(area_m2: float | None) -> float | None:
    """Return an area in hectares."""
    return None if area_m2 is None else area_m2 / 10_000


class ClusterFeature(Body):
    """A cluster or zone as a GeoJSON feature; geometry is null where no boundary is known."""

    type: Literal["Feature"]
    id: str
    geometry: Geometry | None
    properties: ClusterProperties


class ClusterCounts(Body):
    """How many features of which kind."""

    ccn: int
    kcn: int
    with_boundary: int


class ClusterListHead(Body):
    """What a list of clusters says beside its features."""

    on: date
    territory: Annotated[str | None, Field(description="Id of the register's territory.")]
    example: Annotated[bool, Field(description="The register is the synthetic example.")]
    synthetic_note: Annotated[Note | None, Field(description="To be shown beside the map.")]
    counts: ClusterCounts


class ClusterList(ClusterListHead):
    """A GeoJSON FeatureCollection of clusters and zones."""

    type: Literal["FeatureCollection"]
    features: list[ClusterFeature]


class PlanDecision(Body):
    """The approved detailed plan 1/500 in force."""

    approved_on: date | None
    scale: str
    stated_industrial_area_ha: Ha | None

    @classmethod
    def of(cls, plan: DetailedPlan) -> "PlanDecision":
        """Take a plan over."""
        return cls(
            approved_on=plan.approved_on,
            scale=plan.scale,
            stated_industrial_area_ha=plan.industrial_area_ha,
        )


class Developer(Body):
    """The infrastructure developer's appointment; its name is not public."""

    appointed_year: int | None
    end_year: Annotated[int | None, Field(description="Year of the last day of its term.")]

    @classmethod
    def of(cls, appointment: DeveloperAppointment) -> "Developer":
        """Take an appointment over, without the party."""
        start, last = appointment.term.start, appointment.term.last_day
        return cls(
            appointed_year=start.year if start else None, end_year=last.year if last else None
        )


class Wastewater(Body):
    """A central wastewater plant."""

    stage: str | None
    capacity_m3_day: float | None
    state: str


class ServingLandItem(Body):
    """Land that serves the cluster from outside its boundary; in no share."""

    id: str
    purpose: str
    name_vi: str
    area_m2: M2 | None


class ClusterDetailProperties(ClusterProperties):
    """Everything public about one cluster or zone."""

    on: date
    example: bool
    synthetic_note: Note | None
    figures: Annotated[
        list[PublishedFigure], Field(description="Published up to the date, oldest first.")
    ]
    plan: PlanDecision | None
    developer: Developer | None
    wastewater: list[Wastewater]
    serving_land: list[ServingLandItem]
    note: Annotated[str | None, Field(description="What is known of place and founding.")]

    @classmethod
    def of_detail(
        cls, detail: ClusterDetail, *, on: date, example: bool
    ) -> "ClusterDetailProperties":
        """Take a cluster's detail over, without the names of parties."""
        common = properties_of(detail.view)
        return cls(
            **common,
            on=on,
            example=example,
            synthetic_note=synthetic_note(is_synthetic=common["synthetic"]),
            figures=[PublishedFigure.of(figure, source) for figure, source in detail.figures],
            plan=PlanDecision.of(detail.plan) if detail.plan else None,
            developer=Developer.of(detail.appointment) if detail.appointment else None,
            wastewater=[
                Wastewater(
                    stage=plant.stage, capacity_m3_day=plant.capacity_m3_day, state=plant.state
                )
                for plant in detail.wastewater
            ],
            serving_land=[
                ServingLandItem(
                    id=land.thing.id,
                    purpose=land.thing.purpose,
                    name_vi=land.thing.name_vi,
                    area_m2=land.version.planar_m2,
                )
                for land in detail.serving_land
            ],
            note=detail.view.cluster.note,
        )


class ClusterDetailFeature(Body):
    """One cluster or zone as a GeoJSON feature."""

    type: Literal["Feature"]
    id: str
    geometry: Geometry | None
    properties: ClusterDetailProperties


class PlanProperties(Identified, Body):
    """A polygon of the detailed plan, or land that serves the cluster from outside."""

    layer: Literal["plan", "serving"]
    land_use: str | None
    label: str | None
    purpose: str | None
    quality: Quality
    area_m2: M2 | None

    @classmethod
    def of_area(cls, found: Shaped[PlanArea]) -> "PlanProperties":
        """Take a plan area over."""
        area = found.thing
        return cls(
            id=area.id,
            layer="plan",
            land_use=area.land_use,
            label=area.label,
            purpose=None,
            quality=area.quality,
            area_m2=found.version.planar_m2,
        )

    @classmethod
    def of_serving(cls, found: Shaped[ServingLand]) -> "PlanProperties":
        """Take serving land over."""
        land = found.thing
        return cls(
            id=land.id,
            layer="serving",
            land_use=None,
            label=land.name_vi,
            purpose=land.purpose,
            quality=land.quality,
            area_m2=found.version.planar_m2,
        )


class PlanFeature(Body):
    """A polygon of the detailed plan as a GeoJSON feature."""

    type: Literal["Feature"]
    id: str
    geometry: Geometry | None
    properties: PlanProperties


class PlanHead(Body):
    """What a plan says beside its polygons."""

    cluster: str
    on: date
    synthetic: bool
    synthetic_note: Note | None

    @classmethod
    def of(cls, cluster_id: str, on: date, rows: Sequence[PlanProperties]) -> "PlanHead":
        """Say of which cluster and date the polygons are, and whether any is made up."""
        is_synthetic = any(row.quality is Quality.SYNTHETIC for row in rows)
        return cls(
            cluster=cluster_id,
            on=on,
            synthetic=is_synthetic,
            synthetic_note=synthetic_note(is_synthetic=is_synthetic),
        )


class Plan(PlanHead):
    """A GeoJSON FeatureCollection of a cluster's plan areas and serving land."""

    type: Literal["FeatureCollection"]
    features: list[PlanFeature]
