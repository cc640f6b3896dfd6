"""The register as one GeoPackage file: making, opening and refusing files, and connections.

Plain SQLite without SpatiaLite: each connection registers the five functions that the standard
R-tree triggers call (docs/adr/0002). Readers wait for nobody while serving (WAL); at rest it is
one file again.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from gis.errors import StoreBusy, StoreProblem
from gis.store import gpkg_schema
from gis.store.filesystems import network_filesystem
from gis.store.instants import Clock
from gis.store.schema import SCHEMA_VERSION, metadata, register
from gis.store.shapes import gpb_envelope

_MEGABYTES_OF_CACHE: Final = 64
_HEADER_BYTES: Final = 72
_SQLITE: Final = b"SQLite format 3\x00"
#: Files beside the register that a writer leaves if it dies; SQLite recovers from them.
_SIDE_FILES: Final = ("-journal", "-wal")


def create_file(path: Path, clock: Clock) -> None:
    """Make an empty register at ``path``: whole or not at all, and never over another file.

    Raises:
        StoreProblem: ``register.exists``, ``register.network``, ``register.read_only``,
            ``register.full`` or ``register.io``.
    """
    with _naming(path):
        if path.exists():
            raise StoreProblem("register.exists", path=str(path))
        _refuse_network(path)
        unfinished = path.with_name(f".{path.name}.{os.getpid()}.new")
        unfinished.unlink(missing_ok=True)
        try:
            with translating(path):
                _write_frame(unfinished, clock)
            _place(unfinished, path)
        finally:
            unfinished.unlink(missing_ok=True)


def check_file(path: Path) -> None:
    """Refuse anything that is not a register this program can work on; never writes.

    Where the last writer died, SQLite first brings the register back to its last change, and all
    pages are checked.

    Raises:
        StoreProblem: ``register.missing``, ``register.network``, ``register.not_ours``,
            ``register.newer``, ``register.corrupt``, ``register.read_only`` or ``register.io``.
    """
    with _naming(path):
        if not path.is_file():
            raise StoreProblem("register.missing", path=str(path))
        _refuse_network(path)
        was_interrupted = any(path.with_name(path.name + end).exists() for end in _SIDE_FILES)
        head = _require_our_header(path)
        if not was_interrupted and path.stat().st_size < _size_said_in(head):
            raise StoreProblem("register.corrupt", path=str(path), reason="cut short")
    try:
        with translating(path):
            found = _schema_version(path)
            if was_interrupted:
                _check_pages(path)
    except ValueError as error:  # text that is no UTF-8, or no number
        facts = {"path": str(path), "reason": type(error).__name__}
        raise StoreProblem("register.corrupt", **facts) from error
    if found > SCHEMA_VERSION:
        raise StoreProblem("register.newer", path=str(path), found=found, known=SCHEMA_VERSION)


def engine_for(path: Path, wait_s: float) -> sa.Engine:
    """Return an engine on the file whose connections can run our triggers.

    They wait ``wait_s`` seconds for another writer.
    """
    url = sa.URL.create("sqlite", database=str(path))
    engine = sa.create_engine(url, connect_args={"timeout": wait_s, "check_same_thread": False})
    sa.event.listen(engine, "connect", _prepare)
    sa.event.listen(engine, "begin", _begin)
    return engine


def start_serving(engine: sa.Engine) -> sa.PoolProxiedConnection:
    """Switch the file to WAL; it stays so as long as the connection returned is open."""
    keeper = engine.raw_connection()
    keeper.cursor().execute("PRAGMA journal_mode = wal")
    return keeper


def write_anew(engine: sa.Engine) -> None:
    """Copy what is in use into a fresh file and empty the log: deleted bytes are gone."""
    with closing(engine.raw_connection()) as connection:
        cursor = connection.cursor()
        cursor.execute("VACUUM")
        (is_busy, _pages, _moved) = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if is_busy:
        raise StoreBusy("register.busy")


def end_serving(path: Path) -> None:
    """Make one file of the register again, unless another program works on it."""
    with suppress(sqlite3.OperationalError), closing(_connect(path, "rw")) as connection:
        if connection.execute("PRAGMA journal_mode").fetchone() == ("wal",):
            connection.execute("PRAGMA journal_mode = delete")


@contextmanager
def translating(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into ours, which say what to do.

    Raises:
        StoreBusy: ``register.busy``.
        StoreProblem: ``register.full``, ``register.read_only``, ``register.io`` or
            ``register.corrupt``.
    """
    try:
        yield
    except PoolTimeoutError as error:
        raise StoreBusy("register.busy") from error
    except (DBAPIError, sqlite3.Error) as error:
        problem = _translated(error.orig if isinstance(error, DBAPIError) else error, path)
        if problem is None:
            raise
        raise problem from error


#: What is wrong where the name of SQLite's error begins so.
_CODES: Final = {
    "SQLITE_FULL": "register.full",
    "SQLITE_READONLY": "register.read_only",
    "SQLITE_CANTOPEN": "register.read_only",
    "SQLITE_PERM": "register.read_only",
    "SQLITE_AUTH": "register.read_only",
    "SQLITE_CORRUPT": "register.corrupt",
    "SQLITE_NOTADB": "register.corrupt",
    "SQLITE_IOERR": "register.io",
}


