"""The register on any engine: reads that never change anything, and transactions."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import sqlalchemy as sa
from shapely.errors import ShapelyError

from gis.errors import StoreProblem
from gis.store.engine import Engine
from gis.store.instants import Clock
from gis.store.interface import Dumped, Head, Verified
from gis.store.journal import Signature
from gis.store.mapping import clean_text
from gis.store.reading import NoLayer
from gis.store.reads import Reads
from gis.store.transaction import WriteTransaction
from gis.store.verify import counted, head_of, verified

#: What comes of a value of another type or size than any that was written.
_UNREADABLE: Final = (ValueError, TypeError, OverflowError, AttributeError, ShapelyError)


class RegisterStore(Reads):
    """A register; see `gis.store.interface.Store` for what it offers."""

    def __init__(self, engine: Engine, *, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    @property
    def url(self) -> str:
        """Return where the register is: the path of its file, or an address without password."""
        return self._engine.url

    @contextmanager
    def _reading(self) -> Iterator[sa.Connection]:
        """Open a connection to read; what can't be read back was damaged by something else."""
        with self._engine.reading() as connection, _readable(self.url):
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
        cluster_ids: Sequence[str] = (),
        dry_run: bool = False,
    ) -> Iterator[WriteTransaction]:
        """Begin a change: all of it is kept, or nothing."""
        signature = Signature(
            by=clean_text("by", by),
            action=clean_text("action", action),
            decision_id=decision_id and clean_text("decision_id", decision_id),
            reason=reason and clean_text("reason", reason),
            submitted_by=submitted_by and clean_text("submitted_by", submitted_by),
        )
        locked = sorted({clean_text("cluster_id", cluster_id) for cluster_id in cluster_ids})
        with self._engine.writing(locked, dry_run=dry_run) as connection:
            transaction = WriteTransaction(
                self._engine, connection, signature, self._clock, lambda: _readable(self.url)
            )
            yield transaction
            transaction.finish()

    def serve_many(self) -> None:
        """Let readers go on while somebody writes; `close` ends it."""
        self._engine.serve_many()

    def head(self) -> Head:
        """Return the ends of the journal's chains as they are kept."""
        with self._reading() as connection:
            return head_of(connection)

    def verify(
        self, anchors: Sequence[Head] = (), step: Callable[[str], None] = lambda _what: None
    ) -> Verified:
        """Compute all chains from the tables and replay them against what people see."""
        with self._reading() as connection:
            return verified(self._engine, connection, anchors, step)

    @property
    def dump_name(self) -> str:
        """Return what a file that `dump` writes is called inside a backup."""
        return self._engine.dump_name

    def dump(self, to: Path) -> Dumped:
        """Write all of the register, as of one moment, into an empty file, while others write."""
        with self._reading() as connection:
            dumped = Dumped(head=head_of(connection), counts=counted(connection))
            self._engine.dump(connection, to)
        return dumped

    def counts(self) -> Mapping[str, int]:
        """Return how many versions there are of each kind, by table."""
        with self._reading() as connection:
            return counted(connection)

    def scrub(self) -> None:
        """Leave no byte of what was erased or overwritten in the register's own storage."""
        self._engine.scrub()

    def close(self) -> None:
        """Let the register go; a file is one file without side files again."""
        self._engine.close()


@contextmanager
def _readable(url: str) -> Iterator[None]:
    """Call values that can't be read back what they are: damage from outside."""
    try:
        yield
    except NoLayer:
        raise
    except _UNREADABLE as error:
        raise StoreProblem("register.corrupt", path=url, reason=type(error).__name__) from error
