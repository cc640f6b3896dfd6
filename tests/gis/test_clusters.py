"""Clusters as use cases: stages with bounds, what is unknown, plans in force, shares."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from gis.clusters import (
    cluster_balance,
    cluster_detail,
    cluster_plan,
    find_cluster,
    list_clusters,
)
from gis.errors import NotFound
from gis.indicators.fill import FillReason
from gis.model import (
    Cluster,
    ClusterKind,
    Confidence,
    DateBounds,
    DetailedPlan,
    DeveloperAppointment,
    Figure,
    InfrastructureState,
    Lease,
    LeaseTier,
    Moment,
    Period,
    PlanStatus,
    PlotState,
    Project,
    SiteClearance,
    Stage,
)
from gis.store import GeoPackageStore
from tests.gis.maps_of_plots import box
from tests.gis.registers import NOW, START, add, clean_register, cluster, entry

STAGED = Cluster(
    id="staged", kind=ClusterKind.CCN, name_vi="Đà Bắc", name_en="Da Bac", territory_id="hoa-binh"
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[GeoPackageStore]:
    """Yield a clean register of two mapped clusters and one without a map."""
    made = clean_register(tmp_path)
    yield made
    made.close()


def lease(name: str, plot: str) -> Lease:
    """Return a direct lease of a plot, in force since the register's start."""
    return Lease(
        id=name,
        cluster_id="A",
        tier=LeaseTier.DIRECT,
        contract_number=name,
        lessor_id="state",
        lessee_id="tenant",
        term=Period(START, date(2070, 1, 1)),
        parcel_ids=(plot,),
    )


def project(name: str, cluster_id: str = "A", plots: tuple[str, ...] = ()) -> Project:
    """Return a project approved since the register's start."""
    return Project(
        id=name,
        cluster_id=cluster_id,
        name_vi=name,
        party_id="tenant",
        approved=Period(START),
        parcel_ids=plots,
    )


@pytest.mark.parametrize("typed", ["a", "Unmaped", "UNMAPPED", "unmapped "])
def test_a_mistyped_id_is_not_found_but_guessed(store: GeoPackageStore, typed: str) -> None:
    """Ids are exact; what is close is named."""
    with pytest.raises(NotFound) as caught:
        find_cluster(store, typed, NOW)
    assert caught.value.code == "cluster.unknown"
    assert caught.value.facts["near"].split(", ")[0] == ("A" if typed == "a" else "unmapped")


def test_nothing_close_is_said_so(store: GeoPackageStore) -> None:
    """The sentence has a dash, not an empty place."""
    with pytest.raises(NotFound) as caught:
        find_cluster(store, "zzzzzzzz", NOW)
    assert caught.value.facts["near"] == "—"


BETWEEN = DateBounds(date(2014, 1, 1), date(2024, 12, 31))
IN_2020 = DateBounds(date(2020, 1, 1), date(2020, 12, 31))
SINCE_2007 = DateBounds(date(2007, 1, 1), None)
IN_PLAN = date(2023, 12, 20)
CERTAIN = (Stage.ESTABLISHED, Stage.ESTABLISHED)


@pytest.mark.parametrize(
    ("thing", "on", "stages"),
    [
        (replace(STAGED, founded=BETWEEN), date(2013, 12, 31), None),
        (replace(STAGED, founded=BETWEEN), date(2018, 1, 1), (None, Stage.ESTABLISHED)),
        (replace(STAGED, founded=BETWEEN), date(2024, 12, 31), CERTAIN),
        (replace(STAGED, planned_from=IN_PLAN), date(2022, 1, 1), None),
        (replace(STAGED, planned_from=IN_PLAN), date(2024, 1, 1), (Stage.PLANNED, Stage.PLANNED)),
        (replace(STAGED, plan_status=PlanStatus.DROPPED), date(2024, 1, 1), (None, None)),
        (
            replace(STAGED, founded=IN_2020, plan_status=PlanStatus.DROPPED),
            date(2024, 1, 1),
            CERTAIN,
        ),
        (
            replace(STAGED, founded=SINCE_2007, planned_from=date(2012, 6, 10)),
            date(2024, 1, 1),
            (Stage.PLANNED, Stage.ESTABLISHED),
        ),
        (STAGED, date(2024, 1, 1), (None, None)),
    ],
)
def test_stages_are_certain_or_possible(
    store: GeoPackageStore, thing: Cluster, on: date, stages: tuple[Stage | None, ...] | None
) -> None:
    """Bounds of the founding give two stages; what surely lies ahead is not in force."""
    add(store, entry(thing, valid=Period()))
    views = {view.cluster.id: view for view in list_clusters(store, Moment(on))}
    found = views.get("staged")
    assert (None if found is None else (found.stage, found.stage_at_most)) == stages


