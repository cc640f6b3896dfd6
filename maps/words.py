"""Texts and formats of one language together: what a page rendered on the server writes with."""

from datetime import date

from gis.error_texts import Language
from gis.model import DateBounds
from maps import formats
from maps.style import Style
from maps.texts import texts


class Words:
    """The words, numbers and dates of one language. Unknown is said in words."""

    def __init__(self, language: Language) -> None:
        """Write in ``language``."""
        self.language: Language = language
        self._texts = texts(language)

    def __getitem__(self, key: str) -> str:
        return self._texts[key]

    def said(self, key: str, **facts: object) -> str:
        """Return a text with its places filled."""
        return self._texts[key].format(**facts)

    def choose(self, vi: str, en: str) -> str:
        """Return the text of this language."""
        return vi if self.language == "vi" else en

    def label(self, style: Style) -> str:
        """Return a style's label."""
        return self.choose(style.vi, style.en)

    def number(self, value: float | None, digits: int = 0) -> str:
        """Write a number."""
        return formats.number(value, digits, self.language)

    def hectares(self, area_ha: float | None) -> str:
        """Write an area in hectares."""
        return formats.hectares(area_ha, self.language)

    def in_hectares(self, area_m2: float | None) -> str:
        """Write an area given in square metres in hectares."""
        return self.hectares(None if area_m2 is None else area_m2 / 10_000)

    def percent(self, value: float | None, digits: int = 2) -> str:
        """Write a percentage of a cluster with two decimals; shares of a province take three."""
        return formats.percent(value, self.language, digits)

    def day(self, value: date | None) -> str:
        """Write a date."""
        return formats.day(value, self.language)

    def bounds(self, bounds: DateBounds) -> str:
        """Write a date known within bounds; a whole year reads as the year."""
        first, last = bounds.earliest, bounds.latest
        if not bounds.is_known:
            return formats.no_data(self.language)
        if first == last:
            return self.day(last)
        if first and last and first == date(last.year, 1, 1) and last == date(first.year, 12, 31):
            return str(first.year)
        low = self.day(first) if first else "…"
        high = self.day(last) if last else "…"
        return self.said("founded_between", low=low, high=high)
