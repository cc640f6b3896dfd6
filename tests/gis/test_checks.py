"""`check` finds every planted fault, and nothing in a clean register."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import shapely

from gis.checks import CheckReport, check_register
from gis.findings import Finding
from gis.model import Period
from gis.store import Entry, GeoPackageStore, create_store
from tests.gis.maps_of_plots import box
from tests.gis.registers import (
    ON,
    START,
    add,
    behind_our_back,
    clean_register,
    cluster,
    entry,
    parcel,
    plan,
    plan_area,
    serving,
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[GeoPackageStore]:
    """Yield the small clean register."""
    store = clean_register(tmp_path)
    yield store
    store.close()


def told(report: CheckReport) -> list[tuple[str, dict[str, Any]]]:
    """Return what a report found, with areas as whole m²."""
    return [
        (
            finding.code,
            {
                name: round(fact) if isinstance(fact, float) else fact
                for name, fact in finding.facts.items()
            },
        )
        for finding in report.findings
    ]


def test_a_clean_register_is_clean(store: GeoPackageStore) -> None:
    """Nothing is found where nothing is wrong, and everything was looked at."""
    report = check_register(store, ON)
    assert report.is_clean, report.findings
    assert report.counts == {
        "cluster": 2,
        "plan_area": 2,
        "parcel": 3,
        "serving_land": 2,
        "balance": len(store.balances(store.present(ON))),
    }
    assert report.counts["balance"] > 0


def test_an_empty_register_is_clean(tmp_path: Path) -> None:
    """A new register holds nothing that could be wrong."""
    store = create_store(tmp_path / "new.gpkg")
    report = check_register(store, ON)
    assert report.is_clean
    assert set(report.counts.values()) == {0}
    store.close()


PLANTED: dict[str, tuple[list[Entry], list[tuple[str, dict[str, Any]]]]] = {
    "parcels overlap": (
        [parcel("A", "A-3", box(1.5, 0, 1, 1))],
        [("check.overlap", {"table": "parcel", "id": "A-2", "other": "A-3", "area_m2": 50})],
    ),
    "parcels of two clusters overlap": (
        [parcel("B", "B-1", box(20.5, 20)), cluster("B", box(10, 0, 20, 30))],
        [("check.overlap", {"table": "parcel", "id": "B-1", "other": "far-away", "area_m2": 50})],
    ),
    "clusters overlap": (
        [cluster("C", box(13, 3, 2, 2))],
        [("check.overlap", {"table": "cluster", "id": "B", "other": "C", "area_m2": 100})],
    ),
    "areas of a plan overlap": (
        [plan_area("A", "A-area-3", box(0, 2.5, 1, 1))],
        [
            (
                "check.overlap",
                {"table": "plan_area", "id": "A-area-2", "other": "A-area-3", "area_m2": 50},
            )
        ],
    ),
    "a parcel leaves its cluster": (
        [parcel("A", "A-3", box(3, 3, 2, 1))],
        [("check.outside", {"table": "parcel", "id": "A-3", "other": "A", "area_m2": 100})],
    ),
    "a plan leaves its cluster": (
        [plan_area("A", "A-area-3", box(0, 3, 1, 3))],
        [("check.outside", {"table": "plan_area", "id": "A-area-3", "other": "A", "area_m2": 200})],
    ),
    "housing stands inside": (
        [serving("A", "A-culture", box(3.5, 3))],
        [
            (
                "check.serving_inside",
                {"table": "serving_land", "id": "A-culture", "other": "A", "area_m2": 50},
            )
        ],
    ),
}
HARMLESS: dict[str, list[Entry]] = {
    "a plot that touches": [parcel("A", "A-3", box(2, 0))],
    "a plot after it was split": [
        entry(parcel("A", "old", box(0, 0, 2, 1)).thing, box(0, 0, 2, 1), Period(None, START))
    ],
    "a plan that follows another": [
        plan("A", "A-new"),
        plan_area("A", "A-new-1", box(0, 0, 4, 4), "A-new"),
    ],
    "less than rounding": [parcel("A", "A-3", box(2 - 1e-8, 0))],
}


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_fault_is_found(store: GeoPackageStore, name: str) -> None:
    """Each kind of clash is found with its ids and area, and it alone."""
    entries, expected = PLANTED[name]
    add(store, *entries)
    assert told(check_register(store, ON)) == expected


@pytest.mark.parametrize("name", HARMLESS)
def test_what_is_in_order_is_not_reported(store: GeoPackageStore, name: str) -> None:
    """What only looks like a clash is none."""
    add(store, *HARMLESS[name])
    assert told(check_register(store, ON)) == []


def test_faults_are_those_of_the_date(store: GeoPackageStore) -> None:
    """A plot that clashes from a day on clashes on no day before."""
    late = Period(date(2023, 1, 1))
    add(store, entry(parcel("A", "A-3", box(0, 0)).thing, box(1.5, 0), late))
    assert check_register(store, date(2022, 12, 31)).is_clean
    assert len(check_register(store, date(2023, 1, 1)).findings) == 1


# --- what somebody changed behind our back --------------------------------------------------------

COPY_OF_A = """
    INSERT INTO balance (cluster_id, valid_from, known_from, change_number, let_m2, is_synthetic)
    SELECT cluster_id, valid_from, known_from, change_number, let_m2, is_synthetic
    FROM balance WHERE cluster_id = 'A'
