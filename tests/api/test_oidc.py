"""Signing in through a provider of OpenID Connect: a real one on this machine, honest or lying."""

import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from api.settings import Settings
from gis.accounts import Accounts, people
from gis.accounts.identities import account_of_identity, link_identity, subjects_of
from gis.errors import InvalidValue
from gis.store import GeoPackageStore
from tests.api.client import Client, client_of
from tests.api.oidc_provider import CLIENT_ID, CLIENT_SECRET, FakeProvider, serving
from tests.api.signing_in import signed_in

BROWSER = {"Accept": "text/html"}


@pytest.fixture
def provider() -> Iterator[FakeProvider]:
    """Yield a provider on this machine."""
    with serving() as made:
        yield made


@pytest.fixture
def settings(provider: FakeProvider) -> Settings:
    """Return the settings of a service that uses it."""
    return Settings(
        public_url="http://ccn.test",
        oidc_issuer=provider.issuer,
        oidc_client_id=CLIENT_ID,
        oidc_client_secret=CLIENT_SECRET,
    )


@pytest.fixture
def office(
    settings: Settings, example_store: GeoPackageStore, accounts: Accounts
) -> Iterator[Client]:
    """Yield a client of the service, with an officer linked to the provider's person."""
    officer = people.find_account(accounts, "officer")
    link_identity(accounts, officer.id, issuer=settings.oidc_issuer, subject="248289761001")
    with client_of(settings, example_store, accounts) as made:
        yield made


def begin(client: Client, next_path: str = "/") -> str:
    """Begin a sign-in; return the provider's address."""
    answer = client.get(f"/login/oidc?next={next_path}", BROWSER)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def at_provider(address: str) -> str:
    """Sign in at the provider; return the path that it sends the browser back to."""
    answer = httpx.get(address)
    assert answer.status_code == 303
    back = urlsplit(answer.headers["location"])
    assert back.netloc == "ccn.test"
    return f"{back.path}?{back.query}"


def sign_in(client: Client, next_path: str = "/") -> httpx.Response:
    """Sign in from the first click to the last answer."""
    return client.get(at_provider(begin(client, next_path)), BROWSER)


def test_the_providers_person_is_signed_in(office: Client, provider: FakeProvider) -> None:
    """With the account that the administrator linked, back where they came from."""
    assert "/login/oidc?next=" in office.get("/login?next=/account", BROWSER).text
    answer = sign_in(office, "/account")
    assert (answer.status_code, answer.headers["location"]) == (303, "/account")
    assert answer.headers["cache-control"] == "no-store"
    session = office.json("/api/session")
    assert (session["account"]["login"], session["how"]) == ("officer", "oidc")
    assert set(office.cookies) == {"ccn-gis"}
    asked = provider.asked[0]
    assert asked["redirect_uri"] == "http://ccn.test/login/oidc/callback"
    assert len({asked["state"], asked["nonce"], asked["code_challenge"]}) == 3
    assert all(len(asked[name]) >= 43 for name in ("state", "nonce", "code_challenge"))


def test_a_sign_in_works_once_and_in_its_own_browser(
    office: Client, settings: Settings, example_store: GeoPackageStore, accounts: Accounts
) -> None:
    """A second use, another browser, and another state are refused."""
    path = at_provider(begin(office))
    with client_of(settings, example_store, accounts) as other:
        answer = other.get(path, BROWSER)
        assert (answer.status_code, "đăng nhập lại" in answer.text) == (400, True)
    cookie = {"Cookie": f"ccn-gis-begun={office.cookies['ccn-gis-begun']}"}
    assert office.get(path).status_code == 303
    office.cookies.clear()
    again = office.get(path, cookie)
    assert (again.status_code, again.json()["code"]) == (400, "oidc.state")
    begin(office)
    forged = office.get("/login/oidc/callback?code=code-1&state=forged")
    assert (forged.status_code, forged.json()["code"]) == (400, "oidc.state")
    assert office.json("/api/session")["account"] is None


