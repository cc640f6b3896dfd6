"""Record what others publish: sources, figures verbatim, natural areas, and targets.

None of these is land, and each names the source that it is taken from.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from gis import content
from gis.errors import InvalidValue, NotFound, RuleBroken
from gis.given import given_id, given_number, given_text, optional_text
from gis.mandates import ALWAYS, Done, Mandate, carry_out, require_unchanged
from gis.model import (
    Cluster,
    ClusterKind,
    Confidence,
    DateBounds,
    Figure,
    Moment,
    NaturalArea,
    Source,
    Target,
    Territory,
    today,
)
from gis.names import slug
from gis.registered import find_cluster, new_id, require_known
from gis.store import Entry, Reader, Store

PRECISIONS: Final = ("exact", "about", "over")
NUMERATORS: Final = ("kcn", "ccn", "kcn+ccn")
#: Larger than any country's natural area in hectares, and any number of the vocabulary.
_MOST: Final = 1e12


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSource:
    """A publication; its date may be known within bounds only."""

    title: str
    id: str | None = None
    publisher: str | None = None
    published: DateBounds = DateBounds()
    reference: str | None = None
    licence: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFigure:
    """A published number, as it stands in its source.

    ``subject_kind`` is cluster or territory. ``indicator`` is a code of the vocabulary, whose unit
    the figure has. ``value`` is None where the source gives ``verbatim`` words only. ``as_of``
    bounds the date that the number speaks about. ``precision`` is exact, about or over.
    """

    subject_kind: str
    subject_id: str
    indicator: str
    unit: str
    as_of: DateBounds
    source_id: str
    id: str | None = None
    value: float | None = None
    verbatim: str | None = None
    kind: ClusterKind | None = None
    stage: str | None = None
    count: int | None = None
    confidence: Confidence = Confidence.SOURCED
    precision: str = "exact"
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordNaturalArea:
    """A territory's natural area in hectares on a day."""

    territory_id: str
    area_ha: float
    on: date
    source_id: str
    id: str | None = None
    confidence: Confidence = Confidence.SOURCED
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordTarget:
    """A target share of a territory's natural land in %, due on a day.

    ``numerator`` says what counts: kcn, ccn or kcn+ccn.
    """

    territory_id: str
    percent: float
    due: date
    source_id: str
    numerator: str = "kcn+ccn"
    id: str | None = None
    verbatim: str | None = None
    confidence: Confidence = Confidence.SOURCED


def record_source(store: Store, request: RecordSource, mandate: Mandate) -> Done:
    """Record a publication.

    Raises:
        Conflict: ``record.duplicate``.
        InvalidValue: for a field that can't be.
    """
    with carry_out(store, mandate, "source.record", is_land=False) as (transaction, done):
        title = given_text("title", request.title, limit=1000)
        source = Source(
            id=new_id(transaction, Source, request.id, slug(title) or "nguon"),
            title=title,
            publisher=optional_text("publisher", request.publisher),
            published=request.published,
            reference=optional_text("reference", request.reference),
            licence=optional_text("licence", request.licence),
            note=optional_text("note", request.note),
        )
        require_unchanged(transaction, Source, source.id, mandate)
        transaction.put(Entry(source, ALWAYS))
        done.tell((Source, source.id))
    return done


def record_figure(store: Store, request: RecordFigure, mandate: Mandate) -> Done:
    """Record a published number verbatim; nothing is converted or computed.

    Raises:
        NotFound: ``thing.unknown`` for the source, ``cluster.unknown``, ``territory.unknown``.
        RuleBroken: ``figure.unit``, ``figure.says_nothing``.
        Conflict: ``record.duplicate``.
        InvalidValue: for a field that can't be.
    """
    with carry_out(store, mandate, "figure.record", is_land=False) as (transaction, done):
        figure = _figure(transaction, request)
        require_unchanged(transaction, Figure, figure.id, mandate)
        transaction.put(Entry(figure, ALWAYS))
        done.tell((Figure, figure.id))
    return done


def record_natural_area(store: Store, request: RecordNaturalArea, mandate: Mandate) -> Done:
    """Record the dated natural area of a territory, the denominator of its shares.

    Raises:
        NotFound: ``territory.unknown``, ``thing.unknown`` for the source.
        Conflict: ``record.duplicate``.
        InvalidValue: for a field that can't be.
    """
    with carry_out(store, mandate, "natural_area.record", is_land=False) as (transaction, done):
        wanted = f"{request.territory_id}-{request.on.isoformat()}"
        area = NaturalArea(
            id=new_id(transaction, NaturalArea, request.id, wanted),
            territory_id=request.territory_id,
            area_ha=request.area_ha,
            on=request.on,
            source_id=request.source_id,
            confidence=request.confidence,
            note=optional_text("note", request.note),
        )
        check_natural_area(transaction, area)
        require_unchanged(transaction, NaturalArea, area.id, mandate)
        transaction.put(Entry(area, ALWAYS))
        done.tell((NaturalArea, area.id))
    return done


