"""A change keeps all of it or nothing, in the order of its wishes and of time."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
import shapely

from gis.errors import GeometryProblem, NotFound
from gis.model import (
    Cluster,
    Moment,
    Parcel,
    Party,
    Period,
)
from gis.store import Entry, Store
from tests.gis.store.conftest import NewStore
from tests.gis.store.things import (
    ALWAYS,
    MADE_AT,
    NOW,
    ON,
    SINCE,
    FakeClock,
    cluster,
    lease,
    parcel,
    party,
    write,
)


class Mishap(Exception):
    """Something that goes wrong in the middle of a change."""


# --- all or nothing ------------------------------------------------------------------------------


def test_an_error_in_the_block_keeps_nothing(store: Store) -> None:
    """Neither things nor settings nor a change remain, and the next change goes well."""

    def change_and_fail() -> None:
        with store.transaction(by="a", action="b") as transaction:
            transaction.put(parcel("A-1"))
            transaction.set_setting("territory", "hoa-binh")
            raise Mishap

    with pytest.raises(Mishap):
        change_and_fail()
    assert store.is_empty()
    assert store.setting("territory") is None
    assert store.all(Parcel, NOW) == []
    write(store, parcel("A-1"))
    assert store.change_counter() == 1


def test_an_error_at_the_end_keeps_nothing(store: Store) -> None:
    """Shapes are checked when the block ends; sound things of the same change go with it."""
    bow_tie = shapely.Polygon(
        [(430000, 2300000), (430100, 2300100), (430100, 2300000), (430000, 2300100)]
    )
    with pytest.raises(GeometryProblem) as refused:
        write(
            store, cluster("A"), parcel("A-1"), parcel("A-2", shape=bow_tie), lease("L", "A", "A-1")
        )
    assert refused.value.code == "geometry.self_intersection"
    assert refused.value.facts["table"] == "parcel"
    assert refused.value.facts["id"] == "A-2"
    assert store.is_empty()
    assert store.all(Cluster, NOW) == []
    assert store.all(Parcel, NOW) == []


def test_an_empty_change_leaves_no_trace(store: Store) -> None:
    """No entry of the journal, no new number."""
    with store.transaction(by="a", action="b"):
        pass
    assert store.is_empty()


def test_a_change_is_not_seen_before_it_is_whole(store: Store) -> None:
    """A reader sees the register as it was until the block ends."""
    write(store, parcel("A-1"))
    with store.transaction(by="a", action="b") as transaction:
        transaction.put(parcel("A-2"))
        assert [version.thing.id for version in store.all(Parcel, NOW)] == ["A-1"]
        assert store.change_counter() == 1
    assert store.change_counter() == 2


def test_a_class_that_is_not_stored_is_a_mistake_of_the_program(store: Store) -> None:
    """It is told at once."""
    with pytest.raises(KeyError), store.transaction(by="a", action="b") as transaction:
        transaction.put(Entry(Period(), ALWAYS))


# --- settings, journal headings, time ------------------------------------------------------------


def test_a_setting_can_be_changed_and_counts_as_a_change(store: Store) -> None:
    """The newest value counts; whoever caches answers sees the counter grow."""
    for number, value in enumerate(("hoa-binh", "phu-tho", "phu-tho"), start=1):
        with store.transaction(by="a", action="b") as transaction:
            transaction.set_setting("territory", value)
        assert store.setting("territory") == value
        assert store.change_counter() == number
    with store.transaction(by="a", action="b") as transaction:
        transaction.set_setting("territory", "x")
        transaction.set_setting("territory", "y")
    assert store.setting("territory") == "y"


def test_the_journal_says_who_did_what_and_why(store: Store) -> None:
    """In order, with what was written and ended in each cluster."""
    write(store, cluster("A"), party("x"), parcel("A-1"), parcel("B-1", "B"))
    with store.transaction(
        by="Lê Văn C", action="parcel.correct", decision_id="12/QĐ-UBND", reason="Sai số thửa"
    ) as transaction:
        transaction.put(parcel("A-1", label="CN-05"))
    first, second = store.changes()
    assert (second.by, second.action) == ("Lê Văn C", "parcel.correct")
    assert (second.decision_id, second.reason) == ("12/QĐ-UBND", "Sai số thửa")
    assert [(p.cluster_id, p.opened, p.closed) for p in first.parts] == [
        ("", 1, 0),
        ("A", 2, 0),
        ("B", 1, 0),
    ]
    assert [(p.cluster_id, p.opened, p.closed) for p in second.parts] == [("A", 1, 1)]
    assert first.register_hash != second.register_hash


def test_known_times_grow_though_the_clock_is_set_back(store: Store, clock: FakeClock) -> None:
    """By a microsecond at least, from the making of the register on (THREATS 47)."""
    for span in ({}, {"days": 1}, {"days": -2}, {"microseconds": 1}, {"days": 2}):
        clock.pass_by(**span)
        write(store, party("x"))
    times = [change.at for change in store.changes()]
    assert times == sorted(set(times))
    assert times[0] > MADE_AT
    assert times[1] - times[0] > timedelta(hours=23)
    assert times[3] - times[2] == timedelta(microseconds=1)
    assert [change.number for change in store.changes()] == [1, 2, 3, 4, 5]


def test_times_are_kept_in_utc(new_store: NewStore) -> None:
    """Whatever the zone of the clock."""
    hanoi = timezone(timedelta(hours=7))
    store = new_store(FakeClock(datetime(2026, 1, 1, 3, 30, tzinfo=hanoi)))
    write(store, party("x"))
    (change,) = store.changes()
    assert change.at == datetime(2025, 12, 31, 20, 30, tzinfo=UTC)
    assert change.at.tzinfo is UTC


def test_the_present_is_pinned(store: Store) -> None:
    """A moment asked for before a change never sees it, also on an empty register."""
    empty = store.present(ON)
    write(store, party("x", text="before"))
    full = store.present(ON)
    write(store, party("x", text="after"))
    assert store.all(Party, empty) == []
    assert store.one(Party, "x", full).thing.name == "before"
    assert store.one(Party, "x", store.present(ON)).thing.name == "after"


# --- periods -------------------------------------------------------------------------------------


def on(store: Store, day: date) -> str | None:
    """Return the text of party x on a day, as known now."""
    found = store.all(Party, Moment(day), ids=["x"])
    return found[0].thing.name if found else None


def test_the_first_day_is_in_and_the_last_is_out(store: Store) -> None:
    """Periods are half-open; the first and the last day of the calendar can be asked about."""
    write(store, party("x", valid=Period(date(2021, 1, 1), date(2022, 1, 1))))
    days = (date(2020, 12, 31), date(2021, 1, 1), date(2021, 12, 31), date(2022, 1, 1))
    assert [on(store, day) is not None for day in days] == [False, True, True, False]
    write(store, party("x", text="for ever"))
    assert on(store, date.min) == on(store, date.max) == "for ever"


def test_a_later_period_cuts_an_earlier_one(store: Store) -> None:
    """A correction in the middle leaves the beginning and the end as they were."""
    write(store, party("x", text="old", valid=Period(date(2020, 1, 1), date(2030, 1, 1))))
    write(store, party("x", text="new", valid=Period(date(2022, 1, 1), date(2023, 1, 1))))
    days = [date(year, 12, 31) for year in (2019, 2021, 2022, 2023, 2029, 2030)]
    assert [on(store, day) for day in days] == [None, "old", "new", "old", "old", None]


def test_a_back_dated_correction_reaches_back(store: Store) -> None:
    """What was known before it stays known for whoever asks as of then."""
    write(store, party("x", text="old", valid=Period(date(2024, 1, 1))))
    before = store.present(date(2023, 6, 1))
    write(store, party("x", text="new", valid=Period(date(2023, 1, 1))))
    assert on(store, date(2023, 6, 1)) == "new"
    assert on(store, date(2024, 6, 1)) == "new"
    assert store.all(Party, before) == []
    assert store.one(Party, "x", Moment(date(2024, 6, 1), before.known_at)).thing.name == "old"


def test_several_periods_of_one_thing_in_one_change(store: Store) -> None:
    """They are carried out in order; what a later one covers is never written."""
    write(
        store,
        party("x", text="a", valid=Period(date(2020, 1, 1))),
        party("x", text="hidden", valid=Period(date(2021, 6, 1), date(2021, 7, 1))),
        party("x", text="b", valid=Period(date(2021, 1, 1), date(2022, 1, 1))),
    )
    days = [date(2020, 6, 1), date(2021, 6, 15), date(2022, 6, 1)]
    assert [on(store, day) for day in days] == ["a", "b", "a"]
    history = store.history(Party, "x")
    assert sorted(version.thing.name for version in history) == ["a", "a", "b"]
    assert [version.number for version in history] == [1, 2, 3]


def test_a_thing_may_change_its_cluster(store: Store) -> None:
    """Both clusters' journals tell it, and each date finds it in the right one."""
    write(store, parcel("P", "A"))
    write(store, parcel("P", "B", valid=Period(date(2023, 1, 1))))
    before, after = Moment(date(2022, 1, 1)), Moment(date(2024, 1, 1))
    assert [v.thing.id for v in store.all(Parcel, before, cluster_id="A")] == ["P"]
    assert store.all(Parcel, before, cluster_id="B") == []
    assert store.all(Parcel, after, cluster_id="A") == []
    assert [v.thing.id for v in store.all(Parcel, after, cluster_id="B")] == ["P"]
    parts = store.changes()[-1].parts
    assert [(p.cluster_id, p.opened, p.closed) for p in parts] == [("A", 1, 1), ("B", 1, 0)]


