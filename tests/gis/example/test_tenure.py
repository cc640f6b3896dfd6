"""The example's leases, projects and parties are lawful, synthetic and varied."""

import math
from datetime import date
from pathlib import Path

from gis.example import EXAMPLE_ON
from gis.indicators.tenure import (
    add_months,
    is_leased_on,
    lease_state,
    use_state,
)
from gis.model import (
    Cluster,
    Decision,
    DeveloperAppointment,
    Lease,
    LeaseState,
    LeaseTier,
    LeaseUse,
    Parcel,
    Party,
    Project,
    UseState,
)
from gis.store import open_store
from gis.tenure.findings import lease_findings
from gis.tenure.flags import LeaseFlag
from tests.gis.example.reading import entries_of, things

LEASES = things(Lease)
TENANTS = [lease for lease in LEASES if lease.tier.is_tenant]
HEADS = {lease.id: lease for lease in LEASES if lease.tier is LeaseTier.HEAD}


def test_twelve_head_leases_and_55_contracts() -> None:
    """Twelve developers hold a head lease each; 55 tenants' contracts stand below."""
    assert len(HEADS) == len(things(DeveloperAppointment)) == 12
    assert len(TENANTS) == 55
    assert len(things(Project)) == 40
    assert all(not lease.parcel_ids for lease in HEADS.values())


def test_the_example_has_leases_with_flags(example_register: Path) -> None:
    """Expired, expiring, idle 12 and 24 months, over area: each is there, and nothing unlawful."""
    store = open_store(example_register)
    moment = store.present(EXAMPLE_ON)
    found = [
        (one.lease, flag.flag)
        for held in store.all(Cluster, moment)
        for one in lease_findings(store, moment, held.thing.id)
        for flag in one.flags
    ]
    store.close()
    assert {
        LeaseFlag.EXPIRED,
        LeaseFlag.EXPIRING_6_MONTHS,
        LeaseFlag.IDLE_12_MONTHS,
        LeaseFlag.IDLE_24_MONTHS,
        LeaseFlag.OVER_AREA,
    } <= {flag for _lease, flag in found}
    assert [flag for _lease, flag in found].count(LeaseFlag.OVER_AREA) == 1
    unlawful = (LeaseFlag.BEYOND_DEVELOPER, LeaseFlag.OVERLAP, LeaseFlag.OUTSIDE_BOUNDARY)
    assert not [(lease.id, flag) for lease, flag in found if flag in unlawful]


def test_states_of_leases() -> None:
    """Two contracts expired (one plot is let again), one was terminated, two are expiring."""
    states = [lease_state(lease, EXAMPLE_ON) for lease in TENANTS]
    assert states.count(LeaseState.EXPIRED) == 2
    assert states.count(LeaseState.TERMINATED) == 1
    assert states.count(LeaseState.EXPIRING) == 2
    assert states.count(LeaseState.ACTIVE) == 50
    expired = [lease for lease in TENANTS if lease_state(lease, EXAMPLE_ON) is LeaseState.EXPIRED]
    active = [lease for lease in TENANTS if is_leased_on(lease, EXAMPLE_ON)]
    again = [
        lease
        for lease in expired
        if any(set(lease.parcel_ids) & set(other.parcel_ids) for other in active)
    ]
    assert len(again) == 1


def test_no_plot_is_let_twice_at_a_time() -> None:
    """Two contracts over one plot never share a day."""
    for place, one in enumerate(TENANTS):
        for other in TENANTS[place + 1 :]:
            if set(one.parcel_ids) & set(other.parcel_ids):
                assert one.in_force is not None
                assert other.in_force is not None
                assert not one.in_force.overlaps(other.in_force)


def test_subleases_lie_within_their_head_lease() -> None:
    """In time and cluster; the lessor is the developer. One direct lease came before."""
    direct = [lease for lease in TENANTS if lease.tier is LeaseTier.DIRECT]
    assert len(direct) == 1
    for lease in TENANTS:
        assert lease.term.start is not None
        assert lease.term.end is not None
        if lease.tier is LeaseTier.DIRECT:
            assert lease.head_lease_id is None
            continue
        head = HEADS[lease.head_lease_id or ""]
        assert lease.cluster_id == head.cluster_id
        assert lease.lessor_id == head.lessee_id
        assert head.term.start is not None
        assert head.term.end is not None
        assert head.term.start <= lease.term.start < lease.term.end <= head.term.end


def test_no_term_is_longer_than_fifty_years() -> None:
    """Head leases and contracts alike (Land Law 2024)."""
    for lease in LEASES:
        assert lease.term.start is not None
        assert lease.term.end is not None
        assert lease.term.end <= add_months(lease.term.start, 50 * 12)


