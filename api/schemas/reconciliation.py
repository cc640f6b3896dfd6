"""The body of the reconciliation: published beside computed, and conflicts told."""

from datetime import date
from typing import Annotated

from pydantic import Field

from api.schemas.base import Body, PublishedFigure, Source
from gis.indicators.reconcile import Computed, ComputedBasis, ReconciliationRow
from gis.model import ClusterKind, Figure
from gis.reconciliation import RegisterReconciliation


class Published(Body):
    """What was published."""

    value: float | None
    unit: str
    as_of: date | None
    as_of_earliest: date | None
    verbatim: str | None
    precision: str
    confidence: str
    latest: Annotated[bool, Field(description="No later figure has replaced it.")]
    figure_id: str
    source: Source | None


class ComputedValue(Body):
    """What the register adds up to; null where it does not hold enough."""

    value: float | None
    basis: ComputedBasis
    synthetic: Annotated[bool, Field(description="Rests on data made up as an example.")]

    @classmethod
    def of(cls, computed: Computed) -> "ComputedValue":
        """Take a computed value over, without the noise of binary fractions."""
        value = None if computed.value is None else round(computed.value, 6)
        return cls(value=value, basis=computed.basis, synthetic=computed.is_synthetic)


class Row(Body):
    """One thing, published and computed; the difference is computed − published."""

    subject: Annotated[str, Field(description="Id of a cluster, zone or territory.")]
    subject_name_vi: str | None
    subject_name_en: str | None
    kind: ClusterKind | None
    indicator: str
    stage: str | None
    published: Published
    computed: ComputedValue
    difference: Annotated[float | None, Field(description="In the unit of the figure.")]
    tolerance: Annotated[
        float | None, Field(description="What the published number's own precision allows.")
    ]
    agrees: Annotated[bool | None, Field(description="Null where either is unknown.")]


class ConflictOut(Body):
    """Published figures that can't all be right together."""

    id: str
    title_vi: str
    title_en: str
    text_vi: str
    text_en: str
    figures: list[PublishedFigure]


class ReconciliationBody(Body):
    """Every figure of which the register computes the same, and every conflict."""

    on: date
    example: bool
    rows: list[Row]
    conflicts: list[ConflictOut]

    @classmethod
    def of(cls, found: RegisterReconciliation, *, example: bool) -> "ReconciliationBody":
        """Take a reconciliation over."""
        result = found.reconciliation
        return cls(
            on=result.on,
            example=example,
            rows=[_row(row, found) for row in result.rows],
            conflicts=[
                ConflictOut(
                    id=conflict.id,
                    title_vi=conflict.title_vi,
                    title_en=conflict.title_en,
                    text_vi=conflict.text_vi,
                    text_en=conflict.text_en,
                    figures=[
                        PublishedFigure.of(figure, found.sources.get(figure.source_id))
                        for figure in map(found.figures.get, conflict.figure_ids)
                        if figure is not None
                    ],
                )
                for conflict in result.conflicts
            ],
        )


def _row(row: ReconciliationRow, found: RegisterReconciliation) -> Row:
    figure = row.figure
    subject = found.subjects.get(figure.subject_id)
    return Row(
        subject=figure.subject_id,
        subject_name_vi=subject.name_vi if subject else None,
        subject_name_en=subject.name_en if subject else None,
        kind=figure.kind,
        indicator=figure.indicator,
        stage=figure.stage,
        published=_published(figure, found, is_latest=row.is_latest),
        computed=ComputedValue.of(row.computed),
        difference=None if row.difference is None else round(row.difference, 6) + 0.0,
        tolerance=None if row.tolerance is None else round(row.tolerance, 6),
        agrees=row.agrees,
    )


def _published(figure: Figure, found: RegisterReconciliation, *, is_latest: bool) -> Published:
    source = found.sources.get(figure.source_id)
    return Published(
        value=figure.value,
        unit=figure.unit,
        as_of=figure.as_of.latest,
        as_of_earliest=figure.as_of.earliest,
        verbatim=figure.verbatim,
        precision=figure.precision,
        confidence=figure.confidence,
        latest=is_latest,
        figure_id=figure.id,
        source=None if source is None else Source.of(source),
    )
