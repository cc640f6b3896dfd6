"""Golden areas: the shapes, and PostGIS as the judge. ``python -m tests.golden.areas`` writes them.

The written file holds shapes and PostGIS's areas, so that a later change of the example, of our
code or of PostGIS is seen as what it is. The recipe is areas.sql.
"""

import json
import math
import tempfile
from pathlib import Path
from typing import Any

import psycopg
import shapely

from gis.crs import WGS84, Located, to_crs
from gis.resources import data_dir
from tests.postgres import PostgresServer

HERE = Path(__file__).parent
FILE = HERE / "areas.json"
RECIPE = HERE / "areas.sql"
ZONE = 9211
#: Squares of 75 ha at the places of DOMAIN §5: longitude and latitude in WGS84.
PLACES = {
    "75-ha-hoa-binh-city": (105.338, 20.817),
    "75-ha-mai-chau": (105.08, 20.66),
    "75-ha-luong-son": (105.538, 20.88),
    "75-ha-lac-thuy": (105.775, 20.49),
}
CLUSTERS = (
    *("ccn-tien-tien", "ccn-phu-thanh-ii", "ccn-dong-tam", "ccn-thanh-nong", "ccn-xom-rut"),
    *("ccn-chieng-chau", "ccn-da-bac", "ccn-yen-mong"),
)

Areas = dict[str, tuple[float, float]]


def shapes() -> dict[str, str]:
    """Return each shape as WKT in the zone, coordinates to the millimetre."""
    squares = {name: _square(*place) for name, place in PLACES.items()}
    made = json.loads((data_dir() / "boundaries" / "clusters.geojson").read_text(encoding="utf-8"))
    features = {feature["id"]: feature["geometry"] for feature in made["features"]}
    clusters = {
        name: to_crs(Located(shapely.from_geojson(json.dumps(features[name])), WGS84), ZONE)
        for name in CLUSTERS
    }
    return squares | {
        name: shapely.to_wkt(located.geometry, rounding_precision=3)
        for name, located in clusters.items()
    }


def _square(lon: float, lat: float) -> str:
    centre = to_crs(Located(shapely.Point(lon, lat), WGS84), ZONE).geometry
    x, y = (round(float(value), 3) for value in shapely.get_coordinates(centre)[0])
    half = math.sqrt(750_000) / 2
    square = shapely.box(x - half, y - half, x + half, y + half)
    return shapely.to_wkt(square, rounding_precision=6)


def by_postgis(url: str, wkts: dict[str, str]) -> Areas:
    """Return planar and geodesic areas in m² as PostGIS measures them by the recipe."""
    setup, _, question = RECIPE.read_text(encoding="utf-8").partition(";\n")
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TEMPORARY TABLE shape (id text, wkt text)")
        connection.cursor().executemany("INSERT INTO shape VALUES (%s, %s)", list(wkts.items()))
        connection.execute(setup.encode())
        rows = connection.execute(question.encode()).fetchall()
    return {name: (planar, geodesic) for name, planar, geodesic in rows}


def golden() -> list[dict[str, Any]]:
    """Return the written shapes with their areas."""
    written: list[dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))
    return written


def write() -> None:
    """Write the file anew, with a PostGIS of our own."""
    server = PostgresServer(Path(tempfile.mkdtemp(prefix="ccn-gis-")))
    wkts = shapes()
    try:
        server.ensure_started()
        with server.fresh_database() as url:
            measured = by_postgis(url, wkts)
    finally:
        server.stop()
    rows = [
        {"id": name, "planar_m2": planar, "geodesic_m2": geodesic, "wkt": wkts[name]}
        for name, (planar, geodesic) in sorted(measured.items())
    ]
    FILE.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write()
