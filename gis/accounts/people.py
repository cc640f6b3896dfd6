"""Accounts: who there is, what they may do, and taking them away.

``by`` is the account that does it, "" for the command line. There is always an administrator who
can sign in: the last one can be neither disabled nor lose the role.
"""

import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

import sqlalchemy as sa

from gis.accounts.database import Accounts
from gis.accounts.keys import new_id
from gis.accounts.passwords import checked_password
from gis.accounts.schema import account, link, session, token
from gis.accounts.values import Account
from gis.errors import Conflict, InvalidValue, NotFound
from gis.rights import Role

_LOGIN: Final = re.compile(r"[a-z0-9][a-z0-9._@+-]{1,63}", re.ASCII)
_ID_PREFIX: Final = "acc-"
"""No login looks like an id: an account is asked for by either."""
_LONGEST_NAME: Final = 200
_UNPRINTABLE: Final = ("Cc", "Cs", "Cf")


def all_accounts(accounts: Accounts) -> list[Account]:
    """Return every account, ordered by login."""
    with accounts.reading() as connection:
        rows = connection.execute(sa.select(account).order_by(account.c.login))
        return [account_of(row) for row in rows.mappings()]


def find_account(accounts: Accounts, name: str) -> Account:
    """Return an account by its id or login.

    Raises:
        NotFound: ``account.unknown``.
    """
    with accounts.reading() as connection:
        return found(connection, name)


def require_id(accounts: Accounts, account_id: str) -> Account:
    """Return an account by its id alone: a program names it by nothing that may be given anew.

    Raises:
        NotFound: ``account.unknown``.
    """
    if not account_id.startswith(_ID_PREFIX):
        raise NotFound("account.unknown", value=account_id[:64])
    return find_account(accounts, account_id)


def add_account(
    accounts: Accounts,
    *,
    login: str,
    name: str,
    roles: Iterable[Role],
    cluster_ids: Iterable[str] | None = None,
    by: str = "",
) -> Account:
    """Add an account without a password; `links.password_link` lets the person choose one.

    Raises:
        InvalidValue: ``value.login``, ``value.text`` or ``value.empty``.
        Conflict: ``account.login_taken``.
    """
    with accounts.writing() as connection:
        return insert(
            accounts,
            connection,
            login=login,
            name=name,
            roles=roles,
            cluster_ids=cluster_ids,
            by=by,
        )


def change_account(
    accounts: Accounts,
    account_id: str,
    *,
    name: str | None = None,
    roles: Iterable[Role] | None = None,
    cluster_ids: Iterable[str] | None = None,
    all_clusters: bool = False,
    by: str = "",
) -> Account:
    """Change what is given of an account; it holds from its next request on.

    ``all_clusters`` takes the limits of ``cluster_ids`` away.

    Raises:
        NotFound: ``account.unknown``.
        InvalidValue: ``value.text`` or ``value.empty``.
        Conflict: ``account.last_admin``.
    """
    with accounts.writing() as connection:
        before = found(connection, account_id)
        scope = _scope(before.cluster_ids if cluster_ids is None else cluster_ids)
        after = replace(
            before,
            name=before.name if name is None else checked_text(name, "name"),
            roles=before.roles if roles is None else frozenset(roles),
            cluster_ids=None if all_clusters else scope,
        )
        _keep_an_admin(connection, before, after)
        update(connection, after)
        accounts.note(connection, by, after.id, "changed")
        return after


def disable_account(accounts: Accounts, account_id: str, *, by: str = "") -> Account:
    """Disable an account: its sessions, tokens and links end at once.

    Raises:
        NotFound: ``account.unknown``.
        Conflict: ``account.last_admin``.
    """
    with accounts.writing() as connection:
        before = found(connection, account_id)
        after = replace(before, is_enabled=False)
        _keep_an_admin(connection, before, after)
        update(connection, after)
        end_everything(connection, after.id)
        accounts.note(connection, by, after.id, "disabled")
        return after


def enable_account(accounts: Accounts, account_id: str, *, by: str = "") -> Account:
    """Enable an account again: its password holds, its former sessions and tokens do not.

    Raises:
        NotFound: ``account.unknown``.
    """
    with accounts.writing() as connection:
        after = replace(found(connection, account_id), is_enabled=True)
        update(connection, after)
        accounts.note(connection, by, after.id, "enabled")
        return after


def set_password(accounts: Accounts, account_id: str, password: str, *, by: str = "") -> Account:
    """Give an account a password; its sessions and links end, its tokens stay.

    Raises:
        NotFound: ``account.unknown``.
        InvalidValue: ``value.password``.
    """
    login = find_account(accounts, account_id).login
    hashed = accounts.passwords.hashed(checked_password(password, login))
    with accounts.writing() as connection:
        before = found(connection, account_id)
        keep_password(connection, before.id, hashed)
        accounts.note(connection, by, before.id, "password")
        return replace(before, has_password=True)


# --- inside a transaction: for the other modules of this room -------------------------------------


