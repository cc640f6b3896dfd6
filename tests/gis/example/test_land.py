"""The example's shapes fit one another exactly and lie where they should."""

import math
from itertools import combinations

import numpy as np
import pytest
import shapely

from gis.example.calibration import EPSG, calibration, real_clusters
from gis.example.contracts import contracts_of
from gis.example.land import ClusterLand, cluster_lands, zone_lands
from gis.example.sites import SITES
from gis.geometry import overlaps
from gis.model import Cluster, LandUse, Parcel, PlanArea, Quality, ServingLand
from tests.gis.example.reading import entries_of, shapes

PLANNED = [land for land in cluster_lands() if land.plots]
each_planned = pytest.mark.parametrize("land", PLANNED, ids=lambda land: land.cluster_id)
ALL = (*cluster_lands(), *zone_lands())


def test_twelve_clusters_have_a_plan() -> None:
    """Chăm Mát – Dân Chủ and Yên Mông have none."""
    without = {land.cluster_id for land in cluster_lands()} - {land.cluster_id for land in PLANNED}
    assert len(PLANNED) == 12
    assert without == {"ccn-cham-mat-dan-chu", "ccn-yen-mong"}


def test_every_shape_is_valid_and_on_the_millimetre() -> None:
    """All geometry of record is valid, in EPSG:9211, with coordinates of whole millimetres."""
    found = [entry for cls in (Cluster, PlanArea, Parcel, ServingLand) for entry in entries_of(cls)]
    assert len(found) > 600
    for entry in found:
        assert entry.located is not None
        assert entry.located.epsg == EPSG
        assert shapely.is_valid(entry.located.geometry), entry.thing.id
        points = shapely.get_coordinates(entry.located.geometry)
        assert np.abs(points * 1_000 - np.round(points * 1_000)).max() < 1e-5
        assert entry.thing.quality is Quality.SYNTHETIC


@each_planned
def test_a_plan_is_a_clean_map(land: ClusterLand) -> None:
    """Plan areas share their borders exactly: no overlap, no sliver, all inside the boundary."""
    pieces = shapes(PlanArea, land.cluster_id)
    array = np.array(list(pieces.values()), dtype=object)
    assert shapely.coverage_is_valid(array)
    assert overlaps(array) == []
    assert shapely.area(shapely.difference(array, land.boundary)).max() < 1e-6
    unclassified = land.boundary.area - math.fsum(shapely.area(array))
    assert 0 < unclassified < 0.03 * land.boundary.area


@each_planned
def test_parcels_are_the_plots(land: ClusterLand) -> None:
    """Each industrial plan area has a parcel of the same shape and the same label."""
    plots = {
        entry.thing.label: entry.located.geometry
        for entry in entries_of(PlanArea)
        if entry.thing.cluster_id == land.cluster_id
        and entry.thing.land_use is LandUse.INDUSTRY
        and entry.located is not None
    }
    parcels = {
        entry.thing.plot_label: entry
        for entry in entries_of(Parcel)
        if entry.thing.cluster_id == land.cluster_id
    }
    assert plots.keys() == parcels.keys()
    for label, entry in parcels.items():
        assert entry.located is not None
        assert entry.located.geometry.equals_exact(plots[label], 0)
        assert entry.thing.registered_area_m2 == round(entry.located.geometry.area, 1)
        assert entry.thing.land_code == "SKN"
        assert entry.thing.commune_code == real_clusters()[land.cluster_id].legacy_commune


@each_planned
def test_every_plot_has_a_road(land: ClusterLand) -> None:
    """A lot that no lorry reaches is no industrial plot."""
    roads = shapely.union_all(
        [piece.shape for piece in land.areas if piece.land_use is LandUse.TRAFFIC]
    )
    for plot in land.plots:
        frontage = shapely.intersection(plot.shape.boundary, roads.boundary).length
        assert frontage > 10, plot.label


