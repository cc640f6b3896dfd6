"""From an address to a register: which engine keeps it, making, opening and migrating it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from gis.errors import StoreProblem
from gis.store.engine import Engine
from gis.store.geopackage import GeoPackageEngine
from gis.store.instants import Clock, utc_now
from gis.store.migrations import migrate
from gis.store.postgis_address import SCHEMES, PostgisAddress
from gis.store.register_store import RegisterStore
from gis.store.schema import SCHEMA_VERSION, register

#: How long a writer waits for another one.
WAIT_S: Final = 10.0


@dataclass(frozen=True, slots=True)
class Migrated:
    """What a migration did: the schemas before and after, and where the register before is kept."""

    before: int
    after: int
    kept: str | None


def create_store(
    url: str | Path, *, clock: Clock = utc_now, wait_s: float = WAIT_S
) -> RegisterStore:
    """Make an empty register and open it.

    Raises:
        StoreProblem: ``register.exists``, ``register.network``, ``register.read_only``,
            ``register.full``, ``register.io`` or ``register.engine``.
    """
    engine = engine_of(url, wait_s)
    with engine.creating() as connection:
        stamp = {"schema_version": SCHEMA_VERSION, "made_by": "ccn-gis", "made_at": clock()}
        connection.execute(register.insert().values(id=1, **stamp))
    return RegisterStore(engine, clock=clock)


def open_store(url: str | Path, *, clock: Clock = utc_now, wait_s: float = WAIT_S) -> RegisterStore:
    """Open a register; it is not changed by opening it.

    ``clock`` tells when a change is made; ``wait_s`` is how long to wait for another writer.

    Raises:
        StoreProblem: ``register.missing``, ``register.not_ours``, ``register.newer``,
            ``register.older``, ``register.network``, ``register.corrupt``,
            ``register.read_only``, ``register.io`` or ``register.engine``.
    """
    engine = engine_of(url, wait_s)
    require_current(engine)
    return RegisterStore(engine, clock=clock)


def migrate_store(url: str | Path, *, clock: Clock = utc_now, wait_s: float = WAIT_S) -> Migrated:
    """Bring an older register to this program's schema: wholly, or it stays as it was.

    A file is copied beside it first. A register of this schema is left alone.

    Raises:
        StoreProblem: as `open_store`, but for ``register.older``.
        StoreBusy: ``register.busy`` where somebody writes.
    """
    engine = engine_of(url, wait_s)
    before = _found_schema(engine)
    if before == SCHEMA_VERSION:
        engine.close()
        return Migrated(before, before, None)
    try:
        with engine.migrating(f"v{before}-{clock():%Y%m%d-%H%M%S}") as (connection, kept):
            before = connection.execute(sa.select(register.c.schema_version)).scalar_one()
            migrate(engine, connection, before)
    finally:
        engine.close()
    return Migrated(before, SCHEMA_VERSION, kept)


def load_store(
    url: str | Path, dumped: Path, look: Callable[[RegisterStore], None], *, clock: Clock = utc_now
) -> None:
    """Make a register of what `Store.dump` wrote, after a look at it; never over another one.

    What was dumped by an earlier program is brought to this one's schema first. An error that
    ``look`` raises leaves nothing.

    Raises:
        StoreProblem: ``register.exists``, ``register.newer``, and as `create_store`.
    """
    engine = engine_of(url)
    try:
        with engine.loading(dumped) as loaded:
            before = _found_schema(loaded)
            if before < SCHEMA_VERSION:
                with loaded.writing((), dry_run=False) as connection:
                    migrate(loaded, connection, before)
            look(RegisterStore(loaded, clock=clock))
    finally:
        engine.close()


def require_current(engine: Engine) -> None:
    """Refuse a register of another schema than this program's, and let its engine go.

    Raises:
        StoreProblem: ``register.older``, ``register.newer``, or what `Engine.schema_version` says.
    """
    found = _found_schema(engine)
    if found < SCHEMA_VERSION:
        engine.close()
        facts = {"path": engine.url, "found": found, "known": SCHEMA_VERSION}
        raise StoreProblem("register.older", **facts)


def _found_schema(engine: Engine) -> int:
    """Return the schema of a register that is no newer than this program.

    Raises:
        StoreProblem: ``register.newer``, or what `Engine.schema_version` says.
    """
    found = engine.schema_version()
    if found > SCHEMA_VERSION:
        engine.close()
        facts = {"path": engine.url, "found": found, "known": SCHEMA_VERSION}
        raise StoreProblem("register.newer", **facts)
    return found


def dump_name_of(url: str | Path) -> str:
    """Return what the dump of a register at this address is called inside a backup."""
    engine = engine_of(url)
    engine.close()
    return engine.dump_name


def engine_of(url: str | Path, wait_s: float = WAIT_S) -> Engine:
    """Return the engine that keeps what an address names; nothing is opened yet.

    Raises:
        StoreProblem: ``register.engine`` or ``register.driver``.
    """
    if not isinstance(url, str) or "://" not in url:
        return GeoPackageEngine(Path(url), wait_s)
    scheme, _, _ = url.partition("://")
    if scheme not in SCHEMES:
        raise StoreProblem("register.engine", url=f"{scheme}://…")
    try:
        from gis.store.postgis import PostgisEngine  # noqa: PLC0415 - psycopg is optional
    except ImportError as error:
        raise StoreProblem("register.driver") from error
    return PostgisEngine(PostgisAddress.read(url), wait_s)
