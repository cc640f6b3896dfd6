"""The questions that a store and a transaction both answer, each over a connection of its own."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import date, datetime
from typing import ClassVar, TypeVar

import sqlalchemy as sa

from gis.model import Change, LandBalance, Moment, Version
from gis.store import balances as kept
from gis.store import personal, reading, searching, tracing
from gis.store.arrays import layer_arrays
from gis.store.interface import (
    Box,
    Known,
    LayerArrays,
    Recorded,
    Remembered,
    Shaped,
    Touched,
    WrittenBy,
    WrittenVersion,
)
from gis.store.schema import TABLES

T = TypeVar("T")


class Reads(ABC):
    """Answers questions about the register; see `gis.store.interface.Reader`.

    A store opens a connection for each question. A transaction asks on its own, which holds the
    lock: what it is told can't change before it ends. Its own wishes are not among the answers.
    """

    _sees_one_moment: ClassVar[bool] = True

    @abstractmethod
    def _reading(self) -> AbstractContextManager[sa.Connection]:
        """Open a connection to read; what can't be read back was damaged by something else."""

    @contextmanager
    def _asking(self, moment: Moment) -> Iterator[tuple[sa.Connection, Moment]]:
        """Open a connection to ask about a moment, put as simply as it can be.

        What was known at or after the last change is what is known now: that has an index which
        does not grow with history. A connection that sees other changes come in keeps the time.
        """
        with self._reading() as connection:
            is_now = (
                self._sees_one_moment
                and moment.known_at is not None
                and moment.known_at >= reading.last_change(connection)[1]
            )
            yield connection, Moment(moment.on) if is_now else moment

    def all(
        self,
        cls: type[T],
        moment: Moment,
        *,
        cluster_id: str | None = None,
        ids: Sequence[str] | None = None,
    ) -> list[Version[T]]:
        """Return the versions in force at a moment, ordered by id."""
        with self._asking(moment) as (connection, asked):
            return reading.versions(connection, cls, asked, cluster_id=cluster_id, ids=ids)

    def one(self, cls: type[T], thing_id: str, moment: Moment) -> Version[T]:
        """Return one thing's version in force; raises NotFound ``thing.unknown``."""
        with self._asking(moment) as (connection, asked):
            return reading.one(connection, cls, thing_id, asked)

    def history(self, cls: type[T], thing_id: str) -> list[Version[T]]:
        """Return every version of a thing that was ever known."""
        with self._reading() as connection:
            return reading.history(connection, cls, thing_id)

    def known(
        self, cls: type[T], cluster_id: str, known_at: datetime | None = None
    ) -> list[Version[T]]:
        """Return all versions of a cluster's things known at a time, whenever they hold."""
        with self._reading() as connection:
            return reading.known_versions(connection, cls, cluster_id, known_at)

    def known_in(
        self, cls: type[T], cluster_ids: Sequence[str], known_at: datetime | None = None
    ) -> list[Known[T]]:
        """Return all that was known at a time of some clusters' things, whenever they hold."""
        with self._reading() as connection:
            return searching.known_in(connection, cls, cluster_ids, known_at)

    def find(
        self,
        cls: type[T],
        moment: Moment,
        equal: Mapping[str, str],
        *,
        ids: Sequence[str] | None = None,
        after: str | None = None,
        limit: int | None = None,
    ) -> list[Version[T]]:
        """Return the versions in force whose text columns have these values, ordered by id."""
        with self._asking(moment) as (connection, asked):
            return searching.find(connection, cls, asked, equal, ids=ids, after=after, limit=limit)

    def counter_at(self, known_at: datetime | None) -> int:
        """Return the number of the last change known at a time; 0 before the first."""
        with self._reading() as connection:
            return searching.counter_at(connection, known_at)

    def touched_since(self, number: int) -> frozenset[str]:
        """Return the clusters that changes after one wrote."""
        with self._reading() as connection:
            return searching.touched_since(connection, number)

    def shaped(
        self,
        cls: type[T],
        moment: Moment,
        *,
        cluster_id: str | None = None,
        bbox: Box | None = None,
        after: str | None = None,
        limit: int | None = None,
        ids: Sequence[str] | None = None,
    ) -> list[Shaped[T]]:
        """Return versions with WGS84 shapes, ordered by id, starting behind ``after``."""
        with self._asking(moment) as (connection, asked):
            return reading.shaped(
                connection,
                cls,
                asked,
                cluster_id=cluster_id,
                bbox=bbox,
                after=after,
                limit=limit,
                ids=ids,
            )

    def records(
        self,
        cls: type[T],
        moment: Moment,
        *,
        cluster_id: str | None = None,
        ids: Sequence[str] | None = None,
    ) -> list[Recorded[T]]:
        """Return versions that have a geometry of record, ordered by id."""
        with self._asking(moment) as (connection, asked):
            return reading.records(connection, cls, asked, cluster_id=cluster_id, ids=ids)

    def arrays(self, cls: type, moment: Moment, names: Sequence[str], epsg: int) -> LayerArrays:
        """Return a whole layer in force as arrays, its shapes in one VN-2000 zone."""
        with self._asking(moment) as (connection, asked):
            return layer_arrays(connection, cls, asked, names, epsg)

    def balances(self, moment: Moment) -> list[LandBalance]:
        """Return the kept land balance of every cluster that has one."""
        with self._asking(moment) as (connection, asked):
            return reading.balances(connection, asked)

    def balance(self, cluster_id: str, moment: Moment) -> LandBalance | None:
        """Return one cluster's kept land balance, None where it has none."""
        with self._asking(moment) as (connection, asked):
            return next(iter(reading.balances(connection, asked, cluster_id)), None)

    def balance_history(
        self, cluster_id: str, known_at: datetime | None = None
    ) -> list[LandBalance]:
        """Return a cluster's kept balances in order of time."""
        with self._reading() as connection:
            return reading.balance_history(connection, cluster_id, known_at)

    def recompute_balances(self, moment: Moment) -> list[LandBalance]:
        """Compute every balance of a moment afresh from the geometries of record."""
        with self._asking(moment) as (connection, asked):
            return kept.recomputed(connection, asked)

    def changes(self, *, cluster_id: str | None = None) -> list[Change]:
        """Return the journal, oldest first; of one cluster, or of all."""
        with self._reading() as connection:
            return reading.changes(connection, cluster_id)

    def change(self, number: int) -> Change:
        """Return an entry of the journal; raises NotFound ``change.unknown``."""
        with self._reading() as connection:
            return tracing.one_change(connection, number)

    def written_by(self, number: int) -> WrittenBy:
        """Return what a change wrote and ended; raises NotFound ``change.unknown``."""
        with self._reading() as connection:
            return tracing.written_by(connection, number)

    def written_since(self, number: int) -> list[Touched]:
        """Return the versions that changes after one wrote or ended."""
        with self._reading() as connection:
            return tracing.written_since(connection, number)

    def with_record(self, cls: type[T], thing_id: str) -> list[WrittenVersion[T]]:
        """Return every version of a thing that was ever known, with its geometry of record."""
        with self._reading() as connection:
            return tracing.with_record(connection, cls, thing_id)

    def referring(self, cls: type[T], field: str, thing_id: str) -> list[Version[T]]:
        """Return the versions known now whose field is an id, or a list that holds it."""
        with self._reading() as connection:
            return tracing.referring(connection, cls, field, thing_id)

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

    def remembered(self, by: str, key: str) -> Remembered | None:
        """Return what an account's request with a key came to, None for a new one."""
        with self._reading() as connection:
            return reading.remembered(connection, by, key)

    def naming(self, cls: type, words: Sequence[str]) -> list[str]:
        """Return the ids of things with a word in a personal field of any version."""
        with self._reading() as connection:
            return personal.naming(connection, TABLES[cls], words)

    def is_empty(self) -> bool:
        """Say whether nothing was ever written."""
        return self.change_counter() == 0
