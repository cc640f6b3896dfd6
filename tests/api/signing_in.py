"""Signing a test's client in, as a page or as a program."""

from typing import Any

import httpx

from gis.accounts import Accounts, people, tokens
from tests.api.client import Client

PASSWORD = "một mật khẩu dài"  # noqa: S105 - of accounts that live as long as a test


def sign_in(client: Client, login: str, password: str = PASSWORD) -> httpx.Response:
    """Sign in as our page does; the client keeps the cookie."""
    return client.request("POST", "/api/session", json={"login": login, "password": password})


def signed_in(client: Client, login: str) -> dict[str, str]:
    """Sign in and return the headers of requests that change something."""
    answer = sign_in(client, login)
    assert answer.status_code == 200, answer.text
    session: dict[str, Any] = answer.json()
    return {"X-CSRF-Token": session["csrf_token"]}


def bearer(accounts: Accounts, login: str, *, is_read_only: bool = False) -> dict[str, str]:
    """Return the headers of a program with a token of an account."""
    one = people.find_account(accounts, login)
    made = tokens.add_token(accounts, one.id, name="test", days=1, is_read_only=is_read_only)
    return {"Authorization": f"Bearer {made.text}"}
