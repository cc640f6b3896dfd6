"""A register can be founded for any province, from the built-in table or from a file."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import shapely

from gis import content, provinces
from gis.crs import VN2000_ZONES
from gis.errors import GisError, InvalidValue, NotFound
from gis.model import Confidence, Moment, NaturalArea, Quality, Source, Territory, TerritoryKind
from gis.store import create_store

MERGED_ON = date(2025, 7, 1)
SQUARE = {
    "type": "Polygon",
    "coordinates": [[[105, 20], [106, 20], [106, 21], [105, 21], [105, 20]]],
}
BOW_TIE = {
    "type": "Polygon",
    "coordinates": [[[105, 20], [106, 21], [106, 20], [105, 21], [105, 20]]],
}
SWAPPED = {"type": "Polygon", "coordinates": [[[20, 105], [21, 105], [21, 106], [20, 105]]]}
GIVEN: dict[str, Any] = {
    "code": "99",
    "name_vi": "Tỉnh Thử Nghiệm",
    "name_en": "Trial Province",
    "epsg": 9211,
    "natural_area_ha": 1234.5,
    "natural_area_on": "2024-01-01",
    "source": "Niên giám thống kê 2024",
}

# --- the built-in table ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "code", "era"),
    [
        ("17", "17", "former"),
        ("Hòa Bình", "17", "former"),
        ("hoa binh", "17", "former"),
        ("HOÀ BÌNH", "17", "former"),
        ("  tỉnh Hòa Bình ", "17", "former"),
        ("25", "25", "present"),
        ("Phú Thọ", "25", "present"),
        ("Phú Thọ mới", "25", "present"),
        ("phu tho cũ", "25", "former"),
        ("25 former", "25", "former"),
        ("Bà Rịa - Vũng Tàu", "77", "former"),
        ("Ba Ria-Vung Tau", "77", "former"),
        ("TP. Hồ Chí Minh", "79", "present"),
        ("Ho Chi Minh City", "79", "present"),
        ("Đắk Lắk", "66", "present"),
        ("dak nong", "67", "former"),
    ],
)
def test_a_province_is_found_however_it_is_written(asked: str, code: str, era: str) -> None:
    """Codes and names are known with or without accents, titles and dashes."""
    found = provinces.find_province(asked)
    assert (found.code, found.era) == (code, era)


@pytest.mark.parametrize("asked", ["", " ", "–", "99", "Hòa", "cũ", "17 present", "x" * 10**6])
def test_an_unknown_province_is_refused(asked: str) -> None:
    """What no province is called is no province."""
    with pytest.raises(NotFound) as refused:
        provinces.find_province(asked)
    assert refused.value.code == "province.unknown"
    assert len(refused.value.facts["value"]) <= 40


@pytest.mark.parametrize("province", content.provinces(), ids=lambda p: f"{p.code} {p.era}")
def test_every_province_can_be_asked_for_and_founded(province: content.Province) -> None:
    """Each row of the table is reached by code and era, and makes a territory with its zone."""
    assert provinces.find_province(f"{province.code} {province.era}") == province

    start = provinces.start_of(province)

    assert start.territory.official_code == province.code
    assert start.territory.epsg in VN2000_ZONES
    stated = province.natural_area_ha
    assert (start.natural_area.area_ha if start.natural_area else None) == stated
    ids = {source.id for source in start.sources}
    assert start.natural_area is None or start.natural_area.source_id in ids


def test_a_province_that_joined_others_has_ended() -> None:
    """A former province keeps its zone and says that it ended; its successor's area is not its."""
    start = provinces.start_of(provinces.find_province("Phú Thọ cũ"))
    assert start.territory.kind is TerritoryKind.FORMER_PROVINCE
    assert start.territory.exists_to == MERGED_ON
    assert start.territory.name_vi == "Phú Thọ (trước 1/7/2025)"
    assert start.natural_area is None


def test_a_province_made_of_several_begins_with_the_merger() -> None:
    """A present province has its sourced natural area, and held nothing before."""
    start = provinces.start_of(provinces.find_province("Bắc Ninh"))
    assert start.territory.kind is TerritoryKind.PROVINCE
    assert (start.territory.exists_from, start.territory.exists_to) == (MERGED_ON, None)
    assert start.natural_area is not None
    assert (start.natural_area.area_ha, start.natural_area.on) == (471_860.0, MERGED_ON)


