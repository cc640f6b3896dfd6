"""Pages to sign in, to use a one-time link, and one's own account: forms that need no script."""

import html
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from api.settings import Settings
from gis.accounts import Accounts, links, open_accounts, people, tokens
from gis.store import GeoPackageStore
from tests.api.client import Client, client_of
from tests.api.signing_in import PASSWORD, bearer, sign_in
from tests.gis.accounts.conftest import QUICK

BROWSER = {"Accept": "text/html"}
NEW = "một mật khẩu khác"


def post(client: Client, path: str, **fields: str) -> httpx.Response:
    """Send one of our forms as a browser does."""
    return client.request("POST", path, {**BROWSER, "Origin": "http://ccn.test"}, data=fields)


def log_in(client: Client, login: str, password: str = PASSWORD, **more: str) -> httpx.Response:
    """Send the form of the page to sign in."""
    return post(client, "/login", login=login, password=password, **more)


def csrf(client: Client, path: str = "/account") -> str:
    """Return the token that the forms of a page carry."""
    found = re.search(r'name="csrf" value="([^"]+)"', client.get(path, BROWSER).text)
    assert found
    return found[1]


def test_signing_in_leads_back(office: Client) -> None:
    """To the page that somebody came from, with a cookie; every page then shows the name."""
    link = re.search(r'href="(/login\?[^"]*)"', office.get("/clusters/ccn-tien-tien?lang=en").text)
    assert link
    page = office.get(html.unescape(link[1]), BROWSER).text
    next_path = re.search(r'name="next" value="([^"]*)"', page)
    assert next_path
    answer = log_in(office, "officer", next=html.unescape(next_path[1]))
    assert answer.status_code == 303
    assert answer.headers["location"] == "/clusters/ccn-tien-tien?lang=en"
    assert answer.headers["cache-control"] == "no-store"
    for path in ("/", "/clusters/ccn-tien-tien", "/account", "/login"):
        assert "officer Nguyễn" in office.get(path, BROWSER).text


def test_the_public_map_is_the_same_for_all(office: Client) -> None:
    """A page kept for the public names nobody, also after somebody signed in asked for it."""
    public = office.get("/").text
    log_in(office, "officer")
    assert "officer Nguyễn" in office.get("/").text
    assert "csrf" in office.get("/").text
    office.cookies.clear()
    assert office.get("/").text == public
    assert "Đăng nhập" in public


@pytest.mark.parametrize(
    "next_path",
    ["//evil.example/", "https://evil.example/", "/\\evil.example", "\\\\evil.example",
     "javascript:alert(1)", "/a\r\nSet-Cookie: x=y", "", "/\u202eevil"],
)  # fmt: skip
def test_nobody_is_led_to_another_site(office: Client, next_path: str) -> None:
    """What is no path of ours leads to the map."""
    assert log_in(office, "officer", next=next_path).headers["location"] == "/"


def test_a_refused_sign_in_says_why_and_keeps_the_login(office: Client) -> None:
    """401 with the sentence and the login, never the password; 429 with the time to wait."""
    answer = log_in(office, "officer", "a wrong <password>")
    assert answer.status_code == 401
    assert "Tên đăng nhập hoặc mật khẩu không đúng" in answer.text
    assert 'value="officer"' in answer.text
    assert "wrong" not in answer.text
    for _ in range(9):
        log_in(office, "officer", "a wrong password")
    blocked = log_in(office, "officer")
    assert blocked.status_code == 429
    assert 0 < int(blocked.headers["retry-after"]) <= 900
    hostile = log_in(office, '"><script>alert(1)</script>', "x")
    assert "<script" not in hostile.text


def test_signing_out_is_a_form(office: Client) -> None:
    """Without the page's token it is refused; with it the session ends."""
    log_in(office, "officer")
    assert post(office, "/logout").status_code == 403
    answer = post(office, "/logout", csrf=csrf(office))
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert not office.cookies


def test_a_page_for_somebody_leads_to_signing_in(office: Client) -> None:
    """A person is led there and back; a program is told 401."""
    answer = office.get("/account?lang=en", BROWSER)
    assert answer.status_code == 303
    where = urlsplit(answer.headers["location"])
    assert where.path == "/login"
    assert parse_qs(where.query) == {"next": ["/account?lang=en"], "lang": ["en"]}
    assert office.get("/account").status_code == 401
    assert office.get("/account", bearer_of_nobody()).status_code == 401


