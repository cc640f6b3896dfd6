"""The question for a share of a territory's natural land, what answers it, and the answer."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from gis.indicators.notes import MissingReason, ShareNote
from gis.model import (
    Basis,
    Cluster,
    ClusterKind,
    DateBounds,
    Figure,
    LandBalance,
    NaturalArea,
    Stage,
    Target,
    Territory,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareQuestion:
    """Which share is asked for. Synthetic land counts only where it is asked for."""

    territory: Territory
    on: date
    stage: Stage
    basis: Basis = Basis.PUBLISHED
    include_synthetic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareValues:
    """What shares are answered from; each basis reads its own part.

    Clusters and balances are those in force on the date asked about, of any territory.
    """

    figures: Sequence[Figure] = ()
    natural_areas: Sequence[NaturalArea] = ()
    targets: Sequence[Target] = ()
    clusters: Sequence[Cluster] = ()
    balances: Sequence[LandBalance] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareComponent:
    """The zones' or the clusters' part of a numerator, in hectares.

    ``area_ha`` is None where only bounds, or only some of the clusters, are known; ``upper_ha``
    is None where nothing bounds it. ``count`` is how many clusters or zones the area covers.
    ``figure`` is the published one behind it, on the published basis.
    """

    kind: ClusterKind
    area_ha: float | None
    lower_ha: float
    upper_ha: float | None
    count: int | None
    as_of: DateBounds = DateBounds()
    figure: Figure | None = None
    is_synthetic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A part of the numerator that is not known: all of a kind, or one cluster."""

    kind: ClusterKind
    reason: MissingReason
    cluster_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FurtherArea:
    """Land proposed on top of the numerator, in hectares, and what the share would be with it."""

    figure: Figure
    area_ha: float
    cumulative_ha: float | None
    cumulative_percent: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareTarget:
    """The territory's target on the date asked about; ``needed_ha`` is the land that meets it."""

    target: Target
    is_passed: bool
    needed_ha: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareAnswer:
    """A share of natural land with all that it must not be shown without. Areas in hectares.

    ``numerator_ha`` and ``percent`` are None unless every part is known and determined; then
    the bounds still say what is sure: ``lower`` sums what is known (None where nothing is),
    ``upper`` is None where some part is unknown. ``known`` of ``needed`` parts are known: kinds
    on the published basis, clusters on the others. ``gap_ha`` is what lacks to the target, below
    0 where it is passed.
    """

    territory_id: str
    on: date
    stage: Stage
    basis: Basis
    complete: bool
    numerator_ha: float | None
    lower_ha: float | None
    upper_ha: float | None
    natural_area: NaturalArea | None
    percent: float | None
    lower_percent: float | None
    upper_percent: float | None
    components: tuple[ShareComponent, ...]
    further: tuple[FurtherArea, ...]
    missing: tuple[Missing, ...]
    known: int
    needed: int
    target: ShareTarget | None
    gap_ha: float | None
    is_synthetic: bool
    notes: tuple[ShareNote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Numerator:
    """What one basis knows of a numerator, before it is set against natural area and target."""

    components: tuple[ShareComponent, ...]
    missing: tuple[Missing, ...]
    known: int
    needed: int
    further: tuple[Figure, ...] = ()
    notes: frozenset[ShareNote] = frozenset()


def kinds_counted(question: ShareQuestion, values: ShareValues) -> tuple[ClusterKind, ...]:
    """Return the kinds that the numerator needs: those that the target names, else both."""
    target = target_of(question, values)
    if target is None:
        return (ClusterKind.KCN, ClusterKind.CCN)
    return tuple(ClusterKind(kind) for kind in target.numerator.split("+"))


def target_of(question: ShareQuestion, values: ShareValues) -> Target | None:
    """Return the territory's next target on the date, or the last one when all are past."""
    own = [target for target in values.targets if target.territory_id == question.territory.id]
    coming = [target for target in own if target.due >= question.on]
    if coming:
        return min(coming, key=lambda target: (target.due, target.id))
    return max(own, key=lambda target: (target.due, target.id), default=None)


def natural_area_of(question: ShareQuestion, values: ShareValues) -> NaturalArea | None:
    """Return the territory's natural area: the latest up to the date, else the earliest after."""
    own = [area for area in values.natural_areas if area.territory_id == question.territory.id]
    past = [area for area in own if area.on <= question.on]
    if past:
        return max(past, key=lambda area: (area.on, area.id))
    return min(own, key=lambda area: (area.on, area.id), default=None)


def answer(question: ShareQuestion, values: ShareValues, numerator: Numerator) -> ShareAnswer:
    """Set a numerator against the territory's natural area and target."""
    natural = natural_area_of(question, values)
    natural_ha = None if natural is None else natural.area_ha
    components = numerator.components
    complete = not numerator.missing
    total = _sum(part.area_ha for part in components) if complete else None
    lower = _sum(part.lower_ha for part in components)
    upper = _sum(part.upper_ha for part in components) if complete else None
    target = _target(question, values, natural_ha)
    needed_ha = None if target is None else target.needed_ha
    is_synthetic = any(part.is_synthetic for part in components)
    return ShareAnswer(
        territory_id=question.territory.id,
        on=question.on,
        stage=question.stage,
        basis=question.basis,
        complete=complete,
        numerator_ha=total,
        lower_ha=lower,
        upper_ha=upper,
        natural_area=natural,
        percent=_percent(total, natural_ha),
        lower_percent=_percent(lower, natural_ha),
        upper_percent=_percent(upper, natural_ha),
        components=components,
        further=_further(numerator.further, total, natural_ha),
        missing=numerator.missing,
        known=numerator.known,
        needed=numerator.needed,
        target=target,
        gap_ha=None if needed_ha is None or total is None else needed_ha - total,
        is_synthetic=is_synthetic,
        notes=_notes(question, numerator, natural, target),
    )


def _target(
    question: ShareQuestion, values: ShareValues, natural_ha: float | None
) -> ShareTarget | None:
    target = target_of(question, values)
    if target is None:
        return None
    needed = None if natural_ha is None else target.percent / 100 * natural_ha
    return ShareTarget(target=target, is_passed=question.on > target.due, needed_ha=needed)


def _further(
    figures: Iterable[Figure], total: float | None, natural_ha: float | None
) -> tuple[FurtherArea, ...]:
    found = []
    for figure in figures:
        area = figure.value or 0.0
        total = None if total is None else total + area
        found.append(
            FurtherArea(
                figure=figure,
                area_ha=area,
                cumulative_ha=total,
                cumulative_percent=_percent(total, natural_ha),
            )
        )
    return tuple(found)


def _notes(
    question: ShareQuestion,
    numerator: Numerator,
    natural: NaturalArea | None,
    target: ShareTarget | None,
) -> tuple[ShareNote, ...]:
    ended = question.territory.exists_to
    said = {
        ShareNote.INCOMPLETE: bool(numerator.missing),
        ShareNote.NATURAL_AREA_UNKNOWN: natural is None,
        ShareNote.NATURAL_AREA_LATER: natural is not None and natural.on > question.on,
        ShareNote.SYNTHETIC_INCLUDED: any(part.is_synthetic for part in numerator.components),
        ShareNote.NO_TARGET: target is None,
        ShareNote.TARGET_PASSED: target is not None and target.is_passed,
        ShareNote.TERRITORY_ENDED: ended is not None and ended <= question.on,
    }
    notes = numerator.notes | {note for note, is_true in said.items() if is_true}
    return tuple(note for note in ShareNote if note in notes)


def _sum(areas: Iterable[float | None]) -> float | None:
    """Return the sum; None for nothing and where one is unknown."""
    listed = list(areas)
    known = [area for area in listed if area is not None]
    return math.fsum(known) if listed and len(known) == len(listed) else None


def _percent(part: float | None, whole: float | None) -> float | None:
    return None if part is None or not whole else part / whole * 100
