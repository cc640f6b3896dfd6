"""Founding a register for a province: from the built-in table or from a file of one's own."""

import json
import unicodedata
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import shapely
from shapely.errors import ShapelyError

from gis import content
from gis.crs import WGS84, Located, is_projected, require_supported
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
from gis.store import Entry, Store

_MAX_BYTES: Final = 50_000_000


@dataclass(frozen=True, slots=True)
class ProvinceStart:
    """What a register of a province begins with; outline and natural area where known."""

    territory: Territory
    source: Source
    natural_area: NaturalArea | None = None
    outline: Located | None = None


def fold(text: str) -> str:
    """Return text for comparison: without case, diacritics and the bar of đ.

    >>> fold("Hòa Bình, Đà Bắc")
    'hoa binh, da bac'
    """
    bare = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


def slug(name: str) -> str:
    """Return an id made of a name.

    >>> slug("Bà Rịa – Vũng Tàu")
    'ba-ria-vung-tau'
    """
    words = "".join(letter if letter.isalnum() else " " for letter in fold(name)).split()
    return "-".join(words)


def find_province(value: str) -> content.Province:
    """Find a province by official code or by name, with or without diacritics.

    A code or name that both the former 63 and the present 34 know means the former one, whose
    zone its cadastral maps keep.

    Raises:
        NotFound: ``province.unknown``.
    """
    wanted = fold(value.strip())
    for era in ("former", "present"):
        for province in content.provinces():
            names = (province.code, fold(province.name_vi), fold(province.name_en))
            if province.era == era and wanted in names:
                return province
    raise NotFound("province.unknown", value=value[:40])


def start_of(province: content.Province) -> ProvinceStart:
    """Return what a register of a built-in province begins with."""
    territory_id = slug(province.name_vi)
    is_former = province.era == "former"
    territory = Territory(
        id=territory_id,
        kind=TerritoryKind.FORMER_PROVINCE if is_former else TerritoryKind.PROVINCE,
        name_vi=province.name_vi,
        name_en=province.name_en,
        official_code=province.code,
        epsg=province.epsg,
        note=province.note,
    )
    sources = {source.id: source for source in content.sources()}
    known = next((a for a in content.natural_areas() if a.territory_id == territory_id), None)
    return ProvinceStart(territory, sources[province.source_id], natural_area=known)


def read_province_file(path: Path) -> ProvinceStart:
    """Read a province from a GeoJSON Feature; its geometry, if any, is the outline in WGS84.

    Raises:
        InvalidValue: ``province.file`` where the file lacks something or can't be read.
        GeometryProblem, CrsProblem: for an outline that can't stand for land, or a zone that is
            none of VN-2000.
    """
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise InvalidValue("province.file", path=str(path), reason="> 50 MB")
        feature = json.loads(path.read_text(encoding="utf-8"), parse_constant=_refuse_constant)
        return _start_from(feature, path)
    except (OSError, ValueError, TypeError, KeyError, RecursionError, ShapelyError) as error:
        reason = f"{type(error).__name__}: {error}"[:120]
        raise InvalidValue("province.file", path=str(path), reason=reason) from error


def found(store: Store, start: ProvinceStart) -> None:
    """Write a province's territory, outline and natural area into an empty register."""
    always = Period()
    with store.transaction(by="ccn-gis init", action="register.found") as transaction:
        transaction.put(Entry(start.source, always))
        transaction.put(Entry(start.territory, always, start.outline))
        if start.natural_area is not None:
            transaction.put(Entry(start.natural_area, always))
        transaction.set_setting("territory", start.territory.id)


def _start_from(feature: Any, path: Path) -> ProvinceStart:
    properties = feature["properties"]
    territory_id = slug(str(properties["code"] or properties["name_vi"]))
    epsg = require_supported(int(properties["epsg"]))
    if not is_projected(epsg):
        raise InvalidValue("province.file", path=str(path), reason=f"epsg {epsg}")
    geometry = feature.get("geometry")
    outline = None if geometry is None else _outline(geometry)
    territory = Territory(
        id=territory_id,
        kind=TerritoryKind.PROVINCE,
        name_vi=str(properties["name_vi"]),
        name_en=str(properties.get("name_en") or properties["name_vi"]),
        official_code=str(properties["code"]),
        epsg=epsg,
        quality=None if outline is None else Quality.GENERALISED,
    )
    source = Source(id=f"{territory_id}-file", title=str(properties.get("source") or path.name))
    return ProvinceStart(
        territory, source, _natural_area(properties, territory_id, source), outline
    )


def _natural_area(
    properties: dict[str, Any], territory_id: str, source: Source
) -> NaturalArea | None:
    if properties.get("natural_area_ha") is None:
        return None
    on: date = parse_date(str(properties["natural_area_on"]), name="natural_area_on")
    return NaturalArea(
        id=f"{territory_id}-{on.isoformat()}",
        territory_id=territory_id,
        area_ha=float(properties["natural_area_ha"]),
        on=on,
        source_id=source.id,
        confidence=Confidence.SOURCED if properties.get("source") else Confidence.UNVERIFIED,
    )


def _outline(geometry: Any) -> Located:
    return Located(require_region(shapely.from_geojson(json.dumps(geometry))), WGS84)


def _refuse_constant(name: str) -> None:
    message = f"{name} is no number"
    raise ValueError(message)
