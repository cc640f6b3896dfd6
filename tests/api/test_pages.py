"""Pages: Vietnamese first, self-contained, true to date and path prefix."""

import re
from urllib.parse import quote

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


BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8", "Accept-Language": "en"}


@pytest.mark.parametrize(
    ("path", "status", "sentence"),
    [
        ("/clusters/ccn-tien-tienn", 404, "Gần giống: ccn-tien-tien"),
        ("/?on=31/02/2024", 400, "Không hiểu ngày «31/02/2024»"),
        ("/?on=31/02/2024&lang=en", 400, "is not understood"),
        ("/nope", 404, "Không có gì ở địa chỉ này"),
        ("/embed?cluster=x", 404, "Không có cụm"),
        ("/clusters/" + quote("<script>alert(1)"), 404, "&lt;script&gt;"),
    ],
)
def test_a_person_gets_a_page_that_says_what_is_wrong(
    client: Client, path: str, status: int, sentence: str
) -> None:
    """The same sentence as in the problem document, with a way back to the map, never a script."""
    answer = client.get(path, BROWSER)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    assert sentence in answer.text
    assert "<script" not in answer.text
    assert 'href="/' in answer.text
    policy = answer.headers["content-security-policy"]
    assert ("frame-ancestors *" in policy) == path.startswith("/embed")


@pytest.mark.parametrize("path", ["/api/clusters/x", "/static/x/y.js", "/api/nope"])
def test_addresses_for_programs_answer_programs(client: Client, path: str) -> None:
    """A problem document, also where a browser asks."""
    assert client.get(path, BROWSER).headers["content-type"] == "application/problem+json"


def test_the_page_of_a_fault_keeps_the_prefix(
    example_store: GeoPackageStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A 500 on a page is a page as well, and its links stay below the portal's path."""

    def broken(*_: object, **__: object) -> None:
        raise KeyError("secret")

    monkeypatch.setattr("api.routes.pages.map_page", broken)
    with client_of(Settings(public_url="https://portal.example/ccn"), example_store) as client:
        answer = client.get("/ccn/", BROWSER)
    assert answer.status_code == 500
    assert 'href="/ccn/"' in answer.text
    assert "secret" not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "style-src 'self'" in answer.headers["content-security-policy"]
