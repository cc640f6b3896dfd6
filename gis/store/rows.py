"""Writing many rows of one table at once, without SQLAlchemy's work on each of them."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa


def insert_rows(
    connection: sa.Connection, table: sa.TableClause, rows: Sequence[Mapping[str, Any]]
) -> None:
    """Insert rows that all have the columns of the first; none does nothing."""
    if not rows:
        return
    statement = table.insert().values({name: sa.bindparam(name) for name in rows[0]})
    compiled = statement.compile(connection)
    stored = _stored(table, connection.dialect, rows)
    if compiled.positional:
        names = compiled.positiontup or []
        given: Any = [tuple(row[name] for name in names) for row in stored]
    else:
        given = stored
    connection.exec_driver_sql(str(compiled), given)


def _stored(
    table: sa.TableClause, dialect: sa.Dialect, rows: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Return rows with the values that the driver does not know in the engine's form."""
    writers = {}
    for name in rows[0]:
        write = table.c[name].type.dialect_impl(dialect).bind_processor(dialect)
        if write is not None:
            writers[name] = write
    found = []
    for row in rows:
        values = dict(row)
        for name, write in writers.items():
            values[name] = write(values[name])
        found.append(values)
    return found
