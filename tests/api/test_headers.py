"""What every answer carries: open to read, closed to frames, scripts and cookies (THREATS 51)."""

import re

import pytest

from api.settings import Settings
from gis.store import GeoPackageStore
from tests.api.client import Client, client_of

EVERYWHERE = [
    "/",
    "/embed",
    "/docs",
    "/openapi.json",
    "/health",
    "/api/clusters",
    "/api/clusters/ccn-nowhere",
    "/api/parcels?limit=0",
    "/static/none/none.js",
    "/nope",
]


@pytest.mark.parametrize("path", EVERYWHERE)
def test_every_answer_is_public_and_harmless(client: Client, path: str) -> None:
    """Any site may read, none gets credentials; no type is guessed, no cookie set."""
    headers = client.get(path, {"Origin": "null", "Cookie": "a=b"}).headers
    assert headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in headers
    assert "set-cookie" not in headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert "default-src 'none'" in headers["content-security-policy"]


@pytest.mark.parametrize("path", EVERYWHERE)
def test_only_the_embed_may_be_framed(client: Client, path: str) -> None:
    """Every other answer forbids frames; pages also in the words of older browsers."""
    answer = client.get(path)
    ancestors = re.search(r"frame-ancestors ([^;]*)", answer.headers["content-security-policy"])
    assert ancestors
    assert ancestors[1] == ("*" if path == "/embed" else "'none'")
    if path == "/embed":
        assert "x-frame-options" not in answer.headers
    elif answer.headers["content-type"].startswith("text/html"):
        assert answer.headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize("path", ["/", "/embed", "/clusters/ccn-tien-tien", "/docs"])
def test_pages_run_only_our_own_scripts(client: Client, path: str) -> None:
    """Scripts come from our files or have their hash in the policy; none is made of text."""
    answer = client.get(path)
    policy = answer.headers["content-security-policy"]
    scripts = re.search(r"script-src ([^;]*)", policy)
    assert scripts
    assert "unsafe" not in scripts[1]
    assert all(
        part == "'self'" or re.fullmatch(r"'sha256-[A-Za-z0-9+/=]+'", part)
        for part in scripts[1].split()
    )
    assert not re.search(r"\son[a-z]+=", answer.text)
    assert not re.search(r"(?:src|href)=[\"']?(?:https?:)?//", answer.text)


def test_a_304_leaves_the_kept_policy_alone(client: Client) -> None:
    """Browsers take a 304's headers over: another policy would stop the page that they keep."""
    page = client.get("/")
    again = client.get("/", {"If-None-Match": page.headers["etag"]})
    assert again.status_code == 304
    assert "content-security-policy" not in again.headers


@pytest.mark.parametrize("path", EVERYWHERE)
def test_head_is_get_without_the_body(client: Client, path: str) -> None:
    """Status and headers are the same, length included."""
    whole, head = client.get(path), client.request("HEAD", path)
    assert head.status_code == whole.status_code
    assert head.content == b""
    for name in ("content-type", "content-length", "etag", "cache-control"):
        assert head.headers.get(name) == whole.headers.get(name)


@pytest.mark.parametrize("path", ["/", "/api/clusters", "/api/clusters/x/plan", "/health"])
def test_options_names_the_methods(client: Client, path: str) -> None:
    """A preflight of any site and a plain OPTIONS both get the methods that we have."""
    preflight = {"Origin": "https://portal.example", "Access-Control-Request-Method": "GET"}
    for headers in ({}, preflight):
        answer = client.request("OPTIONS", path, headers)
        assert answer.status_code == 204
        assert answer.headers["allow"] == "GET, HEAD, OPTIONS"
        assert answer.headers["access-control-allow-methods"] == "GET, HEAD, OPTIONS"
        assert "If-None-Match" in answer.headers["access-control-allow-headers"]


def test_options_of_nothing_is_not_found(client: Client) -> None:
    """An address that leads nowhere has no methods."""
    assert client.request("OPTIONS", "/nope").status_code == 404


def test_a_fault_of_ours_tells_nothing(
    example_store: GeoPackageStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An unforeseen error is a 500 without a word of its inside, and the next answer is right."""

    def broken(*_: object, **__: object) -> None:
        raise KeyError("/secret/path SELECT * FROM lease")

    with client_of(Settings(), example_store) as client:
        with monkeypatch.context() as patch:
            patch.setattr("api.routes.clusters.list_clusters", broken)
            answer = client.get("/api/clusters?lang=en")
        assert answer.status_code == 500
        assert answer.json()["code"] == "server.error"
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.headers["access-control-allow-origin"] == "*"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert not any(word in answer.text for word in ("secret", "SELECT", "KeyError"))
        assert client.get("/api/clusters?lang=en").status_code == 200
