"""What the register adds up to."""

from dataclasses import replace
from datetime import date

import pytest

from gis.indicators.reconcile import Computed, ComputedBasis
from gis.indicators.totals import RegisterValues, register_totals
from gis.model import (
    Cluster,
    ClusterKind,
    DateBounds,
    DeveloperAppointment,
    InfrastructureState,
    InfrastructureWork,
    LandBalance,
    LeaseTier,
    Period,
    Project,
    Territory,
    TerritoryKind,
    WastewaterPlant,
)
from tests.gis.indicators.plots import SINCE, START, lease, project

ON = date(2024, 12, 31)
PLACE = Territory(id="place", kind=TerritoryKind.PROVINCE, name_vi="Nơi", name_en="Place")
DISTRICT = Territory(
    id="district", kind=TerritoryKind.LEGACY_DISTRICT, name_vi="Huyện", name_en="District"
)


def cluster(name: str, **changes: object) -> Cluster:
    """Return a cluster founded in 2020."""
    values: dict[str, object] = {
        "id": name,
        "kind": ClusterKind.CCN,
        "name_vi": name,
        "name_en": name,
        "territory_id": "place",
        "founded": DateBounds(START, START),
    }
    return Cluster(**(values | changes))  # type: ignore[arg-type]


def balance(name: str, **changes: object) -> LandBalance:
    """Return 20 ha with 10 ha of industrial land, 4 ha of it leased."""
    values = dict.fromkeys(LandBalance.__dataclass_fields__, None) | {
        "cluster_id": name,
        "valid": SINCE,
        "plan_id": "plan",
        "boundary_m2": 200_000.0,
        "industry_m2": 100_000.0,
        "leased_m2": 40_000.0,
        "approved_m2": 0.0,
        "vacant_m2": 60_000.0,
        "let_m2": 45_000.0,
        "is_synthetic": True,
    }
    return LandBalance(**(values | changes))  # type: ignore[arg-type]


def of_cluster(name: str, **changes: object) -> Project:
    """Return a project of a cluster."""
    return replace(project(name, []), cluster_id=name, **changes)  # type: ignore[arg-type]


VALUES = RegisterValues(
    on=ON,
    territories=[PLACE, DISTRICT],
    clusters=[cluster("a", legacy_district="district"), cluster("b")],
    balances=[balance("a"), balance("b", leased_m2=10_000.0, vacant_m2=90_000.0)],
    projects=[
        of_cluster("a", capital_bn_vnd=10.0, jobs=7),
        of_cluster("b", capital_bn_vnd=5.5, jobs=3),
    ],
    leases=[
        replace(lease("l", []), cluster_id="a"),
        replace(lease("old", [], Period(START, ON)), cluster_id="a"),
        replace(lease("head", [], tier=LeaseTier.HEAD), cluster_id="a"),
    ],
    infrastructure=[
        InfrastructureState(id="a", cluster_id="a", is_complete=True, on=ON),
        InfrastructureState(id="b", cluster_id="b", is_complete=False, on=ON),
    ],
    works=[InfrastructureWork(id="w", cluster_id="a", item_vi="Đường", capital_bn_vnd=32.05)],
    plants=[
        WastewaterPlant(id=n, cluster_id="a", stage=n, capacity_m3_day=None, state="operating")
        for n in ("1", "2")
    ],
    developers=[
        DeveloperAppointment(id="d", cluster_id="a", party_id="x"),
        DeveloperAppointment(id="e", cluster_id="b", party_id="x", term=Period(START, ON)),
    ],
    is_example=True,
)


def total(
    indicator: str,
    subject: str = "place",
    stage: str | None = None,
    values: RegisterValues = VALUES,
) -> Computed:
    """Return one computed value; that it is there once is part of the test."""
    (found,) = [
        value
        for value in register_totals(values)
        if (value.indicator, value.subject_id, value.stage) == (indicator, subject, stage)
    ]
    return found


@pytest.mark.parametrize(
    ("indicator", "stage", "unit", "value"),
    [
        ("land_area", "established", "ha", 40.0),
        ("leased_area", "leased", "ha", 9.0),
        ("mean_fill", None, "%", 25.0),
        ("industrial_land", None, "ha", 20.0),
        ("count", "established", "clusters", 2),
        ("projects", None, "projects", 2),
        ("registered_capital", None, "bn_vnd", 15.5),
        ("jobs", "operating", "persons", 10),
        ("infrastructure_capital", None, "bn_vnd", 32.05),
        ("infrastructure_complete", None, "clusters", 1),
        ("developers", None, "clusters", 1),
        ("wastewater_plants", None, "plants", 1),
    ],
)
def test_totals_of_a_territory(indicator: str, stage: str | None, unit: str, value: float) -> None:
    """Areas from geometry, the rest from records; plants are counted by cluster."""
    found = total(indicator, stage=stage)
    assert found.value == pytest.approx(value)
    assert (found.unit, found.kind) == (unit, ClusterKind.CCN)


def test_totals_of_a_district_and_of_a_cluster() -> None:
    """The district has one of the two clusters; a cluster counts its tenants' leases in force."""
    assert total("land_area", "district", "established").value == 20.0
    assert total("projects", "district").value == 1
    assert total("land_area", "a").value == 20.0
    assert total("fill_rate_real", "a").value == 40.0
    assert total("leases", "a").value == 1
    assert total("leases", "b").value is None


def test_made_up_land_and_records_are_marked() -> None:
    """Synthetic geometry, an example's tenants: synthetic. What was reported is not."""
    assert total("land_area", stage="established").is_synthetic
    assert total("projects").is_synthetic
    assert not total("infrastructure_complete").is_synthetic
    assert not total("projects", values=replace(VALUES, is_example=False)).is_synthetic
    assert total("land_area", stage="established").basis is ComputedBasis.MEASURED
    assert total("projects").basis is ComputedBasis.RECORDED


def test_an_unknown_part_leaves_a_sum_unknown() -> None:
    """One project without capital, one cluster without boundary, one founding interval."""
    projects = [*VALUES.projects, of_cluster("a")]
    assert total("registered_capital", values=replace(VALUES, projects=projects)).value is None
    one = replace(VALUES, balances=VALUES.balances[:1])
    assert total("land_area", stage="established", values=one).value is None
    assert total("mean_fill", values=one).value is None
    unsure = [*VALUES.clusters, cluster("c", founded=DateBounds(START, None))]
    found = total("count", stage="established", values=replace(VALUES, clusters=unsure))
    assert found.value is None


def test_no_records_are_unknown_and_not_zero() -> None:
    """An empty register has not counted any project."""
    empty = RegisterValues(on=ON, territories=[PLACE], clusters=VALUES.clusters)
    for value in register_totals(empty):
        if value.indicator != "count":
            assert value.value is None, value.indicator


def test_a_kind_of_which_there_is_nothing_has_no_totals() -> None:
    """No zones in the territory: nothing is said about zones."""
    assert {value.kind for value in register_totals(VALUES)} == {ClusterKind.CCN}


def test_a_project_whose_approval_has_ended_is_not_counted() -> None:
    """Approved until the day before."""
    ended = of_cluster("a", capital_bn_vnd=1.0, approved=Period(START, ON))
    values = replace(VALUES, projects=[*VALUES.projects, ended])
    assert total("projects", values=values).value == 2
