"""Correcting a record: the same time, other values, a reason, and the checks of registering."""

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import shapely

from gis.corrections import Correct, FieldChange, correct_record
from gis.corrections.checks import CHECKS
from gis.corrections.references import REFERENCES
from gis.mandates import Done, Mandate
from gis.model import (
    AdminUnit,
    Cluster,
    Confidence,
    DateBounds,
    Decision,
    DeveloperAppointment,
    Figure,
    InfrastructureWork,
    Lease,
    LeaseTier,
    NaturalArea,
    Parcel,
    Party,
    Period,
    PlanArea,
    Project,
    ServingLand,
    SiteClearance,
    Source,
    Submission,
    Target,
)
from gis.store import GeoPackageStore
from gis.store.kinds import KINDS
from tests.gis.digests import refused
from tests.gis.maps_of_plots import box
from tests.gis.registers import NOW, START, add, clean_register, cluster, entry
from tests.gis.requests import decided, surveyed

FIXER = Mandate(by="acc-2", reason="Ghi nhầm")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[GeoPackageStore]:
    """Yield a register with a party, a source, a lease and other small things."""
    made = clean_register(tmp_path)
    always = Period()
    state = Party(id="state", name="UBND tỉnh", kind="state")
    lease = Lease(
        id="L",
        cluster_id="A",
        tier=LeaseTier.DIRECT,
        contract_number="1",
        lessor_id="state",
        lessee_id="tenant",
        term=Period(date(2024, 9, 1), date(2060, 1, 1)),
        parcel_ids=("A-1",),
    )
    add(
        made,
        entry(state, valid=always),
        entry(Party(id="tenant", name="Công ty A"), valid=always),
        entry(Source(id="S", title="Báo cáo"), valid=always),
        entry(lease, valid=Period(date(2024, 9, 1))),
        entry(replace(lease, id="M", parcel_ids=("A-2",)), valid=Period(date(2024, 9, 1))),
        entry(Project(id="P", cluster_id="A", name_vi="Dự án", party_id="tenant", jobs=10)),
        entry(InfrastructureWork(id="W", cluster_id="A", item_vi="San nền", capital_bn_vnd=5.0)),
        entry(SiteClearance(id="G", cluster_id="A", cleared_m2=500.0, on=START)),
    )
    yield made
    made.close()


def correct(store: GeoPackageStore, table: str, thing_id: str, /, **values: Any) -> Done:
    """Correct some columns of a record."""
    given = tuple(FieldChange(name=field, value=value) for field, value in values.items())
    return correct_record(store, Correct(table=table, id=thing_id, fields=given), FIXER)


def test_a_correction_holds_for_the_same_time(store: GeoPackageStore) -> None:
    """With its reason in the journal; what was known before stays known to have been known."""
    before = store.one(Parcel, "A-1", NOW)
    seen = store.present(NOW.on)
    done = correct(store, "parcel", "A-1", plot_label="CN-01", registered_area_m2=100.5)
    after = store.one(Parcel, "A-1", NOW)
    assert (after.valid, after.thing.plot_label) == (before.valid, "CN-01")
    assert after.thing.registered_area_m2 == 100.5
    assert (done.things[0].id, done.things[0].version) == ("A-1", 2)
    change = store.changes()[-1]
    assert (change.action, change.by, change.reason) == ("record.correct", "acc-2", "Ghi nhầm")
    assert store.one(Parcel, "A-1", seen).thing.plot_label is None
    assert after.planar_m2 == before.planar_m2


def test_the_decision_behind_a_record_stays(store: GeoPackageStore) -> None:
    """Unless the correction names another."""
    with store.transaction(by="a", action="b", decision_id="D") as transaction:
        transaction.put(entry(Party(id="p", name="p")))
    correct(store, "party", "p", name="q")
    assert store.one(Party, "p", NOW).decision_id == "D"
    given = (FieldChange(name="name", value="r"),)
    mandate = replace(decided(START), reason="Theo quyết định")
    correct_record(store, Correct(table="party", id="p", fields=given), mandate)
    assert store.one(Party, "p", NOW).decision_id == "QD-1"


def test_the_version_of_a_day_is_corrected(store: GeoPackageStore) -> None:
    """Others of the same thing stay."""
    renamed = Party(id="tenant", name="Công ty B")
    add(store, entry(renamed, valid=Period(date(2024, 1, 1))))
    given = (FieldChange(name="name", value="Công ty AA"),)
    asked = Correct(table="party", id="tenant", fields=given, on=date(2023, 12, 31))
    correct_record(store, asked, FIXER)
    assert store.one(Party, "tenant", NOW).thing.name == "Công ty B"
    correct(store, "party", "tenant", name="Công ty BB")
    assert store.one(Party, "tenant", NOW).thing.name == "Công ty BB"
    with refused(store, "thing.unknown"):
        correct_record(store, replace(asked, table="parcel", id="A-1", on=date(2019, 1, 1)), FIXER)


