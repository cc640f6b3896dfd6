"""A change in the making: things with periods become versions, records, layers and a journal entry.

Versions are never overwritten. Putting a thing for a period ends what the register knew of that
period and keeps the rest of the older versions as new ones with their shortened periods.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from gis.model import Period
from gis.store import balances, journal
from gis.store.interface import Entry
from gis.store.kinds import KINDS, kind_of
from gis.store.layers import write_layer
from gis.store.mapping import clean_text, to_row
from gis.store.measures import measured
from gis.store.schema import TABLES, Tables, setting
from gis.store.versions import Draft, Live, Step


@dataclass(frozen=True, slots=True)
class _Void:
    """A wish that the register hold nothing of a thing for a period."""

    thing_id: str
    valid: Period


class WriteTransaction:
    """Collects wishes and writes them at the end; see `gis.store.interface.Transaction`."""

    def __init__(self, connection: sa.Connection, heading: journal.Heading) -> None:
        self._connection = connection
        self._heading = heading
        self._wishes: dict[type, list[Entry | _Void]] = defaultdict(list)
        self._settings: dict[str, str] = {}
        self._clusters: set[str] = set()

    def put(self, entry: Entry) -> None:
        """Let a thing hold for a period; earlier versions give way where they overlap it."""
        kind = kind_of(type(entry.thing))
        self._wishes[kind.cls].append(entry)

    def put_many(self, entries: Iterable[Entry]) -> None:
        """Put many things, each as `put`."""
        for entry in entries:
            self.put(entry)

    def void(self, cls: type, thing_id: str, valid: Period = Period()) -> None:
        """Let the register hold nothing of a thing for a period."""
        kind = kind_of(cls)
        self._wishes[kind.cls].append(_Void(clean_text("id", thing_id), valid))

    def set_setting(self, name: str, value: str) -> None:
        """Keep a setting of the register."""
        self._settings[clean_text("name", name)] = clean_text(name, value)

    def finish(self) -> None:
        """Write versions, layers, balances and the journal entry. Called once, by the store.

        A transaction without wishes leaves no trace.
        """
        written = journal.Written()
        for kind in KINDS:
            if wishes := self._wishes.get(kind.cls):
                self._write_kind(TABLES[kind.cls], wishes, written)
        self._write_settings(written)
        if not written.is_empty:
            balances.keep(self._connection, sorted(self._clusters), self._heading)
            journal.append(self._connection, self._heading, written)

    def _write_kind(
        self, tables: Tables, wishes: Sequence[Entry | _Void], written: journal.Written
    ) -> None:
        steps = self._steps(tables, wishes)
        ids = sorted({step.thing_id for step in steps})
        live = Live.load(self._connection, tables, ids)
        ended = live.take(tables.kind.table, steps)
        fresh = live.number_new()
        self._close(tables, ended, written)
        self._open(tables, fresh, written)
        if tables.kind.cls in balances.INPUTS:
            self._clusters |= {draft.cluster_id for draft in (*ended, *fresh)}
        write_layer(self._connection, tables, live, self._heading.at)

    def _steps(self, tables: Tables, wishes: Sequence[Entry | _Void]) -> list[Step]:
        entries = [wish for wish in wishes if isinstance(wish, Entry)]
        drafts = self._drafts(tables, entries)
        return [
            Step(wish.thing_id, wish.valid, None)
            if isinstance(wish, _Void)
            else Step((draft := next(drafts)).id, wish.valid, draft)
            for wish in wishes
        ]

    def _drafts(self, tables: Tables, entries: Sequence[Entry]) -> Iterator[Draft]:
        for entry, shape in zip(entries, measured(tables.kind, entries), strict=True):
            values = to_row(entry.thing)
            decision_id = entry.decision_id or self._heading.decision_id
            yield Draft(
                values=values,
                valid=entry.valid,
                shape=shape,
                decision_id=None if decision_id is None else clean_text("decision_id", decision_id),
                cluster_id=tables.kind.cluster_of(values),
            )

    def _close(self, tables: Tables, ended: Sequence[Draft], written: journal.Written) -> None:
        for draft in ended:
            written.close(tables.kind.table, draft.id, draft.number, draft.cluster_id)
        if ended:
            table = tables.version
            self._connection.execute(
                table.update()
                .where(table.c.row_id == sa.bindparam("ended"))
                .values(known_to=self._heading.at),
                [{"ended": draft.row_id} for draft in ended],
            )

    def _open(self, tables: Tables, drafts: Sequence[Draft], written: journal.Written) -> None:
        if not drafts:
            return
        has_shape = tables.record is not None
        stamp = {"known_from": self._heading.at, "change_number": self._heading.number}
        rows: list[dict[str, Any]] = []
        records: list[dict[str, Any]] = []
        for row_id, draft in enumerate(drafts, start=self._next_row_id(tables.version)):
            draft.row_id = row_id
            row = draft.row() | stamp
            shape = draft.shape
            record = None if shape is None else {"epsg": shape.epsg, "wkb": shape.wkb}
            written.open(tables.kind.table, row, record, draft.cluster_id)
            row["row_id"] = row_id
            rows.append(row | draft.derived() if has_shape else row)
            if record is not None:
                records.append({"row_id": row_id, **record})
        self._connection.execute(tables.version.insert(), rows)
        if tables.record is not None and records:
            self._connection.execute(tables.record.insert(), records)

    def _next_row_id(self, table: sa.Table) -> int:
        highest = self._connection.execute(sa.select(sa.func.max(table.c.row_id))).scalar()
        return (highest or 0) + 1

    def _write_settings(self, written: journal.Written) -> None:
        for name, value in sorted(self._settings.items()):
            written.set(name, value)
            row = {"name": name, "value": value, "change_number": self._heading.number}
            self._connection.execute(setting.insert().values(row))
