"""The journal's chains: each entry held against the one before and against the versions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

import sqlalchemy as sa

from gis.store import chain, journal
from gis.store.interface import Head
from gis.store.schema import change, change_part, register
from gis.store.verify.found import Found
from gis.store.verify.history import History
from gis.store.verify.raw import Row, as_stored, stored_columns, stored_rows
from gis.store.verify.tally import Tally

#: A hash as it is kept, and as it follows from what is kept. The next link may follow either, so
#: that one altered hash is one finding.
_Ends = tuple[Any, str | None]
_BEGINNING: Final[_Ends] = (chain.GENESIS, chain.GENESIS)


@dataclass(slots=True)
class _Walk:
    """How far the journal was followed.

    After a gap nothing is known of what a link continues: ``is_unsure`` until the next entry,
    and for each cluster until it is among ``seen_since``.
    """

    at: datetime
    number: int = 0
    register: _Ends = _BEGINNING
    clusters: dict[str, _Ends] = field(default_factory=dict)
    is_unsure: bool = False
    has_gap: bool = False
    seen_since: set[str] = field(default_factory=set)

    def head(self) -> Head:
        """Return the ends of all chains as they are kept."""
        clusters = {name: ends[0] for name, ends in sorted(self.clusters.items())}
        sealed = self.register[0]
        return Head(number=self.number, at=self.at, register_hash=sealed, clusters=clusters)


def check_journal(
    connection: sa.Connection, anchors: Sequence[Head], tally: Tally, found: Found
) -> Head:
    """Follow all chains from the beginning, and return their ends as they are kept."""
    made_at = connection.execute(sa.select(register.c.made_at)).scalar_one()
    walk = _Walk(at=made_at)
    history = History.of(anchors)
    history.pass_by(walk.head())
    for entry, parts in _entries(connection):
        _follow(walk, entry, parts, tally, found)
        if history.waits_for(walk.number):
            history.pass_by(walk.head())
    _claim_the_rest(connection, tally, found)
    history.finish(walk.number, found)
    return walk.head()


def _entries(connection: sa.Connection) -> Iterator[tuple[Row, list[Row]]]:
    """Yield the journal's entries with their parts, oldest first."""
    columns = [as_stored(column, f"part_{column.name}") for column in change_part.c]
    query = (
        sa.select(*stored_columns(change), *columns)
        .outerjoin(change_part, change_part.c.number == change.c.number)
        .order_by(change.c.number, change_part.c.cluster_id)
    )
    names = [column.name for column in change.c]
    for _, rows in groupby(stored_rows(connection, query, []), key=itemgetter("number")):
        some = list(rows)
        entry = {name: some[0][name] for name in names}
        parts = [{name[5:]: row[name] for name in row if name.startswith("part_")} for row in some]
        yield entry, [part for part in parts if part["number"] is not None]


def _follow(walk: _Walk, entry: Row, parts: Sequence[Row], tally: Tally, found: Found) -> None:
    """Hold an entry against the one before it."""
    number = entry["number"]
    if number != walk.number + 1:
        found.add("verify.change_missing", first=walk.number + 1, last=number - 1)
        walk.is_unsure = walk.has_gap = True
        walk.seen_since.clear()
    told = {part["cluster_id"]: part["cluster_hash"] for part in parts}
    computed = {
        part["cluster_id"]: _follow_part(walk, part, tally, found) or part["cluster_hash"]
        for part in parts
    }
    at = _time(entry["at"])
    if at is None:
        found.add("verify.change_altered", number=number)
    elif at <= walk.at and walk.number:
        found.add("verify.change_order", number=number)
    walk.number, walk.at = number, at or walk.at
    _seal(walk, entry, (told, computed), found)


def _seal(
    walk: _Walk, entry: Row, heads: tuple[Mapping[str, Any], Mapping[str, Any]], found: Found
) -> None:
    """Hold an entry's own hash against what it seals."""
    told = {name: value for name, value in entry.items() if name != "register_hash"}
    content = journal.as_first_told("change", told)
    sealed = entry["register_hash"]
    links = [_link(end, content | {"heads": some}) for end in walk.register for some in heads]
    if sealed not in links and not walk.is_unsure:
        found.add("verify.change_altered", number=entry["number"])
    walk.register = (sealed, links[0])
    walk.is_unsure = False


def _follow_part(walk: _Walk, part: Row, tally: Tally, found: Found) -> str | None:
    """Hold what a change did to a cluster against the cluster's chain and the versions.

    Returns the link that follows from the versions.
    """
    number, cluster_id = part["number"], part["cluster_id"]
    counted = tally.parts.pop((number, cluster_id), None) or journal.Part()
    done = {
        "cluster_id": cluster_id,
        "opened": counted.opened,
        "closed": counted.closed,
        "digest": counted.digest.hexdigest(),
    }
    told = {name: part[name] for name in done}
    kept = part["cluster_hash"]
    ends = walk.clusters.get(cluster_id, _BEGINNING)
    is_unsure = walk.has_gap and cluster_id not in walk.seen_since
    links = [_link(end, done) for end in ends]
    told_links = [_link(end, told) for end in ends]
    walk.seen_since.add(cluster_id)
    walk.clusters[cluster_id] = (kept, links[0])
    facts = {"number": number, "cluster": cluster_id}
    if kept not in links + told_links and not is_unsure:
        found.add("verify.part_altered", **facts)
    if done != told and kept in links:
        found.add("verify.part_altered", **facts)
    elif done != told:
        _tell_difference(told, done, facts, tally, found)
    return links[0]


def _tell_difference(
    told: Row, done: Row, facts: dict[str, Any], tally: Tally, found: Found
) -> None:
    """Say how the versions of a part differ from what the journal says of them."""
    counts = ("opened", "closed")
    key = (facts["number"], facts["cluster"])
    if any(told[name] != done[name] for name in counts):
        there = {f"found_{name}": done[name] for name in counts}
        found.add("verify.counts", **facts, **{name: told[name] for name in counts}, **there)
    elif key not in tally.explained:
        names = tally.settings.get(facts["number"], []) if not facts["cluster"] else []
        found.add("verify.digest", **facts, settings=", ".join(names) or "–")


def _claim_the_rest(connection: sa.Connection, tally: Tally, found: Found) -> None:
    """Name parts that only versions speak of, and parts of entries that there are not."""
    for number, cluster_id in sorted(tally.parts, key=str):
        if number in tally.numbers:
            found.add("verify.part_missing", number=number, cluster=cluster_id)
    is_alone = ~sa.exists().where(change.c.number == change_part.c.number)
    query = sa.select(change_part.c.number, change_part.c.cluster_id).where(is_alone)
    for number, cluster_id in connection.execute(query):
        found.add("verify.part_added", number=number, cluster=cluster_id)


def _link(previous: str | None, content: Mapping[str, Any]) -> str | None:
    try:
        return chain.link(str(previous), content)
    except (TypeError, ValueError):
        return None


def _time(at: Any) -> datetime | None:
    try:
        return datetime.fromisoformat(str(at))
    except ValueError:
        return None
