"""The register's storage: one interface, and engines behind `open_store`.

An engine's tables, versions and balances are the same; `gis.store.interface` says what a store
offers. This is the only room that knows SQLAlchemy.
"""

from pathlib import Path
from typing import Final

from gis.errors import StoreProblem
from gis.store.geopackage import check_file, create_file
from gis.store.instants import Clock, utc_now
from gis.store.interface import (
    Box,
    Entry,
    Known,
    LayerArrays,
    Reader,
    Recorded,
    Remembered,
    Shaped,
    Store,
    Transaction,
)
from gis.store.register_store import GeoPackageStore

__all__ = [
    "Box",
    "Clock",
    "Entry",
    "GeoPackageStore",
    "Known",
    "LayerArrays",
    "Reader",
    "Recorded",
    "Remembered",
    "Shaped",
    "Store",
    "Transaction",
    "create_store",
    "open_store",
]


#: How long a writer waits for another one.
_WAIT_S: Final = 10.0


def create_store(
    url: str | Path, *, clock: Clock = utc_now, wait_s: float = _WAIT_S
) -> GeoPackageStore:
    """Make an empty register and open it.

    Raises:
        StoreProblem: ``register.exists``, ``register.network``, ``register.read_only``,
            ``register.full``, ``register.io`` or ``register.engine``.
    """
    path = _path_of(url)
    create_file(path, clock)
    return GeoPackageStore(path, clock=clock, wait_s=wait_s)


def open_store(
    url: str | Path, *, clock: Clock = utc_now, wait_s: float = _WAIT_S
) -> GeoPackageStore:
    """Open a register; the file is not changed by opening it.

    ``clock`` tells when a change is made; ``wait_s`` is how long to wait for another writer.

    Raises:
        StoreProblem: ``register.missing``, ``register.not_ours``, ``register.newer``,
            ``register.network``, ``register.corrupt``, ``register.read_only``, ``register.io``
            or ``register.engine``.
    """
    path = _path_of(url)
    check_file(path)
    return GeoPackageStore(path, clock=clock, wait_s=wait_s)


def _path_of(url: str | Path) -> Path:
    if isinstance(url, str) and "://" in url:
        raise StoreProblem("register.engine", url=url.split("://", 1)[0] + "://…")
    return Path(url)
