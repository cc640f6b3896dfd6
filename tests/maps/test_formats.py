"""Numbers and dates as people read them; the browser's formats are held to these elsewhere."""

from datetime import date

import pytest

from gis.error_texts import Language
from maps import formats


@pytest.mark.parametrize(
    ("value", "digits", "vi", "en"),
    [
        (2063.83, 2, "2.063,83", "2,063.83"),
        (1_234_567.891, 1, "1.234.567,9", "1,234,567.9"),
        (0, 2, "0,00", "0.00"),
        (-0.001, 2, "0,00", "0.00"),
        (-2400.137, 2, "−2.400,14", "−2,400.14"),
        (2.5, 0, "3", "3"),
        (0.125, 2, "0,13", "0.13"),
        (1.005, 2, "1,01", "1.01"),
        (999.995, 2, "1.000,00", "1,000.00"),
        (1e21, 2, "1.000.000.000.000.000.000.000,00", "1,000,000,000,000,000,000,000.00"),
    ],
)
def test_numbers_follow_the_glossary(value: float, digits: int, vi: str, en: str) -> None:
    """Thousands and decimals are marked by language; a half goes up; nothing is minus nought."""
    assert formats.number(value, digits, "vi") == vi
    assert formats.number(value, digits, "en") == en


def test_units_stand_behind_their_numbers() -> None:
    """Clusters are in ha with two decimals, parcels in m² with one, shares have three."""
    assert formats.hectares(2063.83) == "2.063,83 ha"
    assert formats.square_metres(4712.45, "en") == "4,712.5 m²"
    assert formats.percent(0.4496) == "0,450 %"


@pytest.mark.parametrize(("language", "words"), [("vi", "chưa có số liệu"), ("en", "no data")])
def test_the_unknown_is_said_in_words(language: Language, words: str) -> None:
    """Unknown is never 0, in any format."""
    assert {
        formats.number(None, 2, language),
        formats.hectares(None, language),
        formats.square_metres(None, language),
        formats.percent(None, language),
        formats.day(None, language),
    } == {words}


def test_dates_follow_the_glossary() -> None:
    """12/03/2024 in Vietnamese, 12 Mar 2024 in English."""
    assert formats.day(date(2024, 3, 12)) == "12/03/2024"
    assert formats.day(date(2024, 3, 2), "en") == "2 Mar 2024"
