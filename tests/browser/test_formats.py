"""The browser writes numbers and dates as `maps.formats` does."""

import random
from datetime import date, timedelta
from typing import Any

from gis.error_texts import Language
from maps import formats
from tests.browser.conftest import OpenPage

_TIES = [whole + part for whole in range(12) for part in (0.5, 0.25, 0.125, 0.005, 0.0005, 0.05)]
_WRITE = """async ([address, cases]) => {
  const format = await import(address);
  return cases.map(([name, ...values]) => format[name](...values));
}"""


def numbers() -> list[float]:
    """Return numbers that are hard to round, small and large, of both signs."""
    chance = random.Random(20241231)  # noqa: S311 - no secret
    sizes = [chance.uniform(-1, 1) * 10**power for power in range(-5, 16) for _ in range(20)]
    hundredths = [round(size, 2) for size in sizes] + [round(size, 3) + 0.005 for size in sizes]
    return [0.0, -0.0, 1.005, 999.995, 459_057.0, *_TIES, *sizes, *hundredths]


def days() -> list[date]:
    """Return a day of every month, and the ends of the calendar."""
    return [date(2024, 1, 3) + timedelta(days=29 * step) for step in range(26)] + [
        date(2099, 12, 31)
    ]


def test_the_browser_writes_what_the_server_writes(open_page: OpenPage, example: str) -> None:
    """A thousand numbers and the dates of two years read alike, in both languages."""
    cases: list[list[Any]] = []
    expected: list[str] = []
    languages: tuple[Language, ...] = ("vi", "en")
    for language in languages:
        for value in numbers():
            for digits in range(4):
                cases.append(["number", value, digits, language])
                expected.append(formats.number(value, digits, language))
        for day in days():
            cases.append(["day", day.isoformat(), language])
            expected.append(formats.day(day, language))
    page = open_page(example)
    module = page.locator("script[type=module]").get_attribute("src") or ""
    address = module.rsplit("/", 1)[0] + "/format.js"
    assert page.evaluate(_WRITE, [address, cases]) == expected


def test_units_and_the_unknown_read_alike(open_page: OpenPage, example: str) -> None:
    """Units stand behind numbers in the same way, and nothing known is said in the same words."""
    page = open_page(example)
    module = page.locator("script[type=module]").get_attribute("src") or ""
    cases = [["hectares", 2063.83], ["squareMetres", None], ["percent", 0.4496], ["day", None]]
    written = page.evaluate(_WRITE, [module.rsplit("/", 1)[0] + "/format.js", cases])
    assert written == [
        formats.hectares(2063.83),
        formats.square_metres(None),
        formats.percent(0.4496),
        formats.day(None),
    ]
