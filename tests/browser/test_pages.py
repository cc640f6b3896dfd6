"""What holds for every page: structure for screen readers, and a path prefix of the service."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.served import running

PAGES = ["/", "/clusters/ccn-tien-tien", "/embed"]
_UNNAMED = """() => [...document.querySelectorAll("button, a[href], input, select, textarea")]
  .filter((one) => one.checkVisibility() && !one.closest("[aria-hidden=true]"))
  .filter((one) => !(one.getAttribute("aria-label") || one.title || one.textContent.trim()
    || one.labels?.length))
  .map((one) => one.outerHTML)"""


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_a_skeleton_for_screen_readers(
    open_page: OpenPage, example: str, path: str
) -> None:
    """One main part, a title, a language, one first heading, and a name for each control."""
    page = open_page(example + path)
    expect(page.locator("main")).to_have_count(1)
    expect(page.locator("html")).to_have_attribute("lang", "vi")
    assert page.title()
    assert page.locator("h1").count() == (0 if path == "/embed" else 1)
    assert page.evaluate(_UNNAMED) == []
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((one) => one.id)")
    assert len(ids) == len(set(ids))


def focused(page: Page) -> str:
    """Return the text of what has the keyboard."""
    return str(page.evaluate("document.activeElement.textContent.trim()"))


def test_the_keyboard_can_skip_to_the_list(open_page: OpenPage, example: str) -> None:
    """The first stop leads past the head, and choosing leaves the keyboard where it was."""
    page = open_page(example)
    page.keyboard.press("Tab")
    assert focused(page) == "Chuyển đến danh sách"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.type") == "search"
    name = page.locator("#list").get_by_role("button", name="Tiên Tiến")
    name.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".leaflet-popup")).to_be_visible()
    assert focused(page) == "Tiên Tiến"


def test_the_service_works_below_a_path(open_page: OpenPage, example_file: Path) -> None:
    """Behind a portal's path every address of the pages begins with it."""
    with running(example_file, "/ccn") as address:
        page = open_page(f"{address}/ccn/")
        expect(page.locator("#list tbody tr")).to_have_count(43)
        page.locator("#list").get_by_role("button", name="Tiên Tiến").click()
        page.locator(".leaflet-popup").get_by_role("link").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Tiên Tiến")
        assert "/ccn/clusters/ccn-tien-tien" in page.url
        page.context.close()
