"""The rows that people see, held against the latest live version of each thing."""

import struct
from collections.abc import Callable, Sequence
from typing import Any

import sqlalchemy as sa

from gis.store.reading import chunks
from gis.store.schema import BOX, Tables
from gis.store.shapes import LayerShape
from gis.store.verify.found import Found
from gis.store.verify.raw import Row, as_stored, stored_columns, stored_rows


def check_rows(
    connection: sa.Connection, tables: Tables, things: Sequence[Sequence[Row]], found: Found
) -> None:
    """Compare the current row of each thing with its latest live version."""
    kind, table = tables.kind, tables.current
    stored_shape = _shape_writer(connection, tables)
    there: dict[Any, Row] = {}
    for some in chunks([thing[0]["id"] for thing in things]):
        query = sa.select(*stored_columns(table)).where(table.c.id.in_(some))
        there |= {row["id"]: row for row in stored_rows(connection, query, [table])}
    for thing in things:
        thing_id = thing[0]["id"]
        row, latest = there.get(thing_id), _latest(thing)
        if row is None and latest is not None:
            found.add(
                "verify.current_missing",
                table=kind.table,
                id=thing_id,
                number=latest["version_number"],
            )
        elif row is not None and latest is None:
            found.add("verify.current_extra", table=kind.table, id=thing_id)
        elif row is not None and latest is not None:
            seen = {**latest, "geom": stored_shape(latest)} if "geom" in row else latest
            fields = [name for name in row if name != "fid" and row[name] != seen[name]]
            if fields:
                facts = {"table": kind.table, "id": thing_id, "number": latest["version_number"]}
                found.add("verify.current_differs", **facts, field=", ".join(fields))


def check_strangers(connection: sa.Connection, tables: Tables, found: Found) -> None:
    """Name rows and geometries of record that no version stands behind."""
    kind, version, current = tables.kind, tables.version, tables.current
    is_alone = ~sa.exists().where(version.c.id == current.c.id)
    query = sa.select(as_stored(current.c.id, "id")).where(is_alone)
    for row in connection.execute(query):
        found.add("verify.current_extra", table=kind.table, id=row.id)
    record = tables.record
    if record is not None:
        is_alone = ~sa.exists().where(version.c.row_id == record.c.row_id)
        for number in connection.execute(sa.select(record.c.row_id).where(is_alone)).scalars():
            found.add("verify.record_added", table=kind.table, number=number)


def _latest(thing: Sequence[Row]) -> Row | None:
    """Return the live version that starts last; None where the thing has none."""
    live = [row for row in thing if row["known_to"] is None]
    return max(live, key=lambda row: str(row["valid_from"] or ""), default=None)


def _shape_writer(connection: sa.Connection, tables: Tables) -> Callable[[Row], Any]:
    """Return what says in which form the engine keeps the shape of a version in its layer."""
    if tables.kind.geometry is None:
        return lambda _row: None
    column: sa.Column[Any] = tables.current.c.geom
    encode = column.type.dialect_impl(connection.dialect).bind_processor(connection.dialect)
    assert encode is not None

    def written(row: Row) -> Any:
        if row["geom"] is None:
            return None
        west, south, east, north = (row[side] for side in BOX)
        try:
            return _in_one_case(encode(LayerShape(row["geom"], (west, south, east, north))))
        except (TypeError, AttributeError, struct.error):
            return None

    return written


def _in_one_case(shape: Any) -> Any:
    """Return hexadecimal digits as the server writes them."""
    return shape.upper() if isinstance(shape, str) else shape
