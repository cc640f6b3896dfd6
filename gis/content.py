"""The register's real content: what is published about the land, read from ``data/content``.

Every function returns the rows of one table as values, in the table's order, and keeps them: the
tables are small and never change while the program runs. An empty cell is None, "unknown", and
never 0. ``data/content/README.md`` says what each column means. Legal rules are read by
`gis.rules` from the same folder.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from gis.model import (
    AdminUnit,
    Cluster,
    ClusterKind,
    Confidence,
    Conflict,
    DateBounds,
    Figure,
    NaturalArea,
    PlanStatus,
    Quality,
    Source,
    Target,
    Territory,
    TerritoryKind,
)
from gis.resources import data_dir


@dataclass(frozen=True, slots=True, kw_only=True)
class Province:
    """A province or city of the former 63 or the present 34; ``(code, era)`` is the key.

    ``era`` is former or present, ``kind`` province or city. ``epsg`` and ``central_meridian``
    are the VN-2000 TM-3 zone: of its cadastral maps for a former province, of its administrative
    map for a present one, whose older cadastral maps keep the zones of the former provinces that
    it joins. ``merged_into`` is the present code of a former province. ``natural_area_ha`` is
    None where no source gives it.
    """

    code: str
    era: str
    name_vi: str
    name_en: str
    kind: str
    epsg: int
    central_meridian: str
    merged_into: str | None
    natural_area_ha: float | None
    natural_area_source_id: str | None
    source_id: str
    confidence: Confidence
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Succession:
    """A legacy commune and a current commune or ward that took it over on 1 July 2025.

    ``is_partial`` says that the legacy commune was divided: a place decides, not the code.
    """

    legacy_code: str
    current_code: str
    current_name: str
    current_kind: str
    is_partial: bool
    source_id: str
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """A word of the closed vocabulary of published figures; ``unit`` is text for words only."""

    code: str
    name_vi: str
    name_en: str
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LandCode:
    """A land-use code of the cadastre (loại đất). Codes not listed here are kept all the same."""

    code: str
    name_vi: str
    name_en: str
    source_id: str
    confidence: Confidence


@cache
def sources() -> tuple[Source, ...]:
    """Return the publications that content rests on; their dates may be bounds."""
    return tuple(
        Source(
            id=row["id"],
            title=row["title"],
            publisher=_text(row["publisher"]),
            published=_bounds(row, "date_earliest", "date_latest"),
            reference=_text(row["reference"]),
            licence=_text(row["licence"]),
            note=_text(row["note"]),
        )
        for row in _rows("sources")
    )


@cache
def territories() -> tuple[Territory, ...]:
    """Return the territories that a share can be taken of."""
    return tuple(
        Territory(
            id=row["code"],
            kind=TerritoryKind(row["kind"]),
            name_vi=row["name_vi"],
            name_en=row["name_en"],
            official_code=_text(row["official_code"]),
            parent_id=_text(row["parent"]),
            epsg=_whole(row["epsg"]),
            exists_from=_date(row["valid_from"]),
            exists_to=_date(row["valid_to"]),
            successor_id=_text(row["successor"]),
            quality=Quality(row["quality"]) if row["quality"] else None,
            note=_text(row["note"]),
        )
        for row in _rows("territories")
    )


@cache
def natural_areas() -> tuple[NaturalArea, ...]:
    """Return the dated natural areas of territories, in hectares."""
    return tuple(
        NaturalArea(
            id=f"{row['territory']}-{row['on']}",
            territory_id=row["territory"],
            area_ha=float(row["area_ha"]),
            on=date.fromisoformat(row["on"]),
            source_id=row["source"],
            confidence=Confidence(row["confidence"]),
            note=_text(row["note"]),
        )
        for row in _rows("natural_areas")
    )


@cache
def targets() -> tuple[Target, ...]:
    """Return the target shares of natural land, each belonging to one territory for ever."""
    return tuple(
        Target(
            id=row["id"],
            territory_id=row["territory"],
            percent=float(row["percent"]),
            due=date.fromisoformat(row["due"]),
            numerator=row["numerator"],
            source_id=row["source"],
            verbatim=_text(row["verbatim"]),
            confidence=Confidence(row["confidence"]),
        )
        for row in _rows("targets")
    )


@cache
def provinces() -> tuple[Province, ...]:
    """Return the former 63 and the present 34 provinces and cities with their VN-2000 zones."""
    return tuple(
        Province(
            code=row["code"],
            era=row["era"],
            name_vi=row["name_vi"],
            name_en=row["name_en"],
            kind=row["kind"],
            epsg=int(row["epsg"]),
            central_meridian=row["central_meridian"],
            merged_into=_text(row["merged_into"]),
            natural_area_ha=_number(row["natural_area_ha"]),
            natural_area_source_id=_text(row["natural_area_source"]),
            source_id=row["source"],
            confidence=Confidence(row["confidence"]),
            note=_text(row["note"]),
        )
        for row in _rows("provinces")
    )


@cache
def commune_mapping() -> tuple[Succession, ...]:
    """Return which current communes took over each legacy commune of former Hòa Bình."""
    return tuple(
        Succession(
            legacy_code=row["legacy_code"],
            current_code=row["current_code"],
            current_name=row["current_name"],
            current_kind=row["current_type"],
            is_partial=row["part"] == "partial",
            source_id=row["source"],
            note=_text(row["note"]),
        )
        for row in _rows("commune_mapping")
    )


@cache
def legacy_communes() -> tuple[AdminUnit, ...]:
    """Return the 151 communes before 1 July 2025 with a point each (degrees, WGS84).

    ``point_quality`` is geocoded, outside_outline or wrong_commune: a point of the last kind
    lies in another commune and must not place anything.
    """
    successors: dict[str, list[Succession]] = {}
    for step in commune_mapping():
        successors.setdefault(step.legacy_code, []).append(step)
    return tuple(
        AdminUnit(
            id=legacy_unit_id(row["legacy_code"]),
            official_code=row["legacy_code"],
            name_vi=row["name"],
            kind=row["type"],
            era="legacy",
            district=row["legacy_district"],
            successor_ids=tuple(
                current_unit_id(step.current_code) for step in successors[row["legacy_code"]]
            ),
            is_partial=any(step.is_partial for step in successors[row["legacy_code"]]),
            lon=float(row["lon"]),
            lat=float(row["lat"]),
            point_quality=row["point_quality"],
            source_id=row["source"],
        )
        for row in _rows("legacy_communes")
    )


@cache
def current_communes() -> tuple[AdminUnit, ...]:
    """Return the 46 communes and wards of former Hòa Bình since 1 July 2025, by code.

    They have no point: none of ours is free of doubt.
    """
    found = {step.current_code: step for step in commune_mapping()}
    return tuple(
        AdminUnit(
            id=current_unit_id(code),
            official_code=code,
            name_vi=found[code].current_name,
            kind=found[code].current_kind,
            era="current",
            source_id=found[code].source_id,
        )
        for code in sorted(found)
    )


def legacy_unit_id(code: str) -> str:
    """Name a commune before 1 July 2025; the same code may stand for another one after it."""
    return f"legacy-{code}"


def current_unit_id(code: str) -> str:
    """Name a commune since 1 July 2025."""
    return f"current-{code}"


@cache
def clusters() -> tuple[Cluster, ...]:
    """Return the clusters and zones of former Hòa Bình, founded and planned, without shapes."""
    zones = {territory.id: territory.epsg for territory in territories()}
    return tuple(
        Cluster(
            id=row["id"],
            kind=ClusterKind(row["kind"]),
            name_vi=row["name_vi"],
            name_en=row["name_en"],
            territory_id=row["territory"],
            legacy_district=_text(row["legacy_district"]),
            legacy_commune=_text(row["legacy_commune"]),
            current_commune=_text(row["current_commune"]),
            place_confidence=_confidence(row["place_confidence"]),
            founded=_bounds(row, "founded_earliest", "founded_latest"),
            in_report=row["in_report"] == "yes",
            plan_status=PlanStatus(row["in_plan_2030"]) if row["in_plan_2030"] else None,
            planned_from=_date(row["planned_from"]),
            approved_area_ha=_number(row["approved_area_ha"]),
            approved_area_on=_date(row["approved_area_on"]),
            approved_area_source=_text(row["approved_area_source"]),
            approved_area_confidence=_confidence(row["approved_area_confidence"]),
            epsg=zones[row["territory"]],
            source_id=_text(row["source"]),
            note=_text(row["note"]),
        )
        for row in _rows("clusters")
    )


@cache
def figures() -> tuple[Figure, ...]:
    """Return every published number and statement, with its date, source and confidence."""
    return tuple(
        Figure(
            id=row["id"],
            subject_kind=row["subject_kind"],
            subject_id=row["subject"],
            indicator=row["indicator"],
            unit=row["unit"],
            as_of=_bounds(row, "as_of_earliest", "as_of_latest"),
            source_id=row["source"],
            confidence=Confidence(row["confidence"]),
            value=_number(row["value"]),
            kind=ClusterKind(row["kind"]) if row["kind"] else None,
            stage=_text(row["stage"]),
            count=_whole(row["count"]),
            basis=row["basis"],
            verbatim=_text(row["verbatim"]),
            precision=row["precision"],
            note=_text(row["note"]),
        )
        for row in _rows("figures")
    )


@cache
def indicators() -> tuple[Indicator, ...]:
    """Return the closed vocabulary of published figures."""
    return tuple(
        Indicator(**_only(row, "code name_vi name_en unit")) for row in _rows("indicators")
    )


@cache
def conflicts() -> tuple[Conflict, ...]:
    """Return the published figures that can't all be right together, to be shown, not hidden."""
    return tuple(
        Conflict(
            **_only(row, "id title_vi title_en text_vi text_en"),
            figure_ids=tuple(filter(None, row["figures"].split(";"))),
            source_id=_text(row["source"]),
        )
        for row in _rows("conflicts")
    )


@cache
def land_codes() -> tuple[LandCode, ...]:
    """Return the land-use codes of the cadastre that concern clusters and zones."""
    return tuple(
        LandCode(
            **_only(row, "code name_vi name_en"),
            source_id=row["source"],
            confidence=Confidence(row["confidence"]),
        )
        for row in _rows("land_codes")
    )


def _rows(table: str) -> Iterable[Mapping[str, str]]:
    """Read a table of ``data/content``."""
    path = data_dir() / "content" / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def _only(row: Mapping[str, str], names: str) -> dict[str, str]:
    return {name: row[name] for name in names.split()}


def _text(cell: str) -> str | None:
    return cell or None


def _number(cell: str) -> float | None:
    return float(cell) if cell else None


def _whole(cell: str) -> int | None:
    return int(cell) if cell else None


def _date(cell: str) -> date | None:
    return date.fromisoformat(cell) if cell else None


def _bounds(row: Mapping[str, str], earliest: str, latest: str) -> DateBounds:
    return DateBounds(_date(row[earliest]), _date(row[latest]))


def _confidence(cell: str) -> Confidence | None:
    return Confidence(cell) if cell else None
