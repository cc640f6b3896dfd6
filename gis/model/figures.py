"""Numbers that others published, kept verbatim, and scenarios that planners weigh."""

from dataclasses import dataclass
from datetime import date

from gis.model.codes import ClusterKind, Confidence
from gis.model.time import DateBounds


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A publication; its date may be known only within bounds."""

    id: str
    title: str
    publisher: str | None = None
    published: DateBounds = DateBounds()
    reference: str | None = None
    licence: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A published number: subject, indicator, value, unit, date, basis, source, confidence.

    ``value`` is None where the publication gives words only. ``as_of`` bounds the date that the
    number speaks about; on a date it counts as known from ``as_of.latest`` on. ``count`` is the
    number of clusters or zones that it covers. ``precision`` is exact, about or over.
    """

    id: str
    subject_kind: str
    subject_id: str
    indicator: str
    unit: str
    as_of: DateBounds
    source_id: str
    confidence: Confidence
    value: float | None = None
    kind: ClusterKind | None = None
    stage: str | None = None
    count: int | None = None
    basis: str = "published"
    verbatim: str | None = None
    precision: str = "exact"
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Published figures that can't all be right together, told and not hidden."""

    id: str
    title_vi: str
    title_en: str
    text_vi: str
    text_en: str
    figure_ids: tuple[str, ...] = ()
    source_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """Named changes over a base date; ``changes`` is a JSON text whose values are assumed."""

    id: str
    territory_id: str
    name_vi: str
    base_on: date
    changes: str = "[]"
    note: str | None = None
