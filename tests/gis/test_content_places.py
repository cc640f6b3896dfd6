"""Provinces, communes and boundaries are the ones that their sources give."""

import hashlib
import json
import re

import pytest

from gis import content
from gis.resources import data_dir

BOUNDARIES = data_dir() / "boundaries"


def test_provinces_are_the_former_63_and_the_present_34() -> None:
    """Every former province leads to a present one, and every present one is reached."""
    former = [province for province in content.provinces() if province.era == "former"]
    present = {p.code: p for p in content.provinces() if p.era == "present"}
    assert (len(former), len(present)) == (63, 34)
    assert {province.merged_into for province in former} == set(present)
    assert sum(province.kind == "city" for province in present.values()) == 6
    assert {p.code for p in former if p.merged_into == "25"} == {"17", "25", "26"}


@pytest.mark.parametrize(
    ("code", "era", "epsg"),
    [
        ("17", "former", 9211),
        ("25", "former", 9208),
        ("26", "former", 5897),
        ("25", "present", 9208),
    ],
)
def test_zones_of_the_provinces_at_hand(code: str, era: str, epsg: int) -> None:
    """Hòa Bình lies in 9211, former Phú Thọ in 9208, Vĩnh Phúc in 5897."""
    (found,) = [p for p in content.provinces() if (p.code, p.era) == (code, era)]
    assert found.epsg == epsg


MERIDIANS = {
    5896: "102°00′",
    5897: "105°00′",
    5898: "108°00′",
    5899: "107°45′",
    9205: "103°00′",
    9206: "104°00′",
    9207: "104°30′",
    9208: "104°45′",
    9209: "105°30′",
    9210: "105°45′",
    9211: "106°00′",
    9212: "106°15′",
    9213: "106°30′",
    9214: "107°00′",
    9215: "107°15′",
    9216: "107°30′",
    9217: "108°15′",
    9218: "108°30′",
}


def test_meridians_match_their_epsg_codes() -> None:
    """A province's central meridian is the one of its EPSG zone."""
    for province in content.provinces():
        assert province.central_meridian == MERIDIANS[province.epsg], province.name_vi


def test_merged_areas_are_plausible() -> None:
    """A present province's natural area comes from the resolution, and only for merged ones."""
    members: dict[str, int] = {}
    for province in content.provinces():
        if province.merged_into:
            members[province.merged_into] = members.get(province.merged_into, 0) + 1
    for province in content.provinces():
        if province.era == "present":
            assert (province.natural_area_ha is not None) is (members[province.code] > 1)
            assert (province.natural_area_source_id is not None) is (members[province.code] > 1)


def test_legacy_communes_all_have_a_successor() -> None:
    """151 communes became 46; exactly three were divided."""
    legacy = content.legacy_communes()
    current = content.current_communes()
    assert (len(legacy), len(current)) == (151, 46)
    assert {unit.official_code for unit in legacy if unit.is_partial} == {"04891", "04957", "05221"}
    known = {unit.id for unit in current}
    for unit in legacy:
        assert set(unit.successor_ids) <= known
        assert len(unit.successor_ids) == (2 if unit.is_partial else 1), unit.name_vi


def test_points_that_can_not_be_trusted_are_marked() -> None:
    """Five points lie in another commune, twelve outside the outline (one of them is both)."""
    quality = {unit.official_code: unit.point_quality for unit in content.legacy_communes()}
    wrong = {code for code, word in quality.items() if word == "wrong_commune"}
    assert wrong == {"04882", "05047", "05206", "05254", "05395"}
    assert sum(word == "outside_outline" for word in quality.values()) == 11
    assert set(quality.values()) == {"geocoded", "outside_outline", "wrong_commune"}


def test_boundaries_are_the_files_that_sources_md_describes() -> None:
    """Every boundary file has a row in SOURCES.md, whose sha256 is the file's."""
    page = (BOUNDARIES / "SOURCES.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `([^`]+)` \|.*\| `([0-9a-f]{64})` \|$", page, re.MULTILINE))
    files = {path.name for path in BOUNDARIES.glob("*.geojson")}
    assert "province.geojson" in files
    assert set(rows) == files
    for name, digest in rows.items():
        assert hashlib.sha256((BOUNDARIES / name).read_bytes()).hexdigest() == digest, name


def test_the_outline_says_that_it_is_generalised() -> None:
    """The outline of the province is for drawing, and says so."""
    page = json.loads((BOUNDARIES / "province.geojson").read_text(encoding="utf-8"))
    (feature,) = page["features"]
    assert feature["properties"]["quality"] == "generalised"
    assert feature["properties"]["code"] == "hoa-binh"
    (ring,) = feature["geometry"]["coordinates"]
    assert len(ring) == 113
    assert ring[0] == ring[-1]
