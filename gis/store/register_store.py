"""The register on an SQLAlchemy engine: reads that never change anything, and transactions."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

import sqlalchemy as sa
from shapely.errors import ShapelyError

from gis.errors import StoreProblem
from gis.model import Change, LandBalance, Moment, Version
from gis.store import balances as kept
from gis.store import geopackage, reading
from gis.store.arrays import layer_arrays
from gis.store.instants import Clock, after
from gis.store.interface import Box, LayerArrays, Recorded, Shaped
from gis.store.journal import Heading
from gis.store.mapping import clean_text
from gis.store.transaction import WriteTransaction

T = TypeVar("T")


class GeoPackageStore:
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
        with geopackage.translating(self._path), self._engine.connect() as connection:
            try:
                yield connection
            except (ValueError, ShapelyError) as error:
                facts = {"path": str(self._path), "reason": type(error).__name__}
                raise StoreProblem("register.corrupt", **facts) from error

    def all(
        self,
        cls: type[T],
        moment: Moment,
        *,
        cluster_id: str | None = None,
        ids: Sequence[str] | None = None,
    ) -> list[Version[T]]:
        """Return the versions in force at a moment, ordered by id."""
        with self._reading() as connection:
            return reading.versions(connection, cls, moment, cluster_id=cluster_id, ids=ids)

    def one(self, cls: type[T], thing_id: str, moment: Moment) -> Version[T]:
        """Return one thing's version in force; raises NotFound ``thing.unknown``."""
        with self._reading() as connection:
            return reading.one(connection, cls, thing_id, moment)

    def history(self, cls: type[T], thing_id: str) -> list[Version[T]]:
        """Return every version of a thing that was ever known."""
        with self._reading() as connection:
            return reading.history(connection, cls, thing_id)

    def shaped(
        self,
        cls: type[T],
        moment: Moment,
        *,
        cluster_id: str | None = None,
        bbox: Box | None = None,
        after: str | None = None,
        limit: int | None = None,
    ) -> list[Shaped[T]]:
        """Return versions with WGS84 shapes, ordered by id, starting behind ``after``."""
        with self._reading() as connection:
            return reading.shaped(
                connection,
                cls,
                moment,
                cluster_id=cluster_id,
                bbox=bbox,
                after=after,
                limit=limit,
            )

    def records(
        self, cls: type[T], moment: Moment, *, cluster_id: str | None = None
    ) -> list[Recorded[T]]:
        """Return versions that have a geometry of record, ordered by id."""
        with self._reading() as connection:
            return reading.records(connection, cls, moment, cluster_id=cluster_id)

    def arrays(self, cls: type, moment: Moment, names: Sequence[str], epsg: int) -> LayerArrays:
        """Return a whole layer in force as arrays, its shapes in one VN-2000 zone."""
        with self._reading() as connection:
            return layer_arrays(connection, cls, moment, names, epsg)

    def balances(self, moment: Moment) -> list[LandBalance]:
        """Return the kept land balance of every cluster that has one."""
        with self._reading() as connection:
            return reading.balances(connection, moment)

    def balance(self, cluster_id: str, moment: Moment) -> LandBalance | None:
        """Return one cluster's kept land balance, None where it has none."""
        with self._reading() as connection:
            return next(iter(reading.balances(connection, moment, cluster_id)), None)

    def balance_history(
        self, cluster_id: str, known_at: datetime | None = None
    ) -> list[LandBalance]:
        """Return a cluster's kept balances in order of time."""
        with self._reading() as connection:
            return reading.balance_history(connection, cluster_id, known_at)

    def recompute_balances(self, moment: Moment) -> list[LandBalance]:
        """Compute every balance of a moment afresh from the geometries of record."""
        with self._reading() as connection:
            return kept.recomputed(connection, moment)

    def changes(self) -> list[Change]:
        """Return the journal, oldest first."""
        with self._reading() as connection:
            return reading.changes(connection)

    def change_counter(self) -> int:
        """Return the number of the last change; 0 for a new register."""
        with self._reading() as connection:
            return reading.last_change(connection)[0]

    def present(self, on: date) -> Moment:
        """Return ``on`` as known by now, pinned."""
        with self._reading() as connection:
            return Moment(on, reading.last_change(connection)[1])

    def setting(self, name: str) -> str | None:
        """Return a setting of the register, None where it was never made."""
        with self._reading() as connection:
            return reading.setting_value(connection, name)

    def is_empty(self) -> bool:
        """Say whether nothing was ever written."""
        return self.change_counter() == 0

    @contextmanager
    def transaction(
        self, *, by: str, action: str, decision_id: str | None = None, reason: str | None = None
    ) -> Iterator[WriteTransaction]:
        """Begin a change: all of it is kept, or nothing."""
        with (
            geopackage.translating(self._path),
            self._engine.connect().execution_options(ccn_write=True) as connection,
            connection.begin(),
        ):
            number, last = reading.last_change(connection)
            heading = Heading(
                number=number + 1,
                at=after(last, self._clock()),
                by=clean_text("by", by),
                action=clean_text("action", action),
                decision_id=decision_id and clean_text("decision_id", decision_id),
                reason=reason and clean_text("reason", reason),
            )
            transaction = WriteTransaction(connection, heading)
            with geopackage.gate_open(connection):
                yield transaction
                transaction.finish()

    def serve_many(self) -> None:
        """Let readers go on while somebody writes (WAL); `close` makes one file again."""
        with geopackage.translating(self._path):
            self._keeper = geopackage.start_serving(self._engine)

    def close(self) -> None:
        """Let the file go as one file without side files, unless another program has it open."""
        if self._keeper is not None:
            self._keeper.close()
        self._engine.dispose()
        geopackage.end_serving(self._path)
