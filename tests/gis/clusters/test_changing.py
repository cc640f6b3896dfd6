"""Expanding, adjusting and dropping a cluster: from a day on, held against that day's rules."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from gis.clusters import (
    AdjustCluster,
    DropCluster,
    ExpandCluster,
    adjust_cluster,
    drop_cluster,
    expand_cluster,
    find_cluster,
    list_clusters,
)
from gis.model import (
    Cluster,
    ClusterKind,
    DetailedPlan,
    InfrastructureState,
    Lease,
    LeaseTier,
    Moment,
    Parcel,
    Period,
    PlanArea,
    PlanStatus,
    Project,
    Quality,
    ServingLand,
)
from gis.store import GeoPackageStore
from tests.gis.digests import refused
from tests.gis.maps_of_plots import box
from tests.gis.registers import NOW, START, add, clean_register, cluster, entry
from tests.gis.requests import decided, surveyed

ON = date(2024, 6, 1)
BEFORE = Moment(date(2024, 5, 31))
#: Three of twelve cells of industrial land may be taken, the infrastructure is done.
LARGER = ExpandCluster(cluster_id="A", approved_area_ha=60.0, demand_ha=20.0)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[GeoPackageStore]:
    """Yield a register whose first cluster has an area, a plan and finished infrastructure."""
    made = clean_register(tmp_path)
    add(
        made,
        entry(replace(cluster("A").thing, approved_area_ha=40.0), box(0, 0, 4, 4)),
        entry(InfrastructureState(id="A-i", cluster_id="A", is_complete=True, on=START)),
    )
    yield made
    made.close()


def lease(name: str, cluster_id: str, term: Period, **more: object) -> Lease:
    """Return a head lease of a cluster."""
    made = Lease(
        id=name,
        cluster_id=cluster_id,
        tier=LeaseTier.HEAD,
        contract_number=name,
        lessor_id="state",
        lessee_id="developer",
        term=term,
    )
    return replace(made, **more)  # type: ignore[arg-type]


def test_a_cluster_is_larger_from_a_day_on(store: GeoPackageStore) -> None:
    """Before the day it is what it was, also its boundary."""
    asked = replace(LARGER, boundary=surveyed(box(0, 0, 6, 6)), quality=Quality.DIGITISED)
    done = expand_cluster(store, asked, decided(ON))
    found = find_cluster(store, "A", NOW)
    assert (found.valid, found.thing.approved_area_ha) == (Period(ON), 60.0)
    assert (found.thing.approved_area_on, found.thing.quality) == (ON, Quality.DIGITISED)
    assert found.planar_m2 == pytest.approx(3600)
    before = find_cluster(store, "A", BEFORE)
    assert before.thing.approved_area_ha == 40.0
    assert before.planar_m2 == pytest.approx(1600)
    assert store.changes()[-1].action == "cluster.expand"
    values = {finding.rule_id: finding.value for finding in done.findings}
    assert values == {
        "cluster.expand.total_max": 60.0,
        "cluster.expand.fill_min": 0.0,
        "cluster.expand.demand": True,
        "cluster.expand.infrastructure": True,
    }


def test_without_a_new_boundary_the_old_one_stays(store: GeoPackageStore) -> None:
    """Bit for bit."""
    old = store.records(Cluster, NOW, ids=["A"])[0].located
    done = expand_cluster(store, LARGER, decided(ON))
    assert store.records(Cluster, NOW, ids=["A"])[0].located == old
    assert [note.code for note in done.notes] == ["note.area_differs"]


def test_an_expansion_keeps_to_the_rules(store: GeoPackageStore) -> None:
    """At most 75 ha; fill or demand; infrastructure done: as far as they are known."""
    with refused(store, "rule.broken") as refusal:
        expand_cluster(store, replace(LARGER, approved_area_ha=75.5), decided(ON))
    assert refusal.value.facts["rule"] == "cluster.expand.total_max"
    with refused(store, "rule.broken") as refusal:
        expand_cluster(store, replace(LARGER, demand_ha=0.05), decided(ON))
    assert {one["rule"] for one in refusal.value.facts["broken"]} == {
        "cluster.expand.fill_min",
        "cluster.expand.demand",
    }
    done = expand_cluster(store, replace(LARGER, demand_ha=None), decided(ON))
    assert [finding.outcome.value for finding in done.findings] == [
        "met",
        "broken",
        "unknown",
        "met",
    ]


def test_the_register_knows_better_than_the_request(store: GeoPackageStore) -> None:
    """What it holds of infrastructure counts; what it does not hold is told."""
    undone = InfrastructureState(id="A-j", cluster_id="A", is_complete=False, on=date(2024, 1, 1))
    add(store, entry(undone))
    asked = replace(LARGER, is_infrastructure_done=True)
    with refused(store, "rule.broken") as refusal:
        expand_cluster(store, asked, decided(ON))
    assert refusal.value.facts["rule"] == "cluster.expand.infrastructure"
    told = replace(asked, cluster_id="unmapped", fill_percent=90.0, remaining_ha=1.0)
    done = expand_cluster(store, told, decided(ON))
    assert {finding.outcome.value for finding in done.findings} == {"met"}


def test_an_exception_to_an_expansion_is_noted(store: GeoPackageStore) -> None:
    """In the cluster's note."""
    asked = replace(LARGER, approved_area_ha=138.03, exception="Cụm cũ")
    expand_cluster(store, asked, decided(ON))
    note = find_cluster(store, "A", NOW).thing.note
    assert note == "Ngoại lệ (cluster.expand.total_max 32/2024): Cụm cũ"


