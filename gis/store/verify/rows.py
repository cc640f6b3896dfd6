"""One kind's versions, read once: each against its hash, its neighbours and the row people see."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, groupby
from operator import itemgetter
from typing import Any, Final

import sqlalchemy as sa

from gis.store import chain, journal
from gis.store.kinds import Kind
from gis.store.mapping import columns_of
from gis.store.personal import personal_hash
from gis.store.schema import TABLES, Tables
from gis.store.verify import current, derived
from gis.store.verify.found import Found
from gis.store.verify.raw import Row, as_stored, stored_columns, stored_rows
from gis.store.verify.tally import Tally, version_facts

#: Versions looked at together.
_BATCH: Final = 5_000


def check_kind(connection: sa.Connection, kind: Kind, tally: Tally, found: Found) -> None:
    """Hold all versions of a kind against each other, and what is derived against them."""
    tables = TABLES[kind.cls]
    for things in _batches(connection, tables):
        rows = [row for thing in things for row in thing]
        astray = derived.astray(kind, rows) if tables.record is not None else {}
        for thing in things:
            _check_thing(kind, thing, astray, tally, found)
        current.check_rows(connection, tables, things, found)
    current.check_strangers(connection, tables, found)


def _batches(connection: sa.Connection, tables: Tables) -> Iterator[list[list[Row]]]:
    """Yield things with all their versions, in the order of ids and numbers, many at a time."""
    batch: list[list[Row]] = []
    count = 0
    for _, rows in groupby(_version_rows(connection, tables), key=itemgetter("id")):
        batch.append(list(rows))
        count += len(batch[-1])
        if count >= _BATCH:
            yield batch
            batch, count = [], 0
    if batch:
        yield batch


def _version_rows(connection: sa.Connection, tables: Tables) -> Iterator[Row]:
    table, record = tables.version, tables.record
    query = sa.select(*stored_columns(table)).order_by(table.c.id, table.c.version_number)
    if record is not None:
        query = query.outerjoin(record, record.c.row_id == table.c.row_id).add_columns(
            as_stored(record.c.epsg, "record_epsg"), as_stored(record.c.wkb, "record_wkb")
        )
    return stored_rows(connection, query, [table])


def _check_thing(
    kind: Kind, rows: Sequence[Row], astray: Mapping[Any, str], tally: Tally, found: Found
) -> None:
    for number in _missing_numbers(rows):
        found.add("verify.version_missing", table=kind.table, id=rows[0]["id"], number=number)
    for row in rows:
        _check_row(kind, row, astray.get(row["row_id"]), tally, found)
    live = [row for row in rows if row["known_to"] is None]
    for one, other in combinations(live, 2):
        if _overlap(one, other):
            tally.explain(kind, one)
            found.add("verify.version_revived", **version_facts(kind, one))


def _missing_numbers(rows: Sequence[Row]) -> Iterator[int]:
    there = {row["version_number"] for row in rows}
    highest = max((number for number in there if isinstance(number, int)), default=0)
    if highest <= 2 * len(rows) + 10:
        yield from (number for number in range(1, highest) if number not in there)


def _overlap(one: Row, other: Row) -> bool:
    return _before(one["valid_from"], other["valid_to"]) and _before(
        other["valid_from"], one["valid_to"]
    )


def _before(start: Any, end: Any) -> bool:
    return start is None or end is None or str(start) < str(end)


def _check_row(kind: Kind, row: Row, wrong: str | None, tally: Tally, found: Found) -> None:
    """Note a version in the tally, and say what is wrong with it by itself."""
    facts = version_facts(kind, row)
    text = _text(kind, row)
    tally.hashed(kind, row)
    if row["change_number"] not in tally.numbers:
        found.add("verify.version_added", **facts)
    elif text is None or row["row_hash"] not in (None, chain.text_digest(text)):
        tally.explain(kind, row)
        code = "verify.version_altered" if wrong is None else "verify.record_altered"
        found.add(code, **facts)
    elif wrong is not None:
        found.add("verify.derived", **facts, field=wrong)
    tally.opened(kind, row, text or "")
    if row["known_to"] is not None:
        number = tally.number_at.get(row["known_to"])
        if number is None:
            tally.explain(kind, row)
            found.add("verify.version_altered", **facts)
        else:
            tally.ended(kind, row, number)
    if kind.personal:
        _check_personal(kind, row, tally, found)


def _check_personal(kind: Kind, row: Row, tally: Tally, found: Found) -> None:
    """See that personal fields follow from their hash, or were erased by a change."""
    sealed, salt, erased = (
        row[name] for name in ("personal_hash", "personal_salt", "erased_change_number")
    )
    if erased is not None:
        tally.erased(kind, row, erased)
    if sealed is None:
        is_right = salt is None and erased is None
    elif salt is None:
        blank = all(row[name] == erasure for name, erasure in kind.personal)
        is_right = erased in tally.numbers and blank
    else:
        is_right = erased is None and sealed == _personal_hash(kind, salt, row)
    if not is_right:
        tally.explain(kind, row)
        found.add("verify.personal", **version_facts(kind, row))


def _personal_hash(kind: Kind, salt: Any, row: Row) -> str | None:
    try:
        return personal_hash(kind, str(salt), row)
    except (TypeError, ValueError):
        return None


def _text(kind: Kind, row: Row) -> str | None:
    """Return what is vouched for of a version; None where it holds what no row can."""
    told = {name: row[name] for name in _told_names(kind)}
    if kind.personal:
        told["personal_hash"] = row["personal_hash"]
    record: Row = {}
    if row.get("record_wkb") is not None:
        record = {"epsg": row["record_epsg"], "wkb": row["record_wkb"]}
    try:
        return journal.version_text(kind, told, record)
    except (TypeError, ValueError):
        return None


_STAMPS: Final = (
    "version_number",
    "valid_from",
    "valid_to",
    "by_decision_id",
    "known_from",
    "change_number",
)


def _told_names(kind: Kind) -> tuple[str, ...]:
    return (*(spec.name for spec in columns_of(kind.cls)), *_STAMPS)
