"""Opening the register that a command was pointed to, and reading the date it is asked for."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from gis.model import parse_date, today
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
