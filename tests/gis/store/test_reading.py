"""What was put is found again: whole, by id, by cluster, as shapes, as records, page by page."""

from datetime import date

import pytest

from gis import model
from gis.crs import WGS84, Located, to_crs
from gis.errors import NotFound
from gis.model import (
    Cluster,
    Conflict,
    DateBounds,
    Figure,
    Lease,
    Moment,
    Parcel,
    Party,
    Period,
    Project,
    Quality,
    Territory,
)
from gis.store import Entry, Store
from tests.gis.store.things import (
    ALWAYS,
    NOW,
    SINCE,
    cluster,
    lease,
    located,
    parcel,
    party,
    square,
    write,
)


def test_a_new_register_is_empty(store: Store) -> None:
    """No thing, no change, no setting, no balance."""
    assert store.is_empty()
    assert store.change_counter() == 0
    assert store.changes() == []
    assert store.all(Cluster, NOW) == []
    assert store.shaped(Parcel, NOW) == []
    assert store.records(Parcel, NOW) == []
    assert len(store.arrays(Parcel, NOW, ["id"], 9211)) == 0
    assert store.balances(NOW) == []
    assert store.balance("A", NOW) is None
    assert store.history(Cluster, "A") == []
    assert store.setting("territory") is None


def test_a_thing_comes_back_as_it_was(store: Store) -> None:
    """Every kind of field survives: codes, bounds, periods, lists, booleans, unknowns."""
    figure = Figure(
        id="f",
        subject_kind="cluster",
        subject_id="A",
        indicator="leased_area",
        unit="ha",
        as_of=DateBounds(date(2024, 1, 1), None),
        source_id="s",
        confidence=model.Confidence.SOURCED,
        value=91.12,
        kind=model.ClusterKind.CCN,
        count=14,
        verbatim="“khoảng 91,12 ha”",
    )
    project = Project(
        id="p",
        cluster_id="A",
        name_vi="Dự án",
        party_id="x",
        approved=Period(date(2021, 1, 1), date(2030, 1, 1)),
        parcel_ids=("A-1", "A-2"),
    )
    conflict = Conflict(id="c", title_vi="a", title_en="b", text_vi="c", text_en="d")
    foreign = Party(id="x", name="Công ty Ví dụ 01", is_foreign=False, is_synthetic=True)
    write(store, *(Entry(thing, ALWAYS) for thing in (figure, project, conflict, foreign)))
    for thing in (figure, project, conflict, foreign):
        assert store.one(type(thing), thing.id, NOW).thing == thing


def test_a_version_says_when_it_holds_and_who_made_it(store: Store) -> None:
    """Its number, both times, its change, its decision and its areas."""
    with store.transaction(by="a", action="b", decision_id="QD-1") as transaction:
        transaction.put(parcel("A-1", valid=Period(date(2021, 1, 1), date(2030, 1, 1))))
        entry = parcel("A-2")
        transaction.put(Entry(entry.thing, SINCE, entry.located, decision_id="QD-2"))
    first, second = store.all(Parcel, NOW)
    assert (first.number, first.change, first.known_to) == (1, 1, None)
    assert first.known_from == store.changes()[0].at
    assert first.valid == Period(date(2021, 1, 1), date(2030, 1, 1))
    assert (first.decision_id, second.decision_id) == ("QD-1", "QD-2")
    assert first.planar_m2 == 10_000
    assert first.geodesic_m2 == pytest.approx(10_000, rel=1e-3)


def test_things_are_ordered_by_id(store: Store) -> None:
    """By code points, as everywhere; whatever the order in which they were put."""
    names = ["b", "A", "ă", "a", "Z", "10", "9", "đ", "𝒳"]
    write(store, *(parcel(name) for name in names))
    assert [version.thing.id for version in store.all(Parcel, NOW)] == sorted(names)
    assert [shaped.thing.id for shaped in store.shaped(Parcel, NOW)] == sorted(names)
    assert [recorded.thing.id for recorded in store.records(Parcel, NOW)] == sorted(names)
    assert list(store.arrays(Parcel, NOW, ["id"], 9211).columns["id"]) == sorted(names)


def test_things_are_found_by_cluster_and_by_id(store: Store) -> None:
    """A cluster itself belongs to itself; unknown ids are left out."""
    write(store, cluster("A"), cluster("B"), parcel("A-1", "A"), parcel("B-1", "B"))
    assert [v.thing.id for v in store.all(Parcel, NOW, cluster_id="A")] == ["A-1"]
    assert [v.thing.id for v in store.all(Cluster, NOW, cluster_id="A")] == ["A"]
    assert [v.thing.id for v in store.all(Parcel, NOW, ids=["B-1", "?", "A-1"])] == ["A-1", "B-1"]
    assert store.all(Parcel, NOW, ids=[]) == []
    assert store.all(Parcel, NOW, cluster_id="B", ids=["A-1"]) == []
    assert [s.thing.id for s in store.shaped(Parcel, NOW, cluster_id="B")] == ["B-1"]
    assert [r.thing.id for r in store.records(Parcel, NOW, cluster_id="B")] == ["B-1"]


def test_a_thing_that_is_not_there_is_named(store: Store) -> None:
    """Unknown, or not on that date: the error says what was asked and for which day."""
    write(store, parcel("A-1"))
    with pytest.raises(NotFound) as unknown:
        store.one(Parcel, "A-2", NOW)
    assert unknown.value.facts == {"table": "parcel", "value": "A-2", "on": "2024-12-31"}
    with pytest.raises(NotFound, match="2019-12-31"):
        store.one(Parcel, "A-1", Moment(date(2019, 12, 31)))