"""
#: A statement, then what is found: cluster, field, kept, computed.
FALSIFIED: dict[str, tuple[str, list[tuple[str, str, Any, Any]]]] = {
    "an area": (
        "UPDATE balance SET industry_m2 = industry_m2 + 1 WHERE cluster_id = 'A'",
        [("A", "industry_m2", 1201, 1200)],
    ),
    "an area made unknown": (
        "UPDATE balance SET boundary_m2 = NULL WHERE cluster_id = 'A'",
        [("A", "boundary_m2", None, 1600)],
    ),
    "the label of made-up land": (
        "UPDATE balance SET is_synthetic = 1 WHERE cluster_id = 'A'",
        [("A", "is_synthetic", True, False)],
    ),
    "the plan": (
        "UPDATE balance SET plan_id = 'none' WHERE cluster_id = 'A'",
        [("A", "plan_id", "none", "A-plan")],
    ),
    "a balance taken away": (
        "DELETE FROM balance WHERE cluster_id = 'A'",
        [("A", "rows", 0, 1)],
    ),
    "a balance of no cluster": (
        "UPDATE balance SET cluster_id = 'X' WHERE cluster_id = 'A'",
        [("A", "rows", 0, 1), ("X", "rows", 1, 0)],
    ),
    "a balance counted twice": (
        COPY_OF_A,
        [("A", "rows", 2, 1)],
    ),
}


@pytest.mark.parametrize("name", FALSIFIED)
def test_a_falsified_balance_is_found(store: GeoPackageStore, name: str) -> None:
    """Kept balances are held against the geometry, field by field."""
    statement, expected = FALSIFIED[name]
    with behind_our_back(store) as raw:
        raw.execute(statement)
    found = [tuple(facts.values()) for _, facts in told(check_register(store, ON))]
    assert found == expected


def test_a_moved_record_shows_in_the_balance(store: GeoPackageStore) -> None:
    """A geometry of record changed behind our back no longer gives the kept numbers."""
    with behind_our_back(store) as raw:
        raw.execute(
            "UPDATE cluster_record SET wkb = ? WHERE row_id IN "
            "(SELECT row_id FROM cluster_version WHERE id = 'A')",
            (shapely.to_wkb(box(0, 0, 4, 5)),),
        )
    fields = {facts["field"] for _, facts in told(check_register(store, ON))}
    assert fields == {"boundary_m2", "unclassified_m2"}


def test_an_invalid_record_is_told_and_the_rest_still_compared(store: GeoPackageStore) -> None:
    """A shape that crosses itself is reported, and hides no clash of the others."""
    add(store, parcel("A", "A-3", box(1.5, 0)))
    crossing = shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
    with behind_our_back(store) as raw:
        raw.execute(
            "UPDATE parcel_record SET wkb = ? WHERE row_id IN "
            "(SELECT row_id FROM parcel_version WHERE id = 'A-1')",
            (shapely.to_wkb(crossing),),
        )
    invalid = {"table": "parcel", "id": "A-1", "reason": "geometry.self_intersection"}
    clash = {"table": "parcel", "id": "A-2", "other": "A-3", "area_m2": 50}
    assert told(check_register(store, ON)) == [("check.invalid", invalid), ("check.overlap", clash)]


# --- what is said ---------------------------------------------------------------------------------


def test_findings_speak_both_languages() -> None:
    """Unknown is said to be unknown, and an area is rounded."""
    finding = Finding(
        "check.balance", {"id": "A", "field": "let_m2", "kept": None, "computed": 12.3456}
    )
    assert finding.sentence() == "Cơ cấu đất của «A»: let_m2 lưu chưa có số liệu, tính lại 12.35."
    assert finding.sentence("en").endswith("let_m2 is kept as no data and computes to 12.35.")


def test_progress_is_told(store: GeoPackageStore) -> None:
    """Each step is announced before it begins."""
    steps: list[str] = []
    check_register(store, ON, steps.append)
    assert steps[0] == "cluster"
    assert steps[-1] == "balance"
    assert len(steps) == len(set(steps))