def record_target(store: Store, request: RecordTarget, mandate: Mandate) -> Done:
    """Record a target share, which belongs to its territory for ever.

    Raises:
        NotFound: ``territory.unknown``, ``thing.unknown`` for the source.
        Conflict: ``record.duplicate``.
        InvalidValue: for a field that can't be.
    """
    with carry_out(store, mandate, "target.record", is_land=False) as (transaction, done):
        wanted = f"{request.territory_id}-{request.due.year}"
        target = Target(
            id=new_id(transaction, Target, request.id, wanted),
            territory_id=request.territory_id,
            percent=request.percent,
            due=request.due,
            numerator=request.numerator,
            source_id=request.source_id,
            verbatim=optional_text("verbatim", request.verbatim),
            confidence=request.confidence,
        )
        check_target(transaction, target)
        require_unchanged(transaction, Target, target.id, mandate)
        transaction.put(Entry(target, ALWAYS))
        done.tell((Target, target.id))
    return done


def check_natural_area(reader: Reader, area: NaturalArea) -> None:
    """Hold a natural area against what the register knows.

    Raises:
        NotFound: ``territory.unknown``, ``thing.unknown`` for the source.
        InvalidValue: ``value.number``, ``value.not_finite``.
    """
    _require_territory(reader, area.territory_id)
    require_known(reader, Source, [area.source_id], Moment(today()))
    given_number("area_ha", area.area_ha, low=1e-6, high=_MOST)


def check_target(reader: Reader, target: Target) -> None:
    """Hold a target against what the register knows.

    Raises:
        NotFound: ``territory.unknown``, ``thing.unknown`` for the source.
        InvalidValue: ``value.choice``, ``value.number``, ``value.not_finite``.
    """
    _require_territory(reader, target.territory_id)
    require_known(reader, Source, [target.source_id], Moment(today()))
    given_number("percent", target.percent, low=1e-6, high=100.0)
    _choice("numerator", target.numerator, NUMERATORS)


def check_figure(reader: Reader, figure: Figure) -> None:
    """Hold a figure against the vocabulary and what the register knows.

    Raises:
        NotFound: ``thing.unknown`` for the source, ``cluster.unknown``, ``territory.unknown``.
        RuleBroken: ``figure.unit``, ``figure.says_nothing``.
        InvalidValue: ``value.choice``, ``value.number``, ``value.not_finite``, ``value.empty``.
    """
    indicators = {indicator.code: indicator for indicator in content.indicators()}
    _choice("indicator", figure.indicator, tuple(indicators))
    expected = indicators[figure.indicator].unit
    if figure.unit != expected:
        facts = {"indicator": figure.indicator, "unit": figure.unit[:40], "expected": expected}
        raise RuleBroken("figure.unit", **facts)
    if figure.value is None and figure.verbatim is None:
        raise RuleBroken("figure.says_nothing")
    if not figure.as_of.is_known:
        raise InvalidValue("value.empty", name="as_of")
    _choice("precision", figure.precision, PRECISIONS)
    given_number("value", figure.value, low=-_MOST, high=_MOST)
    given_number("count", figure.count)
    require_known(reader, Source, [figure.source_id], Moment(today()))
    kind = _choice("subject_kind", figure.subject_kind, ("cluster", "territory"))
    if kind == "territory":
        _require_territory(reader, figure.subject_id)
    elif not reader.history(Cluster, figure.subject_id):
        find_cluster(reader, figure.subject_id, Moment(today()))


def _figure(reader: Reader, request: RecordFigure) -> Figure:
    day = request.as_of.latest or request.as_of.earliest
    wanted = f"{request.subject_id}-{request.indicator.replace('_', '-')}-{day or 'khong-ngay'}"
    figure = Figure(
        id=new_id(reader, Figure, request.id, given_id("id", wanted)),
        subject_kind=request.subject_kind,
        subject_id=request.subject_id,
        indicator=request.indicator,
        unit=request.unit,
        as_of=request.as_of,
        source_id=request.source_id,
        confidence=request.confidence,
        value=request.value,
        kind=request.kind,
        stage=optional_text("stage", request.stage, limit=50),
        count=request.count,
        verbatim=optional_text("verbatim", request.verbatim),
        precision=request.precision,
        note=optional_text("note", request.note),
    )
    check_figure(reader, figure)
    return figure


def _require_territory(reader: Reader, territory_id: str) -> None:
    known = [found.thing.id for found in reader.all(Territory, Moment(today()))]
    if territory_id not in known:
        choices = ", ".join(known)
        raise NotFound("territory.unknown", value=territory_id[:60], choices=choices)


def _choice(name: str, value: str, choices: tuple[str, ...]) -> str:
    if value not in choices:
        facts: dict[str, Any] = {"name": name, "choices": ", ".join(choices)}
        raise InvalidValue("value.choice", value=value[:80], **facts)
    return value