def test_columns_take_the_values_of_their_types(store: GeoPackageStore) -> None:
    """Dates in both habits, codes, lists, bounds, numbers, yes and no, and "not known"."""
    correct(
        store,
        "cluster",
        "A",
        founded_earliest="01/02/2020",
        founded_latest="2020-12-31",
        plan_status="expand",
        in_report=True,
        approved_area_ha=40,
        quality=None,
    )
    thing = store.one(Cluster, "A", NOW).thing
    assert thing.founded == DateBounds(date(2020, 2, 1), date(2020, 12, 31))
    assert (thing.in_report, thing.approved_area_ha, thing.quality) == (True, 40.0, None)
    correct(store, "lease", "L", parcel_ids=("A-1",), contract_number="Số 7")
    correct(store, "project", "P", jobs=12, parcel_ids=None, moved_from="  ")
    assert store.one(Project, "P", NOW).thing.jobs == 12


@pytest.mark.parametrize(
    ("table", "values", "code"),
    [
        ("parcel", {"id": "B-1"}, "record.field"),
        ("parcel", {"cluster_id": "B"}, "record.field"),
        ("parcel", {"colour": "red"}, "record.field"),
        ("parcel", {"plot_label": 7}, "record.value"),
        ("parcel", {"parent_ids": "A-2"}, "record.value"),
        ("parcel", {"quality": "excellent"}, "value.choice"),
        ("parcel", {"quality": None}, "value.empty"),
        ("parcel", {"registered_area_m2": "12"}, "record.value"),
        ("parcel", {"registered_area_m2": True}, "record.value"),
        ("parcel", {"registered_area_m2": float("nan")}, "value.not_finite"),
        ("parcel", {"sheet": "\x00"}, "value.text"),
        ("parcel", {"sheet": None}, "record.unchanged"),
        ("cluster", {"name_vi": " "}, "value.empty"),
        ("cluster", {"in_report": 1}, "record.value"),
        ("cluster", {"planned_from": "2023-02-29"}, "value.date"),
        ("cluster", {"planned_from": 2023}, "record.value"),
        ("cluster", {"founded_earliest": "2024-01-01", "founded_latest": "2023-01-01"}, ""),
        ("cluster", {"approved_area_ha": 80.0}, "rule.broken"),
        ("cluster", {"approved_area_ha": -1.0}, "value.number"),
        ("cluster", {"territory_id": "none"}, "thing.unknown"),
        ("project", {"party_id": "none"}, "thing.unknown"),
        ("project", {"jobs": 1.5}, "record.value"),
        ("project", {"jobs": -1}, "value.number"),
        ("infrastructure_work", {"capital_bn_vnd": -1.0}, "value.number"),
        ("site_clearance", {"cleared_m2": -1.0}, "value.number"),
        ("lease", {"lessee_id": "none"}, "thing.unknown"),
        ("lease", {"lessor_id": "tenant"}, "lease.lessor"),
        ("lease", {"parcel_ids": ("A-2",)}, "lease.overlap"),
        ("lease", {"term_to": "2020-01-01"}, "value.period"),
        ("lease", {"term_to": "2090-01-01"}, "lease.term_too_long"),
    ],
)
def test_what_can_not_be_right_is_refused(
    store: GeoPackageStore, table: str, values: dict[str, Any], code: str
) -> None:
    """As registering it would be; nothing is written."""
    names = {
        "parcel": "A-1",
        "cluster": "A",
        "project": "P",
        "infrastructure_work": "W",
        "site_clearance": "G",
        "lease": "L",
    }
    if table == "cluster" and "approved_area_ha" in values:
        later = replace(cluster("A").thing, approved_area_ha=40.0)
        add(store, entry(later, box(0, 0, 4, 4), Period(date(2024, 6, 1))))
    with refused(store, code or "value.period"):
        correct(store, table, names[table], **values)


def test_an_exception_lets_a_broken_rule_stand(store: GeoPackageStore) -> None:
    """What is true can be kept, on a named ground."""
    add(store, entry(cluster("A").thing, box(0, 0, 4, 4), Period(date(2024, 6, 1))))
    given = (FieldChange(name="approved_area_ha", value=138.03),)
    asked = Correct(table="cluster", id="A", fields=given, exception="Cụm cũ")
    done = correct_record(store, asked, FIXER)
    assert [finding.outcome.value for finding in done.findings] == ["met", "broken"]


