"""Single leases registered one after the other, each durable; run alone by `registrations`."""

import os
import sqlite3
import statistics
import sys
import tempfile
import time
from contextlib import closing
from datetime import date
from pathlib import Path

from gis.leases import RegisterLease, register_lease
from gis.mandates import Mandate
from gis.model import Decision, LeaseTier, Moment, Parcel, Party, Period
from gis.store import Entry, Store, open_store
from tests.bench.measure import say

_DECISION = Decision(
    id="bench-decision", number="1/QĐ-UBND", on=date(2025, 1, 2), issuer="UBND", title="Thuê đất"
)
_MANDATE = Mandate(by="acc-bench", decision_id=_DECISION.id)
_FROM, _UNTIL = date(2025, 1, 2), date(2050, 1, 1)
#: Bare commits that the registrations are compared with.
_COMMITS = 200


def main(url: str, count: str) -> None:
    """Register so many leases, and say how long each took and what a bare commit takes."""
    store = open_store(url)
    try:
        taken = [_seconds(store, request) for request in _requests(store, int(count))]
    finally:
        store.close()
    parts = statistics.quantiles(taken, n=100)
    say({"count": len(taken), "p50": parts[49], "p99": parts[98], "commit": _bare_commit_s(url)})


def _requests(store: Store, count: int) -> list[RegisterLease]:
    """Return direct leases of so many plots, spread over all made-up clusters."""
    state = Party(id="state", name="UBND tỉnh", kind="state")
    with store.transaction(by="acc-bench", action="bench.prepare") as transaction:
        transaction.put_many([Entry(_DECISION, Period()), Entry(state, Period())])
    found = [version.thing for version in store.all(Parcel, Moment(_FROM))]
    plots = [plot for plot in found if plot.cluster_id.startswith("made-up-")]
    return [
        RegisterLease(
            cluster_id=plot.cluster_id,
            tier=LeaseTier.DIRECT,
            contract_number=f"{plot.id}-new",
            lessor=state.id,
            lessee="tenant",
            starts_on=_FROM,
            last_day=_UNTIL,
            parcel_ids=(plot.id,),
        )
        for plot in plots[:: len(plots) // count][:count]
    ]


def _seconds(store: Store, request: RegisterLease) -> float:
    started = time.perf_counter()
    register_lease(store, request, _MANDATE)
    return time.perf_counter() - started


def _bare_commit_s(url: str) -> float:
    """Return the median of one row inserted and made durable in a file of its own."""
    beside = os.path.dirname(url) if "://" not in url else None  # noqa: PTH120 - a URL or a path
    with tempfile.TemporaryDirectory(dir=beside) as folder:
        file = Path(folder) / "bare.sqlite"
        with closing(sqlite3.connect(file, isolation_level=None)) as raw:
            raw.execute("PRAGMA synchronous = FULL")
            raw.execute("CREATE TABLE kept (value TEXT)")
            taken = []
            for number in range(_COMMITS):
                started = time.perf_counter()
                raw.execute("INSERT INTO kept VALUES (?)", [str(number)])
                taken.append(time.perf_counter() - started)
    return statistics.median(taken)


if __name__ == "__main__":
    main(*sys.argv[1:])
