"""Land balances are kept with every change, agree with a fresh computation, and remember."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis.crs import WGS84, Located, to_crs
from gis.model import Cluster, Lease, Moment, Parcel, Period, SiteClearance
from gis.store import Entry, Store
from tests.gis.store.conftest import NewStore
from tests.gis.store.things import (
    ALWAYS,
    EPSG,
    NOW,
    SINCE,
    START,
    cluster,
    lease,
    parcel,
    party,
    plan,
    plan_area,
    square,
    write,
)
from tests.properties import FEW

_YEARS = [date(year, 1, 1) for year in (2020, 2021, 2022, 2023)]


def found_cluster(store: Store, name: str = "A", side: float = 1000) -> None:
    """Write a square cluster whose western half is industrial land, with two plots in it."""
    write(
        store,
        cluster(name, square(side=side)),
        plan(name),
        plan_area(f"{name}-area", name, square(side=side / 2)),
        parcel(f"{name}-1", name, square(side=100)),
        parcel(f"{name}-2", name, square(100, 0, 100)),
    )


def agrees(store: Store, *moments: Moment) -> None:
    """Hold the kept balances against fresh ones."""
    for moment in moments:
        assert store.balances(moment) == store.recompute_balances(moment)


def test_a_balance_follows_its_cluster(store: Store) -> None:
    """Nothing, then a boundary, then a plan, then leased land; each with its own days."""
    assert store.balance("A", NOW) is None
    found_cluster(store)
    kept = store.balance("A", NOW)
    assert kept is not None
    assert (kept.boundary_m2, kept.industry_m2, kept.leased_m2) == (1_000_000, 250_000, 0)
    write(store, lease("L", "A", "A-1", term=Period(_YEARS[1], _YEARS[3])))
    told = [(b.valid.start, b.valid.end, b.leased_m2) for b in store.balance_history("A")]
    assert told == [(START, _YEARS[1], 0), (_YEARS[1], _YEARS[3], 10_000), (_YEARS[3], None, 0)]
    assert store.balance("A", Moment(date(2019, 12, 31))) is None
    agrees(store, *(Moment(day) for day in _YEARS))


def test_the_past_of_a_balance_never_changes(store: Store) -> None:
    """A later change neither moves nor removes what was kept; history is asked as of a time."""
    found_cluster(store)
    before = store.present(NOW.on)
    write(store, lease("L", "A", "A-1"))
    then, now = store.balance("A", before), store.balance("A", NOW)
    assert then is not None
    assert now is not None
    assert (then.leased_m2, now.leased_m2) == (0, 10_000)
    assert store.balance_history("A", before.known_at) == [then]
    assert store.balance_history("A") == [now]
    agrees(store, before, NOW)


def test_only_what_changed_is_written_anew(store: Store) -> None:
    """Other clusters keep their rows, and so do other periods of the same one."""
    found_cluster(store, "A")
    found_cluster(store, "B")
    known = store.present(NOW.on)
    write(store, lease("L", "A", "A-1", term=Period(_YEARS[2])))
    assert store.balance("B", known) == store.balance("B", NOW)
    first = store.balance_history("A", known.known_at)[0]
    assert store.balance_history("A")[0].valid.end == _YEARS[2]
    assert first.valid.end is None


@pytest.mark.parametrize("entry", [party("x"), Entry(lease("x", "A").thing, ALWAYS)])
def test_things_that_change_no_number_leave_balances_alone(store: Store, entry: Entry) -> None:
    """A party has no land, and a lease of no plot leases none."""
    found_cluster(store)
    before = store.balance_history("A")
    write(store, entry)
    assert store.balance_history("A") == before


def test_a_plot_that_moves_to_another_cluster_moves_its_land(store: Store) -> None:
    """Both balances follow, on the days that each holds."""
    found_cluster(store, "A")
    found_cluster(store, "B")
    write(store, lease("LA", "A", "P"), lease("LB", "B", "P"), parcel("P", "A", square(side=50)))
    write(store, parcel("P", "B", square(side=50), Period(_YEARS[2])))
    let = [
        [balance.let_m2 for balance in store.balances(Moment(day))] for day in (_YEARS[1], NOW.on)
    ]
    assert let == [[2500, 0], [0, 2500]]
    agrees(store, Moment(_YEARS[1]), NOW)


def test_a_voided_cluster_has_no_balance(store: Store) -> None:
    """From the change on; as of before it is still told."""
    write(store, cluster("A", square()))
    before = store.present(NOW.on)
    with store.transaction(by="a", action="b") as transaction:
        transaction.void(Cluster, "A")
    assert store.balances(NOW) == []
    assert len(store.balances(before)) == 1
    agrees(store, NOW, before)


def test_shapes_of_another_zone_are_brought_into_the_clusters(store: Store) -> None:
    """A plot surveyed with another meridian counts with its area in the cluster's zone."""
    found_cluster(store)
    moved = to_crs(Located(square(side=100), EPSG), 9208)
    write(store, Entry(parcel("A-1").thing, SINCE, moved), lease("L", "A", "A-1"))
    kept = store.balance("A", NOW)
    assert kept is not None
    assert kept.leased_m2 == pytest.approx(10_000, abs=0.01)
    agrees(store, NOW)


