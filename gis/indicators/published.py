"""Shares on the published basis: the latest dated totals, zones and clusters apart."""

from datetime import date

from gis.indicators.answers import (
    Missing,
    Numerator,
    ShareAnswer,
    ShareComponent,
    ShareQuestion,
    ShareValues,
    answer,
    kinds_counted,
)
from gis.indicators.figures import latest_figure
from gis.indicators.notes import MissingReason, ShareNote
from gis.model import ClusterKind, Confidence, Figure, Stage


def published_share(question: ShareQuestion, values: ShareValues) -> ShareAnswer:
    """Answer from the latest published total of each kind on or before the date.

    Land leased is published as ``leased_area``, every other stage as ``land_area`` of that
    stage. A kind without such a figure is missing and never 0. Figures of the example count only
    where synthetic data is asked for. ``further`` lists land proposed on top, for the stage that
    it was published for.
    """
    kinds = kinds_counted(question, values)
    found = {kind: figure for kind in kinds if (figure := _total(question, values, kind))}
    missing = [
        Missing(kind=kind, reason=MissingReason.NO_FIGURE) for kind in kinds if kind not in found
    ]
    further = (_latest(question, values, "further_area", kind, question.on) for kind in ClusterKind)
    return answer(
        question,
        values,
        Numerator(
            components=tuple(_component(kind, figure) for kind, figure in found.items()),
            missing=tuple(missing),
            known=len(found),
            needed=len(kinds),
            further=tuple(figure for figure in further if figure is not None),
            notes=frozenset(note for figure in found.values() for note in _notes(figure)),
        ),
    )


def turning_dates(question: ShareQuestion, values: ShareValues) -> list[date]:
    """Return the dates up to ``question.on`` on which a published answer may change, in order."""
    days = {
        figure.as_of.latest
        for figure in values.figures
        if figure.subject_id == question.territory.id
        and figure.indicator in (_indicator(question.stage), "further_area")
        and figure.stage == question.stage
    }
    days |= {area.on for area in values.natural_areas if area.territory_id == question.territory.id}
    return sorted(day for day in days if day is not None and day <= question.on)


def _total(question: ShareQuestion, values: ShareValues, kind: ClusterKind) -> Figure | None:
    return _latest(question, values, _indicator(question.stage), kind, question.on)


def _latest(
    question: ShareQuestion, values: ShareValues, indicator: str, kind: ClusterKind, on: date
) -> Figure | None:
    known = (
        figure
        for figure in values.figures
        if figure.value is not None
        and figure.unit == "ha"
        and (question.include_synthetic or figure.confidence is not Confidence.SYNTHETIC)
    )
    return latest_figure(
        known, question.territory.id, indicator, on, kind=kind, stage=question.stage
    )


def _indicator(stage: Stage) -> str:
    return "leased_area" if stage is Stage.LEASED else "land_area"


def _component(kind: ClusterKind, figure: Figure) -> ShareComponent:
    area = figure.value or 0.0
    return ShareComponent(
        kind=kind,
        area_ha=area,
        lower_ha=area,
        upper_ha=None if figure.precision == "over" else area,
        count=figure.count,
        as_of=figure.as_of,
        figure=figure,
        is_synthetic=figure.confidence is Confidence.SYNTHETIC,
    )


def _notes(figure: Figure) -> set[ShareNote]:
    notes = {
        ShareNote.ROUNDED: figure.precision == "about",
        ShareNote.LOWER_BOUND: figure.precision == "over",
        ShareNote.NOT_SOURCED: figure.confidence
        not in (Confidence.SOURCED, Confidence.TESTED, Confidence.SYNTHETIC),
    }
    return {note for note, is_true in notes.items() if is_true}
