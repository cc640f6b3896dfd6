"""Writing many rows of one table at once, without SQLAlchemy's work on each of them."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from operator import itemgetter
from typing import Any

import sqlalchemy as sa

from gis.store.instants import instant_text
from gis.store.schema import Instant


def insert_rows(
    connection: sa.Connection, table: sa.TableClause, rows: Sequence[Mapping[str, Any]]
) -> None:
    """Insert rows that all have the columns of the first; none does nothing."""
    if not rows:
        return
    statement = table.insert().values({name: sa.bindparam(name) for name in rows[0]})
    compiled = statement.compile(connection)
    names = compiled.positiontup or list(rows[0])
    in_order = itemgetter(*names)
    texts = [(place, text) for place, name in enumerate(names) if (text := _text_of(table.c[name]))]

    def stored(row: Mapping[str, Any]) -> list[Any]:
        values = list(in_order(row))
        for place, text in texts:
            if values[place] is not None:
                values[place] = text(values[place])
        return values

    connection.exec_driver_sql(str(compiled), [tuple(stored(row)) for row in rows])


def _text_of(column: sa.ColumnClause[Any]) -> Callable[[Any], str] | None:
    """Return how values that the driver does not know are stored; None for those it knows."""
    if isinstance(column.type, Instant):
        return instant_text
    return date.isoformat if isinstance(column.type, sa.Date) else None
