"""Static files: the right types, kept for ever, and no way to any other file."""

from pathlib import Path

import pytest

from api.assets import MEDIA_TYPES, Assets
from maps.resources import STATIC, VENDOR, asset_version, vendor_files
from tests.api.client import Client

BASE = f"/static/{asset_version()}"


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("map.js", "text/javascript; charset=utf-8"),
        ("map.css", "text/css; charset=utf-8"),
        ("icon.svg", "image/svg+xml"),
        ("vendor/leaflet/images/layers.png", "image/png"),
        ("vendor/be-vietnam-pro/vietnamese-400.woff2", "font/woff2"),
        ("vendor/leaflet/LICENSE", "text/plain; charset=utf-8"),
    ],
)
def test_a_file_comes_under_its_own_type(client: Client, name: str, media_type: str) -> None:
    """By our table, not by the system's; any page may load it, and keep it."""
    answer = client.get(f"{BASE}/{name}", {"Origin": "null"})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == media_type
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.content == (STATIC / name).read_bytes()
    again = client.get(f"{BASE}/{name}", {"If-None-Match": answer.headers["etag"]})
    assert again.status_code == 304


def test_text_is_packed_and_pictures_are_not(client: Client) -> None:
    """Fonts and PNG are packed already."""
    packed = {
        name: client.get(f"{BASE}/{name}", {"Accept-Encoding": "gzip"}).headers.get(
            "content-encoding"
        )
        for name in ("map.js", "vendor/leaflet/images/layers.png")
    }
    assert packed == {"map.js": "gzip", "vendor/leaflet/images/layers.png": None}


@pytest.mark.parametrize(
    "name",
    [
        "../page.py",
        "..%2fpage.py",
        "%2e%2e/%2e%2e/pyproject.toml",
        "vendor/../../page.py",
        "/etc/passwd",
        "%2fetc%2fpasswd",
        "..\\page.py",
        "map.js%00.css",
        "map.js/",
        "",
        "vendor",
        ".hidden",
        "C:/Windows/win.ini",
    ],
)
def test_no_address_leads_to_another_file(client: Client, name: str) -> None:
    """What is not listed is not there."""
    answer = client.get(f"{BASE}/{name}")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_another_version_is_not_this_one(client: Client) -> None:
    """An address that says for ever must not change what it gives."""
    assert client.get("/static/0123456789ab/map.js").status_code == 404


def test_only_listed_kinds_are_served(tmp_path: Path) -> None:
    """Editors' backups, hidden files and programs in the folder stay inside."""
    for name in ("a.js", "b.js~", ".env", "c.py", "d.exe", "LICENSE", "sub/e.css"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(name)
    assets = Assets(tmp_path, "1")
    found = {name for name in ("a.js", "b.js~", ".env", "c.py", "d.exe", "LICENSE", "sub/e.css")
             if assets.find(name)}  # fmt: skip
    assert found == {"a.js", "LICENSE", "sub/e.css"}


def test_every_vendored_file_is_served(client: Client) -> None:
    """Each file that the lock names has a type in our table and an address."""
    for file in vendor_files():
        assert Path(file.path).suffix in MEDIA_TYPES
        relative = VENDOR.relative_to(STATIC).as_posix()
        assert client.get(f"{BASE}/{relative}/{file.path}").status_code == 200
