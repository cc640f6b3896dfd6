"""Leases and parcels are found by who holds them, where, by state and by flag."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gis.erasure import erase_party
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
from gis.model import (
    Cluster,
    Lease,
    LeaseState,
    LeaseTier,
    Moment,
    Parcel,
    Party,
    Period,
    PlotState,
    Project,
)
from gis.parcels import ParcelSearch, SplitParcel, search_parcels, split_parcel
from gis.store import GeoPackageStore, open_store
from gis.tenure import tenure_index
from tests.gis.desk import NOW, OFFICER, START, add_head, desk_register, sublease
from tests.gis.maps_of_plots import box
from tests.gis.parcels.test_divide import part
from tests.gis.registers import add, cluster, entry


@pytest.fixture
def store(tmp_path: Path) -> Iterator[GeoPackageStore]:
    """Yield a register with a head lease and two subleases of numbered parcels."""
    made = desk_register(tmp_path)
    add_head(made)
    for name, number, x in (("A-1", "7", 0), ("A-2", "8", 1)):
        parcel = Parcel(
            id=name, cluster_id="A", sheet="12", number=number, plot_label=f"CN-{number}",
            commune_code="c", land_code="SKN",
        )  # fmt: skip
        add(made, entry(parcel, box(x, 0)))
    lessee = NewParty(id="da-xanh", name="Công ty Đá Xanh", tax_code="5400")
    register_lease(made, sublease(lessee=lessee, last_day=date(2025, 12, 31)), OFFICER)
    other = sublease(parcel_ids=("A-2",), contract_number="HĐ-9/2025", contract_area_m2=150.0)
    register_lease(made, other, OFFICER)
    project = Project(
        id="p", cluster_id="A", name_vi="p", party_id="other",
        approved=Period(START), parcel_ids=("A-2", "A-3"),
    )  # fmt: skip
    add(made, entry(project), entry(Parcel(id="A-3", cluster_id="A"), box(2, 0)))
    yield made
    made.close()


SUB1, SUB2 = "A-thue-02", "A-thue-03"


def leases(store: GeoPackageStore, moment: Moment = NOW, **asked: Any) -> list[str]:
    """Return the ids of the leases found."""
    page = search_leases(store, moment, LeaseSearch(**asked), limit=100)
    assert page.next_after is None
    return [hit.version.thing.id for hit in page.hits]


def parcels(store: GeoPackageStore, moment: Moment = NOW, **asked: Any) -> list[str]:
    """Return the ids of the parcels found."""
    page = search_parcels(store, moment, ParcelSearch(**asked), limit=100)
    assert page.next_after is None
    return [hit.version.thing.id for hit in page.hits]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, [SUB1, SUB2, "head"]),
        ({"cluster_id": "B"}, []),
        ({"cluster_id": "A", "tier": LeaseTier.HEAD}, ["head"]),
        ({"party": "da xanh"}, [SUB1]),
        ({"party": "ĐÁ"}, [SUB1]),
        ({"party": "developer"}, [SUB1, SUB2, "head"]),
        ({"party": "nobody"}, []),
        ({"tax_code": "5400"}, [SUB1]),
        ({"contract": "hd-9"}, [SUB2]),
        ({"plot_label": "CN-7"}, [SUB1]),
        ({"sheet": "12", "number": "8", "commune_code": "c"}, [SUB2]),
        ({"sheet": "13", "number": "8"}, []),
        ({"state": LeaseState.EXPIRING}, [SUB1]),
        ({"flag": LeaseFlag.EXPIRING_12_MONTHS}, [SUB1]),
        ({"flag": LeaseFlag.OVER_AREA, "party": "tenant"}, [SUB2]),
        ({"expiring_before": date(2026, 1, 1)}, [SUB1]),
        ({"expiring_before": date(2025, 12, 31)}, []),
    ],
)
def test_leases_are_found(store: GeoPackageStore, asked: dict[str, Any], found: list[str]) -> None:
    """All that is asked has to fit."""
    assert leases(store, **asked) == found


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"cluster_id": "A"}, ["A-1", "A-2", "A-3"]),
        ({"party": "đá xanh"}, ["A-1"]),
        ({"party": "Bên other"}, ["A-2", "A-3"]),
        ({"tax_code": "5400"}, ["A-1"]),
        ({"contract": "HĐ-9"}, ["A-2"]),
        ({"plot_label": "CN-8"}, ["A-2"]),
        ({"sheet": "12", "number": "7"}, ["A-1"]),
        ({"state": PlotState.LEASED}, ["A-1", "A-2"]),
        ({"state": PlotState.APPROVED}, ["A-3"]),
        ({"state": PlotState.VACANT}, ["far-away"]),
        ({"flag": LeaseFlag.OVER_AREA}, ["A-2"]),
        ({"flag": LeaseFlag.OVER_AREA, "state": PlotState.APPROVED}, []),
        ({"flag": LeaseFlag.OVERLAP}, []),
    ],
)
def test_parcels_are_found(store: GeoPackageStore, asked: dict[str, Any], found: list[str]) -> None:
    """With the state of the day."""
    assert parcels(store, **asked) == found


def pages(found: Sequence[str], one_page: Any) -> None:
    """See that pages of one give what a page of all gives."""
    after, seen = None, []
    for _ in found:
        page = one_page(after)
        seen += [hit.version.thing.id for hit in page.hits]
        after = page.next_after
    assert (seen, after) == (list(found), None)


def test_pages_follow_one_another(store: GeoPackageStore) -> None:
    """By id, each begins behind the last; the last says that it is."""
    everything = LeaseSearch()
    pages(
        leases(store),
        lambda after: search_leases(store, NOW, everything, limit=1, after=after),
    )
    for search in (ParcelSearch(), ParcelSearch(party="o"), ParcelSearch(cluster_id="A")):
        whole = search_parcels(store, NOW, search, limit=9).hits
        pages(
            [hit.version.thing.id for hit in whole],
            lambda after, search=search: search_parcels(store, NOW, search, limit=1, after=after),
        )


def test_a_change_is_found_at_once_and_the_past_stays(store: GeoPackageStore) -> None:
    """The same question about an earlier state of knowledge has the same answer."""
    before = store.present(NOW.on)
    assert leases(store, before, state=LeaseState.TERMINATED) == []
    end = TerminateLease(lease_id=SUB2, terminated_on=date(2025, 3, 1))
    terminate_lease(store, end, OFFICER)
    assert leases(store, state=LeaseState.TERMINATED) == [SUB2]
    assert parcels(store, state=PlotState.LEASED) == ["A-1"]
    assert leases(store, before, state=LeaseState.TERMINATED) == []
    again = open_store(store.url)
    assert leases(again, before, flag=LeaseFlag.OVER_AREA) == [SUB2]
    assert leases(again, flag=LeaseFlag.OVER_AREA) == []
    again.close()


def test_only_clusters_that_changed_are_read_again(store: GeoPackageStore) -> None:
    """Others keep the part that was made before; a new cluster and a new party are there."""
    add(store, cluster("C"))
    first = tenure_index(store, NOW)
    assert tenure_index(store, NOW) is first
    children = (part(box(2, 0, 0.5)), part(box(2.5, 0, 0.5)))
    with store.transaction(by="t", action="t") as transaction:
        transaction.void(Project, "p")
    split_parcel(
        store, SplitParcel(parcel_id="A-3", since=date(2025, 1, 1), children=children), OFFICER
    )
    second = tenure_index(store, NOW)
    assert second.clusters["C"] is first.clusters["C"]
    assert second.clusters["A"] is not first.clusters["A"]
    assert parcels(store, state=PlotState.VACANT, cluster_id="A") == ["A-thua-1", "A-thua-1-2"]


def test_the_index_says_what_the_findings_say(store: GeoPackageStore) -> None:
    """On several days, for every lease."""
    for year in range(2024, 2080, 3):
        moment = Moment(date(year, 3, 1))
        page = search_leases(store, moment, LeaseSearch(), limit=100)
        told = [
            (hit.version.thing, hit.state, hit.use, hit.days_left, set(hit.flags))
            for hit in page.hits
        ]
        asked = [
            (one.lease, one.state, one.use, one.days_left, {flag.flag for flag in one.flags})
            for held in store.all(Cluster, moment)
            for one in lease_findings(store, moment, held.thing.id)
        ]
        assert told == asked


def test_many_parties_are_looked_through(store: GeoPackageStore) -> None:
    """A part of a name that everybody has."""
    names = [f"x-{number:02d}" for number in range(60)]
    parties = [Party(id=name, name=f"Hợp tác xã {name}") for name in names]
    held = [
        Lease(
            id=name,
            cluster_id="A",
            tier=LeaseTier.DIRECT,
            contract_number=name,
            lessor_id="state",
            lessee_id=name,
            term=Period(START),
        )
        for name in names
    ]
    add(store, *(entry(thing) for thing in (*parties, *held)))
    assert len(leases(store, party="hop tac xa")) == 60


def test_an_erased_name_finds_nobody(store: GeoPackageStore) -> None:
    """Neither now nor in a state of knowledge that somebody asked about before."""
    before = store.present(NOW.on)
    assert leases(store, before, party="da xanh") == [SUB1]
    erase_party(store, "da-xanh", replace(OFFICER, reason="Yêu cầu của bên thuê"))
    assert leases(store, party="da xanh") == []
    assert leases(store, before, party="da xanh") == []
    assert leases(store, before, tax_code="5400") == []
