"""Accounts on both engines: added, found, changed, disabled; there is always an administrator."""

from dataclasses import replace

import pytest

from gis.accounts import Accounts, people, sessions, tokens
from gis.errors import Conflict, GisError, InvalidValue, NotFound
from gis.rights import Role


def test_an_account_is_what_was_given(accounts: Accounts) -> None:
    """Login in lower case, name in NFC with single blanks, roles and clusters as given."""
    one = people.add_account(
        accounts,
        login=" Lan.Nguyen ",
        name="Nguyê\N{COMBINING TILDE}n  Thị Lan",
        roles=[Role.OFFICER, Role.APPROVER],
        cluster_ids=["ccn-b", "ccn-a"],
    )
    assert one.id.startswith("acc-")
    assert "lan" not in one.id
    assert (one.login, one.name) == ("lan.nguyen", "Nguyễn Thị Lan")
    assert one.cluster_ids == frozenset({"ccn-a", "ccn-b"})
    assert one.actor().account_id == one.id
    assert people.find_account(accounts, one.id) == one
    assert people.find_account(accounts, "LAN.nguyen") == one
    assert people.all_accounts(accounts) == [one]
    assert not one.has_password


def test_ids_are_never_the_same(accounts: Accounts) -> None:
    """Nothing of a person is in an id, and no login looks like one."""
    found = {people.add_account(accounts, login=f"a{n}", name="A", roles=[]).id for n in range(20)}
    assert len(found) == 20
    with pytest.raises(InvalidValue):
        people.add_account(accounts, login="acc-0000000000000000", name="A", roles=[])


@pytest.mark.parametrize(
    ("login", "name", "code"),
    [
        ("", "A", "value.login"),
        ("a", "A", "value.login"),
        ("lễ", "A", "value.login"),
        ("a b", "A", "value.login"),
        ("a\0b", "A", "value.login"),
        ("x" * 65, "A", "value.login"),
        ("-ab", "A", "value.login"),
        ("lan", " ", "value.empty"),
        ("lan", "A\0", "value.text"),
        ("lan", "A\ud800", "value.text"),
        ("lan", "A\N{RIGHT-TO-LEFT OVERRIDE}", "value.text"),
        ("lan", "A" * 201, "value.text"),
    ],
)
def test_a_bad_login_or_name_is_refused(
    accounts: Accounts, login: str, name: str, code: str
) -> None:
    """And nothing is kept of it (THREATS 50)."""
    with pytest.raises(GisError) as refused:
        people.add_account(accounts, login=login, name=name, roles=[])
    assert refused.value.code == code
    assert people.all_accounts(accounts) == []


def test_a_login_is_unique(accounts: Accounts) -> None:
    """Also in other letters of the same word."""
    people.add_account(accounts, login="lan", name="A", roles=[])
    with pytest.raises(Conflict) as refused:
        people.add_account(accounts, login="LAN", name="B", roles=[])
    assert refused.value.code == "account.login_taken"


@pytest.mark.parametrize("name", ["nobody", "", "a\0b", "\ud800", "acc-0", "x" * 500])
def test_who_is_not_there_is_not_found(accounts: Accounts, name: str) -> None:
    """Whatever is asked for."""
    with pytest.raises(NotFound) as refused:
        people.find_account(accounts, name)
    assert refused.value.code == "account.unknown"


def test_changing_leaves_the_rest(accounts: Accounts) -> None:
    """Each field by itself; clusters can be taken back to all."""
    one = people.add_account(accounts, login="lan", name="A", roles=[Role.PLANNER])
    some = frozenset({"ccn-a"})
    changed = people.change_account(accounts, one.id, cluster_ids=["ccn-a"])
    assert changed == replace(one, cluster_ids=some)
    changed = people.change_account(accounts, one.id, roles=[Role.OFFICER], name="B")
    assert changed == replace(one, cluster_ids=some, roles=frozenset({Role.OFFICER}), name="B")
    changed = people.change_account(accounts, one.id, cluster_ids=[])
    assert changed.cluster_ids == frozenset()
    changed = people.change_account(accounts, one.id, all_clusters=True)
    assert changed.cluster_ids is None
    assert people.find_account(accounts, one.id) == changed


def test_the_last_administrator_stays(accounts: Accounts) -> None:
    """Neither disabled nor without the role, until another one can sign in."""
    admin = people.add_account(accounts, login="admin1", name="A", roles=[Role.ADMIN])
    other = people.add_account(accounts, login="other", name="B", roles=[Role.ADMIN])
    people.disable_account(accounts, other.id)
    with pytest.raises(Conflict, match="last administrator"):
        people.disable_account(accounts, admin.id)
    with pytest.raises(Conflict, match="last administrator"):
        people.change_account(accounts, admin.id, roles=[Role.PLANNER])
    people.enable_account(accounts, other.id)
    assert not people.disable_account(accounts, admin.id).is_enabled


def test_disabling_ends_everything_at_once(accounts: Accounts) -> None:
    """Sessions and tokens end with it and don't come back; the password does."""
    one = people.add_account(accounts, login="lan", name="A", roles=[Role.PLANNER])
    people.set_password(accounts, one.id, "một mật khẩu dài")
    session = sessions.sign_in(accounts, "lan", "một mật khẩu dài", address="::1")
    token = tokens.add_token(accounts, one.id, name="báo cáo", days=10)
    people.disable_account(accounts, one.id)
    assert sessions.session_of(accounts, session.text) is None
    with pytest.raises(GisError, match="token"):
        tokens.bearer_of(accounts, token.text)
    with pytest.raises(GisError, match="login or the password"):
        sessions.sign_in(accounts, "lan", "một mật khẩu dài", address="::1")
    with pytest.raises(GisError):
        sessions.sign_in_as(accounts, one.id, how="oidc")
    with pytest.raises(GisError):
        tokens.add_token(accounts, one.id, name="x", days=1)
    people.enable_account(accounts, one.id)
    assert sessions.session_of(accounts, session.text) is None
    assert sessions.sign_in(accounts, "lan", "một mật khẩu dài", address="::1").text
