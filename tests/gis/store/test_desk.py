"""The officers' desk on both engines: parcels, leases, flags and searches give the same answers."""

from dataclasses import replace
from datetime import date

import pytest

from gis.errors import GisError
from gis.leases import (
    LeaseFlag,
    LeaseSearch,
    NewParty,
    TerminateLease,
    lease_findings,
    register_lease,
    search_leases,
    terminate_lease,
)
from gis.model import LeaseState, Moment, Party, Period, PlotState
from gis.parcels import (
    CreateParcels,
    LeaseMove,
    NewParcel,
    ParcelSearch,
    SplitParcel,
    create_parcels,
    search_parcels,
    split_parcel,
)
from gis.projects import RegisterProject, register_project
from gis.store import Store
from tests.gis.desk import NOW, OFFICER, add_head, sublease, surveyed
from tests.gis.maps_of_plots import box
from tests.gis.registers import clean_entries, entry
from tests.gis.store.conftest import NewStore
from tests.gis.store.things import write

SINCE = date(2025, 1, 1)


@pytest.fixture
def store(new_store: NewStore) -> Store:
    """Return a register with two parcels in cluster A and a head lease, on each engine."""
    made = new_store()
    names = {"state": "state", "developer": "developer", "tenant": "enterprise", "other": "craft"}
    parties = (Party(id=name, name=f"Bên {name}", kind=kind) for name, kind in names.items())
    write(made, *clean_entries(), *(entry(party, valid=Period()) for party in parties))
    add_head(made)
    return made


def leases(store: Store, moment: Moment, search: LeaseSearch, limit: int = 100) -> list[str]:
    """Return the ids of the leases found."""
    page = search_leases(store, moment, search, limit=limit)
    return [hit.version.thing.id for hit in page.hits]


def parcels(store: Store, moment: Moment, search: ParcelSearch) -> list[str]:
    """Return the ids of the parcels found."""
    return [hit.version.thing.id for hit in search_parcels(store, moment, search, limit=100).hits]


def test_a_day_at_the_desk(store: Store) -> None:
    """Create, let, approve, split and end; then ask of the day and of what was known before."""
    new = NewParcel(shape=surveyed(box(2, 0)), plot_label="Lô Đ-3", sheet="12", number="7")
    create_parcels(store, CreateParcels(cluster_id="A", since=SINCE, parcels=(new,)), OFFICER)
    lessee = NewParty(name="Công ty Đá Xanh", tax_code="5400")
    asked = sublease(
        parcel_ids=("A-thua-lo-d-3",), lessee=lessee, contract_area_m2=150.0, id="dá-1"
    )
    register_lease(store, asked, OFFICER)
    register_lease(store, sublease(contract_number="HĐ-2", id="Z-2"), OFFICER)
    project = RegisterProject(
        cluster_id="A", name_vi="Dự án", party="other", approved_on=SINCE, parcel_ids=("A-2",)
    )
    register_project(store, project, OFFICER)
    before = store.present(NOW.on)
    children = (
        NewParcel(shape=surveyed(box(2, 0, 0.5)), plot_label="3a"),
        NewParcel(shape=surveyed(box(2.5, 0, 0.5)), plot_label="3b"),
    )
    move = LeaseMove(lease_id="dá-1", to=(0,))
    split = SplitParcel(
        parcel_id="A-thua-lo-d-3", since=date(2025, 2, 1), children=children, leases=(move,)
    )
    split_parcel(store, split, OFFICER)
    end = TerminateLease(lease_id="Z-2", terminated_on=date(2025, 3, 1))
    terminate_lease(store, end, OFFICER)

    assert leases(store, NOW, LeaseSearch()) == ["Z-2", "dá-1", "head"]
    assert leases(store, NOW, LeaseSearch(), limit=1) == ["Z-2"]
    assert leases(store, NOW, LeaseSearch(party="da xanh")) == ["dá-1"]
    assert leases(store, NOW, LeaseSearch(contract="hd-2")) == ["Z-2"]
    assert leases(store, NOW, LeaseSearch(state=LeaseState.TERMINATED)) == ["Z-2"]
    assert leases(store, before, LeaseSearch(state=LeaseState.TERMINATED)) == []
    assert leases(store, NOW, LeaseSearch(flag=LeaseFlag.OVER_AREA)) == ["dá-1"]
    assert leases(store, before, LeaseSearch(plot_label="Lô Đ-3")) == ["dá-1"]
    assert parcels(store, NOW, ParcelSearch(tax_code="5400")) == ["A-thua-3a"]
    assert parcels(store, before, ParcelSearch(sheet="12", number="7")) == ["A-thua-lo-d-3"]
    assert parcels(store, NOW, ParcelSearch(state=PlotState.APPROVED)) == ["A-2"]
    vacant = ParcelSearch(state=PlotState.VACANT, cluster_id="A")
    assert parcels(store, NOW, vacant) == ["A-1", "A-thua-3b"]
    findings = {one.lease.id: one for one in lease_findings(store, NOW, "A")}
    (flag,) = findings["dá-1"].flags
    assert flag.figures["measured_m2"] == pytest.approx(50.0)


def test_refusals_leave_no_trace(store: Store) -> None:
    """The seal is the one before."""
    register_lease(store, sublease(), OFFICER)
    sealed = store.changes()[-1].register_hash
    for code, request in (
        ("lease.overlap", sublease(contract_number="2")),
        ("lease.beyond_head", sublease(parcel_ids=("A-2",), last_day=date(2074, 9, 1))),
        ("parcel.not_in_force", sublease(parcel_ids=("no",))),
        ("party.unknown", sublease(parcel_ids=("A-2",), lessee="nobody")),
    ):
        with pytest.raises(GisError) as caught:
            register_lease(store, request, replace(OFFICER, by="acc-9"))
        assert caught.value.code == code
        assert store.changes()[-1].register_hash == sealed
