"""What the fields of a request must keep to: texts that say something, numbers in range, ids."""

import math
import unicodedata
from typing import Final

from gis.errors import InvalidValue

LONGEST_ID: Final = 100
#: Characters of a name or a line, and of a note.
LONGEST_NAME: Final = 500
LONGEST_NOTE: Final = 10_000


def given_text(name: str, text: str, *, limit: int = LONGEST_NAME) -> str:
    """Return a text without blanks around it, in NFC.

    Raises:
        InvalidValue: ``value.empty``, ``value.too_long``, or ``value.text`` for what can't be
            stored.
    """
    found = optional_text(name, text, limit=limit)
    if found is None:
        raise InvalidValue("value.empty", name=name)
    return found


def optional_text(name: str, text: str | None, *, limit: int = LONGEST_NOTE) -> str | None:
    """Return a text as `given_text`, None where there is none or blanks only.

    Raises:
        InvalidValue: ``value.too_long`` or ``value.text``.
    """
    if text is None:
        return None
    if len(text) > limit:
        raise InvalidValue("value.too_long", name=name, count=len(text), limit=limit)
    if "\x00" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise InvalidValue("value.text", name=name)
    return unicodedata.normalize("NFC", text).strip() or None


def given_number(
    name: str, value: float | None, *, low: float = 0.0, high: float = 1e9
) -> float | None:
    """Return a number between two others, both included; None, not known, stays None.

    Raises:
        InvalidValue: ``value.not_finite`` or ``value.number``.
    """
    if value is None:
        return None
    if not math.isfinite(value):
        raise InvalidValue("value.not_finite", name=name)
    if not low <= value <= high:
        raise InvalidValue("value.number", value=str(value)[:40], name=name, low=low, high=high)
    return value


def given_id(name: str, value: str) -> str:
    """Return an id in NFC: 1 to 100 printable characters, none of them a blank or a slash.

    Raises:
        InvalidValue: ``value.id``.
    """
    found = unicodedata.normalize("NFC", value)
    is_id = 0 < len(found) <= LONGEST_ID and found.isprintable()
    if not is_id or any(letter.isspace() or letter in "/\\?#" for letter in found):
        raise InvalidValue("value.id", name=name, limit=LONGEST_ID)
    return found
