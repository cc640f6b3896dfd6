"""A share is read from kept balances: its time does not follow the number of parcels."""

from collections.abc import Iterator, Sequence
from typing import Final

from tests.bench.measure import Result, alone

#: A hundred times the parcels may cost this much more: noise, not growth.
_NO_GROWTH: Final = 1.5


def results(registers: Sequence[str]) -> Iterator[Result]:
    """Ask for shares of registers with 1 000, 10 000 and 100 000 parcels."""
    said = alone("share_alone", *registers)
    for question, seconds in said["seconds"].items():
        taken = " · ".join(f"{1000 * second:.1f}" for second in seconds)
        ratio = seconds[-1] / seconds[0]
        yield Result(f"share ({question}) of 1, 10, 100 thousand parcels", f"{taken} ms")
        yield Result("  100 000 against 1 000", f"{ratio:.2f} ×", "≈ 1 ×", ratio < _NO_GROWTH)
