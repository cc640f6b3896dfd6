"""Reading the example's entries as they hold on a day."""

from collections.abc import Iterator
from datetime import date
from typing import Any, TypeVar

from gis.example import EXAMPLE_ON, example_entries
from gis.store import Entry

T = TypeVar("T")


def entries_of(cls: type, on: date | None = EXAMPLE_ON) -> list[Entry]:
    """Return the entries of a class that hold on a day, or on any day for None."""
    return [
        entry
        for entry in example_entries()
        if isinstance(entry.thing, cls) and (on is None or entry.valid.contains(on))
    ]


def things(cls: type[T], on: date | None = EXAMPLE_ON) -> list[T]:
    """Return the things of a class that hold on a day, or every version for None."""
    return [entry.thing for entry in entries_of(cls, on)]


def shapes(cls: type, cluster_id: str, on: date | None = EXAMPLE_ON) -> dict[str, Any]:
    """Return the geometries of record of a cluster's things by id."""
    return {
        entry.thing.id: entry.located.geometry
        for entry in entries_of(cls, on)
        if entry.located is not None and _owner(entry.thing) == cluster_id
    }


def canonical(entries: tuple[Entry, ...]) -> Iterator[bytes]:
    """Yield everything that an entry says, shapes as WKB."""
    for entry in entries:
        located = entry.located
        yield repr((entry.thing, entry.valid, entry.decision_id)).encode()
        if located is not None:
            yield str(located.epsg).encode() + located.geometry.wkb


def _owner(thing: Any) -> str:
    return str(getattr(thing, "cluster_id", thing.id))
