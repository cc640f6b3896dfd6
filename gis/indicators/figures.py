"""Choosing among published figures: which number speaks for a subject on a date."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from gis.model import ClusterKind, Figure

_PRECISION: Final = ("over", "about", "exact")


def latest_figure(
    figures: Iterable[Figure],
    subject_id: str,
    indicator: str,
    on: date,
    *,
    kind: ClusterKind | None = None,
    stage: str | None = None,
) -> Figure | None:
    """Return the latest figure known on a date, or None; the figure is never converted.

    A figure is known from the last day that it may speak about (``as_of.latest``); one without
    that day is never known. ``kind`` and ``stage`` must be the figure's own, None included. Of
    figures of one day the more precise counts, then the one that speaks about the shorter time.
    """
    known = [
        figure
        for figure in figures
        if figure.subject_id == subject_id
        and figure.indicator == indicator
        and figure.kind == kind
        and figure.stage == stage
        and figure.as_of.surely_by(on)
    ]
    return max(known, key=_rank, default=None)


def attainment(figures: Iterable[Figure], cluster_id: str, on: date) -> Figure | None:
    """Return what was published about a cluster's attainment of its target, verbatim.

    "vượt 161,2 %" has two readings and no value: attainment is neither computed from a fill
    rate nor turned into one (DOMAIN §2).
    """
    known = [
        figure
        for figure in figures
        if figure.subject_id == cluster_id
        and figure.indicator == "attainment"
        and figure.as_of.surely_by(on)
    ]
    return max(known, key=_rank, default=None)


def _rank(figure: Figure) -> tuple[date, int, date, str]:
    latest, earliest = figure.as_of.latest, figure.as_of.earliest
    precision = _PRECISION.index(figure.precision)
    return (latest or date.min, precision, earliest or date.min, figure.id)
