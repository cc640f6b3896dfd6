"""What those ask who may see who holds the land."""

from datetime import date
from typing import Annotated, Any

from pydantic import Field, WithJsonSchema

from api.queries.public import AskedAt
from api.queries.reading import (
    DATE_PATTERN,
    NONE,
    After,
    ClusterId,
    Limit,
    Text,
    choice,
    day_of,
)
from gis.leases import LeaseFlag
from gis.model import LeaseState, LeaseTier, PlotState


class TenureAsked(AskedAt):
    """By whom and where land is held, a page at a time; every filter has to fit."""

    cluster: Annotated[
        ClusterId,
        Field(description="Id of a cluster or zone."),
    ] = None
    party: Annotated[
        Text,
        Field(description="Lessor or lessee: an id or part of a name, diacritics or not."),
    ] = None
    tax_code: Annotated[
        Text,
        Field(description="Tax code of a party."),
    ] = None
    contract: Annotated[
        Text,
        Field(description="Part of a contract's number."),
    ] = None
    label: Annotated[
        Text,
        Field(description="Plot label."),
    ] = None
    sheet: Annotated[
        Text,
        Field(description="Map sheet; with number and commune it may still name several."),
    ] = None
    number: Annotated[
        Text,
        Field(description="Parcel number on its sheet."),
    ] = None
    commune: Annotated[
        Text,
        Field(description="Code of the commune of sheet and number."),
    ] = None
    flag: Annotated[
        LeaseFlag | NONE,
        choice(LeaseFlag, "flag"),
        Field(description="A flag of its lease on the date."),
    ] = None
    limit: Annotated[
        Limit,
        Field(description="Rows a page: default 100; more than 10 000 gives 10 000."),
    ] = None
    after: Annotated[
        After,
        Field(description="Id of the last row of the page before; see the link next."),
    ] = None

    def filters_in(self, cluster_id: str | None) -> dict[str, Any]:
        """Return what searches of leases and of parcels have in common, in a cluster or in all."""
        return {
            "cluster_id": cluster_id,
            "party": self.party,
            "tax_code": self.tax_code,
            "contract": self.contract,
            "plot_label": self.label,
            "sheet": self.sheet,
            "number": self.number,
            "commune_code": self.commune,
            "flag": self.flag,
        }


class LeasesAsked(TenureAsked):
    """Which leases."""

    tier: Annotated[
        LeaseTier | NONE,
        choice(LeaseTier, "tier"),
        Field(description="head, direct or sublease."),
    ] = None
    state: Annotated[
        LeaseState | NONE,
        choice(LeaseState, "state"),
        Field(description="State on the date."),
    ] = None
    expiring_before: Annotated[
        date | NONE,
        day_of("expiring_before"),
        WithJsonSchema({"type": "string", "pattern": DATE_PATTERN, "examples": ["2026-01-01"]}),
        Field(description="In force, and its last day, renewals included, is before this day."),
    ] = None


class HeldParcelsAsked(TenureAsked):
    """Which parcels."""

    state: Annotated[
        PlotState | NONE,
        choice(PlotState, "state"),
        Field(description="vacant, approved or leased on the date."),
    ] = None
