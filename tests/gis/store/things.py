"""Small things for the tests of the store, and a clock that a test can set."""

from datetime import UTC, date, datetime, timedelta

import shapely
from shapely.geometry.base import BaseGeometry

from gis.crs import Located
from gis.model import (
    Cluster,
    ClusterKind,
    DetailedPlan,
    LandUse,
    Lease,
    LeaseTier,
    Moment,
    Parcel,
    Party,
    Period,
    PlanArea,
    Quality,
)
from gis.store import Entry, Store

EPSG = 9211
#: Every test register was made on this day.
MADE_AT = datetime(2024, 1, 1, tzinfo=UTC)
START, ON = date(2020, 1, 1), date(2024, 12, 31)
SINCE = Period(START)
ALWAYS = Period()
NOW = Moment(ON)
_EAST, _NORTH = 430_000.0, 2_300_000.0


class FakeClock:
    """A clock that stands still until it is set."""

    def __init__(self, now: datetime = MADE_AT) -> None:
        self.now = now

    def __call__(self) -> datetime:
        """Tell the time."""
        return self.now

    def pass_by(self, **span: float) -> datetime:
        """Let time pass, backwards for a negative span, and return the new time."""
        self.now += timedelta(**span)
        return self.now


def square(x: float = 0, y: float = 0, side: float = 100) -> BaseGeometry:
    """Return a square, its corner in metres from a place near Hòa Bình city (EPSG:9211)."""
    west, south = _EAST + x, _NORTH + y
    return shapely.box(west, south, west + side, south + side)


def located(shape: BaseGeometry | None) -> Located | None:
    """Return a shape with its zone."""
    return None if shape is None else Located(shape, EPSG)


def party(name: str, *, text: str = "Công ty Ví dụ", valid: Period = ALWAYS) -> Entry:
    """Return a party, a thing of no cluster and without a shape."""
    return Entry(Party(id=name, name=text), valid)


def cluster(name: str, shape: BaseGeometry | None = None, valid: Period = SINCE) -> Entry:
    """Return a cluster."""
    thing = Cluster(
        id=name,
        kind=ClusterKind.CCN,
        name_vi=f"Cụm {name}",
        name_en=f"Cluster {name}",
        territory_id="hoa-binh",
        quality=Quality.SURVEYED,
        epsg=EPSG,
    )
    return Entry(thing, valid, located(shape))


def parcel(
    name: str,
    cluster_id: str = "A",
    shape: BaseGeometry | None = None,
    valid: Period = SINCE,
    *,
    label: str | None = None,
) -> Entry:
    """Return a parcel; without a shape given, a square."""
    thing = Parcel(id=name, cluster_id=cluster_id, plot_label=label)
    return Entry(thing, valid, located(square() if shape is None else shape))


def plan(cluster_id: str, valid: Period = SINCE) -> Entry:
    """Return the detailed plan of a cluster, approved on the first day."""
    thing = DetailedPlan(id=f"{cluster_id}-plan", cluster_id=cluster_id, approved_on=START)
    return Entry(thing, valid)


def plan_area(name: str, cluster_id: str, shape: BaseGeometry) -> Entry:
    """Return industrial land of a cluster's plan."""
    thing = PlanArea(
        id=name, cluster_id=cluster_id, plan_id=f"{cluster_id}-plan", land_use=LandUse.INDUSTRY
    )
    return Entry(thing, SINCE, located(shape))


def lease(name: str, cluster_id: str, *parcel_ids: str, term: Period = SINCE) -> Entry:
    """Return a sublease of parcels."""
    thing = Lease(
        id=name,
        cluster_id=cluster_id,
        tier=LeaseTier.SUBLEASE,
        contract_number=name,
        lessor_id="developer",
        lessee_id="tenant",
        term=term,
        parcel_ids=parcel_ids,
    )
    return Entry(thing, SINCE)


def write(store: Store, *entries: Entry) -> None:
    """Write entries in one change."""
    with store.transaction(by="tester", action="test.write") as transaction:
        transaction.put_many(entries)