@each_planned
def test_a_boundary_looks_like_land(land: ClusterLand) -> None:
    """12 to 40 corners, no hole; the green belt is at least 10 m wide but for the gate."""
    assert 12 <= len(land.boundary.exterior.coords) - 1 <= 40
    assert not land.boundary.interiors
    plots = shapely.union_all([plot.shape for plot in land.plots])
    assert plots.distance(land.boundary.exterior) > 9.9


def test_one_boundary_has_a_bay() -> None:
    """The boundary of Phú Thành II goes around a bay, and so does that of Chăm Mát – Dân Chủ."""
    filled = {
        land.cluster_id: land.boundary.area / shapely.convex_hull(land.boundary).area
        for land in ALL
    }
    assert filled["ccn-phu-thanh-ii"] < 0.98
    assert filled["ccn-cham-mat-dan-chu"] < 0.97


def test_clusters_and_zones_keep_apart() -> None:
    """No two boundaries come closer than 300 m, also in one commune."""
    for one, other in combinations(ALL, 2):
        assert one.boundary.distance(other.boundary) > 300, (one.cluster_id, other.cluster_id)


def test_serving_land_lies_outside_every_boundary() -> None:
    """Housing, culture house and kindergarten serve four clusters from outside, near the gate."""
    found = entries_of(ServingLand)
    assert {entry.thing.cluster_id for entry in found} == {
        "ccn-tien-tien",
        "ccn-phu-thanh-ii",
        "ccn-thanh-nong",
        "ccn-chieng-chau",
    }
    assert len({entry.thing.purpose for entry in found}) == 3
    own = {land.cluster_id: land.boundary for land in ALL}
    for entry in found:
        assert entry.located is not None
        lot = entry.located.geometry
        assert all(not lot.intersects(land.boundary) for land in ALL)
        assert lot.distance(own[entry.thing.cluster_id]) < 300


def test_places_are_near_their_communes() -> None:
    """A boundary lies within 5 km of its legacy commune's point."""
    for land in ALL:
        site = SITES[land.cluster_id]
        assert math.hypot(site.east, site.north) < 5_000


def test_unknown_boundaries_stay_unknown() -> None:
    """Planned clusters, Đồng Tâm II and Đầm Đuống are given no shape and no record."""
    drawn = {land.cluster_id for land in ALL}
    rest = set(real_clusters()) - drawn
    assert len(rest) == 21
    assert {"ccn-dong-tam-ii", "ccn-dam-duong"} <= rest
    assert {entry.thing.id for entry in entries_of(Cluster)} == drawn


def test_a_drawn_cluster_keeps_its_real_record() -> None:
    """Only quality, zone and note differ: no made-up area is called approved."""
    for entry in entries_of(Cluster):
        real = real_clusters()[entry.thing.id]
        assert entry.thing.approved_area_ha == real.approved_area_ha
        assert entry.thing.founded == real.founded
        assert "minh họa" in (entry.thing.note or "")


def test_a_split_parcel_keeps_its_lineage() -> None:
    """Two plots of Tiên Tiến were one parcel before March 2022; the children name it."""
    parcels = {entry.thing.id: entry for entry in entries_of(Parcel, None)}
    children = [entry for entry in parcels.values() if entry.thing.parent_ids]
    assert len(children) == 2
    parent = parcels[children[0].thing.parent_ids[0]]
    assert parent.valid.end == children[0].valid.start == children[1].valid.start
    assert parent.located is not None
    areas = [entry.located.geometry.area for entry in children if entry.located is not None]
    assert math.isclose(parent.located.geometry.area, math.fsum(areas))


def test_sheet_and_number_are_not_unique() -> None:
    """In Phú Thành II one number stands twice on a sheet, as after a renumbering."""
    keys = [
        (entry.thing.sheet, entry.thing.number)
        for entry in entries_of(Parcel)
        if entry.thing.cluster_id == "ccn-phu-thanh-ii"
    ]
    assert len(keys) - len(set(keys)) == 1


def test_contracts_are_as_many_as_the_table_says() -> None:
    """The plots suffice for every contract."""
    for row, land in zip(calibration(), cluster_lands(), strict=True):
        contracts = contracts_of(land)
        assert len(contracts) == row.leases
        assert all(contract.plots for contract in contracts)
