"""Founding a cluster: what is checked, what is refused, what is said."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from gis.clusters import FoundCluster, find_cluster, found_cluster, list_clusters
from gis.mandates import Mandate
from gis.model import (
    AdminUnit,
    Cluster,
    ClusterKind,
    Confidence,
    DateBounds,
    Lease,
    LeaseTier,
    Moment,
    Period,
    PlanStatus,
    Quality,
    Territory,
    TerritoryKind,
)
from gis.rules import Outcome
from gis.store import GeoPackageStore
from tests.gis.digests import refused
from tests.gis.maps_of_plots import box
from tests.gis.registers import NOW, START, add, clean_register, cluster, entry
from tests.gis.requests import decided, surveyed

ON = date(2024, 6, 1)
FACTS = FoundCluster(
    name_vi="Đú Sáng",
    territory_id="hoa-binh",
    legacy_district="kim-boi",
    current_commune="04978",
    approved_area_ha=40.0,
    is_in_plan=True,
    has_developer=True,
    developer_score=70.0,
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[GeoPackageStore]:
    """Yield a register with two mapped clusters and one without a map, none with a founding."""
    made = clean_register(tmp_path)
    district = Territory(
        id="kim-boi", kind=TerritoryKind.LEGACY_DISTRICT, name_vi="Kim Bôi", name_en="Kim Boi"
    )
    commune = AdminUnit(
        id="current-04978", official_code="04978", name_vi="Xã", kind="commune", era="current"
    )
    add(made, entry(district, valid=Period()), entry(commune, valid=Period()))
    yield made
    made.close()


def outcomes(findings: object) -> dict[str, str]:
    """Return what each rule's finding came to."""
    assert isinstance(findings, tuple)
    return {finding.rule_id: finding.outcome.value for finding in findings}


def test_a_cluster_is_founded_by_a_decision(store: GeoPackageStore) -> None:
    """It is there from the decision's date on, with its area's date and ground."""
    done = found_cluster(store, FACTS, decided(ON))
    assert [(thing.cls, thing.id) for thing in done.things] == [(Cluster, "ccn-du-sang")]
    found = find_cluster(store, "ccn-du-sang", NOW)
    assert (found.valid, found.decision_id) == (Period(ON), "QD-1")
    thing = found.thing
    assert (thing.founded, thing.name_en) == (DateBounds(ON, ON), "Đú Sáng")
    assert (thing.approved_area_ha, thing.approved_area_on) == (40.0, ON)
    assert (thing.approved_area_source, thing.epsg, thing.quality) == ("QD-1", 9211, None)
    assert store.changes()[-1].action == "cluster.found"
    assert [note.code for note in done.notes] == ["note.no_boundary"]
    assert not store.all(Cluster, Moment(date(2024, 5, 31)), ids=["ccn-du-sang"])
    view = next(one for one in list_clusters(store, NOW) if one.cluster.id == "ccn-du-sang")
    assert view.area_source is not None
    assert view.area_source.title == "QD-1/QĐ-UBND: QD-1"


def test_every_rule_names_its_version(store: GeoPackageStore) -> None:
    """The version in force on the decision's date is used, whichever it is."""
    before = found_cluster(store, replace(FACTS, on=date(2026, 9, 14)), decided(ON))
    after = found_cluster(store, FACTS, decided(date(2026, 9, 15), "QD-2"))
    earlier = found_cluster(store, replace(FACTS, on=date(2024, 4, 30)), decided(ON, "QD-3"))
    versions = [
        {finding.rule.version if finding.rule else None for finding in done.findings}
        for done in (before, after, earlier)
    ]
    assert versions == [{"32/2024"}, {"303/2026"}, {None}]
    assert {finding.outcome for finding in earlier.findings} == {Outcome.NO_RULE}


