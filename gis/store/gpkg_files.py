"""The register's file: its place, what it must be, a copy of it, and what SQLite says of it."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from gis.durable import naming_faults, whole_file
from gis.errors import StoreBusy, StoreProblem
from gis.store import gpkg_schema
from gis.store.filesystems import network_filesystem
from gis.store.schema import register

_HEADER_BYTES: Final = 72
_SQLITE: Final = b"SQLite format 3\x00"
#: Files beside the register that a writer leaves if it dies; SQLite recovers from them.
_SIDE_FILES: Final = ("-journal", "-wal")


@contextmanager
def new_file(path: Path) -> Iterator[Path]:
    """Yield where to write what gets the name ``path`` at the end: whole or not at all.

    Raises:
        StoreProblem: ``register.exists``, ``register.network`` or ``register.read_only``.
    """
    with naming_faults(path):
        if path.exists():
            raise StoreProblem("register.exists", path=str(path))
        _refuse_network(path)
    with whole_file(path, taken="register.exists") as unfinished:
        yield unfinished


def copy_beside(path: Path, name: str) -> Path:
    """Copy a register, to be left as it is, under another name in its folder; never over a file.

    Raises:
        StoreProblem: ``register.exists``, ``register.read_only``, ``register.full`` or
            ``register.io``.
    """
    copy = path.with_name(name)
    with new_file(copy) as unfinished, closing(connect(path, "ro")) as source:
        copy_into(source, unfinished)
    return copy


def copy_into(source: sqlite3.Connection, target: Path) -> None:
    """Copy a register, as of what a connection sees, into an empty file."""
    with closing(sqlite3.connect(target)) as copy:
        source.backup(copy)


def check_file(path: Path, wait_s: float) -> int:
    """Return the schema of a register, and refuse anything that is none; never writes.

    It waits ``wait_s`` seconds for a writer who is just keeping a change. Where the last writer
    died, SQLite first brings the register back to its last change, and all
    pages are checked.

    Raises:
        StoreProblem: ``register.missing``, ``register.network``, ``register.not_ours``,
            ``register.corrupt``, ``register.read_only`` or ``register.io``.
    """
    with naming_faults(path):
        if not path.is_file():
            raise StoreProblem("register.missing", path=str(path))
        _refuse_network(path)
        was_interrupted = any(path.with_name(path.name + end).exists() for end in _SIDE_FILES)
        head = _require_our_header(path)
        if not was_interrupted and path.stat().st_size < _size_said_in(head):
            raise StoreProblem("register.corrupt", path=str(path), reason="cut short")
    try:
        with translating(path):
            found = _schema_version(path, wait_s)
            if was_interrupted:
                _check_pages(path, wait_s)
    except ValueError as error:  # text that is no UTF-8, or no number
        facts = {"path": str(path), "reason": type(error).__name__}
        raise StoreProblem("register.corrupt", **facts) from error
    return found


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


def _schema_version(path: Path, wait_s: float) -> int:
    """Read the register's schema version, without writing unless a dead writer left a journal."""
    try:
        with closing(connect(path, "ro", wait_s)) as connection:
            return _version_in(connection, path)
    except sqlite3.OperationalError as error:
        if not str(error.sqlite_errorname).startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN")):
            raise
    with closing(connect(path, "rw", wait_s)) as connection:
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


def _check_pages(path: Path, wait_s: float) -> None:
    with closing(connect(path, "ro", wait_s)) as connection:
        (found,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if found != "ok":
        raise StoreProblem("register.corrupt", path=str(path), reason=str(found))


def connect(path: Path, mode: str, wait_s: float = 0) -> sqlite3.Connection:
    """Open a file that must exist, to read (``ro``) or to write (``rw``)."""
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode={mode}", uri=True, timeout=wait_s)