def test_land_cleared_and_let_are_stages(store: GeoPackageStore) -> None:
    """Clearance on record makes it cleared, a plot let makes it leased."""
    clearance = SiteClearance(id="c", cluster_id="B", cleared_m2=20_000, on=START)
    add(store, entry(clearance), entry(lease("l", "A-1")))
    stages = {view.cluster.id: view.stage for view in list_clusters(store, NOW)}
    assert (stages["A"], stages["B"]) == (Stage.LEASED, Stage.CLEARED)
    at_least_cleared = list_clusters(store, NOW, stage=Stage.CLEARED)
    assert [view.cluster.id for view in at_least_cleared] == ["A", "B"]


def test_zones_and_clusters_are_told_apart(store: GeoPackageStore) -> None:
    """The filter by kind keeps one of them."""
    add(store, entry(replace(STAGED, id="zone", kind=ClusterKind.KCN)))
    assert [v.cluster.id for v in list_clusters(store, NOW, kind=ClusterKind.KCN)] == ["zone"]
    assert "zone" not in {v.cluster.id for v in list_clusters(store, NOW, kind=ClusterKind.CCN)}


def test_tenants_are_unknown_where_nobody_follows_them(store: GeoPackageStore) -> None:
    """Without plan or tenants the land let is not known, which is not 0; with them it is."""
    views = {view.cluster.id: view for view in list_clusters(store, NOW)}
    for unknown in ("B", "unmapped"):
        view = views[unknown]
        assert (view.let_m2, view.leased_over_area_percent, view.projects) == (None, None, None)
    assert (views["A"].let_m2, views["A"].projects) == (0, 0)
    add(store, entry(project("p", "B")))
    with_project = {view.cluster.id: view for view in list_clusters(store, NOW)}["B"]
    assert (with_project.projects, with_project.let_m2) == (1, 0)


def test_a_projects_approval_must_hold(store: GeoPackageStore) -> None:
    """One that ended, or begins later, is not counted."""
    ended = replace(project("ended"), approved=Period(START, date(2022, 1, 1)))
    later = replace(project("later"), approved=Period(date(2026, 1, 1)))
    add(store, entry(project("now")), entry(ended), entry(later))
    assert list_clusters(store, NOW)[0].projects == 1


def test_the_latest_known_state_of_infrastructure_counts(store: GeoPackageStore) -> None:
    """Later word outweighs earlier; word about a day to come does not count yet."""
    states = [(False, date(2021, 1, 1)), (True, date(2023, 1, 1)), (False, date(2030, 1, 1))]
    entries = [
        entry(InfrastructureState(id=f"i{n}", cluster_id="A", is_complete=done, on=on))
        for n, (done, on) in enumerate(states)
    ]
    add(store, *entries)
    assert list_clusters(store, NOW)[0].infrastructure_complete is True
    assert list_clusters(store, Moment(date(2022, 1, 1)))[0].infrastructure_complete is False
    assert list_clusters(store, NOW)[1].infrastructure_complete is None


def figure(name: str, on: date, **fields: object) -> Figure:
    """Return a published figure about cluster A."""
    return Figure(
        id=name,
        subject_kind="cluster",
        subject_id=str(fields.get("subject_id", "A")),
        indicator="land_area",
        unit="ha",
        as_of=DateBounds(on, on),
        source_id="nobody",
        confidence=Confidence.SOURCED,
        basis=str(fields.get("basis", "published")),
    )


