"""A change in the making: things with periods become versions, records, layers and a journal entry.

Versions are never overwritten. Putting a thing for a period ends what the register knew of that
period and keeps the rest of the older versions as new ones with their shortened periods.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from gis.store import balances, chain, journal, reading
from gis.store.interface import Entry
from gis.store.kinds import KINDS, cluster_of, kind_of
from gis.store.layers import write_current
from gis.store.measures import measured
from gis.store.schema import TABLES, Tables, setting
from gis.store.versions import Draft, Live, supersede, thing_values


class WriteTransaction:
    """Collects entries and writes them at the end; see `gis.store.interface.Transaction`."""

    def __init__(
        self, connection: sa.Connection, by: str, action: str, decision_id: str | None
    ) -> None:
        self._connection = connection
        self._by = by
        self._action = action
        self._decision_id = decision_id
        self._entries: dict[type, list[Entry]] = defaultdict(list)
        number, last = reading.last_change(connection)
        self.number = number + 1
        self.at = _after(last)

    def put(self, entry: Entry) -> None:
        """Let a thing hold for a period; earlier versions give way where they overlap it."""
        kind_of(type(entry.thing))
        self._entries[type(entry.thing)].append(entry)

    def put_many(self, entries: Iterable[Entry]) -> None:
        """Put many things, each as `put`."""
        for entry in entries:
            self.put(entry)

    def set_setting(self, name: str, value: str) -> None:
        """Keep a setting of the register."""
        self._connection.execute(setting.delete().where(setting.c.name == name))
        self._connection.execute(setting.insert().values(name=name, value=value))

    def finish(self) -> None:
        """Write versions, layers, balances and the journal entry. Called once, by the store."""
        written = journal.Written()
        for kind in KINDS:
            if entries := self._entries.get(kind.cls):
                self._write_kind(TABLES[kind.cls], entries, written)
        if written.is_empty:
            return
        balances.keep(self._connection, written.clusters, self.number, self.at)
        journal.append(
            self._connection,
            written,
            number=self.number,
            at=self.at,
            by=self._by,
            action=self._action,
            decision_id=self._decision_id,
        )

    def _write_kind(
        self, tables: Tables, entries: Sequence[Entry], written: journal.Written
    ) -> None:
        drafts = [
            Draft(
                values=thing_values(entry.thing),
                valid=entry.valid,
                shape=shape,
                decision_id=entry.decision_id or self._decision_id,
                cluster_id=cluster_of(entry.thing) or "",
            )
            for entry, shape in zip(entries, measured(tables.kind, entries), strict=True)
        ]
        ids = sorted({draft.id for draft in drafts})
        live = Live.load(self._connection, tables, ids)
        closed = supersede(live, drafts)
        self._close(tables, closed, written)
        self._open(tables, live, written)
        write_current(self._connection, tables, live, ids)

    def _close(
        self, tables: Tables, closed: Sequence[tuple[int, str]], written: journal.Written
    ) -> None:
        table = tables.version
        row_ids = [row_id for row_id, _ in closed]
        for start in range(0, len(row_ids), reading.CHUNK):
            chunk = row_ids[start : start + reading.CHUNK]
            self._connection.execute(
                table.update().where(table.c.row_id.in_(chunk)).values(known_to=self.at)
            )
        for row_id, cluster_id in closed:
            written.close(tables.kind.table, row_id, cluster_id)

    def _open(self, tables: Tables, live: Live, written: journal.Written) -> None:
        drafts = live.number_new()
        if not drafts:
            return
        first = self._next_row_id(tables.version)
        rows: list[dict[str, Any]] = []
        records: list[dict[str, Any]] = []
        for row_id, draft in enumerate(drafts, start=first):
            draft.row_id = row_id
            row = draft.row(tables) | {
                "row_id": row_id,
                "known_from": self.at,
                "change_number": self.number,
            }
            record = draft.record(row_id)
            rows.append(row)
            if record is not None:
                records.append(record)
            written.open(tables.kind.table, chain.canonical(journal.content(row, record)), draft)
        self._connection.execute(tables.version.insert(), rows)
        if tables.record is not None and records:
            self._connection.execute(tables.record.insert(), records)

    def _next_row_id(self, table: sa.Table) -> int:
        highest = self._connection.execute(sa.select(sa.func.max(table.c.row_id))).scalar()
        return (highest or 0) + 1


def _after(last: datetime | None) -> datetime:
    """Return the present, or just after the last change where the clock was set back."""
    now = datetime.now(UTC)
    return now if last is None else max(now, last + timedelta(microseconds=1))
