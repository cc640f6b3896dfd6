"""Recording what is made of a cluster: each from a day on, none of it land but the clearance."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gis.clusters import cluster_detail
from gis.mandates import Done, Mandate
from gis.model import (
    Connection,
    EnvironmentRecord,
    FireInspection,
    InfrastructureState,
    InfrastructureWork,
    Moment,
    Period,
    Project,
    SiteClearance,
    Source,
    Version,
    WastewaterPlant,
)
from gis.store import GeoPackageStore
from gis.works import (
    ConnectionKind,
    EnvironmentKind,
    RecordConnection,
    RecordEnvironment,
    RecordFireInspection,
    RecordInfrastructureState,
    RecordInfrastructureWork,
    RecordSiteClearance,
    RecordWastewaterPlant,
    record_connection,
    record_environment,
    record_fire_inspection,
    record_infrastructure_state,
    record_infrastructure_work,
    record_site_clearance,
    record_wastewater_plant,
)
from tests.gis.digests import refused
from tests.gis.registers import NOW, START, add, clean_register, entry
from tests.gis.requests import decided

ON = date(2024, 2, 29)
OFFICER = Mandate(by="acc-1")

Case = tuple[Callable[[GeoPackageStore, Any, Mandate], Done], Any, type, str]
CASES: list[Case] = [
    (
        record_infrastructure_work,
        RecordInfrastructureWork(
            cluster_id="A", item_vi="San nền", on=ON, capital_bn_vnd=12.5, source_id="S"
        ),
        InfrastructureWork,
        "A-hang-muc-san-nen",
    ),
    (
        record_infrastructure_state,
        RecordInfrastructureState(cluster_id="A", is_complete=True, on=ON, source_id="S"),
        InfrastructureState,
        "A-ha-tang",
    ),
    (
        record_connection,
        RecordConnection(cluster_id="A", kind=ConnectionKind.ROAD, state="connected", on=ON),
        Connection,
        "A-dau-noi-road",
    ),
    (
        record_wastewater_plant,
        RecordWastewaterPlant(cluster_id="A", state="complete", on=ON, capacity_m3_day=2500.0),
        WastewaterPlant,
        "A-nuoc-thai",
    ),
    (
        record_environment,
        RecordEnvironment(
            cluster_id="A", kind=EnvironmentKind.MONITORING, on=ON, project_id="P", result="Đạt"
        ),
        EnvironmentRecord,
        "P-monitoring-2024",
    ),
    (
        record_fire_inspection,
        RecordFireInspection(cluster_id="A", result="Có kiến nghị", on=ON),
        FireInspection,
        "A-pccc-2024-02-29",
    ),
    (
        record_site_clearance,
        RecordSiteClearance(cluster_id="A", cleared_m2=900.0, on=ON, obstacle="Còn mộ"),
        SiteClearance,
        "A-giai-phong",
    ),
]
IDS = [case[2].__name__ for case in CASES]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[GeoPackageStore]:
    """Yield a register with a source, and a project in its first cluster."""
    made = clean_register(tmp_path)
    add(
        made,
        entry(Source(id="S", title="Báo cáo"), valid=Period()),
        entry(Project(id="P", cluster_id="A", name_vi="Dự án", party_id="t")),
    )
    yield made
    made.close()


@pytest.mark.parametrize(("record", "request_", "cls", "thing_id"), CASES, ids=IDS)
def test_a_fact_holds_from_its_day_on(
    store: GeoPackageStore, record: Any, request_: Any, cls: type, thing_id: str
) -> None:
    """Under an id that tells what it is; the next of its kind has another."""
    done = record(store, request_, decided(ON))
    assert [(thing.cls, thing.id) for thing in done.things] == [(cls, thing_id)]
    found: Version[Any] = store.one(cls, thing_id, NOW)
    assert (found.valid, found.decision_id) == (Period(ON), "QD-1")
    assert not store.all(cls, Moment(date(2024, 2, 28)), ids=[thing_id])
    assert record(store, request_, decided(ON, "Q")).things[0].id == f"{thing_id}-2"
    action = store.changes()[-1].action
    assert action.endswith(".record")


@pytest.mark.parametrize(("record", "request_", "cls", "thing_id"), CASES, ids=IDS)
def test_a_fact_named_by_its_id_changes(
    store: GeoPackageStore, record: Any, request_: Any, cls: type, thing_id: str
) -> None:
    """From a day on; before, it is as it was. One registered late holds until the next."""
    record(store, request_, decided(ON))
    later = date(2024, 12, 1)
    record(store, replace(request_, id=thing_id, on=later), decided(ON, "Q"))
    assert store.one(cls, thing_id, NOW).valid == Period(later)
    between = date(2024, 6, 1)
    record(store, replace(request_, id=thing_id, on=between), decided(ON, "R"))
    early = date(2021, 1, 1)
    record(store, replace(request_, id=thing_id, on=early), decided(ON, "T"))
    periods = [store.one(cls, thing_id, Moment(day)).valid for day in (early, ON, between, later)]
    assert periods == [
        Period(early, ON),
        Period(ON, between),
        Period(between, later),
        Period(later),
    ]


@pytest.mark.parametrize(("record", "request_", "cls", "thing_id"), CASES, ids=IDS)
def test_a_fact_of_nothing_known_is_refused(
    store: GeoPackageStore, record: Any, request_: Any, cls: type, thing_id: str
) -> None:
    """An unknown cluster, another's record, a version seen before, no day."""
    with refused(store, "cluster.unknown"):
        record(store, replace(request_, cluster_id="none"), decided(ON))
    with refused(store, "value.empty"):
        record(store, replace(request_, on=None), decided(None))
    record(store, request_, decided(ON))
    changes = {"project_id": None} if hasattr(request_, "project_id") else {}
    elsewhere = replace(request_, cluster_id="B", id=thing_id, **changes)
    with refused(store, "record.duplicate"):
        record(store, elsewhere, decided(ON, "Q"))
    stale = replace(decided(ON, "Q"), expected=7)
    with refused(store, "record.stale"):
        record(store, replace(request_, id=thing_id), stale)
    assert store.one(cls, thing_id, NOW).number == 1


