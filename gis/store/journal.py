"""The journal's newest entry: what a transaction wrote and ended, chained to all before it.

The entry holds digests, not copies: the versions themselves carry the number of the change that
wrote them and the time at which a later one ended them (docs/adr/0001).
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from operator import itemgetter
from types import MappingProxyType
from typing import Any, Final

import sqlalchemy as sa

from gis.store import chain
from gis.store.kinds import Kind
from gis.store.reading import chunks
from gis.store.schema import change, change_part
from gis.store.versions import Draft

#: Columns that came after the first release. They are left out of a digest where they are empty,
#: so that what was written before them keeps its digest.
_ADDED: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "lease": frozenset({"term_scope"}),
        "change": frozenset({"submitted_by"}),
        "party": frozenset({"personal_hash"}),
        "submission": frozenset({"personal_hash"}),
    }
)
#: Columns that no digest holds: they may be forgotten later, or tell what it is.
_UNTOLD: Final = frozenset({"personal_salt", "erased_change_number", "row_hash"})


def as_first_told(table: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row without the later columns that are empty."""
    added = _ADDED.get(table, frozenset())
    return {name: value for name, value in row.items() if value is not None or name not in added}


def version_text(kind: Kind, row: Mapping[str, Any], record: Mapping[str, Any]) -> str:
    """Return what is vouched for of a new version: its columns and geometry of record.

    What was derived from these is left out: a later PROJ may round it differently. Where personal
    fields have a hash, it stands for them.
    """
    untold = set(_UNTOLD)
    if row.get("personal_hash") is not None:
        untold.update(name for name, _ in kind.personal)
    told = {name: value for name, value in row.items() if name not in untold}
    return chain.canonical({**as_first_told(kind.table, told), "record": record})


@dataclass(slots=True)
class Part:
    """What happened to one cluster: counts and a running digest."""

    opened: int = 0
    closed: int = 0
    digest: Any = field(default_factory=hashlib.sha256)

    def note(self, verb: str, table: str, text: str) -> None:
        """Take a note into the digest."""
        self.digest.update(f"{verb} {table} {text}\n".encode())


@dataclass(slots=True)
class Written:
    """Everything a transaction wrote, by cluster ("" for things of none).

    A cluster's digest depends on the order of its notes, which the tables give back: kinds in
    their order, things by id, of each the versions that ended and then the new ones, by number;
    then the versions that were erased, in the same order; settings last, by name.
    """

    parts: dict[str, Part] = field(default_factory=lambda: defaultdict(Part))

    @property
    def is_empty(self) -> bool:
        """Say whether nothing was written."""
        return not self.parts

    def note(self, table: str, ended: Iterable[Draft], fresh: Iterable[tuple[Draft, str]]) -> None:
        """Note versions of a kind that ended, and new ones with what is vouched for of them."""
        notes = [(d.id, False, d.number, d, named(d.id, d.number)) for d in ended]
        notes += [(d.id, True, d.number, d, text) for d, text in fresh]
        for _, is_new, _, draft, text in sorted(notes, key=itemgetter(0, 1, 2)):
            part = self.parts[draft.cluster_id]
            part.note("open" if is_new else "close", table, text)
            part.opened += is_new
            part.closed += not is_new

    def erased(self, table: str, cluster_id: str, thing_id: str, number: int) -> None:
        """Note that the personal fields of a version were erased."""
        self.parts[cluster_id].note("erase", table, named(thing_id, number))

    def set(self, name: str, value: str) -> None:
        """Note a setting."""
        text = chain.canonical({"name": name, "value": value})
        self.parts[""].note("set", "setting", text)


def named(thing_id: str, number: int) -> str:
    """Return how a version is named that was vouched for before."""
    return chain.canonical({"id": thing_id, "version_number": number})


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who changes the register, what it is called, why and by which decision."""

    by: str
    action: str
    decision_id: str | None
    reason: str | None
    submitted_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading(Signature):
    """A signature with the place that its change takes in the journal."""

    number: int
    at: datetime

    @classmethod
    def of(cls, signature: Signature, number: int, at: datetime) -> "Heading":
        """Give a signed change its number and time."""
        return cls(**asdict(signature), number=number, at=at)

    def row(self) -> dict[str, Any]:
        """Return the heading's columns in the journal."""
        return asdict(self)


def append(connection: sa.Connection, heading: Heading, written: Written) -> None:
    """Chain and write the entry of a transaction."""
    before = _cluster_hashes(connection, sorted(written.parts))
    parts = [
        _linked(before.get(cluster_id, chain.GENESIS), cluster_id, part)
        for cluster_id, part in sorted(written.parts.items())
    ]
    heads = {part["cluster_id"]: part["cluster_hash"] for part in parts}
    told = as_first_told("change", heading.row())
    sealed = chain.link(_register_hash(connection), told | {"heads": heads})
    connection.execute(change.insert().values(**heading.row(), register_hash=sealed))
    connection.execute(change_part.insert(), [{"number": heading.number, **p} for p in parts])


def _linked(before: str, cluster_id: str, part: Part) -> dict[str, Any]:
    done = {
        "cluster_id": cluster_id,
        "opened": part.opened,
        "closed": part.closed,
        "digest": part.digest.hexdigest(),
    }
    return done | {"cluster_hash": chain.link(before, done)}


def _cluster_hashes(connection: sa.Connection, cluster_ids: Sequence[str]) -> dict[str, str]:
    """Return the last link of each cluster's chain, for those that have one."""
    found: dict[str, str] = {}
    for some in chunks(cluster_ids):
        found |= cluster_heads(connection, change_part.c.cluster_id.in_(some))
    return found


def cluster_heads(connection: sa.Connection, *wanted: sa.ColumnElement[bool]) -> dict[str, str]:
    """Return the last link of the chains of the clusters wanted, or of all."""
    c = change_part.c
    newest = (
        sa.select(c.cluster_id, sa.func.max(c.number).label("number"))
        .where(*wanted)
        .group_by(c.cluster_id)
        .subquery()
    )
    is_newest = sa.and_(newest.c.cluster_id == c.cluster_id, newest.c.number == c.number)
    query = sa.select(c.cluster_id, c.cluster_hash).join(newest, is_newest)
    return {row[0]: row[1] for row in connection.execute(query)}


def _register_hash(connection: sa.Connection) -> str:
    query = sa.select(change.c.register_hash).order_by(change.c.number.desc()).limit(1)
    return connection.execute(query).scalar_one_or_none() or chain.GENESIS