def test_history_tells_every_version(store: Store) -> None:
    """Numbered from 1, with when each was known."""
    write(store, party("x", text="a"))
    write(store, party("x", text="b", valid=Period(date(2023, 1, 1))))
    write(store, party("x", text="c", valid=Period(date(2023, 1, 1))))
    first, second, third = (change.at for change in store.changes())
    told = [
        (v.number, v.thing.name, v.valid.start, v.known_from, v.known_to)
        for v in store.history(Party, "x")
    ]
    day = date(2023, 1, 1)
    assert told == [
        (1, "a", None, first, second),
        (2, "a", None, second, None),
        (3, "b", day, second, third),
        (4, "c", day, third, None),
    ]


def void(store: Store, name: str, valid: Period) -> None:
    """Void a parcel, and put another in the same change."""
    with store.transaction(by="a", action="b", reason="Nhập trùng") as transaction:
        transaction.put(parcel("other", "B"))
        transaction.void(Parcel, name, valid)


def test_a_record_can_be_voided(store: Store) -> None:
    """For a period or for ever; its versions stay in the history, and it can come back."""
    write(store, parcel("P", valid=SINCE))
    known = store.present(ON)
    void(store, "P", Period(date(2022, 1, 1), date(2023, 1, 1)))
    moments = [Moment(date(year, 6, 1)) for year in (2021, 2022, 2023)]
    assert [len(store.all(Parcel, at, cluster_id="A")) for at in moments] == [1, 0, 1]
    void(store, "P", ALWAYS)
    assert store.all(Parcel, NOW, cluster_id="A") == []
    assert store.shaped(Parcel, NOW, cluster_id="A") == []
    assert store.one(Parcel, "P", known).number == 1
    assert [version.number for version in store.history(Parcel, "P")] == [1, 2, 3]
    write(store, parcel("P", label="back"))
    assert store.one(Parcel, "P", NOW).number == 4


def test_what_is_not_known_cant_be_voided(store: Store) -> None:
    """The change is refused as a whole, and says for which day nothing was found."""
    write(store, parcel("P", valid=Period(date(2022, 1, 1))))
    for name, valid in (("Q", ALWAYS), ("P", Period(date(2020, 1, 1), date(2022, 1, 1)))):
        with pytest.raises(NotFound) as refused:
            void(store, name, valid)
        assert refused.value.code == "thing.unknown"
        assert refused.value.facts["value"] == name
    assert [version.thing.id for version in store.all(Parcel, NOW)] == ["P"]


def test_wishes_are_carried_out_in_order(store: Store) -> None:
    """Put, void and put again in one change leave the last wish."""
    with store.transaction(by="a", action="b") as transaction:
        transaction.put(party("x", text="first"))
        transaction.void(Party, "x", Period(date(2020, 1, 1)))
        transaction.put(party("x", text="last", valid=Period(date(2024, 1, 1))))
    days = [date(2019, 1, 1), date(2022, 1, 1), date(2024, 6, 1)]
    assert [on(store, day) for day in days] == ["first", None, "last"]