@pytest.mark.parametrize(
    ("wrong", "rule"),
    [
        ({"approved_area_ha": 9.99}, "cluster.size.min"),
        ({"approved_area_ha": 75.01}, "cluster.size.max"),
        ({"is_in_plan": False}, "cluster.found.in_plan"),
        ({"has_developer": False}, "cluster.found.developer"),
        ({"developer_score": 49.9}, "cluster.found.developer_score_min"),
    ],
)
def test_a_broken_rule_refuses(store: GeoPackageStore, wrong: dict[str, object], rule: str) -> None:
    """The refusal names rule, version, citation, value and limit."""
    asked = replace(FACTS, **wrong)  # type: ignore[arg-type]
    with refused(store, "rule.broken") as refusal:
        found_cluster(store, asked, decided(ON))
    facts = refusal.value.facts
    assert (facts["rule"], facts["version"]) == (rule, "32/2024")
    assert "32/2024" in facts["citation"]
    assert [facts["value"]] == list(wrong.values())
    assert facts["broken"][0]["rule"] == rule


def test_an_exception_is_kept_in_words(store: GeoPackageStore) -> None:
    """The finding stays broken, and the cluster's note says on what ground it was founded."""
    asked = replace(FACTS, approved_area_ha=138.03, exception="Thành lập trước 2018", note="Cũ")
    done = found_cluster(store, asked, decided(ON))
    assert outcomes(done.findings)["cluster.size.max"] == "broken"
    note = find_cluster(store, "ccn-du-sang", NOW).thing.note
    assert note == "Cũ\nNgoại lệ (cluster.size.max 32/2024): Thành lập trước 2018"


def test_what_is_not_known_refuses_nothing(store: GeoPackageStore) -> None:
    """It is said as not known."""
    asked = FoundCluster(name_vi="Đú Sáng", territory_id="hoa-binh")
    done = found_cluster(store, asked, decided(ON))
    assert set(outcomes(done.findings).values()) == {"unknown"}
    thing = find_cluster(store, "ccn-du-sang", NOW).thing
    assert (thing.approved_area_ha, thing.approved_area_on, thing.approved_area_source) == (
        None,
        None,
        None,
    )


def test_a_small_cluster_may_stand_in_the_mountains(store: GeoPackageStore) -> None:
    """The scope decides which version of the size is used."""
    done = found_cluster(store, replace(FACTS, approved_area_ha=6.0, scope="mountain"), decided(ON))
    assert outcomes(done.findings)["cluster.size.min"] == "met"


def test_a_place_that_is_not_known_is_said(store: GeoPackageStore) -> None:
    """A code that was mistyped finds no neighbours, and nobody should think that there are none."""
    asked = replace(FACTS, legacy_district="kim-bôi", legacy_commune="1", current_commune="2")
    done = found_cluster(store, asked, decided(ON))
    told = [note.facts for note in done.notes if note.code == "note.place_unknown"]
    assert told == [
        {"name": "legacy_district", "value": "kim-bôi"},
        {"name": "legacy_commune", "value": "1"},
        {"name": "current_commune", "value": "2"},
    ]


def test_a_planned_zone_stays_a_zone(store: GeoPackageStore) -> None:
    """Where the founding does not say otherwise."""
    planned = founded("kcn-x", None, None, founded=DateBounds(), kind=ClusterKind.KCN)
    add(store, entry(planned, valid=Period()))
    asked = replace(FACTS, id="kcn-x", approved_area_ha=236.0)
    assert found_cluster(store, asked, decided(ON)).findings == ()
    assert find_cluster(store, "kcn-x", NOW).thing.kind is ClusterKind.KCN


def test_a_zone_is_held_against_no_rule_of_clusters(store: GeoPackageStore) -> None:
    """A KCN of 236 ha is no breach."""
    asked = replace(FACTS, kind=ClusterKind.KCN, approved_area_ha=236.0)
    done = found_cluster(store, asked, decided(ON))
    assert (done.findings, done.things[0].id) == ((), "kcn-du-sang")


def founded(name: str, district: str | None, commune: str | None, **more: object) -> Cluster:
    """Return a cluster that exists since the register's start."""
    thing = cluster(name).thing
    assert isinstance(thing, Cluster)
    since = DateBounds(START, START)
    more = {"legacy_district": district, "current_commune": commune, "founded": since} | more
    return replace(thing, **more)  # type: ignore[arg-type]


def take(store: GeoPackageStore, name: str, plot: str) -> None:
    """Let a plot of the first cluster to a tenant."""
    lease = Lease(
        id=name,
        cluster_id="A",
        tier=LeaseTier.DIRECT,
        contract_number=name,
        lessor_id="state",
        lessee_id="tenant",
        term=Period(START, date(2070, 1, 1)),
        parcel_ids=(plot,),
    )
    add(store, entry(lease))


