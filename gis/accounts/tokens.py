"""Bearer tokens for programs: named, limited in time, and perhaps narrower than their account."""

from contextlib import suppress
from datetime import timedelta
from typing import Any, Final

import sqlalchemy as sa

from gis.accounts import people
from gis.accounts.database import Accounts
from gis.accounts.keys import LONGEST, TOKEN_PREFIX, digest_of, new_id, new_secret
from gis.accounts.schema import account, token
from gis.accounts.values import NewSecret, SignedIn, Token
from gis.errors import InvalidValue, NotAllowed, NotFound, StoreBusy

_USED_EVERY: Final = timedelta(minutes=10)
"""How exactly a token's last use is kept."""


def add_token(
    accounts: Accounts,
    account_id: str,
    *,
    name: str,
    days: int,
    is_read_only: bool = False,
    by: str = "",
) -> NewSecret:
    """Make a token of an account; its text is told this once.

    Raises:
        NotFound: ``account.unknown``.
        NotAllowed: ``auth.failed`` where the account is disabled.
        InvalidValue: ``value.number`` or ``value.empty``.
    """
    most = accounts.policy.token_for_most.days
    if not 1 <= days <= most:
        raise InvalidValue("value.number", name="days", value=days, low=1, high=most)
    label = people.checked_text(name, "name")
    secret, now = new_secret(TOKEN_PREFIX), accounts.now()
    expires = now + timedelta(days=days)
    with accounts.writing() as connection:
        one = people.found(connection, account_id)
        if not one.is_enabled:
            raise NotAllowed("auth.failed")
        connection.execute(token.delete().where(token.c.expires_at <= now))
        connection.execute(
            token.insert().values(
                id=new_id("tok"),
                digest=digest_of(secret),
                account_id=one.id,
                name=label,
                is_read_only=is_read_only,
                created_at=now,
                expires_at=expires,
            )
        )
        accounts.note(connection, by, one.id, "token added")
    return NewSecret(secret, expires)


def tokens_of(accounts: Accounts, account_id: str) -> list[Token]:
    """Return the tokens of an account that still hold, the oldest first."""
    is_live = (token.c.account_id == account_id) & (token.c.expires_at > accounts.now())
    with accounts.reading() as connection:
        rows = connection.execute(sa.select(token).where(is_live).order_by(token.c.created_at))
        return [_token_of(row) for row in rows.mappings()]


def end_token(accounts: Accounts, account_id: str, token_id: str, *, by: str = "") -> None:
    """End a token of an account.

    Raises:
        NotFound: ``token.unknown``.
    """
    if not token_id.isprintable():
        raise NotFound("token.unknown", value="?")
    with accounts.writing() as connection:
        is_it = (token.c.id == token_id) & (token.c.account_id == account_id)
        if connection.execute(token.delete().where(is_it)).rowcount != 1:
            raise NotFound("token.unknown", value=token_id[:64])
        accounts.note(connection, by, account_id, "token ended")


def bearer_of(accounts: Accounts, secret: str) -> SignedIn:
    """Return who a token belongs to.

    Raises:
        NotAllowed: ``auth.token`` where it is none, has expired, or its account is disabled.
    """
    joined = sa.select(account, *_prefixed()).join(token, token.c.account_id == account.c.id)
    digest, now = digest_of(secret[: LONGEST + 1]), accounts.now()
    with accounts.reading() as connection:
        row = connection.execute(joined.where(token.c.digest == digest)).mappings().first()
    if row is None or not row["is_enabled"] or row["token_expires_at"] <= now:
        raise NotAllowed("auth.token")
    used = row["token_last_used_at"]
    if used is None or now - used >= _USED_EVERY:
        with suppress(StoreBusy), accounts.writing() as connection:
            is_it = token.c.digest == digest
            connection.execute(token.update().where(is_it).values(last_used_at=now))
    one = people.account_of(row)
    return SignedIn(
        account=one,
        actor=one.actor(is_read_only=row["token_is_read_only"]),
        how="token",
        expires_at=row["token_expires_at"],
        csrf=None,
    )


def _prefixed() -> list["sa.Label[Any]"]:
    columns = (token.c.is_read_only, token.c.expires_at, token.c.last_used_at)
    return [column.label(f"token_{column.name}") for column in columns]


def _token_of(row: Any) -> Token:
    names = Token.__dataclass_fields__
    return Token(**{name: row[name] for name in names})
