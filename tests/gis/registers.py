"""A small clean register for the tests of what works on whole registers."""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from functools import cache
from pathlib import Path

from shapely.geometry.base import BaseGeometry

from gis.crs import Located
from gis.model import (
    Cluster,
    ClusterKind,
    DetailedPlan,
    LandUse,
    Moment,
    Parcel,
    Period,
    PlanArea,
    Quality,
    ServingLand,
    ServingPurpose,
    Territory,
    TerritoryKind,
)
from gis.store import Entry, GeoPackageStore, Store, create_store, open_store
from tests.gis.maps_of_plots import box

START = date(2020, 1, 1)
ON = date(2024, 12, 31)
NOW = Moment(ON)
SINCE = Period(START)
EPSG = 9211


def entry(thing: object, shape: BaseGeometry | None = None, valid: Period = SINCE) -> Entry:
    """Return a thing with its shape in the register's zone."""
    return Entry(thing, valid, None if shape is None else Located(shape, EPSG))


def cluster(name: str, shape: BaseGeometry | None = None) -> Entry:
    """Return a cluster."""
    thing = Cluster(
        id=name,
        kind=ClusterKind.CCN,
        name_vi=name,
        name_en=name,
        territory_id="hoa-binh",
        quality=Quality.SURVEYED,
        epsg=EPSG,
    )
    return entry(thing, shape)


def plan(cluster_id: str, name: str) -> Entry:
    """Return a detailed plan."""
    return entry(DetailedPlan(id=name, cluster_id=cluster_id, approved_on=START))


def plan_area(cluster_id: str, name: str, shape: BaseGeometry, plan_id: str = "") -> Entry:
    """Return industrial land of the cluster's plan."""
    thing = PlanArea(
        id=name,
        cluster_id=cluster_id,
        plan_id=plan_id or f"{cluster_id}-plan",
        land_use=LandUse.INDUSTRY,
    )
    return entry(thing, shape)


def parcel(cluster_id: str, name: str, shape: BaseGeometry) -> Entry:
    """Return a parcel."""
    return entry(Parcel(id=name, cluster_id=cluster_id, land_code="SKN"), shape)


def serving(cluster_id: str, name: str, shape: BaseGeometry) -> Entry:
    """Return land for workers' housing."""
    thing = ServingLand(
        id=name,
        cluster_id=cluster_id,
        purpose=ServingPurpose.WORKERS_HOUSING,
        name_vi="Nhà ở công nhân",
    )
    return entry(thing, shape)


def clean_entries() -> Iterator[Entry]:
    """Yield two clusters, one with a plan, two parcels that touch and serving land beside it."""
    territory = Territory(
        id="hoa-binh",
        kind=TerritoryKind.FORMER_PROVINCE,
        name_vi="Hòa Bình",
        name_en="Hoa Binh",
        epsg=EPSG,
    )
    yield entry(territory)
    yield cluster("A", box(0, 0, 4, 4))
    yield cluster("B", box(10, 0, 4, 4))
    yield cluster("unmapped")
    yield plan("A", "A-plan")
    yield plan_area("A", "A-area-1", box(0, 0, 4, 2))
    yield plan_area("A", "A-area-2", box(0, 2, 4, 1))
    yield parcel("A", "A-1", box(0, 0))
    yield parcel("A", "A-2", box(1, 0))
    yield parcel("unmapped", "far-away", box(20, 20))
    yield serving("A", "A-housing", box(4, 0))
    yield serving("unmapped", "housing", box(30, 30))


@cache
def _clean_file() -> bytes:
    """Make the clean register once: tests work on copies of it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "register.gpkg"
        store = create_store(path)
        with store.transaction(by="test", action="test.load") as transaction:
            transaction.put_many(clean_entries())
            transaction.set_setting("territory", "hoa-binh")
        store.close()
        return path.read_bytes()


def clean_register(folder: Path) -> GeoPackageStore:
    """Return a clean register of its own in a folder."""
    path = folder / "register.gpkg"
    path.write_bytes(_clean_file())
    return open_store(path)


def add(store: Store, *entries: Entry) -> None:
    """Write more things, as any use case would."""
    with store.transaction(by="test", action="test.add") as transaction:
        transaction.put_many(entries)


@contextmanager
def behind_our_back(store: GeoPackageStore) -> Iterator[sqlite3.Connection]:
    """Open the file as one who knows the gate's token and changes what nobody should."""
    with closing(sqlite3.connect(store.url)) as raw:
        raw.execute("INSERT INTO ccn_gis_gate VALUES ('forged')")
        yield raw
        raw.execute("DELETE FROM ccn_gis_gate")
        raw.commit()
