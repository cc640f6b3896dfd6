"""A register whose every text attacks the page that shows it (THREATS 34, 35)."""

from datetime import date
from pathlib import Path

import shapely

from gis.crs import Located
from gis.model import (
    Cluster,
    ClusterKind,
    Confidence,
    DateBounds,
    DetailedPlan,
    Figure,
    LandUse,
    Parcel,
    Period,
    PlanArea,
    PlanStatus,
    Quality,
    ServingLand,
    ServingPurpose,
    Source,
    Territory,
    TerritoryKind,
)
from gis.store import Entry, create_store

ON = date(2024, 12, 31)
EPSG = 9211
TERRITORY = "hoa-binh"
ATTACKS = (
    "<script>attacked()</script>",
    "</script><script>attacked()</script>",
    "<img src=x onerror=attacked()>",
    "${attacked()}",
    "`${attacked()}`",
    "C:\\2019\\u003c",
    "javascript:attacked()",
    "'\"><svg onload=attacked()>",
    "{{ attacked() }}",
    "</textarea></title></style><b onmouseover=attacked()>",
    "&lt;b&gt; &amp; \u2028\u2029 <!--",
)
"""The texts; each is the name of a cluster, and all stand in every other field."""

EVERYTHING = " ".join(ATTACKS)


def attacked_id(number: int) -> str:
    """Return the id of the cluster that has an attack for its name."""
    return f"ccn-{number}"


def write_hostile(path: Path) -> None:
    """Write the register."""
    store = create_store(path)
    with store.transaction(by="test", action="test.load") as transaction:
        transaction.put_many([*_common(), *_clusters()])
        transaction.set_setting("territory", TERRITORY)
    store.close()


def _entry(thing: object, shape: shapely.Polygon | None = None) -> Entry:
    return Entry(thing, Period(), None if shape is None else Located(shape, EPSG))


def _common() -> list[Entry]:
    territory = Territory(
        id=TERRITORY,
        kind=TerritoryKind.FORMER_PROVINCE,
        name_vi=EVERYTHING,
        name_en=EVERYTHING,
        epsg=EPSG,
        quality=Quality.GENERALISED,
        note=EVERYTHING,
    )
    source = Source(id="source", title=EVERYTHING, reference=EVERYTHING, note=EVERYTHING)
    return [_entry(territory, shapely.box(400_000, 2_270_000, 460_000, 2_330_000)), _entry(source)]


def _clusters() -> list[Entry]:
    entries = []
    for number, attack in enumerate(ATTACKS):
        name = attacked_id(number)
        east = 410_000 + 4_000 * number
        land = shapely.box(east, 2_300_000, east + 800, 2_300_600)
        entries += [_cluster(name, attack, land), *_plan(name, land), _parcel(name, land)]
        entries.append(_figure(name))
    return entries


def _cluster(name: str, attack: str, land: shapely.Polygon) -> Entry:
    thing = Cluster(
        id=name,
        kind=ClusterKind.CCN,
        name_vi=attack,
        name_en=attack,
        territory_id=TERRITORY,
        founded=DateBounds(date(2016, 1, 1), date(2016, 1, 1)),
        plan_status=PlanStatus.KEEP,
        approved_area_ha=48.0,
        approved_area_on=ON,
        approved_area_source="source",
        quality=Quality.SURVEYED,
        epsg=EPSG,
        note=EVERYTHING,
    )
    return _entry(thing, land)


def _plan(name: str, land: shapely.Polygon) -> list[Entry]:
    west, south, east, north = land.bounds
    plan = DetailedPlan(id=f"{name}-plan", cluster_id=name, approved_on=date(2017, 1, 1))
    area = PlanArea(
        id=f"{name}-area",
        cluster_id=name,
        plan_id=plan.id,
        land_use=LandUse.INDUSTRY,
        label=EVERYTHING,
        quality=Quality.SURVEYED,
    )
    housing = ServingLand(
        id=f"{name}-housing",
        cluster_id=name,
        purpose=ServingPurpose.WORKERS_HOUSING,
        name_vi=EVERYTHING,
        quality=Quality.SURVEYED,
    )
    return [
        _entry(plan),
        _entry(area, shapely.box(west, south, west + 600, north)),
        _entry(housing, shapely.box(east, south, east + 200, south + 200)),
    ]


def _parcel(name: str, land: shapely.Polygon) -> Entry:
    west, south, _east, _north = land.bounds
    thing = Parcel(
        id=f"{name}-parcel",
        cluster_id=name,
        sheet=EVERYTHING,
        number=EVERYTHING,
        plot_label=EVERYTHING,
        land_code="SKN",
        quality=Quality.SURVEYED,
    )
    return _entry(thing, shapely.box(west, south, west + 300, south + 300))


def _figure(name: str) -> Entry:
    figure = Figure(
        id=f"{name}-attainment",
        subject_kind="cluster",
        subject_id=name,
        indicator="attainment",
        unit="%",
        as_of=DateBounds(ON, ON),
        source_id="source",
        confidence=Confidence.SOURCED,
        verbatim=EVERYTHING,
        note=EVERYTHING,
    )
    return _entry(figure)
