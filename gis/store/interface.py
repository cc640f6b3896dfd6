"""What every engine of the register offers; use cases and the API know only this."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

import numpy as np
import numpy.typing as npt
from shapely.geometry.base import BaseGeometry

from gis.crs import Located
from gis.findings import Finding
from gis.model import Change, LandBalance, Moment, Period, Version

T = TypeVar("T")
S = TypeVar("S", covariant=True)

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Shaped(Generic[S]):
    """A version with its derived WGS84 shape; None where the thing has none."""

    version: Version[S]
    geometry: BaseGeometry | None

    @property
    def thing(self) -> S:
        """Return the thing itself."""
        return self.version.thing


@dataclass(frozen=True, slots=True)
class Recorded(Generic[S]):
    """A version with its geometry of record: coordinates as surveyed, in their own zone."""

    version: Version[S]
    located: Located

    @property
    def thing(self) -> S:
        """Return the thing itself."""
        return self.version.thing


@dataclass(frozen=True, slots=True)
class Known(Generic[S]):
    """Something that the register knew: the thing, when it holds and its geometry of record."""

    thing: S
    valid: Period
    located: Located | None = None


@dataclass(frozen=True, slots=True)
class WrittenVersion(Generic[S]):
    """A version with its geometry of record, None where it has none."""

    version: Version[S]
    located: Located | None = None

    @property
    def thing(self) -> S:
        """Return the thing itself."""
        return self.version.thing


@dataclass(frozen=True, slots=True)
class WrittenBy:
    """A change with the versions that it wrote and those that it ended, and settings it made."""

    change: Change
    opened: tuple[WrittenVersion[Any], ...]
    closed: tuple[WrittenVersion[Any], ...]
    settings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Touched:
    """A version that a change wrote or ended, with that change's number."""

    version: Version[Any]
    change: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A thing to write: when it holds, its geometry of record and the decision behind it."""

    thing: Any
    valid: Period
    located: Located | None = None
    decision_id: str | None = None


@dataclass(frozen=True, slots=True)
class LayerArrays:
    """Columns of a layer and its shapes in one VN-2000 zone, position by position."""

    columns: dict[str, npt.NDArray[np.object_]]
    shapes: npt.NDArray[np.object_]

    def __len__(self) -> int:
        return len(self.shapes)


@dataclass(frozen=True, slots=True)
class Remembered:
    """What a request came to that was carried out before: its digest, result and change."""

    digest: str
    result: str
    change: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The ends of the journal's chains: what an anchor keeps outside of the register.

    ``number`` and ``at`` are the last change's, ``register_hash`` seals all before it and
    ``clusters`` gives the last link of each cluster's chain ("" for things of none).
    """

    number: int
    at: datetime
    register_hash: str
    clusters: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dumped:
    """What was written into a file: the ends of the chains, and versions of each kind."""

    head: Head
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What a verification read and found: the journal's head, counts, and what does not follow.

    ``erased`` counts versions whose personal fields were erased; ``omitted`` are findings beyond
    the first hundred of each code.
    """

    head: Head
    versions: int
    erased: int
    findings: tuple[Finding, ...]
    omitted: int

    @property
    def is_clean(self) -> bool:
        """Say whether everything follows."""
        return not self.findings


class Reader(Protocol):
    """Whoever answers questions about the register: a store, or a transaction under its lock.

    Ids and names are compared in NFC, as they are kept. A question whose ``known_at`` is not
    later than that of `present` has the same answer for ever.
    """

    def all(
        self,
        cls: type[T],
        moment: Moment,
        *,
        cluster_id: str | None = None,
        ids: Sequence[str] | None = None,
    ) -> list[Version[T]]:
        """Return the versions in force at a moment, ordered by id.

        ``cluster_id`` keeps the things of one cluster, ``ids`` these things; unknown ids are left
        out.
        """

    def one(self, cls: type[T], thing_id: str, moment: Moment) -> Version[T]:
        """Return one thing's version in force at a moment.

        Raises:
            NotFound: ``thing.unknown``.
        """

    def history(self, cls: type[T], thing_id: str) -> list[Version[T]]:
        """Return every version of a thing that was ever known, in order of its numbers."""

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
        """Return versions with WGS84 shapes, ordered by id, starting behind ``after``.

        ``bbox`` (west, south, east, north) keeps shapes whose own box meets it, ``ids`` these
        things (a few).
        """

    def known(
        self, cls: type[T], cluster_id: str, known_at: datetime | None = None
    ) -> list[Version[T]]:
        """Return all versions of a cluster's things known at a time, whenever they hold.

        Ordered by id, then by the start of their validity.
        """

    def known_in(
        self, cls: type[T], cluster_ids: Sequence[str], known_at: datetime | None = None
    ) -> list[Known[T]]:
        """Return all that was known at a time of some clusters' things, whenever they hold.

        Each with its geometry of record; ordered by id and version, run by run of clusters.
        """

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
        """Return the versions in force whose text columns have these values, ordered by id.

        ``ids`` keeps these things (at most 10 000), ``after`` is the id to start behind.
        """

    def counter_at(self, known_at: datetime | None) -> int:
        """Return the number of the last change known at a time; 0 before the first."""

    def touched_since(self, number: int) -> frozenset[str]:
        """Return the clusters that changes after one wrote; "" for things of no cluster."""

    def records(
        self,
        cls: type[T],
        moment: Moment,
        *,
        cluster_id: str | None = None,
        ids: Sequence[str] | None = None,
    ) -> list[Recorded[T]]:
        """Return versions that have a geometry of record, ordered by id."""

    def arrays(self, cls: type, moment: Moment, names: Sequence[str], epsg: int) -> LayerArrays:
        """Return a whole layer in force as arrays, its shapes in one VN-2000 zone.

        ``names`` are columns of the layer's table; things without a shape are left out.
        """

    def balances(self, moment: Moment) -> list[LandBalance]:
        """Return the kept land balance of every cluster that has one, ordered by cluster."""

    def balance(self, cluster_id: str, moment: Moment) -> LandBalance | None:
        """Return one cluster's kept land balance; None where it has no boundary or plan."""

    def balance_history(
        self, cluster_id: str, known_at: datetime | None = None
    ) -> list[LandBalance]:
        """Return a cluster's kept balances in order of time."""

    def recompute_balances(self, moment: Moment) -> list[LandBalance]:
        """Compute every balance of a moment afresh from geometries; what `check` compares."""

    def changes(self, *, cluster_id: str | None = None) -> list[Change]:
        """Return the journal, oldest first; of one cluster with its parts only, or of all."""

    def change(self, number: int) -> Change:
        """Return an entry of the journal by its number.

        Raises:
            NotFound: ``change.unknown``.
        """

    def written_by(self, number: int) -> WrittenBy:
        """Return what a change wrote and ended, in the order of kinds, ids and versions.

        Raises:
            NotFound: ``change.unknown``.
        """

    def written_since(self, number: int) -> list[Touched]:
        """Return the versions that changes after one wrote, and those that they ended.

        One that was both comes twice; in the order of kinds and ids.
        """

    def with_record(self, cls: type[T], thing_id: str) -> list[WrittenVersion[T]]:
        """Return every version of a thing that was ever known, with its geometry of record."""

    def referring(self, cls: type[T], field: str, thing_id: str) -> list[Version[T]]:
        """Return the versions known now whose field is an id, or a list that holds it.

        Whenever they hold; ordered by id and number.
        """

    def change_counter(self) -> int:
        """Return the number of the last change; 0 for a new register."""

    def present(self, on: date) -> Moment:
        """Return ``on`` as known by now, pinned so that later questions agree with earlier."""

    def setting(self, name: str) -> str | None:
        """Return a setting of the register as it is now, None where it was never made."""

    def remembered(self, by: str, key: str) -> "Remembered | None":
        """Return what an account's request with a key came to, None for a new one."""

    def naming(self, cls: type, words: Sequence[str]) -> list[str]:
        """Return the ids of things with a word in a personal field of any version, in order."""

    def is_empty(self) -> bool:
        """Say whether nothing was ever written."""


