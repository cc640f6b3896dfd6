"""What each engine does in its own way; tables, versions, balances and journal are the same."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

import sqlalchemy as sa

from gis.store.interface import Box
from gis.store.schema import Tables


@dataclass(frozen=True, slots=True)
class Listing:
    """A table that other programs are shown: its name, its title and what shapes it has."""

    table: str
    title: str
    geometry: str | None = None


class Engine(Protocol):
    """A way of keeping the register's tables."""

    @property
    def url(self) -> str:
        """Return where the register is, without a password."""

    def creating(self) -> AbstractContextManager[sa.Connection]:
        """Make empty tables and yield a connection to fill them: whole at the end, or not at all.

        Raises:
            StoreProblem: ``register.exists`` where there is something already.
        """

    def schema_version(self) -> int:
        """Return the schema that the register follows; nothing is written to read it.

        Raises:
            StoreProblem: ``register.missing``, ``register.not_ours`` or that it can't be read.
        """

    def reading(self) -> AbstractContextManager[sa.Connection]:
        """Open a connection whose questions are answered as of one moment."""

    def writing(
        self, cluster_ids: Sequence[str], *, dry_run: bool
    ) -> AbstractContextManager[sa.Connection]:
        """Open a connection that may write, and hold the lock of clusters, or of all for none.

        What is written is kept at the end of the block, unless it is a ``dry_run``.
        """

    def migrating(self, kept_as: str) -> AbstractContextManager[tuple[sa.Connection, str | None]]:
        """Open a connection that changes tables, alone with the register.

        Yields it with where a copy of the register as it was is kept, if one is.
        """

    def seal(self, connection: sa.Connection, cluster_ids: Iterable[str]) -> None:
        """Let no other change come in between until the transaction ends.

        ``cluster_ids`` are those that are written, which were perhaps not named at the start.
        """

    def index(
        self, connection: sa.Connection, tables: Tables, rows: Sequence[Mapping[str, Any]]
    ) -> None:
        """Let new versions be found by the box of their shapes; rows are those of the version."""

    def misindexed(self, connection: sa.Connection, tables: Tables) -> Iterable[sa.Row[Any]]:
        """Return the versions (id, version_number, change_number) that `index` does not find."""

    def announce(
        self, connection: sa.Connection, tables: Tables, at: datetime, boxes: Sequence[Box]
    ) -> None:
        """Tell other programs that a layer changed and which boxes it now has shapes in."""

    def go_on_counting(self, connection: sa.Connection, table: sa.Table) -> None:
        """Number further rows of a table after those that were written with their numbers."""

    def add_table(
        self, connection: sa.Connection, table: sa.Table, listing: Listing | None = None
    ) -> None:
        """Make a table, refuse foreign writers on it, and list it for other programs."""

    def serve_many(self) -> None:
        """Let readers go on while somebody writes, until `close`."""

    @property
    def dump_name(self) -> str:
        """Return what a file that `dump` writes is called inside a backup."""

    def dump(self, connection: sa.Connection, to: Path) -> None:
        """Write all of the register, as of what a connection sees, into an empty file."""

    def loading(self, dumped: Path) -> AbstractContextManager["Engine"]:
        """Make the register of what `dump` wrote, and yield it to be looked at.

        It gets its name at the end of the block; an error inside leaves nothing.

        Raises:
            StoreProblem: ``register.exists`` where there is something already.
        """

    def scrub(self) -> None:
        """Leave no byte of what was erased or overwritten in the register's own storage.

        Raises:
            StoreBusy: ``register.busy`` where somebody keeps reading or writing.
        """

    def close(self) -> None:
        """Let the register go."""
