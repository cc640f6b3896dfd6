"""How each cluster and zone of the example is drawn and where: the generator's one table.

A site lies some hundred metres beside the point of its legacy commune, so that neighbours stay
apart and nothing lies on the village itself. The places, forms and plans are made up.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

from shapely.geometry import Point

from gis import content
from gis.crs import WGS84, Located, to_crs
from gis.example.calibration import EPSG, real_clusters
from gis.example.chance import between, unit
from gis.example.layout import PlanForm
from gis.example.outline import Form, Frame
from gis.model import ServingPurpose

_HOUSING: Final = ServingPurpose.WORKERS_HOUSING
_CULTURE: Final = ServingPurpose.CULTURE_HOUSE
_KINDERGARTEN: Final = ServingPurpose.KINDERGARTEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One site: metres east and north of its commune's point, outline, plan, plots, serving land.

    ``plan`` is None where there is no detailed plan. ``plot_m2`` is the usual size of a plot.
    """

    east: float
    north: float
    form: Form
    plan: PlanForm | None = None
    plot_m2: float = 0.0
    serving: tuple[ServingPurpose, ...] = ()


def _zone(east: float, north: float, aspect: float, corners: int) -> Site:
    form = Form(aspect=aspect, corners=corners, unevenness=0.055)
    return Site(east=east, north=north, form=form)


SITES: Final[Mapping[str, Site]] = MappingProxyType(
    {
        "ccn-cham-mat-dan-chu": Site(
            east=900, north=-700, form=Form(aspect=1.6, corners=24, bay=0.40, bay_deg=80)
        ),
        "ccn-yen-mong": Site(east=500, north=100, form=Form(aspect=1.3, corners=19)),
        "ccn-tien-tien": Site(
            east=-900,
            north=-500,
            form=Form(aspect=1.45, corners=26, unevenness=0.05),
            plan=PlanForm(rows=4, columns=3, main=2, belt_m=18, has_central_park=True),
            plot_m2=5_900,
            serving=(_HOUSING, _KINDERGARTEN, _CULTURE),
        ),
        "ccn-dong-tam": Site(
            east=-300,
            north=400,
            form=Form(aspect=1.5, corners=16, unevenness=0.05),
            # Green land stays below the 10 % of the building code, so that a check has a find.
            plan=PlanForm(
                columns=3,
                belt_m=10,
                traffic=0.14,
                services=0.05,
                technical=0.025,
                water=0.03,
                unclassified=0.025,
            ),
            plot_m2=9_000,
        ),
        "ccn-phu-thanh-ii": Site(
            east=800,
            north=-900,
            form=Form(aspect=1.6, corners=34, bay=0.40, bay_deg=48, unevenness=0.05),
            plan=PlanForm(
                rows=4,
                main=2,
                belt_m=20,
                traffic=0.105,
                reserve=0.38,
                has_central_park=True,
            ),
            plot_m2=21_000,
            serving=(_HOUSING, _CULTURE),
        ),
        "ccn-thanh-nong": Site(
            east=-500,
            north=-700,
            form=Form(aspect=1.25, corners=18, unevenness=0.06),
            plan=PlanForm(rows=3, main=2, belt_m=13, traffic=0.13, services=0.04),
            plot_m2=15_000,
            serving=(_HOUSING,),
        ),
        "ccn-moi-truong-cnc-hoa-binh": Site(
            east=600,
            north=800,
            form=Form(aspect=1.4, corners=20, unevenness=0.05),
            plan=PlanForm(belt_m=14, traffic=0.12, technical=0.03),
            plot_m2=16_000,
        ),
        "ccn-xom-rut": Site(
            east=400,
            north=200,
            form=Form(aspect=1.6, corners=30, unevenness=0.05),
            plan=PlanForm(rows=4, columns=3, main=2, belt_m=18, has_central_park=True),
            plot_m2=14_000,
        ),
        "ccn-hoa-son": Site(
            east=-2_800,
            north=0,
            form=Form(aspect=1.3, corners=14, unevenness=0.05),
            plan=PlanForm(belt_m=10, traffic=0.125, services=0.035),
            plot_m2=6_500,
        ),
        "ccn-phong-phu": Site(
            east=700,
            north=-600,
            form=Form(aspect=1.35, corners=13, unevenness=0.05),
            plan=PlanForm(belt_m=10, traffic=0.12, services=0.04),
            plot_m2=6_000,
        ),
        "ccn-dong-lai-thanh-hoi": Site(
            east=-700,
            north=600,
            form=Form(aspect=1.7, corners=22, bay=0.2, bay_deg=75, unevenness=0.04),
            plan=PlanForm(columns=3, belt_m=12, traffic=0.115, services=0.03),
            plot_m2=12_000,
        ),
        "ccn-da-bac": Site(
            east=-700,
            north=-600,
            form=Form(aspect=1.8, corners=19, unevenness=0.06),
            plan=PlanForm(columns=3, belt_m=12, traffic=0.125, services=0.03),
            plot_m2=10_000,
        ),
        "ccn-tay-phong": Site(
            east=500,
            north=-500,
            form=Form(aspect=1.2, corners=13, unevenness=0.06),
            plan=PlanForm(belt_m=10, traffic=0.12, services=0.035),
            plot_m2=6_000,
        ),
        "ccn-chieng-chau": Site(
            east=500,
            north=0,
            form=Form(aspect=1.4, corners=17, unevenness=0.05),
            plan=PlanForm(belt_m=10, traffic=0.11, services=0.02),
            plot_m2=8_500,
            serving=(_KINDERGARTEN,),
        ),
        "kcn-luong-son": _zone(-3_900, -700, 1.5, 24),
        "kcn-nam-luong-son": _zone(200, -500, 1.6, 30),
        "kcn-nhuan-trach": _zone(-1_900, 700, 1.4, 28),
        "kcn-bo-trai-song-da": _zone(500, 100, 1.9, 26),
        "kcn-lac-thinh": _zone(500, 100, 1.7, 29),
        "kcn-thanh-ha": _zone(-1_400, 1_500, 1.5, 33),
        "kcn-mong-hoa": _zone(1_200, 900, 1.6, 31),
        "kcn-yen-quang": _zone(1_500, 900, 1.4, 27),
    }
)


@cache
def frame_of(cluster_id: str) -> Frame:
    """Return where a site lies in the VN-2000 zone."""
    commune = _legacy_points()[real_clusters()[cluster_id].legacy_commune or ""]
    place = to_crs(Located(commune, WGS84), EPSG).geometry.centroid
    site = SITES[cluster_id]
    return Frame(
        easting=round(place.x) + site.east,
        northing=round(place.y) + site.north,
        angle_deg=round(between(0, 360, cluster_id, "angle"), 1) + 0.05,
        is_mirrored=unit(cluster_id, "mirror") < 0.5,
    )


@cache
def _legacy_points() -> dict[str, Point]:
    return {
        unit.official_code: Point(unit.lon, unit.lat)
        for unit in content.legacy_communes()
        if unit.lon is not None and unit.lat is not None
    }
