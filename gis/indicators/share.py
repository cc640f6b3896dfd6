"""The share of a territory's natural land that clusters and zones hold, and how it grew.

Three bases that are never mixed: published totals (the default), founding decisions, measured
geometry. Territory, date, stage and basis are in every answer; a part that is not known makes
the answer incomplete and is never 0 (DESIGN §4).
"""

from dataclasses import replace

from gis.indicators.answers import (
    FurtherArea,
    Missing,
    ShareAnswer,
    ShareComponent,
    ShareQuestion,
    ShareTarget,
    ShareValues,
)
from gis.indicators.notes import NOTE_TEXTS, MissingReason, NoteText, ShareNote
from gis.indicators.published import published_share, turning_dates
from gis.indicators.summed import approved_share, is_in_territory, measured_share, stage_reached
from gis.model import Basis

__all__ = [
    "NOTE_TEXTS",
    "FurtherArea",
    "Missing",
    "MissingReason",
    "NoteText",
    "ShareAnswer",
    "ShareComponent",
    "ShareNote",
    "ShareQuestion",
    "ShareTarget",
    "ShareValues",
    "approved_share",
    "history",
    "is_in_territory",
    "measured_share",
    "note_texts",
    "published_share",
    "share",
    "stage_reached",
]


def share(question: ShareQuestion, values: ShareValues) -> ShareAnswer:
    """Answer which share of its natural land a territory's clusters and zones hold."""
    match question.basis:
        case Basis.PUBLISHED:
            return published_share(question, values)
        case Basis.APPROVED:
            return approved_share(question, values)
        case Basis.MEASURED:
            return measured_share(question, values)


def history(question: ShareQuestion, values: ShareValues) -> tuple[ShareAnswer, ...]:
    """Return the published answers up to the question's date, one for each change, in order.

    A point is a date on which a published figure or natural area becomes effective; dates
    without any part of the numerator are left out.
    """
    points: list[ShareAnswer] = []
    for day in turning_dates(question, values):
        point = published_share(replace(question, on=day, basis=Basis.PUBLISHED), values)
        if point.components and not (points and _is_same(points[-1], point)):
            points.append(point)
    return tuple(points)


def note_texts(answer: ShareAnswer) -> tuple[NoteText, ...]:
    """Return the sentences of an answer's notes, in their order."""
    facts = {"known": answer.known, "needed": answer.needed}
    texts = [NOTE_TEXTS[note] for note in answer.notes]
    return tuple(NoteText(t.vi.format_map(facts), t.en.format_map(facts)) for t in texts)


def _is_same(one: ShareAnswer, other: ShareAnswer) -> bool:
    return (one.components, one.further, one.natural_area) == (
        other.components,
        other.further,
        other.natural_area,
    )
