"""Published figures beside what the register computes: differences told, conflicts listed.

Nothing is corrected on either side; a difference is a finding (đối chiếu số công bố – số đo).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from gis.model import ClusterKind, Conflict, Figure

#: How far a number that its publication calls approximate may be off, as a part of it.
ABOUT_TOLERANCE: Final = 0.01


class ComputedBasis(StrEnum):
    """Where a computed value comes from: geometry, or records counted and added."""

    MEASURED = "measured"
    RECORDED = "recorded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Computed:
    """A value of the register, in the unit and under the indicator of published figures.

    ``value`` is None where the register does not hold enough to compute it.
    """

    subject_id: str
    indicator: str
    unit: str
    value: float | None
    basis: ComputedBasis
    is_synthetic: bool
    kind: ClusterKind | None = None
    stage: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReconciliationRow:
    """A published figure and the computed value of the same thing.

    ``difference`` is computed − published in the figure's unit, None where either is unknown;
    then ``agrees`` is None too. ``tolerance`` is what the published number's own precision
    allows. ``is_latest`` is False for a figure that a later one has replaced.
    """

    figure: Figure
    computed: Computed
    difference: float | None
    tolerance: float | None
    agrees: bool | None
    is_latest: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation:
    """All rows, and the conflicts among the published figures themselves."""

    on: date
    rows: tuple[ReconciliationRow, ...]
    conflicts: tuple[Conflict, ...]


def reconcile(
    figures: Iterable[Figure],
    computed: Iterable[Computed],
    on: date,
    conflicts: Sequence[Conflict] = (),
) -> Reconciliation:
    """Set every figure known on a date beside the computed value of the same thing.

    The same thing is: subject, indicator, kind, stage and unit. Figures in words, and those of
    which nothing is computed, have no row. Rows follow subject, indicator, kind and date.
    """
    values = {_key(value): value for value in computed}
    known = [figure for figure in figures if figure.as_of.surely_by(on)]
    paired = [
        (figure, values[key])
        for figure in known
        if figure.value is not None and (key := _key(figure)) in values
    ]
    paired.sort(key=lambda pair: _place(pair[0]))
    latest = {_key(figure): figure.id for figure, _ in paired}
    rows = [
        row_of(figure, value, is_latest=latest[_key(figure)] == figure.id)
        for figure, value in paired
    ]
    return Reconciliation(on=on, rows=tuple(rows), conflicts=tuple(conflicts))


def row_of(figure: Figure, computed: Computed, *, is_latest: bool = True) -> ReconciliationRow:
    """Compare one figure with one computed value."""
    tolerance = tolerance_of(figure)
    difference, agrees = None, None
    if figure.value is not None and computed.value is not None and tolerance is not None:
        difference = computed.value - figure.value
        agrees = difference >= -tolerance
        if figure.precision != "over":
            agrees = abs(difference) <= tolerance
    return ReconciliationRow(
        figure=figure,
        computed=computed,
        difference=difference,
        tolerance=tolerance,
        agrees=agrees,
        is_latest=is_latest,
    )


def tolerance_of(figure: Figure) -> float | None:
    """Return how far a value may lie from a published number and still be it, in its unit.

    Half of its last digit: 91.12 ha stands for 91.115 to 91.125 ha. A number called approximate
    may be off by 1 % where that is more. None for a figure in words.
    """
    if figure.value is None:
        return None
    exponent = Decimal(repr(figure.value)).normalize().as_tuple().exponent
    digits = exponent if isinstance(exponent, int) else 0
    half_digit = 0.5 * 10.0 ** min(digits, 0)
    if figure.precision == "about":
        return max(half_digit, ABOUT_TOLERANCE * abs(figure.value))
    return half_digit


def _key(thing: Figure | Computed) -> tuple[str, str, str, ClusterKind | None, str | None]:
    return (thing.subject_id, thing.indicator, thing.unit, thing.kind, thing.stage)


def _place(figure: Figure) -> tuple[str, str, str, str, date, str]:
    return (
        figure.subject_id,
        figure.indicator,
        figure.kind or "",
        figure.stage or "",
        figure.as_of.latest or date.min,
        figure.id,
    )
