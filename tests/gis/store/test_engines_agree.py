"""The same writes make the same register on every engine, to the last digest."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gis.model import Cluster, Lease, Moment, Parcel, Party, Period
from gis.store import Store, open_store
from gis.store.kinds import KINDS
from tests.gis.store.conftest import NewPlace
from tests.gis.store.things import (
    NOW,
    FakeClock,
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

#: Ids whose order differs between languages and bytes.
NAMES = ["a", "A", "b", "Z", "đ", "Đ", "ê", "z", "a-1", "a_1", "10", "9", "ấ", "𐐷"]


@dataclass
class Twins:
    """The same register on two engines."""

    stores: tuple[Store, Store]

    def write(self, *things: object) -> None:
        """Write entries into both."""
        for store in self.stores:
            write(store, *things)  # type: ignore[arg-type]

    def agree(self) -> bool:
        """Say whether both answer the same to everything."""
        one, other = map(everything, self.stores)
        return one == other


def everything(store: Store) -> list[object]:
    """Return all that a register tells of its things, at several moments."""
    moments = [NOW, Moment(date(2022, 6, 1)), store.present(NOW.on)]
    changes = store.changes()
    moments += [Moment(NOW.on, change.at) for change in changes[:: 1 + len(changes) // 6]]
    told: list[object] = [changes]
    for moment in moments:
        told += [store.all(kind.cls, moment) for kind in KINDS]
        told += [store.shaped(kind.cls, moment) for kind in KINDS if kind.geometry]
        told += [store.records(kind.cls, moment) for kind in KINDS if kind.geometry]
        told += [store.balances(moment), store.recompute_balances(moment)]
    for row in store.all(Cluster, NOW):
        told += [store.known(Parcel, row.thing.id), store.balance_history(row.thing.id)]
    return told


@pytest.fixture(autouse=True)
def _same_salts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gis.store.personal.secrets.token_hex", lambda _bytes: "salt")


@pytest.fixture
def twins(geopackages: NewPlace, databases: NewPlace) -> Iterator[Twins]:
    """Yield two empty registers on clocks that stand still."""
    with (
        closing(open_store(geopackages(), clock=FakeClock())) as one,
        closing(open_store(databases(), clock=FakeClock())) as other,
    ):
        yield Twins((one, other))


def test_a_register_with_a_life_is_the_same_on_both(twins: Twins) -> None:
    """Clusters with plans and leases, corrections, voids, settings and an erasure."""
    twins.write(cluster("A", square(side=500)), plan("A"), plan_area("a", "A", square(side=300)))
    twins.write(cluster("B"), parcel("P", label="CN-01"), party("ccn"), lease("L", "A", "P"))
    for store in twins.stores:
        with store.transaction(by="a", action="b", decision_id="QD", reason="r") as transaction:
            transaction.put(parcel("P", "B", square(side=7), Period(date(2023, 1, 1)), label="đ"))
            transaction.set_setting("territory", "hoa-binh")
        with store.transaction(by="a", action="b", submitted_by="c") as transaction:
            transaction.void(Parcel, "P", Period(date(2022, 1, 1), date(2022, 2, 1)))
            transaction.void(Lease, "L")
            transaction.put(parcel("Q", shape=square(1 / 3, 0.1)))
        with store.transaction(by="a", action="b", reason="r") as transaction:
            transaction.erase(Party, "ccn")
    assert twins.agree()


def test_ids_have_the_same_order_on_both(twins: Twins) -> None:
    """By bytes, in lists and from page to page, whatever the server's language."""
    twins.write(*(parcel(name, shape=square(10 * n)) for n, name in enumerate(NAMES)))
    assert twins.agree()
    for store in twins.stores:
        found: list[str] = []
        while page := store.shaped(Parcel, NOW, after=found[-1] if found else None, limit=3):
            found += [shaped.thing.id for shaped in page]
        assert found == sorted(NAMES)


def test_the_example_is_the_same_on_both(twins: Twins) -> None:
    """With every kind of thing that the product writes."""
    from gis.example import load_example  # noqa: PLC0415 - heavy, and for this test only

    for store in twins.stores:
        load_example(store)
    assert twins.agree()


entries: st.SearchStrategy[object] = st.one_of(
    st.builds(
        lambda name, owner, x, start: parcel(name, owner, square(x), Period(start)),
        st.sampled_from(["P", "Q", "đ"]),
        st.sampled_from(["A", "B"]),
        st.floats(0, 900),
        st.sampled_from([None, date(2021, 1, 1), date(2023, 1, 1)]),
    ),
    st.builds(cluster, st.sampled_from(["A", "B"]), st.builds(square, side=st.floats(1, 900))),
    st.builds(lease, st.sampled_from(["L", "M"]), st.just("A"), st.sampled_from(["P", "Q"])),
    st.builds(
        lambda side: plan_area("a", "A", square(side=side)),
        st.floats(0.001, 1000, exclude_min=True),
    ),
    st.just(plan("A")),
    st.builds(
        lambda text: party("p", text=text),
        st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1),
    ),
)


def test_any_changes_come_to_the_same_on_both(twins: Twins) -> None:
    """Numbers that no decimal has, texts of any letters, things that move and change."""

    @settings(FEW, max_examples=30)
    @given(st.lists(st.lists(entries, min_size=1, max_size=4), min_size=1, max_size=2))
    def check(changes: list[list[object]]) -> None:
        for some in changes:
            twins.write(*some)
        one, other = (store.changes()[-1:] for store in twins.stores)
        assert one == other
        assert [s.balances(NOW) for s in twins.stores[:1]] == [
            s.balances(NOW) for s in twins.stores[1:]
        ]

    check()
    assert twins.agree()


def test_the_question_of_a_box_has_the_same_answer_on_both(twins: Twins) -> None:
    """On the edges of shapes, and where a number is none."""
    twins.write(*(parcel(f"{n}", shape=square(n * 50, side=40)) for n in range(9)))
    [first, *_] = twins.stores[0].shaped(Parcel, NOW)
    assert first.geometry is not None
    west, south, east, north = first.geometry.bounds
    nan, inf = float("nan"), float("inf")
    for box in [
        (west, south, east, north),
        (east, south, east, north),
        (-inf, -inf, inf, inf),
        (nan, south, inf, inf),
        (west, south, nan, north),
    ]:
        one, other = (
            [shaped.thing.id for shaped in store.shaped(Parcel, NOW, bbox=box)]
            for store in twins.stores
        )
        assert one == other
        assert bool(one) == (nan not in box)
