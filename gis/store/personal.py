"""People's data in the register: vouched for by a salted hash, so that it can be erased.

The journal's chain holds the hash in place of the fields. Once salt and fields are gone, the
chain still follows, and nobody can find out by guessing what was there.
"""

import secrets
from collections.abc import Mapping, Sequence
from typing import Any, Final

import sqlalchemy as sa

from gis.errors import Conflict, NotFound
from gis.store import chain
from gis.store.journal import Written
from gis.store.kinds import Kind
from gis.store.reading import chunks
from gis.store.schema import Tables

_SALT_BYTES: Final = 16


def sealed(kind: Kind, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns that vouch for a new version's personal fields; none for other kinds.

    Every version has a salt of its own, so that equal names don't show as equal hashes.
    """
    if not kind.personal:
        return {}
    salt = secrets.token_hex(_SALT_BYTES)
    stamp = {"personal_hash": personal_hash(kind, salt, values), "erased_change_number": None}
    return {"personal_salt": salt, **stamp}


def personal_hash(kind: Kind, salt: str, values: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a salt and the personal fields of a version."""
    return chain.link(salt, {name: values[name] for name, _ in kind.personal})


def erase(
    connection: sa.Connection, tables: Tables, ids: Sequence[str], number: int, written: Written
) -> dict[str, int]:
    """Erase the personal fields of things from all their versions and forget the salts.

    Returns the highest version number of each thing.

    Raises:
        NotFound: ``thing.unknown``.
        Conflict: ``erasure.unsealed`` where the first release wrote a version: the chain holds
            its fields themselves.
    """
    kind, table = tables.kind, tables.version
    highest: dict[str, int] = {}
    for some in chunks(ids):
        query = sa.select(table).where(table.c.id.in_(some))
        rows = connection.execute(query.order_by(table.c.id, table.c.version_number)).mappings()
        for row in rows.all():
            highest[row["id"]] = row["version_number"]
            if row["personal_hash"] is None:
                facts = {"table": kind.table, "id": row["id"], "number": row["version_number"]}
                raise Conflict("erasure.unsealed", **facts)
            if row["personal_salt"] is not None:
                owner = kind.cluster_of(dict(row))
                written.erased(kind.table, owner, row["id"], row["version_number"])
    for thing_id in ids:
        if thing_id not in highest:
            raise NotFound("thing.unknown", table=kind.table, value=thing_id, on="…")
    _overwrite(connection, tables, ids, number)
    return highest


def _overwrite(connection: sa.Connection, tables: Tables, ids: Sequence[str], number: int) -> None:
    table, blank = tables.version, dict(tables.kind.personal)
    forgotten = {"personal_salt": None, "erased_change_number": number}
    for some in chunks(ids):
        has_salt = sa.and_(table.c.id.in_(some), table.c.personal_salt.is_not(None))
        connection.execute(table.update().where(has_salt).values(**blank, **forgotten))
        current = tables.current
        connection.execute(current.update().where(current.c.id.in_(some)).values(**blank))


def naming(connection: sa.Connection, tables: Tables, words: Sequence[str]) -> list[str]:
    """Return the ids of things that hold a word in a personal field of any version, in order."""
    table = tables.version
    holds = [
        table.c[name].contains(word, autoescape=True)
        for name, _ in tables.kind.personal
        for word in words
    ]
    query = sa.select(table.c.id).where(sa.or_(sa.false(), *holds)).distinct()
    return sorted(connection.execute(query).scalars())
