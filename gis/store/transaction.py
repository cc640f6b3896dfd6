"""A change in the making: things with periods become versions, records, layers and a journal entry.

Versions are never overwritten. Putting a thing for a period ends what the register knew of that
period and keeps the rest of the older versions as new ones with their shortened periods.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, Final

import sqlalchemy as sa

from gis.errors import InvalidValue, StoreBusy
from gis.model import Period
from gis.store import balances, chain, journal, personal, reading
from gis.store.engine import Engine
from gis.store.instants import Clock, after
from gis.store.interface import Entry
from gis.store.journal import Heading
from gis.store.kinds import KINDS, Kind, kind_of
from gis.store.layers import write_layer
from gis.store.mapping import clean_text, to_row
from gis.store.measures import measured
from gis.store.reading import chunks
from gis.store.reads import Reads
from gis.store.rows import insert_rows
from gis.store.schema import TABLES, Tables, request_key, setting
from gis.store.versions import Draft, Live, Step

#: How long the same request sent again is answered as the first time.
_REQUESTS_KEPT: Final = timedelta(days=7)

#: What is wished for a thing: to hold as an entry says, or to be void for a period.
_Wish = Entry | Period


class WriteTransaction(Reads):
    """Collects wishes and writes them at the end; see `gis.store.interface.Transaction`."""

    _sees_one_moment = False  # on a server, changes of other clusters come in meanwhile

    def __init__(
        self,
        engine: Engine,
        connection: sa.Connection,
        signature: journal.Signature,
        clock: Clock,
        readable: Callable[[], AbstractContextManager[None]],
    ) -> None:
        self._engine = engine
        self._connection = connection
        self._signature = signature
        self._clock = clock
        self._readable = readable
        self._began, self._began_at = reading.last_change(connection)
        self._number = self._began
        self._request: dict[str, str] | None = None
        self._numbers: dict[tuple[type, str], int] = {}
        self._wishes: dict[type, dict[str, list[_Wish]]] = defaultdict(lambda: defaultdict(list))
        self._settings: dict[str, str] = {}
        self._clusters: set[str] = set()
        self._erasures: dict[type, set[str]] = defaultdict(set)

    def put(self, entry: Entry) -> None:
        """Let a thing hold for a period; earlier versions give way where they overlap it."""
        self._wish(kind_of(type(entry.thing)), entry.thing.id, entry)

    def put_many(self, entries: Iterable[Entry]) -> None:
        """Put many things, each as `put`."""
        for entry in entries:
            self.put(entry)

    def void(self, cls: type, thing_id: str, valid: Period = Period()) -> None:
        """Let the register hold nothing of a thing for a period."""
        self._wish(kind_of(cls), thing_id, valid)

    def erase(self, cls: type, thing_id: str) -> None:
        """Erase the personal fields of a thing from all its versions."""
        self._erasures[cls].add(clean_text("id", thing_id))

    def set_setting(self, name: str, value: str) -> None:
        """Keep a setting of the register."""
        self._settings[clean_text("name", name)] = clean_text(name, value)

    def remember(self, key: str, digest: str, result: str) -> None:
        """Keep what this request comes to."""
        self._request = {"key": clean_text("key", key), "digest": digest, "result": result}

    @property
    def number(self) -> int:
        """Return the number of this change in the journal, once the block has ended."""
        return self._number

    @property
    def versions(self) -> Mapping[tuple[type, str], int]:
        """Return the highest version number of each thing written, once the block has ended."""
        return MappingProxyType(self._numbers)

    @contextmanager
    def _reading(self) -> Iterator[sa.Connection]:
        with self._readable():
            yield self._connection

    def _wish(self, kind: Kind, thing_id: str, wish: _Wish) -> None:
        if not thing_id:
            raise InvalidValue("value.empty", name="id")
        self._wishes[kind.cls][clean_text("id", thing_id)].append(wish)

    def finish(self) -> None:
        """Write versions, layers, balances and the journal entry. Called once, by the store.

        Things are written in the order of kinds and ids, a portion at a time, which bounds
        memory. A transaction without wishes leaves no trace.

        Raises:
            StoreBusy: ``register.busy`` where another change came first to one of the things.
        """
        self._number, last = self._sealed()
        heading = Heading.of(self._signature, self._number + 1, after(last, self._clock()))
        written = journal.Written()
        for kind in KINDS:
            wishes = self._wishes.pop(kind.cls, {})
            for some in chunks(sorted(wishes)):
                steps = self._steps(TABLES[kind.cls], {name: wishes[name] for name in some})
                self._write(TABLES[kind.cls], some, steps, written, heading)
        self._erase(written, heading)
        self._write_settings(written, heading)
        if not written.is_empty:
            balances.keep(self._connection, sorted(self._clusters), heading)
            journal.append(self._connection, heading, written)
            self._write_request(heading)
            self._number = heading.number

    def _sealed(self) -> tuple[int, datetime]:
        """Take the place behind the journal's last change, and return its number and time."""
        if self._wishes or self._erasures or self._settings:
            owners = {
                clean_text("cluster_id", kind_of(cls).owner_of(wish.thing))
                for cls, wishes in self._wishes.items()
                for some in wishes.values()
                for wish in some
                if isinstance(wish, Entry)
            }
            self._engine.seal(self._connection, owners)
        return reading.last_change(self._connection)

    def _steps(self, tables: Tables, wishes: dict[str, list[_Wish]]) -> list[Step]:
        entries = [wish for some in wishes.values() for wish in some if isinstance(wish, Entry)]
        drafts = self._drafts(tables, entries)
        return [
            Step(thing_id, wish.valid, next(drafts))
            if isinstance(wish, Entry)
            else Step(thing_id, wish, None)
            for thing_id, some in wishes.items()
            for wish in some
        ]

    def _drafts(self, tables: Tables, entries: Sequence[Entry]) -> Iterator[Draft]:
        for entry, shape in zip(entries, measured(tables.kind, entries), strict=True):
            values = to_row(entry.thing)
            decision_id = entry.decision_id or self._signature.decision_id
            yield Draft(
                values=values,
                valid=entry.valid,
                shape=shape,
                decision_id=None if decision_id is None else clean_text("decision_id", decision_id),
                cluster_id=tables.kind.cluster_of(values),
            )

    def _write(
        self,
        tables: Tables,
        ids: Sequence[str],
        steps: Sequence[Step],
        written: journal.Written,
        heading: Heading,
    ) -> None:
        live = Live.load(self._connection, tables, ids)
        if live.is_newer_than(self._began, self._began_at):
            raise StoreBusy("register.busy")
        ended = live.take(tables.kind.table, steps)
        fresh = live.number_new()
        self._numbers |= {(tables.kind.cls, draft.id): draft.number for draft in fresh}
        for row_id, draft in enumerate(fresh, start=self._next_row_id(tables.version)):
            draft.row_id = row_id
        rows = [self._version_row(tables.kind, draft, heading) for draft in fresh]
        texts = [
            journal.version_text(tables.kind, row, draft.record())
            for draft, row in zip(fresh, rows, strict=True)
        ]
        for row, text in zip(rows, texts, strict=True):
            row["row_hash"] = chain.text_digest(text)
        written.note(tables.kind.table, ended, zip(fresh, texts, strict=True))
        self._close(tables, ended, heading.at)
        self._open(tables, fresh, rows)
        if tables.kind.cls in balances.INPUTS:
            self._clusters |= {draft.cluster_id for draft in (*ended, *fresh)}
        boxes = write_layer(self._connection, tables, live)
        self._engine.announce(self._connection, tables, heading.at, boxes)

    def _version_row(self, kind: Kind, draft: Draft, heading: Heading) -> dict[str, Any]:
        stamp = {"known_from": heading.at, "change_number": heading.number}
        return draft.row() | stamp | personal.sealed(kind, draft.values)

    def _close(self, tables: Tables, ended: Sequence[Draft], at: datetime) -> None:
        table = tables.version
        for some in chunks([draft.row_id for draft in ended]):
            is_ended = table.c.row_id.in_(some)
            self._connection.execute(table.update().where(is_ended).values(known_to=at))

    def _open(self, tables: Tables, fresh: Sequence[Draft], rows: Sequence[dict[str, Any]]) -> None:
        for draft, row in zip(fresh, rows, strict=True):
            row["row_id"] = draft.row_id
            if tables.record is not None:
                row.update(draft.derived())
        insert_rows(self._connection, tables.version, rows)
        if tables.record is not None:
            shaped = [draft for draft in fresh if draft.shape is not None]
            records = [{"row_id": draft.row_id, **draft.record()} for draft in shaped]
            insert_rows(self._connection, tables.record, records)
            self._engine.index(self._connection, tables, rows)

    def _next_row_id(self, table: sa.Table) -> int:
        highest = self._connection.execute(sa.select(sa.func.max(table.c.row_id))).scalar()
        return (highest or 0) + 1

    def _erase(self, written: journal.Written, heading: Heading) -> None:
        for kind in KINDS:
            ids, tables = sorted(self._erasures.get(kind.cls, ())), TABLES[kind.cls]
            if ids:
                number = heading.number
                highest = personal.erase(self._connection, tables, ids, number, written)
                self._numbers |= {(kind.cls, thing_id): n for thing_id, n in highest.items()}

    def _write_settings(self, written: journal.Written, heading: Heading) -> None:
        for name, value in sorted(self._settings.items()):
            written.set(name, value)
            row = {"name": name, "value": value, "change_number": heading.number}
            self._connection.execute(setting.insert().values(row))

    def _write_request(self, heading: Heading) -> None:
        """Keep the request that led to this change, and let those go that nobody repeats now."""
        if self._request is None:
            return
        table, key = request_key, self._request["key"]
        oldest = heading.at - _REQUESTS_KEPT
        self._connection.execute(table.delete().where(table.c.at < oldest))
        if reading.remembered(self._connection, heading.by, key) is not None:
            raise StoreBusy("register.busy")  # the same request came first: asked again, it is told
        row = {"by": heading.by, "change_number": heading.number, "at": heading.at}
        self._connection.execute(table.insert().values(**row, **self._request))