def test_an_expansion_takes_no_land_of_others(store: GeoPackageStore) -> None:
    """As a founding doesn't."""
    with refused(store, "cluster.overlap"):
        expand_cluster(store, replace(LARGER, boundary=surveyed(box(0, 0, 11, 4))), decided(ON))


def test_what_a_new_boundary_leaves_outside_is_said(store: GeoPackageStore) -> None:
    """Each plan area and parcel with its m², and serving land that comes inside."""
    asked = AdjustCluster(cluster_id="A", boundary=surveyed(box(1.5, 0, 3, 4)))
    done = adjust_cluster(store, asked, decided(ON))
    told = {(note.code, note.facts.get("id", "")): note.facts.get("area_m2") for note in done.notes}
    assert told == {
        ("note.left_outside", "A-area-1"): pytest.approx(300.0),
        ("note.left_outside", "A-area-2"): pytest.approx(150.0),
        ("note.left_outside", "A-1"): pytest.approx(100.0),
        ("note.left_outside", "A-2"): pytest.approx(50.0),
        ("note.serving_inside", "A"): pytest.approx(50.0),
        ("note.area_differs", ""): None,
    }


def test_a_generalised_boundary_decides_nothing(store: GeoPackageStore) -> None:
    """It is for drawing: nothing is inside or outside of it."""
    asked = AdjustCluster(cluster_id="A", boundary=surveyed(box(2, 2)), quality=Quality.GENERALISED)
    done = adjust_cluster(store, asked, decided(ON))
    codes = [note.code for note in done.notes]
    assert codes == ["note.boundary_generalised", "note.area_differs"]


def test_an_adjustment_changes_what_it_names(store: GeoPackageStore) -> None:
    """And leaves the rest; without a change of area no rule is asked."""
    asked = AdjustCluster(
        cluster_id="A",
        name_vi="Đồng Tâm I",
        name_en="Dong Tam I",
        current_commune="04978",
        plan_status=PlanStatus.SPLIT,
        note="Tách cụm",
    )
    done = adjust_cluster(store, asked, decided(ON))
    thing = find_cluster(store, "A", NOW).thing
    assert (thing.name_vi, thing.name_en, thing.current_commune) == (
        "Đồng Tâm I",
        "Dong Tam I",
        "04978",
    )
    assert (thing.plan_status, thing.note) == (PlanStatus.SPLIT, "Tách cụm")
    assert (thing.approved_area_ha, done.findings) == (40.0, ())
    assert find_cluster(store, "A", BEFORE).thing.name_vi == "A"


def test_a_new_boundary_is_digitised_where_nobody_says_better(store: GeoPackageStore) -> None:
    """The old one's quality is not the new one's; a quality alone changes the old one's."""
    asked = AdjustCluster(cluster_id="A", boundary=surveyed(box(0, 0, 5, 5)))
    adjust_cluster(store, asked, decided(ON))
    assert find_cluster(store, "A", NOW).thing.quality is Quality.DIGITISED
    better = AdjustCluster(cluster_id="A", quality=Quality.SURVEYED)
    adjust_cluster(store, better, decided(ON, "QD-2"))
    found = find_cluster(store, "A", NOW)
    assert (found.thing.quality, found.planar_m2) == (Quality.SURVEYED, 2500.0)


def test_an_adjustment_adds_five_hectares_at_most(store: GeoPackageStore) -> None:
    """By the version in force; the size afterwards is asked too."""
    adjust_cluster(store, AdjustCluster(cluster_id="A", approved_area_ha=45.0), decided(ON))
    with refused(store, "rule.broken") as refusal:
        asked = AdjustCluster(cluster_id="A", approved_area_ha=50.01)
        adjust_cluster(store, asked, decided(date(2024, 7, 1), "QD-2"))
    facts = refusal.value.facts
    assert (facts["rule"], facts["limit"]) == ("cluster.adjust.max_increase", "<= 5 ha")
    with refused(store, "rule.broken") as refusal:
        asked = AdjustCluster(cluster_id="A", approved_area_ha=9.0)
        adjust_cluster(store, asked, decided(date(2024, 7, 1), "QD-2"))
    assert refusal.value.facts["rule"] == "cluster.size.min"
    asked = AdjustCluster(cluster_id="unmapped", approved_area_ha=50.0)
    done = adjust_cluster(store, asked, decided(ON, "QD-3"))
    assert done.findings[0].outcome.value == "unknown"