def test_others_in_the_district_are_looked_up(store: GeoPackageStore) -> None:
    """Twelve of twelve cells of industrial land are open: no fill, but little unleased land."""
    add(store, entry(founded("A", "kim-boi", "1"), box(0, 0, 4, 4)))
    trial = replace(decided(ON), dry_run=True)
    done = found_cluster(store, replace(FACTS, mean_fill_percent=99.0), trial)
    found = outcomes(done.findings)
    assert found["cluster.found.mean_fill_min"] == "broken"
    assert found["cluster.found.unleased_max"] == "met"
    values = {finding.rule_id: finding.value for finding in done.findings}
    assert values["cluster.found.mean_fill_min"] == 0
    assert values["cluster.found.unleased_max"] == pytest.approx(0.12)
    take(store, "L", "A-1")
    done = found_cluster(store, FACTS, decided(ON, "QD-2"))
    values = {finding.rule_id: finding.value for finding in done.findings}
    assert values["cluster.found.mean_fill_min"] == pytest.approx(100 / 12)


def test_others_count_by_commune_since_the_second_decree(store: GeoPackageStore) -> None:
    """One in the same district and another commune is no other any more."""
    add(store, entry(founded("A", "kim-boi", "1"), box(0, 0, 4, 4)))
    done = found_cluster(store, FACTS, decided(date(2026, 9, 15)))
    assert "cluster.found.mean_fill_min" not in outcomes(done.findings)


def test_others_that_are_not_known_are_told_by_the_request(store: GeoPackageStore) -> None:
    """A neighbour without a plan leaves the mean to the request, else it is not known."""
    add(store, entry(founded("B", "kim-boi", "1"), box(10, 0, 4, 4)))
    told = replace(FACTS, mean_fill_percent=20.0, unleased_ha=300.0)
    with refused(store, "rule.broken") as refusal:
        found_cluster(store, told, decided(ON))
    assert len(refusal.value.facts["broken"]) == 2
    done = found_cluster(store, FACTS, decided(ON))
    assert outcomes(done.findings)["cluster.found.mean_fill_min"] == "unknown"


def test_a_neighbour_whose_place_is_unknown_leaves_it_open(store: GeoPackageStore) -> None:
    """Whether there are others is not known then; nowhere is it taken for "none"."""
    add(store, entry(founded("B", None, None)))
    done = found_cluster(store, FACTS, replace(decided(ON), dry_run=True))
    assert outcomes(done.findings)["cluster.found.unleased_max"] == "unknown"
    done = found_cluster(store, replace(FACTS, others_exist=False), decided(ON, "QD-2"))
    assert "cluster.found.unleased_max" not in outcomes(done.findings)


def test_names_are_no_keys(store: GeoPackageStore) -> None:
    """A second cluster of a name gets an id of its own; an id once used is never used again."""
    first = found_cluster(store, FACTS, decided(ON))
    second = found_cluster(store, FACTS, decided(ON, "QD-2"))
    assert [done.things[0].id for done in (first, second)] == ["ccn-du-sang", "ccn-du-sang-2"]
    with store.transaction(by="a", action="b") as transaction:
        transaction.void(Cluster, "ccn-du-sang")
    third = found_cluster(store, FACTS, decided(ON, "QD-3"))
    assert third.things[0].id == "ccn-du-sang-3"
    with refused(store, "record.duplicate"):
        found_cluster(store, replace(FACTS, id="ccn-du-sang"), decided(ON, "QD-4"))


def test_a_name_is_kept_in_one_form(store: GeoPackageStore) -> None:
    """A name typed with separate diacritics is the same name and gives the same id."""
    done = found_cluster(store, replace(FACTS, name_vi="  Đú Sáng "), decided(ON))
    found = find_cluster(store, done.things[0].id, NOW).thing
    assert (found.id, found.name_vi) == ("ccn-du-sang", "Đú Sáng")


