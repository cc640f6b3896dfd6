"""The gauge of 1 %: the golden answers of the issue as a person reads them."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.watched import settle


def choose(page: Page, label: str, value: str) -> None:
    """Choose a stage or a basis."""
    page.locator("#gauge").get_by_label(label).select_option(value)
    settle(page)


def test_the_share_of_2021_has_everything_beside_it(open_page: OpenPage, example: str) -> None:
    """0,450 % stands with territory, date, stage, basis, parts, gap, target and sources."""
    gauge = open_page(f"{example}/?on=2021-12-31").locator("#gauge")
    for words in (
        "0,450 %", "Hòa Bình", "31/12/2021", "8 khu", "1.507,43 ha", "14 cụm", "556,40 ha",
        "2.063,83 ha", "459.057,00 ha", "2.526,74 ha", "31/12/2025", "1 %",
    ):  # fmt: skip
        expect(gauge).to_contain_text(words)
    expect(gauge.get_by_label("Giai đoạn")).to_have_value("established")
    expect(gauge.get_by_label("Cơ sở")).to_have_value("published")


def test_the_plan_alone_never_reaches_the_target(open_page: OpenPage, example: str) -> None:
    """8 zones and 33 clusters are 0,777 %; with 8 further zones 1,264 %."""
    page = open_page(f"{example}/?on=2024-12-31")
    choose(page, "Giai đoạn", "planned")
    gauge = page.locator("#gauge")
    for words in ("0,777 %", "3.566,43 ha", "1.024,14 ha", "1,264 %"):
        expect(gauge).to_contain_text(words)


def test_a_target_past_its_date_says_so(open_page: OpenPage, example: str) -> None:
    """After 31/12/2025 the target's date is past and the territory is still the former one."""
    gauge = open_page(f"{example}/?on=2026-06-30").locator("#gauge")
    expect(gauge).to_contain_text("thời hạn đã qua", ignore_case=True)
    expect(gauge).to_contain_text("Hòa Bình")


def test_the_unknown_is_no_number(open_page: OpenPage, example: str) -> None:
    """By decisions not all clusters are known: the gauge says how many, and shows no percentage."""
    page = open_page(f"{example}/?on=2024-12-31")
    choose(page, "Cơ sở", "approved")
    expect(page.locator("#gauge")).to_contain_text("Chưa đủ số liệu")
    expect(page.locator("#gauge .gauge-value")).not_to_contain_text("0,000")


def test_sources_can_be_opened(open_page: OpenPage, example: str) -> None:
    """Each part names its publication."""
    gauge = open_page(f"{example}/?on=2021-12-31").locator("#gauge")
    gauge.locator("summary", has_text="Nguồn").click()
    expect(gauge).to_contain_text("baohoabinh.com.vn/en/5/6351")