def has_admin(connection: sa.Connection, *, but: str = "") -> bool:
    """Tell whether there is an enabled administrator, beside the account ``but``."""
    rows = connection.execute(sa.select(account).where(account.c.id != but)).mappings()
    return any(_is_admin(account_of(row)) for row in rows)


def found(connection: sa.Connection, name: str) -> Account:
    """Return an account by its id or login.

    Raises:
        NotFound: ``account.unknown``.
    """
    asked = name.strip().lower()
    if not _LOGIN.fullmatch(asked):
        raise NotFound("account.unknown", value=name[:64])
    is_it = sa.or_(account.c.id == asked, account.c.login == asked)
    row = connection.execute(sa.select(account).where(is_it)).mappings().first()
    if row is None:
        raise NotFound("account.unknown", value=name[:64])
    return account_of(row)


def insert(
    accounts: Accounts,
    connection: sa.Connection,
    *,
    login: str,
    name: str,
    roles: Iterable[Role],
    cluster_ids: Iterable[str] | None = None,
    by: str = "",
) -> Account:
    """Write a new account."""
    new = Account(
        id=new_id(_ID_PREFIX.rstrip("-")),
        login=checked_login(login),
        name=checked_text(name, "name"),
        roles=frozenset(roles),
        cluster_ids=_scope(cluster_ids),
        is_enabled=True,
        created_at=accounts.now(),
        has_password=False,
    )
    is_taken = connection.scalar(sa.select(account.c.id).where(account.c.login == new.login))
    if is_taken:
        raise Conflict("account.login_taken", value=new.login)
    connection.execute(account.insert().values(id=new.id, login=new.login, **_values(new)))
    accounts.note(connection, by, new.id, "added")
    return new


def update(connection: sa.Connection, one: Account) -> None:
    """Write what can change of an account."""
    connection.execute(account.update().where(account.c.id == one.id).values(_values(one)))


def keep_password(connection: sa.Connection, account_id: str, hashed: str) -> None:
    """Keep a new password's hash and end what the old one opened."""
    is_it = account.c.id == account_id
    connection.execute(account.update().where(is_it).values(password_hash=hashed))
    for table in (session, link):
        connection.execute(table.delete().where(table.c.account_id == account_id))


def end_tokens(connection: sa.Connection, account_id: str) -> None:
    """End every token of an account."""
    connection.execute(token.delete().where(token.c.account_id == account_id))


def end_everything(connection: sa.Connection, account_id: str) -> None:
    """End every session, token and link of an account."""
    for table in (session, token, link):
        connection.execute(table.delete().where(table.c.account_id == account_id))


def account_of(row: Any) -> Account:
    """Read an account from a row of its table."""
    cluster_ids = row["cluster_ids"]
    return Account(
        id=row["id"],
        login=row["login"],
        name=row["name"],
        roles=frozenset(Role(role) for role in row["roles"].split(",") if role),
        cluster_ids=None if cluster_ids is None else frozenset(json.loads(cluster_ids)),
        is_enabled=row["is_enabled"],
        created_at=row["created_at"],
        has_password=row["password_hash"] is not None,
        last_signed_in_at=row["last_signed_in_at"],
    )


def is_login(text: str) -> bool:
    """Tell whether a text could be a login."""
    return _LOGIN.fullmatch(text) is not None and not text.startswith(_ID_PREFIX)


def checked_login(login: str) -> str:
    """Return a login in lower case.

    Raises:
        InvalidValue: ``value.login``.
    """
    text = login.strip().lower()
    if not is_login(text):
        raise InvalidValue("value.login", value=login[:64])
    return text


def _values(one: Account) -> dict[str, Any]:
    scope = None if one.cluster_ids is None else json.dumps(sorted(one.cluster_ids))
    return {
        "name": one.name,
        "roles": ",".join(sorted(one.roles)),
        "cluster_ids": scope,
        "is_enabled": one.is_enabled,
        "created_at": one.created_at,
    }


def _scope(cluster_ids: Iterable[str] | None) -> frozenset[str] | None:
    if cluster_ids is None:
        return None
    return frozenset(checked_text(name, "cluster_ids") for name in cluster_ids)


def checked_text(text: str, field: str) -> str:
    """Return a line of text in NFC, its blanks made single.

    Raises:
        InvalidValue: ``value.empty`` or ``value.text`` with the field's name.
    """
    clean = " ".join(unicodedata.normalize("NFC", text).split())
    if not clean:
        raise InvalidValue("value.empty", name=field)
    if len(clean) > _LONGEST_NAME or any(
        unicodedata.category(character) in _UNPRINTABLE for character in clean
    ):
        raise InvalidValue("value.text", name=field)
    return clean


def _keep_an_admin(connection: sa.Connection, before: Account, after: Account) -> None:
    is_lost = _is_admin(before) and not _is_admin(after)
    if is_lost and not has_admin(connection, but=before.id):
        raise Conflict("account.last_admin", value=before.login)


def _is_admin(one: Account) -> bool:
    return one.is_enabled and Role.ADMIN in one.roles
