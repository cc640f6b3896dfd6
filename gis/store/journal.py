"""The journal's newest entry: what a transaction wrote and ended, chained to all before it."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from gis.store import chain
from gis.store.schema import BOX, change, change_part
from gis.store.versions import Draft

#: Derived from the geometry of record; a later PROJ may round them differently.
_DERIVED: Final = frozenset({"row_id", "geom", "planar_m2", "geodesic_m2", *BOX})


@dataclass(slots=True)
class _Part:
    """What happened to one cluster: counts and a running digest."""

    opened: int = 0
    closed: int = 0
    digest: Any = field(default_factory=hashlib.sha256)


@dataclass(slots=True)
class Written:
    """Everything a transaction wrote, by cluster ("" for things of none)."""

    parts: dict[str, _Part] = field(default_factory=lambda: defaultdict(_Part))

    @property
    def is_empty(self) -> bool:
        """Say whether nothing was written."""
        return not self.parts

    @property
    def clusters(self) -> set[str]:
        """Return the clusters whose balance may have changed."""
        return {cluster_id for cluster_id in self.parts if cluster_id}

    def open(self, table: str, canonical_row: str, draft: Draft) -> None:
        """Note a version written."""
        part = self.parts[draft.cluster_id]
        part.opened += 1
        part.digest.update(f"open {table} {canonical_row}\n".encode())

    def close(self, table: str, row_id: int, cluster_id: str) -> None:
        """Note a version ended."""
        part = self.parts[cluster_id]
        part.closed += 1
        part.digest.update(f"close {table} {row_id}\n".encode())


def content(row: Mapping[str, Any], record: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return what the journal vouches for of a version: its values and geometry of record."""
    kept = {name: value for name, value in row.items() if name not in _DERIVED}
    if record is not None:
        kept |= {"record_epsg": record["epsg"], "record_wkb": record["wkb"]}
    return kept


def append(
    connection: sa.Connection,
    written: Written,
    *,
    number: int,
    at: datetime,
    by: str,
    action: str,
    decision_id: str | None,
) -> None:
    """Chain and write the entry of a transaction."""
    parts = [
        _linked(connection, cluster_id, part) | {"number": number}
        for cluster_id, part in sorted(written.parts.items())
    ]
    entry = {
        "number": number,
        "at": at,
        "by": by,
        "action": action,
        "decision_id": decision_id,
    }
    heads = {part["cluster_id"]: part["cluster_hash"] for part in parts}
    sealed = chain.link(_last_register_hash(connection), entry | {"heads": heads})
    connection.execute(change.insert().values(**entry, register_hash=sealed))
    connection.execute(change_part.insert(), parts)


def _linked(connection: sa.Connection, cluster_id: str, part: _Part) -> dict[str, Any]:
    done = {
        "cluster_id": cluster_id,
        "opened": part.opened,
        "closed": part.closed,
        "digest": part.digest.hexdigest(),
    }
    return done | {"cluster_hash": chain.link(_last_cluster_hash(connection, cluster_id), done)}


def _last_cluster_hash(connection: sa.Connection, cluster_id: str) -> str:
    query = (
        sa.select(change_part.c.cluster_hash)
        .where(change_part.c.cluster_id == cluster_id)
        .order_by(change_part.c.number.desc())
        .limit(1)
    )
    return connection.execute(query).scalar_one_or_none() or chain.GENESIS


def _last_register_hash(connection: sa.Connection) -> str:
    query = sa.select(change.c.register_hash).order_by(change.c.number.desc()).limit(1)
    return connection.execute(query).scalar_one_or_none() or chain.GENESIS
