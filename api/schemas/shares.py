"""Bodies about shares of natural land: the answer with all that it must not be shown without."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from api.geojson import Identified
from api.schemas.base import Body, Ha, Note, Percent, Source, synthetic_note
from api.schemas.geometry import Geometry
from gis.indicators.share import (
    NOTE_TEXTS,
    FurtherArea,
    Missing,
    MissingReason,
    ShareAnswer,
    ShareComponent,
    ShareNote,
    ShareTarget,
)
from gis.model import (
    Basis,
    ClusterKind,
    Confidence,
    Figure,
    NaturalArea,
    Quality,
    Stage,
    Territory,
)
from gis.model import Source as ModelSource
from gis.shares import TerritoryHistory, TerritoryShare

Sources = Mapping[str, ModelSource]
_KIND_LABELS = {
    ClusterKind.CCN: Note(vi="cụm công nghiệp dự kiến bổ sung", en="further clusters proposed"),
    ClusterKind.KCN: Note(vi="khu công nghiệp dự kiến bổ sung", en="further zones proposed"),
}


class TerritoryOut(Body):
    """The territory that a share is taken of."""

    id: Annotated[str, Field(examples=["hoa-binh"])]
    name_vi: Annotated[str, Field(examples=["Tỉnh Hòa Bình (trước 1/7/2025)"])]
    name_en: Annotated[str, Field(examples=["Former Hòa Bình province"])]
    exists_to: Annotated[date | None, Field(description="First day on which it was no more.")]

    @classmethod
    def of(cls, territory: Territory) -> "TerritoryOut":
        """Take a territory over."""
        return cls(
            id=territory.id,
            name_vi=territory.name_vi,
            name_en=territory.name_en,
            exists_to=territory.exists_to,
        )


class NaturalAreaOut(Body):
    """Where the denominator comes from."""

    on: date
    source: Source | None
    confidence: Confidence

    @classmethod
    def of(cls, natural: NaturalArea, sources: Sources) -> "NaturalAreaOut":
        """Take a natural area over."""
        return cls(
            on=natural.on,
            source=_source(natural.source_id, sources),
            confidence=natural.confidence,
        )


class Component(Body):
    """The zones' (kcn) or the clusters' (ccn) part of the numerator."""

    kind: ClusterKind
    area_ha: Annotated[Ha | None, Field(description="Null where only bounds or a part is known.")]
    lower_ha: Ha
    upper_ha: Annotated[Ha | None, Field(description="Null where nothing bounds it.")]
    count: Annotated[int | None, Field(description="Clusters or zones that the area covers.")]
    as_of: date | None
    figure_id: str | None
    verbatim: str | None
    precision: str | None
    source: Source | None
    confidence: Confidence | None
    synthetic: bool
    note: str | None

    @classmethod
    def of(cls, part: ShareComponent, sources: Sources) -> "Component":
        """Take a part of a numerator over."""
        figure = part.figure
        return cls(
            kind=part.kind,
            area_ha=part.area_ha,
            lower_ha=part.lower_ha,
            upper_ha=part.upper_ha,
            count=part.count,
            as_of=part.as_of.latest,
            figure_id=figure.id if figure else None,
            verbatim=figure.verbatim if figure else None,
            precision=figure.precision if figure else None,
            source=source_of(figure, sources),
            confidence=figure.confidence if figure else None,
            synthetic=part.is_synthetic,
            note=figure.note if figure else None,
        )


class Further(Body):
    """Land proposed on top of the numerator, and the share with it."""

    label_vi: str
    label_en: str
    count: int | None
    area_ha: Ha
    cumulative_ha: Ha | None
    cumulative_percent: Percent | None
    as_of: date | None
    figure_id: str
    source: Source | None

    @classmethod
    def of(cls, further: FurtherArea, sources: Sources) -> "Further":
        """Take a proposal over."""
        figure = further.figure
        label = _KIND_LABELS[figure.kind or ClusterKind.KCN]
        count = "" if figure.count is None else f"{figure.count} "
        return cls(
            label_vi=count + label.vi,
            label_en=count + label.en,
            count=figure.count,
            area_ha=further.area_ha,
            cumulative_ha=further.cumulative_ha,
            cumulative_percent=further.cumulative_percent,
            as_of=figure.as_of.latest,
            figure_id=figure.id,
            source=source_of(figure, sources),
        )


class MissingPart(Body):
    """A part of the numerator that is not known: a cluster, or all of a kind."""

    kind: ClusterKind
    cluster: str | None
    reason: MissingReason

    @classmethod
    def of(cls, missing: Missing) -> "MissingPart":
        """Take a missing part over."""
        return cls(kind=missing.kind, cluster=missing.cluster_id, reason=missing.reason)


class TargetOut(Body):
    """The target that belongs to the territory."""

    percent: Percent
    due: date
    passed: Annotated[bool, Field(description="Its date is past on the date asked about.")]
    needed_ha: Annotated[Ha | None, Field(description="Land that meets it.")]
    numerator: str
    verbatim: str | None
    source: Source | None

    @classmethod
    def of(cls, found: ShareTarget, sources: Sources) -> "TargetOut":
        """Take a target over."""
        target = found.target
        source = sources.get(target.source_id)
        return cls(
            percent=target.percent,
            due=target.due,
            passed=found.is_passed,
            needed_ha=found.needed_ha,
            numerator=target.numerator,
            verbatim=target.verbatim,
            source=None if source is None else Source.of(source),
        )


class Share(Body):
    """A share of a territory's natural land on a date, at a stage, on a basis.

    ``numerator_ha`` and ``percent`` are null unless every part is known; the bounds then say
    what is sure. ``gap_ha`` is what lacks to the target, below 0 where it is exceeded.
    """

    territory: TerritoryOut
    on: date
    stage: Stage
    basis: Basis
    complete: Annotated[bool, Field(description="Every part of the numerator is known.")]
    numerator_ha: Annotated[Ha | None, Field(examples=[2063.83])]
    lower_ha: Annotated[Ha | None, Field(examples=[2063.83])]
    upper_ha: Annotated[Ha | None, Field(examples=[2063.83])]
    natural_area_ha: Annotated[Ha | None, Field(examples=[459057.0])]
    natural_area: NaturalAreaOut | None
    percent: Annotated[Percent | None, Field(examples=[0.44958])]
    lower_percent: Annotated[Percent | None, Field(examples=[0.44958])]
    upper_percent: Annotated[Percent | None, Field(examples=[0.44958])]
    components: list[Component]
    further: list[Further]
    missing: list[MissingPart]
    known: Annotated[int, Field(description="Parts known, of `needed`.")]
    needed: int
    target: TargetOut | None
    gap_ha: Annotated[Ha | None, Field(examples=[2526.74])]
    synthetic: Annotated[bool, Field(description="Synthetic data was counted.")]
    synthetic_note: Note | None
    example: Annotated[bool, Field(description="The register is the synthetic example.")]
    notes: list[ShareNote]
    note_vi: str
    note_en: str

    @classmethod
    def of(cls, found: TerritoryShare, *, example: bool) -> "Share":
        """Take a territory's share over."""
        answer, sources = found.answer, found.sources
        natural = answer.natural_area
        vi, en = note_sentences(answer)
        return cls(
            territory=TerritoryOut.of(found.territory),
            on=answer.on,
            stage=answer.stage,
            basis=answer.basis,
            complete=answer.complete,
            numerator_ha=answer.numerator_ha,
            lower_ha=answer.lower_ha,
            upper_ha=answer.upper_ha,
            natural_area_ha=natural.area_ha if natural else None,
            natural_area=NaturalAreaOut.of(natural, sources) if natural else None,
            percent=answer.percent,
            lower_percent=answer.lower_percent,
            upper_percent=answer.upper_percent,
            components=[Component.of(part, sources) for part in answer.components],
            further=[Further.of(part, sources) for part in answer.further],
            missing=[MissingPart.of(part) for part in answer.missing],
            known=answer.known,
            needed=answer.needed,
            target=TargetOut.of(answer.target, sources) if answer.target else None,
            gap_ha=answer.gap_ha,
            synthetic=answer.is_synthetic,
            synthetic_note=synthetic_note(is_synthetic=answer.is_synthetic),
            example=example,
            notes=list(answer.notes),
            note_vi=vi,
            note_en=en,
        )


