"""New parcels: where they may lie, how they are named, what is told of them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from shapely import affinity

from gis.errors import GisError
from gis.mandates import Done
from gis.model import Cluster, Parcel, Period, Quality
from gis.parcels import CreateParcels, NewParcel, create_parcels
from gis.store import GeoPackageStore
from tests.gis.desk import NOW, OFFICER, desk_register, refused, surveyed
from tests.gis.maps_of_plots import box
from tests.gis.registers import add, entry

SINCE = date(2025, 1, 1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[GeoPackageStore]:
    """Yield a register whose cluster A has parcels on its cells (0,0) and (1,0)."""
    made = desk_register(tmp_path)
    yield made
    made.close()


def new(x: float, y: float, **told: Any) -> NewParcel:
    """Return a parcel on a cell."""
    return NewParcel(shape=surveyed(box(x, y)), **({"land_code": "SKN"} | told))


def create(store: GeoPackageStore, *parcels: NewParcel, **told: Any) -> Done:
    """Create parcels of cluster A."""
    asked: dict[str, Any] = {"cluster_id": "A", "since": SINCE, "parcels": parcels} | told
    return create_parcels(store, CreateParcels(**asked), OFFICER)


def test_many_come_at_once_and_ids_are_made_or_given(store: GeoPackageStore) -> None:
    """One change; a label names the id, and a name that is taken gets a number."""
    done = create(
        store, new(2, 0, plot_label="Lô CN-05"), new(3, 0, plot_label="Lô CN-05"),
        new(0, 1, sheet="12", number="7"), new(1, 1, id="mine"),
    )  # fmt: skip
    assert [thing.id for thing in done.things] == [
        "A-thua-lo-cn-05", "A-thua-lo-cn-05-2", "A-thua-12-7", "mine",
    ]  # fmt: skip
    assert done.change == store.change_counter()
    assert store.changes()[-1].action == "parcel.create"
    found = store.one(Parcel, "mine", NOW)
    assert (found.valid, found.decision_id) == (Period(SINCE), "QD-1")
    assert found.planar_m2 == pytest.approx(100)
    assert done.notes == ()


def test_an_id_is_never_used_again(store: GeoPackageStore) -> None:
    """Not even that of a parcel that was voided."""
    with store.transaction(by="t", action="t") as transaction:
        transaction.void(Parcel, "A-2")
    before = store.change_counter()
    with pytest.raises(GisError) as caught:
        create(store, new(2, 0, id="A-2"))
    refused(caught, store, before, "record.duplicate")
    with pytest.raises(GisError) as caught:
        create(store, new(2, 0, id="x"), new(3, 0, id="x"))
    refused(caught, store, before, "record.duplicate")


def test_land_outside_the_boundary_is_refused_with_its_share(store: GeoPackageStore) -> None:
    """A quarter of the parcel is outside: 25 m², 25 %."""
    before = store.change_counter()
    with pytest.raises(GisError) as caught:
        create(store, new(3.25, 1))
    facts = refused(caught, store, before, "topology.outside")
    assert (facts["area_m2"], facts["percent"]) == (25.0, 25.0)


def test_an_outline_or_no_boundary_tests_nothing(store: GeoPackageStore) -> None:
    """A generalised outline is for drawing; that nothing was tested is said."""
    done = create(store, new(40, 40), cluster_id="unmapped")
    assert [note.code for note in done.notes] == ["note.no_boundary"]
    cluster = store.one(Cluster, "B", NOW).thing
    add(store, entry(replace(cluster, quality=Quality.GENERALISED), box(10, 0, 4, 4)))
    done = create(store, new(30, 30), cluster_id="B")
    assert [note.code for note in done.notes] == ["note.no_boundary"]


def test_land_of_others_is_refused_with_ids_and_area(store: GeoPackageStore) -> None:
    """Half a cell over A-2, and a pair in one request that overlaps itself."""
    before = store.change_counter()
    with pytest.raises(GisError) as caught:
        create(store, new(1.5, 0))
    facts = refused(caught, store, before, "parcel.overlap")
    assert facts["others"] == [{"id": "A-2", "area_m2": 50.0}]
    with pytest.raises(GisError) as caught:
        create(store, new(2, 0, id="x"), new(2, 0.5, id="y"))
    assert refused(caught, store, before, "parcel.overlap")["names"] == "x"


@pytest.mark.parametrize("gap", [1e-12, -1e-12])
def test_rounding_is_no_overlap(store: GeoPackageStore, gap: float) -> None:
    """1e-10 m² of overlap passes, and so does touching (THREATS 24)."""
    moved = affinity.translate(box(2, 0), xoff=-10 * gap)
    create(store, NewParcel(shape=surveyed(moved)), new(2, 1))


def test_a_parcel_that_comes_later_is_in_the_way(store: GeoPackageStore) -> None:
    """Siblings on any day of the validity count, those that ended before do not."""
    create(store, new(2, 0, id="later"), since=date(2030, 1, 1))
    before = store.change_counter()
    with pytest.raises(GisError) as caught:
        create(store, new(2, 0))
    refused(caught, store, before, "parcel.overlap")
    with store.transaction(by="t", action="t") as transaction:
        transaction.void(Parcel, "A-2", Period(SINCE))
    create(store, new(1, 0))


def test_what_is_worth_knowing_is_told(store: GeoPackageStore) -> None:
    """An unknown land code, a repeated number and a wrong area stand in nobody's way."""
    create(store, new(2, 0, sheet="12", number="7", commune_code="c"))
    done = create(
        store,
        new(3, 0, sheet="12", number="7", land_code="XYZ", registered_area_m2=112.0),
    )
    notes = {note.code: note for note in done.notes}
    assert set(notes) == {"note.land_code", "note.number_repeated", "note.registered_area"}
    assert notes["note.number_repeated"].facts["others"] == ["A-thua-12-7"]
    facts = notes["note.registered_area"].facts
    assert facts["tolerance_m2"] == pytest.approx(1.5)
    assert "1:1000" in notes["note.registered_area"].sentence("en")
    assert store.one(Parcel, "A-thua-12-7-2", NOW).thing.land_code == "XYZ"


@pytest.mark.parametrize(
    ("parcels", "code"),
    [
        ((), "value.empty"),
        ((NewParcel(shape=replace(surveyed(box(2, 0)), epsg=3857)),), "crs.unsupported"),
        ((NewParcel(shape=replace(surveyed(box(2, 0)), epsg=4326)),), "crs.out_of_range"),
    ],
)
def test_malformed_requests_change_nothing(
    store: GeoPackageStore, parcels: tuple[NewParcel, ...], code: str
) -> None:
    """No parcel, a strange system, coordinates of another one."""
    before = store.change_counter()
    with pytest.raises(GisError) as caught:
        create(store, *parcels)
    refused(caught, store, before, code)


def test_an_unknown_cluster_and_a_strange_scale(store: GeoPackageStore) -> None:
    """Both are refused with what is known."""
    before = store.change_counter()
    with pytest.raises(GisError) as caught:
        create(store, new(2, 0), cluster_id="nowhere")
    refused(caught, store, before, "cluster.unknown")
    with pytest.raises(GisError) as caught:
        create(store, new(2, 0), map_scale=1234)
    assert "1000" in refused(caught, store, before, "value.choice")["choices"]
