"""Anchors: the ends of the journal's chains, kept in a file outside of the register's reach.

One line of JSON each; a file may hold many, of many days. A register whose history does not
contain an anchor was cut or made anew since.
"""

import json
import os
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from gis.errors import InvalidValue
from gis.store import Head
from gis.store.instants import instant_text


def head_as_json(head: Head) -> dict[str, Any]:
    """Return the ends of the chains as plain JSON values."""
    return {
        "number": head.number,
        "at": instant_text(head.at),
        "register_hash": head.register_hash,
        "clusters": dict(sorted(head.clusters.items())),
    }


def head_from_json(told: Mapping[str, Any]) -> Head:
    """Return the ends of the chains from plain JSON values.

    Raises:
        ValueError, KeyError, TypeError, AttributeError: for anything else.
    """
    return Head(
        number=int(told["number"]),
        at=datetime.fromisoformat(told["at"]),
        register_hash=str(told["register_hash"]),
        clusters={str(name): str(end) for name, end in told["clusters"].items()},
    )


def read_anchors(path: Path) -> Sequence[Head]:
    """Read the anchors of a file; blank lines are none.

    Raises:
        InvalidValue: ``anchor.access``, or ``anchor.file`` for a line that is no anchor.
    """
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise _no_access(path, error) from error
    return [_read(line, number, path) for number, line in enumerate(lines, 1) if line.strip()]


def append_anchor(path: Path, head: Head) -> None:
    """Add an anchor to a file, which is made where there is none; on disk when this returns.

    Raises:
        InvalidValue: ``anchor.access``.
    """
    line = json.dumps(head_as_json(head), ensure_ascii=False, separators=(",", ":"))
    try:
        with path.open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise _no_access(path, error) from error


def _read(line: bytes, number: int, path: Path) -> Head:
    try:
        return head_from_json(json.loads(line))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InvalidValue("anchor.file", path=str(path), line=number) from error


def _no_access(path: Path, error: OSError) -> InvalidValue:
    return InvalidValue("anchor.access", path=str(path), reason=type(error).__name__)