def test_a_boundary_in_degrees_still_gives_a_balance(store: Store) -> None:
    """Its land is measured in the zone that the cluster names, never in degrees."""
    outline = to_crs(Located(square(side=100), EPSG), WGS84)
    write(store, Entry(cluster("A").thing, SINCE, outline))
    write(store, parcel("P", shape=square(10, 10, 50)), lease("L", "A", "P"))
    kept = store.balance("A", NOW)
    assert kept is not None
    assert kept.boundary_m2 == pytest.approx(10_000, abs=0.01)
    assert kept.let_m2 == pytest.approx(2500)


def test_cleared_land_is_summed(store: Store) -> None:
    """A clearance counts from its day on."""
    write(store, cluster("A", square()))
    cleared = SiteClearance(id="c", cluster_id="A", cleared_m2=1234.5, on=_YEARS[1])
    write(store, Entry(cleared, SINCE))
    amounts = [store.balances(Moment(day))[0].cleared_m2 for day in (START, _YEARS[1])]
    assert amounts == [None, 1234.5]


def test_balances_come_by_cluster_in_order(store: Store) -> None:
    """Of many clusters written at once, each once."""
    names = [f"C{i:03d}" for i in range(250)]
    write(store, *(cluster(name, square(i * 200)) for i, name in enumerate(reversed(names))))
    assert [balance.cluster_id for balance in store.balances(NOW)] == names
    agrees(store, NOW)


days = st.sampled_from([None, *_YEARS])
spans = st.tuples(days, days).filter(lambda s: s[0] is None or s[1] is None or s[0] < s[1])


def test_kept_balances_are_the_recomputed_ones(new_store: NewStore) -> None:
    """Whatever is put in whatever order, on every date and as of every change."""
    store = new_store()
    found_cluster(store)

    @FEW
    @given(st.lists(st.tuples(st.sampled_from("PLC"), spans, spans), min_size=1, max_size=3))
    def check(done: list[tuple[str, tuple[date, date], tuple[date, date]]]) -> None:
        before = [(at, store.balances(at)) for at in (store.present(day) for day in _YEARS)]
        write(store, *(changed(kind, Period(*valid), Period(*term)) for kind, valid, term in done))
        agrees(store, *(Moment(day) for day in _YEARS))
        for moment, balances in before:
            assert store.balances(moment) == balances

    check()


def changed(kind: str, valid: Period, term: Period) -> Entry:
    """Return a plot, a lease or a boundary that holds for some period."""
    if kind == "P":
        return parcel("A-1", shape=square(side=200 if term.start else 300), valid=valid)
    if kind == "L":
        return Entry(lease("L", "A", "A-1", term=term).thing, valid)
    return cluster("A", square(side=900 if term.end else 1000), valid)


def test_the_arrays_are_those_of_the_records(store: Store) -> None:
    """Another way to the same land."""
    found_cluster(store)
    layer = store.arrays(Parcel, NOW, ["id"], EPSG)
    records = store.records(Parcel, NOW)
    assert list(layer.columns["id"]) == [record.thing.id for record in records]
    assert list(layer.shapes) == [record.located.geometry for record in records]
    assert store.all(Lease, NOW) == []
