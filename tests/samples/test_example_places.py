"""The example's boundaries lie in the communes that their clusters belong to.

The communes' map may not be copied into the project: the setting ``CCN_GIS_SAMPLES`` names the
folder that holds it.
"""

import json
import os
from pathlib import Path

import shapely

from gis.crs import WGS84, Located, to_crs
from gis.example.calibration import EPSG, real_clusters
from gis.example.land import cluster_lands, zone_lands

SAMPLES = Path(os.environ["CCN_GIS_SAMPLES"])


def test_every_boundary_lies_in_its_current_commune() -> None:
    """All 22 boundaries lie wholly inside the commune that took their legacy commune over."""
    page = json.loads((SAMPLES / "communes_2025.geojson").read_text(encoding="utf-8"))
    communes = {
        feature["properties"]["code"]: to_crs(
            Located(shapely.from_geojson(json.dumps(feature["geometry"])), WGS84), EPSG
        ).geometry
        for feature in page["features"]
    }
    lands = (*cluster_lands(), *zone_lands())
    assert len(lands) == 22
    for land in lands:
        commune = communes[real_clusters()[land.cluster_id].current_commune or ""]
        assert commune.contains(land.boundary), land.cluster_id
