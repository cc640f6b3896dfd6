"""``/api/settings``, the logo and the page "Thiết lập": for the administrator, in one change."""

import base64
import re
from collections.abc import Iterator
from typing import Any

import pytest

from api.settings import Settings
from gis.accounts import Accounts
from gis.store import GeoPackageStore
from tests.api.client import Client, client_of
from tests.api.signing_in import bearer, signed_in

DECISION = {"number": "12/QĐ-UBND", "on": "2026-01-02", "issuer": "UBND tỉnh Hòa Bình"}
PNG = base64.b64encode(b"\x89PNG\r\n\x1a\n" + bytes(40)).decode()
BROWSER = {"Accept": "text/html"}


@pytest.fixture
def own(own_store: GeoPackageStore, accounts: Accounts) -> Iterator[Client]:
    """Yield a client of a register that the test may change."""
    with client_of(Settings(), own_store, accounts) as made:
        yield made


@pytest.fixture
def admin(own: Client) -> dict[str, str]:
    """Sign the administrator in and return the headers of changes."""
    return signed_in(own, "admin1")


def change(client: Client, headers: dict[str, str], **request: Any) -> Any:
    """Ask for a change of the settings by the decision."""
    body = {"request": request, "decision": DECISION}
    return client.request("PATCH", "/api/settings", headers, json=body)


def test_settings_change_in_one_change(
    own: Client, admin: dict[str, str], own_store: GeoPackageStore
) -> None:
    """The receipt names what was written; the settings then say since when and by what."""
    before = own_store.change_counter()
    answer = change(own, admin, natural_area_ha=459_100.5, epsg=5897, four_eyes=False, logo=PNG)
    assert answer.status_code == 201, answer.text
    assert answer.json()["change"] == before + 1 == own_store.change_counter()
    found = own.json("/api/settings")
    assert found["territory"]["epsg"] == 5897
    assert found["natural_areas"][-1]["area_ha"] == 459_100.5
    assert found["natural_areas"][-1]["decision"]["number"] == "12/QĐ-UBND"
    assert found["four_eyes"]["enabled"] is False
    assert found["four_eyes"]["since"] == "2026-01-02"
    assert found["logo"]["href"] == "/logo"
    entry = own_store.changes()[-1]
    assert entry.by.startswith("acc-")
    assert "Nguyễn" not in repr(entry)


