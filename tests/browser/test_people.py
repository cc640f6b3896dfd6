"""Signing in, one's account and "Thiết lập" in a real browser: by keyboard and on a phone."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from gis.accounts import links, open_accounts, people
from gis.rights import Role
from tests.api.signing_in import PASSWORD
from tests.browser.conftest import OpenPage
from tests.browser.served import running
from tests.browser.watched import Faults
from tests.gis.accounts.conftest import QUICK

PHONE = (390, 844)


@pytest.fixture
def office(example_file: Path, tmp_path: Path) -> Iterator[tuple[str, str]]:
    """Yield the address of a service with people, and the path of an unused link."""
    register = shutil.copy(example_file, tmp_path / "office.gpkg")
    accounts = open_accounts(str(register), policy=QUICK)
    for login, roles, clusters in (
        ("admin1", [Role.ADMIN], None),
        ("lan", [Role.OFFICER], ["ccn-tien-tien"]),
    ):
        one = people.add_account(
            accounts, login=login, name=f"Nguyễn {login}", roles=roles, cluster_ids=clusters
        )
        people.set_password(accounts, one.id, PASSWORD)
    new = people.add_account(accounts, login="moi", name="Người Mới", roles=[])
    link = links.password_link(accounts, new.id).text
    accounts.close()
    with running(Path(register)) as address:
        yield address, f"/setup/{link}"


def sign_in(page: Page, login: str) -> None:
    """Fill the form of the page to sign in by keyboard alone."""
    page.focus("#login")
    page.keyboard.type(login)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    with page.expect_navigation(wait_until="networkidle"):
        page.keyboard.press("Enter")


def fits(page: Page) -> bool:
    """Say whether nothing sticks out of the page's sides."""
    wide: bool = page.evaluate(
        "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    )
    return not wide


def test_somebody_signs_in_and_out_by_keyboard(
    office: tuple[str, str], open_page: OpenPage
) -> None:
    """From the map and back to it; the cookie is out of scripts' reach; out again by a button."""
    page = open_page(office[0])
    page.get_by_role("link", name="Đăng nhập").click()
    sign_in(page, "lan")
    assert page.url == f"{office[0]}/"
    expect(page.get_by_role("link", name="Nguyễn lan")).to_be_visible()
    assert page.evaluate("document.cookie") == ""
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.get_by_role("link", name="Đăng nhập")).to_be_visible()


def test_a_wrong_password_is_said_aloud(
    office: tuple[str, str], open_page: OpenPage, faults: Faults
) -> None:
    """As an alert, which a screen reader speaks; the login is kept."""
    page = open_page(f"{office[0]}/login")
    page.fill("#login", "lan")
    page.fill("#password", "not this one")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("không đúng")
    expect(page.locator("#login")).to_have_value("lan")
    assert faults.take("401")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_pages_fit_a_phone(office: tuple[str, str], open_page: OpenPage, language: str) -> None:
    """Nothing sticks out sideways, in either language."""
    page = open_page(f"{office[0]}/login?lang={language}&next=/admin", size=PHONE)
    assert fits(page)
    sign_in(page, "admin1")
    for path in ("/admin", "/account", office[1]):
        page.goto(f"{office[0]}{path}?lang={language}")
        for summary in page.locator("summary").all():
            summary.click()
        assert fits(page), path


def test_the_owner_of_a_link_chooses_a_password(
    office: tuple[str, str], open_page: OpenPage
) -> None:
    """And is signed in at once, on the account's page."""
    page = open_page(f"{office[0]}{office[1]}")
    page.fill("#password", "một câu để nhớ")
    page.fill("#again", "một câu để nhớ")
    page.keyboard.press("Enter")
    page.wait_for_url("**/account")
    expect(page.get_by_role("heading", name="Người Mới")).to_be_visible()


def test_a_token_is_shown_once(office: tuple[str, str], open_page: OpenPage) -> None:
    """Made, shown, gone with the next look, and revoked."""
    page = open_page(f"{office[0]}/login?next=/account")
    sign_in(page, "lan")
    page.locator('form[action$="/account/tokens"] [name="name"]').fill("báo cáo")
    page.get_by_role("button", name="Tạo mã").click()
    assert re.fullmatch(r"ccn_[\w-]{43}", page.locator("input.secret").input_value())
    page.goto(f"{office[0]}/account")
    assert page.locator("input.secret").count() == 0
    page.get_by_role("button", name="Thu hồi").click()
    expect(page.get_by_role("status")).to_contain_text("Đã thu hồi")


