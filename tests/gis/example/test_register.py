"""The example in a real register: loaded as one change, adding up, on top of the real content."""

import math
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gis import content
from gis.errors import StoreProblem
from gis.example import EXAMPLE_ON, load_example
from gis.example.calibration import calibration
from gis.indicators.fill import legal_fill, mean_fill, operating_ids
from gis.loading import TERRITORY, load_content
from gis.model import (
    AdminUnit,
    Cluster,
    ClusterKind,
    Figure,
    InfrastructureState,
    Lease,
    Moment,
    Parcel,
    Project,
    Quality,
    Source,
    Territory,
    WastewaterPlant,
)
from gis.store import GeoPackageStore, create_store, open_store

ON = Moment(EXAMPLE_ON)


@pytest.fixture(scope="module")
def store(example_register: Path) -> Iterator[GeoPackageStore]:
    """Yield the example register, for reading."""
    opened = open_store(example_register)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GeoPackageStore]:
    """Yield a register of the real content alone, for reading."""
    made = create_store(tmp_path_factory.mktemp("content") / "register.gpkg")
    load_content(made)
    yield made
    made.close()


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[GeoPackageStore]:
    """Yield a new register."""
    made = create_store(tmp_path / "register.gpkg")
    yield made
    made.close()


def test_the_register_says_that_it_is_an_example(store: GeoPackageStore) -> None:
    """Its date, its territory and its nature are settings; it was made by one change."""
    assert store.setting("example_on") == "2024-12-31"
    assert store.setting("is_example") == "1"
    assert store.setting("territory") == TERRITORY
    assert store.change_counter() == 1


def test_kept_balances_add_up(store: GeoPackageStore) -> None:
    """Boundaries, industrial and leased land of the fourteen clusters are the calibration's."""
    balances = {balance.cluster_id: balance for balance in store.balances(ON)}
    for row in calibration():
        balance = balances[row.cluster_id]
        assert balance.is_synthetic
        assert balance.boundary_m2 == pytest.approx(row.area_m2, abs=0.1)
        assert balance.industry_m2 == pytest.approx(row.industrial_m2, abs=0.1)
        assert balance.let_m2 == pytest.approx(row.leased_m2, abs=0.1)
        if row.industrial_m2 is None:
            assert balance.leased_m2 is None
            continue
        assert balance.leased_m2 == pytest.approx(row.leased_m2, abs=0.1)
        assert balance.approved_m2 == pytest.approx(0, abs=0.1)
        assert balance.cleared_m2 is not None
        assert balance.let_m2 <= balance.cleared_m2 <= row.area_m2
        assert balance.overlap_m2 == pytest.approx(0, abs=0.01)
        assert balance.outside_m2 == pytest.approx(0, abs=0.01)
    let = math.fsum(balance.let_m2 for balance in balances.values())
    assert let / 10_000 == pytest.approx(91.12, abs=1e-5)
    land = math.fsum(balance.boundary_m2 or 0 for balance in balances.values())
    assert land / 10_000 == pytest.approx(2_063.83, abs=1e-4)


def test_mean_fill_of_operating_clusters(store: GeoPackageStore) -> None:
    """The legal fill of the seven clusters with projects is 41.20 % both ways."""
    projects = [version.thing for version in store.all(Project, ON)]
    leases = [version.thing for version in store.all(Lease, ON)]
    operating = operating_ids(projects, leases, EXAMPLE_ON)
    mean = mean_fill([legal_fill(balance) for balance in store.balances(ON)], operating)
    assert len(mean.cluster_ids) == 7
    assert mean.ratio_of_sums_percent == pytest.approx(41.20, abs=0.005)
    assert mean.simple_mean_percent == pytest.approx(41.20, abs=0.005)


