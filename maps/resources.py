"""Find the files that a browser loads: our own static ones and those of others in ``vendor``.

They lie in the package, in a checkout and in a wheel alike. ``vendor`` is fetched by
``make assets`` after the list in ``assets.lock``, which the package carries: it names each
file's origin, version and licence.
"""

import hashlib
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

STATIC: Final = Path(__file__).resolve().parent / "static"
VENDOR: Final = STATIC / "vendor"
LOCK: Final = STATIC.parent / "assets.lock"


@dataclass(frozen=True, slots=True)
class VendorFile:
    """One file of others that the pages load; ``path`` is relative to ``vendor``."""

    path: str
    package: str
    version: str
    licence: str


def vendor_files() -> tuple[VendorFile, ...]:
    """Return every vendored file that the lock names, in its order."""
    packages = tomllib.loads(LOCK.read_text(encoding="utf-8"))["package"]
    return tuple(
        VendorFile(path, entry["name"], entry["version"], entry["licence"])
        for entry in packages
        for path in entry["files"].values()
    )


def missing_vendor_files() -> tuple[str, ...]:
    """Return the vendored files that were not fetched; the service must not start without them."""
    return tuple(file.path for file in vendor_files() if not (VENDOR / file.path).is_file())


@cache
def asset_version() -> str:
    """Return a version of all static files together: it changes when any of them does."""
    digest = hashlib.sha256()
    for path in sorted(path for path in STATIC.rglob("*") if path.is_file()):
        digest.update(path.relative_to(STATIC).as_posix().encode() + b"\0")
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
