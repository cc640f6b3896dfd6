"""What every engine of the register promises. A second engine joins by the fixture `store`."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import shapely

from gis.crs import Located
from gis.errors import GeometryProblem, InvalidValue, NotFound
from gis.model import Cluster, ClusterKind, Lease, LeaseTier, Moment, Parcel, Party, Period
from gis.store import Entry, Store, create_store

ZONE = 9211
START = date(2020, 1, 1)


@pytest.fixture(params=["geopackage"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Yield an empty register of each engine."""
    assert request.param == "geopackage"
    opened = create_store(tmp_path / "register.gpkg")
    yield opened
    opened.close()


def square(x: float, y: float, side: float = 100.0) -> Located:
    """Return a square of land near Hòa Bình, its corner x and y metres from a fixed point."""
    return Located(
        shapely.box(430_000 + x, 2_302_000 + y, 430_000 + x + side, 2_302_000 + y + side), ZONE
    )


def cluster(cluster_id: str = "ccn-a") -> Cluster:
    """Return a cluster."""
    return Cluster(
        id=cluster_id, kind=ClusterKind.CCN, name_vi="Cụm A", name_en="A", territory_id="hoa-binh"
    )


def parcel(parcel_id: str, label: str = "CN-01", cluster_id: str = "ccn-a") -> Parcel:
    """Return a parcel."""
    return Parcel(id=parcel_id, cluster_id=cluster_id, plot_label=label)


def write(store: Store, *entries: Entry) -> None:
    """Write entries in one change."""
    with store.transaction(by="test", action="test.write") as transaction:
        transaction.put_many(entries)


def test_what_is_put_comes_back(store: Store) -> None:
    """A thing, its period, its areas and its geometry of record, bit for bit."""
    land = square(0.123456789, 0.1)
    write(store, Entry(parcel("p1"), Period(START), land))
    found = store.one(Parcel, "p1", Moment(START))
    assert found.thing == parcel("p1")
    assert found.valid == Period(START)
    assert found.planar_m2 == land.geometry.area
    (record,) = store.records(Parcel, Moment(START))
    assert shapely.to_wkb(record.located.geometry) == shapely.to_wkb(land.geometry)
    assert record.located.epsg == ZONE


def test_a_period_is_half_open(store: Store) -> None:
    """The first day counts, the end does not."""
    end = date(2021, 1, 1)
    write(store, Entry(parcel("p1"), Period(START, end), square(0, 0)))
    days = [START - timedelta(1), START, end - timedelta(1), end]
    assert [len(store.all(Parcel, Moment(day))) for day in days] == [0, 1, 1, 0]


def test_a_later_period_cuts_the_earlier_one(store: Store) -> None:
    """The rest of an older version stays, and its history with it."""
    write(store, Entry(parcel("p1", "CN-01"), Period(START), square(0, 0)))
    write(store, Entry(parcel("p1", "CN-02"), Period(date(2022, 1, 1)), square(0, 0)))
    labels = [
        store.one(Parcel, "p1", Moment(date(year, 6, 1))).thing.plot_label for year in (2021, 2022)
    ]
    assert labels == ["CN-01", "CN-02"]
    assert [version.number for version in store.history(Parcel, "p1")] == [1, 2, 3]


def test_the_same_question_about_the_past_has_the_same_answer(store: Store) -> None:
    """A back-dated correction changes what holds on a date, not what was known before it."""
    write(store, Entry(parcel("p1", "CN-01"), Period(START), square(0, 0)))
    before = store.present(date(2023, 1, 1))
    write(store, Entry(parcel("p1", "CN-99"), Period(START), square(0, 0, 50)))
    assert store.one(Parcel, "p1", before).thing.plot_label == "CN-01"
    assert store.one(Parcel, "p1", Moment(before.on)).thing.plot_label == "CN-99"


def test_an_error_in_the_block_keeps_nothing(store: Store) -> None:
    """All of a change is kept, or none of it."""

    def stop_half_way() -> None:
        with store.transaction(by="t", action="t") as transaction:
            transaction.put(Entry(parcel("p1"), Period(START), square(0, 0)))
            message = "stop"
            raise RuntimeError(message)

    with pytest.raises(RuntimeError, match="stop"):
        stop_half_way()
    assert store.is_empty()
    assert store.all(Parcel, Moment(START)) == []


def test_a_bad_shape_among_good_ones_keeps_nothing(store: Store) -> None:
    """The error names table and id; nothing is half written (THREATS 1)."""
    bow_tie = Located(
        shapely.Polygon(
            [(430_000, 2_302_000), (430_100, 2_302_100), (430_100, 2_302_000), (430_000, 2_302_100)]
        ),
        ZONE,
    )
    with pytest.raises(GeometryProblem) as caught:
        write(
            store,
            Entry(parcel("good"), Period(START), square(0, 0)),
            Entry(parcel("bad"), Period(START), bow_tie),
        )
    assert caught.value.code == "geometry.self_intersection"
    assert caught.value.facts["id"] == "bad"
    assert store.is_empty()


