"""Use cases over either engine: what they write, correct, void and revert is the same."""

import threading
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest

from gis.clusters import (
    ApprovePlan,
    DropCluster,
    FoundCluster,
    PlannedArea,
    approve_plan,
    drop_cluster,
    found_cluster,
)
from gis.corrections import (
    Correct,
    FieldChange,
    Revert,
    Void,
    correct_record,
    revert_change,
    void_record,
)
from gis.errors import GisError
from gis.history import history_of
from gis.mandates import Mandate
from gis.model import Cluster, LandUse, Moment, PlanArea, Territory, TerritoryKind
from gis.store import Entry, Store
from tests.gis.answers import answers
from tests.gis.registers import EPSG
from tests.gis.requests import decided, surveyed
from tests.gis.store.things import ALWAYS, FakeClock, square

ON = date(2024, 6, 1)
FIXER = Mandate(by="acc-2", reason="Ghi nhầm")
DATES = (date(2024, 5, 31), ON)
FOUND = FoundCluster(
    name_vi="Đú Sáng",
    id="A",
    territory_id="hoa-binh",
    approved_area_ha=40.0,
    boundary=surveyed(square(side=600)),
)
PLAN = ApprovePlan(
    cluster_id="A",
    areas=(
        PlannedArea(
            land_use=LandUse.INDUSTRY, shape=surveyed(square(side=300)), id="a1", label="CN"
        ),
    ),
)


@pytest.fixture
def register(store: Store) -> Iterator[Store]:
    """Yield a register with a territory, a founded cluster and its plan: changes 1 to 3."""
    territory = Territory(
        id="hoa-binh",
        kind=TerritoryKind.FORMER_PROVINCE,
        name_vi="Hòa Bình",
        name_en="Hoa Binh",
        epsg=EPSG,
    )
    with store.transaction(by="test", action="test.load") as transaction:
        transaction.put(Entry(territory, ALWAYS))
        transaction.set_setting("territory", "hoa-binh")
    found_cluster(store, FOUND, decided(ON))
    approve_plan(store, PLAN, decided(ON, "QD-2"))
    yield store
    assert store.verify().is_clean


def test_a_founded_cluster_has_its_plans_balance(register: Store) -> None:
    """Boundary and industrial land, computed afresh or kept."""
    balance = register.balance("A", Moment(ON))
    assert balance is not None
    assert balance.boundary_m2 == pytest.approx(360_000)
    assert balance.industry_m2 == pytest.approx(90_000)
    assert register.balances(Moment(ON)) == register.recompute_balances(Moment(ON))


def test_all_that_was_done_can_be_undone_and_done_again(register: Store) -> None:
    """From the last change to the first, with every answer of before; then forward again."""
    seen = [answers(register, DATES)]
    given = (FieldChange(name="label", value="CN-01"),)
    correct_record(register, Correct(table="plan_area", id="a1", fields=given), FIXER)
    seen.append(answers(register, DATES))
    void_record(register, Void(table="plan_area", id="a1"), FIXER)
    seen.append(answers(register, DATES))
    drop_cluster(register, DropCluster(cluster_id="A"), decided(ON, "QD-3"))
    last = register.change_counter()
    for number, before in zip((last, last - 1, last - 2), reversed(seen), strict=True):
        revert_change(register, Revert(change=number), FIXER)
        assert answers(register, DATES) == before
    for number, after in zip((last + 3, last + 2), seen[1:], strict=True):
        revert_change(register, Revert(change=number), FIXER)
        assert answers(register, DATES) == after


def test_later_work_keeps_what_it_rests_on(register: Store) -> None:
    """The founding is not reverted while the plan rests on it; the plan goes first."""
    with pytest.raises(GisError) as refused:
        revert_change(register, Revert(change=2), FIXER)
    assert refused.value.code == "revert.depended_on"
    assert {one["change"] for one in refused.value.facts["others"]} == {3}
    with pytest.raises(GisError) as refused:
        void_record(register, Void(table="cluster", id="A"), FIXER)
    assert refused.value.code == "record.depended_on"
    revert_change(register, Revert(change=3), FIXER)
    revert_change(register, Revert(change=2), FIXER)
    assert not register.all(Cluster, Moment(ON))


def test_the_past_is_asked_as_it_was_known(register: Store, clock: FakeClock) -> None:
    """A correction shows in the history and not in what was known before it."""
    before: datetime = clock.pass_by(days=1)
    clock.pass_by(days=1)
    given = (FieldChange(name="approved_area_ha", value=41.0),)
    correct_record(register, Correct(table="cluster", id="A", fields=given), FIXER)
    first, second = history_of(register, Cluster, "A")
    assert first.ended_by == second.change
    assert [one.field for one in second.differences] == ["approved_area_ha"]
    areas = [
        register.one(Cluster, "A", Moment(ON, known_at)).thing.approved_area_ha
        for known_at in (before, before + timedelta(days=2))
    ]
    assert areas == [40.0, 41.0]


def test_two_clusters_can_not_be_founded_on_the_same_land(register: Store) -> None:
    """Whoever comes second is told whose it is."""
    with pytest.raises(GisError) as refused:
        found_cluster(
            register,
            FoundCluster(
                name_vi="Khác",
                territory_id="hoa-binh",
                boundary=surveyed(square(599, 0, 100)),
            ),
            decided(ON, "QD-3"),
        )
    assert refused.value.code == "cluster.overlap"
    assert refused.value.facts["overlaps"] == [{"id": "A", "area_m2": pytest.approx(100.0)}]
    assert register.all(PlanArea, Moment(ON))


def test_of_two_who_found_on_one_land_at_once_one_wins(register: Store) -> None:
    """Neither sees the other's boundary before it is there, and yet they never overlap."""
    shape = surveyed(square(2000, 0, 500))
    barrier = threading.Barrier(2)
    codes: list[str] = []

    def found(number: int) -> None:
        barrier.wait()
        asked = FoundCluster(name_vi=f"Cụm {number}", territory_id="hoa-binh", boundary=shape)
        try:
            found_cluster(register, asked, decided(ON, f"QD-R{number}"))
        except GisError as error:
            codes.append(error.code)
        else:
            codes.append("founded")

    threads = [threading.Thread(target=found, args=[number]) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(codes) in (["cluster.overlap", "founded"], ["founded", "register.busy"])
    assert len(register.all(Cluster, Moment(ON))) == 2
