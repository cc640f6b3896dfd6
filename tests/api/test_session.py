"""``/api/session``: signing in and out, cookies that a browser protects, and who may do what."""

import pytest

from api.settings import Settings
from gis.accounts import Accounts, people
from gis.rights import Action, Role
from gis.store import GeoPackageStore
from tests.api.client import Client, client_of
from tests.api.signing_in import PASSWORD, bearer, sign_in, signed_in


def test_the_public_may_nothing(office: Client) -> None:
    """Nobody signed in has no account, no token, and every right is denied."""
    session = office.json("/api/session")
    assert (session["account"], session["csrf_token"]) == (None, None)
    assert [right["action"] for right in session["rights"]] == list(Action)
    assert not any(right["allowed"] for right in session["rights"])


def test_who_signs_in_is_told_what_they_may(office: Client) -> None:
    """The account, and each action with its clusters; the same until signing out."""
    answer = sign_in(office, "Officer")
    assert answer.status_code == 200
    session = answer.json()
    assert session["account"]["login"] == "officer"
    assert session["account"]["roles"] == ["officer"]
    rights = {right["action"]: right for right in session["rights"]}
    assert rights["register"] == {
        "action": "register", "allowed": True, "clusters": ["ccn-tien-tien"],
    }  # fmt: skip
    assert not rights["manage_people"]["allowed"]
    assert office.json("/api/session") == session
    headers = {"X-CSRF-Token": session["csrf_token"]}
    out = office.request("DELETE", "/api/session", headers)
    assert out.status_code == 204
    assert not office.cookies
    assert office.json("/api/session")["account"] is None


def test_the_old_session_ends_with_a_new_one(office: Client, accounts: Accounts) -> None:
    """Signing in again leaves one session; its cookie is another secret."""
    headers = signed_in(office, "planner")
    first = office.cookies["ccn-gis"]
    again = office.request(
        "POST", "/api/session", headers, json={"login": "officer", "password": PASSWORD}
    )
    assert again.status_code == 200
    assert office.cookies["ccn-gis"] != first
    office.cookies.clear()
    assert office.get("/api/session", {"Cookie": f"ccn-gis={first}"}).json()["account"] is None
    assert len(people.all_accounts(accounts)) == 3


@pytest.mark.parametrize(
    ("url", "name", "path", "is_secure"),
    [
        ("", "ccn-gis", "/", False),
        ("http://10.0.0.5:8000", "ccn-gis", "/", False),
        ("https://gis.example.vn", "__Host-ccn-gis", "/", True),
        ("https://portal.example.vn/ccn", "__Secure-ccn-gis", "/ccn", True),
    ],
)
def test_the_cookie_is_as_closed_as_browsers_allow(
    example_store: GeoPackageStore,
    accounts: Accounts,
    url: str,
    name: str,
    path: str,
    *,
    is_secure: bool,
) -> None:
    """Never for scripts or other sites' requests; by https only where there is https."""
    with client_of(Settings(public_url=url), example_store, accounts) as client:
        cookie = sign_in(client, "planner").headers["set-cookie"]
    first, *attributes = cookie.split("; ")
    assert first.startswith(f"{name}=")
    expected = {"HttpOnly", f"Path={path}", "SameSite=lax", *(["Secure"] if is_secure else [])}
    assert set(attributes) == expected


def test_a_wrong_password_and_an_unknown_login_are_one_refusal(office: Client) -> None:
    """The same bytes but for nothing: 401, no cookie, and what a program should send."""
    answers = [sign_in(office, login, "a wrong password") for login in ("planner", "nobody")]
    assert [answer.status_code for answer in answers] == [401, 401]
    assert answers[0].content == answers[1].content
    assert answers[0].json()["code"] == "auth.failed"
    assert answers[0].headers["www-authenticate"].startswith("Bearer")
    assert not office.cookies


def test_too_many_tries_are_told_to_wait(office: Client) -> None:
    """429 with the seconds, also for the right password; reading goes on."""
    for _ in range(10):
        sign_in(office, "planner", "a wrong password")
    answer = sign_in(office, "planner")
    assert answer.status_code == 429
    assert answer.json()["code"] == "auth.too_many"
    assert 800 < int(answer.headers["retry-after"]) <= 900
    assert office.get("/api/session").status_code == 200


def test_tries_are_counted_by_the_address_that_the_proxy_saw(
    example_store: GeoPackageStore, accounts: Accounts
) -> None:
    """Of the trusted proxy alone; anybody else may write what they like into the header."""

    def last_status(client: Client, addresses: str) -> int:
        """Try once too often, each time with another address of a client before the proxy."""
        status = 0
        for number in range(51):
            seen = {"X-Forwarded-For": "203.0.113.9, " + addresses.format(f"{number + 1:x}")}
            body = {"login": f"guest{number}", "password": "a wrong password"}
            status = client.request("POST", "/api/session", seen, json=body).status_code
        return status

    with client_of(Settings(trusted_proxy="127.0.0.1"), example_store, accounts) as client:
        assert last_status(client, "2001:db8:0:{}::1") == 401
        assert last_status(client, "2001:db8:1:1::{}") == 429  # one client has a whole /64
        assert last_status(client, "no address {}") == 429
    with client_of(Settings(), example_store, accounts) as client:
        assert last_status(client, "2001:db8:2:{}::1") == 429


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "json.malformed"),
        (b"{", "json.malformed"),
        (b"\xff", "json.malformed"),
        (b"[" * 100_000, "json.too_deep"),
        (b'{"login": "a", "login": "b", "password": "c"}', "json.repeated"),
        (b'{"login": "a"}', "value.missing"),
        (b'{"login": "a", "password": 1}', "value.type"),
        (b'{"login": "a", "password": "b", "x": 1}', "value.member"),
        (b'{"login": NaN, "password": "b"}', "json.not_finite"),
    ],
)
def test_a_body_that_is_none_is_refused(office: Client, body: bytes, code: str) -> None:
    """Each with its own code, before anything is counted (THREATS 7, 11, 17)."""
    answer = office.request(
        "POST", "/api/session", {"Content-Type": "application/json"}, content=body
    )
    assert (answer.status_code, answer.json()["code"]) == (400, code)


def test_a_token_of_an_account_is_a_session_of_its_own(office: Client, accounts: Accounts) -> None:
    """It says how it signed in, needs no CSRF token, and signing out does not touch it."""
    program = bearer(accounts, "officer", is_read_only=True)
    session = office.get("/api/session", program).json()
    assert (session["how"], session["csrf_token"]) == ("token", None)
    rights = {right["action"]: right["allowed"] for right in session["rights"]}
    assert (rights["read_full"], rights["register"]) == (True, False)
    assert office.request("DELETE", "/api/session", program).status_code == 204
    assert office.get("/api/session", program).json()["account"]["login"] == "officer"


def test_roles_change_at_the_next_request(office: Client, accounts: Accounts) -> None:
    """A session holds no rights of its own; a disabled account's is gone."""
    signed_in(office, "officer")
    one = people.find_account(accounts, "officer")
    people.change_account(accounts, one.id, roles=[Role.PLANNER])
    assert office.json("/api/session")["account"]["roles"] == ["planner"]
    people.disable_account(accounts, one.id)
    assert office.json("/api/session")["account"] is None


def test_a_service_without_accounts_says_so(client: Client) -> None:
    """Nobody can sign in; the public part is all there is."""
    assert client.json("/api/session")["account"] is None
    answer = sign_in(client, "planner")
    assert (answer.status_code, answer.json()["code"]) == (404, "accounts.none")
