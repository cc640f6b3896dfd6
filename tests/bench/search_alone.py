"""Searches of a register with many parcels; run alone by `tests.bench.searches`."""

import asyncio
import statistics
import sys
import time
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Final

import httpx

from api.app import create_app
from api.settings import Settings
from gis.leases import LeaseFlag, LeaseSearch, search_leases
from gis.model import LeaseState, PlotState
from gis.parcels import ParcelSearch, search_parcels
from gis.store import GeoPackageStore, open_store
from gis.tenure import tenure_index
from tests.bench.measure import say
from tests.bench.registers import ON

_ROUNDS: Final = 31
_LIMIT: Final = 100
LEASES: Final = {
    "leases by party": LeaseSearch(party="tenant"),
    "leases by contract number": LeaseSearch(contract="made-up-0500-00010"),
    "leases by flag (overlap: none)": LeaseSearch(flag=LeaseFlag.OVERLAP),
    "leases by flag (not industrial)": LeaseSearch(flag=LeaseFlag.NOT_INDUSTRIAL),
    "leases by state (expired: none)": LeaseSearch(state=LeaseState.EXPIRED),
}
PARCELS: Final = {
    "parcels by party": ParcelSearch(party="vi du (tenant)"),
    "parcels by sheet and number": ParcelSearch(sheet="1", number="7"),
    "parcels by plot label": ParcelSearch(plot_label="CN-17"),
    "parcels by flag (not industrial)": ParcelSearch(flag=LeaseFlag.NOT_INDUSTRIAL),
    "parcels by state (vacant)": ParcelSearch(state=PlotState.VACANT),
}


def main(path: str) -> None:
    """Say the seconds of the first index, of each search (medians), and of an empty request."""
    store = open_store(path)
    moment = store.present(ON)
    started = time.perf_counter()
    tenure_index(store, moment)
    first = time.perf_counter() - started
    found = dict.fromkeys((*LEASES, *PARCELS), 0)

    def ask(name: str) -> None:
        asked = store.present(ON)
        if name in LEASES:
            found[name] = len(search_leases(store, asked, LEASES[name], limit=_LIMIT).hits)
        else:
            found[name] = len(search_parcels(store, asked, PARCELS[name], limit=_LIMIT).hits)

    questions = {name: partial(ask, name) for name in found}
    taken: dict[str, list[float]] = {name: [] for name in ("empty", *questions)}
    asyncio.run(_ask(store, path, questions, taken))
    store.close()
    seconds = {name: statistics.median(times) for name, times in taken.items()}
    say({"first": first, "seconds": seconds, "found": found})


async def _ask(
    store: GeoPackageStore,
    path: str,
    questions: Mapping[str, Callable[[], None]],
    taken: dict[str, list[float]],
) -> None:
    """Ask everything in turns, an empty request of the application among it."""
    transport = httpx.ASGITransport(create_app(Settings(register=path), store))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as browser:
        for _ in range(_ROUNDS):
            taken["empty"].append(await _seconds(lambda: browser.get("/health")))
            for name, question in questions.items():
                started = time.perf_counter()
                question()
                taken[name].append(time.perf_counter() - started)


async def _seconds(ask: Callable[[], Awaitable[httpx.Response]]) -> float:
    started = time.perf_counter()
    (await ask()).raise_for_status()
    return time.perf_counter() - started


if __name__ == "__main__":
    main(*sys.argv[1:])
