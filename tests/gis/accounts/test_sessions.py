"""Signing in: passwords, sessions that end, the rate of tries, and what is kept of a secret."""

import threading
import unicodedata
from datetime import timedelta
from statistics import median
from time import perf_counter

import pytest
import sqlalchemy as sa

from gis.accounts import Account, Accounts, Policy, open_accounts, people, sessions
from gis.accounts.schema import account, metadata
from gis.errors import InvalidValue, NotAllowed
from gis.rights import Role
from tests.gis.accounts.conftest import QUICK, MovedClock

GOOD = "một mật khẩu dài"
HERE = "192.0.2.1"


@pytest.fixture
def lan(accounts: Accounts) -> Account:
    """Return an officer who has a password."""
    one = people.add_account(
        accounts, login="lan", name="Lan", roles=[Role.OFFICER], cluster_ids=["ccn-a"]
    )
    return people.set_password(accounts, one.id, GOOD)


def test_signing_in_opens_a_session(accounts: Accounts, lan: Account, clock: MovedClock) -> None:
    """The secret leads to the account, its rights and a CSRF token of its own."""
    first = sessions.sign_in(accounts, " LAN ", GOOD, address=HERE)
    second = sessions.sign_in(accounts, "lan", GOOD, address=HERE)
    found = sessions.session_of(accounts, first.text)
    other = sessions.session_of(accounts, second.text)
    assert found
    assert other
    assert found.actor == lan.actor()
    assert (found.how, found.expires_at) == ("password", clock.at + timedelta(hours=12))
    assert found.csrf
    assert found.csrf != other.csrf
    assert found.account.last_signed_in_at == clock.at


def test_a_password_is_the_same_however_its_accents_are_typed(
    accounts: Accounts, lan: Account
) -> None:
    """Composed or not: keyboards differ."""
    assert lan.has_password
    typed = unicodedata.normalize("NFD", GOOD)
    assert typed != GOOD
    assert sessions.sign_in(accounts, "lan", typed, address=HERE).text


@pytest.mark.parametrize(
    ("login", "password"),
    [
        ("lan", "một mật khẩu dai"),
        ("lan", ""),
        ("lan", "\ud800"),
        ("lan", "x" * 100_000),
        ("nobody", GOOD),
        ("", GOOD),
        ("lan\0", GOOD),
        ("\ud800", GOOD),
        ("x" * 100_000, GOOD),
        ("invited", ""),
    ],
)
def test_every_refusal_says_the_same(
    accounts: Accounts, lan: Account, login: str, password: str
) -> None:
    """An unknown login, a wrong password and an account without one can't be told apart."""
    people.add_account(accounts, login="invited", name="B", roles=[])
    with pytest.raises(NotAllowed) as refused:
        sessions.sign_in(accounts, login, password, address=HERE)
    assert (refused.value.code, refused.value.facts) == ("auth.failed", {})
    assert lan.is_enabled


def test_a_refusal_takes_the_same_time(accounts: Accounts) -> None:
    """An unknown login costs the same hash: medians differ by less than half."""
    slow = Policy(argon2_passes=2, argon2_kib=8192, argon2_lanes=1, tries_a_login=1000)
    register = accounts.passwords
    one = people.add_account(accounts, login="lan", name="Lan", roles=[])
    accounts.policy, accounts.passwords = slow, type(register)(slow)
    people.set_password(accounts, one.id, GOOD)

    def seconds(login: str) -> float:
        begun = perf_counter()
        with pytest.raises(NotAllowed):
            sessions.sign_in(accounts, login, "a wrong password", address=HERE)
        return perf_counter() - begun

    seconds("nobody")
    known, unknown = zip(*((seconds("lan"), seconds("nobody")) for _ in range(9)), strict=True)
    assert 0.5 < median(known) / median(unknown) < 2


