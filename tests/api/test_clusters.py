"""``/api/clusters``: what the example register says of its clusters and zones."""

import math
from itertools import pairwise
from typing import Any

import pytest

from tests.api.client import Client


@pytest.fixture(scope="module")
def clusters(client: Client) -> dict[str, dict[str, Any]]:
    """Return the features of the example's list, by id."""
    return {f["id"]: f for f in client.json("/api/clusters")["features"]}


def test_the_list_holds_every_cluster_and_zone_of_the_content(client: Client) -> None:
    """14 founded, 2 carried over, 19 new and 8 zones; 22 of them with a boundary."""
    answer = client.json("/api/clusters")
    assert answer["counts"] == {"ccn": 35, "kcn": 8, "with_boundary": 22}
    ids = [feature["id"] for feature in answer["features"]]
    assert ids == sorted(ids)
    assert len(ids) == 43
    assert answer["territory"] == "hoa-binh"


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("kind=kcn", 8),
        ("kind=ccn", 35),
        ("kind=ccn&stage=planned", 35),
        ("kind=ccn&stage=established", 14),
        ("stage=established", 22),
        ("stage=leased", 7),
        ("kind=kcn&stage=leased", 0),
    ],
)
def test_the_list_is_filtered_by_kind_and_stage(client: Client, query: str, count: int) -> None:
    """A stage keeps those that have, or may have, come that far."""
    assert len(client.json(f"/api/clusters?{query}")["features"]) == count


def test_before_anything_was_planned_hardly_anything_is_in_force(client: Client) -> None:
    """A cluster whose dates lie ahead is left out; one without an earliest date may have been."""
    early = {
        f["id"]: f["properties"] for f in client.json("/api/clusters?on=2000-01-01")["features"]
    }
    assert set(early) == {"kcn-bo-trai-song-da", "kcn-nam-luong-son"}
    for properties in early.values():
        assert (properties["stage"], properties["stage_at_most"]) == (None, "established")
    assert len(client.json("/api/clusters?on=2012-12-31&kind=kcn")["features"]) == 8


def test_a_founding_interval_is_certain_only_at_its_end(client: Client) -> None:
    """Founded some day in 2014–2024: possible in 2018, certain at the end of 2024."""
    for on, stage in (("2018-06-30", None), ("2024-12-31", "established")):
        feature = client.json(f"/api/clusters/ccn-yen-mong?on={on}")
        assert feature["properties"]["stage"] == stage
        assert feature["properties"]["stage_at_most"] == "established"
        bounds = {"earliest": "2014-01-01", "latest": "2024-12-31"}
        assert feature["properties"]["founded"] == bounds


def test_what_nobody_knows_is_null_and_never_0(clusters: dict[str, dict[str, Any]]) -> None:
    """A planned cluster has no area; a zone without plan or tenants on record has no fill."""
    planned = clusters["ccn-cao-son"]
    assert planned["geometry"] is None
    zone = clusters["kcn-nhuan-trach"]["properties"]
    unknown = (
        "industrial_area_ha",
        "leased_area_ha",
        "legal_fill_percent",
        "leased_over_area_percent",
        "projects",
        "attainment_verbatim",
        "infrastructure_complete",
    )
    for properties in (planned["properties"], zone):
        assert {properties[name] for name in unknown} == {None}
        assert properties["fill_reason"] == "no_plan"
    assert planned["properties"]["approved_area_ha"] is None


def test_published_words_are_kept_verbatim(clusters: dict[str, dict[str, Any]]) -> None:
    """The words "vượt 161,2 %" are not converted; they stand beside the fill, not for it."""
    properties = clusters["ccn-thanh-nong"]["properties"]
    assert properties["attainment_verbatim"] == "vượt 161,2 %"
    assert properties["legal_fill_percent"] == pytest.approx(52.51, abs=0.005)
    assert properties["approved_area_source"]
    assert clusters["ccn-tay-phong"]["properties"]["attainment_verbatim"] == "0 %"


def test_synthetic_boundaries_say_so(clusters: dict[str, dict[str, Any]]) -> None:
    """Every boundary of the example is marked; what has none is not."""
    for feature in clusters.values():
        assert feature["properties"]["synthetic"] == (feature["geometry"] is not None)
        if feature["geometry"] is not None:
            assert feature["properties"]["quality"] == "synthetic"


def test_boundaries_are_valid_geojson(clusters: dict[str, dict[str, Any]]) -> None:
    """Longitude first, closed rings, counterclockwise outside, at most seven digits."""
    for feature in clusters.values():
        for ring in rings_of(feature["geometry"]):
            assert ring[0] == ring[-1]
            assert all(103 < lon < 107 and 19 < lat < 22 for lon, lat in ring)
            assert all(repr(round(number, 7)) == repr(number) for point in ring for number in point)
            assert signed_area(ring) > 0


def rings_of(geometry: dict[str, Any] | None) -> list[list[list[float]]]:
    """Return the exterior rings of a geometry."""
    if geometry is None:
        return []
    polygons = geometry["coordinates"]
    if geometry["type"] == "Polygon":
        polygons = [polygons]
    return [polygon[0] for polygon in polygons]