def test_a_cluster_tells_what_was_published_about_it(store: GeoPackageStore) -> None:
    """Oldest first, up to the date, without others' figures and those made up as an example."""
    add(
        store,
        entry(figure("new", date(2024, 1, 1))),
        entry(figure("old", date(2021, 1, 1))),
        entry(figure("future", date(2025, 1, 1))),
        entry(figure("other", date(2021, 1, 1), subject_id="B")),
        entry(figure("made-up", date(2021, 1, 1), basis="example")),
    )
    detail = cluster_detail(store, "A", NOW)
    assert [(one.id, source) for one, source in detail.figures] == [("old", None), ("new", None)]


def test_the_developers_appointment_must_hold(store: GeoPackageStore) -> None:
    """An appointment that has ended is none."""
    past = DeveloperAppointment(
        id="d", cluster_id="A", party_id="x", term=Period(START, date(2022, 1, 1))
    )
    add(store, entry(past))
    assert cluster_detail(store, "A", NOW).appointment is None
    assert cluster_detail(store, "A", Moment(date(2021, 1, 1))).appointment == past


def test_the_latest_approved_plan_counts(store: GeoPackageStore) -> None:
    """A newer plan takes the place of the older one once approved; a draft does not."""
    newer = DetailedPlan(id="A-new", cluster_id="A", approved_on=date(2023, 1, 1))
    draft = DetailedPlan(id="A-zzz", cluster_id="A", approved_on=None)
    add(store, entry(newer), entry(draft))
    then = cluster_plan(store, "A", Moment(date(2022, 1, 1)))
    assert [area.thing.id for area in then.areas] == ["A-area-1", "A-area-2"]
    now = cluster_plan(store, "A", NOW)
    assert (now.areas, [land.thing.id for land in now.serving_land]) == ((), ["A-housing"])
    detail = cluster_detail(store, "A", NOW)
    assert detail.plan == newer


def test_a_cluster_without_a_plan_has_no_plan_areas(store: GeoPackageStore) -> None:
    """Nothing is drawn for what was never approved."""
    assert cluster_plan(store, "B", NOW).areas == ()


def test_the_balance_is_told_as_shares(store: GeoPackageStore) -> None:
    """Every class with its share of the boundary; classes with a rule are held against it."""
    add(store, entry(lease("l", "A-1")), entry(project("p", plots=("A-2",))))
    found = cluster_balance(store, "A", NOW)
    assert sum(part.percent for part in found.planned) == pytest.approx(75)
    held = {part.land_use.value for part in found.planned if part.finding is not None}
    assert held == {"services", "traffic", "green", "technical"}
    states = {part.state: part.percent for part in found.actual}
    assert states[PlotState.LEASED] == pytest.approx(100 / 12)
    assert states[PlotState.APPROVED] == pytest.approx(100 / 12)
    assert sum(percent or 0 for percent in states.values()) == pytest.approx(100)
    assert found.fill
    assert found.fill.percent == pytest.approx(200 / 12)
    assert found.fill.rule_version == "32/2024"


def test_before_any_rule_the_balance_names_none(store: GeoPackageStore) -> None:
    """On a date before the decree the fill has no version and no class a verdict."""
    found = cluster_balance(store, "A", Moment(date(2021, 1, 1)))
    assert found.fill
    assert found.fill.rule_version is None
    assert all(part.finding is None or part.finding.rule is None for part in found.planned)


@pytest.mark.parametrize("name", ["B", "unmapped"])
def test_without_a_plan_nothing_is_shared_out(store: GeoPackageStore, name: str) -> None:
    """No classes and no states, which is not a balance of zeros; the reason is told."""
    found = cluster_balance(store, name, NOW)
    assert (found.planned, found.actual, found.plan, found.decision) == ((), (), None, None)
    assert found.fill
    assert (found.fill.percent, found.fill.reason) == (None, FillReason.NO_PLAN)


def test_a_cluster_alone_is_what_it_is_in_the_list(store: GeoPackageStore) -> None:
    """Reading one cluster's own records gives the same view as reading all."""
    add(
        store,
        entry(project("p")),
        entry(lease("l", "A-1")),
        cluster("C", box(20, 0, 2, 2)),
    )
    for view in list_clusters(store, NOW):
        assert cluster_detail(store, view.cluster.id, NOW).view == view