@pytest.mark.parametrize("era", ["former", "present"])
def test_a_province_that_joined_no_other_goes_on(era: str) -> None:
    """Lai Châu is one province before and after, with the zone of its cadastral maps."""
    territory = provinces.start_of(provinces.find_province(f"Lai Châu {era}")).territory
    assert territory.kind is TerritoryKind.PROVINCE
    assert (territory.exists_from, territory.exists_to) == (None, None)
    assert territory.epsg == 9205


# --- a file of one's own --------------------------------------------------------------------------


def written(folder: Path, document: Any) -> Path:
    """Write a document, or text or bytes as they are, and return the path."""
    text = document if isinstance(document, str | bytes) else json.dumps(document)
    path = folder / "tỉnh.geojson"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def feature(geometry: Any = None, /, **properties: Any) -> dict[str, Any]:
    """Return a feature with the given properties changed."""
    return {"type": "Feature", "properties": GIVEN | properties, "geometry": geometry}


def test_a_whole_file_is_read(tmp_path: Path) -> None:
    """Everything that the file gives comes into the territory, its area and its outline."""
    start = provinces.read_province_file(written(tmp_path, feature(SQUARE)))
    assert start.territory == Territory(
        id="tinh-thu-nghiem",
        kind=TerritoryKind.PROVINCE,
        name_vi="Tỉnh Thử Nghiệm",
        name_en="Trial Province",
        official_code="99",
        epsg=9211,
        quality=Quality.GENERALISED,
    )
    assert start.sources == (Source(id="tinh-thu-nghiem-file", title="Niên giám thống kê 2024"),)
    assert start.natural_area == NaturalArea(
        id="tinh-thu-nghiem-2024-01-01",
        territory_id="tinh-thu-nghiem",
        area_ha=1234.5,
        on=date(2024, 1, 1),
        source_id="tinh-thu-nghiem-file",
        confidence=Confidence.SOURCED,
    )
    assert start.outline is not None
    assert start.outline.geometry.equals(shapely.box(105, 20, 106, 21))


def test_a_file_may_say_little(tmp_path: Path) -> None:
    """Code, name and zone are enough; what is not said stays unknown, and names no source."""
    document = {"type": "Feature", "properties": {"code": "99", "name_vi": "A", "epsg": 5897}}
    start = provinces.read_province_file(written(tmp_path, document))
    assert (start.territory.name_en, start.territory.quality) == ("A", None)
    assert (start.natural_area, start.outline) == (None, None)
    assert start.sources[0].title == "tỉnh.geojson"


def test_an_area_without_source_is_unverified(tmp_path: Path) -> None:
    """A number that no source backs is kept and marked."""
    start = provinces.read_province_file(written(tmp_path, feature(source=None)))
    assert start.natural_area is not None
    assert start.natural_area.confidence is Confidence.UNVERIFIED


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_collection_of_one_is_read(tmp_path: Path, mark: str) -> None:
    """QGIS writes collections and names WGS84; Windows editors write a byte-order mark."""
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
    document = {"type": "FeatureCollection", "crs": crs, "features": [feature(SQUARE)]}
    start = provinces.read_province_file(written(tmp_path, mark + json.dumps(document)))
    assert start.territory.official_code == "99"
    assert start.outline is not None


