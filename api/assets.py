"""The files that pages load: listed and hashed once, so that no address leads to another file."""

import gzip
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from api.caching import Body

MEDIA_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
    "": "text/plain; charset=utf-8",
}
"""Our own table: Windows' registry may say anything. Files of other kinds are not served."""

_PACKED: Final = (".png", ".woff2")


@dataclass(frozen=True, slots=True)
class Asset:
    """A file of ours and the tag of its bytes."""

    path: Path
    etag: str
    media_type: str

    def body(self) -> Body:
        """Read the file; its gzip form is made where that helps."""
        plain = self.path.read_bytes()
        is_text = self.path.suffix not in _PACKED
        return Body(plain, gzip.compress(plain, 9, mtime=0) if is_text else None)


class Assets:
    """The files below one folder, listed once: no address leads to any other file.

    ``version`` changes with any byte of any of them; it is part of their addresses.
    """

    def __init__(self, folder: Path, version: str) -> None:
        """List and hash the files of ``folder``."""
        self.version = version
        self._files: dict[str, Asset] = {}
        self._bodies: dict[str, Body] = {}
        for path in sorted(folder.rglob("*")):
            suffix = path.suffix
            if path.is_file() and suffix in MEDIA_TYPES and not path.name.startswith("."):
                digest = hashlib.sha256(path.read_bytes()).hexdigest()
                name = path.relative_to(folder).as_posix()
                self._files[name] = Asset(path, f'"{digest[:24]}"', MEDIA_TYPES[suffix])

    def find(self, name: str) -> Asset | None:
        """Return a file by its path below the folder."""
        return self._files.get(name)

    def body(self, name: str) -> Body:
        """Return the bytes of a file that was found; read once."""
        if name not in self._bodies:
            self._bodies[name] = self._files[name].body()
        return self._bodies[name]