def test_the_same_request_is_done_once(
    own: Client, admin: dict[str, str], own_store: GeoPackageStore
) -> None:
    """By its Idempotency-Key (THREATS 44)."""
    keyed = {**admin, "Idempotency-Key": "key-1"}
    answers = [change(own, keyed, natural_area_ha=459_100.5) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[1].json()["repeated"]
    assert answers[0].json()["change"] == answers[1].json()["change"] == own_store.change_counter()


@pytest.mark.parametrize(
    ("request_", "status", "code"),
    [
        ({}, 400, "value.empty"),
        ({"epsg": 3857}, 422, "crs.unsupported"),
        ({"natural_area_ha": "459057"}, 400, "value.type"),
        ({"territory_id": "nowhere"}, 404, "territory.unknown"),
        ({"logo": "PHN2Zz4="}, 400, "logo.unusable"),
        ({"colour": "red"}, 400, "value.member"),
    ],
)
def test_a_bad_setting_is_refused(
    own: Client,
    admin: dict[str, str],
    own_store: GeoPackageStore,
    *,
    request_: dict[str, Any],
    status: int,
    code: str,
) -> None:
    """With its code; the register is as it was."""
    before = own_store.change_counter()
    answer = change(own, admin, **request_)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert own_store.change_counter() == before


def test_a_setting_names_its_decision(own: Client, admin: dict[str, str]) -> None:
    """Without one it is refused; the logo alone needs none."""
    bare = own.request("PATCH", "/api/settings", admin, json={"request": {"four_eyes": True}})
    assert (bare.status_code, bare.json()["code"]) == (422, "decision.required")
    logo = own.request("PATCH", "/api/settings", admin, json={"request": {"logo": PNG}})
    assert logo.status_code == 201


def test_only_the_administrator_changes_settings(
    own: Client, own_store: GeoPackageStore, accounts: Accounts
) -> None:
    """Nobody, planners and officers are refused, reading and writing alike."""
    before = own_store.change_counter()
    for headers, status in (
        ({}, 401),
        (bearer(accounts, "planner"), 403),
        (bearer(accounts, "officer"), 403),
    ):
        assert own.get("/api/settings", headers).status_code == status
        assert change(own, headers, natural_area_ha=1.0).status_code == status
    read_only = bearer(accounts, "admin1", is_read_only=True)
    assert change(own, read_only, natural_area_ha=1.0).json()["code"] == "right.read_only"
    assert own_store.change_counter() == before


def test_everybody_sees_the_logo(own: Client, admin: dict[str, str]) -> None:
    """On every page, at an address that changes with it; without one there is our own mark."""
    assert own.get("/logo").status_code == 404
    assert "/logo?" not in own.get("/").text
    own.request("PATCH", "/api/settings", admin, json={"request": {"logo": PNG}})
    own.cookies.clear()
    for path in ("/", "/login"):
        address = re.search(r'src="(/logo\?v=\w+)"', own.get(path).text)
        assert address
        logo = own.get(address[1])
        assert logo.headers["content-type"] == "image/png"
        assert logo.content.startswith(b"\x89PNG")
        assert "default-src 'none'" in logo.headers["content-security-policy"]
        assert own.get(address[1], {"If-None-Match": logo.headers["etag"]}).status_code == 304


# --- the page -------------------------------------------------------------------------------------


def test_the_page_shows_people_and_settings(own: Client, admin: dict[str, str]) -> None:
    """In both languages, with every account and the present values; the header leads there."""
    change(own, admin, natural_area_ha=459_100.5)
    page = own.get("/admin", BROWSER)
    assert page.status_code == 200
    assert page.headers["cache-control"] == "private, no-store"
    for word in ("officer Nguyễn", "Tiên Tiến", "459.100,50 ha", "12/QĐ-UBND", "EPSG:9211"):
        assert word in page.text
    english = own.get("/admin?lang=en", BROWSER).text
    for word in ("People", "land officer", "459,100.50 ha", "The rule of two people"):
        assert word in english
    assert 'href="/admin"' in own.get("/").text
    assert "unsafe" not in page.headers["content-security-policy"]
    assert page.headers["x-frame-options"] == "DENY"


def test_the_page_is_the_administrators(own: Client, accounts: Accounts) -> None:
    """Others are told what role is needed; nobody is led to sign in; no page has the link."""
    led = own.get("/admin", BROWSER)
    assert (led.status_code, led.headers["location"]) == (303, "/login?next=%2Fadmin")
    signed_in(own, "officer")
    refused = own.get("/admin", BROWSER)
    assert refused.status_code == 403
    assert "người quản trị" in refused.text
    assert 'href="/admin"' not in own.get("/").text
    assert own.get("/admin", bearer(accounts, "planner")).status_code == 403


def test_an_empty_register_has_its_settings_page(
    empty_store: GeoPackageStore, accounts: Accounts
) -> None:
    """Nothing is known yet, and that is said."""
    with client_of(Settings(), empty_store, accounts) as client:
        signed_in(client, "admin1")
        page = client.get("/admin", BROWSER)
        assert page.status_code == 200
        assert "chưa có số liệu" in page.text
        assert client.json("/api/settings")["territory"]["id"] is None


def test_a_name_is_only_text(own: Client, admin: dict[str, str]) -> None:
    """Markup in a person's name is shown, never run (THREATS 34)."""
    sent = {"login": "evil", "name": "<img src=x onerror=alert(1)></script>", "roles": []}
    assert own.request("POST", "/api/accounts", admin, json=sent).status_code == 201
    page = own.get("/admin", BROWSER).text
    assert "<img src=x" not in page
    assert "&lt;img src=x" in page