def bearer_of_nobody() -> dict[str, str]:
    """Return the headers of a token that there is not."""
    return {"Authorization": "Bearer ccn_nothing"}


def test_a_programs_token_opens_no_account_page(office: Client, accounts: Accounts) -> None:
    """It can neither make further tokens nor change the password."""
    program = bearer(accounts, "officer")
    for method, path in (("GET", "/account"), ("POST", "/account/tokens")):
        form = {"name": "x", "days": "9"} if method == "POST" else None
        answer = office.request(method, path, program, data=form)
        assert answer.status_code == 401
    assert len(tokens.tokens_of(accounts, people.find_account(accounts, "officer").id)) == 1


# --- one-time links -------------------------------------------------------------------------------


def test_the_first_administrator_is_made_by_the_link(
    example_store: GeoPackageStore, tmp_path: Path
) -> None:
    """Whoever has the link chooses login, name and password, and goes on to the settings."""
    fresh = open_accounts(str(tmp_path / "fresh.gpkg"), policy=QUICK)
    first = links.first_link(fresh)
    assert first
    path = f"/setup/{first.text}"
    with client_of(Settings(), example_store, fresh) as client:
        assert "người quản trị đầu tiên" in client.get(path, BROWSER).text
        form = {"name": "Trần Quản", "password": NEW, "again": NEW}
        bad = post(client, path, login="<x>", **form)
        assert (bad.status_code, "&lt;x&gt;" in bad.text, "Trần Quản" in bad.text) == (
            400,
            True,
            True,
        )
        done = post(client, path, login="quan", **form)
        assert (done.status_code, done.headers["location"]) == (303, "/admin")
        assert client.json("/api/session")["account"]["roles"] == ["admin"]
        assert client.get(path, BROWSER).status_code == 404
    fresh.close()


def test_a_link_lets_its_owner_choose_a_password(office: Client, accounts: Accounts) -> None:
    """Looking does not use it; a mistake may be mended; then it signs in and is gone."""
    one = people.add_account(accounts, login="lan", name="Nguyễn <Lan>", roles=[])
    path = f"/setup/{links.password_link(accounts, one.id).text}"
    for _ in range(2):
        page = office.get(path, BROWSER)
        assert page.status_code == 200
        assert "Nguyễn &lt;Lan&gt;" in page.text
        assert page.headers["referrer-policy"] == "same-origin"
        assert page.headers["cache-control"] == "no-store"
    differs = post(office, path, password=NEW, again="another")
    assert (differs.status_code, "không giống nhau" in differs.text) == (400, True)
    short = post(office, path, password="short", again="short")  # noqa: S106
    assert (short.status_code, "10–200" in short.text) == (400, True)
    done = post(office, path, password=NEW, again=NEW)
    assert (done.status_code, done.headers["location"]) == (303, "/account")
    assert "Nguyễn &lt;Lan&gt;" in office.get("/account", BROWSER).text
    gone = post(office, path, csrf=csrf(office), password=NEW, again=NEW)
    assert (gone.status_code, "đã được dùng" in gone.text) == (404, True)
    office.cookies.clear()
    assert log_in(office, "lan", NEW).status_code == 303


def test_another_site_can_not_use_a_link(office: Client, accounts: Accounts) -> None:
    """Its form is refused, and the link still works."""
    path = (
        f"/setup/{links.password_link(accounts, people.find_account(accounts, 'officer').id).text}"
    )
    foreign = {"Origin": "https://evil.example"}
    answer = office.request("POST", path, foreign, data={"password": NEW, "again": NEW})
    assert answer.status_code == 403
    assert office.get(path).status_code == 200


@pytest.mark.parametrize("secret", ["none", "x" * 99, "..%2f..", "%00", "%ff"])
def test_a_link_that_is_none_says_so(office: Client, secret: str) -> None:
    """One sentence, whatever was wrong with it."""
    answer = office.get(f"/setup/{secret}", BROWSER)
    assert answer.status_code == 404
    assert "<script" not in answer.text


# --- one's own account ----------------------------------------------------------------------------


def test_the_account_page_says_what_one_may_do(office: Client) -> None:
    """Roles and clusters by their names, in both languages."""
    log_in(office, "officer")
    page = office.get("/account", BROWSER).text
    for word in ("cán bộ đất đai", "Tiên Tiến", "ghi vào sổ đăng ký"):
        assert word in page
    assert "quản lý tài khoản" not in page
    assert "write to the register" in office.get("/account?lang=en", BROWSER).text