def _translated(error: BaseException | None, path: Path) -> StoreProblem | None:
    name = str(getattr(error, "sqlite_errorname", "the driver"))
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return StoreBusy("register.busy")
    code = next((code for start, code in _CODES.items() if name.startswith(start)), None)
    if str(error).startswith(("no such table", "no such column", "Could not decode")):
        code = "register.corrupt"
    return None if code is None else StoreProblem(code, path=str(path), reason=name)


@contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Turn the file system's errors into ours."""
    try:
        yield
    except OSError as error:
        raise StoreProblem("register.read_only", path=str(path)) from error


def _write_frame(path: Path, clock: Clock) -> None:
    stamp = {"schema_version": SCHEMA_VERSION, "made_by": "ccn-gis", "made_at": clock()}
    engine = engine_for(path, wait_s=0)
    try:
        with engine.begin() as connection:
            for statement in gpkg_schema.frame_statements():
                connection.exec_driver_sql(statement)
            metadata.create_all(connection)
            gpkg_schema.fill_metadata(connection)
            connection.execute(register.insert().values(id=1, **stamp))
            for statement in gpkg_schema.layer_statements():
                connection.exec_driver_sql(statement)
    finally:
        engine.dispose()


def _place(unfinished: Path, path: Path) -> None:
    """Give a finished file its name; unlike a rename, never over one made in the meantime."""
    try:
        os.link(unfinished, path)
    except FileExistsError as error:
        raise StoreProblem("register.exists", path=str(path)) from error
    except OSError:  # a file system without hard links
        unfinished.rename(path)


def _refuse_network(path: Path) -> None:
    filesystem = network_filesystem(path)
    if filesystem is not None:
        raise StoreProblem("register.network", path=str(path), filesystem=filesystem)


def _require_our_header(path: Path) -> bytes:
    with path.open("rb") as file:
        head = file.read(_HEADER_BYTES)
    if not head.startswith(_SQLITE):
        raise StoreProblem("register.not_ours", path=str(path), reason="not SQLite")
    if int.from_bytes(head[68:72], "big") != gpkg_schema.APPLICATION_ID:
        raise StoreProblem("register.not_ours", path=str(path), reason="not a GeoPackage")
    return head


def _size_said_in(head: bytes) -> int:
    """Return the bytes that a file should have (SQLite file format, 1.3.2 and 1.3.7)."""
    page = int.from_bytes(head[16:18], "big")
    pages = int.from_bytes(head[28:32], "big")
    return (65_536 if page == 1 else page) * pages


def _schema_version(path: Path) -> int:
    """Read the register's schema version, without writing unless a dead writer left a journal."""
    try:
        with closing(_connect(path, "ro")) as connection:
            return _version_in(connection, path)
    except sqlite3.OperationalError as error:
        if not str(error.sqlite_errorname).startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN")):
            raise
    with closing(_connect(path, "rw")) as connection:
        return _version_in(connection, path)


def _version_in(connection: sqlite3.Connection, path: Path) -> int:
    """Read the version from our table; a view of its name could run anything and is not asked."""
    is_table = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
    if connection.execute(is_table, [register.name]).fetchone() is None:
        reason = "no register in it"
        raise StoreProblem("register.not_ours", path=str(path), reason=reason)
    version = sa.select(register.c.schema_version)
    row = connection.execute(str(version)).fetchone()
    if row is None:
        raise StoreProblem("register.not_ours", path=str(path), reason="unfinished")
    return int(row[0])


def _check_pages(path: Path) -> None:
    with closing(_connect(path, "ro")) as connection:
        (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if found != "ok":
        raise StoreProblem("register.corrupt", path=str(path), reason=str(found))


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    """Open a file that must exist, to read (``ro``) or to write (``rw``)."""
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode={mode}", uri=True, timeout=0)


def _prepare(raw: sqlite3.Connection, _record: Any) -> None:
    """Set a new connection up; SQLAlchemy sends BEGIN itself, see `_begin`."""
    raw.isolation_level = None
    raw.execute("PRAGMA trusted_schema = ON")
    raw.execute("PRAGMA synchronous = FULL")
    raw.execute("PRAGMA foreign_keys = ON")
    raw.execute(f"PRAGMA cache_size = {-1024 * _MEGABYTES_OF_CACHE}")
    for name, corner in (("ST_MinX", 0), ("ST_MaxX", 1), ("ST_MinY", 2), ("ST_MaxY", 3)):
        raw.create_function(name, 1, _corner(corner), deterministic=True)
    raw.create_function("ST_IsEmpty", 1, _is_empty, deterministic=True)


def _begin(connection: sa.Connection) -> None:
    """Take the write lock at once for writers, so that two never deadlock half way."""
    is_write = connection.get_execution_options().get("ccn_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_write else "BEGIN")


def _corner(position: int) -> Callable[[bytes | None], float | None]:
    def corner(blob: bytes | None) -> float | None:
        envelope = gpb_envelope(blob)
        return None if envelope is None else envelope[position]

    return corner


def _is_empty(blob: bytes | None) -> int | None:
    return None if blob is None else int(gpb_envelope(blob) is None)


@contextmanager
def gate_open(connection: sa.Connection) -> Iterator[None]:
    """Hold our token while a transaction writes register layers; gone before it commits."""
    connection.execute(gpkg_schema.gate.insert(), {"token": "ccn-gis"})
    yield
    connection.execute(gpkg_schema.gate.delete())