def test_a_planned_cluster_is_founded(store: GeoPackageStore) -> None:
    """It keeps what is known of it; before the day it stays a plan; twice is refused."""
    planned = replace(
        founded("thanh-cao", "luong-son", "2", founded=DateBounds()),
        plan_status=PlanStatus.NEW,
        planned_from=date(2023, 12, 20),
        in_report=True,
    )
    add(store, entry(planned, valid=Period()))
    asked = replace(FACTS, id="thanh-cao", is_in_plan=None, legacy_district=None)
    done = found_cluster(store, asked, decided(ON))
    assert outcomes(done.findings)["cluster.found.in_plan"] == "met"
    found = find_cluster(store, "thanh-cao", NOW).thing
    assert (found.founded, found.in_report) == (DateBounds(ON, ON), True)
    assert found.legacy_district == "luong-son"
    before = find_cluster(store, "thanh-cao", Moment(date(2024, 5, 31))).thing
    assert not before.founded.is_known
    with refused(store, "cluster.founded"):
        found_cluster(store, asked, decided(ON, "QD-2"))


def test_a_cluster_dropped_from_the_plan_is_not_in_it(store: GeoPackageStore) -> None:
    """Whatever the request says."""
    planned = founded("thanh-cao", "luong-son", "2", founded=DateBounds())
    add(store, entry(replace(planned, plan_status=PlanStatus.DROPPED), valid=Period()))
    with refused(store, "rule.broken") as refusal:
        found_cluster(store, replace(FACTS, id="thanh-cao"), decided(ON))
    assert refusal.value.facts["rule"] == "cluster.found.in_plan"


def test_a_founding_within_bounds_counts_from_the_earliest(store: GeoPackageStore) -> None:
    """What may have been there is in the register, with its bounds."""
    bounds = DateBounds(date(2020, 1, 1), date(2020, 12, 31))
    found_cluster(store, replace(FACTS, founded=bounds), decided(ON))
    found = find_cluster(store, "ccn-du-sang", Moment(date(2020, 1, 1)))
    assert (found.thing.founded, found.valid) == (bounds, Period(date(2020, 1, 1)))


def test_a_boundary_is_kept_as_surveyed(store: GeoPackageStore) -> None:
    """With its zone and quality; where it measures something else than approved, that is said."""
    shape = box(20, 20, 10, 10)
    asked = replace(FACTS, boundary=surveyed(shape), quality=Quality.SURVEYED)
    done = found_cluster(store, asked, decided(ON))
    record = store.records(Cluster, NOW, ids=["ccn-du-sang"])[0]
    assert record.located.geometry.equals(shape)
    assert (record.thing.quality, record.thing.epsg) == (Quality.SURVEYED, 9211)
    assert record.thing.approved_area_confidence is Confidence.SOURCED
    assert [note.code for note in done.notes] == ["note.area_differs"]
    assert "40.00 ha" in done.notes[0].sentence("en")


def test_a_boundary_in_degrees_is_measured_in_the_territorys_zone(store: GeoPackageStore) -> None:
    """The record stays in degrees."""
    shape = surveyed(box(20, 20, 10, 10))
    degrees = [(105.3, 20.8), (105.31, 20.8), (105.31, 20.81), (105.3, 20.8)]
    asked = replace(FACTS, boundary=replace(shape, epsg=4326, polygons=((tuple(degrees),),)))
    done = found_cluster(store, asked, decided(ON))
    record = store.records(Cluster, NOW, ids=["ccn-du-sang"])[0]
    assert (record.located.epsg, record.thing.epsg) == (4326, 9211)
    assert 57 < done.notes[0].facts["measured_ha"] < 58


def test_two_clusters_never_hold_the_same_land(store: GeoPackageStore) -> None:
    """The refusal names each with its m²; a common edge is none, nor is 1e-10 m²."""
    with refused(store, "cluster.overlap") as refusal:
        found_cluster(store, replace(FACTS, boundary=surveyed(box(3, 3, 8, 8))), decided(ON))
    shared = {one["id"]: one["area_m2"] for one in refusal.value.facts["overlaps"]}
    assert shared == pytest.approx({"A": 100.0, "B": 100.0})
    found_cluster(store, replace(FACTS, boundary=surveyed(box(4 - 1e-13, 0, 6))), decided(ON))


