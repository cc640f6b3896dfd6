"""A cluster's page: it reads without scripts, mixes no numbers and shows its plan."""

import re

from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import OpenPage

TIEN_TIEN = "/clusters/ccn-tien-tien"


def card(page: Page, title: str) -> Locator:
    """Return a part of the page by its heading."""
    return page.get_by_role("region", name=title)


def test_the_page_reads_without_scripts(browser: Browser, example: str) -> None:
    """Facts, the three numbers, both balances and the figures are text of the page."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(example + TIEN_TIEN)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Tiên Tiến")
    for words in ("Quang Tiến", "33,84 %", "23,01 %", "vượt 122,7 %", "47,60 ha", "70,00 ha"):
        assert words in page.locator("main").inner_text(), words
    context.close()


def test_three_numbers_are_never_mixed(open_page: OpenPage, example: str) -> None:
    """Legal fill, leased ÷ area and attainment stand under their own names, with their rules."""
    numbers = card(open_page(example + TIEN_TIEN), "Ba số khác nhau, không thay nhau")
    shown = numbers.locator(".three > div").all_inner_texts()
    assert len(shown) == 3
    legal, over_area, attained = shown
    assert "NĐ 32/2024" in legal
    assert "33,84 %" in legal
    assert "Điều 2 khoản 7" in legal
    assert "diện tích cụm" in over_area
    assert "23,01 %" in over_area
    assert "Nghị quyết" in attained
    assert "“vượt 122,7 %”" in attained
    assert "Báo cáo tổng kết" in attained


def test_facts_name_date_basis_and_source(open_page: OpenPage, example: str) -> None:
    """What is known says when and from where; what is not known says so and is no number."""
    facts = card(open_page(example + TIEN_TIEN), "Thông tin")
    rows = {
        row.locator("th").inner_text(): row.locator("td").inner_text()
        for row in facts.locator("tbody tr").all()
    }
    assert "chưa có số liệu" in rows["Diện tích công bố"]
    assert not re.search(r"\d", rows["Diện tích công bố"])
    assert "đo từ ranh giới (minh họa)" in rows["Diện tích đo từ ranh"]
    assert "31/12/2024" in rows["Đã cho thuê"]
    assert "Báo cáo tổng kết" in rows["Thành lập"]
    assert "2.500 m³/ngày" in rows["Trạm xử lý nước thải"]


def test_the_planned_balance_shows_its_rules(open_page: OpenPage, example: str) -> None:
    """Each class has area, share and a bar; a rule stands beside with its version and verdict."""
    balance = card(open_page(example + TIEN_TIEN), "Cơ cấu theo quy hoạch chi tiết")
    expect(balance.locator("tbody tr")).to_have_count(7)
    green = balance.locator("tr", has_text="Cây xanh")
    for words in ("≥ 10 %", "QCVN 01:2021", "chưa kiểm chứng", "đạt"):
        expect(green).to_contain_text(words)
    expect(green.locator("svg.bar line")).to_have_count(1)
    expect(balance.locator("tfoot")).to_contain_text("70,00 ha")


def test_the_map_shows_plan_plots_and_serving_land(open_page: OpenPage, example: str) -> None:
    """The whole plan is in view with its legend, the land that serves it outside too."""
    page = open_page(example + TIEN_TIEN)
    expect(page.locator(".leaflet-plots-pane path")).not_to_have_count(0)
    expect(page.locator(".leaflet-plan-pane path")).not_to_have_count(0)
    expect(page.locator("#legend")).to_contain_text("Đất phục vụ ngoài cụm")
    frame = page.locator(".map-frame").bounding_box()
    assert frame
    for shape in page.locator(".leaflet-plan-pane path").all():
        box = shape.bounding_box()
        assert box
        assert box["x"] >= frame["x"]
        assert box["x"] + box["width"] <= frame["x"] + frame["width"]


def test_every_plot_stands_in_a_table(open_page: OpenPage, example: str) -> None:
    """The table below the map lists the plots in their order, with state, area and last year."""
    page = open_page(example + TIEN_TIEN)
    page.get_by_text("Danh sách lô đất").click()
    labels = page.locator("#plots tbody th").all_inner_texts()
    assert labels[:3] == ["CN-01", "CN-02", "CN-03"]
    assert len(labels) == page.locator(".leaflet-plots-pane path").count()
    expect(page.locator("#plots tbody")).to_contain_text("Đã cho thuê")


def test_a_cluster_that_nobody_drew_says_so(open_page: OpenPage, example: str) -> None:
    """A planned cluster without boundary or plan shows no zero and no made-up share."""
    page = open_page(f"{example}/clusters/ccn-cao-duong")
    expect(page.locator(".map-notice")).to_contain_text("Chưa có ranh giới")
    text = page.locator("main").inner_text()
    assert "không xác định" in text
    assert "0,00" not in text
    assert "Dữ liệu minh họa" not in text


def test_the_page_speaks_english(open_page: OpenPage, example: str) -> None:
    """Every label, number and date is English; only names and verbatim words stay."""
    page = open_page(f"{example}{TIEN_TIEN}?lang=en")
    page.evaluate("for (const own of document.querySelectorAll('[lang=vi]')) own.remove()")
    text = page.locator("main").inner_text()
    for words in ("Industrial cluster", "33.84 %", "Legal fill rate", "20 Nov 2020", "Green"):
        assert words in text, words
    for words in ("chưa có", "minh họa", "Diện tích", "không"):
        assert words not in text, words