BAD_FILES: dict[str, tuple[Any, str]] = {
    "no JSON": ("{", "province.file"),
    "NaN": ('{"type": "Feature", "properties": {"code": NaN}}', "province.file"),
    "a list": ([], "province.file"),
    "a number": ("17", "province.file"),
    "half a character": (b'"\xc3"', "province.file"),
    "deeply nested": ("[" * 100_000, "province.file"),
    "no type": ({"properties": GIVEN}, "province.file"),
    "a geometry": (SQUARE, "province.file"),
    "no properties": ({"type": "Feature", "properties": None}, "province.file"),
    "properties as a list": ({"type": "Feature", "properties": []}, "province.file"),
    "no features": ({"type": "FeatureCollection"}, "province.file"),
    "two features": (
        {"type": "FeatureCollection", "features": [feature(), feature()]},
        "province.file",
    ),
    "a feature that is none": ({"type": "FeatureCollection", "features": [7]}, "province.file"),
    "metres": (feature() | {"crs": {"properties": {"name": "EPSG:9211"}}}, "province.file"),
    "no code": (feature(code=None), "province.file"),
    "a code that is a number": (feature(code=17), "province.file"),
    "no name": (feature(name_vi=None), "province.file"),
    "a name without a letter": (feature(name_vi=" – "), "province.file"),
    "an endless name": (feature(name_vi="x" * 1000), "province.file"),
    "no zone": (feature(epsg=None), "province.file"),
    "a zone in words": (feature(epsg="9211"), "province.file"),
    "half a zone": (feature(epsg=9211.5), "province.file"),
    "a zone in degrees": (feature(epsg=4326), "province.file"),
    "an unknown zone": (feature(epsg=3857), "crs.unsupported"),
    "an area in words": (feature(natural_area_ha="1.234,5"), "province.file"),
    "no area": (feature(natural_area_ha=0), "province.file"),
    "true as an area": (feature(natural_area_ha=True), "province.file"),
    "an endless area": (
        json.dumps(feature()).replace("1234.5", "1e400"),
        "province.file",
    ),
    "an area without date": (feature(natural_area_on=None), "province.file"),
    "a day that is none": (feature(natural_area_on="2024-02-30"), "value.date"),
    "a broken geometry": (feature({"type": "Polygon", "coordinates": [[1]]}), "province.file"),
    "a geometry in words": (feature("POLYGON EMPTY"), "province.file"),
    "a point": (feature({"type": "Point", "coordinates": [105, 20]}), "geometry.type"),
    "an outline that crosses itself": (feature(BOW_TIE), "geometry.self_intersection"),
    "latitude first": (feature(SWAPPED), "crs.axes_swapped"),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_file_that_will_not_do_is_refused(tmp_path: Path, name: str) -> None:
    """Whatever is wrong with a file is told by a stable code, in both languages."""
    document, code = BAD_FILES[name]
    with pytest.raises(GisError) as refused:
        provinces.read_province_file(written(tmp_path, document))
    assert refused.value.code == code
    assert refused.value.sentence("vi") != refused.value.sentence("en")


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    """A path that leads to no file is named."""
    for path in (tmp_path / "none.geojson", tmp_path):
        with pytest.raises(InvalidValue, match=r"province file") as refused:
            provinces.read_province_file(path)
        assert refused.value.facts["path"] == str(path)


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    """More than 50 MB is refused by its size."""
    path = tmp_path / "huge.geojson"
    with path.open("wb") as file:
        file.truncate(50_000_001)
    with pytest.raises(InvalidValue, match="50 MB"):
        provinces.read_province_file(path)


# --- founding -------------------------------------------------------------------------------------


def test_a_register_is_founded(tmp_path: Path) -> None:
    """The new register holds the territory with its outline, area and sources, and names it."""
    store = create_store(tmp_path / "register.gpkg")
    start = provinces.read_province_file(written(tmp_path, feature(SQUARE)))

    provinces.found(store, start)

    moment = Moment(date(2024, 12, 31))
    assert store.setting("territory") == "tinh-thu-nghiem"
    territory = store.shaped(Territory, moment)[0]
    assert territory.thing == start.territory
    assert territory.geometry is not None
    assert territory.geometry.equals(shapely.box(105, 20, 106, 21))
    assert store.one(NaturalArea, "tinh-thu-nghiem-2024-01-01", moment).thing == start.natural_area
    assert [version.thing for version in store.all(Source, moment)] == list(start.sources)
    store.close()


def test_a_register_is_founded_without_an_outline(tmp_path: Path) -> None:
    """The built-in table has no outlines: the territory stands without a shape."""
    store = create_store(tmp_path / "register.gpkg")
    provinces.found(store, provinces.start_of(provinces.find_province("Sơn La")))
    territory = store.shaped(Territory, Moment(date(2024, 12, 31)))[0]
    assert (territory.thing.id, territory.geometry) == ("son-la", None)
    store.close()
