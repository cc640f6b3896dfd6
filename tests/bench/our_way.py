"""Balances and overlaps of a register with `gis.bulk`; run alone by `tests.bench.overlay`."""

import sys
import time

import numpy as np

from gis import bulk
from gis.model import Cluster, Parcel
from gis.store import open_store
from tests.bench.land import EPSG
from tests.bench.measure import say
from tests.bench.registers import ON


def main(path: str, maps: str) -> None:
    """Measure from opening the register to the last answer.

    ``maps`` is "by-cluster", or "one" to give all parcels one owner: as one map they are not
    clean, so every pair of neighbours is compared.
    """
    started, worked = time.perf_counter(), time.process_time()
    store = open_store(path)
    moment = store.present(ON)
    clusters = store.arrays(Cluster, moment, ["id"], EPSG)
    parcels = store.arrays(Parcel, moment, ["id", "cluster_id", "land_code"], EPSG)
    store.close()
    ids, owners, codes = (parcels.columns[name] for name in ("id", "cluster_id", "land_code"))
    areas = bulk.class_areas(clusters.columns["id"], clusters.shapes, owners, codes, parcels.shapes)
    tried = owners if maps == "by-cluster" else np.full_like(owners, "one")
    pairs = bulk.overlaps(parcels.shapes, tried)
    seconds, cpu_seconds = time.perf_counter() - started, time.process_time() - worked
    say(
        {
            "seconds": seconds,
            "cpu_seconds": cpu_seconds,
            "areas": {f"{area.cluster_id} {area.code}": area.area_m2 for area in areas},
            "overlaps": {f"{ids[pair.left]} {ids[pair.right]}": pair.area_m2 for pair in pairs},
        }
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
