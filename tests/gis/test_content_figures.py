"""The published figures answer the golden questions, and no figure of the reference is missing."""

from datetime import date

import pytest

from gis import content
from gis.model import ClusterKind, Figure

HB = "hoa-binh"
HOA_BINH_HA = 459_057.0

# --- the golden selection -----------------------------------------------------------------------


def published(
    kind: ClusterKind, stage: str, on: date, territory: str = "hoa-binh", what: str = "land_area"
) -> Figure | None:
    """Return the latest total of ``kind`` at ``stage`` that counts as known ``on`` a date."""
    found = [
        figure
        for figure in content.figures()
        if figure.subject_id == territory
        and figure.indicator == what
        and figure.kind is kind
        and figure.stage == stage
        and figure.as_of.surely_by(on)
    ]
    latest = max((figure.as_of.latest or date.min for figure in found), default=None)
    chosen = [figure for figure in found if figure.as_of.latest == latest]
    assert len(chosen) <= 1, "two totals of one date"
    return chosen[0] if chosen else None


@pytest.mark.parametrize(
    ("on", "stage", "zones", "clusters", "count"),
    [
        ("2021-12-31", "established", 1507.43, 556.4, 14),
        ("2022-12-31", "established", 1507.43, 556.4, 14),
        ("2023-06-30", "established", 1507.43, 683.0, 16),
        ("2025-03-31", "established", 1507.43, 722.0, 16),
        ("2030-01-01", "established", 1507.43, 722.0, 16),
        ("2021-12-31", "planned", 1507.43, 820.7, 21),
        ("2022-12-31", "planned", 1507.43, 866.605, 21),
        ("2023-12-19", "planned", 1507.43, 866.605, 21),
        ("2023-12-20", "planned", 1507.43, 2059.0, 33),
        ("2023-12-31", "planned", 1507.43, 2059.0, 33),
        ("2030-01-01", "planned", 1507.43, 2059.0, 33),
    ],
)
def test_published_totals(on: str, stage: str, zones: float, clusters: float, count: int) -> None:
    """On each date and stage exactly one published total of zones and one of clusters holds."""
    day = date.fromisoformat(on)
    kcn = published(ClusterKind.KCN, stage, day)
    ccn = published(ClusterKind.CCN, stage, day)
    assert kcn is not None
    assert ccn is not None
    assert (kcn.value, kcn.count) == (zones, 8)
    assert (ccn.value, ccn.count) == (clusters, count)


def share(on: str, stage: str, *, with_further: bool = False) -> tuple[float, float]:
    """Return the published hectares and their percentage of Hòa Bình's natural land."""
    day = date.fromisoformat(on)
    parts = [published(kind, stage, day) for kind in ClusterKind]
    if with_further:
        parts.append(published(ClusterKind.KCN, "planned", day, what="further_area"))
    hectares = sum(part.value for part in parts if part is not None and part.value is not None)
    return hectares, 100 * hectares / HOA_BINH_HA


@pytest.mark.parametrize(
    ("on", "stage", "with_further", "hectares", "percent"),
    [
        ("2021-12-31", "established", False, 2063.83, "0.450"),
        ("2025-03-31", "established", False, 2229.43, "0.486"),
        ("2022-12-31", "planned", True, 3867.035, "0.842"),
        ("2023-12-31", "planned", False, 3566.43, "0.777"),
        ("2023-12-31", "planned", True, 5804.43, "1.264"),
    ],
)
def test_golden_shares(
    on: str,
    stage: str,
    *,
    with_further: bool,
    hectares: float,
    percent: str,
) -> None:
    """The golden shares of former Hòa Bình's natural land follow from the published totals."""
    land, portion = share(on, stage, with_further=with_further)
    assert land == pytest.approx(hectares, abs=1e-9)
    assert f"{portion:.3f}" == percent


def test_clusters_alone_never_reach_the_target() -> None:
    """With the whole plan 1,024.14 ha of new zones are still needed for 1 %."""
    land, _ = share("2023-12-31", "planned")
    assert HOA_BINH_HA / 100 - land == pytest.approx(1024.14, abs=1e-9)


def test_new_phu_tho_has_no_zone_total() -> None:
    """For new Phú Thọ only clusters are published: its share is incomplete."""
    day = date(2025, 12, 31)
    clusters = published(ClusterKind.CCN, "established", day, "phu-tho")
    assert clusters is not None
    assert (clusters.value, clusters.count, clusters.precision) == (3000.0, 67, "over")
    assert published(ClusterKind.KCN, "established", day, "phu-tho") is None


def test_natural_areas() -> None:
    """Hòa Bình has 459,057 ha and the new Phú Thọ 936,138 ha."""
    areas = {area.territory_id: area.area_ha for area in content.natural_areas()}
    assert areas == {"hoa-binh": HOA_BINH_HA, "phu-tho": 936_138.0}


def test_the_target_belongs_to_former_hoa_binh() -> None:
    """One per cent by the end of 2025, of zones and clusters, of former Hòa Bình."""
    (target,) = content.targets()
    assert (target.territory_id, target.percent) == ("hoa-binh", 1.0)
    assert (target.due, target.numerator) == (date(2025, 12, 31), "kcn+ccn")


# --- every figure of the reference --------------------------------------------------------------

