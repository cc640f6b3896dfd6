"""How an older register becomes one of today's schema: one step for each version of it.

A step says in its own words what changed then, never by the tables of today, so that it goes on
being right when these change again. A migrated register equals a new one (a test compares them).
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

import sqlalchemy as sa

from gis.store.engine import Engine
from gis.store.migrations.alterations import Alterations
from gis.store.migrations.to_version_2 import to_version_2
from gis.store.schema import SCHEMA_VERSION, register

#: What leads to each version from the one before.
STEPS: Final[Mapping[int, Callable[[Alterations], None]]] = MappingProxyType({2: to_version_2})


def migrate(engine: Engine, connection: sa.Connection, found: int) -> None:
    """Take every step from the schema found to today's, within the connection's transaction."""
    alterations = Alterations(engine, connection)
    for version in range(found + 1, SCHEMA_VERSION + 1):
        STEPS[version](alterations)
    connection.execute(register.update().values(schema_version=SCHEMA_VERSION))