def test_a_shape_is_corrected_under_the_same_checks(store: GeoPackageStore) -> None:
    """On nobody's land, inside the boundary; the areas are measured anew."""
    shape = surveyed(box(0, 0, 1, 0.9))
    done = correct_record(store, Correct(table="parcel", id="A-1", shape=shape), FIXER)
    assert store.one(Parcel, "A-1", NOW).planar_m2 == pytest.approx(90)
    assert done.change == store.change_counter()
    with refused(store, "parcel.overlap"):
        wide = surveyed(box(0, 0, 1.5, 1))
        correct_record(store, Correct(table="parcel", id="A-1", shape=wide), FIXER)
    with refused(store, "topology.outside"):
        out = surveyed(box(-1, 0, 1.5, 1))
        correct_record(store, Correct(table="parcel", id="A-1", shape=out), FIXER)
    with refused(store, "cluster.overlap"):
        over = surveyed(box(0, 0, 11, 4))
        correct_record(store, Correct(table="cluster", id="A", shape=over), FIXER)
    with refused(store, "plan.area_outside"):
        away = surveyed(box(40, 40))
        correct_record(store, Correct(table="plan_area", id="A-area-1", shape=away), FIXER)
    with refused(store, "record.unchanged"):
        correct_record(store, Correct(table="parcel", id="A-1", shape=shape), FIXER)


def test_a_corrected_shape_says_what_a_new_one_would(store: GeoPackageStore) -> None:
    """Plan areas that overlap, parcels left outside, serving land inside."""
    shape = surveyed(box(0, 0, 4, 2.5))
    done = correct_record(store, Correct(table="plan_area", id="A-area-1", shape=shape), FIXER)
    assert [note.code for note in done.notes] == ["note.plan_overlap"]
    assert store.one(PlanArea, "A-area-1", NOW).planar_m2 == pytest.approx(1000)
    inside = surveyed(box(3.5, 0))
    done = correct_record(store, Correct(table="serving_land", id="A-housing", shape=inside), FIXER)
    assert [note.code for note in done.notes] == ["note.serving_inside"]
    assert store.one(ServingLand, "A-housing", NOW).planar_m2 == pytest.approx(100)
    smaller = surveyed(box(0, 0, 4, 3.2), 9211)
    done = correct_record(store, Correct(table="cluster", id="A", shape=smaller), FIXER)
    assert store.one(Cluster, "A", NOW).planar_m2 == pytest.approx(1280)


def test_what_has_no_region_takes_none(store: GeoPackageStore) -> None:
    """A lease has no shape; a commune's point is no region."""
    unit = AdminUnit(id="u", official_code="1", name_vi="Xã", kind="commune", era="current")
    add(store, entry(unit, shapely.Point(430_000, 2_300_000)))
    for table, name in (("lease", "L"), ("admin_unit", "u")):
        with refused(store, "record.field"):
            correct_record(store, Correct(table=table, id=name, shape=surveyed(box(0, 0))), FIXER)
    correct(store, "admin_unit", "u", name_vi="Phường")
    kept = store.records(AdminUnit, NOW, ids=["u"])[0]
    assert kept.thing.name_vi == "Phường"
    assert kept.located.geometry.equals(shapely.Point(430_000, 2_300_000))


def test_published_numbers_are_corrected_with_their_checks(store: GeoPackageStore) -> None:
    """A figure keeps to its vocabulary, an area and a target to what can be."""
    day = DateBounds(START, START)
    figure = Figure(
        id="F",
        subject_kind="territory",
        subject_id="hoa-binh",
        indicator="land_area",
        unit="ha",
        as_of=day,
        source_id="S",
        confidence=Confidence.SOURCED,
        value=1.0,
    )
    natural = NaturalArea(
        id="N",
        territory_id="hoa-binh",
        area_ha=1.0,
        on=START,
        source_id="S",
        confidence=Confidence.SOURCED,
    )
    target = Target(
        id="T",
        territory_id="hoa-binh",
        percent=1.0,
        due=START,
        numerator="ccn",
        source_id="S",
    )
    add(store, *(entry(thing, valid=Period()) for thing in (figure, natural, target)))
    correct(store, "figure", "F", value=2.5)
    correct(store, "natural_area", "N", area_ha=459_057.0)
    correct(store, "target", "T", numerator="kcn+ccn")
    assert store.one(Target, "T", NOW).thing.numerator == "kcn+ccn"
    for table, name, values, code in (
        ("figure", "F", {"unit": "m2"}, "figure.unit"),
        ("figure", "F", {"subject_id": "none"}, "thing.unknown"),
        ("figure", "F", {"source_id": "none"}, "thing.unknown"),
        ("natural_area", "N", {"area_ha": 0.0}, "value.number"),
        ("target", "T", {"numerator": "all"}, "value.choice"),
    ):
        with refused(store, code):
            correct(store, table, name, **values)


