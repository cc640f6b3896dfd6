"""Numbers and dates as people read them, in Vietnamese and English: one formatter for all.

Page, print, e-mail and the command line write through here; `maps/static/format.js` does the
same in the browser, held to it by a test. Unknown is said in words and is never 0.
"""

from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Final

from gis.error_texts import Language

#: Rounds as people do, half up, on the digits that a number is written with: 1.005 is 1.01.
_ROUNDING: Final = Context(prec=400, rounding=ROUND_HALF_UP)
_MINUS: Final = "\N{MINUS SIGN}"
_NO_DATA: Final = {"vi": "chưa có số liệu", "en": "no data"}
_MONTHS: Final = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)


def no_data(language: Language) -> str:
    """Return the words for what nobody knows or published."""
    return _NO_DATA[language]


def number(value: float | None, digits: int, language: Language = "vi") -> str:
    """Write a number with thousands marks and a fixed count of decimals, rounded half up.

    >>> number(2063.83, 2, "vi"), number(2063.83, 2, "en")
    ('2.063,83', '2,063.83')
    >>> number(None, 2, "vi")
    'chưa có số liệu'
    """
    if value is None:
        return no_data(language)
    written = Decimal(repr(abs(float(value))))
    text = f"{written.quantize(Decimal(1).scaleb(-digits), context=_ROUNDING):,f}"
    if language == "vi":
        text = text.translate(str.maketrans(",.", ".,"))
    is_negative = value < 0 and any(digit in text for digit in "123456789")
    return f"{_MINUS}{text}" if is_negative else text


def hectares(value: float | None, language: Language = "vi") -> str:
    """Write an area in hectares with two decimals."""
    return with_unit(value, 2, "ha", language)


def square_metres(value: float | None, language: Language = "vi") -> str:
    """Write an area in square metres with one decimal."""
    return with_unit(value, 1, "m²", language)


def percent(value: float | None, language: Language = "vi", digits: int = 3) -> str:
    """Write a share with three decimals."""
    return with_unit(value, digits, "%", language)


def day(value: date | None, language: Language = "vi") -> str:
    """Write a calendar date.

    >>> day(date(2024, 3, 12), "vi"), day(date(2024, 3, 12), "en")
    ('12/03/2024', '12 Mar 2024')
    """
    if value is None:
        return no_data(language)
    if language == "vi":
        return f"{value:%d/%m/%Y}"
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def with_unit(value: float | None, digits: int, unit: str, language: Language) -> str:
    """Write a number and its unit with a space between them that never breaks a line."""
    text = number(value, digits, language)
    return text if value is None else f"{text} {unit}"
