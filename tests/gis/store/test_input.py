"""Text, numbers and shapes are checked on the way into the register."""

import math
import unicodedata

import pytest
import shapely
from shapely.geometry.base import BaseGeometry

from gis.crs import WGS84, Located
from gis.errors import CrsProblem, GeometryProblem, GisError, InvalidValue
from gis.model import (
    AdminUnit,
    Confidence,
    DateBounds,
    Figure,
    Parcel,
    Party,
    Project,
)
from gis.store import Entry, Store
from tests.gis.store.things import (
    ALWAYS,
    NOW,
    SINCE,
    located,
    parcel,
    party,
    square,
    write,
)

NFC = "Hòa Bình"
NFD = unicodedata.normalize("NFD", NFC)


def test_text_is_kept_and_compared_in_nfc(store: Store) -> None:
    """Also ids, lists, settings and the journal's words (THREATS 50)."""
    assert NFC != NFD
    project = Project(id=NFD, cluster_id=NFD, name_vi=NFD, party_id="x", parcel_ids=(NFD, "e"))
    with store.transaction(by=NFD, action="b", decision_id=NFD, reason=NFD) as transaction:
        transaction.put(Entry(project, ALWAYS))
        transaction.set_setting(NFD, NFD)
    for name in (NFC, NFD):
        version = store.one(Project, name, NOW)
        assert (version.thing.id, version.thing.name_vi) == (NFC, NFC)
        assert version.thing.parcel_ids == (NFC, "e")
        assert version.decision_id == NFC
        assert store.all(Project, NOW, cluster_id=name)
        assert len(store.history(Project, name)) == 1
        assert store.setting(name) == NFC
    (change,) = store.changes()
    assert (change.by, change.decision_id, change.reason) == (NFC, NFC, NFC)


def test_two_forms_of_one_id_are_one_thing(store: Store) -> None:
    """The later wish counts, in one change as in two."""
    write(store, party(NFC, text="a"), party(NFD, text="b"))
    write(store, party(NFD, text="c"))
    assert [version.thing.name for version in store.all(Party, NOW)] == ["c"]
    assert [version.number for version in store.history(Party, NFC)] == [1, 2]


@pytest.mark.parametrize(
    "name",
    ["Đà Bắc", "a b", "a/b", '"', "'", "\\", "<script>", "${x}", "`", "\u202eabc", "👩‍🌾", "\n"],
)
def test_any_other_text_is_kept_as_it_is(store: Store, name: str) -> None:
    """Nothing is escaped, cut or cleaned away (THREATS 34–36)."""
    write(store, party(name, text=name))
    version = store.one(Party, name, NOW)
    assert (version.thing.id, version.thing.name) == (name, name)


@pytest.mark.parametrize("bad", ["a\x00b", "\ud800", "x\udfff"])
def test_text_that_nobody_can_store_is_refused(store: Store, bad: str) -> None:
    """In ids, fields, lists, settings and the journal's words; nothing is stored."""
    entries = [
        party(bad),
        party("x", text=bad),
        Entry(
            Project(id="p", cluster_id="A", name_vi="n", party_id="x", parcel_ids=(bad,)), ALWAYS
        ),
        Entry(Party(id="x", name="n"), ALWAYS, decision_id=bad),
    ]
    for entry in entries:
        with pytest.raises(InvalidValue) as refused:
            write(store, entry)
        assert refused.value.code == "value.text"
    with pytest.raises(InvalidValue), store.transaction(by="a", action="b") as transaction:
        transaction.set_setting("name", bad)
    with pytest.raises(InvalidValue), store.transaction(by=bad, action="b") as transaction:
        transaction.put(party("x"))
    assert store.is_empty()


def test_an_id_is_not_empty(store: Store) -> None:
    """It names a thing in addresses and files."""
    with pytest.raises(InvalidValue) as refused:
        write(store, party(""))
    assert refused.value.code == "value.empty"