def test_contract_areas_follow_the_parcels() -> None:
    """Contract areas are sums of registered areas but for the one that gives too much."""
    areas = {parcel.id: parcel.registered_area_m2 or 0 for parcel in things(Parcel)}
    differences = {
        lease.id: round(
            (lease.contract_area_m2 or 0) - math.fsum(areas[plot] for plot in lease.parcel_ids), 1
        )
        for lease in TENANTS
    }
    assert [value for value in differences.values() if value] == [412.6]


def test_leases_refer_to_parcels_that_exist_then() -> None:
    """A plot's parcel is in the register from before the first contract or approval over it."""
    since = {entry.thing.id: entry.valid for entry in entries_of(Parcel, None)}
    for lease in TENANTS:
        assert lease.term.start is not None
        assert all(since[plot].contains(lease.term.start) for plot in lease.parcel_ids)
    for entry in entries_of(Project, None):
        assert entry.valid.start is not None
        assert all(since[plot].contains(entry.valid.start) for plot in entry.thing.parcel_ids)


def test_projects_are_approved_before_they_lease() -> None:
    """So that a date slider shows approved plots that are not leased yet."""
    approved = {entry.thing.id: entry.thing.approved.start for entry in entries_of(Project, None)}
    for lease in TENANTS:
        start = approved[lease.project_id or ""]
        assert start is not None
        assert lease.term.start is not None
        assert start < lease.term.start


def test_one_approval_lapsed() -> None:
    """A plot of Tiên Tiến was approved for two years and never leased."""
    leased = {plot for lease in TENANTS for plot in lease.parcel_ids}
    approved = {plot for project in things(Project, None) for plot in project.parcel_ids}
    assert len(approved - leased) == 1


def test_leased_land_grows_from_2016_on() -> None:
    """The first contract is of 2016, the last of 2024, and no year is empty but 2017 at most."""
    years = {lease.term.start.year for lease in TENANTS if lease.term.start is not None}
    assert min(years) == 2016
    assert max(years) == 2024
    assert len(years) == 9


def test_history_is_near_what_was_published() -> None:
    """Lạc Thủy leased about 50.19 ha in mid-2022, and 34 projects had leases in mid-2023."""
    areas = {
        entry.thing.id: entry.located.geometry.area
        for entry in entries_of(Parcel)
        if entry.located is not None
    }
    lac_thuy = ("ccn-dong-tam", "ccn-phu-thanh-ii", "ccn-thanh-nong")
    leased = math.fsum(
        areas[plot]
        for lease in TENANTS
        if lease.cluster_id in lac_thuy and is_leased_on(lease, date(2022, 6, 30))
        for plot in lease.parcel_ids
    )
    assert abs(leased / 10_000 - 50.19) < 1
    mid_2023 = date(2023, 6, 30)
    projects = {lease.project_id for lease in TENANTS if is_leased_on(lease, mid_2023)}
    assert len(projects) == 34


def test_everybody_is_made_up() -> None:
    """Parties, contracts and decisions carry the mark in their names and are flagged."""
    for party in things(Party):
        assert party.is_synthetic
        assert "ví dụ" in party.name.casefold()
        assert party.tax_code is None
    assert {party.name for party in things(Party)} >= {"Công ty Ví dụ 01", "Công ty Ví dụ 52"}
    assert all(lease.contract_number.startswith("VD-") for lease in LEASES)
    assert len({lease.contract_number for lease in LEASES}) == len(LEASES)
    for decision in things(Decision):
        assert decision.is_synthetic
        assert decision.number.startswith("QĐ-VD-")


def test_some_tenants_are_foreign_and_use_is_not_always_checked() -> None:
    """FDI projects, plots in use, idle ones and ones that nobody inspected all occur."""
    foreign = {party.id for party in things(Party) if party.is_foreign}
    assert 4 <= sum(project.party_id in foreign for project in things(Project)) <= 10
    checked = {use.lease_id for use in things(LeaseUse)}
    assert {lease.id for lease in TENANTS} - checked
    states = {
        use_state([use for use in things(LeaseUse) if use.lease_id == lease.id], EXAMPLE_ON)
        for lease in TENANTS
    }
    assert states == set(UseState)


def test_entries_name_decisions_that_exist() -> None:
    """Every change of land that names a decision names one of the example's."""
    known = {decision.id for decision in things(Decision)}
    named = {
        entry.decision_id
        for cls in (Parcel, Project, Lease, DeveloperAppointment)
        for entry in entries_of(cls, None)
    }
    assert len(named) > 40
    assert named - {None} <= known
