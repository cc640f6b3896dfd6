"""Files that are whole or not there: written beside their place, on disk before they get a name."""

import errno
import os
import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import psutil

from gis.errors import StoreProblem

_PUBLIC: Final = 0o666
_PRIVATE_FOLDER: Final = 0o700
_CODES: Final = {
    errno.ENOSPC: "register.full",
    errno.EDQUOT: "register.full",
    errno.EFBIG: "register.full",
    errno.EIO: "register.io",
}


@contextmanager
def naming_faults(path: Path) -> Iterator[None]:
    """Turn the file system's errors into ours, which say what to do.

    Raises:
        StoreProblem: ``register.full``, ``register.io`` or ``register.read_only``.
    """
    try:
        yield
    except OSError as error:
        code = _CODES.get(error.errno or 0, "register.read_only")
        reason = errno.errorcode.get(error.errno or 0, type(error).__name__)
        raise StoreProblem(code, path=str(path), reason=reason) from error


@contextmanager
def whole_file(path: Path, *, mode: int = _PUBLIC, taken: str = "file.exists") -> Iterator[Path]:
    """Yield where to write what gets the name ``path`` at the end: whole or not at all.

    The file that is yielded is empty and has ``mode``, less the process's umask. What a process
    that died left half written of the same name is swept away.

    Raises:
        StoreProblem: the code ``taken`` where there is something of that name, even if it came in
            the meantime; ``register.full``, ``register.io``, ``register.read_only``.
    """
    with naming_faults(path):
        if path.exists():
            raise StoreProblem(taken, path=str(path))
        _sweep(path)
        unfinished = _beside(path, "new")
        _remove(unfinished)
        os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode))
        try:
            yield unfinished
            sync_file(unfinished)
            _place(unfinished, path, taken)
            sync_folder(path.parent)
        finally:
            _remove(unfinished)


@contextmanager
def scratch_folder(path: Path) -> Iterator[Path]:
    """Yield an empty private folder beside a place; it is gone afterwards.

    What a process that died left of the same name is swept away.
    """
    with naming_faults(path):
        _sweep(path)
        folder = _beside(path, "parts")
        _remove(folder)
        folder.mkdir(mode=_PRIVATE_FOLDER)
        try:
            yield folder
        finally:
            _remove(folder)


def _beside(path: Path, what: str) -> Path:
    """Return the hidden name under which this thread prepares something for a place."""
    return path.with_name(f".{path.name}.{os.getpid()}-{threading.get_ident()}.{what}")


def sync_file(path: Path) -> None:
    """Wait until a file's content is on disk."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on disk; some systems have no way to ask for it."""
    with suppress(PermissionError, NotImplementedError):
        place = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(place)
        finally:
            os.close(place)


def _place(unfinished: Path, path: Path, taken: str) -> None:
    """Give a finished file its name; unlike a rename, never over one made in the meantime."""
    try:
        os.link(unfinished, path)
    except FileExistsError as error:
        raise StoreProblem(taken, path=str(path)) from error
    except OSError:  # a file system without hard links
        unfinished.rename(path)


def _sweep(path: Path) -> None:
    """Remove what processes of this machine that are no more left of a file, or of its copies.

    A copy is called like its file up to the first dot (``register.v1-20261125-173531.gpkg``).
    """
    family = re.escape(path.name.partition(".")[0])
    ours = re.compile(rf"\.{family}(?:\..+)?\.(\d+)-\d+\.(?:new|parts)(?:-\w+)?")
    for left in path.parent.iterdir():
        found = ours.fullmatch(left.name)
        if found is not None and not psutil.pid_exists(int(found[1])):
            _remove(left)


def _remove(left: Path) -> None:
    """Remove a file and what SQLite may have left beside it, or a folder."""
    if left.is_dir():
        shutil.rmtree(left)
        return
    for end in ("", "-journal", "-wal", "-shm"):
        left.with_name(left.name + end).unlink(missing_ok=True)
