"""The register as one GeoPackage file: making, opening and refusing files, and connections.

Plain SQLite without SpatiaLite: each connection registers the five functions that the standard
R-tree triggers call. Readers wait for nobody while serving (WAL); at rest it is one file again.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from gis.errors import StoreBusy, StoreProblem
from gis.store import gpkg_schema
from gis.store.filesystems import network_filesystem
from gis.store.schema import SCHEMA_VERSION, metadata, register
from gis.store.shapes import gpb_envelope

_BUSY_TIMEOUT_S: Final = 10.0
_PAGES: Final = "PRAGMA cache_size = -65536"


def create_file(path: Path) -> None:
    """Make an empty register at ``path``: whole or not at all.

    Raises:
        StoreProblem: ``register.exists``, ``register.network``, ``register.read_only`` or
            ``register.full``.
    """
    if path.exists():
        raise StoreProblem("register.exists", path=str(path))
    _refuse_network(path)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with translating(path):
            _write_frame(unfinished)
        unfinished.rename(path)
    except OSError as error:
        raise StoreProblem("register.read_only", path=str(path)) from error
    finally:
        unfinished.unlink(missing_ok=True)


def check_file(path: Path) -> None:
    """Refuse anything that is not a register this program can work on; never writes.

    Raises:
        StoreProblem: ``register.missing``, ``register.network``, ``register.not_ours``,
            ``register.newer`` or ``register.corrupt``.
    """
    if not path.is_file():
        raise StoreProblem("register.missing", path=str(path))
    _refuse_network(path)
    with path.open("rb") as file:
        head = file.read(72)
    if head[:16] != b"SQLite format 3\x00":
        raise StoreProblem("register.not_ours", path=str(path), reason="not SQLite")
    if int.from_bytes(head[68:72], "big") != gpkg_schema.APPLICATION_ID:
        raise StoreProblem("register.not_ours", path=str(path), reason="not a GeoPackage")
    found = _schema_version(path)
    if found > SCHEMA_VERSION:
        raise StoreProblem("register.newer", path=str(path), found=found, known=SCHEMA_VERSION)


def engine_for(path: Path) -> sa.Engine:
    """Return an engine on the file whose connections can run our triggers."""
    url = sa.URL.create("sqlite", database=str(path))
    engine = sa.create_engine(
        url, connect_args={"timeout": _BUSY_TIMEOUT_S, "check_same_thread": False}
    )
    sa.event.listen(engine, "connect", _prepare)
    sa.event.listen(engine, "begin", _begin)
    return engine


def set_journal(engine: sa.Engine, mode: str) -> None:
    """Switch between ``wal`` (while serving) and ``delete`` (one file again)."""
    with closing(engine.raw_connection()) as connection:
        connection.execute(f"PRAGMA journal_mode = {'wal' if mode == 'wal' else 'delete'}")


@contextmanager
def translating(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into ours, which say what to do.

    Raises:
        StoreBusy: ``register.busy``.
        StoreProblem: ``register.full``, ``register.read_only`` or ``register.corrupt``.
    """
    try:
        yield
    except DBAPIError as error:
        raise _translated(error.orig, path) or error from error
    except sqlite3.Error as error:
        raise _translated(error, path) or error from error


def _translated(error: BaseException | None, path: Path) -> StoreProblem | None:
    name = str(getattr(error, "sqlite_errorname", ""))
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return StoreBusy("register.busy")
    if name.startswith("SQLITE_FULL"):
        return StoreProblem("register.full", path=str(path))
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return StoreProblem("register.read_only", path=str(path))
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_IOERR")):
        return StoreProblem("register.corrupt", path=str(path), reason=name)
    return None


def _write_frame(path: Path) -> None:
    with closing(sqlite3.connect(path)) as raw:
        for script in gpkg_schema.create_statements():
            raw.executescript(script)
    engine = engine_for(path)
    try:
        with engine.begin() as connection:
            metadata.create_all(connection)
            gpkg_schema.fill_metadata(connection)
            connection.execute(
                register.insert().values(
                    id=1,
                    schema_version=SCHEMA_VERSION,
                    made_by="ccn-gis",
                    made_at=datetime.now(UTC),
                )
            )
        with closing(engine.raw_connection()) as raw_connection:
            for script in gpkg_schema.layer_statements():
                raw_connection.driver_connection.executescript(script)  # type: ignore[union-attr]
    finally:
        engine.dispose()


def _refuse_network(path: Path) -> None:
    filesystem = network_filesystem(path)
    if filesystem is not None:
        raise StoreProblem("register.network", path=str(path), filesystem=filesystem)


def _schema_version(path: Path) -> int:
    """Read the register's schema version through a connection that can't write."""
    address = f"{path.resolve().as_uri()}?mode=ro"
    try:
        with closing(sqlite3.connect(address, uri=True)) as raw:
            row = raw.execute(f"SELECT schema_version FROM {register.name}").fetchone()
    except sqlite3.OperationalError as error:
        if "no such" in str(error):
            reason = "no register in it"
            raise StoreProblem("register.not_ours", path=str(path), reason=reason) from error
        raise _translated(error, path) or error from error
    except sqlite3.DatabaseError as error:
        raise StoreProblem("register.corrupt", path=str(path), reason=str(error)) from error
    if row is None:
        raise StoreProblem("register.not_ours", path=str(path), reason="unfinished")
    return int(row[0])


def _prepare(raw: sqlite3.Connection, _record: Any) -> None:
    """Set a new connection up; SQLAlchemy sends BEGIN itself, see `_begin`."""
    raw.isolation_level = None
    raw.execute("PRAGMA trusted_schema = ON")
    raw.execute("PRAGMA synchronous = FULL")
    raw.execute("PRAGMA foreign_keys = ON")
    raw.execute(_PAGES)
    for name, corner in (("ST_MinX", 0), ("ST_MaxX", 1), ("ST_MinY", 2), ("ST_MaxY", 3)):
        raw.create_function(name, 1, _corner(corner), deterministic=True)
    raw.create_function("ST_IsEmpty", 1, _is_empty, deterministic=True)


def _begin(connection: sa.Connection) -> None:
    """Take the write lock at once for writers, so that two never deadlock half way."""
    is_write = connection.get_execution_options().get("ccn_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_write else "BEGIN")


def _corner(position: int) -> Any:
    def corner(blob: bytes | None) -> float | None:
        envelope = gpb_envelope(blob)
        return None if envelope is None else envelope[position]

    return corner


def _is_empty(blob: bytes | None) -> int | None:
    return None if blob is None else int(gpb_envelope(blob) is None)


@contextmanager
def gate_open(connection: sa.Connection) -> Iterator[None]:
    """Hold our token while a transaction writes register layers; gone before it commits."""
    connection.exec_driver_sql(f"INSERT INTO {gpkg_schema.GATE} VALUES ('ccn-gis')")
    yield
    connection.exec_driver_sql(f"DELETE FROM {gpkg_schema.GATE}")