@pytest.mark.parametrize("name", ["\x00", "a\x00b", "\ud800", "'; DROP TABLE parcel; --", "%", ""])
def test_an_impossible_id_is_unknown(store: Store, name: str) -> None:
    """A question for it finds nothing, and breaks nothing (THREATS 36, 50)."""
    write(store, parcel("A-1"))
    with pytest.raises(NotFound):
        store.one(Parcel, name, NOW)
    assert store.all(Parcel, NOW, ids=[name]) == []
    assert store.all(Parcel, NOW, cluster_id=name) == []
    assert store.history(Parcel, name) == []
    assert store.balance(name, NOW) is None
    assert store.balance_history(name) == []


def test_shapes_come_in_wgs84_and_records_as_surveyed(store: Store) -> None:
    """The record is bit by bit what was put; the shape is that record brought into degrees."""
    shape = square(0.123456789, 1 / 3)
    write(store, parcel("A-1", shape=shape))
    (recorded,) = store.records(Parcel, NOW)
    (shaped,) = store.shaped(Parcel, NOW)
    assert recorded.located == Located(shape, 9211)
    assert recorded.version == shaped.version
    expected = to_crs(Located(shape, 9211), WGS84).geometry
    assert shaped.geometry is not None
    assert shaped.geometry.equals_exact(expected, 1e-12)


def test_a_thing_may_have_no_shape(store: Store) -> None:
    """It is listed without one, has no area, and no record."""
    write(store, cluster("A"))
    (shaped,) = store.shaped(Cluster, NOW)
    assert shaped.geometry is None
    assert shaped.version.planar_m2 is None
    assert store.records(Cluster, NOW) == []


def test_a_shape_in_degrees_has_no_planar_area(store: Store) -> None:
    """Areas are never measured in degrees; the geodesic one is known."""
    outline = to_crs(Located(square(side=1000), 9211), WGS84)
    thing = Territory(
        id="t",
        kind=model.TerritoryKind.PROVINCE,
        name_vi="T",
        name_en="T",
        quality=Quality.DIGITISED,
    )
    write(store, Entry(thing, ALWAYS, outline))
    version = store.one(Territory, "t", NOW)
    assert version.planar_m2 is None
    assert version.geodesic_m2 == pytest.approx(1_000_000, rel=1e-3)


def test_a_layer_comes_as_arrays_in_one_zone(store: Store) -> None:
    """Shapes surveyed in another zone are brought into it; things without shape are left out."""
    other = to_crs(Located(square(), 9211), 9208)
    write(store, cluster("A"), cluster("B", square()))
    write(store, Entry(parcel("B-1", "B").thing, SINCE, other), parcel("B-2", "B"))
    assert list(store.arrays(Cluster, NOW, ["id"], 9211).columns["id"]) == ["B"]
    layer = store.arrays(Parcel, NOW, ["id", "cluster_id"], 9211)
    assert list(layer.columns["cluster_id"]) == ["B", "B"]
    assert layer.shapes[0].equals_exact(square(), 1e-6)
    assert layer.shapes[1].equals(square())


@pytest.mark.parametrize("cls", [Party, Lease])
def test_only_layers_have_shapes(store: Store, cls: type) -> None:
    """Asking for the shapes of other things is a mistake of the program."""
    with pytest.raises(TypeError, match="no geometry"):
        store.shaped(cls, NOW)
    with pytest.raises(TypeError, match="no geometry"):
        store.records(cls, NOW)
    with pytest.raises(TypeError, match="no geometry"):
        store.arrays(cls, NOW, ["id"], 9211)
    with store.transaction(by="a", action="b") as transaction:
        transaction.put(party("x"))
    with pytest.raises(TypeError, match="no shape"):  # noqa: SIM117 - the block is what raises
        with store.transaction(by="a", action="b") as transaction:
            transaction.put(Entry(lease("l", "A").thing, SINCE, located(square())))


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8])
def test_pages_follow_one_another(store: Store, size: int) -> None:
    """Behind the last id of a page the next begins; together they are the whole."""
    write(store, *(parcel(f"A-{i}") for i in range(7)))
    seen: list[str] = []
    after = None
    while page := store.shaped(Parcel, NOW, after=after, limit=size):
        assert len(page) <= size
        seen += [shaped.thing.id for shaped in page]
        after = seen[-1]
    assert seen == [f"A-{i}" for i in range(7)]
    assert store.shaped(Parcel, NOW, limit=0) == []


def test_a_page_keeps_its_place_while_things_come_and_go(store: Store) -> None:
    """Pages of a pinned moment neither lose nor repeat a thing."""
    write(store, *(parcel(f"A-{i}") for i in (1, 3, 5, 7)))
    moment = store.present(NOW.on)
    first = store.shaped(Parcel, moment, limit=2)
    write(store, parcel("A-2"), parcel("A-4"), parcel("A-5", label="new"))
    rest = store.shaped(Parcel, moment, after=first[-1].thing.id)
    assert [s.thing.id for s in (*first, *rest)] == ["A-1", "A-3", "A-5", "A-7"]
    assert rest[0].thing.plot_label is None


def test_many_ids_may_be_asked_for(store: Store) -> None:
    """More than one statement can carry."""
    write(store, parcel("A-1"), parcel("A-2"))
    names = [f"unknown-{i}" for i in range(25_000)]
    found = store.all(Parcel, NOW, ids=["A-2", *names, "A-1"])
    assert [version.thing.id for version in found] == ["A-1", "A-2"]
