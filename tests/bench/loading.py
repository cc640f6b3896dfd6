"""Loading land and checking the example: what an officer waits for."""

from collections.abc import Iterator

from tests.bench.measure import CCN_GIS, Result, alone, interleaved, seconds_of
from tests.bench.sizes import LOAD


def results(example: str) -> Iterator[Result]:
    """Load 10 000 parcels with their plans and leases, and check the example register."""
    said = alone("load_alone")
    rate = said["things"] / said["seconds"]
    yield Result(
        f"loading {LOAD.parcels} parcels, {said['things']} rows in all",
        f"{said['seconds']:.1f} s, {rate:.0f} rows/s",
    )
    check = ("check", "--register", example)
    seconds = interleaved({"check": lambda: seconds_of([CCN_GIS, *check])}, 3)
    yield Result("ccn-gis check of the example", f"{seconds['check']:.2f} s")
