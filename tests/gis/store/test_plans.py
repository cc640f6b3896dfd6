"""How each engine goes about a question: by an index, on a register with some history."""

import re
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from gis.model import Lease, Moment, Parcel, Period
from gis.store import RegisterStore, open_store
from tests.gis.store.conftest import NewPlace
from tests.gis.store.things import (
    NOW,
    cluster,
    lease,
    parcel,
    plan,
    plan_area,
    square,
    write,
)

CLUSTERS, PLOTS, ROUNDS = 30, 25, 8
ONE = "C007"
#: A step that looks at rows of a table of ours one by one.
SCANS = re.compile(r"^(?:SCAN (?!.*VIRTUAL)(?!.*_live)\w*|Seq Scan on \w+)")


@pytest.fixture
def store(new_place: NewPlace) -> Iterator[RegisterStore]:
    """Yield a register whose plots and leases were changed again and again."""
    place = new_place()
    with closing(open_store(place)) as opened:
        for rounds in range(ROUNDS):
            write(opened, *things(rounds))
        if opened.url.startswith("postgresql"):
            with _engine(opened).connect() as connection:
                connection.execution_options(isolation_level="AUTOCOMMIT").execute(
                    sa.text("ANALYZE")
                )
        yield opened


def things(rounds: int) -> Iterator[Any]:
    """Yield the entries of one change."""
    for c in range(CLUSTERS):
        name, left = f"C{c:03}", c * 1000
        if rounds == 0:
            yield cluster(name, square(left, 0, 700))
            yield plan(name)
            yield plan_area(f"a-{name}", name, square(left, 0, 600))
        for p in range(PLOTS):
            shape = square(left + p * 20, 0, 20)
            yield parcel(f"{name}-{p:02}", name, shape, label=str(rounds))
            term = Period(date(2020, 1, 1), date(2030, 1, 1) + timedelta(days=rounds))
            yield lease(f"L-{name}-{p:02}", name, f"{name}-{p:02}", term=term)


def _engine(store: RegisterStore) -> sa.Engine:
    engine: sa.Engine = store._engine._engine  # type: ignore[attr-defined]
    return engine


@contextmanager
def asked(store: RegisterStore) -> Iterator[list[tuple[str, Any]]]:
    """Yield the questions that a store asks its engine inside the block."""
    seen: list[tuple[str, Any]] = []

    def note(*told: Any) -> None:
        seen.append((told[2], told[3]))

    sa.event.listen(_engine(store), "before_cursor_execute", note)
    yield seen
    sa.event.remove(_engine(store), "before_cursor_execute", note)


def plans(store: RegisterStore, question: Callable[[RegisterStore, Moment], object]) -> list[str]:
    """Return the steps by which a question about the present, pinned to its time, is answered."""
    moment = store.present(NOW.on)
    with asked(store) as seen:
        assert question(store, moment)
    is_server = store.url.startswith("postgresql")
    explain = "EXPLAIN " if is_server else "EXPLAIN QUERY PLAN "
    steps: list[str] = []
    with _engine(store).connect() as connection:
        for statement, values in seen:
            rows = connection.exec_driver_sql(explain + statement, values)
            steps += [str(row[0 if is_server else 3]).strip(" ->") for row in rows]
    return steps


def near(store: RegisterStore) -> tuple[float, float, float, float]:
    """Return the box of a plot."""
    [shaped] = store.shaped(Parcel, NOW, cluster_id=ONE, limit=1)
    assert shaped.geometry is not None
    west, south, east, north = shaped.geometry.bounds
    return (west, south, east, north)


QUESTIONS: dict[str, Callable[[RegisterStore, Moment], object]] = {
    "one cluster's leases": lambda s, m: s.all(Lease, m, cluster_id=ONE),
    "some leases": lambda s, m: s.all(Lease, m, ids=[f"L-{ONE}-01", f"L-{ONE}-02"]),
    "one lease": lambda s, m: s.one(Lease, f"L-{ONE}-01", m),
    "history": lambda s, _: s.history(Lease, f"L-{ONE}-01"),
    "all known of a cluster": lambda s, _: s.known(Lease, ONE),
    "a box": lambda s, m: s.shaped(Parcel, m, bbox=near(s)),
    "a page": lambda s, m: s.shaped(Parcel, m, after=ONE, limit=10),
    "records of a cluster": lambda s, m: s.records(Parcel, m, cluster_id=ONE),
    "changes of the past": lambda s, m: s.all(
        Lease, Moment(m.on, s.changes()[2].at), cluster_id=ONE
    ),
}


def test_questions_are_answered_by_indexes(store: RegisterStore) -> None:
    """A question about a few things looks at few; the present does not grow with history."""
    for name, question in QUESTIONS.items():
        steps = plans(store, question)
        ours = [s for s in steps if re.search(r"(parcel|lease)_(version|record)|_box|ix_", s)]
        assert ours, name
        assert not [step for step in ours if SCANS.match(step)], (name, steps)
    box = " · ".join(plans(store, QUESTIONS["a box"]))
    leases = " · ".join(plans(store, lambda s, m: s.all(Lease, m)))
    balances = " · ".join(plans(store, lambda s, m: s.balances(m)))
    if store.url.startswith("postgresql"):
        assert "ix_parcel_version_box" in box
        assert "known_to IS NULL" in leases
        assert "known_to IS NULL" in balances
    else:
        assert "SEARCH parcel_version USING INTEGER PRIMARY KEY" in box
        assert "SCAN lease_version USING INDEX ix_lease_version_live" in leases
        assert "SEARCH balance USING INDEX ix_balance_known (known_to=?)" in balances