def test_leased_land_grows(store: GeoPackageStore) -> None:
    """A date slider shows growth from nothing before 2016 to the example's day."""
    days = [date(2014, 12, 31), *(date(year, 12, 31) for year in range(2016, 2025))]
    let = [math.fsum(one.let_m2 for one in store.balances(Moment(day))) for day in days]
    assert let[0] == 0
    assert let == sorted(let)
    approved = [math.fsum(one.approved_m2 or 0 for one in store.balances(Moment(d))) for d in days]
    assert max(approved) > 10_000


def test_boundaries_begin_when_they_were_fixed(store: GeoPackageStore) -> None:
    """Before its decision a cluster is there without boundary; unknown ones never get one."""
    before = {record.thing.id for record in store.records(Cluster, Moment(date(2010, 1, 1)))}
    after = {record.thing.id: record for record in store.records(Cluster, ON)}
    assert not before
    assert len(store.all(Cluster, Moment(date(2010, 1, 1)))) == len(store.all(Cluster, ON)) == 43
    assert len(after) == 22
    assert {record.thing.quality for record in after.values()} == {Quality.SYNTHETIC}


def test_real_content_is_below_the_example(store: GeoPackageStore, real: GeoPackageStore) -> None:
    """Everything real is there with and without the example; nothing made up without it."""
    for cls in (Territory, AdminUnit, InfrastructureState, WastewaterPlant):
        assert _ids(real, cls) == _ids(store, cls)
    assert _ids(real, Figure) <= _ids(store, Figure)
    assert _ids(real, Source) < _ids(store, Source)
    assert not real.all(Parcel, ON)
    assert not real.records(Cluster, ON)
    assert real.setting("is_example") is None
    assert real.setting("territory") == TERRITORY


def _ids(store: GeoPackageStore, cls: type[Any]) -> set[str]:
    return {version.thing.id for version in store.all(cls, ON)}


def test_content_is_complete(real: GeoPackageStore) -> None:
    """Every row of the content tables is in the register."""
    assert len(real.all(Figure, ON)) == len(content.figures())
    assert len(real.all(Cluster, ON)) == len(content.clusters())
    assert len(real.all(Source, ON)) == len(content.sources())
    units = content.legacy_communes() + content.current_communes()
    assert len(real.all(AdminUnit, ON)) == len(units)
    (outline,) = real.shaped(Territory, ON)[:1] or (None,)
    drawn = [one for one in real.shaped(Territory, ON) if one.geometry is not None]
    assert outline is not None
    assert [one.thing.id for one in drawn] == [TERRITORY]
    kinds = [version.thing.kind for version in real.all(Cluster, ON)]
    assert kinds.count(ClusterKind.KCN) == 8


def test_the_report_s_states(real: GeoPackageStore) -> None:
    """Three clusters are complete and three have a wastewater plant, from the end of 2024 on."""
    states = [version.thing for version in real.all(InfrastructureState, ON)]
    assert len(states) == 14
    assert {state.cluster_id for state in states if state.is_complete} == {
        "ccn-chieng-chau",
        "ccn-phu-thanh-ii",
        "ccn-tien-tien",
    }
    plants = {plant.thing.cluster_id: plant.thing for plant in real.all(WastewaterPlant, ON)}
    assert plants["ccn-chieng-chau"].state == "operating"
    assert plants["ccn-phu-thanh-ii"].state == "complete_not_operating"
    assert plants["ccn-tien-tien"].capacity_m3_day == 2_500
    assert not real.all(WastewaterPlant, Moment(date(2023, 12, 31)))


def test_a_register_with_data_is_refused(example_copy: Path) -> None:
    """The example is only written into an empty register, and nothing changes."""
    store = open_store(example_copy)
    with pytest.raises(StoreProblem) as refused:
        load_example(store)
    assert refused.value.code == "register.exists"
    assert store.change_counter() == 1
    store.close()


def test_progress_is_told(empty: GeoPackageStore) -> None:
    """Loading tells how far it is, and ends with everything done."""
    steps: list[tuple[str, int, int]] = []
    load_example(empty, lambda *step: steps.append(step))
    assert steps[-1][1] == steps[-1][2] > 1_000
    assert [done for _, done, _ in steps] == sorted(done for _, done, _ in steps)