class Transaction(Reader, Protocol):
    """A change in the making: all of it is kept, or nothing.

    Wishes are collected and carried out, in their order, when the block of the transaction ends.
    Questions are answered as of before the change, and nobody else can change the answers.
    """

    def put(self, entry: Entry) -> None:
        """Let a thing hold for a period; earlier versions give way where they overlap it."""

    def put_many(self, entries: Iterable[Entry]) -> None:
        """Put many things, each as `put`."""

    def void(self, cls: type, thing_id: str, valid: Period = Period()) -> None:
        """Let the register hold nothing of a thing for a period; its versions stay in history.

        The block ends with NotFound ``thing.unknown`` where nothing is known of that period.
        """

    def erase(self, cls: type, thing_id: str) -> None:
        """Erase the personal fields of a thing from all its versions, those of this change too.

        The journal still vouches for the versions. The block ends with NotFound ``thing.unknown``
        where there never was one, and with Conflict ``erasure.unsealed`` for what the program's
        first release wrote.
        """

    def set_setting(self, name: str, value: str) -> None:
        """Keep a setting of the register."""

    def remember(self, key: str, digest: str, result: str) -> None:
        """Keep what this request, told by its author's key and its digest, comes to."""

    @property
    def number(self) -> int:
        """Return the number of this change in the journal, once the block has ended.

        It is the last one's where the block wished for nothing.
        """

    @property
    def versions(self) -> Mapping[tuple[type, str], int]:
        """Return the highest version number of each thing written, once the block has ended."""


