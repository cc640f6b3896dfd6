"""Founding a register for a province: from the built-in table or from a file of one's own."""

import json
import math
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

import shapely
from shapely.errors import ShapelyError

from gis import content
from gis.crs import WGS84, Located, check_range, is_projected, require_supported
from gis.errors import InvalidValue, NotFound
from gis.geometry import require_region
from gis.model import (
    Confidence,
    NaturalArea,
    Period,
    Quality,
    Source,
    Territory,
    TerritoryKind,
    parse_date,
)
from gis.names import fold
from gis.store import Entry, Store

#: The day on which the present provinces took over (Resolution 202/2025/QH15).
_MERGED_ON: Final = date(2025, 7, 1)
_ERAS: Final = {"former": "former", "cu": "former", "present": "present", "moi": "present"}
_TITLES: Final = ("tinh-", "thanh-pho-", "tp-")
_MAX_BYTES: Final = 50_000_000
_MAX_TEXT: Final = 200


@dataclass(frozen=True, slots=True)
class ProvinceStart:
    """What a register of a province begins with; outline and natural area where known."""

    territory: Territory
    sources: tuple[Source, ...]
    natural_area: NaturalArea | None = None
    outline: Located | None = None


def slug(name: str) -> str:
    """Return an id made of a name.

    >>> slug("Bà Rịa – Vũng Tàu")
    'ba-ria-vung-tau'
    """
    words = "".join(letter if letter.isalnum() else " " for letter in fold(name)).split()
    return "-".join(words)


def find_province(value: str) -> content.Province:
    """Find a province by official code or by name, however it is accented and punctuated.

    A code or name means the province that bears it today; where none does, the former one. A last
    word says otherwise: "Phú Thọ cũ" or "25 former" is the province before 1 July 2025.

    Raises:
        NotFound: ``province.unknown``.
    """
    wanted = slug(value[:_MAX_TEXT])
    eras: tuple[str, ...] = ("present", "former")
    name, _, last = wanted.rpartition("-")
    if name and last in _ERAS:
        wanted, eras = name, (_ERAS[last],)
    for title in _TITLES:
        wanted = wanted.removeprefix(title)
    for era in eras:
        for province in content.provinces():
            names = (province.code, slug(province.name_vi), slug(province.name_en))
            if province.era == era and wanted in names:
                return province
    raise NotFound("province.unknown", value=value[:40])


def start_of(province: content.Province) -> ProvinceStart:
    """Return what a register of a built-in province begins with.

    A province that joined no other is the same before and after the merger and keeps the zone of
    its cadastral maps. One that joined several has several legal zones: its own is then that of
    its administrative map, and each cluster names its zone.
    """
    origins = [
        former
        for former in content.provinces()
        if former.era == "former" and former.merged_into == (province.merged_into or province.code)
    ]
    is_same = len(origins) == 1
    named = origins[0] if is_same else province
    has_ended = named.era == "former" and not is_same
    territory = Territory(
        id=slug(named.name_vi),
        kind=TerritoryKind.FORMER_PROVINCE if has_ended else TerritoryKind.PROVINCE,
        name_vi=f"{named.name_vi} (trước 1/7/2025)" if has_ended else named.name_vi,
        name_en=f"Former {named.name_en}" if has_ended else named.name_en,
        official_code=named.code,
        epsg=named.epsg,
        exists_from=None if is_same or has_ended else _MERGED_ON,
        exists_to=_MERGED_ON if has_ended else None,
        note=named.note,
    )
    natural_area = _known_area(province, territory.id)
    cited = {named.source_id} | ({natural_area.source_id} if natural_area else set())
    sources = tuple(source for source in content.sources() if source.id in cited)
    return ProvinceStart(territory, sources, natural_area)


def read_province_file(path: Path) -> ProvinceStart:
    """Read a province from one GeoJSON Feature; its geometry, if any, is the outline in WGS84.

    A FeatureCollection that holds just this one, as QGIS writes it, will do. The outline is taken
    as generalised: for drawing, not for measuring.

    Raises:
        InvalidValue: ``province.file`` where the file lacks something or can't be read,
            ``value.date`` for a date.
        GeometryProblem, CrsProblem: for an outline that can't stand for land, or a zone that is
            none of VN-2000.
    """
    try:
        return _start_from(_feature(_document(path)), path.name)
    except (OSError, ValueError, RecursionError, ShapelyError) as error:
        reason = f"{type(error).__name__}: {error}"[:120]
        raise InvalidValue("province.file", path=str(path), reason=reason) from error