def figure(value: float | None, count: int | None = None) -> Entry:
    """Return a figure of some value."""
    thing = Figure(
        id="f",
        subject_kind="cluster",
        subject_id="A",
        indicator="i",
        unit="ha",
        as_of=DateBounds(),
        source_id="s",
        confidence=Confidence.SOURCED,
        value=value,
        count=count,
    )
    return Entry(thing, ALWAYS)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_a_number_is_finite(store: Store, value: float) -> None:
    """NaN would be stored as unknown and an infinity poisons sums."""
    with pytest.raises(InvalidValue) as refused:
        write(store, figure(value))
    assert refused.value.code == "value.not_finite"


@pytest.mark.parametrize("count", [2**63, -(2**63) - 1, 10**30])
def test_a_whole_number_fits_a_column(store: Store, count: int) -> None:
    """Sixty-four bits; what is larger is refused with its bounds."""
    with pytest.raises(InvalidValue) as refused:
        write(store, figure(1.0, count))
    assert refused.value.code == "value.number"


@pytest.mark.parametrize("value", [0.0, -0.0, 5, 1e-300, 1e300, 0.1 + 0.2, None])
def test_a_number_comes_back_to_the_last_bit(store: Store, value: float | None) -> None:
    """A whole number given for a fraction is one; zero and unknown stay different."""
    write(store, figure(value, 2**63 - 1))
    thing = store.one(Figure, "f", NOW).thing
    assert thing.value == value
    assert thing.value is None or isinstance(thing.value, float)
    assert thing.count == 2**63 - 1


@pytest.mark.parametrize(
    ("shape", "code"),
    [
        (None, "record.geometry_required"),
        (Located(shapely.Point(430000, 2300000), 9211), "geometry.type"),
        (Located(shapely.Polygon(), 9211), "geometry.empty"),
        (Located(square(), WGS84), "crs.out_of_range"),
        (Located(shapely.box(2300000, 430000, 2300100, 430100), 9211), "crs.axes_swapped"),
    ],
)
def test_a_shape_stands_for_land(store: Store, shape: Located | None, code: str) -> None:
    """Of one bad among good ones the error names table and id; nothing is stored."""
    bad = Entry(Parcel(id="bad", cluster_id="A"), SINCE, shape)
    with pytest.raises(GisError) as refused:
        write(store, parcel("A-1"), bad, parcel("A-2"))
    assert isinstance(refused.value, GeometryProblem | CrsProblem)
    assert refused.value.code == code
    assert refused.value.facts["id"] == "bad"
    assert refused.value.facts["table"] == "parcel"
    assert store.is_empty()


@pytest.mark.parametrize(
    "shape",
    [shapely.box(105, 20, 106, 21), shapely.Point(), shapely.Point(math.nan, 20)],
    ids=["region", "empty", "nan"],
)
def test_a_commune_has_a_point(store: Store, shape: BaseGeometry) -> None:
    """Not a region, not an empty one, and finite."""
    unit = AdminUnit(id="u", official_code="04882", name_vi="Xã", kind="xã", era="legacy")
    with pytest.raises(GeometryProblem) as refused:
        write(store, Entry(unit, ALWAYS, Located(shape, WGS84)))
    assert refused.value.code == "geometry.point"
    write(store, Entry(unit, ALWAYS, Located(shapely.Point(105.3, 20.8), WGS84)))
    (shaped,) = store.shaped(AdminUnit, NOW)
    assert shaped.geometry == shapely.Point(105.3, 20.8)
    assert shaped.version.geodesic_m2 is None


def test_heights_are_dropped(store: Store) -> None:
    """Land is measured in the plane (THREATS 18)."""
    write(store, parcel("P", shape=shapely.force_3d(square(), 17.0)))
    (recorded,) = store.records(Parcel, NOW)
    assert not recorded.located.geometry.has_z
    assert recorded.located == located(square())


def test_a_hole_counts_once_and_a_ring_may_turn_either_way(store: Store) -> None:
    """The geodesic area of a shape whose hole turns like its shell (THREATS 20)."""
    shell, hole = (shapely.get_exterior_ring(s) for s in (square(), square(25, 25, 50)))
    shape = shapely.Polygon(shell, [hole])
    write(store, parcel("P", shape=shape))
    version = store.one(Parcel, "P", NOW)
    assert version.planar_m2 == 7500
    assert version.geodesic_m2 == pytest.approx(7500, rel=1e-3)