def test_a_code_of_somebody_else_can_not_be_pushed_in(
    office: Client, provider: FakeProvider
) -> None:
    """PKCE: a code that was begun elsewhere does not fit this browser's verifier."""
    stolen = parse_qs(urlsplit(at_provider(begin(office))).query)["code"][0]
    office.cookies.clear()
    begun = parse_qs(urlsplit(begin(office)).query)
    answer = office.get(f"/login/oidc/callback?code={stolen}&state={begun['state'][0]}")
    assert (answer.status_code, answer.json()["code"]) == (403, "oidc.refused")
    assert "invalid_grant" in answer.json()["detail"]
    assert len(provider.asked) == 1


def test_a_person_who_is_not_linked_is_told_their_subject(
    office: Client, provider: FakeProvider, accounts: Accounts
) -> None:
    """No account is made and no role granted, whatever the token says of name, mail or groups."""
    provider.subject = "another-person"
    provider.claims = {
        "email": "officer@office.example",
        "preferred_username": "officer",
        "roles": ["admin"],
    }
    before = people.all_accounts(accounts)
    answer = sign_in(office)
    assert answer.status_code == 403
    assert "another-person" in answer.text
    assert people.all_accounts(accounts) == before
    assert office.json("/api/session")["account"] is None


def test_a_disabled_account_is_not_signed_in(office: Client, accounts: Accounts) -> None:
    """Although the provider still knows the person."""
    people.disable_account(accounts, people.find_account(accounts, "officer").id)
    assert sign_in(office).status_code == 401
    assert office.json("/api/session")["account"] is None


NOW = int(time.time())
LIES: list[tuple[dict[str, Any], str]] = [
    ({"iss": "https://evil.example"}, "iss"),
    ({"iss": None}, "iss"),
    ({"aud": "another-client"}, "aud"),
    ({"aud": None}, "aud"),
    ({"aud": [CLIENT_ID, "another-client"]}, "azp"),
    ({"aud": [CLIENT_ID, "another-client"], "azp": "another-client"}, "azp"),
    ({"azp": "another-client"}, "azp"),
    ({"exp": NOW - 120}, "exp"),
    ({"exp": None}, "exp"),
    ({"exp": "soon"}, "exp"),
    ({"iat": NOW + 3600}, "iat"),
    ({"iat": None}, "iat"),
    ({"nbf": NOW + 3600}, "nbf"),
    ({"nonce": "of another sign-in"}, "nonce"),
    ({"nonce": None}, "nonce"),
    ({"sub": None}, "sub"),
    ({"sub": ""}, "sub"),
    ({"sub": "x" * 300}, "sub"),
    ({"sub": "a\u202eb"}, "sub"),
    ({"sub": 248289761001}, "sub"),
]


@pytest.mark.parametrize(("claims", "reason"), LIES)
def test_a_token_that_lies_is_refused(
    office: Client, provider: FakeProvider, claims: dict[str, Any], reason: str
) -> None:
    """Each claim by itself, signed by the right key; nobody is signed in."""
    provider.claims = claims
    answer = office.get(at_provider(begin(office)))
    assert (answer.status_code, answer.json()["code"]) == (403, "oidc.token")
    assert reason in answer.json()["detail"], answer.json()["detail"]
    assert office.json("/api/session")["account"] is None
    provider.claims = {}
    assert sign_in(office).status_code == 303


@pytest.mark.parametrize("seconds", [-50, 50])
def test_clocks_may_differ_by_a_minute(
    office: Client, provider: FakeProvider, seconds: int
) -> None:
    """A token that ended, or was made, within the skew is good (THREATS 47)."""
    now = int(time.time())
    provider.claims = {
        "iat": now + max(seconds, 0),
        "exp": now + min(seconds, 0) + (600 if seconds > 0 else 0),
    }
    assert sign_in(office).status_code == 303


@pytest.mark.parametrize("way", ["unsigned", "with_the_public_key_as_secret", "with_another_key"])
def test_a_signature_that_is_none_is_refused(
    office: Client, provider: FakeProvider, way: str
) -> None:
    """`alg: none`, HMAC with the public key, and a key that nobody published."""
    provider.sign = getattr(provider, way)
    answer = office.get(at_provider(begin(office)))
    assert (answer.status_code, answer.json()["code"]) == (403, "oidc.token")
    assert office.json("/api/session")["account"] is None


