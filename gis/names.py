"""Names as people type them: compared without case and diacritics, and guessed when mistyped."""

import difflib
import re
import unicodedata
from collections.abc import Mapping
from typing import Final

_CLOSE: Final = 0.5
_LONGEST_SLUG: Final = 60


def fold(text: str) -> str:
    """Return text for comparison: without case, diacritics and the bar of đ.

    >>> fold("Hòa Bình, Đà Bắc")
    'hoa binh, da bac'
    """
    bare = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


def slug(text: str) -> str:
    """Return a name as an id that a person can read and an address can hold; "" for no letters.

    >>> slug("Chăm Mát – Dân Chủ (mở rộng)")
    'cham-mat-dan-chu-mo-rong'
    """
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")[:_LONGEST_SLUG].strip("-")


def nearest(wanted: str, names: Mapping[str, str], count: int = 3) -> list[str]:
    """Return up to ``count`` ids whose id or name is close to what was typed, closest first.

    ``names`` gives each id its name. Nothing close gives an empty list.

    >>> nearest("tien tienn", {"ccn-tien-tien": "Tiên Tiến", "ccn-yen-mong": "Yên Mông"})
    ['ccn-tien-tien']
    """
    asked = fold(wanted)[:100].replace("-", " ").strip()
    closeness = {thing_id: _closeness(asked, thing_id, name) for thing_id, name in names.items()}
    close = [thing_id for thing_id, value in closeness.items() if value >= _CLOSE]
    return sorted(close, key=lambda thing_id: (-closeness[thing_id], thing_id))[:count]


def _closeness(asked: str, thing_id: str, name: str) -> float:
    """Return how close a text comes to an id or name: 0 not at all, 1 the same."""
    forms = (thing_id.replace("-", " "), fold(name))
    if len(asked) > 2 and any(asked in form for form in forms):
        return 0.95
    return max(_likeness(asked, form) for form in forms)


def _likeness(one: str, other: str) -> float:
    """Compare two texts; those that can't be close are not compared letter by letter."""
    matcher = difflib.SequenceMatcher(None, one, other)
    if matcher.real_quick_ratio() < _CLOSE or matcher.quick_ratio() < _CLOSE:
        return 0.0
    return matcher.ratio()
