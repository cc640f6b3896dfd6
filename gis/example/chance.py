"""Numbers that look drawn by lot and never change: each is a SHA-256 of what it is for.

No state and no order: asking for one number more moves no other, so that one cluster's example
can be changed without touching the rest. The same on every machine and every library version.
"""

import hashlib
import math
from collections.abc import Sequence
from datetime import date
from typing import TypeVar

T = TypeVar("T")


def unit(*key: str | int) -> float:
    """Return the number in [0, 1) that belongs to a key.

    >>> unit("ccn-tien-tien", "aspect") == unit("ccn-tien-tien", "aspect")
    True
    """
    digest = hashlib.sha256("/".join(map(str, key)).encode()).digest()
    return int.from_bytes(digest[:6], "big") / 2**48


def between(low: float, high: float, *key: str | int) -> float:
    """Return the number in [low, high) that belongs to a key."""
    return low + (high - low) * unit(*key)


def choice(things: Sequence[T], *key: str | int) -> T:
    """Return the one of several things that belongs to a key."""
    return things[int(unit(*key) * len(things))]


def day_in(year: int, *key: str | int, months: tuple[int, int] = (1, 12)) -> date:
    """Return a day of a year between two months, both included; never after the 28th."""
    first, last = months
    month = first + int(unit(*key, "month") * (last - first + 1))
    return date(year, month, 1 + int(unit(*key, "day") * 28))


def split_whole(total: int, weights: Sequence[float]) -> list[int]:
    """Divide a whole number by weights so that the parts add up to it exactly.

    The largest remainders get the units that rounding down leaves; the earlier of equal ones
    first. Weights are positive.

    >>> split_whole(10, [1, 1, 1])
    [4, 3, 3]
    """
    whole = math.fsum(weights)
    exact = [total * weight / whole for weight in weights]
    parts = [math.floor(share) for share in exact]
    order = sorted(range(len(parts)), key=lambda place: (parts[place] - exact[place], place))
    for place in order[: total - sum(parts)]:
        parts[place] += 1
    return parts
