"""Rows as the engine keeps them: a value that nobody could have written must not stop the reading.

Dates and times come as text or dates, which are the same in a canonical row.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import sqlalchemy as sa

Row = dict[str, Any]

#: Rows fetched at once.
_PORTION: Final = 2_000
_FLAGS: Final[Mapping[Any, bool]] = {0: False, 1: True}
_ANYTHING: Final = sa.types.NullType()


def as_stored(column: sa.ColumnElement[Any], name: str) -> sa.ColumnElement[Any]:
    """Return a column whose values are taken as they come."""
    return sa.type_coerce(column, _ANYTHING).label(name)


def stored_columns(table: sa.Table) -> list[sa.ColumnElement[Any]]:
    """Return all columns of a table, as they are stored."""
    return [as_stored(column, column.name) for column in table.c]


def stored_rows(
    connection: sa.Connection, query: sa.Select[Any], tables: Sequence[sa.Table]
) -> Iterator[Row]:
    """Yield the rows of a query in portions; flags of these tables are true or false."""
    flags = {c.name for table in tables for c in table.c if isinstance(c.type, sa.Boolean)}
    options = {"stream_results": True, "yield_per": _PORTION}
    result = connection.execute(query, execution_options=options)
    names = list(result.keys())
    for values in result:
        row = dict(zip(names, values, strict=True))
        for name in flags:
            row[name] = _flag(row[name])
        yield row


def _flag(value: Any) -> Any:
    return _FLAGS.get(value, value) if isinstance(value, int) else value
