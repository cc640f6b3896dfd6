"""The tables of the real content hold together."""

import csv
import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from gis import content
from gis.model import ClusterKind, PlanStatus, TerritoryKind
from gis.resources import data_dir

CONTENT = data_dir() / "content"
TABLES = sorted(CONTENT.glob("*.csv"))


def cells(path: Path) -> Iterable[tuple[int, str, str]]:
    """Yield row number, column and cell of a table."""
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file, strict=True), 2):
            for column, cell in row.items():
                yield number, column, cell


def column(table: str, name: str) -> list[str]:
    """Return the cells of one column."""
    return [cell for _, key, cell in cells(CONTENT / f"{table}.csv") if key == name]


# --- integrity ----------------------------------------------------------------------------------


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_tables_are_plain(path: Path) -> None:
    """Tables are UTF-8 without BOM, LF, rectangular, NFC, and cells have no stray spaces."""
    raw = path.read_bytes()
    text = raw.decode("utf-8")
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in raw
    assert raw.endswith(b"\n")
    assert unicodedata.is_normalized("NFC", text)
    for number, key, cell in cells(path):
        assert isinstance(cell, str), f"{path.name} row {number}: too few cells"
        assert key is not None, f"{path.name} row {number}: too many cells"
        assert cell == cell.strip(), f"{path.name} row {number} {key}"


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_words_for_unknown_are_not_used(path: Path) -> None:
    """Unknown is an empty cell, never a dash, a question mark or a word."""
    for number, key, cell in cells(path):
        assert cell.lower() not in {"-", "–", "?", "n/a", "nan", "none", "null", "unknown"}, (
            f"{path.name} row {number} {key}"
        )


@pytest.mark.parametrize(
    ("table", "key"),
    [
        ("sources", ("id",)),
        ("territories", ("code",)),
        ("natural_areas", ("territory", "on")),
        ("targets", ("id",)),
        ("provinces", ("code", "era")),
        ("legacy_communes", ("legacy_code",)),
        ("commune_mapping", ("legacy_code", "current_code")),
        ("clusters", ("id",)),
        ("figures", ("id",)),
        ("indicators", ("code",)),
        ("conflicts", ("id",)),
        ("rules", ("id", "version", "scope")),
        ("land_codes", ("code",)),
    ],
)
def test_keys_are_unique(table: str, key: tuple[str, ...]) -> None:
    """No table says the same thing twice."""
    keys = list(zip(*(column(table, name) for name in key), strict=True))
    assert len(keys) == len(set(keys))
    assert all(all(part for part in parts) for parts in keys)


def test_every_source_is_listed() -> None:
    """Whatever names a source names one of sources.csv, and facts always name one."""
    known = {source.id for source in content.sources()}
    for path in TABLES:
        for number, key, cell in cells(path):
            if key in {"source", "approved_area_source", "natural_area_source"} and cell:
                assert cell in known, f"{path.name} row {number}"
    for table in ("natural_areas", "targets", "provinces", "clusters", "figures", "rules"):
        assert all(column(table, "source")), table


def test_figures_refer_to_what_exists() -> None:
    """A figure's subject, indicator and unit are known; its verbatim or value says something."""
    subjects = {
        "territory": {territory.id for territory in content.territories()},
        "cluster": {cluster.id for cluster in content.clusters()},
    }
    units = {indicator.code: indicator.unit for indicator in content.indicators()}
    for figure in content.figures():
        assert figure.subject_id in subjects[figure.subject_kind], figure.id
        assert figure.unit == units[figure.indicator], figure.id
        assert figure.value is not None or figure.verbatim, figure.id
        assert figure.precision in {"exact", "about", "over"}, figure.id
        assert figure.stage in {None, "planned", "established", "cleared", "leased", "operating"}
        assert figure.as_of.latest is not None, figure.id


