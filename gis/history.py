"""How a record came to be what it is: its versions with their changes, decisions and authors."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Generic, TypeVar

from gis.errors import NotFound
from gis.model import Change, Cluster, Decision, Moment, Version, today
from gis.store import Reader, WrittenVersion
from gis.store.kinds import kind_of
from gis.store.mapping import to_row

T = TypeVar("T")

#: Stands for the geometry of record among the fields that changed; its values are m².
SHAPE: Final = "shape"


@dataclass(frozen=True, slots=True)
class Difference:
    """A column that a change gave another value: before and after, None where there was none."""

    field: str
    before: str | float | int | bool | date | None
    after: str | float | int | bool | date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told(Generic[T]):
    """A version with the change that wrote it, its decision, and how it came to differ.

    ``differences`` are against the version that it took the place of, which its change ended: of
    several the one that holds longest into it. It is empty for what was only cut to a shorter
    time, and has every known field for the first of a thing. ``ended_by`` is the change that
    ended it, None for what is known now.
    """

    version: Version[T]
    change: Change
    decision: Decision | None
    differences: tuple[Difference, ...]
    ended_by: Change | None = None

    @property
    def is_live(self) -> bool:
        """Say whether the version is what the register knows now."""
        return self.version.known_to is None


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldChange:
    """An entry of a cluster's chain with its decision, None where it names none."""

    change: Change
    decision: Decision | None


def history_of(reader: Reader, cls: type[T], thing_id: str) -> tuple[Told[T], ...]:
    """Return every version of a thing that was ever known, in order of its numbers.

    Accounts are told by id; erased fields stand as they are kept.

    Raises:
        NotFound: ``thing.unknown`` for what never was.
    """
    written = reader.with_record(cls, thing_id)
    if not written:
        table = kind_of(cls).table
        raise NotFound("thing.unknown", table=table, value=thing_id[:80], on="…")
    numbers = sorted({one.version.change for one in written})
    changes = {number: reader.change(number) for number in numbers}
    ends = _ends(reader, written, changes)
    decisions = _decisions(reader, [one.version.decision_id for one in written])
    return tuple(
        Told(
            version=one.version,
            change=changes[one.version.change],
            decision=decisions.get(one.version.decision_id or ""),
            differences=_differences(_before(one, written), one),
            ended_by=ends.get(one.version.number),
        )
        for one in written
    )


def history_of_cluster(reader: Reader, cluster_id: str) -> tuple[ToldChange, ...]:
    """Return the changes of a cluster's land, oldest first: its chain of the journal.

    Raises:
        NotFound: ``cluster.unknown`` for one that never was.
    """
    changes = reader.changes(cluster_id=cluster_id)
    if not changes or not reader.history(Cluster, cluster_id):
        raise NotFound("cluster.unknown", value=cluster_id[:60], near="—")
    decisions = _decisions(reader, [change.decision_id for change in changes])
    return tuple(
        ToldChange(change=change, decision=decisions.get(change.decision_id or ""))
        for change in changes
    )


def _ends(
    reader: Reader, written: Sequence[WrittenVersion[T]], changes: Mapping[int, Change]
) -> dict[int, Change]:
    """Return the change that ended each version which is no longer known, by its number."""
    by_time = {change.at: change for change in changes.values()}
    times = {one.version.known_to for one in written} - {None}
    if not times <= by_time.keys():  # a void writes nothing: it is found in the journal
        by_time |= {change.at: change for change in reader.changes() if change.at in times}
    return {
        one.version.number: by_time[one.version.known_to]
        for one in written
        if one.version.known_to is not None
    }


def _before(
    after: WrittenVersion[T], written: Sequence[WrittenVersion[T]]
) -> WrittenVersion[T] | None:
    """Return the version that another took the place of; None for the first knowledge."""
    ended = [
        one
        for one in written
        if one.version.known_to == after.version.known_from
        and one.version.valid.overlaps(after.version.valid)
    ]
    if ended:
        return max(ended, key=lambda one: one.version.valid.end or date.max)
    return None


def _differences(
    before: WrittenVersion[T] | None, after: WrittenVersion[T]
) -> tuple[Difference, ...]:
    old = {} if before is None else to_row(before.thing)
    new = to_row(after.thing)
    found = [
        Difference(name, old.get(name), value)
        for name, value in new.items()
        if value != old.get(name) and name != "id" and not (before is None and value == "[]")
    ]
    was = None if before is None else before.located
    if _shape(was) != _shape(after.located):
        areas = [None if one is None else one.version.planar_m2 for one in (before, after)]
        found.append(Difference(SHAPE, *areas))
    return tuple(found)


def _shape(located: Any) -> tuple[int, bytes] | None:
    return None if located is None else (located.epsg, located.geometry.wkb)


def _decisions(reader: Reader, ids: Sequence[str | None]) -> dict[str, Decision]:
    wanted = sorted({name for name in ids if name is not None})
    found = reader.all(Decision, Moment(today()), ids=wanted)
    return {version.thing.id: version.thing for version in found}
