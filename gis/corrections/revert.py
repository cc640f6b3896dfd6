"""Revert a change: what it wrote ends, what it ended is there again, in a change of its own."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gis.corrections.references import misses, names_of, without
from gis.errors import Conflict, RuleBroken
from gis.mandates import Done, Mandate, carry_out, require_reason
from gis.model import Change, Period, Version
from gis.store import Entry, Reader, Store, Touched, WrittenBy, WrittenVersion
from gis.store.kinds import kind_of

_Thing = tuple[type, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Revert:
    """The number of the change that is taken back."""

    change: int


def revert_change(store: Store, request: Revert, mandate: Mandate) -> Done:
    """Take a change back, an import as well as any other.

    Afterwards every question about any day is answered as before the change; that it was made,
    and what was known meanwhile, stays known. A revert can be reverted.

    Raises:
        RuleBroken: ``reason.required``, ``revert.nothing``, ``revert.settings``.
        NotFound: ``change.unknown``.
        Conflict: ``revert.depended_on`` where later changes left the same things otherwise, or
            name things that would be gone; with ids and change numbers.
    """
    require_reason(mandate)
    where = _clusters(store.change(request.change))
    with carry_out(store, mandate, "change.revert", cluster_ids=where, is_land=False) as (
        transaction,
        done,
    ):
        written = transaction.written_by(request.change)
        _require_revertible(written)
        _refuse_depended_on(transaction, written)
        for one in written.opened:
            transaction.void(type(one.thing), one.thing.id, one.version.valid)
        for one in written.closed:
            valid, decision_id = one.version.valid, one.version.decision_id
            transaction.put(Entry(one.thing, valid, one.located, decision_id))
        done.tell(*_touched(written))
        counts = {"ended": len(written.opened), "restored": len(written.closed)}
        done.note("note.reverted", change=request.change, **counts)
    return done


def _clusters(change: Change) -> list[str]:
    """Return the clusters to lock; none, which is all, where things of no cluster were written."""
    ids = [part.cluster_id for part in change.parts]
    return ids if all(ids) else []


def _require_revertible(written: WrittenBy) -> None:
    number = written.change.number
    if written.settings:
        names = ", ".join(written.settings)
        raise RuleBroken("revert.settings", change=number, names=names)
    if not written.opened and not written.closed:
        raise RuleBroken("revert.nothing", change=number)


def _touched(written: WrittenBy) -> list[_Thing]:
    """Return the things that a change wrote or ended, each once, in order."""
    things = [(type(one.thing), one.thing.id) for one in (*written.opened, *written.closed)]
    return list(dict.fromkeys(things))


def _refuse_depended_on(reader: Reader, written: WrittenBy) -> None:
    """Refuse where later changes left the same things otherwise, or name what would be gone.

    Later changes that were taken back themselves stand in nobody's way.

    Raises:
        Conflict: ``revert.depended_on``.
    """
    number = written.change.number
    lost, later = _lost(written), reader.written_since(number)
    again = {_thing(one.version) for one in later} & set(_touched(written))
    changed = {thing for thing in again if _is_otherwise(reader, thing, written.change)}
    others = {
        (one.change, kind_of(type(one.version.thing)).table, one.version.thing.id)
        for one in later
        if _thing(one.version) in changed or _names_lost(one, lost)
    }
    if not others:
        return
    told = [
        {"change": change, "table": table, "id": thing_id}
        for change, table, thing_id in sorted(others)
    ]
    names = ", ".join(f"{one['table']} {one['id']} ({one['change']})" for one in told[:10])
    facts = {"change": number, "names": names, "others": told[:100], "count": len(told)}
    raise Conflict("revert.depended_on", **facts)


def _is_otherwise(reader: Reader, thing: _Thing, change: Change) -> bool:
    """Say whether what is known of a thing now is not what was known right after a change."""
    versions: list[WrittenVersion[Any]] = reader.with_record(*thing)
    now = [one for one in versions if one.version.known_to is None]
    then = [one for one in versions if _was_known(one.version, change.at)]
    return sorted(map(_content, now), key=repr) != sorted(map(_content, then), key=repr)


def _was_known(version: Version[Any], at: datetime) -> bool:
    return version.known_from <= at and (version.known_to is None or version.known_to > at)


def _content(one: WrittenVersion[Any]) -> tuple[Any, ...]:
    version, located = one.version, one.located
    shape = None if located is None else (located.epsg, located.geometry.wkb)
    return (version.valid, version.thing, version.decision_id, shape)


def _lost(written: WrittenBy) -> Mapping[_Thing, Sequence[Period]]:
    """Return the things that a revert leaves without a version, and when."""
    restored: dict[_Thing, list[Period]] = defaultdict(list)
    for one in written.closed:
        restored[_thing(one.version)].append(one.version.valid)
    lost: dict[_Thing, list[Period]] = defaultdict(list)
    for one in written.opened:
        thing = _thing(one.version)
        lost[thing] += without(one.version.valid, restored[thing])
    return {thing: periods for thing, periods in lost.items() if periods}


def _names_lost(later: Touched, lost: Mapping[_Thing, Iterable[Period]]) -> bool:
    """Say whether what a later change wrote is known now and names something that is lost."""
    version = later.version
    if version.known_to is not None or version.change != later.change:
        return False
    return any(
        misses(version, field, lost[cls, thing_id])
        for field, cls, thing_id in names_of(version)
        if (cls, thing_id) in lost
    )


def _thing(version: Version[Any]) -> _Thing:
    return (type(version.thing), version.thing.id)
