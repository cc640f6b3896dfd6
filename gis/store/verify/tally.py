"""What the versions say that each change did: counts and digests, to hold the journal against."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from gis.store import chain, journal
from gis.store.kinds import Kind
from gis.store.schema import change, setting
from gis.store.verify.found import Found
from gis.store.verify.raw import Row, as_stored, stored_columns, stored_rows


@dataclass(slots=True)
class Tally:
    """Counts and running digests by change and cluster, gathered kind by kind.

    ``explained`` are the parts in which a single version was found wrong; ``settings`` the names
    of the settings of each change.
    """

    number_at: Mapping[Any, int]
    numbers: frozenset[int]
    parts: dict[tuple[int, str], journal.Part] = field(
        default_factory=lambda: defaultdict(journal.Part)
    )
    explained: set[tuple[int, str]] = field(default_factory=set)
    settings: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    versions: int = 0
    erased_count: int = 0
    _erased: list[tuple[int, str, str, str]] = field(default_factory=list)
    _first_hashed: int | None = None
    _unhashed: dict[int, tuple[Kind, Row]] = field(default_factory=dict)

    @classmethod
    def of(cls, connection: sa.Connection) -> "Tally":
        """Begin with the numbers and times of the journal."""
        query = sa.select(change.c.number, as_stored(change.c.at, "at"))
        number_at = {row.at: row.number for row in connection.execute(query)}
        numbers = connection.execute(sa.select(change.c.number)).scalars()
        return cls(number_at=number_at, numbers=frozenset(numbers))

    def opened(self, kind: Kind, row: Row, text: str) -> None:
        """Note that a change wrote a version."""
        part = self.parts[row["change_number"], kind.cluster_of(row)]
        part.note("open", kind.table, text)
        part.opened += 1
        self.versions += 1

    def ended(self, kind: Kind, row: Row, number: int) -> None:
        """Note that a change ended a version."""
        part = self.parts[number, kind.cluster_of(row)]
        part.note("close", kind.table, journal.named(row["id"], row["version_number"]))
        part.closed += 1

    def erased(self, kind: Kind, row: Row, number: int) -> None:
        """Note that a change erased a version's personal fields; told after all versions."""
        text = journal.named(row["id"], row["version_number"])
        self._erased.append((number, kind.cluster_of(row), kind.table, text))
        self.erased_count += 1

    def hashed(self, kind: Kind, row: Row) -> None:
        """Note whether a version has a hash of its own, as all have since a change."""
        number = row["change_number"]
        if row["row_hash"] is None:
            self._unhashed.setdefault(number, (kind, row))
        elif self._first_hashed is None or number < self._first_hashed:
            self._first_hashed = number

    def explain(self, kind: Kind, row: Row) -> None:
        """Note that a version of its change was found wrong."""
        self.explained.add((row["change_number"], kind.cluster_of(row)))

    def finish(self, connection: sa.Connection, found: Found) -> None:
        """Note erasures and settings, and name versions that lack the hash that others have."""
        for number, owner, table, text in self._erased:
            self.parts[number, owner].note("erase", table, text)
        rows = stored_rows(connection, sa.select(*stored_columns(setting)), [setting])
        for row in sorted(rows, key=lambda row: (row["change_number"], str(row["name"]))):
            told = {"name": row["name"], "value": row["value"]}
            self.parts[row["change_number"], ""].note("set", "setting", chain.canonical(told))
            self.settings[row["change_number"]].append(str(row["name"]))
            if row["change_number"] not in self.numbers:
                facts = {"name": row["name"], "number": row["change_number"]}
                found.add("verify.setting_added", **facts)
        first = self._first_hashed
        for number, (kind, row) in sorted(self._unhashed.items()):
            if first is not None and number > first:
                found.add("verify.version_altered", **version_facts(kind, row))


def version_facts(kind: Kind, row: Row) -> dict[str, Any]:
    """Name a version."""
    return {
        "table": kind.table,
        "id": row["id"],
        "number": row["version_number"],
        "change": row["change_number"],
    }
