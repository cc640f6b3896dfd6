"""Small screens, paper, and a register that holds nothing yet."""

import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage

PHONES = [(360, 640), (390, 844)]
PAGES = ["/", "/?lang=en", "/clusters/ccn-tien-tien", "/clusters/ccn-tien-tien?lang=en", "/embed"]


@pytest.mark.parametrize("size", PHONES)
def test_no_page_is_wider_than_a_phone(
    open_page: OpenPage, example: str, size: tuple[int, int]
) -> None:
    """Nothing has to be scrolled sideways, and the map is there."""
    for path in PAGES:
        page = open_page(example + path, size, has_touch=True, is_mobile=True)
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0], path
        expect(page.locator(".leaflet-container")).to_be_visible()
        page.context.close()


def test_a_phone_brings_the_map_to_the_chosen_name(open_page: OpenPage, example: str) -> None:
    """Choosing a name far down the list scrolls back up to the map."""
    page = open_page(example, PHONES[1], has_touch=True, is_mobile=True)
    page.locator("#list").get_by_role("button", name="Tiên Tiến").tap()
    expect(page.locator(".leaflet-popup").get_by_role("heading")).to_be_in_viewport()


def printed_text(page: Page, folder: Path) -> str:
    """Print a page on A4 and read the paper."""
    path = folder / "page.pdf"
    page.pdf(path=path, format="A4", prefer_css_page_size=True)
    done = subprocess.run(
        ["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True
    )
    return done.stdout


def test_paper_holds_the_answer_the_table_and_the_sources(
    open_page: OpenPage, example: str, tmp_path: Path
) -> None:
    """The print has share, gap, date, sources, legend, every name, and says what is synthetic."""
    text = printed_text(open_page(example), tmp_path)
    for words in (
        "0,477 %", "2.400,14 ha", "31/12/2024", "Dữ liệu minh họa", "Chú giải", "Nguồn",
        "baohoabinh.com.vn", "Đã thành lập", "Số công bố", "Tiên Tiến", "Yên Quang", "Xuân Dương",
    ):  # fmt: skip
        assert words in text, words
    for words in ("Nhúng", "Xem", "English"):
        assert words not in text, words


def test_a_cluster_prints_whole(open_page: OpenPage, example: str, tmp_path: Path) -> None:
    """Numbers, facts, both balances, figures and the legend are on the paper."""
    text = printed_text(open_page(f"{example}/clusters/ccn-tien-tien"), tmp_path)
    for words in ("33,84 %", "vượt 122,7 %", "47,60 ha", "Cây xanh", "Còn trống", "minh họa"):
        assert words in text, words


@pytest.mark.parametrize(("lang", "words"), [("vi", "chưa có cụm"), ("en", "no cluster")])
def test_an_empty_register_says_what_to_do_first(
    open_page: OpenPage, empty: str, lang: str, words: str
) -> None:
    """The first page of an empty register is clean and names the commands."""
    page = open_page(f"{empty}/?lang={lang}")
    expect(page.get_by_role("heading", level=1)).to_contain_text(words)
    expect(page.locator("main")).to_contain_text("ccn-gis init --example")
