"""The example adds up to its calibration, cluster by cluster and in all."""

import csv
import math

import pytest

from gis.example import EXAMPLE_ON
from gis.example.calibration import Calibration, calibration, zone_areas_m2
from gis.example.land import cluster_lands, zone_lands
from gis.indicators.tenure import is_leased_on
from gis.model import (
    DetailedPlan,
    DeveloperAppointment,
    Figure,
    InfrastructureWork,
    LandUse,
    Lease,
    LeaseTier,
    Project,
)
from gis.resources import data_dir
from tests.gis.example.reading import things

ROWS = calibration()
LANDS = {land.cluster_id: land for land in cluster_lands()}
each_cluster = pytest.mark.parametrize("row", ROWS, ids=lambda row: row.cluster_id)


def test_the_table_has_the_fourteen_clusters_of_the_report() -> None:
    """The calibration's sums are the published totals."""
    assert len(ROWS) == 14
    assert math.isclose(sum(row.area_m2 for row in ROWS), 5_564_000)
    assert math.isclose(sum(row.leased_m2 for row in ROWS), 911_200)
    assert sum(row.projects for row in ROWS) == 40
    assert sum(row.leases for row in ROWS) == 55
    assert sum(row.has_developer for row in ROWS) == 12


@each_cluster
def test_a_boundary_has_its_area(row: Calibration) -> None:
    """The planar area in EPSG:9211 is the table's within 0.1 m²."""
    assert abs(LANDS[row.cluster_id].boundary.area - row.area_m2) < 0.1


@each_cluster
def test_industrial_and_leased_land_are_exact(row: Calibration) -> None:
    """Plots make up the industrial land, the let ones the leased land, within 0.1 m²."""
    plots = LANDS[row.cluster_id].plots
    assert abs(math.fsum(plot.shape.area for plot in plots) - (row.industrial_m2 or 0)) < 0.1
    let = math.fsum(plot.shape.area for plot in plots if plot.is_let)
    assert abs(let - row.leased_m2) < 0.1


@each_cluster
def test_plots_under_leases_in_force_are_the_let_ones(row: Calibration) -> None:
    """What the leases say on the example's day is what was drawn as let."""
    plots = LANDS[row.cluster_id].plots
    leased = {
        parcel_id
        for lease in things(Lease)
        if lease.cluster_id == row.cluster_id and is_leased_on(lease, EXAMPLE_ON)
        for parcel_id in lease.parcel_ids
    }
    let = {f"{row.cluster_id}-thua-{plot.label.lower()}" for plot in plots if plot.is_let}
    assert leased == let


@each_cluster
def test_no_approved_plot_is_without_a_lease(row: Calibration) -> None:
    """On the example's day approved plots are leased ones: the legal fill is leased land only."""
    projects = [project for project in things(Project) if project.cluster_id == row.cluster_id]
    approved = [parcel_id for project in projects for parcel_id in project.parcel_ids]
    leased = {
        parcel_id
        for lease in things(Lease)
        if is_leased_on(lease, EXAMPLE_ON)
        for parcel_id in lease.parcel_ids
    }
    assert len(approved) == len(set(approved))
    assert set(approved) <= leased


@each_cluster
def test_projects_contracts_capital_and_jobs(row: Calibration) -> None:
    """Counts and sums of each cluster are the table's."""
    projects = [project for project in things(Project) if project.cluster_id == row.cluster_id]
    assert len(projects) == row.projects
    capital = math.fsum(project.capital_bn_vnd or 0 for project in projects)
    assert round(capital, 2) == row.capital_bn_vnd
    assert sum(project.jobs or 0 for project in projects) == row.jobs
    assert all((project.jobs or 0) > 0 for project in projects)
    tenants = [
        lease
        for lease in things(Lease)
        if lease.cluster_id == row.cluster_id and lease.tier.is_tenant
    ]
    assert len(tenants) == row.leases
    assert all(lease.parcel_ids for lease in tenants)


@each_cluster
def test_plan_developer_and_output(row: Calibration) -> None:
    """Twelve clusters have a plan and a developer; output is a synthetic figure."""
    plans = [plan for plan in things(DetailedPlan) if plan.cluster_id == row.cluster_id]
    assert [plan.industrial_area_ha for plan in plans] == (
        [] if row.industrial_m2 is None else [row.industrial_m2 / 10_000]
    )
    developers = [one for one in things(DeveloperAppointment) if one.cluster_id == row.cluster_id]
    heads = [lease for lease in things(Lease) if lease.tier is LeaseTier.HEAD]
    assert len(developers) == row.has_developer
    assert sum(head.cluster_id == row.cluster_id for head in heads) == row.has_developer
    output = [figure.value for figure in things(Figure) if figure.subject_id == row.cluster_id]
    assert output == ([row.output_bn_vnd] if row.projects else [])


def test_mean_fill_is_the_same_both_ways() -> None:
    """Ratio of sums and simple mean of the seven clusters with projects are 41.20 %."""
    with_projects = [(row.leased_m2, row.industrial_m2 or 1) for row in ROWS if row.projects]
    leased, industrial = (math.fsum(column) for column in zip(*with_projects, strict=True))
    assert len(with_projects) == 7
    assert round(leased / industrial * 100, 2) == 41.20
    assert round(sum(part / whole for part, whole in with_projects) / 7 * 100, 2) == 41.20


def test_the_zones_make_the_published_total() -> None:
    """Six sourced areas and two made-up ones are 1,507.43 ha, each exact within 0.1 m²."""
    areas = zone_areas_m2()
    assert math.isclose(sum(areas.values()), 15_074_300)
    for land in zone_lands():
        assert abs(land.boundary.area - areas[land.cluster_id]) < 0.1
        assert not land.plots
        assert not land.areas


def test_infrastructure_capital_is_the_report_s() -> None:
    """The made-up works add up to 32.05 bn VND before the resolution and 740 in all."""
    works = things(InfrastructureWork)
    before = math.fsum(work.capital_bn_vnd or 0 for work in works if work.before_resolution)
    assert round(before, 2) == 32.05
    assert round(math.fsum(work.capital_bn_vnd or 0 for work in works), 2) == 740.00


def test_structure_minimums_fail_in_one_cluster_only() -> None:
    """Đồng Tâm has too little green land, and everything else is enough: a check has a find."""
    least = {LandUse.GREEN: 10.0, LandUse.TRAFFIC: 10.0, LandUse.TECHNICAL: 1.0}
    found = []
    for row in ROWS:
        land = LANDS[row.cluster_id]
        for land_use, percent in least.items():
            area = math.fsum(piece.shape.area for piece in land.areas if piece.land_use is land_use)
            if land.areas and area / land.boundary.area * 100 < percent:
                found.append((row.cluster_id, land_use))
    assert found == [("ccn-dong-tam", LandUse.GREEN)]


def test_the_table_is_the_one_that_was_worked_out() -> None:
    """Every number of the file is read: no column is left without a check above."""
    path = data_dir() / "content" / "example_calibration.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row, line in zip(ROWS, rows, strict=True):
        assert float(line["area_ha"]) * 10_000 == pytest.approx(row.area_m2)
        if line["fill_pct"]:
            fill = row.leased_m2 / (row.industrial_m2 or 1) * 100
            assert round(fill, 2) == float(line["fill_pct"])
