"""The register on an SQLAlchemy engine: reads that never change anything, and transactions."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from shapely.errors import ShapelyError

from gis.errors import StoreProblem
from gis.store import geopackage, reading
from gis.store.instants import Clock, after
from gis.store.journal import Heading
from gis.store.mapping import clean_text
from gis.store.reads import Reads
from gis.store.transaction import WriteTransaction


class GeoPackageStore(Reads):
    """A register in one GeoPackage file; see `gis.store.interface.Store` for what it offers."""

    def __init__(self, path: Path, *, clock: Clock, wait_s: float) -> None:
        self._path = path
        self._clock = clock
        self._engine = geopackage.engine_for(path, wait_s)
        self._keeper: sa.PoolProxiedConnection | None = None

    @property
    def url(self) -> str:
        """Return the path of the file."""
        return str(self._path)

    @contextmanager
    def _reading(self) -> Iterator[sa.Connection]:
        """Open a connection to read; what can't be read back was damaged by something else."""
        with (
            geopackage.translating(self._path),
            self._engine.connect() as connection,
            _readable(self.url),
        ):
            yield connection

    @contextmanager
    def transaction(
        self,
        *,
        by: str,
        action: str,
        decision_id: str | None = None,
        reason: str | None = None,
        submitted_by: str | None = None,
        cluster_ids: Sequence[str] = (),  # noqa: ARG002 - the file's one write lock holds them all
        dry_run: bool = False,
    ) -> Iterator[WriteTransaction]:
        """Begin a change: all of it is kept, or nothing."""
        with (
            geopackage.translating(self._path),
            self._engine.connect().execution_options(ccn_write=True) as connection,
            connection.begin() as kept,
        ):
            number, last = reading.last_change(connection)
            heading = Heading(
                number=number + 1,
                at=after(last, self._clock()),
                by=clean_text("by", by),
                action=clean_text("action", action),
                decision_id=decision_id and clean_text("decision_id", decision_id),
                reason=reason and clean_text("reason", reason),
                submitted_by=submitted_by and clean_text("submitted_by", submitted_by),
            )
            transaction = WriteTransaction(connection, heading, lambda: _readable(self.url))
            with geopackage.gate_open(connection):
                yield transaction
                transaction.finish()
            if dry_run:
                kept.rollback()

    def serve_many(self) -> None:
        """Let readers go on while somebody writes (WAL); `close` makes one file again."""
        with geopackage.translating(self._path):
            self._keeper = geopackage.start_serving(self._engine)

    def scrub(self) -> None:
        """Write the file anew, so that no byte of what was erased is left in it."""
        with geopackage.translating(self._path):
            geopackage.write_anew(self._engine)

    def close(self) -> None:
        """Let the file go as one file without side files, unless another program has it open."""
        if self._keeper is not None:
            self._keeper.close()
        self._engine.dispose()
        geopackage.end_serving(self._path)


@contextmanager
def _readable(url: str) -> Iterator[None]:
    """Call values that can't be read back what they are: damage from outside."""
    try:
        yield
    except (ValueError, ShapelyError) as error:
        raise StoreProblem("register.corrupt", path=url, reason=type(error).__name__) from error
