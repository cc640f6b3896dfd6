"""Who asks: tokens never taken for the public, answers that no cache or other site gets, CSRF."""

import pytest

from api.settings import Settings
from gis.accounts import Accounts, people
from gis.store import GeoPackageStore
from tests.api.client import Client, client_of
from tests.api.signing_in import PASSWORD, bearer, sign_in, signed_in

READ = [
    "/api/clusters",
    "/api/clusters/ccn-tien-tien",
    "/api/clusters/ccn-tien-tien/balance",
    "/api/clusters/ccn-tien-tien/plan",
    "/api/parcels?limit=3",
    "/api/province/share",
    "/api/province/history",
    "/api/province/outline",
    "/api/reconciliation",
    "/api/rules",
    "/api/session",
    "/health",
    "/openapi.json",
    "/docs",
    "/",
    "/clusters/ccn-tien-tien",
    "/embed",
]
WRONG_TOKENS = ["Bearer ccn_wrong", "Bearer", "bearer \u00e9", "Basic YTpi", "ccn_wrong", ""]


@pytest.mark.parametrize("path", READ)
@pytest.mark.parametrize("header", WRONG_TOKENS)
def test_a_wrong_token_is_never_the_public(office: Client, path: str, header: str) -> None:
    """401 on every address that reads, with the challenge, and no word of what is there."""
    answer = office.get(path, {"Authorization": header})
    assert answer.status_code == 401
    assert answer.json()["code"] == "auth.token"
    assert answer.headers["www-authenticate"] == 'Bearer realm="ccn-gis"'
    assert answer.headers["cache-control"] == "private, no-store"
    assert "access-control-allow-origin" not in answer.headers


def test_a_token_means_nothing_to_a_service_without_accounts(client: Client) -> None:
    """It is refused there as well."""
    assert client.get("/api/rules", {"Authorization": "Bearer ccn_x"}).status_code == 401


@pytest.mark.parametrize("path", READ)
def test_what_somebody_signed_in_gets_is_theirs_alone(
    office: Client, accounts: Accounts, path: str
) -> None:
    """By cookie or token: no cache keeps it, no other site's page reads it (geoserver PR 1727)."""
    public = office.get(path)
    by_token = office.get(path, bearer(accounts, "planner"))
    signed_in(office, "planner")
    by_cookie = office.get(path)
    for answer in (by_token, by_cookie):
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "private, no-store"
        assert "access-control-allow-origin" not in answer.headers
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert public.headers["access-control-allow-origin"] == "*"
    assert "private" not in public.headers["cache-control"]


@pytest.mark.parametrize("path", ["/api/clusters", "/api/parcels?limit=3", "/"])
def test_kept_bodies_are_the_publics_alone(
    example_store: GeoPackageStore, accounts: Accounts, path: str
) -> None:
    """What somebody signed in asked for is not kept, and has another validator."""
    with client_of(Settings(), example_store, accounts) as client:
        bodies = client.service.bodies
        program = bearer(accounts, "planner")
        private = client.get(path, program)
        assert bodies.size == 0
        public = client.get(path)
        kept = bodies.size
        assert kept > 0
        assert client.get(path, program).status_code == 200
        assert bodies.size == kept
        assert public.headers["etag"] != private.headers.get("etag")
        asked = {"If-None-Match": public.headers["etag"]}
        assert client.get(path, asked).status_code == 304
        assert client.get(path, {**asked, **program}).status_code == 200


def test_one_audience_never_gets_anothers_validator(office: Client, accounts: Accounts) -> None:
    """A planner's and an officer's tags differ; two programs of one account share theirs."""
    path = "/api/parcels?limit=3"
    tags = [
        office.get(path, bearer(accounts, login)).headers["etag"]
        for login in ("planner", "officer", "admin1", "planner")
    ]
    assert len(set(tags)) == 3
    assert tags[0] == tags[3]
    again = {**bearer(accounts, "planner"), "If-None-Match": tags[0]}
    assert office.get(path, again).status_code == 304


def test_a_session_that_ended_is_the_public(office: Client, accounts: Accounts) -> None:
    """The answer is public, kept by no cache, and takes the cookie away."""
    signed_in(office, "planner")
    people.disable_account(accounts, people.find_account(accounts, "planner").id)
    answer = office.get("/api/clusters")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "private, no-store"
    assert 'ccn-gis=""; expires=' in answer.headers["set-cookie"]
    assert not office.cookies


# --- requests that change something ---------------------------------------------------------------

DELETE = ("DELETE", "/api/session")