def test_the_administrator_adds_somebody(office: tuple[str, str], open_page: OpenPage) -> None:
    """With roles and clusters; the link comes once; then the person is changed and disabled."""
    page = open_page(f"{office[0]}/login?next=/admin")
    sign_in(page, "admin1")
    page.locator("#new-person summary").click()
    form = page.locator("#new-person form")
    form.locator('[name="login"]').fill("thu")
    form.locator('[name="name"]').fill("Vũ Thu <b>")
    form.get_by_label("cán bộ đất đai").check()
    form.get_by_label("CCN Tiên Tiến").check()
    expect(form.get_by_label("chỉ các cụm")).to_be_checked()
    form.get_by_role("button", name="Lưu").click()
    link = page.locator("#told input")
    expect(link).to_have_value(re.compile(rf"{office[0]}/setup/[\w-]{{43}}"))
    page.get_by_role("button", name="Đóng").click()
    row = page.locator("details.person", has_text="Vũ Thu <b>")
    expect(row.locator("summary")).to_contain_text("Tiên Tiến")
    row.locator("summary").click()
    row.get_by_role("button", name="Khóa").click()
    expect(page.locator("details.person.off summary")).to_contain_text("đã khóa")


def test_the_administrator_changes_a_setting(
    office: tuple[str, str], open_page: OpenPage, faults: Faults
) -> None:
    """With its decision; numbers as people write them; a refusal is said beside the button."""
    page = open_page(f"{office[0]}/login?next=/admin")
    sign_in(page, "admin1")
    page.locator("#set-natural-area summary").click()
    form = page.locator("#set-natural-area form")
    for name, value in (
        ("natural_area_ha", "0"),
        ("decision_number", "12/QĐ-UBND"),
        ("decision_on", "2026-01-02"),
        ("decision_issuer", "UBND tỉnh Hòa Bình"),
    ):
        form.locator(f'[name="{name}"]').fill(value)
    form.get_by_role("button", name="Lưu").click()
    expect(form.locator("output")).to_contain_text("natural_area_ha")
    assert faults.take("400")
    form.locator('[name="natural_area_ha"]').fill("459.100,5")
    form.get_by_role("button", name="Lưu").click()
    shown = page.locator("#set-natural-area summary")
    expect(shown).to_contain_text("459.100,50 ha")
    expect(shown).to_contain_text("12/QĐ-UBND")


def test_a_logo_and_an_outline_are_files(
    office: tuple[str, str], open_page: OpenPage, tmp_path: Path
) -> None:
    """The outline as QGIS writes GeoJSON, the logo as a picture, which every page then shows."""
    outline = tmp_path / "ranh.geojson"
    outline.write_text(
        '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {},'
        ' "geometry": {"type": "Polygon", "coordinates":'
        " [[[105, 20, 3], [106, 20, 3], [106, 21, 3], [105, 20, 3]]]}}]}",
        encoding="utf-8",
    )
    page = open_page(f"{office[0]}/login?next=/admin")
    sign_in(page, "admin1")
    logo = tmp_path / "logo.png"
    page.locator("h1").screenshot(path=logo)
    page.locator("#set-logo summary").click()
    page.locator('#set-logo [name="logo"]').set_input_files(logo)
    page.locator("#set-logo").get_by_role("button", name="Lưu").click()
    expect(page.locator('.brand img[src*="/logo?v="]')).to_be_visible()
    page.locator("#set-outline summary").click()
    form = page.locator("#set-outline form")
    form.locator('[name="outline"]').set_input_files(outline)
    for name, value in (
        ("decision_number", "13/QĐ-UBND"),
        ("decision_on", "2026-01-02"),
        ("decision_issuer", "UBND"),
    ):
        form.locator(f'[name="{name}"]').fill(value)
    form.get_by_role("button", name="Lưu").click()
    expect(page.locator("#settings-title ~ .card table")).to_contain_text("13/QĐ-UBND")
