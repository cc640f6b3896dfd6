"""Opening the register that a command was pointed to, and reading the date it is asked for."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from gis.model import Moment, parse_date, parse_instant, today
from gis.store import Store, open_store


@contextmanager
def opened(register: str) -> Iterator[Store]:
    """Open the register, and close it whatever happens."""
    store = open_store(register)
    try:
        yield store
    finally:
        store.close()


def date_asked(store: Store, on: str | None) -> date:
    """Return the date asked for; by default today, or for an example register its own date."""
    if on is not None:
        return parse_date(on)
    example_on = store.setting("example_on")
    return today() if example_on is None else date.fromisoformat(example_on)


def moment_asked(store: Store, on: str | None, known_at: str | None) -> Moment:
    """Return the date asked for as known then; knowledge to come is that of now."""
    instant = None if known_at is None else parse_instant(known_at)
    return store.present(date_asked(store, on)).known_by(instant)