def found(store: Store, start: ProvinceStart) -> None:
    """Write a province's territory, outline and natural area into an empty register."""
    always = Period()
    with store.transaction(by="ccn-gis init", action="register.found") as transaction:
        transaction.put_many(Entry(source, always) for source in start.sources)
        transaction.put(Entry(start.territory, always, start.outline))
        if start.natural_area is not None:
            transaction.put(Entry(start.natural_area, always))
        transaction.set_setting("territory", start.territory.id)


def _known_area(province: content.Province, territory_id: str) -> NaturalArea | None:
    """Return the sourced natural area of the table, with the date that the content gives it."""
    if province.natural_area_ha is None or province.natural_area_source_id is None:
        return None
    for dated in content.natural_areas():
        if dated.area_ha == province.natural_area_ha:
            return replace(dated, territory_id=territory_id)
    return NaturalArea(
        id=f"{territory_id}-{_MERGED_ON.isoformat()}",
        territory_id=territory_id,
        area_ha=province.natural_area_ha,
        on=_MERGED_ON,
        source_id=province.natural_area_source_id,
        confidence=Confidence.SOURCED,
    )


def _document(path: Path) -> dict[str, Any]:
    """Read a GeoJSON object, whose coordinates must be in WGS84."""
    if path.stat().st_size > _MAX_BYTES:
        raise ValueError("> 50 MB")
    text = path.read_text(encoding="utf-8-sig")
    document = json.loads(text, parse_constant=_refuse_constant)
    if not isinstance(document, dict) or "type" not in document:
        raise ValueError("type")
    system = json.dumps(document.get("crs", "CRS84"))
    if "CRS84" not in system and "4326" not in system:
        raise ValueError(f"crs {system}")
    return document


def _feature(document: dict[str, Any]) -> dict[str, Any]:
    """Return the one feature of a GeoJSON object: itself, or the only one of a collection."""
    features = document.get("features") if document["type"] == "FeatureCollection" else [document]
    if not isinstance(features, list) or len(features) != 1:
        raise ValueError("features")
    feature: Any = features[0]
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict) or feature.get("type") != "Feature":
        raise ValueError("type, properties")
    return {"properties": properties, "geometry": feature.get("geometry")}


def _start_from(feature: dict[str, Any], file_name: str) -> ProvinceStart:
    properties = feature["properties"]
    code, name_vi = _text(properties, "code"), _text(properties, "name_vi")
    name_en, title = (_text(properties, name, optional=True) for name in ("name_en", "source"))
    outline = None if feature["geometry"] is None else _outline(feature["geometry"])
    territory = Territory(
        id=slug(name_vi),
        kind=TerritoryKind.PROVINCE,
        name_vi=name_vi,
        name_en=name_en or name_vi,
        official_code=code,
        epsg=_zone(properties),
        quality=None if outline is None else Quality.GENERALISED,
    )
    source = Source(id=f"{territory.id}-file", title=title or file_name)
    confidence = Confidence.SOURCED if title else Confidence.UNVERIFIED
    natural_area = _stated_area(properties, territory.id, source.id, confidence)
    return ProvinceStart(territory, (source,), natural_area, outline)


def _stated_area(
    properties: dict[str, Any], territory_id: str, source_id: str, confidence: Confidence
) -> NaturalArea | None:
    area_ha = properties.get("natural_area_ha")
    if area_ha is None:
        return None
    if not _is_number(area_ha) or not math.isfinite(area_ha) or area_ha <= 0:
        raise ValueError(f"natural_area_ha {area_ha}")
    on = parse_date(_text(properties, "natural_area_on"), name="natural_area_on")
    return NaturalArea(
        id=f"{territory_id}-{on.isoformat()}",
        territory_id=territory_id,
        area_ha=float(area_ha),
        on=on,
        source_id=source_id,
        confidence=confidence,
    )


def _zone(properties: dict[str, Any]) -> int:
    epsg = properties.get("epsg")
    if not isinstance(epsg, int) or not is_projected(require_supported(epsg)):
        raise ValueError(f"epsg {epsg}")
    return epsg


def _text(properties: dict[str, Any], name: str, *, optional: bool = False) -> str:
    """Return a property as text; "" for one that may be missing."""
    value = properties.get(name)
    if value is None and optional:
        return ""
    if not isinstance(value, str) or not slug(value) or len(value) > _MAX_TEXT:
        raise ValueError(f"{name} {json.dumps(value)}")
    return value.strip()


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _outline(geometry: Any) -> Located:
    outline = Located(require_region(shapely.from_geojson(json.dumps(geometry))), WGS84)
    check_range(outline)
    return outline


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no number")
