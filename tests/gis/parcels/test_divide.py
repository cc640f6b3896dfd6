"""Splitting and merging: lineage is kept, no land is lost, and who holds the land moves along."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from shapely import affinity
from shapely.geometry.base import BaseGeometry

from gis.errors import GisError
from gis.leases import register_lease
from gis.mandates import Done, Mandate
from gis.model import Lease, Moment, Parcel, Period, Project
from gis.parcels import (
    LeaseMove,
    MergedParcel,
    MergeParcels,
    NewParcel,
    ProjectMove,
    ReclassifyParcel,
    RetireParcel,
    SplitParcel,
    merge_parcels,
    reclassify_parcel,
    retire_parcel,
    split_parcel,
)
from gis.store import GeoPackageStore
from tests.gis.desk import OFFICER, START, add_head, desk_register, refused, sublease, surveyed
from tests.gis.maps_of_plots import box, polygon
from tests.gis.registers import add, entry

SINCE = date(2030, 1, 1)
BEFORE, AFTER = Moment(date(2029, 12, 31)), Moment(SINCE)
SUB = "A-thue-02"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[GeoPackageStore]:
    """Yield a register with a head lease and parcels A-1 and A-2 side by side."""
    made = desk_register(tmp_path)
    add_head(made)
    yield made
    made.close()


def part(shape: BaseGeometry, **told: Any) -> NewParcel:
    """Return a child."""
    return NewParcel(shape=surveyed(shape), **told)


HALVES = (
    part(box(0, 0, 0.5), plot_label="1a", registered_area_m2=50.0),
    part(box(0.5, 0, 0.5), plot_label="1b", registered_area_m2=50.0),
)
SPLIT = SplitParcel(parcel_id="A-1", since=SINCE, children=HALVES)
MERGE = MergeParcels(parcel_ids=("A-1", "A-2"), since=SINCE, merged=MergedParcel(plot_label="12"))


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


def ids(store: GeoPackageStore, moment: Moment) -> list[str]:
    """Return the parcels of cluster A."""
    return [found.thing.id for found in store.all(Parcel, moment, cluster_id="A")]


def test_a_split_ends_the_parent_and_begins_the_children(store: GeoPackageStore) -> None:
    """On one day, in one change, with their lineage."""
    done = split_parcel(store, SPLIT, OFFICER)
    assert ids(store, BEFORE) == ["A-1", "A-2"]
    assert ids(store, AFTER) == ["A-2", "A-thua-1a", "A-thua-1b"]
    assert [thing.id for thing in done.things] == ["A-1", "A-thua-1a", "A-thua-1b"]
    child = store.one(Parcel, "A-thua-1a", AFTER)
    assert child.thing.parent_ids == ("A-1",)
    assert child.planar_m2 == pytest.approx(50)
    assert store.changes()[-1].action == "parcel.split"
    assert done.notes == ()


@pytest.mark.parametrize(
    ("children", "code"),
    [
        ((part(box(0, 0, 0.5)), part(box(0.5, 0, 0.4))), "parcel.area_changed"),
        ((part(box(0, 0, 0.5)), part(box(0.5, 0, 0.5, 1.2))), "parcel.area_changed"),
        ((part(box(0, 0, 0.6)), part(box(0.5, 0, 0.5))), "parcel.overlap"),
        ((part(box(0, 0, 0.5)), part(box(0.5, 0, 0.51))), "parcel.overlap"),
        ((part(box(0, 0)),), "parcel.too_few"),
    ],
)
def test_a_split_neither_loses_nor_invents_land(
    store: GeoPackageStore, children: tuple[NewParcel, ...], code: str
) -> None:
    """m² lost and gained are told; children overlap neither each other nor a neighbour."""
    facts = refuse(store, code, split_parcel, replace(SPLIT, children=children))
    if code == "parcel.area_changed":
        assert (facts["lost_m2"], facts["gained_m2"]) in {(10.0, 0.0), (0.0, 10.0)}
        assert facts["tolerance_m2"] == pytest.approx(1.5)


def test_the_vertex_error_of_the_map_is_allowed(store: GeoPackageStore) -> None:
    """A new corner 1 cm off passes; paper that does not add up is told."""
    children = (
        part(polygon((0, 0), (0.5, 0), (0.5, 0.999), (0, 1)), registered_area_m2=50.0),
        part(box(0.5, 0, 0.5), registered_area_m2=60.0),
    )
    parent = Parcel(id="A-1", cluster_id="A", registered_area_m2=100.0)
    add(store, entry(parent, box(0, 0)))
    done = split_parcel(store, replace(SPLIT, children=children), OFFICER)
    assert [note.code for note in done.notes] == ["note.registered_area", "note.registered_sum"]


def test_who_holds_the_parent_moves_along_or_nothing_ends(store: GeoPackageStore) -> None:
    """Each lease and project goes where the request says, from that day."""
    register_lease(store, sublease(parcel_ids=("A-1", "A-2")), OFFICER)
    project = Project(
        id="p", cluster_id="A", name_vi="p", party_id="tenant",
        approved=Period(START), parcel_ids=("A-1",),
    )  # fmt: skip
    add(store, entry(project))
    facts = refuse(store, "parcel.held", split_parcel, SPLIT)
    assert (facts["leases"], facts["projects"]) == ([SUB], ["p"])
    half = replace(SPLIT, leases=(LeaseMove(lease_id=SUB, to=(0,)),))
    assert refuse(store, "parcel.held", split_parcel, half)["projects"] == ["p"]
    whole = replace(half, projects=(ProjectMove(project_id="p", to=(1, 0)),))
    done = split_parcel(store, whole, OFFICER)
    assert [thing.id for thing in done.things][-2:] == [SUB, "p"]
    assert store.one(Lease, SUB, BEFORE).thing.parcel_ids == ("A-1", "A-2")
    assert store.one(Lease, SUB, AFTER).thing.parcel_ids == ("A-2", "A-thua-1a")
    assert store.one(Project, "p", AFTER).thing.parcel_ids == ("A-thua-1b", "A-thua-1a")
    assert store.one(Lease, SUB, AFTER).change == done.change


def test_a_head_lease_goes_to_all_children(store: GeoPackageStore) -> None:
    """Tenants hold within it."""
    add_head(store, id="other-head", parcel_ids=("A-1",), lessee_id="other")
    one = replace(SPLIT, leases=(LeaseMove(lease_id="other-head", to=(0,)),))
    register_lease(store, sublease(lessor="other", head_lease_id="other-head"), OFFICER)
    sub = store.all(Lease, AFTER, cluster_id="A")[0].thing.id
    both = LeaseMove(lease_id=sub, to=(0, 1))
    refuse(store, "parcel.held", split_parcel, replace(one, leases=(*one.leases, both)))
    head = LeaseMove(lease_id="other-head", to=(0, 1))
    split_parcel(store, replace(one, leases=(head, both)), OFFICER)


@pytest.mark.parametrize(
    ("move", "code"),
    [
        (LeaseMove(lease_id="no", to=(0,)), "thing.unknown"),
        (LeaseMove(lease_id=SUB, to=(2,)), "value.number"),
        (LeaseMove(lease_id=SUB, to=()), "value.empty"),
    ],
)
def test_moves_name_leases_and_children_that_are_there(
    store: GeoPackageStore, move: LeaseMove, code: str
) -> None:
    """Another is refused."""
    register_lease(store, sublease(), OFFICER)
    refuse(store, code, split_parcel, replace(SPLIT, leases=(move,)))


def test_leases_that_ended_stay_with_the_parent(store: GeoPackageStore) -> None:
    """They hold nothing on the day of the split."""
    register_lease(store, sublease(last_day=date(2029, 12, 31)), OFFICER)
    split_parcel(store, SPLIT, OFFICER)
    assert store.one(Lease, SUB, AFTER).thing.parcel_ids == ("A-1",)


def test_a_merge_is_the_union_of_its_parents(store: GeoPackageStore) -> None:
    """Its parents are named in their order, and a code that all have stays."""
    done = merge_parcels(store, MERGE, OFFICER)
    merged = store.one(Parcel, "A-thua-12", AFTER)
    assert merged.thing.parent_ids == ("A-1", "A-2")
    assert merged.thing.land_code == "SKN"
    assert merged.planar_m2 == pytest.approx(200)
    assert ids(store, AFTER) == ["A-thua-12"]
    assert ids(store, BEFORE) == ["A-1", "A-2"]
    assert [thing.id for thing in done.things] == ["A-1", "A-2", "A-thua-12"]


def test_edges_that_almost_meet_are_merged(store: GeoPackageStore) -> None:
    """A gap of a tenth of a millimetre is healed."""
    shape = affinity.translate(box(2, 0), xoff=0.0001)
    add(store, entry(Parcel(id="near", cluster_id="A"), shape))
    merge_parcels(store, replace(MERGE, parcel_ids=("A-2", "near")), OFFICER)
    record = store.records(Parcel, AFTER, ids=["A-thua-12"])[0]
    assert record.located.geometry.geom_type == "Polygon"


def test_a_survey_replaces_the_union_within_the_tolerance(store: GeoPackageStore) -> None:
    """One that gains or loses land is refused with m²."""
    survey = surveyed(polygon((0, 0), (2, 0), (2, 1), (0, 0.999)))
    merge_parcels(store, replace(MERGE, survey=survey), OFFICER)
    split = (part(box(0, 0, 1), id="x"), part(box(1, 0, 1, 0.9), id="y"))
    again = SplitParcel(parcel_id="A-thua-12", since=date(2031, 1, 1), children=split)
    assert refuse(store, "parcel.area_changed", split_parcel, again)["lost_m2"] > 9


def test_only_neighbours_are_merged(store: GeoPackageStore) -> None:
    """A corner is not enough; nor is one parcel, or a survey of other land."""
    add(store, entry(Parcel(id="corner", cluster_id="A"), box(2, 1)))
    apart = replace(MERGE, parcel_ids=("A-1", "A-2", "corner"))
    assert refuse(store, "parcel.apart", merge_parcels, apart)["ids"] == ["corner"]
    refuse(store, "parcel.too_few", merge_parcels, replace(MERGE, parcel_ids=("A-1", "A-1")))
    refuse(store, "parcel.not_in_force", merge_parcels, replace(MERGE, since=date(2019, 1, 1)))
    smaller = replace(MERGE, survey=surveyed(box(0, 0, 2, 0.9)))
    assert refuse(store, "parcel.area_changed", merge_parcels, smaller)["lost_m2"] == 20.0


def test_leases_move_to_the_merged_parcel_if_they_hold_all_of_it(store: GeoPackageStore) -> None:
    """One that holds a part would grow: refused."""
    register_lease(store, sublease(), OFFICER)
    asked = replace(MERGE, move_leases=True)
    refuse(store, "parcel.held", merge_parcels, MERGE)
    refuse(store, "parcel.held", merge_parcels, asked)
    with store.transaction(by="t", action="t") as transaction:
        transaction.void(Lease, SUB)
    register_lease(store, sublease(parcel_ids=("A-1", "A-2")), OFFICER)
    merge_parcels(store, asked, OFFICER)
    leases = store.all(Lease, AFTER, cluster_id="A")
    assert [lease.thing.parcel_ids for lease in leases] == [("A-thua-12",), ()]


def test_a_parcel_ends_when_nobody_holds_it(store: GeoPackageStore) -> None:
    """A lease in force or still to come keeps it; one that ended does not."""
    register_lease(store, sublease(), OFFICER)
    request = RetireParcel(parcel_id="A-1", since=SINCE)
    assert refuse(store, "parcel.held", retire_parcel, request)["leases"] == [SUB]
    refuse(store, "parcel.held", retire_parcel, replace(request, since=date(2024, 1, 1)))
    retire_parcel(store, replace(request, since=date(2045, 1, 1)), OFFICER)
    assert ids(store, AFTER) == ["A-1", "A-2"]
    assert ids(store, Moment(date(2045, 1, 1))) == ["A-2"]
    refuse(store, "parcel.not_in_force", retire_parcel, replace(request, since=date(2046, 1, 1)))
    refuse(store, "thing.unknown", retire_parcel, RetireParcel(parcel_id="no", since=SINCE))


def test_a_parcel_gets_another_land_code_and_keeps_its_shape(store: GeoPackageStore) -> None:
    """From its day on; an unknown code is told; a stale version is refused."""
    before = store.records(Parcel, BEFORE, ids=["A-1"])[0]
    request = ReclassifyParcel(parcel_id="A-1", since=SINCE, land_code="ZZZ")
    done = reclassify_parcel(store, request, replace(OFFICER, expected=1))
    after = store.records(Parcel, AFTER, ids=["A-1"])[0]
    assert after.located.geometry.wkb == before.located.geometry.wkb
    codes = [store.one(Parcel, "A-1", when).thing.land_code for when in (BEFORE, AFTER)]
    assert codes == ["SKN", "ZZZ"]
    assert [note.code for note in done.notes] == ["note.land_code"]
    refuse(store, "record.stale", reclassify_parcel, request, replace(OFFICER, expected=1))
    refuse(
        store, "parcel.not_in_force", reclassify_parcel, replace(request, since=date(2019, 1, 1))
    )
