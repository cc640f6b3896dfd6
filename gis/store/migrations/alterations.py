"""What a migration can do to a register's tables, on every engine."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.schema import CreateColumn

from gis.store.column_types import TEXT, WHOLE, Instant
from gis.store.engine import Engine, Listing


class Alterations:
    """Changes tables inside one transaction.

    Nothing here copies a table: what GeoPackage's triggers, numbering and listing hang on stays.
    """

    def __init__(self, engine: Engine, connection: sa.Connection) -> None:
        self._engine = engine
        self._connection = connection

    def add_column(self, table: str, column: sa.Column[Any]) -> None:
        """Add a column that may be null; rows that are there have nothing in it."""
        holder = sa.Table(table, sa.MetaData(), column)
        dialect = self._connection.dialect
        name = dialect.identifier_preparer.format_table(holder)
        told = CreateColumn(column).compile(dialect=dialect)
        self._connection.exec_driver_sql(f"ALTER TABLE {name} ADD COLUMN {told}")

    def add_table(self, table: sa.Table, listing: Listing | None = None) -> None:
        """Add a table with its indexes, closed to foreign writers; listed to be read by them."""
        self._engine.add_table(self._connection, table, listing)

    def add_index(self, index: sa.Index) -> None:
        """Add an index to a table that is there."""
        index.create(self._connection)


def current_table(name: str, *columns: sa.Column[Any]) -> sa.Table:
    """Return the table of a kind without shape: its latest versions, as of schema 1."""
    return sa.Table(
        name,
        sa.MetaData(),
        sa.Column("fid", WHOLE, primary_key=True, autoincrement=True, nullable=False),
        sa.Column("id", TEXT, nullable=False, unique=True),
        *columns,
        sa.Column("version_number", WHOLE, nullable=False),
        sa.Column("valid_from", sa.Date()),
        sa.Column("valid_to", sa.Date()),
        sqlite_autoincrement=True,
    )


def version_table(name: str, *columns: sa.Column[Any]) -> sa.Table:
    """Return the table of all versions of a kind without shape, as of schema 1."""
    table = sa.Table(
        f"{name}_version",
        sa.MetaData(),
        sa.Column("row_id", WHOLE, primary_key=True, autoincrement=True, nullable=False),
        sa.Column("id", TEXT, nullable=False),
        *columns,
        sa.Column("version_number", WHOLE, nullable=False),
        sa.Column("valid_from", sa.Date()),
        sa.Column("valid_to", sa.Date()),
        sa.Column("known_from", Instant(), nullable=False),
        sa.Column("known_to", Instant()),
        sa.Column("change_number", WHOLE, nullable=False, index=True),
        sa.Column("by_decision_id", TEXT),
        sa.UniqueConstraint("id", "version_number"),
        sqlite_autoincrement=True,
    )
    if "cluster_id" in table.c:
        sa.Index(f"ix_{name}_version_cluster", table.c.cluster_id, table.c.id)
    return table
