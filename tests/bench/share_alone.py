"""A share from registers of growing size; run alone by `tests.bench.shares`."""

import statistics
import sys
import time

from gis.model import Basis, Stage
from gis.shares import territory_share
from gis.store import open_store
from tests.bench.measure import say
from tests.bench.registers import ON

_ROUNDS = 51


def main(*paths: str) -> None:
    """Measure each question on each register, in turns, and say the medians in seconds."""
    stores = [open_store(path) for path in paths]
    seconds: dict[str, list[float]] = {}
    for basis, stage in ((Basis.PUBLISHED, Stage.ESTABLISHED), (Basis.MEASURED, Stage.LEASED)):
        taken: list[list[float]] = [[] for _ in stores]
        for _ in range(_ROUNDS):
            for place, store in enumerate(stores):
                started = time.perf_counter()
                territory_share(store, store.present(ON), stage=stage, basis=basis)
                taken[place].append(time.perf_counter() - started)
        seconds[f"{basis.value}, {stage.value}"] = [statistics.median(times) for times in taken]
    for store in stores:
        store.close()
    say({"seconds": seconds})


if __name__ == "__main__":
    main(*sys.argv[1:])
