"""Tokens for programs and one-time links: told once, ended in time, used by their owner only."""

import threading

import pytest
import sqlalchemy as sa

from gis.accounts import Accounts, links, people, sessions, tokens
from gis.accounts.schema import metadata
from gis.errors import InvalidValue, NotAllowed, NotFound
from gis.rights import Action, Role, may
from tests.gis.accounts.conftest import MovedClock

GOOD = "một mật khẩu dài"
SHORT = "short"


def test_a_token_is_its_account(accounts: Accounts, clock: MovedClock) -> None:
    """Also when the account's roles change; a read-only one reads and no more."""
    one = people.add_account(accounts, login="lan", name="A", roles=[Role.OFFICER])
    whole = tokens.add_token(accounts, one.id, name="máy chủ", days=30)
    narrow = tokens.add_token(accounts, one.id, name="báo cáo", days=30, is_read_only=True)
    assert whole.text.startswith("ccn_")
    assert may(tokens.bearer_of(accounts, whole.text).actor, Action.REGISTER)
    assert not may(tokens.bearer_of(accounts, narrow.text).actor, Action.REGISTER)
    assert may(tokens.bearer_of(accounts, narrow.text).actor, Action.READ_FULL)
    people.change_account(accounts, one.id, roles=[])
    found = tokens.bearer_of(accounts, whole.text)
    assert not may(found.actor, Action.REGISTER)
    assert found.csrf is None
    kept = tokens.tokens_of(accounts, one.id)
    assert [(token.name, token.is_read_only) for token in kept] == [
        ("máy chủ", False),
        ("báo cáo", True),
    ]
    assert kept[0].last_used_at == clock.at


def test_a_token_ends(accounts: Accounts, clock: MovedClock) -> None:
    """On its day, or when it is revoked; another one's can't be revoked."""
    one = people.add_account(accounts, login="lan", name="A", roles=[])
    other = people.add_account(accounts, login="other", name="B", roles=[])
    short = tokens.add_token(accounts, one.id, name="a", days=1)
    long = tokens.add_token(accounts, one.id, name="b", days=2)
    clock.move(days=1)
    assert [token.name for token in tokens.tokens_of(accounts, one.id)] == ["b"]
    with pytest.raises(NotAllowed):
        tokens.bearer_of(accounts, short.text)
    (kept,) = tokens.tokens_of(accounts, one.id)
    for token_id in ("tok-0", "a\0", "\ud800"):
        with pytest.raises(NotFound):
            tokens.end_token(accounts, one.id, token_id)
    with pytest.raises(NotFound):
        tokens.end_token(accounts, other.id, kept.id)
    tokens.end_token(accounts, one.id, kept.id)
    with pytest.raises(NotAllowed) as refused:
        tokens.bearer_of(accounts, long.text)
    assert refused.value.code == "auth.token"


@pytest.mark.parametrize("secret", ["", "ccn_", "ccn_x", "\0", "\ud800", "x" * 100_000])
def test_what_is_no_token_is_refused(accounts: Accounts, secret: str) -> None:
    """Never taken for the public in silence."""
    with pytest.raises(NotAllowed):
        tokens.bearer_of(accounts, secret)


@pytest.mark.parametrize(("name", "days"), [("", 1), ("a\0", 1), ("a", 0), ("a", 367)])
def test_a_token_has_a_name_and_an_end(accounts: Accounts, name: str, days: int) -> None:
    """Of a year at most."""
    one = people.add_account(accounts, login="lan", name="A", roles=[])
    with pytest.raises(InvalidValue):
        tokens.add_token(accounts, one.id, name=name, days=days)
    assert tokens.tokens_of(accounts, one.id) == []


def first(accounts: Accounts) -> str:
    """Return the secret of the first administrator's link."""
    link = links.first_link(accounts)
    assert link is not None
    return link.text


def test_the_first_link_makes_the_administrator(accounts: Accounts) -> None:
    """Once: afterwards there is no such link, old or new."""
    secret = first(accounts)
    assert links.link_owner(accounts, secret) is None
    session = links.use_first_link(
        accounts, secret, login="admin1", name="Trần Văn A", password=GOOD
    )
    found = sessions.session_of(accounts, session.text)
    assert found
    assert found.how == "link"
    assert found.actor.roles == {Role.ADMIN}
    assert links.first_link(accounts) is None
    with pytest.raises(NotFound):
        links.use_first_link(accounts, secret, login="second", name="B", password=GOOD)
    assert len(people.all_accounts(accounts)) == 1