@pytest.mark.parametrize("name", ["a\x00b", "a\ud800b"])
def test_text_that_no_file_can_hold_is_refused(store: Store, name: str) -> None:
    """NUL and half a surrogate pair are refused with a code (THREATS 50)."""
    with pytest.raises(InvalidValue) as caught:
        write(store, Entry(Party(id="x", name=name), Period()))
    assert caught.value.code == "value.text"
    assert store.is_empty()


def test_text_is_kept_in_one_form(store: Store) -> None:
    """Decomposed letters are composed (THREATS 50)."""
    write(store, Entry(Party(id="x", name="Ho\u0300a Bi\u0300nh"), Period()))
    assert store.one(Party, "x", Moment(START)).thing.name == "Hòa Bình"


def test_pages_by_key_are_the_whole(store: Store) -> None:
    """Pages behind one another give each thing once, in order of id."""
    entries = [Entry(parcel(f"p{i:02}"), Period(START), square(i * 200, 0)) for i in range(7)]
    write(store, *entries)
    seen: list[str] = []
    while page := store.shaped(Parcel, Moment(START), after=seen[-1] if seen else None, limit=3):
        seen += [found.thing.id for found in page]
    assert seen == [f"p{i:02}" for i in range(7)]


def test_a_box_finds_what_a_scan_finds(store: Store) -> None:
    """The index and a look at every shape agree."""
    write(
        store, *(Entry(parcel(f"p{i}"), Period(START), square(i * 300, i * 170)) for i in range(20))
    )
    everything = store.shaped(Parcel, Moment(START))
    boxes = [found.geometry.bounds for found in everything if found.geometry is not None]
    west, south, east, north = boxes[5][0], boxes[5][1], boxes[11][2], boxes[11][3]
    expected = [
        found.thing.id
        for found, box in zip(everything, boxes, strict=True)
        if box[0] <= east and box[2] >= west and box[1] <= north and box[3] >= south
    ]
    found = store.shaped(Parcel, Moment(START), bbox=(west, south, east, north))
    assert [one.thing.id for one in found] == expected
    assert 0 < len(expected) < 20


def test_what_is_not_there_is_said(store: Store) -> None:
    """A well-formed name of nothing has its own code."""
    with pytest.raises(NotFound) as caught:
        store.one(Parcel, "nothing", Moment(START))
    assert caught.value.code == "thing.unknown"


def test_kept_balances_are_those_computed_afresh(store: Store) -> None:
    """Leased land follows the term of its lease, and a fresh computation agrees on any day."""
    lease = Lease(
        id="l1", cluster_id="ccn-a", tier=LeaseTier.SUBLEASE, contract_number="VD-1",
        lessor_id="a", lessee_id="b", parcel_ids=("p1",),
        term=Period(date(2021, 1, 1), date(2023, 1, 1)),
    )  # fmt: skip
    write(
        store,
        Entry(cluster(), Period(START), square(0, 0, 1000)),
        Entry(parcel("p1"), Period(START), square(10, 10)),
        Entry(lease, Period(START)),
    )
    let = {}
    for year in (2020, 2021, 2022, 2023):
        moment = Moment(date(year, 6, 1))
        (kept,) = store.balances(moment)
        assert [kept] == store.recompute_balances(moment)
        let[year] = round(kept.let_m2, 6)
    assert let == {2020: 0.0, 2021: 10_000.0, 2022: 10_000.0, 2023: 0.0}


def test_every_change_is_chained(store: Store) -> None:
    """Entries count up in strictly increasing time, and no two seals are the same."""
    for label in ("CN-01", "CN-02", "CN-03"):
        write(store, Entry(parcel("p1", label), Period(START), square(0, 0)))
    changes = store.changes()
    assert [change.number for change in changes] == [1, 2, 3]
    assert [change.at for change in changes] == sorted({change.at for change in changes})
    assert len({change.register_hash for change in changes}) == 3
    assert store.change_counter() == 3


def test_a_clock_set_back_changes_no_order(tmp_path: Path) -> None:
    """Known times go on increasing when the machine's clock does not (THREATS 47)."""
    times = iter([datetime(2026, 1, day, tzinfo=UTC) for day in (20, 19, 10, 1)])
    store = create_store(tmp_path / "clock.gpkg", clock=lambda: next(times))
    for label in ("CN-01", "CN-02", "CN-03"):
        write(store, Entry(parcel("p1", label), Period(START), square(0, 0)))
    at = [change.at for change in store.changes()]
    assert at == sorted(set(at))
    store.close()
