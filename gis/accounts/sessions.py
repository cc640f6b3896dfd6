"""Signing in and out. A session ends by itself: some hours after its beginning or last request."""

from contextlib import suppress
from datetime import timedelta
from typing import Final

import sqlalchemy as sa

from gis.accounts import people
from gis.accounts.database import Accounts
from gis.accounts.keys import LONGEST, csrf_of, digest_of, new_secret
from gis.accounts.rates import begin_try, forgive
from gis.accounts.schema import account, session
from gis.accounts.values import NewSecret, SignedIn
from gis.errors import NotAllowed, StoreBusy

_SEEN_EVERY: Final = timedelta(minutes=1)
"""How exactly a session's last request is kept: a write a minute at most."""

_LONGEST_LOGIN: Final = 64


def sign_in(accounts: Accounts, login: str, password: str, *, address: str) -> NewSecret:
    """Open a session for a login and its password; ``address`` is where the request came from.

    An unknown login, a wrong password and a disabled account take the same time and are refused
    in the same words.

    Raises:
        NotAllowed: ``auth.failed``, or ``auth.too_many`` with ``seconds`` to wait.
    """
    name = login.strip().lower()[: _LONGEST_LOGIN + 1]
    marks = begin_try(accounts, name, address)
    account_id, kept = _kept_password(accounts, name)
    if not accounts.passwords.matches(kept, password) or kept is None:
        raise NotAllowed("auth.failed")
    fresh = accounts.passwords.hashed(password) if accounts.passwords.is_outdated(kept) else kept
    with accounts.writing() as connection:
        # Somebody may have changed the password while we were counting.
        is_same = (account.c.id == account_id) & (account.c.password_hash == kept)
        done = connection.execute(account.update().where(is_same).values(password_hash=fresh))
        if done.rowcount != 1:
            raise NotAllowed("auth.failed")
        forgive(connection, marks)
        return open_session(accounts, connection, account_id, how="password")


def sign_in_as(accounts: Accounts, account_id: str, *, how: str) -> NewSecret:
    """Open a session for an account whose owner was recognised in another way.

    Raises:
        NotAllowed: ``auth.failed`` where it is disabled.
        NotFound: ``account.unknown``.
    """
    with accounts.writing() as connection:
        return open_session(accounts, connection, account_id, how=how)


def open_session(
    accounts: Accounts, connection: sa.Connection, account_id: str, *, how: str
) -> NewSecret:
    """Write a new session of an enabled account; sessions that have ended are cleared away.

    Raises:
        NotAllowed: ``auth.failed`` where it is disabled.
    """
    one, now = people.found(connection, account_id), accounts.now()
    if not one.is_enabled:
        raise NotAllowed("auth.failed")
    secret, expires = new_secret(), now + accounts.policy.session_for
    connection.execute(session.delete().where(session.c.expires_at <= now))
    connection.execute(
        session.insert().values(
            digest=digest_of(secret),
            account_id=one.id,
            how=how,
            created_at=now,
            seen_at=now,
            expires_at=expires,
        )
    )
    is_it = account.c.id == one.id
    connection.execute(account.update().where(is_it).values(last_signed_in_at=now))
    return NewSecret(secret, expires)


def session_of(accounts: Accounts, secret: str) -> SignedIn | None:
    """Return who a session's secret belongs to; None where it is no session, or no longer."""
    if len(secret) > LONGEST:
        return None
    digest, now = digest_of(secret), accounts.now()
    with accounts.reading() as connection:
        joined = sa.select(account, session.c.how, session.c.seen_at, session.c.expires_at).join(
            session, session.c.account_id == account.c.id
        )
        row = connection.execute(joined.where(session.c.digest == digest)).mappings().first()
    if row is None or not row["is_enabled"]:
        return None
    idle_until = row["seen_at"] + accounts.policy.idle_for
    if now >= min(idle_until, row["expires_at"]):
        return None
    if now - row["seen_at"] >= _SEEN_EVERY:
        with suppress(StoreBusy), accounts.writing() as connection:
            is_it = session.c.digest == digest
            connection.execute(session.update().where(is_it).values(seen_at=now))
    one = people.account_of(row)
    return SignedIn(
        account=one,
        actor=one.actor(),
        how=row["how"],
        expires_at=row["expires_at"],
        csrf=csrf_of(secret),
    )


def end_session(accounts: Accounts, secret: str) -> None:
    """End a session; one that has ended already is no error."""
    with accounts.writing() as connection:
        connection.execute(session.delete().where(session.c.digest == digest_of(secret)))


def change_own_password(
    accounts: Accounts, signed_in: SignedIn, old: str, new: str, *, address: str
) -> NewSecret:
    """Change one's password, knowing the old one; all sessions end and a new one begins.

    Raises:
        NotAllowed: ``auth.failed`` or ``auth.too_many``.
        InvalidValue: ``value.password``.
    """
    me = signed_in.account
    end_session(accounts, sign_in(accounts, me.login, old, address=address).text)
    people.set_password(accounts, me.id, new, by=me.id)
    return sign_in_as(accounts, me.id, how="password")


def _kept_password(accounts: Accounts, login: str) -> tuple[str, str | None]:
    """Return the id and the hash of an enabled account; "" and None where there is none."""
    name = login if people.is_login(login) else ""
    with accounts.reading() as connection:
        is_it = (account.c.login == name) & account.c.is_enabled
        row = connection.execute(sa.select(account).where(is_it)).mappings().first()
    return ("", None) if row is None else (row["id"], row["password_hash"])