@pytest.mark.parametrize("token", ["", "a.b", "a.b.c", "\u00e9", "x" * 100_000, "..", 5, None])
def test_what_is_no_token_is_refused(office: Client, provider: FakeProvider, token: Any) -> None:
    """Whatever comes in its place."""
    provider.sign = lambda _claims: token
    answer = office.get(at_provider(begin(office)))
    assert (answer.status_code, answer.json()["code"]) == (403, "oidc.token")


def test_a_secret_among_the_keys_is_no_key(office: Client, provider: FakeProvider) -> None:
    """A provider that publishes a key for HMAC by mistake opens no door."""
    provider.published = [{"kty": "oct", "kid": "one", "k": "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0"}]
    assert office.get(at_provider(begin(office))).json()["code"] == "oidc.token"


def test_a_new_key_is_asked_for(office: Client, provider: FakeProvider) -> None:
    """The provider changed its key: the sign-in works; a wrong one does not ask again and again."""
    assert sign_in(office).status_code == 303
    kept = provider.key_requests
    provider.sign = provider.with_another_key
    for _ in range(3):
        assert sign_in(office).status_code == 403
    assert provider.key_requests == kept


def test_a_first_sign_in_may_meet_a_key_of_another_kind(
    office: Client, provider: FakeProvider
) -> None:
    """ES256 is as good as RS256."""
    provider.sign = provider.with_an_elliptic_key
    assert sign_in(office).status_code == 303


def test_the_provider_may_refuse(office: Client) -> None:
    """What it says is shown as a plain word, never as markup."""
    begun = parse_qs(urlsplit(begin(office)).query)
    answer = office.get(
        f"/login/oidc/callback?error=<script>access_denied&state={begun['state'][0]}", BROWSER
    )
    assert answer.status_code == 403
    assert "scriptaccess_denied" in answer.text
    assert "<script" not in answer.text


def test_an_answer_of_another_provider_is_refused(office: Client) -> None:
    """The mix-up attack: the answer names its issuer (RFC 9207)."""
    path = at_provider(begin(office)).replace("iss=http", "iss=https")
    assert office.get(path).json()["code"] == "oidc.token"


@pytest.mark.parametrize(
    "configuration",
    [
        {"issuer": "https://evil.example"},
        {"token_endpoint": None},
        {"token_endpoint": "ftp://127.0.0.1/token"},
        {"jwks_uri": "file:///etc/passwd"},
    ],
)
def test_a_provider_that_says_something_else_is_not_used(
    office: Client, provider: FakeProvider, configuration: dict[str, Any]
) -> None:
    """Another issuer, or an address that is none; signing in by password goes on."""
    provider.configuration = configuration
    answer = office.get("/login/oidc")
    assert (answer.status_code, answer.json()["code"]) == (503, "oidc.unreachable")
    assert signed_in(office, "officer")


def test_a_provider_that_is_down_is_told(office: Client, provider: FakeProvider) -> None:
    """With a way out; the next try works."""
    provider.is_down = True
    answer = office.get("/login/oidc", BROWSER)
    assert (answer.status_code, "mật khẩu" in answer.text) == (503, True)
    provider.is_down = False
    assert sign_in(office).status_code == 303


def test_a_wrong_client_secret_is_told(
    settings: Settings, example_store: GeoPackageStore, accounts: Accounts
) -> None:
    """As the provider calls it; the secret is in no answer and no word of the settings."""
    wrong = replace(settings, oidc_client_secret="another secret")  # noqa: S106
    assert "another secret" not in repr(wrong)
    with client_of(wrong, example_store, accounts) as client:
        answer = client.get(at_provider(begin(client)))
        assert (answer.status_code, answer.json()["code"]) == (403, "oidc.refused")
        assert "invalid_client" in answer.json()["detail"]
        assert "another secret" not in answer.text


