"""The register's storage: one interface, and engines behind `open_store`.

An engine's tables, versions and balances are the same; `gis.store.interface` says what a store
offers. This is the only room that knows SQLAlchemy.
"""

from pathlib import Path

from gis.errors import StoreProblem
from gis.store.geopackage import check_file, create_file
from gis.store.interface import Box, Entry, Recorded, Shaped, Store, Transaction
from gis.store.register_store import GeoPackageStore

__all__ = [
    "Box",
    "Entry",
    "GeoPackageStore",
    "Recorded",
    "Shaped",
    "Store",
    "Transaction",
    "create_store",
    "open_store",
]


def create_store(url: str | Path) -> GeoPackageStore:
    """Make an empty register and open it.

    Raises:
        StoreProblem: ``register.exists``, ``register.network``, ``register.read_only``,
            ``register.full`` or ``register.engine``.
    """
    path = _path_of(url)
    create_file(path)
    return GeoPackageStore(path)


def open_store(url: str | Path) -> GeoPackageStore:
    """Open a register; the file is not changed by opening it.

    Raises:
        StoreProblem: ``register.missing``, ``register.not_ours``, ``register.newer``,
            ``register.network``, ``register.corrupt`` or ``register.engine``.
    """
    path = _path_of(url)
    check_file(path)
    return GeoPackageStore(path)


def _path_of(url: str | Path) -> Path:
    if isinstance(url, str) and "://" in url:
        raise StoreProblem("register.engine", url=url.split("://", 1)[0] + "://…")
    return Path(url)