def test_a_head_lease_and_a_project_still_hold_what_rests_on_them(store: GeoPackageStore) -> None:
    """A head lease is not corrected to less than its subleases, nor a project to less time."""
    term = Period(date(2024, 9, 1), date(2060, 1, 1))
    head = Lease(
        id="H",
        cluster_id="A",
        tier=LeaseTier.HEAD,
        contract_number="0",
        lessor_id="state",
        lessee_id="tenant",
        term=term,
    )
    sub = replace(
        head,
        id="S1",
        tier=LeaseTier.SUBLEASE,
        lessor_id="tenant",
        parcel_ids=("A-2",),
        head_lease_id="H",
        project_id="P",
    )
    add(store, entry(head, valid=Period(term.start)), entry(sub, valid=Period(term.start)))
    with refused(store, "lease.has_subleases"):
        correct(store, "lease", "H", term_to="2050-01-01")
    with refused(store, "project.has_leases"):
        correct(store, "project", "P", approved_to="2050-01-01")
    late = Parcel(id="late", cluster_id="A")
    add(store, entry(late, box(3, 3), Period(date(2030, 1, 1))))
    with refused(store, "parcel.not_in_force"):
        correct(store, "project", "P", parcel_ids=("A-1", "late"), approved_from="2024-01-01")
    correct(store, "lease", "H", term_to="2061-01-01")


def test_an_appointment_is_corrected_with_its_checks(store: GeoPackageStore) -> None:
    """The score by the rule, and one developer at a time."""
    first = DeveloperAppointment(
        id="D1", cluster_id="A", party_id="tenant", term=Period(date(2024, 6, 1), date(2026, 1, 1))
    )
    second = replace(first, id="D2", term=Period(date(2026, 1, 1)))
    add(store, entry(first), entry(second))
    with refused(store, "rule.broken"):
        correct(store, "developer_appointment", "D1", capacity_score=40.0)
    with refused(store, "developer.appointed"):
        correct(store, "developer_appointment", "D1", term_to=None)
    correct(store, "developer_appointment", "D1", capacity_score=60.0)
    found = store.one(DeveloperAppointment, "D1", NOW).thing
    assert (found.capacity_score, found.term.end) == (60.0, date(2026, 1, 1))


def test_a_decision_is_corrected(store: GeoPackageStore) -> None:
    """Its number and date; a document is named by its SHA-256 or not at all."""
    paper = Decision(id="D", number="1", on=START, issuer="UBND", title="t")
    add(store, entry(paper, valid=Period()))
    correct(store, "decision", "D", number="11/QĐ-UBND", document_sha256="0f" * 32)
    assert store.one(Decision, "D", NOW).thing.number == "11/QĐ-UBND"
    with refused(store, "value.choice"):
        correct(store, "decision", "D", document_sha256="../x")


def test_a_correction_gives_its_reason_and_names_a_record(store: GeoPackageStore) -> None:
    """One that is there, of a kind that is corrected, in the version that was seen."""
    asked = Correct(table="parcel", id="A-1", fields=(FieldChange(name="sheet", value="7"),))
    with refused(store, "reason.required"):
        correct_record(store, asked, replace(FIXER, reason="  "))
    with refused(store, "thing.unknown"):
        correct_record(store, replace(asked, id="none"), FIXER)
    for table in ("submission", "secrets"):
        with refused(store, "value.choice"):
            correct_record(store, replace(asked, table=table), FIXER)
    with refused(store, "record.stale"):
        correct_record(store, asked, replace(FIXER, expected=2))
    correct_record(store, asked, replace(FIXER, expected=1))


def test_every_field_that_names_a_thing_is_known_to() -> None:
    """A new kind or field without its reference fails here."""
    no_reference = {(Parcel, "national_id")}
    for kind in KINDS:
        named = {field for field, _ in REFERENCES.get(kind.cls, ())}
        for field in fields(kind.cls):
            if field.name.endswith(("_id", "_ids")) and kind.cls is not Submission:
                assert field.name in named or (kind.cls, field.name) in no_reference, field
    assert {Cluster, Parcel, Lease, Figure} <= set(CHECKS)
