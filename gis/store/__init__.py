"""The register's storage: one interface, and engines behind `open_store`.

An engine's tables, versions and balances are the same; `gis.store.interface` says what a store
offers. This is the only room that knows SQLAlchemy.
"""

from gis.store.copying import Copied, copy_register
from gis.store.instants import Clock
from gis.store.interface import (
    Box,
    Dumped,
    Entry,
    Head,
    Known,
    LayerArrays,
    Reader,
    Recorded,
    Remembered,
    Shaped,
    Store,
    Touched,
    Transaction,
    Verified,
    WrittenBy,
    WrittenVersion,
)
from gis.store.kinds import class_of, table_names, table_of
from gis.store.opening import (
    Migrated,
    create_store,
    dump_name_of,
    load_store,
    migrate_store,
    open_store,
)
from gis.store.register_store import RegisterStore

__all__ = [
    "Box",
    "Clock",
    "Copied",
    "Dumped",
    "Entry",
    "GeoPackageStore",
    "Head",
    "Known",
    "LayerArrays",
    "Migrated",
    "Reader",
    "Recorded",
    "RegisterStore",
    "Remembered",
    "Shaped",
    "Store",
    "Touched",
    "Transaction",
    "Verified",
    "WrittenBy",
    "WrittenVersion",
    "class_of",
    "copy_register",
    "create_store",
    "dump_name_of",
    "load_store",
    "migrate_store",
    "open_store",
    "table_names",
    "table_of",
]

#: The store's name when there was one engine.
GeoPackageStore = RegisterStore
