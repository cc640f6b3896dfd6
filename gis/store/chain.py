"""The hashes that chain the journal: one chain a cluster and one that seals the register."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from gis.store.instants import instant_text

#: What the first link of every chain continues.
GENESIS: Final = "0" * 64


def canonical(value: Mapping[str, Any]) -> str:
    """Write a row as JSON that is the same on every engine and machine.

    Keys are sorted, dates ISO, instants UTC to the microsecond, bytes their SHA-256.
    """
    return _ENCODER.encode(value)


def link(previous: str, content: Mapping[str, Any]) -> str:
    """Return the hash that continues a chain with some content."""
    return text_digest(f"{previous}\n{canonical(content)}")


def text_digest(text: str) -> str:
    """Return the SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return instant_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    message = f"{type(value).__name__} has no canonical form"
    raise TypeError(message)


_ENCODER: Final = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"), default=_plain
)
