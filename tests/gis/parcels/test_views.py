"""Parcels by place and page, each with the state of its date."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from gis.model import Lease, LeaseTier, Moment, Period, PlotState, Project
from gis.parcels import list_parcels
from gis.store import GeoPackageStore
from tests.gis.registers import NOW, START, add, clean_register, entry


@pytest.fixture
def store(tmp_path: Path) -> Iterator[GeoPackageStore]:
    """Yield a clean register with one plot under a sublease and one approved."""
    made = clean_register(tmp_path)
    terms = {"now": date(2050, 1, 1), "longer": date(2060, 6, 1)}
    leases = [
        Lease(
            id=name,
            cluster_id="A",
            tier=LeaseTier.SUBLEASE,
            contract_number=name,
            lessor_id="developer",
            lessee_id="tenant",
            term=Period(date(2022, 1, 1), end),
            parcel_ids=("A-1",),
        )
        for name, end in terms.items()
    ]
    head = Lease(
        id="head",
        cluster_id="A",
        tier=LeaseTier.HEAD,
        contract_number="head",
        lessor_id="state",
        lessee_id="developer",
        term=Period(START),
        parcel_ids=("A-1", "A-2"),
    )
    approved = Project(
        id="p", cluster_id="A", name_vi="p", party_id="tenant",
        approved=Period(START), parcel_ids=("A-1", "A-2"),
    )  # fmt: skip
    add(made, *(entry(thing) for thing in (*leases, head, approved)))
    yield made
    made.close()


def states(store: GeoPackageStore, moment: Moment) -> dict[str, tuple[PlotState, int | None]]:
    """Return state and last year of every parcel."""
    page = list_parcels(store, moment, limit=100)
    return {view.parcel.id: (view.state, view.end_year) for view in page.parcels}


def test_states_follow_tenants_and_approvals(store: GeoPackageStore) -> None:
    """Leased before approved before vacant; the head lease counts nowhere."""
    assert states(store, NOW) == {
        "A-1": (PlotState.LEASED, 2060),
        "A-2": (PlotState.APPROVED, None),
        "far-away": (PlotState.VACANT, None),
    }
    assert states(store, Moment(date(2021, 1, 1)))["A-1"] == (PlotState.APPROVED, None)


def test_pages_follow_one_another(store: GeoPackageStore) -> None:
    """The last page names no next one, even when it is full."""
    first = list_parcels(store, NOW, limit=2)
    assert [view.parcel.id for view in first.parcels] == ["A-1", "A-2"]
    assert first.next_after == "A-2"
    last = list_parcels(store, NOW, limit=2, after=first.next_after)
    assert [view.parcel.id for view in last.parcels] == ["far-away"]
    assert last.next_after is None
    assert list_parcels(store, NOW, limit=3).next_after is None
    assert list_parcels(store, NOW, limit=5, after="zzz").parcels == ()


def test_a_page_may_be_of_one_cluster_or_place(store: GeoPackageStore) -> None:
    """Both filters hold together."""
    own = list_parcels(store, NOW, limit=10, cluster_id="A").parcels
    assert {view.parcel.cluster_id for view in own} == {"A"}
    shape = own[0].shape
    assert shape is not None
    around = list_parcels(store, NOW, limit=10, bbox=shape.bounds).parcels
    assert "far-away" not in {view.parcel.id for view in around}
    assert own[0].measured_m2 == pytest.approx(100)
