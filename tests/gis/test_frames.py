"""Layers come out as GeoDataFrames with honest types, systems and gaps."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from gis.frames import LAYERS, frame
from gis.model import AdminUnit, Cluster, Moment, NaturalArea, Parcel, PlanArea, Territory
from gis.store import GeoPackageStore, create_store
from tests.gis.maps_of_plots import box
from tests.gis.registers import NOW, START, add, clean_register, parcel

MEASURED = ["valid_from", "valid_to", "planar_m2", "geodesic_m2", "geometry"]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[GeoPackageStore]:
    """Yield the small clean register."""
    store = clean_register(tmp_path)
    yield store
    store.close()


def test_a_layer_in_force(store: GeoPackageStore) -> None:
    """One row a thing, ordered by id, in WGS84, with the areas measured in its own zone."""
    plots = frame(store, Parcel, NOW)
    assert plots["id"].tolist() == ["A-1", "A-2", "far-away"]
    assert plots.crs.to_epsg() == 4326
    west, south, east, north = plots.total_bounds
    assert (105 < west < east < 106, 20 < south < north < 21) == (True, True)
    assert plots["planar_m2"].tolist() == pytest.approx([100.0] * 3)
    assert plots["geodesic_m2"].tolist() == pytest.approx([100.0] * 3, rel=1e-3)
    assert plots["valid_from"].tolist() == [START] * 3


def test_columns_are_those_of_the_table(store: GeoPackageStore) -> None:
    """Codes are text, bounds are two columns, lists are JSON, and the shape comes last."""
    clusters = frame(store, Cluster, NOW)
    assert clusters.columns.tolist()[-5:] == MEASURED
    assert {"founded_earliest", "founded_latest"} < set(clusters.columns)
    assert clusters["kind"].tolist() == ["ccn"] * 3
    assert [type(code) for code in clusters["kind"]] == [str] * 3
    assert frame(store, Parcel, NOW)["parent_ids"].tolist() == ["[]"] * 3


def test_unknown_stays_missing(store: GeoPackageStore) -> None:
    """A thing without a shape has none, and no area: missing, never 0."""
    unmapped = frame(store, Cluster, NOW).set_index("id").loc["unmapped"]
    assert unmapped.geometry is None
    assert pd.isna(unmapped["planar_m2"])
    assert pd.isna(unmapped["approved_area_ha"])
    assert unmapped["approved_area_on"] is None


def test_one_cluster_alone(store: GeoPackageStore) -> None:
    """A frame can be asked for one cluster; an unknown one has no rows."""
    assert frame(store, PlanArea, NOW, cluster_id="A")["id"].tolist() == ["A-area-1", "A-area-2"]
    assert frame(store, PlanArea, NOW, cluster_id="none").empty


def test_both_times_are_asked(store: GeoPackageStore) -> None:
    """What came later, in the world or to our knowledge, is not in the frame."""
    before = store.present(NOW.on)
    add(store, parcel("A", "A-3", box(2, 0)))
    assert len(frame(store, Parcel, before)) == 3
    assert len(frame(store, Parcel, store.present(NOW.on))) == 4
    assert frame(store, Parcel, Moment(date(2019, 12, 31))).empty


@pytest.mark.parametrize("layer", LAYERS, ids=lambda cls: cls.__name__)
def test_an_empty_layer_has_the_same_columns(
    store: GeoPackageStore, tmp_path: Path, layer: type
) -> None:
    """An empty register gives empty frames with the columns, types and system of full ones."""
    full = frame(store, layer, NOW)
    new = create_store(tmp_path / "new.gpkg")
    empty = frame(new, layer, NOW)
    new.close()
    assert empty.empty
    assert empty.dtypes.to_dict() == full.dtypes.to_dict()
    assert empty.crs == full.crs


@pytest.mark.parametrize("cls", [NaturalArea, Moment, int])
def test_only_layers_have_frames(store: GeoPackageStore, cls: type) -> None:
    """A class without a layer is a mistake of the caller."""
    with pytest.raises(TypeError, match="is no layer"):
        frame(store, cls, NOW)


def test_every_layer_of_the_map_is_there() -> None:
    """Territories, communes, clusters, plans, serving land and parcels have frames."""
    assert {Territory, AdminUnit, Cluster, PlanArea, Parcel} < set(LAYERS)
