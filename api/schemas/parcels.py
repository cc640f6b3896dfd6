"""Bodies about parcels: what the public may see of a plot, and nothing of who holds it."""

from datetime import date
from typing import Annotated, Final, Literal

from pydantic import Field

from api.geojson import Identified
from api.schemas.base import M2, Body, Link, Note
from api.schemas.geometry import Geometry
from api.sheets import Cell, Column
from gis.model import PlotState, Quality
from gis.parcels import ParcelHit, ParcelView


class ParcelProperties(Identified, Body):
    """A parcel on the date asked about. Sheet and number are not unique; the id is."""

    id: Annotated[str, Field(examples=["ccn-tien-tien-thua-cn-01"])]
    cluster: Annotated[
        str, Field(description="Id of its cluster or zone.", examples=["ccn-tien-tien"])
    ]
    plot_label: Annotated[str | None, Field(examples=["CN-01"])]
    sheet: Annotated[str | None, Field(examples=["21"])]
    number: Annotated[str | None, Field(examples=["1"])]
    land_code: Annotated[str | None, Field(examples=["SKN"])]
    state: Annotated[PlotState, Field(description="Derived from leases and approvals.")]
    area_m2: Annotated[
        M2 | None, Field(description="Planar area of the geometry of record, in its VN-2000 zone.")
    ]
    registered_area_m2: Annotated[M2 | None, Field(description="The area on paper.")]
    end_year: Annotated[
        int | None, Field(description="Last year of its leases; null: not leased, or no end.")
    ]
    quality: Quality

    @classmethod
    def of(cls, view: ParcelView) -> "ParcelProperties":
        """Take a parcel's view over."""
        parcel = view.parcel
        return cls(
            id=parcel.id,
            cluster=parcel.cluster_id,
            plot_label=parcel.plot_label,
            sheet=parcel.sheet,
            number=parcel.number,
            land_code=parcel.land_code,
            state=view.state,
            area_m2=view.measured_m2,
            registered_area_m2=parcel.registered_area_m2,
            end_year=view.end_year,
            quality=parcel.quality,
        )


class HeldParcel(Body):
    """A parcel that was found; its ETag for the next change is its ``version``."""

    id: str
    cluster: str
    plot_label: str | None
    sheet: str | None
    number: str | None
    commune: str | None
    land_code: str | None
    state: PlotState
    registered_area_m2: M2 | None
    area_m2: M2 | None
    version: int

    @classmethod
    def of(cls, hit: ParcelHit) -> "HeldParcel":
        """Take a parcel over that was found."""
        parcel = hit.version.thing
        return cls(
            id=parcel.id,
            cluster=parcel.cluster_id,
            plot_label=parcel.plot_label,
            sheet=parcel.sheet,
            number=parcel.number,
            commune=parcel.commune_code,
            land_code=parcel.land_code,
            state=hit.state,
            registered_area_m2=parcel.registered_area_m2,
            area_m2=hit.version.planar_m2,
            version=hit.version.number,
        )

    def cells(self) -> list[Cell]:
        """Return the row of a sheet, in the order of `COLUMNS`."""
        values = self.model_dump()
        return [values[column.name] for column in COLUMNS]


#: What a sheet of parcels shows.
COLUMNS: Final = (
    Column("id", "Mã thửa trong sổ"),
    Column("cluster", "Cụm"),
    Column("plot_label", "Ký hiệu lô"),
    Column("sheet", "Tờ bản đồ"),
    Column("number", "Số thửa"),
    Column("commune", "Mã xã"),
    Column("land_code", "Loại đất"),
    Column("state", "Trạng thái"),
    Column("registered_area_m2", "Diện tích trên giấy (m²)"),
    Column("area_m2", "Diện tích đo (m²)"),
)


class HeldParcelList(Body):
    """A page of parcels that were found, ordered by id."""

    on: date
    example: bool
    parcels: list[HeldParcel]
    links: Annotated[list[Link], Field(description="self, and next where there is more.")]


class ParcelFeature(Body):
    """A parcel as a GeoJSON feature."""

    type: Literal["Feature"]
    id: str
    geometry: Geometry | None
    properties: ParcelProperties


class ParcelPageHead(Body):
    """What a page of parcels says beside its features."""

    on: date
    example: bool
    synthetic_note: Note | None
    numberReturned: int  # noqa: N815 - the member's name in OGC API Features
    links: Annotated[list[Link], Field(description="self, and next where there is more.")]


class ParcelList(ParcelPageHead):
    """A page of parcels as a GeoJSON FeatureCollection, ordered by id."""

    type: Literal["FeatureCollection"]
    features: list[ParcelFeature]
