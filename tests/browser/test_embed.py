"""The map in a frame of another portal: on any site, without traces, and the wheel stays theirs."""

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import FrameLocator, Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.served import other_portal
from tests.browser.watched import Faults

Portal = tuple[str, dict[str, str]]


@pytest.fixture
def portal() -> Iterator[Portal]:
    """Yield another origin's address and its pages."""
    pages: dict[str, str] = {}
    with other_portal(pages) as address:
        yield address, pages


def frame_page(address: str, sandbox: str | None = None) -> str:
    """Return a long page of another portal with a frame."""
    boxed = "" if sandbox is None else f' sandbox="{sandbox}"'
    frame = f'<iframe src="{address}"{boxed} width="900" height="480" title="map"></iframe>'
    return f"<!doctype html><body><h1>Portal</h1>{frame}<div style='height:3000px'></div>"


def framed(page: Page) -> FrameLocator:
    """Return the map inside."""
    return page.frame_locator("iframe")


@pytest.mark.parametrize("sandbox", [None, "allow-scripts"])
def test_any_site_may_frame_the_map(
    open_page: OpenPage, example: str, portal: Portal, sandbox: str | None
) -> None:
    """With and without a sandbox the map draws, in its own type, and says date, source, quality."""
    address, pages = portal
    pages["/"] = frame_page(f"{example}/embed", sandbox)
    page = open_page(address)
    inside = framed(page)
    expect(inside.locator(".leaflet-clusters-pane path")).not_to_have_count(0)
    for words in ("31/12/2024", "Dữ liệu minh họa", "Nguồn"):
        expect(inside.get_by_text(words).first).to_be_visible()
    frame = page.frames[1]
    assert frame.evaluate(
        "document.fonts.ready.then(() => document.fonts.check('16px \"Be Vietnam Pro\"'))"
    )


def test_the_embed_leaves_nothing_behind(open_page: OpenPage, example: str, portal: Portal) -> None:
    """No cookie, no storage, no worker, no database."""
    address, pages = portal
    pages["/"] = frame_page(f"{example}/embed")
    page = open_page(address)
    expect(framed(page).locator(".leaflet-clusters-pane path")).not_to_have_count(0)
    assert page.context.cookies() == []
    kept = page.frames[1].evaluate(
        """async () => [localStorage.length, sessionStorage.length, document.cookie,
        (await indexedDB.databases()).length, (await caches.keys()).length,
        (await navigator.serviceWorker.getRegistrations()).length]"""
    )
    assert kept == [0, 0, "", 0, 0, 0]


@pytest.mark.parametrize("sandbox", [None, "allow-scripts"])
def test_the_wheel_scrolls_the_host(
    open_page: OpenPage, example: str, portal: Portal, sandbox: str | None
) -> None:
    """The plain wheel moves the portal's page and not the map; with Ctrl it zooms the map."""
    address, pages = portal
    pages["/"] = frame_page(f"{example}/embed", sandbox)
    page = open_page(address)
    expect(framed(page).locator(".leaflet-clusters-pane path")).not_to_have_count(0)
    frame = page.frames[1]
    zoom = frame.evaluate("map_ccn.getZoom()")
    page.mouse.move(400, 300)
    page.mouse.wheel(0, 400)
    expect(page.locator("h1")).not_to_be_in_viewport()
    assert frame.evaluate("map_ccn.getZoom()") == zoom
    page.evaluate("scrollTo(0, 0)")
    expect(page.locator("h1")).to_be_in_viewport()
    page.keyboard.down("Control")
    page.mouse.wheel(0, -400)
    page.keyboard.up("Control")
    expect(page.locator("h1")).to_be_in_viewport()
    frame.wait_for_function("(zoom) => map_ccn.getZoom() > zoom", arg=zoom)


def test_a_portal_chooses_language_date_cluster_and_layers(
    open_page: OpenPage, example: str, portal: Portal
) -> None:
    """The query of the embed says what is shown."""
    address, pages = portal
    asked = "lang=en&on=2023-06-30&cluster=ccn-tien-tien&layers=clusters,plan"
    pages["/"] = frame_page(f"{example}/embed?{asked}")
    page = open_page(address)
    inside = framed(page)
    expect(inside.locator(".leaflet-plan-pane path")).not_to_have_count(0)
    for words in ("30 Jun 2023", "Synthetic data", "Source"):
        expect(inside.get_by_text(words).first).to_be_visible()
    expect(inside.locator("html")).to_have_attribute("lang", "en")
    assert inside.locator(".leaflet-plots-pane path").count() == 0


@pytest.mark.parametrize("path", ["/", "/clusters/ccn-tien-tien", "/api/clusters", "/docs"])
def test_no_other_page_can_be_framed(
    open_page: OpenPage, example: str, portal: Portal, faults: Faults, path: str
) -> None:
    """The planner's map, a cluster's page and the rest refuse (THREATS 51)."""
    address, pages = portal
    pages["/"] = frame_page(f"{example}{path}")
    page = open_page(address)
    assert faults.take("frame-ancestors")
    faults.take("ERR_BLOCKED_BY_RESPONSE")
    faults.take("chrome-error:")
    assert page.frames[1].url.startswith("chrome-error:")


def test_the_map_page_hands_out_a_frame_that_works(
    open_page: OpenPage, example: str, portal: Portal
) -> None:
    """The snippet, pasted into another portal's page, shows the map; it can be copied by hand."""
    page = open_page(example)
    page.get_by_role("button", name="Nhúng").click()
    box = page.get_by_role("dialog").get_by_role("textbox")
    snippet = box.input_value()
    assert 'sandbox="allow-scripts' in snippet
    page.get_by_role("dialog").get_by_role("button", name="Chép").click()
    assert page.evaluate("getSelection().toString() || document.activeElement.value") == snippet
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    address, pages = portal
    pages["/"] = f"<!doctype html><body>{snippet}"
    host = open_page(address)
    expect(framed(host).locator(".leaflet-clusters-pane path")).not_to_have_count(0)


def test_a_layer_that_there_is_not_is_refused(example: str) -> None:
    """A portal's typing error is told, with the layers that there are."""
    answer = httpx.get(f"{example}/embed?layers=clusters,lots")
    assert answer.status_code == 400
    assert answer.json()["code"] == "value.choice"
    assert "plots" in answer.json()["detail"]
