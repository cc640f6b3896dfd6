"""Names that attack stay text, everywhere and in every page (THREATS finding 1, 2, rows 34, 35)."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.registers import ATTACKS, EVERYTHING, attacked_id
from tests.browser.watched import settle


@pytest.fixture
def hostile_page(open_page: OpenPage, hostile: str) -> Page:
    """Return the map of the hostile register."""
    return open_page(hostile)


def test_every_name_stands_in_the_list_as_it_is(hostile_page: Page) -> None:
    """The list shows each hostile name letter by letter and makes nothing of it."""
    for attack in ATTACKS:
        expect(hostile_page.locator("#list").get_by_text(attack, exact=True)).to_be_visible()
    assert hostile_page.locator("#list img, #list script, #list b").count() == 0


def test_popups_show_names_and_labels_as_they_are(hostile_page: Page) -> None:
    """Choosing a hostile cluster opens its facts with the name letter by letter."""
    for number, attack in enumerate(ATTACKS):
        hostile_page.locator(f'#list button[data-id="{attacked_id(number)}"]').click()
        settle(hostile_page)
        heading = hostile_page.locator(".leaflet-popup").last.get_by_role("heading")
        expect(heading).to_have_text(attack)
    names = hostile_page.locator(".place-name").all_inner_texts()
    assert sorted(names) == sorted(ATTACKS)


def test_a_hostile_plot_and_plan_stay_text(hostile_page: Page) -> None:
    """The labels of plots and plan areas open as text."""
    hostile_page.locator('#list button[data-id="ccn-0"]').click()
    settle(hostile_page)
    expect(hostile_page.locator(".leaflet-plots-pane path")).not_to_have_count(0)
    for pane in ("plots", "plan"):
        for shape in hostile_page.locator(f".leaflet-{pane}-pane path").all():
            shape.dispatch_event("click")
            popup = hostile_page.locator(".leaflet-popup").last
            expect(popup).to_be_visible()
            assert popup.locator("img, script, b, svg").count() == 0


def test_a_hostile_cluster_page_is_text(open_page: OpenPage, hostile: str) -> None:
    """Name, note, figure, source and territory stand in the page as they are."""
    for number in (1, 4, 8):
        attack = ATTACKS[number]
        page = open_page(f"{hostile}/clusters/{attacked_id(number)}")
        assert attack.split("\u2028")[0] in (page.locator("h1").text_content() or "")
        main = page.locator("main").text_content() or ""
        assert main.count(EVERYTHING.split("\u2028")[0]) >= 3
        page.context.close()


def test_a_hostile_embed_is_text(open_page: OpenPage, hostile: str) -> None:
    """The embed shows the territory's name as it is."""
    page = open_page(f"{hostile}/embed?cluster=ccn-2")
    expect(page.locator("#stamp")).to_contain_text("<img src=x onerror=attacked()>")