class HistoryPoint(Body):
    """The published share from a date on, until the next point."""

    on: date
    kcn_ha: Ha | None
    ccn_ha: Ha | None
    total_ha: Ha | None
    percent: Percent | None
    complete: bool
    components: list[Component]


class History(Body):
    """How the published share of a territory grew, oldest first."""

    territory: TerritoryOut
    stage: Stage
    basis: Basis
    on: Annotated[date, Field(description="Points up to this date.")]
    natural_area_ha: Annotated[Ha | None, Field(description="That of the last point.")]
    points: list[HistoryPoint]

    @classmethod
    def of(cls, found: TerritoryHistory, *, stage: Stage, on: date) -> "History":
        """Take a territory's history over."""
        last = found.points[-1].natural_area if found.points else None
        return cls(
            territory=TerritoryOut.of(found.territory),
            stage=stage,
            basis=Basis.PUBLISHED,
            on=on,
            natural_area_ha=last.area_ha if last else None,
            points=[_point(answer, found.sources) for answer in found.points],
        )


def _point(answer: ShareAnswer, sources: Sources) -> HistoryPoint:
    areas = {part.kind: part.area_ha for part in answer.components}
    return HistoryPoint(
        on=answer.on,
        kcn_ha=areas.get(ClusterKind.KCN),
        ccn_ha=areas.get(ClusterKind.CCN),
        total_ha=answer.numerator_ha,
        percent=answer.percent,
        complete=answer.complete,
        components=[Component.of(part, sources) for part in answer.components],
    )


def source_of(figure: Figure | None, sources: Sources) -> Source | None:
    """Return the publication of a figure, null without either."""
    return None if figure is None else _source(figure.source_id, sources)


def note_sentences(answer: ShareAnswer) -> tuple[str, str]:
    """Return what must be said beside a share, in Vietnamese and in English."""
    texts = [NOTE_TEXTS[note] for note in answer.notes]
    facts = {"known": answer.known, "needed": answer.needed}
    vi = " ".join(text.vi.format(**facts) for text in texts)
    return vi, " ".join(text.en.format(**facts) for text in texts)


def _source(source_id: str, sources: Sources) -> Source | None:
    source = sources.get(source_id)
    return None if source is None else Source.of(source)


class OutlineProperties(Identified, Body):
    """A territory with the quality of its outline."""

    name_vi: str
    name_en: str
    quality: Annotated[
        Quality | None, Field(description="generalised: for drawing only, no area is taken of it.")
    ]

    @classmethod
    def of_territory(cls, territory: Territory) -> "OutlineProperties":
        """Take a territory over."""
        return cls(
            id=territory.id,
            name_vi=territory.name_vi,
            name_en=territory.name_en,
            quality=territory.quality,
        )


class Outline(Body):
    """The outline of a territory as a GeoJSON feature; geometry is null where there is none."""

    type: Literal["Feature"]
    id: str
    geometry: Geometry | None
    properties: OutlineProperties
