"""Areas agree with PostGIS: the golden file, a PostGIS of today and ours are one."""

from typing import Any

import pytest
import shapely

from gis.crs import Located, area_m2, geodesic_area_m2
from tests.golden.areas import PLACES, ZONE, by_postgis, golden

PLANAR_TOL_M2 = 1e-3
GEODESIC_TOL_M2 = 0.1
#: DOMAIN §5: planar less geodesic area of 75 ha, in m².
DIFFERENCES = {
    "75-ha-hoa-binh-city": -62,
    "75-ha-mai-chau": 20,
    "75-ha-luong-son": -106,
    "75-ha-lac-thuy": -140,
}


@pytest.mark.parametrize("row", golden(), ids=lambda row: str(row["id"]))
def test_our_areas_are_the_golden_ones(row: dict[str, Any]) -> None:
    """Planar to a thousandth of a m², geodesic to a tenth."""
    located = Located(shapely.from_wkt(row["wkt"]), ZONE)
    assert area_m2(located) == pytest.approx(row["planar_m2"], abs=PLANAR_TOL_M2)
    assert geodesic_area_m2(located) == pytest.approx(row["geodesic_m2"], abs=GEODESIC_TOL_M2)


def test_postgis_gives_the_golden_areas(postgis_url: str) -> None:
    """The recipe, run now, gives what is written, for every shape."""
    rows = golden()
    measured = by_postgis(postgis_url, {row["id"]: row["wkt"] for row in rows})
    assert len(measured) == len(rows) == 12
    for row in rows:
        planar, geodesic = measured[row["id"]]
        assert planar == pytest.approx(row["planar_m2"], abs=PLANAR_TOL_M2)
        assert geodesic == pytest.approx(row["geodesic_m2"], abs=GEODESIC_TOL_M2)


def test_the_golden_file_knows_the_domains_differences() -> None:
    """75 ha at four places: planar less geodesic, as measured long before this program."""
    rows = {row["id"]: row for row in golden()}
    assert PLACES.keys() == DIFFERENCES.keys()
    for name, difference_m2 in DIFFERENCES.items():
        planar = rows[name]["planar_m2"]
        assert planar == pytest.approx(750_000, abs=0.01)
        assert planar - rows[name]["geodesic_m2"] == pytest.approx(difference_m2, abs=3)
