"""A digest of a whole register, to show that a refusal left nothing behind."""

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from gis.errors import GisError
from gis.store import GeoPackageStore


def digest(store: GeoPackageStore) -> str:
    """Return a hash of every row of every table."""
    found = hashlib.sha256()
    with closing(sqlite3.connect(store.url)) as raw:
        query = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
        for (table,) in raw.execute(query).fetchall():
            found.update(table.encode())
            for row in raw.execute(f'SELECT * FROM "{table}"'):  # noqa: S608 - our own tables
                found.update(repr(row).encode())
    return found.hexdigest()


@contextmanager
def refused(store: GeoPackageStore, code: str) -> Iterator[pytest.ExceptionInfo[GisError]]:
    """Expect a refusal by its code, with sentences, that leaves the register as it was."""
    before = digest(store)
    with pytest.raises(GisError) as refusal:
        yield refusal
    assert refusal.value.code == code, refusal.value
    assert refusal.value.sentence("vi")
    assert digest(store) == before
