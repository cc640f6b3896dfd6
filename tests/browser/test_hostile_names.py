"""Names that attack stay text, everywhere and in every page (THREATS finding 1, 2, rows 34, 35)."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.registers import ATTACKS


@pytest.fixture
def hostile_page(open_page: OpenPage, hostile: str) -> Page:
    """Return the map of the hostile register."""
    return open_page(hostile)


def test_every_name_stands_in_the_list_as_it_is(hostile_page: Page) -> None:
    """The list shows each hostile name letter by letter and makes nothing of it."""
    for attack in ATTACKS:
        expect(hostile_page.locator("#list").get_by_text(attack, exact=True)).to_be_visible()
    assert hostile_page.locator("#list img, #list script, #list b").count() == 0