REPORTED: list[tuple[str, str, float]] = [
    # the report 2014–2024
    (HB, "count", 14),
    (HB, "infrastructure_complete", 3),
    (HB, "infrastructure_attainment", 50),
    (HB, "infrastructure_target", 6),
    ("ccn-chieng-chau", "attainment", 100),
    ("ccn-phu-thanh-ii", "attainment", 86.85),
    ("ccn-dong-tam", "attainment", 50.55),
    ("ccn-dong-lai-thanh-hoi", "attainment", 48.45),
    ("ccn-xom-rut", "attainment", 17.35),
    *(
        (f"ccn-{slug}", "attainment", 0)
        for slug in (
            "cham-mat-dan-chu",
            "yen-mong",
            "moi-truong-cnc-hoa-binh",
            "hoa-son",
            "phong-phu",
            "da-bac",
            "tay-phong",
        )
    ),
    (HB, "infrastructure_capital", 32.05),
    (HB, "infrastructure_capital", 740),
    (HB, "developers", 12),
    (HB, "projects", 40),
    (HB, "leased_area", 91.12),
    (HB, "registered_capital", 3597.46),
    (HB, "mean_fill", 41.2),
    (HB, "industrial_land", 221),
    (HB, "output", 1300),
    (HB, "jobs", 2000),
    (HB, "wastewater_plants", 3),
    ("ccn-tien-tien", "wastewater_capacity", 2500),
    (HB, "target_share", 1),
    # totals in time
    (HB, "land_area", 556.4),
    (HB, "mean_fill", 40.88),
    (HB, "land_area", 820.7),
    (HB, "land_area", 683),
    (HB, "land_area", 722),
    (HB, "mean_fill", 41.5),
    (HB, "mean_fill", 31.25),
    (HB, "land_area", 2059),
    (HB, "count", 19),
    (HB, "count", 7),
    ("phu-tho", "land_area", 3000),
    ("phu-tho", "mean_fill", 53),
    # clusters
    ("ccn-tien-tien", "leases", 30),
    ("ccn-dong-tam", "land_area", 22.8),
    ("ccn-dong-tam", "fill_rate_real", 30.29),
    ("ccn-phu-thanh-ii", "land_area", 138.03),
    ("ccn-phu-thanh-ii", "fill_rate_real", 86.87),
    ("ccn-thanh-nong", "land_area", 35.2),
    ("ccn-thanh-nong", "fill_rate_real", 52.51),
    ("ccn-xom-rut", "land_area", 74.5),
    ("ccn-xom-rut", "investment_total", 459.159),
    ("ccn-da-bac", "land_area", 27.72),
    # zones
    ("kcn-luong-son", "land_area", 83),
    ("kcn-nam-luong-son", "land_area", 200),
    ("kcn-nhuan-trach", "land_area", 213),
    ("kcn-bo-trai-song-da", "land_area", 86.37),
    ("kcn-lac-thinh", "land_area", 200),
    ("kcn-thanh-ha", "land_area", 282.14),
    ("kcn-mong-hoa", "land_area", 236),
    ("kcn-yen-quang", "land_area", 200),
    (HB, "land_area", 1507.43),
    (HB, "land_area", 1597),
    (HB, "further_area", 1493),
    (HB, "further_area", 2238),
    (HB, "land_area", 866.605),
    ("kcn-luong-son", "fill_rate_real", 100),
    ("kcn-bo-trai-song-da", "fill_rate_real", 91.53),
    ("kcn-nam-luong-son", "fill_rate_real", 60.08),
    ("kcn-mong-hoa", "fill_rate_real", 34.71),
    # districts and territories
    ("lac-thuy", "land_area", 282.25),
    ("lac-thuy", "land_area", 398.12),
    ("lac-thuy", "leased_area", 50.19),
    ("lac-thuy", "mean_fill", 40.34),
    ("lac-thuy", "investors", 19),
    ("tp-hoa-binh", "land_area", 290),
    (HB, "natural_area", 459_057),
    ("phu-tho", "natural_area", 936_138),
]


@pytest.mark.parametrize(("subject", "indicator", "value"), REPORTED)
def test_no_known_figure_is_missing(subject: str, indicator: str, value: float) -> None:
    """Every number that the reference knows is a figure of its subject."""
    assert value in {
        figure.value
        for figure in content.figures()
        if figure.subject_id == subject and figure.indicator == indicator
    }


@pytest.mark.parametrize(
    ("cluster", "words"),
    [("ccn-thanh-nong", "vượt 161,2 %"), ("ccn-tien-tien", "vượt 122,7 %")],
)
def test_ambiguous_attainment_stays_words(cluster: str, words: str) -> None:
    """What "vượt" means is open: the words are kept and no number is made of them."""
    (figure,) = [
        figure
        for figure in content.figures()
        if figure.subject_id == cluster and figure.indicator == "attainment"
    ]
    assert figure.verbatim == words
    assert figure.value is None


def test_statements_of_the_report_are_kept() -> None:
    """What the report says without numbers is there too, in words."""
    said = {
        (figure.subject_id, figure.indicator)
        for figure in content.figures()
        if figure.source_id == "report-09-nqtu" and figure.unit == "text"
    }
    assert said >= {
        (HB, "environment"),
        (HB, "fire_safety"),
        (HB, "site_clearance"),
        (HB, "next_task"),
        ("ccn-chieng-chau", "wastewater_state"),
        ("ccn-phu-thanh-ii", "wastewater_state"),
        ("ccn-tien-tien", "wastewater_state"),
    }


def test_every_one_of_the_fourteen_has_an_attainment() -> None:
    """The report gives each of its clusters one attainment."""
    attained = [f.subject_id for f in content.figures() if f.indicator == "attainment"]
    assert sorted(attained) == sorted(c.id for c in content.clusters() if c.in_report)
