"""One-time links: the first administrator, and choosing a password. Used once, soon gone.

Nobody knows another's password: whoever adds an account hands on a link, and its owner chooses.
There is no default password and no first account before somebody has used the first link.
"""

import sqlalchemy as sa

from gis.accounts import people
from gis.accounts.database import Accounts
from gis.accounts.keys import LONGEST, digest_of, new_secret
from gis.accounts.passwords import checked_password
from gis.accounts.schema import link
from gis.accounts.sessions import open_session
from gis.accounts.values import Account, NewSecret
from gis.errors import NotAllowed, NotFound
from gis.rights import Role


def first_link(accounts: Accounts) -> NewSecret | None:
    """Make the link for the first administrator; None once there is one.

    Former such links end: each start of the server tells a new one.
    """
    with accounts.writing() as connection:
        if people.has_admin(connection):
            return None
        connection.execute(link.delete().where(link.c.account_id.is_(None)))
        return _new_link(accounts, connection, None)


def password_link(accounts: Accounts, account_id: str, *, by: str = "") -> NewSecret:
    """Make the link with which an account's owner chooses a password; former ones end.

    Raises:
        NotFound: ``account.unknown``.
        NotAllowed: ``auth.failed`` where the account is disabled.
    """
    with accounts.writing() as connection:
        one = people.found(connection, account_id)
        if not one.is_enabled:
            raise NotAllowed("auth.failed")
        connection.execute(link.delete().where(link.c.account_id == one.id))
        accounts.note(connection, by, one.id, "link")
        return _new_link(accounts, connection, one.id)


def link_owner(accounts: Accounts, secret: str) -> Account | None:
    """Return whose password a link sets; None for the link of the first administrator.

    Raises:
        NotFound: ``link.unknown`` where it was used, has expired or never was.
    """
    with accounts.reading() as connection:
        return _owner(accounts, connection, secret)


def use_first_link(
    accounts: Accounts, secret: str, *, login: str, name: str, password: str
) -> NewSecret:
    """Make the first administrator with a link, and sign in.

    Raises:
        NotFound: ``link.unknown``.
        InvalidValue: ``value.login``, ``value.password``, ``value.text`` or ``value.empty``.
    """
    hashed = accounts.passwords.hashed(checked_password(password, people.checked_login(login)))
    with accounts.writing() as connection:
        if _owner(accounts, connection, secret) is not None or people.has_admin(connection):
            raise NotFound("link.unknown")
        one = people.insert(accounts, connection, login=login, name=name, roles={Role.ADMIN})
        return _finish(accounts, connection, secret, one, hashed)


def use_password_link(accounts: Accounts, secret: str, *, password: str) -> NewSecret:
    """Choose a password with a link, and sign in; former sessions and tokens end.

    Raises:
        NotFound: ``link.unknown``.
        InvalidValue: ``value.password``.
    """
    owner = link_owner(accounts, secret)
    if owner is None:
        raise NotFound("link.unknown")
    hashed = accounts.passwords.hashed(checked_password(password, owner.login))
    with accounts.writing() as connection:
        if _owner(accounts, connection, secret) is None:
            raise NotFound("link.unknown")
        people.end_tokens(connection, owner.id)
        return _finish(accounts, connection, secret, owner, hashed)


def _new_link(accounts: Accounts, connection: sa.Connection, account_id: str | None) -> NewSecret:
    secret, now = new_secret(), accounts.now()
    expires = now + accounts.policy.link_for
    connection.execute(link.delete().where(link.c.expires_at <= now))
    connection.execute(
        link.insert().values(
            digest=digest_of(secret), account_id=account_id, created_at=now, expires_at=expires
        )
    )
    return NewSecret(secret, expires)


def _owner(accounts: Accounts, connection: sa.Connection, secret: str) -> Account | None:
    is_it = link.c.digest == digest_of(secret[: LONGEST + 1])
    row = connection.execute(sa.select(link).where(is_it)).mappings().first()
    if row is None or row["expires_at"] <= accounts.now():
        raise NotFound("link.unknown")
    return None if row["account_id"] is None else people.found(connection, row["account_id"])


def _finish(
    accounts: Accounts, connection: sa.Connection, secret: str, one: Account, hashed: str
) -> NewSecret:
    if connection.execute(link.delete().where(link.c.digest == digest_of(secret))).rowcount != 1:
        raise NotFound("link.unknown")
    people.keep_password(connection, one.id, hashed)
    accounts.note(connection, one.id, one.id, "password by link")
    return open_session(accounts, connection, one.id, how="link")