def test_a_zone_is_adjusted_without_rules_of_clusters(store: GeoPackageStore) -> None:
    """200 ha more are no breach for a KCN."""
    add(store, entry(replace(cluster("Z").thing, kind=ClusterKind.KCN, approved_area_ha=100.0)))
    asked = AdjustCluster(cluster_id="Z", approved_area_ha=300.0)
    assert adjust_cluster(store, asked, decided(ON)).findings == ()
    larger = replace(LARGER, cluster_id="Z", approved_area_ha=500.0)
    assert expand_cluster(store, larger, decided(ON, "QD-2")).findings == ()


def test_a_cluster_leaves_with_its_parts(store: GeoPackageStore) -> None:
    """From the day on nothing of it is there; before, all is; how much ended is said."""
    done = drop_cluster(store, DropCluster(cluster_id="A"), decided(ON))
    assert "A" not in {view.cluster.id for view in list_clusters(store, NOW)}
    for cls in (DetailedPlan, PlanArea, Parcel, ServingLand):
        assert not store.all(cls, NOW, cluster_id="A")
        assert store.all(cls, BEFORE, cluster_id="A")
    assert find_cluster(store, "A", BEFORE).thing.id == "A"
    told = {note.facts["table"]: note.facts["count"] for note in done.notes}
    assert told == {"detailed_plan": 1, "plan_area": 2, "serving_land": 1, "parcel": 2}
    assert done.things[0].id == "A"


def test_a_cluster_stays_while_leases_or_projects_hold(store: GeoPackageStore) -> None:
    """Also a head lease, also one to come; not one that is over."""
    term = Period(START, date(2070, 1, 1))
    over = lease("over", "A", term, terminated_on=date(2023, 1, 1))
    never = lease("never", "A", term, terminated_on=START)
    add(store, entry(over), entry(never))
    add(store, entry(lease("head", "A", term)))
    add(store, entry(lease("next", "B", Period(date(2030, 1, 1)))))
    project = Project(id="P", cluster_id="B", name_vi="P", party_id="t", approved=Period(START))
    add(store, entry(project))
    with refused(store, "cluster.in_use") as refusal:
        drop_cluster(store, DropCluster(cluster_id="A"), decided(ON))
    assert refusal.value.facts["ids"] == "head"
    with refused(store, "cluster.in_use") as refusal:
        drop_cluster(store, DropCluster(cluster_id="B"), decided(ON))
    assert refusal.value.facts["ids"] == "P, next"
    drop_cluster(store, DropCluster(cluster_id="A", on=date(2070, 1, 1)), decided(ON))


def test_one_that_is_not_there_or_was_changed_meanwhile_is_refused(store: GeoPackageStore) -> None:
    """With ids that are close, or with the version there is."""
    with refused(store, "cluster.unknown"):
        expand_cluster(store, replace(LARGER, cluster_id="AA"), decided(ON))
    with refused(store, "cluster.unknown"):
        adjust_cluster(store, AdjustCluster(cluster_id="A"), decided(date(2019, 1, 1)))
    with refused(store, "cluster.unknown"):
        drop_cluster(store, DropCluster(cluster_id="none"), decided(ON))
    for_version = replace(decided(ON), expected=1)
    with refused(store, "record.stale"):
        expand_cluster(store, LARGER, for_version)
    with refused(store, "record.stale"):
        adjust_cluster(store, AdjustCluster(cluster_id="A"), for_version)
    with refused(store, "record.stale"):
        drop_cluster(store, DropCluster(cluster_id="A"), for_version)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"approved_area_ha": -1.0}, "value.number"),
        ({"demand_ha": float("inf")}, "value.not_finite"),
        ({"source_id": "nowhere"}, "thing.unknown"),
    ],
)
def test_an_expansion_by_what_can_not_be_is_refused(
    store: GeoPackageStore, wrong: dict[str, object], code: str
) -> None:
    """Each with its code."""
    with refused(store, code):
        expand_cluster(store, replace(LARGER, **wrong), decided(ON))  # type: ignore[arg-type]
    with refused(store, "value.empty"):
        adjust_cluster(store, AdjustCluster(cluster_id="A", name_vi=" "), decided(ON))


def test_a_change_before_another_holds_until_that(store: GeoPackageStore) -> None:
    """An adjustment registered late takes the time up to the next version only."""
    expand_cluster(store, LARGER, decided(ON))
    earlier = AdjustCluster(cluster_id="A", name_vi="Tên mới", on=date(2023, 1, 1))
    adjust_cluster(store, earlier, decided(ON, "QD-2"))
    assert find_cluster(store, "A", BEFORE).thing.name_vi == "Tên mới"
    assert find_cluster(store, "A", BEFORE).valid == Period(date(2023, 1, 1), ON)
    assert find_cluster(store, "A", NOW).thing.approved_area_ha == 60.0