@pytest.mark.parametrize(
    ("number", "wrong", "code"),
    [
        (0, {"item_vi": " "}, "value.empty"),
        (0, {"capital_bn_vnd": -1.0}, "value.number"),
        (0, {"source_id": "none"}, "thing.unknown"),
        (1, {"source_id": "none"}, "thing.unknown"),
        (2, {"state": ""}, "value.empty"),
        (3, {"capacity_m3_day": float("nan")}, "value.not_finite"),
        (3, {"stage": "x" * 101}, "value.too_long"),
        (4, {"project_id": "none"}, "thing.unknown"),
        (4, {"cluster_id": "B"}, "thing.unknown"),
        (5, {"result": "\x00"}, "value.text"),
        (6, {"cleared_m2": -0.1}, "value.number"),
        (6, {"id": "a b"}, "value.id"),
    ],
)
def test_what_can_not_be_is_refused(
    store: GeoPackageStore, number: int, wrong: dict[str, object], code: str
) -> None:
    """Each with its code."""
    record, request, *_ = CASES[number]
    with refused(store, code):
        record(store, replace(request, **wrong), decided(ON))


def test_only_the_clearance_needs_a_decision(store: GeoPackageStore) -> None:
    """It is land; a fact that somebody saw is none."""
    for record, request, *_ in CASES[:-1]:
        record(store, request, OFFICER)
    record, request, *_ = CASES[-1]
    with refused(store, "decision.required"):
        record(store, request, OFFICER)


def test_clearances_add_up_in_the_balance(store: GeoPackageStore) -> None:
    """More than the boundary holds is said, not refused; an unknown area is not 0."""
    asked = RecordSiteClearance(cluster_id="A", cleared_m2=1000.0, on=ON)
    record_site_clearance(store, asked, decided(ON))
    done = record_site_clearance(store, asked, decided(ON, "Q"))
    assert [(note.code, note.facts["cleared_m2"]) for note in done.notes] == [
        ("note.cleared_exceeds", 2000.0)
    ]
    balance = store.balance("A", NOW)
    assert balance is not None
    assert balance.cleared_m2 == 2000.0
    record_site_clearance(store, replace(asked, cleared_m2=None), decided(ON, "R"))
    balance = store.balance("A", NOW)
    assert balance is not None
    assert balance.cleared_m2 is None
    assert not record_site_clearance(
        store, replace(asked, cluster_id="unmapped"), decided(START, "T")
    ).notes


def test_a_plant_begins_to_work(store: GeoPackageStore) -> None:
    """The cluster's page shows the state of its day."""
    record_wastewater_plant(
        store, RecordWastewaterPlant(cluster_id="A", state="complete", on=START), OFFICER
    )
    asked = RecordWastewaterPlant(cluster_id="A", id="A-nuoc-thai", state="operating", on=ON)
    record_wastewater_plant(store, asked, OFFICER)
    states = {
        day.year: [plant.state for plant in cluster_detail(store, "A", Moment(day)).wastewater]
        for day in (date(2023, 1, 1), NOW.on)
    }
    assert states == {2023: ["complete"], 2024: ["operating"]}
