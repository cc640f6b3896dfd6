"""Ids that the register makes where none is given: readable, and never used twice."""

from typing import Any

from gis.names import slug
from gis.registered import new_id
from gis.store import Reader

__all__ = ["free_id", "slug"]


def free_id(
    reader: Reader,
    cls: type[Any],
    wanted: str,
    *,
    given: str | None = None,
    taken: frozenset[str] | set[str] = frozenset(),
) -> str:
    """Return the id of a new thing, as `gis.registered.new_id`.

    Raises:
        InvalidValue: ``value.id`` where the id given can't be one.
        Conflict: ``record.duplicate`` where the id given was used before.
    """
    return new_id(reader, cls, given, wanted, taken)
