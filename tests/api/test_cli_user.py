"""``ccn-gis user``: accounts from the command line, links instead of passwords."""

import json
import re
import stat
from pathlib import Path

import pytest

from gis.accounts import identities, links, open_accounts, people, sessions, tokens
from gis.rights import Role
from tests.api.cli_runs import Run, ccn_gis
from tests.gis.accounts.conftest import QUICK


@pytest.fixture
def folder(example_register: Path, tmp_path: Path) -> Path:
    """Return a folder with a register."""
    (tmp_path / "register.gpkg").symlink_to(example_register)
    return tmp_path


def user(folder: Path, *arguments: str, **variables: str) -> Run:
    """Run a command of ``ccn-gis user``."""
    return ccn_gis("user", *arguments, folder=folder, **variables)


def test_an_account_from_the_first_link_to_the_last_word(folder: Path) -> None:
    """Added with roles and clusters, its link sets a password that signs in; then disabled."""
    added = user(
        folder, "add", "lan", "--name", "Nguyễn Thị Lan", "--role", "officer", "--role", "approver",
        "--cluster", "ccn-a", "--json",
    ).answer  # fmt: skip
    assert added["roles"] == ["approver", "officer"]
    assert (added["cluster_ids"], added["has_password"]) == (["ccn-a"], False)
    accounts = open_accounts(str(folder / "register.gpkg"), policy=QUICK)
    secret = added["link"].rsplit("/", 1)[1]
    links.use_password_link(accounts, secret, password="một mật khẩu dài")  # noqa: S106
    session = sessions.sign_in(accounts, "lan", "một mật khẩu dài", address="::1")
    assert user(folder, "change", "lan", "--role", "planner", "--all-clusters").code == 0
    found = sessions.session_of(accounts, session.text)
    assert found
    assert (found.actor.roles, found.actor.cluster_ids) == (frozenset({Role.PLANNER}), None)
    made = user(folder, "token", "lan", "--name", "x", "--days", "3", "--read-only")
    assert tokens.bearer_of(accounts, made.out.strip()).actor.is_read_only
    assert user(folder, "disable", "lan").code == 0
    assert sessions.session_of(accounts, session.text) is None
    assert not people.find_account(accounts, "lan").is_enabled
    assert user(folder, "enable", added["id"]).code == 0
    accounts.close()


def test_the_list_shows_everybody_and_the_first_link(folder: Path) -> None:
    """The link until there is an administrator; people with roles, clusters and state."""
    first = user(folder, "list")
    assert re.search(r"http://127\.0\.0\.1:8000/setup/[\w-]{43}\n$", first.out)
    there = user(folder, "list", CCN_GIS_PUBLIC_URL="https://gis.example.vn/ccn", CCN_GIS_LANG="en")
    assert "https://gis.example.vn/ccn/setup/" in there.out
    user(folder, "add", "quan.tri", "--name", "Quản Trị", "--role", "admin")
    user(folder, "add", "lan", "--name", "Lan", "--cluster", "ccn-a")
    user(folder, "disable", "lan")
    shown = user(folder, "list").out
    assert "setup" not in shown
    for word in ("quan.tri", "người quản trị", "mọi cụm", "chưa đặt mật khẩu", "ccn-a", "đã khóa"):
        assert word in shown
    listed = user(folder, "list", "--json").answer
    assert [one["login"] for one in listed["accounts"]] == ["lan", "quan.tri"]
    assert "disabled" in user(folder, "list", CCN_GIS_LANG="en").out


@pytest.mark.parametrize(
    ("arguments", "code", "status"),
    [
        (("add", "lan", "--name", "A", "--role", "king"), "value.choice", 2),
        (("add", "l", "--name", "A"), "value.login", 2),
        (("add", "lan", "--name", " "), "value.empty", 2),
        (("disable", "nobody"), "account.unknown", 1),
        (("token", "nobody", "--name", "x"), "account.unknown", 1),
        (("password", "nobody"), "account.unknown", 1),
        (("list", "--register", "none.gpkg"), "register.missing", 1),
    ],
)
def test_a_refusal_says_what_and_keeps_nothing(
    folder: Path, arguments: tuple[str, ...], code: str, status: int
) -> None:
    """One sentence with its code; a register that is not there gets no accounts."""
    run = user(folder, *arguments)
    assert (run.code, run.out) == (status, "")
    assert run.err.endswith(f"[{code}]\n")
    assert not (folder / "none.gpkg.accounts").exists()
    assert user(folder, "list", "--json").answer["accounts"] == []


def test_the_file_is_private_and_beside_the_register(folder: Path) -> None:
    """And refusals in JSON go to standard error."""
    user(folder, "list")
    mode = (folder / "register.gpkg.accounts").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600
    run = user(folder, "disable", "nobody", "--json")
    assert json.loads(run.err)["code"] == "account.unknown"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_it_speaks_both_languages(folder: Path, language: str) -> None:
    """Every command in each, without a gap."""
    said = [
        user(folder, *arguments, CCN_GIS_LANG=language)
        for arguments in (
            ("add", "lan", "--name", "A"),
            ("change", "lan", "--name", "B"),
            ("password", "lan"),
            ("token", "lan", "--name", "x"),
            ("disable", "lan"),
            ("enable", "lan"),
        )
    ]
    assert [run.code for run in said] == [0] * 6
    text = "".join(run.out + run.err for run in said)
    assert ("Trao liên kết" in text) == (language == "vi")
    assert ("Hand this on" in text) == (language == "en")


def test_an_account_is_linked_to_a_providers_person(folder: Path) -> None:
    """Of the provider that the settings name; without one it is refused, and "" unlinks."""
    provider = {
        "CCN_GIS_OIDC_ISSUER": "https://sso.example",
        "CCN_GIS_OIDC_CLIENT_ID": "x",
        "CCN_GIS_OIDC_CLIENT_SECRET": "y",
        "CCN_GIS_PUBLIC_URL": "https://gis.example",
    }
    one = user(folder, "add", "lan", "--name", "Lan", "--json").answer
    refused = user(folder, "link", "lan", "--subject", "123")
    assert (refused.code, "[value.empty]" in refused.err) == (2, True)
    for subject, expected in (("123", {one["id"]: "123"}), ("", {})):
        assert user(folder, "link", "lan", "--subject", subject, **provider).code == 0
        accounts = open_accounts(str(folder / "register.gpkg"), policy=QUICK)
        assert identities.subjects_of(accounts, "https://sso.example") == expected
        accounts.close()
