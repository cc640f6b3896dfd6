"""The API's description in a browser: drawn from our own files, every operation listed."""

from playwright.sync_api import expect

from tests.browser.conftest import OpenPage


def test_the_description_is_drawn_without_internet(example: str, open_page: OpenPage) -> None:
    """Swagger UI lists the operations and asks one, with no fault and no request elsewhere."""
    page = open_page(f"{example}/docs")
    operations = page.locator(".opblock")
    expect(operations.first).to_be_visible()
    description = page.request.get(f"{example}/openapi.json").json()
    assert operations.count() == sum(len(path) for path in description["paths"].values())
    page.locator(".opblock-summary").first.click()
    page.get_by_role("button", name="Try it out").click()
    page.get_by_role("button", name="Execute").click()
    expect(page.locator(".live-responses-table tbody")).to_contain_text("200")