def test_a_session_ends_by_itself(accounts: Accounts, lan: Account, clock: MovedClock) -> None:
    """Two hours after its last request, and twelve after it began whatever happens."""
    idle = sessions.sign_in(accounts, "lan", GOOD, address=HERE).text
    clock.move(hours=1, minutes=59)
    assert sessions.session_of(accounts, idle)
    clock.move(hours=1, minutes=59)
    assert sessions.session_of(accounts, idle)
    clock.move(hours=2)
    assert sessions.session_of(accounts, idle) is None
    busy = sessions.sign_in(accounts, "lan", GOOD, address=HERE).text
    for _ in range(11):
        clock.move(hours=1)
        assert sessions.session_of(accounts, busy)
    clock.move(hours=1)
    assert sessions.session_of(accounts, busy) is None
    assert lan.is_enabled


@pytest.mark.parametrize("secret", ["", "x", "\0", "\ud800", "x" * 100_000])
def test_what_is_no_session_is_nobody(accounts: Accounts, secret: str) -> None:
    """Whatever a cookie holds."""
    assert sessions.session_of(accounts, secret) is None


def test_signing_out_ends_this_session_alone(accounts: Accounts, lan: Account) -> None:
    """Twice is no error."""
    one, other = (sessions.sign_in(accounts, "lan", GOOD, address=HERE).text for _ in range(2))
    sessions.end_session(accounts, one)
    sessions.end_session(accounts, one)
    assert sessions.session_of(accounts, one) is None
    assert sessions.session_of(accounts, other)
    assert lan.is_enabled


def test_a_new_password_ends_the_other_sessions(accounts: Accounts, lan: Account) -> None:
    """The old one has to be known; the new session is the only one."""
    old = sessions.sign_in(accounts, "lan", GOOD, address=HERE).text
    me = sessions.session_of(accounts, old)
    assert me
    with pytest.raises(NotAllowed):
        sessions.change_own_password(
            accounts, me, "not my password", "another long one", address=HERE
        )
    assert sessions.session_of(accounts, old)
    new = sessions.change_own_password(accounts, me, GOOD, "another long one", address=HERE)
    assert sessions.session_of(accounts, old) is None
    assert sessions.session_of(accounts, new.text)
    with pytest.raises(NotAllowed):
        sessions.sign_in(accounts, "lan", GOOD, address=HERE)
    assert lan.is_enabled


@pytest.mark.parametrize(
    "password",
    ["short", "x" * 201, "aaaaaaaaaaaa", "ababababababab", "1234567890", "MatKhau123",
     "my name is Lan!", "a long one\0", "a long \ud800one"],
)  # fmt: skip
def test_a_weak_password_is_refused(accounts: Accounts, lan: Account, password: str) -> None:
    """Too short or long, one letter again and again, the login in it, or a usual one."""
    with pytest.raises(InvalidValue) as refused:
        people.set_password(accounts, lan.id, password)
    assert refused.value.code == "value.password"
    assert password not in refused.value.sentence()


def test_a_login_is_tried_ten_times(accounts: Accounts, lan: Account, clock: MovedClock) -> None:
    """Then even the right password waits, from wherever; a wait has an end, and others go on."""
    for place in range(10):
        with pytest.raises(NotAllowed, match="login or the password"):
            sessions.sign_in(accounts, "lan", "wrong password", address=f"192.0.2.{place}")
        clock.move(seconds=10)
    with pytest.raises(NotAllowed) as refused:
        sessions.sign_in(accounts, "LAN", GOOD, address=HERE)
    assert refused.value.code == "auth.too_many"
    assert refused.value.facts == {"seconds": 15 * 60 - 100}
    clock.move(seconds=15 * 60 - 100)
    assert sessions.sign_in(accounts, "lan", GOOD, address=HERE).text
    assert lan.is_enabled


