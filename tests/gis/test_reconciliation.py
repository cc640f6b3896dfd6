"""Sums over projects are public from three projects on."""

import pytest

from gis.indicators.reconcile import Computed, ComputedBasis
from gis.model import ClusterKind
from gis.reconciliation import public_totals


def computed(indicator: str, value: float | None, subject: str = "x") -> Computed:
    """Return a computed value."""
    return Computed(
        subject_id=subject,
        indicator=indicator,
        unit="-",
        value=value,
        basis=ComputedBasis.RECORDED,
        is_synthetic=False,
        kind=ClusterKind.CCN,
    )


@pytest.mark.parametrize(
    ("projects", "capital"), [(None, None), (1, None), (2, None), (3, 5.0), (40, 5.0)]
)
def test_capital_of_few_projects_is_not_told(projects: float | None, capital: float | None) -> None:
    """One or two projects would be named by their sum; counts and areas stay."""
    values = (
        computed("projects", projects),
        computed("registered_capital", 5.0),
        computed("jobs", 7.0),
        computed("leased_area", 9.0),
    )
    found = {value.indicator: value.value for value in public_totals(values)}
    assert found["registered_capital"] == capital
    assert (found["jobs"] is None) == (capital is None)
    assert (found["projects"], found["leased_area"]) == (projects, 9.0)


def test_each_subject_is_judged_by_its_own_projects() -> None:
    """Many projects of the province do not open the sums of a district with one."""
    values = (
        computed("projects", 40.0),
        computed("registered_capital", 5.0),
        computed("projects", 1.0, "district"),
        computed("registered_capital", 2.0, "district"),
    )
    assert [value.value for value in public_totals(values)] == [40.0, 5.0, 1.0, None]
