"""Whether the register is what its journal vouches for: read once, told in findings.

`rows` holds every version against itself, its hash and what people see of it; `derived` the
WGS84 shapes, areas and boxes against the geometries of record; `chains` the journal against
what the versions say, and its history against anchors.
"""

from collections.abc import Callable, Sequence
from typing import Final

import sqlalchemy as sa

from gis.store import chain, journal, reading
from gis.store.engine import Engine
from gis.store.interface import Head, Verified
from gis.store.kinds import KINDS
from gis.store.schema import TABLES, change
from gis.store.verify import balances, chains, rows
from gis.store.verify.found import Found
from gis.store.verify.tally import Tally, version_facts

#: Told what is being read.
Step = Callable[[str], None]

__all__: Final = ["Step", "counted", "head_of", "verified"]


def head_of(connection: sa.Connection) -> Head:
    """Return the ends of the journal's chains as they are kept, without following them."""
    number, at = reading.last_change(connection)
    sealed = sa.select(change.c.register_hash).where(change.c.number == number)
    return Head(
        number=number,
        at=at,
        register_hash=connection.execute(sealed).scalar_one_or_none() or chain.GENESIS,
        clusters=dict(sorted(journal.cluster_heads(connection).items())),
    )


def counted(connection: sa.Connection) -> dict[str, int]:
    """Return how many versions there are of each kind, by table."""
    counts = {}
    for kind in KINDS:
        query = sa.select(sa.func.count()).select_from(TABLES[kind.cls].version)
        counts[kind.table] = connection.execute(query).scalar_one()
    return counts


def verified(
    engine: Engine,
    connection: sa.Connection,
    anchors: Sequence[Head],
    step: Step = lambda _what: None,
) -> Verified:
    """Compute all chains from the tables and compare; what differs is among the findings.

    Everything is read once, in portions. Memory grows with the journal, not with the land: about
    half a kilobyte for each cluster that a change touched.
    """
    found = Found()
    tally = Tally.of(connection)
    for kind in KINDS:
        step(kind.table)
        rows.check_kind(connection, kind, tally, found)
        for row in engine.misindexed(connection, TABLES[kind.cls]):
            facts = version_facts(kind, dict(row._mapping))  # noqa: SLF001
            found.add("verify.derived", **facts, field="version_box")
    tally.finish(connection, found)
    step("change")
    head = chains.check_journal(connection, anchors, tally, found)
    step("balance")
    balances.check_balances(connection, found)
    return Verified(
        head=head,
        versions=tally.versions,
        erased=tally.erased_count,
        findings=found.findings,
        omitted=found.omitted,
    )