def test_a_session_needs_its_own_token(office: Client) -> None:
    """None, another session's and a wrong one are refused; the session goes on."""
    other = signed_in(office, "planner")["X-CSRF-Token"]
    office.cookies.clear()
    right = signed_in(office, "officer")
    for sent in ({}, {"X-CSRF-Token": ""}, {"X-CSRF-Token": other}, {"X-CSRF-Token": "\u00e9"}):
        answer = office.request(*DELETE, sent)
        assert (answer.status_code, answer.json()["code"]) == (403, "csrf.missing")
    assert office.json("/api/session")["account"]["login"] == "officer"
    assert office.request(*DELETE, right).status_code == 204


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "https://proxied.example"}, 204),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://ccn.test"}, 204),
        ({"Origin": "http://ccn.test:81"}, 403),
        ({}, 204),
    ],
)
def test_another_sites_request_is_refused(
    office: Client, headers: dict[str, str], status: int
) -> None:
    """Even with the right token; a browser says where a request comes from (THREATS 51)."""
    right = signed_in(office, "planner")
    answer = office.request(*DELETE, {**right, **headers})
    assert answer.status_code == status
    if status == 403:
        assert answer.json()["code"] == "request.cross_site"
        assert office.json("/api/session")["account"]


def test_the_public_address_is_our_origin(
    example_store: GeoPackageStore, accounts: Accounts
) -> None:
    """Behind a proxy the host that arrives is another one."""
    settings = Settings(public_url="https://gis.example.vn/ccn")
    with client_of(settings, example_store, accounts) as client:
        for origin, status in (("https://GIS.example.vn", 401), ("https://gis.example.org", 403)):
            sent = {"Origin": origin, "Host": "10.0.0.5:8000"}
            body = {"login": "nobody", "password": "x"}
            answer = client.request("POST", "/ccn/api/session", sent, json=body)
            assert answer.status_code == status


def test_somebody_can_not_be_signed_in_by_another_site(office: Client) -> None:
    """Login CSRF: a foreign page can't put its own account into our visitor's browser."""
    sent = {"Sec-Fetch-Site": "cross-site"}
    body = {"login": "planner", "password": PASSWORD}
    answer = office.request("POST", "/api/session", sent, json=body)
    assert answer.status_code == 403
    assert not office.cookies


@pytest.mark.parametrize(
    "media_type",
    ["text/plain", "text/plain;application/json", "application/x-www-form-urlencoded",
     "multipart/form-data; boundary=x", ""],
)  # fmt: skip
def test_json_addresses_take_json_only(office: Client, media_type: str) -> None:
    """What a form of another site can send is 415, whatever it holds."""
    body = b'{"login": "planner", "password": "x"}'
    headers = {"Content-Type": media_type} if media_type else {}
    answer = office.request("POST", "/api/session", headers, content=body)
    assert (answer.status_code, answer.json()["code"]) == (415, "body.type")


def test_a_program_needs_no_csrf_token(office: Client, accounts: Accounts) -> None:
    """No browser sends its header by itself; the origin does not matter either."""
    program = {**bearer(accounts, "planner"), "Origin": "https://tool.example"}
    assert office.request(*DELETE, program).status_code == 204


def test_a_token_goes_before_a_cookie(office: Client, accounts: Accounts) -> None:
    """Who asks is the token's account; a wrong token is refused though the cookie is right."""
    signed_in(office, "planner")
    by_both = office.get("/api/session", bearer(accounts, "officer")).json()
    assert by_both["account"]["login"] == "officer"
    assert office.get("/api/session", {"Authorization": "Bearer x"}).status_code == 401


def test_addresses_tell_what_they_take(office: Client) -> None:
    """Allow names every method; other sites' pages are let to read and no more."""
    options = office.request("OPTIONS", "/api/session", {"Origin": "https://evil.example"})
    assert options.status_code == 204
    assert options.headers["allow"] == "GET, HEAD, OPTIONS, DELETE, POST"
    assert options.headers["access-control-allow-methods"] == "GET, HEAD, OPTIONS"
    allowed = options.headers["access-control-allow-headers"].lower()
    assert "authorization" not in allowed
    assert "x-csrf-token" not in allowed
    refused = office.request("PUT", "/api/session")
    assert (refused.status_code, refused.headers["allow"]) == (405, options.headers["allow"])


def test_a_fault_of_ours_is_not_told_to_other_sites(
    office: Client, accounts: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A 500 to somebody signed in carries no permission to read it."""

    def broken(*_: object, **__: object) -> None:
        raise KeyError

    monkeypatch.setattr("api.routes.clusters.list_clusters", broken)
    answer = office.get("/api/clusters", bearer(accounts, "planner"))
    assert answer.status_code == 500
    assert "access-control-allow-origin" not in answer.headers
    assert sign_in(office, "planner").status_code == 200
