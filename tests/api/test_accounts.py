"""``/api/accounts``: people for the administrator, each change at once, no secret but a link."""

from typing import Any

import pytest

from gis.accounts import Accounts, links, people, sessions
from gis.rights import Role
from tests.api.client import Client
from tests.api.signing_in import PASSWORD, bearer, sign_in, signed_in

NEW: dict[str, Any] = {
    "login": "lan",
    "name": "Nguyễn Thị Lan",
    "roles": ["officer", "approver"],
    "clusters": ["ccn-tien-tien"],
}


@pytest.fixture
def admin(office: Client) -> dict[str, str]:
    """Sign the administrator in and return the headers of changes."""
    return signed_in(office, "admin1")


def test_an_account_is_added_with_a_link_for_its_owner(
    office: Client, admin: dict[str, str], accounts: Accounts
) -> None:
    """The link is told once; with it the owner chooses a password and has the rights given."""
    answer = office.request("POST", "/api/accounts", admin, json=NEW)
    assert answer.status_code == 201
    assert answer.headers["cache-control"] == "private, no-store"
    made = answer.json()
    assert made["account"]["roles"] == ["approver", "officer"]
    assert made["account"]["clusters"] == ["ccn-tien-tien"]
    assert made["link"]["href"].startswith("/setup/")
    secret = made["link"]["href"].rsplit("/", 1)[1]
    session = links.use_password_link(accounts, secret, password=PASSWORD)
    found = sessions.session_of(accounts, session.text)
    assert found
    assert found.actor.roles == {Role.OFFICER, Role.APPROVER}
    listed = office.json("/api/accounts")["accounts"]
    assert [one["login"] for one in listed] == ["admin1", "lan", "officer", "planner"]
    assert secret not in office.get("/api/accounts").text


def test_a_change_holds_at_once(office: Client, admin: dict[str, str], accounts: Accounts) -> None:
    """What is left out stays; clusters null is all of them, an empty list is none."""
    one = people.find_account(accounts, "officer")
    path = f"/api/accounts/{one.id}"
    for sent, clusters in (
        ({"name": "Tên khác"}, ["ccn-tien-tien"]),
        ({"clusters": []}, []),
        ({"roles": ["planner"]}, []),
        ({"clusters": None}, None),
    ):
        answer = office.request("PATCH", path, admin, json=sent)
        assert answer.status_code == 200
        assert answer.json()["clusters"] == clusters
    changed = people.find_account(accounts, "officer")
    assert (changed.name, changed.roles) == ("Tên khác", frozenset({Role.PLANNER}))


def test_disabling_signs_somebody_out(
    office: Client, admin: dict[str, str], accounts: Accounts
) -> None:
    """Their next request is the public's; enabled again they sign in anew."""
    one = people.find_account(accounts, "officer")
    program = bearer(accounts, "officer")
    path = f"/api/accounts/{one.id}"
    off = office.request("PATCH", path, admin, json={"enabled": False})
    assert not off.json()["enabled"]
    assert office.get("/api/session", program).status_code == 401
    on = office.request("PATCH", path, admin, json={"enabled": True})
    assert on.json()["enabled"]
    assert office.request("POST", f"{path}/link", admin).status_code == 201
    office.cookies.clear()
    assert sign_in(office, "officer").status_code == 200


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        ({**NEW, "login": "admin1"}, 409, "account.login_taken"),
        ({**NEW, "login": "x"}, 400, "value.login"),
        ({**NEW, "name": ""}, 400, "value.empty"),
        ({**NEW, "name": "A\u0000"}, 400, "value.text"),
        ({**NEW, "name": "A\u202e"}, 400, "value.text"),
        ({**NEW, "roles": ["king"]}, 400, "value.choice"),
        ({**NEW, "roles": "officer"}, 400, "value.type"),
        ({**NEW, "clusters": ["ccn-tien-tie"]}, 404, "cluster.unknown"),
        ({**NEW, "clusters": ["\u0000"]}, 404, "cluster.unknown"),
        ({**NEW, "password": "x"}, 400, "value.member"),
        ({"login": "lan"}, 400, "value.missing"),
    ],
)
def test_a_bad_account_is_refused(
    office: Client,
    admin: dict[str, str],
    accounts: Accounts,
    *,
    sent: dict[str, Any],
    status: int,
    code: str,
) -> None:
    """With its code, and nobody is added."""
    answer = office.request("POST", "/api/accounts", admin, json=sent)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert len(people.all_accounts(accounts)) == 3


def test_the_last_administrator_stays(
    office: Client, admin: dict[str, str], accounts: Accounts
) -> None:
    """Also when it asks for it itself."""
    path = f"/api/accounts/{people.find_account(accounts, 'admin1').id}"
    asked: list[dict[str, Any]] = [{"enabled": False}, {"roles": []}]
    for sent in asked:
        answer = office.request("PATCH", path, admin, json=sent)
        assert (answer.status_code, answer.json()["code"]) == (409, "account.last_admin")
    assert office.json("/api/session")["account"]["roles"] == ["admin"]


@pytest.mark.parametrize("account_id", ["acc-0000000000000000", "planner", "..%2f..", "%00", "%ff"])
def test_nobody_is_changed_by_another_name(
    office: Client, admin: dict[str, str], account_id: str
) -> None:
    """An account is named by its id alone."""
    for method, path in (("PATCH", ""), ("POST", "/link")):
        body = {"json": {"name": "X"}} if method == "PATCH" else {}
        answer = office.request(method, f"/api/accounts/{account_id}{path}", admin, **body)
        assert answer.status_code in (404, 405)


def test_only_the_administrator_manages_people(office: Client, accounts: Accounts) -> None:
    """Nobody and others are refused on every address, by cookie, token and read-only token."""
    one = people.find_account(accounts, "planner")
    asked: list[tuple[str, str, dict[str, Any]]] = [
        ("GET", "/api/accounts", {}),
        ("POST", "/api/accounts", {"json": NEW}),
        ("PATCH", f"/api/accounts/{one.id}", {"json": {"roles": ["admin"]}}),
        ("POST", f"/api/accounts/{one.id}/link", {}),
    ]
    callers = [
        ({}, 401, "auth.required"),
        (bearer(accounts, "planner"), 403, "right.missing"),
        (bearer(accounts, "officer"), 403, "right.missing"),
        (bearer(accounts, "admin1", is_read_only=True), 403, "right.read_only"),
    ]
    for method, path, body in asked:
        for headers, status, code in callers:
            answer = office.request(method, path, headers, **body)
            assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert people.find_account(accounts, "planner").roles == {Role.PLANNER}
    assert len(people.all_accounts(accounts)) == 3
