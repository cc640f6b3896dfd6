"""Every word of the pages exists in both languages and is said somewhere."""

import re
import string
from pathlib import Path

import maps
from gis.error_texts import Language
from maps import texts as maps_texts
from maps.people_texts import people_texts

ROOT = Path(maps.__file__).parents[1]
COMPOSED = (
    "basis_", "confidence_", "count_", "filter_", "fill_", "kind_", "kind_of_", "col_", "plan_",
    "numerator_", "quality_", "short_", "stage_", "unit_", "waste_",
)  # fmt: skip
"""Beginnings of keys that code completes with a code of the model."""


def texts(language: Language) -> dict[str, str]:
    """Return the texts of all pages."""
    return maps_texts.texts(language) | people_texts(language)


def test_no_key_stands_twice() -> None:
    """A page about people may use the texts of every page, so none hides another."""
    assert not maps_texts.texts("vi").keys() & people_texts("vi").keys()


def sources() -> str:
    """Return all that asks for texts."""
    folders = (ROOT / "maps", ROOT / "api")
    files = (path for folder in folders for path in folder.rglob("*"))
    return "".join(
        path.read_text(encoding="utf-8")
        for path in files
        if path.suffix in (".py", ".js", ".html")
        and path.name not in ("texts.py", "people_texts.py")
        and "vendor" not in path.parts
    )


def test_both_languages_fill_the_same_places() -> None:
    """A text has the same names in braces in Vietnamese and English, and neither is empty."""
    vi, en = texts("vi"), texts("en")
    for key, words in vi.items():
        places = [
            {name for _, name, _, _ in string.Formatter().parse(t) if name}
            for t in (words, en[key])
        ]
        assert places[0] == places[1], key
        assert key == "unit_text" or (words and en[key]), key


def test_no_text_is_left_unsaid() -> None:
    """Each key stands in a template, a script or a module, or has a known beginning."""
    said = set(re.findall(r"[\w%]+", sources()))
    lost = [key for key in texts("vi") if key not in said and not key.startswith(COMPOSED)]
    assert lost == []


def test_no_text_is_asked_for_that_is_not_there() -> None:
    """Keys that scripts and templates name are in the table."""
    asked = set(re.findall(r'\btext\("(\w+)"', sources())) | set(
        re.findall(r"\bt\.(\w+)", sources())
    )
    assert asked <= set(texts("vi"))