def test_there_is_a_first_link_until_there_is_an_administrator(accounts: Accounts) -> None:
    """Other accounts do not count, nor does an administrator who is disabled."""
    secret = first(accounts)
    people.add_account(accounts, login="lan", name="A", roles=[Role.OFFICER])
    assert first(accounts) != secret
    people.add_account(accounts, login="admin1", name="A", roles=[Role.ADMIN])
    assert links.first_link(accounts) is None


def test_a_refused_use_leaves_the_link(accounts: Accounts) -> None:
    """Somebody who chose a bad login or password may choose again."""
    secret = first(accounts)
    for login, name, password in (("a", "A", GOOD), ("abc", "", GOOD), ("abc", "A", "short")):
        with pytest.raises(InvalidValue):
            links.use_first_link(accounts, secret, login=login, name=name, password=password)
    assert links.use_first_link(accounts, secret, login="abc", name="A", password=GOOD).text


def test_a_link_ends(accounts: Accounts, clock: MovedClock) -> None:
    """After a day, and when a newer one is made."""
    old = first(accounts)
    new = first(accounts)
    with pytest.raises(NotFound):
        links.link_owner(accounts, old)
    clock.move(hours=24)
    with pytest.raises(NotFound):
        links.link_owner(accounts, new)
    with pytest.raises(NotFound):
        links.use_first_link(accounts, new, login="abc", name="A", password=GOOD)


@pytest.mark.parametrize("secret", ["", "x", "\0", "\ud800", "x" * 100_000])
def test_what_is_no_link_is_refused(accounts: Accounts, secret: str) -> None:
    """Whatever the address holds."""
    for use in (
        lambda: links.link_owner(accounts, secret),
        lambda: links.use_first_link(accounts, secret, login="abc", name="A", password=GOOD),
        lambda: links.use_password_link(accounts, secret, password=GOOD),
    ):
        with pytest.raises(NotFound) as refused:
            use()
        assert refused.value.code == "link.unknown"


def test_two_who_use_one_link_at_once_are_one(accounts: Accounts) -> None:
    """Just one becomes the administrator."""
    secret = first(accounts)
    done: list[str] = []

    def use(number: int) -> None:
        try:
            links.use_first_link(accounts, secret, login=f"admin{number}", name="A", password=GOOD)
            done.append("made")
        except NotFound:
            done.append("refused")

    threads = [threading.Thread(target=use, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == ["made", *["refused"] * 5]
    assert len(people.all_accounts(accounts)) == 1


def test_a_password_link_is_its_owners(accounts: Accounts) -> None:
    """It sets the password once and ends what was open before, tokens included."""
    one = people.add_account(accounts, login="lan", name="A", roles=[])
    people.set_password(accounts, one.id, "the former one")
    before = sessions.sign_in(accounts, "lan", "the former one", address="::1")
    token = tokens.add_token(accounts, one.id, name="a", days=1)
    secret = links.password_link(accounts, one.id).text
    owner = links.link_owner(accounts, secret)
    assert owner
    assert owner.id == one.id
    with pytest.raises(InvalidValue):
        links.use_password_link(accounts, secret, password=SHORT)
    with pytest.raises(NotFound):
        links.use_first_link(accounts, secret, login="abc", name="A", password=GOOD)
    now = links.use_password_link(accounts, secret, password=GOOD)
    assert sessions.session_of(accounts, now.text)
    assert sessions.session_of(accounts, before.text) is None
    with pytest.raises(NotAllowed):
        tokens.bearer_of(accounts, token.text)
    with pytest.raises(NotFound):
        links.use_password_link(accounts, secret, password=GOOD)
    assert sessions.sign_in(accounts, "lan", GOOD, address="::1").text


def test_a_disabled_account_gets_no_link(accounts: Accounts) -> None:
    """And one that it had ends with it."""
    one = people.add_account(accounts, login="lan", name="A", roles=[])
    secret = links.password_link(accounts, one.id).text
    people.disable_account(accounts, one.id)
    with pytest.raises(NotAllowed):
        links.password_link(accounts, one.id)
    with pytest.raises(NotFound):
        links.use_password_link(accounts, secret, password=GOOD)


def test_tokens_and_links_are_kept_as_hashes(accounts: Accounts) -> None:
    """Nobody who reads the database can use one."""
    one = people.add_account(accounts, login="lan", name="A", roles=[])
    told = [
        tokens.add_token(accounts, one.id, name="a", days=1).text,
        links.password_link(accounts, one.id).text,
    ]
    with accounts.reading() as connection:
        rows = [connection.execute(sa.select(table)).all() for table in metadata.sorted_tables]
    assert not [secret for secret in told if secret in str(rows) or secret[4:] in str(rows)]