def test_a_boundary_clashes_with_one_to_come(store: GeoPackageStore) -> None:
    """Another cluster that is founded later holds its land later, and that is seen."""
    add(store, entry(cluster("C").thing, box(30, 30), Period(date(2030, 1, 1))))
    with refused(store, "cluster.overlap"):
        found_cluster(store, replace(FACTS, boundary=surveyed(box(30, 30))), decided(ON))


@pytest.mark.parametrize("quality", [Quality.GENERALISED, Quality.SYNTHETIC])
def test_a_drawn_outline_takes_nobodys_land(store: GeoPackageStore, quality: Quality) -> None:
    """A generalised or made-up boundary over surveyed land is said, not refused."""
    asked = replace(FACTS, boundary=surveyed(box(3, 3)), quality=quality)
    done = found_cluster(store, asked, decided(ON))
    notes = {note.code: note.facts for note in done.notes}
    assert notes["note.overlap_uncertain"] == {"id": "A", "area_m2": pytest.approx(100.0)}


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"name_vi": "  "}, "value.empty"),
        ({"name_vi": "a\x00b"}, "value.text"),
        ({"name_vi": "\ud800"}, "value.text"),
        ({"name_vi": "x" * 501}, "value.too_long"),
        ({"id": "a/../b"}, "value.id"),
        ({"id": ""}, "value.id"),
        ({"territory_id": "nowhere"}, "territory.unknown"),
        ({"source_id": "nowhere"}, "thing.unknown"),
        ({"approved_area_ha": 0.0}, "value.number"),
        ({"approved_area_ha": float("nan")}, "value.not_finite"),
        ({"developer_score": 100.5}, "value.number"),
        ({"boundary": surveyed(box(20, 20), 4326)}, "crs.out_of_range"),
        ({"note": "y" * 10_001}, "value.too_long"),
    ],
)
def test_what_can_not_be_is_refused(
    store: GeoPackageStore, wrong: dict[str, object], code: str
) -> None:
    """Each with its code, and nothing is written."""
    with refused(store, code):
        found_cluster(store, replace(FACTS, **wrong), decided(ON))  # type: ignore[arg-type]


def test_a_boundary_that_crosses_itself_is_refused(store: GeoPackageStore) -> None:
    """With the place (THREATS 1)."""
    shape = surveyed(box(20, 20))
    west, south = 430_200.0, 2_300_200.0
    ring = [(0, 0), (10, 10), (10, 0), (0, 10), (0, 0)]
    bow = tuple((west + x, south + y) for x, y in ring)
    with refused(store, "geometry.self_intersection"):
        asked = replace(FACTS, boundary=replace(shape, polygons=((bow,),)))
        found_cluster(store, asked, decided(ON))


def test_a_day_is_needed_and_any_day_of_the_calendar_will_do(store: GeoPackageStore) -> None:
    """Without one it is refused; 29 February and the calendar's ends are days (THREATS 25)."""
    with refused(store, "value.empty"):
        found_cluster(store, FACTS, decided(None))
    with refused(store, "decision.required"):
        found_cluster(store, FACTS, Mandate(by="acc-1"))
    territory = store.one(Territory, "hoa-binh", NOW).thing
    add(store, entry(territory, valid=Period()))
    days = [date(2024, 2, 29), date.min, date.max]
    for number, day in enumerate(days):
        name = found_cluster(store, replace(FACTS, on=day), decided(None, f"D{number}")).things[0]
        assert find_cluster(store, name.id, Moment(day)).valid == Period(day)


def test_who_saw_something_else_is_refused(store: GeoPackageStore) -> None:
    """A new thing is expected as version 0."""
    with refused(store, "record.stale"):
        found_cluster(store, FACTS, replace(decided(ON), expected=3))
    assert found_cluster(store, FACTS, replace(decided(ON), expected=0)).things[0].version == 1


def test_a_territory_in_degrees_is_no_matter(store: GeoPackageStore) -> None:
    """The zone of the cluster is its territory's."""
    territory = store.one(Territory, "hoa-binh", NOW).thing
    add(store, entry(replace(territory, epsg=9208), valid=Period()))
    found_cluster(store, FACTS, decided(ON))
    assert find_cluster(store, "ccn-du-sang", NOW).thing.epsg == 9208
