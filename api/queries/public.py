"""What anybody may ask."""

from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

from api.queries.reading import (
    DATE_PATTERN,
    ID_SCHEMA,
    NONE,
    After,
    ClusterId,
    Language,
    Limit,
    checked_bbox,
    checked_instant,
    choice,
    id_of,
    path_of,
    read_bbox,
    reader,
    yes_or_no,
)
from gis.model import Basis, ClusterKind, Stage, parse_date, parse_instant
from gis.store import Box


class Asked(BaseModel):
    """What every address takes."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    lang: Annotated[
        Language | NONE,
        choice(Language, "lang"),
        Field(description="Language of sentences; else Accept-Language, else Vietnamese."),
    ] = None


class LoginAsked(Asked):
    """Where to go after signing in."""

    next: Annotated[str | NONE, path_of("next"), Field(description="A path of this service.")] = (
        None
    )


class LogoAsked(Asked):
    """Which logo: a tag that changes with it, so that browsers ask anew."""

    v: Annotated[str | NONE, id_of("v"), Field(description="Tag of the logo.")] = None


class AskedOn(Asked):
    """A question about a date."""

    on: Annotated[
        date | NONE,
        reader(parse_date),
        WithJsonSchema({"type": "string", "pattern": DATE_PATTERN, "examples": ["2024-12-31"]}),
        Field(
            description="Date asked about, 2024-12-31 or 31/12/2024. Default: today in Vietnam; "
            "of an example register, the date of the example."
        ),
    ] = None


class AskedAt(AskedOn):
    """A question in both times: what held on a date, as the register knew it at a time."""

    known_at: Annotated[
        str | NONE,
        reader(checked_instant),
        WithJsonSchema({"type": "string", "examples": ["2026-01-31T17:00:00+07:00"]}),
        Field(
            description="What the register knew then, 2026-01-31T17:00:00+07:00 or a date (its "
            "end in Vietnam). Default: now."
        ),
    ] = None

    @property
    def instant(self) -> datetime | None:
        """Return ``known_at`` as a time."""
        return None if self.known_at is None else parse_instant(self.known_at)


class ClustersAsked(AskedAt):
    """Which clusters and zones."""

    kind: Annotated[
        ClusterKind | NONE,
        choice(ClusterKind, "kind"),
        Field(description="ccn: industrial clusters; kcn: industrial zones. Default: both."),
    ] = None
    stage: Annotated[
        Stage | NONE,
        choice(Stage, "stage"),
        Field(description="Only those that have, or may have, come this far on the date."),
    ] = None


class ParcelsAsked(AskedAt):
    """Which parcels, a page at a time."""

    cluster: Annotated[
        ClusterId,
        Field(description="Id of a cluster or zone."),
    ] = None
    bbox: Annotated[
        str | NONE,
        reader(checked_bbox),
        WithJsonSchema({"type": "string", "examples": ["105.2,20.4,105.9,21.1"]}),
        Field(
            description="west,south,east,north in WGS84 degrees; parcels whose own box meets it."
        ),
    ] = None
    limit: Annotated[
        Limit,
        Field(description="Parcels a page: default 100; more than 10 000 gives 10 000."),
    ] = None
    after: Annotated[
        After,
        Field(description="Id of the last parcel of the page before; see the link next."),
    ] = None

    @property
    def box(self) -> Box | None:
        """Return ``bbox`` as numbers."""
        return None if self.bbox is None else read_bbox(self.bbox)


class EmbedAsked(AskedOn):
    """What an embedded map shows."""

    layers: Annotated[
        str | NONE,
        id_of("layers"),
        WithJsonSchema(ID_SCHEMA),
        Field(description="Layers to show, with commas between them. Default: all."),
    ] = None
    cluster: Annotated[
        str | NONE,
        id_of("cluster"),
        WithJsonSchema(ID_SCHEMA),
        Field(description="Id of the cluster or zone to begin at."),
    ] = None


class OutlineAsked(AskedAt):
    """Which territory."""

    territory: Annotated[
        str | NONE,
        id_of("territory"),
        WithJsonSchema({**ID_SCHEMA, "examples": ["hoa-binh"]}),
        Field(description="Id of a territory. Default: the register's own."),
    ] = None


class HistoryAsked(OutlineAsked):
    """Which territory's land, and how far it has come."""

    stage: Annotated[
        Stage,
        choice(Stage, "stage"),
        Field(description="How far the land has come; each stage lies within the one before."),
    ] = Stage.ESTABLISHED


class ShareAsked(HistoryAsked):
    """Which share of a territory's natural land."""

    basis: Annotated[
        Basis,
        choice(Basis, "basis"),
        Field(description="Where areas come from: dated publications, decisions or geometry."),
    ] = Basis.PUBLISHED
    include_synthetic: Annotated[
        bool,
        yes_or_no("include_synthetic"),
        Field(description="Count synthetic boundaries too; the answer then says so."),
    ] = False
