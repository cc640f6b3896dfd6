"""Balances and overlaps of a register with plain geopandas; run alone by `tests.bench.overlay`."""

import sys
import time

import geopandas as gpd

from gis.geometry import TOLERANCE_M2
from tests.bench.land import EPSG
from tests.bench.measure import say


def main(path: str) -> None:
    """Measure from opening the register to the last answer."""
    started, worked = time.perf_counter(), time.process_time()
    clusters = gpd.read_file(path, layer="cluster").to_crs(EPSG)
    parcels = gpd.read_file(path, layer="parcel").to_crs(EPSG)
    pieces = gpd.overlay(
        parcels[["cluster_id", "land_code", "geometry"]],
        clusters[["id", "geometry"]],
        how="intersection",
    )
    areas = pieces.area.groupby([pieces["id"], pieces["land_code"]]).sum()
    plots = parcels[["id", "geometry"]]
    pairs = gpd.sjoin(plots, plots, predicate="intersects")
    pairs = pairs[pairs["id_left"] < pairs["id_right"]]
    others = plots.geometry.loc[pairs["index_right"]]
    shared = pairs.geometry.intersection(others, align=False).area
    found = pairs[shared > TOLERANCE_M2].assign(area=shared[shared > TOLERANCE_M2])
    seconds, cpu_seconds = time.perf_counter() - started, time.process_time() - worked
    rows = zip(found["id_left"], found["id_right"], found["area"], strict=True)
    say(
        {
            "seconds": seconds,
            "cpu_seconds": cpu_seconds,
            "areas": {f"{cluster} {code}": area for (cluster, code), area in areas.items()},
            "overlaps": {f"{left} {right}": area for left, right, area in rows},
        }
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