def signed_area(ring: list[list[float]]) -> float:
    """Return a ring's area, positive where it runs counterclockwise."""
    steps = pairwise(ring)
    return math.fsum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in steps) / 2


def test_one_cluster_comes_with_every_figure_and_its_source(client: Client) -> None:
    """Figures up to the date, oldest first, each with date, basis, source and confidence."""
    feature = client.json("/api/clusters/ccn-phu-thanh-ii")
    properties = feature["properties"]
    figures = {figure["id"]: figure for figure in properties["figures"]}
    assert {"pt2-area", "pt2-fill", "rp-attainment-phu-thanh-ii"} <= set(figures)
    assert figures["pt2-area"]["value"] == 138.03
    for figure in figures.values():
        assert figure["basis"] == "published"
        assert figure["source"]["title"]
        assert figure["confidence"]
        assert figure["as_of"] <= "2024-12-31"
    dates = [figure["as_of"] for figure in properties["figures"]]
    assert dates == sorted(dates)
    assert properties["approved_area_ha"] == 138.03
    assert properties["measured_area_ha"] == pytest.approx(138.03, abs=0.001)
    assert properties["plan"]["approved_on"]
    assert properties["developer"]["end_year"] > 2050
    assert properties["wastewater"] == [
        {"stage": None, "capacity_m3_day": None, "state": "complete_not_operating"}
    ]
    assert properties["infrastructure_complete"] is True


def test_earlier_dates_know_fewer_figures(client: Client) -> None:
    """A figure counts from the last day that it may speak about."""
    now, then = (
        len(client.json(f"/api/clusters/ccn-phu-thanh-ii?on={on}")["properties"]["figures"])
        for on in ("2024-12-31", "2018-12-31")
    )
    assert now > then == 1


def test_the_balance_adds_up(client: Client) -> None:
    """Planned classes + unclassified − overlap = boundary; states = industrial land."""
    for slug in ("ccn-tien-tien", "ccn-phu-thanh-ii", "ccn-chieng-chau"):
        balance = client.json(f"/api/clusters/{slug}/balance")
        planned = math.fsum(part["area_m2"] for part in balance["planned"])
        whole = planned + balance["unclassified_m2"] - balance["overlap_m2"]
        assert whole == pytest.approx(balance["boundary_m2"], abs=0.1)
        states = math.fsum(part["area_m2"] for part in balance["actual"])
        fill = balance["legal_fill"]
        assert states == pytest.approx(fill["industrial_m2"], abs=0.1)
        taken = fill["leased_m2"] + fill["approved_m2"]
        assert fill["percent"] == pytest.approx(taken / fill["industrial_m2"] * 100, abs=0.001)
        assert balance["synthetic"]
        assert balance["synthetic_note"]["en"]
        assert balance["source"]["synthetic"]


def test_the_balance_names_the_rule_and_how_far_to_trust_it(client: Client) -> None:
    """A minimum of QCVN 01 is marked as not verified; the version is named."""
    balance = client.json("/api/clusters/ccn-tien-tien/balance")
    green = next(part for part in balance["planned"] if part["land_use"] == "green")
    assert green["name_vi"] == "Cây xanh"
    assert (green["minimum_percent"], green["meets"]) == (10.0, True)
    assert (green["rule_version"], green["rule_verified"]) == ("QCVN 01:2021", False)
    services = next(part for part in balance["planned"] if part["land_use"] == "services")
    assert (services["maximum_percent"], services["rule_version"]) == (10.0, "32/2024")
    assert balance["legal_fill"]["rule_version"] == "32/2024"
    later = client.json("/api/clusters/ccn-tien-tien/balance?on=2026-10-01")
    assert later["legal_fill"]["rule_version"] == "303/2026"


def test_without_a_plan_the_fill_is_undetermined(client: Client) -> None:
    """No plan: nulls, empty lists and the reason, never 0."""
    balance = client.json("/api/clusters/ccn-yen-mong/balance")
    assert (balance["planned"], balance["actual"], balance["source"]) == ([], [], None)
    assert balance["legal_fill"]["percent"] is None
    assert balance["legal_fill"]["reason"] == "no_plan"
    assert balance["boundary_m2"] == pytest.approx(300_000, abs=1)
    nothing = client.json("/api/clusters/ccn-cao-son/balance")
    assert nothing["boundary_m2"] is None


def test_the_plan_shows_plots_and_serving_land(client: Client) -> None:
    """Plan areas with class and label, serving land in its own layer."""
    plan = client.json("/api/clusters/ccn-tien-tien/plan")
    layers = {feature["properties"]["layer"] for feature in plan["features"]}
    assert layers == {"plan", "serving"}
    plots = [f["properties"] for f in plan["features"] if f["properties"]["land_use"] == "industry"]
    assert all(plot["label"].startswith("CN-") for plot in plots)
    serving = [f["properties"] for f in plan["features"] if f["properties"]["layer"] == "serving"]
    assert {land["purpose"] for land in serving} & {"workers_housing", "kindergarten"}
    assert plan["synthetic"]
    assert client.json("/api/clusters/ccn-yen-mong/plan")["features"] == []
    assert client.json("/api/clusters/ccn-tien-tien/plan?on=2015-01-01")["features"] == []
