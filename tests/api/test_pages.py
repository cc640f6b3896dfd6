"""Pages: Vietnamese first, self-contained, true to date and path prefix."""

import re

import pytest

from api.settings import Settings
from gis.store import GeoPackageStore
from tests.api.client import Client, client_of

PAGES = ["/", "/embed", "/clusters/ccn-tien-tien"]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_speaks_the_language_of_its_address(client: Client, path: str) -> None:
    """Vietnamese, or English by ``lang``; the browser's own language does not count."""
    assert '<html lang="vi">' in client.get(path).text
    assert '<html lang="vi">' in client.get(path, {"Accept-Language": "en"}).text
    assert '<html lang="en">' in client.get(f"{path}?lang=en").text


@pytest.mark.parametrize("path", PAGES)
def test_what_a_page_loads_is_there(client: Client, path: str) -> None:
    """Every script, style and picture that a page names is served, and may be kept for ever."""
    html = client.get(path).text
    found = re.findall(r'(?:src|href)="(/static/[^"]+)"', html)
    assert len(found) > 3
    for address in found:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_small_whatever_the_register(client: Client, path: str) -> None:
    """Data comes by URL: a page stays below 100 kB without its assets."""
    assert len(client.get(path).content) < 100_000


@pytest.mark.parametrize("path", PAGES)
def test_a_page_knows_its_prefix(example_store: GeoPackageStore, path: str) -> None:
    """Behind a portal's path, with or without it in the request, links keep the prefix."""
    settings = Settings(public_url="https://portal.example/ccn/")
    with client_of(settings, example_store) as client:
        for asked in (path, f"/ccn{path}"):
            html = client.get(asked, {"Host": "evil.example"}).text
            own = re.findall(r'(?:src|href|action)="(/[^"]*)"', html)
            assert own
            assert all(address.startswith("/ccn/") for address in own)
            assert "evil" not in html


def test_an_empty_register_says_what_to_do_first(empty_store: GeoPackageStore) -> None:
    """The map's page of a new register names the command that fills it."""
    with client_of(Settings(), empty_store) as client:
        assert "ccn-gis init --example" in client.get("/").text
        assert client.get("/embed").status_code == 200


def test_a_page_of_a_past_date_says_so(client: Client) -> None:
    """The asked date stays in the links to the other pages; the default date is in none."""
    assert "on=2022-06-30" in client.get("/?on=30/06/2022").text
    assert "on=2024-12-31" not in client.get("/").text