def test_nobody_is_led_to_another_site(office: Client) -> None:
    """Where to go then is a path of ours."""
    assert sign_in(office, "https://evil.example/").headers["location"] == "/"


def test_without_a_provider_there_is_no_such_way(client: Client) -> None:
    """Neither address leads anywhere, and the page has no link."""
    for path in ("/login/oidc", "/login/oidc/callback?code=x"):
        assert client.get(path).status_code == 404
    assert "/login/oidc" not in client.get("/login", BROWSER).text


@pytest.mark.parametrize(
    ("changed", "code", "name"),
    [
        ({"oidc_issuer": "http://sso.example"}, "value.url", "CCN_GIS_OIDC_ISSUER"),
        ({"oidc_issuer": "sso.example"}, "value.url", "CCN_GIS_OIDC_ISSUER"),
        ({"public_url": ""}, "value.empty", "CCN_GIS_PUBLIC_URL"),
        ({"oidc_client_id": ""}, "value.empty", "CCN_GIS_OIDC_CLIENT_ID"),
        ({"oidc_client_secret": ""}, "value.empty", "CCN_GIS_OIDC_CLIENT_SECRET"),
    ],
)
def test_half_a_provider_is_refused_by_name(changed: dict[str, str], code: str, name: str) -> None:
    """Before anything is served."""
    whole = {
        "public_url": "https://gis.example",
        "oidc_issuer": "https://sso.example/realms/tinh",
        "oidc_client_id": "x",
        "oidc_client_secret": "y",
    }
    assert Settings(**whole).oidc_client_id == "x"  # type: ignore[arg-type]
    with pytest.raises(InvalidValue) as refused:
        Settings(**{**whole, **changed})  # type: ignore[arg-type]
    assert (refused.value.code, refused.value.facts["name"]) == (code, name)


# --- linking --------------------------------------------------------------------------------------


def test_an_administrator_links_and_unlinks(
    office: Client, settings: Settings, accounts: Accounts
) -> None:
    """By the subject that somebody was told; of one person there is one account."""
    headers = signed_in(office, "admin1")
    officer, planner = (people.find_account(accounts, name) for name in ("officer", "planner"))
    taken = office.request(
        "PATCH", f"/api/accounts/{planner.id}", headers, json={"oidc_subject": "248289761001"}
    )
    assert (taken.status_code, taken.json()["code"]) == (409, "identity.taken")
    off = office.request("PATCH", f"/api/accounts/{officer.id}", headers, json={"oidc_subject": ""})
    assert off.json()["oidc_subject"] is None
    on = office.request(
        "PATCH", f"/api/accounts/{planner.id}", headers, json={"oidc_subject": "248289761001"}
    )
    assert on.json()["oidc_subject"] == "248289761001"
    assert "248289761001" in office.get("/admin", BROWSER).text
    listed = {one["login"]: one["oidc_subject"] for one in office.json("/api/accounts")["accounts"]}
    assert listed == {"admin1": None, "officer": None, "planner": "248289761001"}
    assert subjects_of(accounts, settings.oidc_issuer) == {planner.id: "248289761001"}
    office.cookies.clear()
    assert sign_in(office).status_code == 303
    assert office.json("/api/session")["account"]["login"] == "planner"


def test_the_same_subject_of_another_provider_is_somebody_else(accounts: Accounts) -> None:
    """A person is issuer and subject together."""
    one, other = (people.find_account(accounts, name) for name in ("officer", "planner"))
    link_identity(accounts, one.id, issuer="https://a.example", subject="1")
    link_identity(accounts, other.id, issuer="https://b.example", subject="1")
    link_identity(accounts, one.id, issuer="https://a.example", subject="1")
    for issuer, owner in (("https://a.example", one), ("https://b.example", other)):
        found = account_of_identity(accounts, issuer=issuer, subject="1")
        assert found
        assert found.id == owner.id
    assert account_of_identity(accounts, issuer="https://c.example", subject="1") is None
    assert account_of_identity(accounts, issuer="https://a.example", subject="1\0") is None
