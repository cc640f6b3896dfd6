"""Ids that the register makes where none is given: readable, and never used twice."""

import re
from typing import Any

from gis.errors import Conflict
from gis.names import fold
from gis.store import Reader


def slug(text: str) -> str:
    """Return text as part of an id.

    >>> slug("Lô CN-05/A")
    'lo-cn-05-a'
    """
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")[:60]


def free_id(
    reader: Reader,
    cls: type[Any],
    wanted: str,
    *,
    given: str | None = None,
    taken: frozenset[str] | set[str] = frozenset(),
) -> str:
    """Return the id of a new thing: the one given, else one made from what is wanted.

    An id is never used again, not even one of a thing that was voided. ``taken`` are those that
    the same change has given away.

    Raises:
        Conflict: ``record.duplicate`` where the id given was used before.
    """
    if given is not None:
        if given in taken or reader.history(cls, given):
            raise Conflict("record.duplicate", table=cls.__name__.lower(), id=given[:80])
        return given
    number, candidate = 1, wanted
    while candidate in taken or reader.history(cls, candidate):
        number += 1
        candidate = f"{wanted}-{number}"
    return candidate
