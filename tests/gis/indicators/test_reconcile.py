"""Published figures beside computed values."""

from datetime import date

import pytest

from gis import content
from gis.indicators.reconcile import (
    Computed,
    ComputedBasis,
    ReconciliationRow,
    reconcile,
    row_of,
    tolerance_of,
)
from gis.model import ClusterKind, Confidence, DateBounds, Figure

ON = date(2024, 12, 31)


def figure(value: float | None, **changes: object) -> Figure:
    """Return a published area of a territory's established clusters."""
    values: dict[str, object] = {
        "id": f"figure-{value}",
        "subject_kind": "territory",
        "subject_id": "somewhere",
        "indicator": "land_area",
        "unit": "ha",
        "as_of": DateBounds(None, ON),
        "source_id": "paper",
        "confidence": Confidence.SOURCED,
        "value": value,
        "kind": ClusterKind.CCN,
        "stage": "established",
    }
    return Figure(**(values | changes))  # type: ignore[arg-type]


def computed(value: float | None, **changes: object) -> Computed:
    """Return the register's value of the same thing."""
    values: dict[str, object] = {
        "subject_id": "somewhere",
        "indicator": "land_area",
        "unit": "ha",
        "value": value,
        "basis": ComputedBasis.MEASURED,
        "is_synthetic": True,
        "kind": ClusterKind.CCN,
        "stage": "established",
    }
    return Computed(**(values | changes))  # type: ignore[arg-type]


def rows(figures: list[Figure], *values: Computed) -> tuple[ReconciliationRow, ...]:
    """Return the rows on a date."""
    return reconcile(figures, values, ON).rows


@pytest.mark.parametrize(
    ("value", "precision", "tolerance"),
    [
        (91.12, "exact", 0.005),
        (41.2, "exact", 0.05),
        (866.605, "exact", 0.0005),
        (40.0, "exact", 0.5),
        (740.0, "over", 0.5),
        (3597.46, "about", 35.9746),
        (0.3, "about", 0.05),
        (None, "exact", None),
    ],
)
def test_the_tolerance_is_that_of_the_published_number(
    value: float | None, precision: str, tolerance: float | None
) -> None:
    """Half of the last digit; 1 % where a number is called approximate, if that is more."""
    found = tolerance_of(figure(value, precision=precision))
    assert found == (None if tolerance is None else pytest.approx(tolerance))


@pytest.mark.parametrize(
    ("published", "precision", "value", "agrees"),
    [
        (91.12, "exact", 91.1249, True),
        (91.12, "exact", 91.126, False),
        (91.12, "exact", 91.114, False),
        (40.0, "exact", 41.0, False),
        (3597.46, "about", 3600.0, True),
        (740.0, "over", 900.0, True),
        (740.0, "over", 700.0, False),
    ],
)
def test_agreement_is_within_the_tolerance(
    published: float,
    precision: str,
    value: float,
    agrees: bool,  # noqa: FBT001
) -> None:
    """A number called "over" agrees with anything above it."""
    row = row_of(figure(published, precision=precision), computed(value))
    assert row.agrees is agrees
    assert row.difference == pytest.approx(value - published)


def test_an_unknown_value_neither_agrees_nor_differs() -> None:
    """The register can't compute it: no difference, and no agreement either."""
    (row,) = rows([figure(683.0)], computed(None))
    assert (row.difference, row.agrees) == (None, None)
    assert row_of(figure(None), computed(1.0)).agrees is None


def test_only_the_same_thing_is_compared() -> None:
    """Subject, indicator, unit, kind and stage are the same, or there is no row."""
    others = [
        computed(1.0, subject_id="elsewhere"),
        computed(1.0, indicator="leased_area"),
        computed(1.0, unit="m2"),
        computed(1.0, kind=ClusterKind.KCN),
        computed(1.0, stage="planned"),
        computed(1.0, stage=None),
    ]
    assert rows([figure(556.4)], *others) == ()


def test_words_and_figures_not_yet_known_have_no_row() -> None:
    """A verbatim figure is never converted, one of next year is not yet published."""
    later = figure(1.0, as_of=DateBounds(None, date(2025, 1, 1)))
    assert rows([figure(None, verbatim="vượt 161,2 %"), later], computed(1.0)) == ()


def test_older_figures_stay_and_are_marked() -> None:
    """Every residual is listed: 556.4 ha of 2021 and the 683 ha that replaced them."""
    old = figure(556.4, as_of=DateBounds(None, date(2021, 12, 31)))
    new = figure(683.0, as_of=DateBounds(None, date(2023, 6, 30)))
    found = [
        (row.figure.value, row.is_latest, row.agrees) for row in rows([new, old], computed(556.4))
    ]
    assert found == [(556.4, False, True), (683.0, True, False)]


def test_every_conflict_is_passed_on() -> None:
    """What the published figures contradict among themselves stands beside the rows."""
    found = reconcile(content.figures(), (), ON, content.conflicts())
    assert found.conflicts == content.conflicts()
    assert len(found.conflicts) >= 7
