"""Many threads over the same shapes: the process lives and the answers are right.

Prepared geometries and trees shared between threads crash the process (THREATS finding 16), so
the threads run in a process of their own, and its end is the test.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

SCRIPT = '''
import sys
import threading

import numpy as np
import shapely

from gis import bulk
from gis.crs import Located, geodesic_areas_m2, to_crs_array
from gis.geometry import gaps, outside_area_m2, overlaps, problems, repairs, union_area_m2
from gis.indicators.balance import ClusterLand, balance_timeline
from gis.indicators.planned import planned_balance
from gis.model import LandUse
from tests.gis.indicators.plots import SINCE, area, box, lease, parcel, plan
from tests.gis.zoo import tangle

ROUNDS, THREADS = 15, 8
border = box(0, 0, 1000, 1000).buffer(30.0)
plots = np.array([box(100 * x + 20, 100 * y, 101, 100) for x in range(10) for y in range(10)])
names = np.array([f"plot-{number}" for number in range(len(plots))], dtype=object)
owners = np.full(len(plots), "c", dtype=object)
land = ClusterLand(
    cluster_id="c",
    boundaries=[(SINCE, border, False)],
    plans=[(plan(), SINCE)],
    plan_areas=[(area(name), SINCE, shape) for name, shape in zip(names, plots)],
    parcels=[(parcel(name), SINCE, shape) for name, shape in zip(names, plots)],
    leases=[(lease(name, [name]), SINCE) for name in names[::2]],
)


def answers():
    """Ask everything that builds a tree or prepares a shape, over the shared shapes."""
    borders, ids = np.array([border], dtype=object), np.array(["c"], dtype=object)
    return (
        overlaps(plots),
        [gap.wkb for gap in gaps(border, plots)],
        union_area_m2(plots),
        [outside_area_m2(border, shape) for shape in plots],
        [problems(shape) for shape in plots],
        [mend.area_after_m2 for mend in repairs(tangle(40))],
        planned_balance(border, [(LandUse.INDUSTRY, shape) for shape in plots]),
        balance_timeline(land),
        geodesic_areas_m2(plots, 9211).tolist(),
        shapely.to_wkb(to_crs_array(plots, 9211, 4326)).tolist(),
        bulk.class_areas(ids, borders, owners, names, plots),
        bulk.areas_outside(ids, borders, owners, plots).tolist(),
    )


expected = answers()
wrong = []
start = threading.Barrier(THREADS)


def work():
    start.wait()
    for _ in range(ROUNDS):
        if answers() != expected:
            wrong.append(threading.get_ident())


threads = [threading.Thread(target=work) for _ in range(THREADS)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert not shapely.is_prepared(border)
assert not shapely.is_prepared(plots).any()
print(f"{THREADS * ROUNDS} rounds, {len(wrong)} wrong")
'''


def test_threads_share_shapes_without_a_crash() -> None:
    """Eight threads ask 120 times for overlaps, balances and areas of one cluster."""
    done = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-c", SCRIPT],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.strip() == "120 rounds, 0 wrong"
