"""Searches at 100 000 parcels in 1 000 clusters against an empty request of the application."""

from collections.abc import Iterator
from typing import Final

from tests.bench.measure import Result, WrongAnswerError, alone

#: A search by party, number or flag may cost so many empty requests.
_MOST: Final = 20


def results(register: str) -> Iterator[Result]:
    """Ask each search in turns with the empty request, in one process."""
    said = alone("search_alone", register)
    empty = said["seconds"].pop("empty")
    yield Result("an empty request (/health, in process)", f"{1000 * empty:.2f} ms")
    yield Result("first search of a register: the index is made", f"{said['first']:.1f} s")
    for name, seconds in said["seconds"].items():
        if name.endswith("none)") != (said["found"][name] == 0):
            raise WrongAnswerError(f"{name}: {said['found'][name]} found")
        taken = f"{1000 * seconds:.1f} ms, {seconds / empty:.1f} ×"
        yield Result(f"  {name}", taken, f"≤ {_MOST} ×", seconds / empty <= _MOST)