def test_a_cluster_figure_is_of_its_kind() -> None:
    """Figures of a zone are not filed under clusters, nor the other way."""
    kinds = {cluster.id: cluster.kind for cluster in content.clusters()}
    for figure in content.figures():
        if figure.subject_kind == "cluster":
            assert figure.kind is kinds[figure.subject_id], figure.id


def test_every_indicator_is_used() -> None:
    """The vocabulary has no word that no figure needs."""
    assert {figure.indicator for figure in content.figures()} == {
        indicator.code for indicator in content.indicators()
    }


def test_zero_is_published_zero() -> None:
    """Nothing is 0 but the attainment of seven clusters, which the report gives as 0 %."""
    zeros = [figure for figure in content.figures() if figure.value == 0]
    assert len(zeros) == 7
    assert {(figure.indicator, figure.verbatim) for figure in zeros} == {("attainment", "0 %")}
    for cluster in content.clusters():
        assert cluster.approved_area_ha is None or cluster.approved_area_ha > 0
    assert all(area.area_ha > 0 for area in content.natural_areas())
    assert "0" not in column("provinces", "natural_area_ha")


def test_dates_are_ordered() -> None:
    """Bounds and periods do not end before they start."""
    for table, start, end in (
        ("sources", "date_earliest", "date_latest"),
        ("clusters", "founded_earliest", "founded_latest"),
        ("figures", "as_of_earliest", "as_of_latest"),
        ("rules", "effective_from", "effective_to"),
        ("territories", "valid_from", "valid_to"),
    ):
        for first, last in zip(column(table, start), column(table, end), strict=True):
            if first and last:
                assert date.fromisoformat(first) <= date.fromisoformat(last), (table, first, last)


def test_conflicts_name_figures_that_exist() -> None:
    """A conflict points at the figures that it is about."""
    known = {figure.id for figure in content.figures()}
    for conflict in content.conflicts():
        assert set(conflict.figure_ids) <= known, conflict.id


def test_every_conflict_of_the_reference_is_told() -> None:
    """None of the contradictions found in the sources is hidden."""
    assert {
        "three-units",
        "attainment-not-fill",
        "14-or-16",
        "722-less-556",
        "phu-thanh-ii-third",
        "vuot",
        "craft-village-share",
        "kcn-8-or-5",
        "kcn-1507-1597",
    } <= {conflict.id for conflict in content.conflicts()}


def test_places_exist() -> None:
    """Clusters lie in listed districts and communes, and the current commune follows from them."""
    districts = {
        territory.id
        for territory in content.territories()
        if territory.kind is TerritoryKind.LEGACY_DISTRICT
    }
    communes = {unit.official_code: unit for unit in content.legacy_communes()}
    for cluster in content.clusters():
        assert cluster.legacy_district in districts, cluster.id
        assert cluster.place_confidence is not None, cluster.id
        if cluster.legacy_commune is None:
            assert cluster.current_commune is None, cluster.id
            continue
        commune = communes[cluster.legacy_commune]
        assert commune.district == cluster.legacy_district, cluster.id
        assert cluster.current_commune is not None
        assert commune.successor_ids == (content.current_unit_id(cluster.current_commune),)


def test_ids_tell_the_kind() -> None:
    """An id starts with its kind, so that a cluster and a zone of one name stay apart."""
    names = {(cluster.kind, cluster.name_vi) for cluster in content.clusters()}
    assert (ClusterKind.CCN, "Mông Hóa") in names
    assert (ClusterKind.KCN, "Mông Hóa") in names
    for cluster in content.clusters():
        assert re.fullmatch(rf"{cluster.kind}(-[a-z0-9]+)+", cluster.id), cluster.id


def test_approved_areas_have_a_source() -> None:
    """An approved area comes with its source and confidence; without one it stays unknown."""
    for cluster in content.clusters():
        known = cluster.approved_area_ha is not None
        assert (cluster.approved_area_source is not None) is known, cluster.id
        assert (cluster.approved_area_confidence is not None) is known, cluster.id


# --- counts -------------------------------------------------------------------------------------


