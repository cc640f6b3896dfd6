"""Validators and kept bodies: the same question to an unchanged register costs next to nothing.

A list or page has a weak ETag of what its bytes depend on: the change counter, the audience, the
date, the language and the style (DESIGN §5). Bodies ready for the wire are kept under their
tag, so none outlives a change and none is shown to another audience.
docs/adr/0007-answers-kept-for-the-wire.md says why.
"""

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import astuple, dataclass, field
from datetime import date
from typing import Final

GZIP_FROM_BYTES: Final = 1000
"""Shorter bodies fit a packet as they are."""

_GZIP_LEVEL: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Validator:
    """Everything that the bytes of an answer depend on.

    ``address`` is path and query as they came; ``style`` names the program and its web files;
    ``on`` is None for what no date changes.
    """

    address: str
    changes: int
    audience: str
    on: date | None
    language: str
    style: str
    media_type: str

    @property
    def etag(self) -> str:
        """Return the weak entity tag."""
        return f'W/"{hashlib.sha256(repr(astuple(self)).encode()).hexdigest()[:24]}"'


def is_known(etag: str, if_none_match: str | None) -> bool:
    """Tell whether an If-None-Match header names ``etag``, compared weakly (RFC 9110 §13.1.2).

    >>> is_known('W/"a"', '"b", "a"'), is_known('W/"a"', "*"), is_known('W/"a"', None)
    (True, True, False)
    """
    if not if_none_match:
        return False
    if if_none_match.strip() == "*":
        return True
    known = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
    return etag.removeprefix("W/") in known


@dataclass(frozen=True, slots=True)
class Body:
    """The bytes of an answer, their gzip form where that is worth while, and own headers."""

    plain: bytes
    gzipped: bytes | None
    headers: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, plain: bytes, headers: Mapping[str, str] | None = None) -> "Body":
        """Prepare bytes for the wire; costs time for large ones, so not on the event loop."""
        packed = None
        if len(plain) >= GZIP_FROM_BYTES:
            packed = gzip.compress(plain, _GZIP_LEVEL, mtime=0)
        return cls(plain, packed, headers or {})

    def __len__(self) -> int:
        return len(self.plain) + len(self.gzipped or b"")


class KeptBodies:
    """The bodies asked for last, up to a number of bytes. Used on the event loop only."""

    def __init__(self, capacity: int) -> None:
        """Keep up to ``capacity`` bytes; 0 keeps nothing."""
        self._capacity = capacity
        self._bodies: OrderedDict[str, Body] = OrderedDict()
        self._size = 0

    @property
    def size(self) -> int:
        """Return the bytes kept."""
        return self._size

    def get(self, etag: str) -> Body | None:
        """Return the body kept under a tag."""
        body = self._bodies.get(etag)
        if body is not None:
            self._bodies.move_to_end(etag)
        return body

    def keep(self, etag: str, body: Body) -> None:
        """Keep a body; those not asked for the longest make room. One too large is not kept."""
        if len(body) > self._capacity // 4 or etag in self._bodies:
            return
        self._bodies[etag] = body
        self._size += len(body)
        while self._size > self._capacity:
            _key, oldest = self._bodies.popitem(last=False)
            self._size -= len(oldest)
