"""Write the example into a register: the real content first, the made-up land on top of it."""

from collections.abc import Iterator
from datetime import date
from functools import cache

from gis.errors import StoreProblem
from gis.example.calibration import EXAMPLE_ON
from gis.example.decisions import decision_entries
from gis.example.facts import fact_entries, project_facts
from gis.example.land_entries import land_entries
from gis.example.tenure import tenure_entries
from gis.loading import TERRITORY, content_entries
from gis.model import Project
from gis.store import Entry, Store
from gis.store.interface import Progress


@cache
def example_entries() -> tuple[Entry, ...]:
    """Return the made-up part of the example, in the order in which it is written."""
    tenure = tuple(tenure_entries())
    return (
        *decision_entries(),
        *land_entries(),
        *tenure,
        *fact_entries(),
        *project_facts(_projects(tenure)),
    )


def load_example(store: Store, progress: Progress | None = None) -> None:
    """Write the real content and the example into an empty register, as one change.

    The register then says that it is an example and which day it shows.

    Raises:
        StoreProblem: ``register.exists`` for a register that holds anything already.
    """
    if not store.is_empty():
        raise StoreProblem("register.exists", path=store.url)
    entries = (*content_entries(), *example_entries())
    with store.transaction(by="ccn-gis init", action="example.load") as transaction:
        for done, entry in enumerate(entries, start=1):
            transaction.put(entry)
            if progress is not None and done % 100 == 0:
                progress("example", done, len(entries))
        transaction.set_setting("territory", TERRITORY)
        transaction.set_setting("is_example", "1")
        transaction.set_setting("example_on", EXAMPLE_ON.isoformat())
    if progress is not None:
        progress("example", len(entries), len(entries))


def _projects(tenure: tuple[Entry, ...]) -> Iterator[tuple[Project, date]]:
    """Yield each project's latest version with the day of its first approval."""
    latest = {entry.thing.id: entry.thing for entry in tenure if isinstance(entry.thing, Project)}
    for project in latest.values():
        if project.approved.start is not None:
            yield project, project.approved.start
