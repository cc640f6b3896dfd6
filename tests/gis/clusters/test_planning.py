"""Approving a detailed plan with its areas and balance, and recording serving land."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from gis.clusters import (
    ApprovePlan,
    PlannedArea,
    RecordServingLand,
    approve_plan,
    cluster_balance,
    cluster_plan,
    record_serving_land,
)
from gis.crs import Located, to_crs
from gis.model import (
    DetailedPlan,
    LandUse,
    Moment,
    Period,
    PlanArea,
    Quality,
    ServingLand,
    ServingPurpose,
)
from gis.store import GeoPackageStore
from tests.gis.digests import refused
from tests.gis.maps_of_plots import box
from tests.gis.registers import EPSG, NOW, START, add, clean_register, cluster, entry
from tests.gis.requests import decided, surveyed

ON = date(2024, 6, 1)
BEFORE = Moment(date(2024, 5, 31))


def area(use: LandUse, *sides: float, label: str | None = None) -> PlannedArea:
    """Return a rectangle of a plan, by its corner and its sides."""
    return PlannedArea(land_use=use, shape=surveyed(box(*sides)), label=label)


PLAN = ApprovePlan(
    cluster_id="A",
    areas=(
        area(LandUse.INDUSTRY, 0, 0, 4, 2, label="CN-01"),
        area(LandUse.TRAFFIC, 0, 2, 4, 0.5),
        area(LandUse.GREEN, 0, 2.5, 4, 1, label="CX"),
    ),
)
HOUSING = RecordServingLand(
    cluster_id="A",
    purpose=ServingPurpose.WORKERS_HOUSING,
    name_vi="Nhà ở công nhân",
    shape=surveyed(box(4, 2)),
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[GeoPackageStore]:
    """Yield a register whose first cluster has a plan since its start."""
    made = clean_register(tmp_path)
    yield made
    made.close()


def test_a_plan_is_in_force_with_its_areas_and_balance(store: GeoPackageStore) -> None:
    """In one change; the plan before it ends on that day and is still there for earlier days."""
    counter = store.change_counter()
    done = approve_plan(store, PLAN, decided(ON))
    assert store.change_counter() == counter + 1
    assert [thing.id for thing in done.things] == [
        "A-qhct-2024",
        "A-qhct-2024-cn-01",
        "A-qhct-2024-2",
        "A-qhct-2024-cx",
    ]
    found = cluster_balance(store, "A", NOW)
    assert found.plan is not None
    assert (found.plan.id, found.plan.decision_id, found.plan.approved_on) == (
        "A-qhct-2024",
        "QD-1",
        ON,
    )
    assert found.decision is not None
    assert found.balance is not None
    assert found.balance.valid == Period(ON)
    assert found.balance.industry_m2 == pytest.approx(800)
    assert found.balance.unclassified_m2 == pytest.approx(200)
    assert len(cluster_plan(store, "A", NOW).areas) == 3
    before = cluster_balance(store, "A", BEFORE)
    assert before.plan is not None
    assert before.balance is not None
    assert before.plan.id == "A-plan"
    assert before.balance.industry_m2 == pytest.approx(1200)
    assert {one.thing.id for one in cluster_plan(store, "A", BEFORE).areas} == {
        "A-area-1",
        "A-area-2",
    }


def test_the_structure_is_told_and_refuses_nothing(store: GeoPackageStore) -> None:
    """Each share against the rule in force, with its version."""
    done = approve_plan(store, PLAN, decided(ON))
    found = {finding.rule_id: (finding.value, finding.outcome.value) for finding in done.findings}
    assert found == {
        "land_use.green.min": (pytest.approx(25.0), "met"),
        "land_use.traffic.min": (pytest.approx(12.5), "met"),
        "land_use.technical.min": (0.0, "broken"),
        "cluster.services.max_share": (0.0, "met"),
    }
    kept = cluster_balance(store, "A", NOW).planned
    told = {share.finding.rule_id: share.finding for share in kept if share.finding is not None}
    assert told["land_use.green.min"] == done.findings[0]


def test_overlap_and_land_outside_are_said(store: GeoPackageStore) -> None:
    """With m² of each; the balance keeps both apart."""
    areas = (
        area(LandUse.INDUSTRY, 0, 0, 4, 2, label="CN-01"),
        area(LandUse.GREEN, 0, 1.5, 4, 1, label="CX"),
        area(LandUse.TRAFFIC, 3, 3, 2, 1),
    )
    done = approve_plan(store, replace(PLAN, areas=areas), decided(ON))
    told = {note.code: note.facts for note in done.notes}
    assert told["note.plan_overlap"] == {
        "first": "CN-01",
        "second": "CX",
        "area_m2": pytest.approx(200),
    }
    assert told["note.plan_outside"]["area_m2"] == pytest.approx(100)
    balance = cluster_balance(store, "A", NOW).balance
    assert balance is not None
    assert balance.overlap_m2 == pytest.approx(200)
    assert balance.outside_m2 == pytest.approx(100)


def test_an_area_elsewhere_is_refused(store: GeoPackageStore) -> None:
    """One wholly outside is a wrong zone or a wrong cluster."""
    areas = (*PLAN.areas, area(LandUse.OTHER, 40, 40, 1, 1, label="X"))
    with refused(store, "plan.area_outside") as refusal:
        approve_plan(store, replace(PLAN, areas=areas), decided(ON))
    assert refusal.value.facts == {"label": "X", "id": "A"}


def test_areas_may_come_in_another_zone(store: GeoPackageStore) -> None:
    """They are held against the boundary in its zone, and kept as sent."""
    moved = to_crs(Located(box(0, 0, 4, 2), EPSG), 9208).geometry
    areas = (PlannedArea(land_use=LandUse.INDUSTRY, shape=surveyed(moved, 9208)),)
    done = approve_plan(store, replace(PLAN, areas=areas), decided(ON))
    assert not done.notes
    record = store.records(PlanArea, NOW, ids=[done.things[1].id])[0]
    assert record.located == Located(record.located.geometry, 9208)
    balance = cluster_balance(store, "A", NOW).balance
    assert balance is not None
    assert balance.industry_m2 == pytest.approx(800, abs=0.01)


def test_a_plan_that_is_not_drawn_leaves_shares_unknown(store: GeoPackageStore) -> None:
    """Its stated industrial land is kept; nothing is taken for 0."""
    done = approve_plan(store, replace(PLAN, areas=(), industrial_area_ha=30.0), decided(ON))
    assert [note.code for note in done.notes] == ["note.plan_not_drawn"]
    assert {finding.outcome.value for finding in done.findings} == {"unknown"}
    assert cluster_balance(store, "A", NOW).planned == ()


def test_another_area_than_the_decision_states_is_said(store: GeoPackageStore) -> None:
    """To 0.01 ha."""
    done = approve_plan(store, replace(PLAN, industrial_area_ha=0.10), decided(ON))
    assert [note.facts for note in done.notes] == [
        {"stated_ha": 0.10, "drawn_ha": pytest.approx(0.08)}
    ]
    done = approve_plan(store, replace(PLAN, industrial_area_ha=0.08), decided(ON, "QD-2"))
    assert not done.notes


def test_without_a_boundary_nothing_is_outside(store: GeoPackageStore) -> None:
    """That the boundary is not known is said, and no share is made up."""
    done = approve_plan(store, replace(PLAN, cluster_id="unmapped"), decided(ON))
    assert [note.code for note in done.notes] == ["note.no_boundary"]
    assert done.findings == ()


def test_a_generalised_boundary_tells_no_outside(store: GeoPackageStore) -> None:
    """The plan is not held against an outline for drawing."""
    drawn = replace(cluster("A").thing, quality=Quality.GENERALISED)
    add(store, entry(drawn, box(30, 30, 4, 4)))
    done = approve_plan(store, PLAN, decided(ON))
    assert "note.boundary_generalised" in {note.code for note in done.notes}
    done = record_serving_land(store, HOUSING, decided(ON, "QD-2"))
    assert [finding.outcome.value for finding in done.findings] == ["unknown"]


def test_a_plan_registered_late_holds_until_the_next(store: GeoPackageStore) -> None:
    """It takes neither the time nor the areas of a later one."""
    approve_plan(store, PLAN, decided(ON))
    late = replace(PLAN, areas=(area(LandUse.INDUSTRY, 0, 0, 1, 1),))
    approve_plan(store, late, decided(date(2022, 1, 1), "QD-2"))
    plans = {
        day.year: [one.thing.id for one in store.all(DetailedPlan, Moment(day), cluster_id="A")]
        for day in (date(2021, 1, 1), date(2022, 1, 1), ON.replace(year=2025))
    }
    assert plans == {2021: ["A-plan"], 2022: ["A-qhct-2022"], 2025: ["A-qhct-2024"]}
    assert store.one(DetailedPlan, "A-qhct-2022", BEFORE).valid == Period(date(2022, 1, 1), ON)


def test_two_plans_of_a_year_have_two_ids(store: GeoPackageStore) -> None:
    """And an id once used is refused, in a plan and among its areas."""
    approve_plan(store, PLAN, decided(ON))
    done = approve_plan(store, PLAN, decided(date(2024, 7, 1), "QD-2"))
    assert done.things[0].id == "A-qhct-2024-2"
    with refused(store, "record.duplicate"):
        approve_plan(store, replace(PLAN, id="A-plan"), decided(date(2024, 8, 1), "QD-3"))
    twice = (replace(PLAN.areas[0], id="x"), replace(PLAN.areas[1], id="x"))
    with refused(store, "record.duplicate"):
        approve_plan(store, replace(PLAN, areas=twice), decided(date(2024, 8, 1), "QD-3"))


def test_a_plan_of_nothing_known_is_refused(store: GeoPackageStore) -> None:
    """An unknown cluster, a shape without area, a scale of blanks."""
    with refused(store, "cluster.unknown"):
        approve_plan(store, replace(PLAN, cluster_id="none"), decided(ON))
    flat = replace(surveyed(box(0, 0)), polygons=((((430_000.0, 2_300_000.0),) * 4,),))
    areas = (PlannedArea(land_use=LandUse.INDUSTRY, shape=flat),)
    with refused(store, "geometry.zero_area"):
        approve_plan(store, replace(PLAN, areas=areas), decided(ON))
    with refused(store, "value.empty"):
        approve_plan(store, replace(PLAN, scale=" "), decided(ON))


def test_serving_land_lies_outside(store: GeoPackageStore) -> None:
    """It is recorded from the decision's day on, in no share; outside the rule is met."""
    done = record_serving_land(store, HOUSING, decided(ON))
    assert done.things[0].id == "A-nha-o-cong-nhan"
    assert store.one(ServingLand, "A-nha-o-cong-nhan", NOW).valid == Period(ON)
    assert [(one.rule_id, one.outcome.value) for one in done.findings] == [
        ("cluster.residence.inside", "met")
    ]
    assert not done.notes


def test_serving_land_inside_is_a_warning(store: GeoPackageStore) -> None:
    """Decree 32 Art 2.1: said with m², not refused."""
    done = record_serving_land(store, replace(HOUSING, shape=surveyed(box(3.5, 2))), decided(ON))
    assert done.findings[0].outcome.value == "broken"
    assert [(note.code, note.facts["area_m2"]) for note in done.notes] == [
        ("note.serving_inside", pytest.approx(50.0))
    ]
    done = record_serving_land(store, replace(HOUSING, cluster_id="unmapped"), decided(START, "Q"))
    assert [note.code for note in done.notes] == ["note.no_boundary"]
