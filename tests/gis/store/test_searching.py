"""What searches ask of the tables: things by their columns, all of some clusters, news."""

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import sqlite

from gis.model import Lease, Moment, Parcel, Period
from gis.store import Entry, Store
from gis.store.reading import in_force
from gis.store.schema import TABLES
from tests.gis.store.conftest import NewPlace
from tests.gis.store.things import NOW, ON, SINCE, cluster, parcel, party, square, write


@pytest.fixture
def filled(store: Store) -> Store:
    """Return a register with labelled parcels in two clusters."""
    write(store, cluster("A", square()), cluster("B", square(500)))
    for name, owner, label in (("p", "A", "CN-1"), ("q", "A", "CN-2"), ("r", "B", "CN-1")):
        write(store, parcel(name, owner, label=label))
    return store


def test_things_are_found_by_their_columns(filled: Store) -> None:
    """In order of ids, behind one, so many, among some; text that can't be kept finds nothing."""

    def found(equal: dict[str, str], **asked: object) -> list[str]:
        versions = filled.find(Parcel, NOW, equal, **asked)  # type: ignore[arg-type]
        return [version.thing.id for version in versions]

    assert found({"plot_label": "CN-1"}) == ["p", "r"]
    assert found({"plot_label": "CN-1", "cluster_id": "B"}) == ["r"]
    assert found({}, limit=2) == ["p", "q"]
    assert found({}, after="p", limit=2) == ["q", "r"]
    assert found({"plot_label": "CN-1"}, ids=["q", "r"]) == ["r"]
    assert found({"plot_label": "CN\x00"}) == []
    assert found({"plot_label": "' OR 1=1 --"}) == []


def test_a_past_is_found_as_it_was_known(filled: Store) -> None:
    """A label corrected later is found under the old one before."""
    before = filled.present(ON)
    seen = filled.records(Parcel, NOW, ids=["p"])[0]
    write(filled, Entry(replace(seen.thing, plot_label="CN-9"), SINCE, seen.located))
    old, new = {"plot_label": "CN-1"}, {"plot_label": "CN-9"}
    assert [one.thing.id for one in filled.find(Parcel, before, old)] == ["p", "r"]
    assert [one.thing.id for one in filled.find(Parcel, NOW, old)] == ["r"]
    assert [one.thing.id for one in filled.find(Parcel, NOW, new)] == ["p"]


def test_all_of_some_clusters_is_read_at_once(filled: Store) -> None:
    """Every version with its shape of record, whenever it holds."""
    write(filled, parcel("p", "A", square(100), Period(ON)))
    known = filled.known_in(Parcel, ["A", "nowhere"])
    assert [(one.thing.id, one.valid) for one in known] == [
        ("p", Period(SINCE.start, ON)),
        ("p", Period(ON)),
        ("q", SINCE),
    ]
    assert all(one.located is not None for one in known)
    assert filled.known_in(Lease, ["A"]) == []


def test_news_names_the_clusters_that_changed(filled: Store) -> None:
    """Since a change of a number; "" stands for things of no cluster."""
    number = filled.change_counter()
    then = filled.present(ON).known_at
    assert filled.touched_since(number) == frozenset()
    write(filled, party("x"), parcel("s", "B"))
    assert filled.touched_since(number) == {"", "B"}
    assert filled.touched_since(0) == {"", "A", "B"}
    assert filled.counter_at(then) == number
    assert filled.counter_at(None) == number + 1


@pytest.mark.parametrize(
    ("cls", "equal"),
    [
        (Parcel, {"plot_label": "CN-1"}),
        (Parcel, {"number": "7", "sheet": "12"}),
        (Lease, {"contract_number": "1"}),
    ],
)
def test_a_label_or_number_is_found_by_its_index(
    geopackages: NewPlace, cls: type, equal: dict[str, str]
) -> None:
    """The plan of the query names the index, now and for a past."""
    table = TABLES[cls].version
    place = geopackages()
    for moment in (Moment(ON), NOW):
        query = (
            sa.select(table.c.id)
            .where(in_force(table, moment), *(table.c[n] == v for n, v in equal.items()))
            .order_by(table.c.id)
        )
        compiled = query.compile(
            dialect=sqlite.dialect(),
            compile_kwargs={"literal_binds": True},
        )
        with closing(sqlite3.connect(place)) as raw:
            steps = " ".join(row[-1] for row in raw.execute(f"EXPLAIN QUERY PLAN {compiled}"))
        assert f"ix_{table.name}_{next(iter(equal))}" in steps, steps
