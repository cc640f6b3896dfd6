"""Projects: their plots, the time that they are approved for, and the leases that follow them."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gis.errors import GisError
from gis.leases import TerminateLease, register_lease, terminate_lease
from gis.mandates import Done, Mandate
from gis.model import Moment, Parcel, Party, Period, Project
from gis.projects import (
    AmendProject,
    CloseProject,
    RegisterProject,
    amend_project,
    close_project,
    register_project,
)
from gis.store import GeoPackageStore
from gis.tenure import NewParty
from tests.gis.desk import OFFICER, add_head, desk_register, refused, sublease

NEW = RegisterProject(
    cluster_id="A",
    name_vi="Nhà máy Gỗ ép",
    party=NewParty(name="Công ty Gỗ"),
    approved_on=date(2024, 10, 1),
    last_day=date(2050, 12, 31),
    parcel_ids=("A-1",),
    sector="Gỗ",
    capital_bn_vnd=12.5,
    jobs=80,
    moved_from="Làng nghề",
)
ID = "A-du-an-nha-may-go-ep"
CLOSE = CloseProject(project_id=ID, closed_on=date(2040, 1, 1))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[GeoPackageStore]:
    """Yield a register with a head lease."""
    made = desk_register(tmp_path)
    add_head(made)
    yield made
    made.close()


def refuse(
    store: GeoPackageStore,
    code: str,
    function: Callable[..., Done],
    request: object,
    mandate: Mandate = OFFICER,
) -> dict[str, Any]:
    """See that a request is refused and nothing kept; return the facts."""
    before = store.change_counter()
    with pytest.raises(GisError) as caught:
        function(store, request, mandate)
    return refused(caught, store, before, code)


def on(store: GeoPackageStore, day: date) -> Project:
    """Return the project as it is on a day."""
    return store.one(Project, ID, Moment(day)).thing


def test_a_project_comes_with_its_investor_and_plots(store: GeoPackageStore) -> None:
    """Its approval includes its last day."""
    done = register_project(store, NEW, OFFICER)
    assert [thing.cls for thing in done.things] == [Project, Party]
    assert done.things[0].id == ID
    found = on(store, date(2024, 10, 1))
    assert found.approved == Period(date(2024, 10, 1), date(2051, 1, 1))
    assert (found.sector, found.capital_bn_vnd, found.jobs) == ("Gỗ", 12.5, 80)
    assert store.changes()[-1].action == "project.register"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"name_vi": " "}, "value.empty"),
        ({"jobs": -1}, "value.number"),
        ({"capital_bn_vnd": float("nan")}, "value.number"),
        ({"parcel_ids": ("no",)}, "parcel.not_in_force"),
        ({"last_day": date(2024, 9, 30)}, "value.period"),
        ({"last_day": date.max}, "lease.term_range"),
        ({"party": "nobody"}, "party.unknown"),
        ({"cluster_id": "no"}, "cluster.unknown"),
    ],
)
def test_what_can_not_be_is_refused(
    store: GeoPackageStore, changed: dict[str, Any], code: str
) -> None:
    """A blank name, fewer than no jobs, plots that are not there, an end before the start."""
    refuse(store, code, register_project, replace(NEW, **changed))


def test_an_amendment_holds_from_its_day_on(store: GeoPackageStore) -> None:
    """Before it the project reads as it did."""
    register_project(store, NEW, OFFICER)
    request = AmendProject(
        project_id=ID, since=date(2030, 1, 1), parcel_ids=("A-1", "A-2"), jobs=120
    )
    amend_project(store, request, OFFICER)
    before, after = on(store, date(2029, 12, 31)), on(store, date(2030, 1, 1))
    assert (before.parcel_ids, before.jobs) == (("A-1",), 80)
    assert (after.parcel_ids, after.jobs, after.sector) == (("A-1", "A-2"), 120, "Gỗ")
    amend_project(store, replace(request, since=date(2026, 1, 1), jobs=100), OFFICER)
    assert [on(store, date(year, 6, 1)).jobs for year in (2025, 2026, 2031)] == [80, 100, 100]
    refuse(store, "project.not_in_force", amend_project, replace(request, since=date(2060, 1, 1)))
    refuse(store, "thing.unknown", amend_project, replace(request, project_id="no"))


def test_a_plot_must_last_as_long(store: GeoPackageStore) -> None:
    """One that ends before the approval does is refused, with the day."""
    with store.transaction(by="t", action="t") as transaction:
        transaction.void(Parcel, "A-2", Period(date(2045, 1, 1)))
    refuse(store, "parcel.not_in_force", register_project, replace(NEW, parcel_ids=("A-2",)))
    register_project(store, replace(NEW, parcel_ids=("A-2",), last_day=date(2044, 12, 31)), OFFICER)


def test_a_project_outlasts_its_leases(store: GeoPackageStore) -> None:
    """Closed or cut while they run on: refused with the list."""
    register_project(store, NEW, OFFICER)
    register_lease(store, sublease(project_id=ID), OFFICER)
    assert refuse(store, "project.has_leases", close_project, CLOSE)["ids"] == ["A-thue-02"]
    cut = AmendProject(project_id=ID, since=date(2030, 1, 1), last_day=date(2044, 12, 30))
    refuse(store, "project.has_leases", amend_project, cut)
    amend_project(store, replace(cut, last_day=date(2044, 12, 31)), OFFICER)
    end = TerminateLease(lease_id="A-thue-02", terminated_on=date(2040, 1, 1))
    terminate_lease(store, end, OFFICER)
    close_project(store, CLOSE, OFFICER)
    assert on(store, date(2041, 1, 1)).approved == Period(date(2024, 10, 1), date(2040, 1, 1))
    refuse(store, "project.not_in_force", close_project, CLOSE)


def test_a_project_is_closed_between_its_days_only(store: GeoPackageStore) -> None:
    """And by one who saw its newest version."""
    register_project(store, NEW, OFFICER)
    for day in (date(2024, 10, 1), date(2024, 9, 1), date(2051, 1, 1)):
        refuse(store, "project.not_in_force", close_project, replace(CLOSE, closed_on=day))
    refuse(store, "record.stale", close_project, CLOSE, replace(OFFICER, expected=9))
    with store.transaction(by="t", action="t") as transaction:
        transaction.void(Project, ID)
    refuse(store, "project.not_in_force", close_project, CLOSE)