def test_records_are_thirty_five_clusters_and_eight_zones() -> None:
    """14 of the report, Đồng Tâm II, Đầm Đuống and 19 new ones make 35; the zones are 8."""
    kinds = [cluster.kind for cluster in content.clusters()]
    assert kinds.count(ClusterKind.CCN) == 35
    assert kinds.count(ClusterKind.KCN) == 8
    assert sum(cluster.in_report for cluster in content.clusters()) == 14


def test_the_plan_has_thirty_three_clusters() -> None:
    """12 of the 14, the 2 carried over and the 19 new ones are in the plan 2021–2030."""
    planned = [
        cluster
        for cluster in content.clusters()
        if cluster.plan_status not in {None, PlanStatus.DROPPED}
    ]
    assert len(planned) == 33
    assert sum(cluster.in_report for cluster in planned) == 12
    assert sum(cluster.plan_status is PlanStatus.NEW for cluster in planned) == 19
    assert {cluster.planned_from for cluster in planned} == {date(2023, 12, 20)}
    assert {
        cluster.name_vi
        for cluster in content.clusters()
        if cluster.in_report and cluster.plan_status is PlanStatus.DROPPED
    } == {"Chăm Mát – Dân Chủ", "Yên Mông"}


def test_six_zones_have_a_sourced_area() -> None:
    """The six sourced zone areas sum to 1,064.51 ha; the recollected two stay unknown."""
    areas = [
        cluster.approved_area_ha
        for cluster in content.clusters()
        if cluster.kind is ClusterKind.KCN and cluster.approved_area_ha is not None
    ]
    assert len(areas) == 6
    assert sum(areas) == pytest.approx(1_064.51, abs=1e-9)


def test_the_fourteen_were_founded_within_the_reported_years() -> None:
    """The report's clusters were founded from 2014 to 2024; only Tiên Tiến has a year."""
    for cluster in content.clusters():
        if not cluster.in_report:
            continue
        year = cluster.id == "ccn-tien-tien"
        assert cluster.founded.earliest == date(2020 if year else 2014, 1, 1)
        assert cluster.founded.latest == date(2020 if year else 2024, 12, 31)


def test_planned_clusters_are_not_founded() -> None:
    """No founding is told of the plan's other clusters."""
    for cluster in content.clusters():
        if cluster.kind is ClusterKind.CCN and not cluster.in_report:
            assert not cluster.founded.is_known, cluster.id


def test_zones_without_a_known_founding_say_so() -> None:
    """Four zones have no sourced founding: they are possibly, never surely, established."""
    on = date(2024, 12, 31)
    unsure = {
        cluster.id
        for cluster in content.clusters()
        if cluster.kind is ClusterKind.KCN and not cluster.founded.surely_by(on)
    }
    assert unsure == {"kcn-nhuan-trach", "kcn-lac-thinh", "kcn-thanh-ha", "kcn-yen-quang"}
    for cluster in content.clusters():
        if cluster.id in unsure:
            assert cluster.founded.possibly_by(on)
            assert "Chưa rõ ngày thành lập" in (cluster.note or "")


# --- rules ------------------------------------------------------------------------------------


def test_rules_are_versions_that_follow_each_other() -> None:
    """Where a rule has several versions in one scope, one starts when the one before ends."""
    rows: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for rule, scope, start, end in zip(
        *(column("rules", name) for name in ("id", "scope", "effective_from", "effective_to")),
        strict=True,
    ):
        rows.setdefault((rule, scope), []).append((start, end))
    for key, spans in rows.items():
        spans.sort()
        for (_, end), (start, _) in pairwise(spans):
            assert end == start, key


def test_every_rule_of_the_decree_is_continued() -> None:
    """No rule of Decree 32/2024 falls silent on 15 September 2026."""
    rules = list(zip(column("rules", "id"), column("rules", "version"), strict=True))
    old = {rule for rule, version in rules if version == "32/2024"}
    new = {rule for rule, version in rules if version == "303/2026"}
    assert old
    assert old == new