def test_an_address_is_limited_over_all_logins(
    accounts: Accounts, lan: Account, clock: MovedClock
) -> None:
    """Logins that do not exist count too; another address is free."""
    for number in range(50):
        with pytest.raises(NotAllowed, match="login or the password"):
            sessions.sign_in(accounts, f"guess{number}", "wrong password", address=HERE)
    with pytest.raises(NotAllowed, match="too many"):
        sessions.sign_in(accounts, "lan", GOOD, address=HERE)
    assert sessions.sign_in(accounts, "lan", GOOD, address="192.0.2.99").text
    clock.move(minutes=15)
    assert sessions.sign_in(accounts, "lan", GOOD, address=HERE).text
    assert lan.is_enabled


def test_being_right_does_not_count(accounts: Accounts, lan: Account) -> None:
    """Somebody who signs in often is never made to wait."""
    for _ in range(60):
        sessions.sign_in(accounts, "lan", GOOD, address=HERE)
    assert lan.is_enabled


def test_a_hundred_tries_at_once_are_a_hundred(accounts: Accounts, lan: Account) -> None:
    """Of racing guesses just ten reach the password, on both engines."""
    codes: list[str] = []

    def guess() -> None:
        for _ in range(5):
            try:
                sessions.sign_in(accounts, "lan", "wrong password", address=HERE)
            except NotAllowed as refused:
                codes.append(refused.code)

    threads = [threading.Thread(target=guess) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (codes.count("auth.failed"), codes.count("auth.too_many")) == (10, 30)
    assert lan.is_enabled


def test_a_restart_forgives_nothing(register: str, accounts: Accounts, lan: Account) -> None:
    """The count is in the database."""
    for _ in range(10):
        with pytest.raises(NotAllowed):
            sessions.sign_in(accounts, "lan", "wrong password", address=HERE)
    again = open_accounts(register, clock=accounts.now, policy=QUICK)
    with pytest.raises(NotAllowed, match="too many"):
        sessions.sign_in(again, "lan", GOOD, address=HERE)
    again.close()
    assert lan.is_enabled


def test_a_hash_of_former_parameters_is_made_anew(accounts: Accounts, lan: Account) -> None:
    """At the next sign-in, which is the only time when the password is at hand."""

    def kept() -> str:
        with accounts.reading() as connection:
            return str(connection.scalar(sa.select(account.c.password_hash)))

    before = kept()
    sessions.sign_in(accounts, "lan", GOOD, address=HERE)
    assert kept() == before
    harder = Policy(argon2_passes=2, argon2_kib=128, argon2_lanes=1)
    accounts.passwords = type(accounts.passwords)(harder)
    sessions.sign_in(accounts, "lan", GOOD, address=HERE)
    assert "$m=128,t=2,p=1$" in kept()
    assert sessions.sign_in(accounts, "lan", GOOD, address=HERE).text
    assert lan.is_enabled


def test_the_default_parameters_are_rfc_9106s(accounts: Accounts) -> None:
    """argon2id, 64 MiB, three passes, four lanes."""
    hashed = type(accounts.passwords)(Policy()).hashed("x")
    assert hashed.startswith("$argon2id$v=19$m=65536,t=3,p=4$")


def test_no_secret_is_in_the_database(accounts: Accounts, lan: Account) -> None:
    """Neither the password, nor a session, nor the login that somebody mistyped."""
    secret = sessions.sign_in(accounts, "lan", GOOD, address=HERE)
    found = sessions.session_of(accounts, secret.text)
    with pytest.raises(NotAllowed):
        sessions.sign_in(accounts, "typed-my-password-here", GOOD, address=HERE)
    with accounts.reading() as connection:
        kept = [
            str(row)
            for table in metadata.sorted_tables
            for row in connection.execute(sa.select(table))
        ]
    text = "\n".join(kept)
    assert found
    assert found.csrf
    assert "$argon2id$" in text
    for told in (GOOD, secret.text, found.csrf, "typed-my-password-here", HERE):
        assert told not in text
    assert lan.id in text
