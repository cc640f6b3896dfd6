"""What all bodies share: finite numbers of fixed digits, sources and notes."""

from datetime import date
from typing import Annotated, Final

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from gis.model import DateBounds, Figure
from gis.model import Source as ModelSource

SYNTHETIC_VI: Final = "Có dữ liệu minh họa: ranh giới và hợp đồng của sổ này được tạo ra làm ví dụ."
SYNTHETIC_EN: Final = (
    "Holds synthetic data: the boundaries and leases of this register are made up as an example."
)


def rounded(digits: int) -> AfterValidator:
    """Let a number travel with so many digits behind the point."""
    return AfterValidator(lambda value: round(value, digits) + 0.0)


Day = date
"""For bodies with a field named ``date``."""

M2 = Annotated[float, rounded(2)]
Ha = Annotated[float, rounded(6)]
Percent = Annotated[float, rounded(6)]


class Body(BaseModel):
    """A part of an answer."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Note(Body):
    """A sentence in both languages."""

    vi: str
    en: str


class Bounds(Body):
    """A date known within bounds, both included; equal where the day is known."""

    earliest: date | None
    latest: date | None

    @classmethod
    def of(cls, bounds: DateBounds) -> "Bounds":
        """Take bounds over."""
        return cls(earliest=bounds.earliest, latest=bounds.latest)


class Source(Body):
    """A publication."""

    id: str
    title: str
    reference: str | None
    date: Annotated[
        Day | None, Field(description="The latest day on which it was published, where known.")
    ]

    @classmethod
    def of(cls, source: ModelSource) -> "Source":
        """Take a source over."""
        return cls(
            id=source.id,
            title=source.title,
            reference=source.reference,
            date=source.published.latest,
        )


class PublishedFigure(Body):
    """A published number, verbatim; ``value`` is null where the publication gives words only."""

    id: str
    indicator: str
    value: float | None
    unit: str
    as_of: Annotated[date | None, Field(description="The last day that it may speak about.")]
    as_of_earliest: date | None
    basis: str
    verbatim: str | None
    precision: Annotated[str, Field(description="exact, about or over.")]
    confidence: Annotated[
        str, Field(description="S sourced, S2 secondary, T tested, I inferred, R recollection.")
    ]
    source: Source | None
    note: str | None

    @classmethod
    def of(cls, figure: Figure, source: ModelSource | None) -> "PublishedFigure":
        """Take a figure over, with the publication that it is from."""
        return cls(
            id=figure.id,
            indicator=figure.indicator,
            value=figure.value,
            unit=figure.unit,
            as_of=figure.as_of.latest,
            as_of_earliest=figure.as_of.earliest,
            basis=figure.basis,
            verbatim=figure.verbatim,
            precision=figure.precision,
            confidence=figure.confidence,
            source=None if source is None else Source.of(source),
            note=figure.note,
        )


class Link(Body):
    """Where to go on."""

    rel: str
    href: str
    type: str


def synthetic_note(*, is_synthetic: bool) -> Note | None:
    """Return the sentence that must stand beside numbers of synthetic data, else null."""
    return Note(vi=SYNTHETIC_VI, en=SYNTHETIC_EN) if is_synthetic else None