def test_one_changes_ones_own_password(office: Client, accounts: Accounts) -> None:
    """Knowing the old one; this session goes on under another secret, others end."""
    log_in(office, "officer")
    before = office.cookies["ccn-gis"]
    wrong = post(
        office, "/account/password", csrf=csrf(office), old="not mine", password=NEW, again=NEW
    )
    assert wrong.status_code == 401
    differs = post(
        office, "/account/password", csrf=csrf(office), old=PASSWORD, password=NEW, again="x"
    )
    assert differs.status_code == 400
    done = post(
        office, "/account/password", csrf=csrf(office), old=PASSWORD, password=NEW, again=NEW
    )
    assert (done.status_code, "Đã đổi mật khẩu" in done.text) == (200, True)
    assert office.cookies["ccn-gis"] != before
    assert office.get("/account", BROWSER).status_code == 200
    office.cookies.clear()
    assert sign_in(office, "officer").status_code == 401
    assert sign_in(office, "officer", NEW).status_code == 200
    assert people.find_account(accounts, "officer").has_password


def test_one_makes_and_revokes_ones_own_tokens(office: Client, accounts: Accounts) -> None:
    """A new one is shown once; revoked it opens nothing; a bad form says what is wrong."""
    log_in(office, "officer")
    made = post(office, "/account/tokens", csrf=csrf(office), name="báo cáo", days="30")
    assert made.status_code == 200
    text = re.search(r"ccn_[\w-]{43}", made.text)
    assert text
    program = {"Authorization": f"Bearer {text[0]}"}
    cookies = dict(office.cookies)
    office.cookies.clear()
    assert office.get("/api/session", program).json()["account"]["login"] == "officer"
    office.cookies.update(cookies)
    page = office.get("/account", BROWSER).text
    assert text[0] not in page
    end = re.search(r'action="(/account/tokens/[^"]+/end)"', page)
    assert end
    assert post(office, end[1], csrf=csrf(office)).status_code == 200
    assert post(office, end[1], csrf=csrf(office)).status_code == 404
    assert tokens.tokens_of(accounts, people.find_account(accounts, "officer").id) == []
    for days in ("0", "x", "9999", "99999", ""):
        bad = post(office, "/account/tokens", csrf=csrf(office), name="x", days=days)
        assert (bad.status_code, "1–366" in bad.text) == (400, True)


def test_forms_are_forms(office: Client) -> None:
    """JSON or text where a form is due is refused; so are thousands of fields."""
    for media_type in ("application/json", "text/plain", "multipart/form-data; boundary=x"):
        answer = office.request("POST", "/login", {"Content-Type": media_type}, content=b"{}")
        assert (answer.status_code, answer.json()["code"]) == (415, "body.type")
    many = office.request("POST", "/login", data={f"f{n}": "x" for n in range(300)})
    assert many.status_code == 400
    wrong = office.request(
        "POST", "/login", {"Content-Type": "application/x-www-form-urlencoded"}, content=b"\xff=1"
    )
    assert wrong.status_code == 400


def test_pages_keep_the_portals_prefix(example_store: GeoPackageStore, accounts: Accounts) -> None:
    """Links, forms, the cookie's path and where one is led all begin with it."""
    settings = Settings(public_url="http://portal.example/ccn")
    with client_of(settings, example_store, accounts) as client:
        led = client.get("/account", BROWSER).headers["location"]
        assert led == "/ccn/login?next=%2Fccn%2Faccount"
        done = client.request("POST", "/login", data={"login": "officer", "password": PASSWORD})
        assert done.headers["location"] == "/ccn/"
        assert "Path=/ccn;" in done.headers["set-cookie"]
        page = client.get("/ccn/account", BROWSER).text
        own = re.findall(r'(?:src|href|action)="(/[^"]*)"', page)
        assert len(own) > 5
        assert all(address.startswith("/ccn/") for address in own)


def test_without_accounts_nobody_is_asked_to_sign_in(client: Client) -> None:
    """The map has no link to it, and the page says why."""
    assert "/login" not in client.get("/").text
    answer = client.request("POST", "/login", BROWSER, data={"login": "a", "password": "b"})
    assert answer.status_code == 404
