"""The planner's map: list and map are one thing, and its address says what is shown."""

import re

import httpx
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.watched import settle


def names_listed(page: Page) -> list[str]:
    """Return the names in the list, from the top."""
    return page.locator("#list tbody button").all_inner_texts()


def current_row(page: Page) -> str:
    """Return the name of the row that is marked as chosen."""
    return page.locator("#list tr[aria-current=true] button").inner_text()


def test_the_example_stands_on_the_map_and_in_the_list(open_page: OpenPage, example: str) -> None:
    """Every cluster and zone is listed, those with a boundary are drawn, and the page is clean."""
    page = open_page(example)
    assert len(names_listed(page)) == 43
    expect(page.locator("#list")).to_contain_text("43")
    expect(page.locator(".leaflet-clusters-pane path[stroke-dasharray]")).not_to_have_count(0)
    expect(page.get_by_text("Dữ liệu minh họa").first).to_be_visible()
    expect(page.get_by_text("31/12/2024").first).to_be_visible()


def test_a_name_in_the_list_leads_to_its_place(open_page: OpenPage, example: str) -> None:
    """Choosing a name moves the map there, draws its plan and plots, and marks the row."""
    page = open_page(example)
    page.locator("#list").get_by_role("button", name="Tiên Tiến").click()
    settle(page)
    assert current_row(page) == "Tiên Tiến"
    expect(page.locator(".leaflet-plots-pane path")).not_to_have_count(0)
    expect(page.locator(".leaflet-plan-pane path")).not_to_have_count(0)
    expect(page.locator(".leaflet-popup").get_by_role("heading")).to_have_text("Tiên Tiến")
    assert "cluster=ccn-tien-tien" in page.url


def test_a_place_on_the_map_leads_to_its_name(open_page: OpenPage, example: str) -> None:
    """A click on a cluster marks its row in the list, which comes into view."""
    page = open_page(f"{example}/#map=13.00/20.84130/105.44200")
    page.evaluate(
        "map_ccn.eachLayer((shape) => shape.feature?.id === 'ccn-tien-tien' "
        "&& shape.getBounds && shape.fire('click', { latlng: shape.getBounds().getCenter() }))"
    )
    settle(page)
    assert current_row(page) == "Tiên Tiến"
    expect(page.locator("#list tr[aria-current=true]")).to_be_in_viewport()


def test_the_list_works_from_the_keyboard(open_page: OpenPage, example: str) -> None:
    """Tab reaches the search and the names; Enter chooses."""
    page = open_page(example)
    page.get_by_role("searchbox").focus()
    page.keyboard.type("chiềng")
    for _press in range(8):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.dataset.id") == "ccn-chieng-chau":
            break
    page.keyboard.press("Enter")
    settle(page)
    assert current_row(page) == "Chiềng Châu"


def test_a_search_folds_diacritics_and_the_bar(open_page: OpenPage, example: str) -> None:
    """Names are found without marks, in any case, also with the bare letter for đ."""
    page = open_page(example)
    search = page.get_by_role("searchbox")
    for typed, name in (("TIEN TIEN", "Tiên Tiến"), ("đà bắc", "Đà Bắc"), ("da bac", "Đà Bắc")):
        search.fill(typed)
        assert name in names_listed(page), typed
        assert len(names_listed(page)) < 43, typed
    search.fill("không có tên này")
    assert names_listed(page) == []
    search.fill("")
    assert len(names_listed(page)) == 43


def test_the_list_sorts_and_filters(open_page: OpenPage, example: str) -> None:
    """The largest comes first by area, what is unknown comes last, and kinds can be chosen."""
    page = open_page(example)
    page.locator("#list thead").get_by_role("button", name="Diện tích").click()
    assert names_listed(page)[0] == "Thanh Hà"
    page.locator("#list thead").get_by_role("button", name="Lấp đầy").click()
    assert names_listed(page)[0] == "Phú Thành II"
    expect(page.locator("#list th[aria-sort=descending]")).to_contain_text("Lấp đầy")
    page.locator("#list select").select_option("kcn")
    assert len(names_listed(page)) == 8


def test_both_languages_say_the_same(open_page: OpenPage, example: str) -> None:
    """The switch keeps place and selection; numbers, dates and words are then English."""
    page = open_page(example)
    page.locator("#list").get_by_role("button", name="Tiên Tiến").click()
    settle(page)
    page.get_by_role("link", name="English").click()
    settle(page)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert current_row(page) == "Tiên Tiến"
    expect(page.locator("#gauge")).to_contain_text("459,057.00 ha")
    expect(page.get_by_text("Synthetic data").first).to_be_visible()
    expect(page.get_by_text("31 Dec 2024").first).to_be_visible()
    assert "chưa" not in page.locator("body").inner_text()
    expect(page.get_by_role("link", name="Tiếng Việt")).to_be_visible()


def test_a_link_shows_what_its_sender_saw(open_page: OpenPage, example: str) -> None:
    """The address holds place, zoom, selection, date and language."""
    first = open_page(f"{example}/?on=2023-06-30&lang=en")
    first.locator("#list").get_by_role("button", name="Chiềng Châu").click()
    expect(first).to_have_url(re.compile(r"map=15.*cluster=ccn-chieng-chau"))
    second = open_page(first.url)
    assert current_row(second) == "Chiềng Châu"
    place = "[map_ccn.getZoom(), map_ccn.getCenter().lat.toFixed(4)]"
    assert second.evaluate(place) == first.evaluate(place)
    expect(second.get_by_text("30 Jun 2023").first).to_be_visible()


def test_another_date_asks_everything_anew(open_page: OpenPage, example: str) -> None:
    """A date is typed as people write it; gauge, list and map then speak about that day."""
    page = open_page(example)
    page.get_by_label("Ngày").fill("31/12/2021")
    page.get_by_role("button", name="Xem").click()
    settle(page)
    assert re.search(r"on=(2021-12-31|31%2F12%2F2021)", page.url)
    expect(page.locator("#gauge")).to_contain_text("0,450 %")


def test_the_first_page_is_small(example: str) -> None:
    """The page without its assets stays below 100 kB: no land is written into it."""
    answer = httpx.get(example)
    assert len(answer.content) < 100_000
    assert "coordinates" not in answer.text


def test_the_map_carries_no_foreign_flag(open_page: OpenPage, example: str) -> None:
    """Leaflet's own prefix, with the flag of another country, is not on an official map."""
    page = open_page(example)
    assert page.locator(".leaflet-control-attribution svg").count() == 0
    assert "Leaflet" not in page.locator(".map-frame").inner_text()


def test_a_link_pasted_into_the_open_page_is_followed(open_page: OpenPage, example: str) -> None:
    """Only the part behind # changes, and the page still goes there."""
    page = open_page(example)
    page.evaluate("location.hash = 'cluster=ccn-chieng-chau&stage=planned'")
    expect(page.locator("#list tr[aria-current=true] button")).to_have_text("Chiềng Châu")
    expect(page.locator("#gauge")).to_contain_text("0,777 %")


def test_a_name_without_a_boundary_says_so(open_page: OpenPage, example: str) -> None:
    """It is marked in the list, and the map leads to its page."""
    page = open_page(example)
    page.locator("#list").get_by_role("button", name="Cao Dương").click()
    assert current_row(page) == "Cao Dương"
    expect(page.locator(".map-notice")).to_contain_text("Chưa có ranh giới của Cao Dương")
    page.locator(".map-notice").get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Cao Dương")