class Store(Reader, Protocol):
    """A register of land, whatever engine holds it."""

    @property
    def url(self) -> str:
        """Return where the register is."""

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
    ) -> AbstractContextManager[Transaction]:
        """Begin a change; leaving the block keeps all of it, an error inside keeps nothing.

        ``decision_id`` is the decision behind every entry that names none of its own; ``reason``
        says why a record is corrected or voided; ``submitted_by`` proposed what ``by`` puts in
        force. The clusters named are locked from the beginning, so that what the block reads of
        them holds until its end; nobody else writes them meanwhile. A ``dry_run`` does everything,
        so that its errors show, and keeps nothing.

        Raises:
            StoreBusy: ``register.busy`` where somebody else keeps writing.
        """

    def serve_many(self) -> None:
        """Let readers go on while somebody writes, until `close`."""

    def head(self) -> Head:
        """Return the ends of the journal's chains as they are kept."""

    def verify(
        self, anchors: Sequence[Head] = (), step: Callable[[str], None] = lambda _what: None
    ) -> Verified:
        """Compute all chains from the tables and replay them against what people see.

        Names what was changed behind the register's back. ``anchors`` were kept outside: each
        has to lie in the register's history. ``step`` is told what is being read.
        """

    @property
    def dump_name(self) -> str:
        """Return what a file that `dump` writes is called inside a backup."""

    def dump(self, to: Path) -> Dumped:
        """Write all of the register, as of one moment, into an empty file, while others write.

        Raises:
            StoreProblem: ``register.full``, ``register.io``, ``register.read_only``.
        """

    def counts(self) -> Mapping[str, int]:
        """Return how many versions there are of each kind, by table."""

    def scrub(self) -> None:
        """Leave no byte of what was erased or overwritten in the register's own storage.

        Raises:
            StoreBusy: ``register.busy`` where somebody keeps reading or writing.
        """

    def close(self) -> None:
        """Let the register go; a file is one file again."""


#: Tells how far long work has come: what is done, how much of it, how much there is.
Progress = Callable[[str, int, int], None]
