"""Who a provider of OpenID Connect says somebody is, linked to an account by an administrator.

A person is (issuer, subject), never an e-mail address, which a provider may give to another
person. Nobody is linked or gets a role by signing in.
"""

import sqlalchemy as sa

from gis.accounts import people
from gis.accounts.database import Accounts
from gis.accounts.schema import identity
from gis.accounts.values import Account
from gis.errors import Conflict


def link_identity(
    accounts: Accounts, account_id: str, *, issuer: str, subject: str, by: str = ""
) -> None:
    """Link a person of a provider to an account in the place of a former one; "" links nobody.

    Raises:
        NotFound: ``account.unknown``.
        InvalidValue: ``value.empty`` without an issuer, ``value.text``.
        Conflict: ``identity.taken`` where the person is linked to another account.
    """
    place = people.checked_text(issuer, "issuer")
    person = people.checked_text(subject, "subject") if subject.strip() else ""
    with accounts.writing() as connection:
        one = people.found(connection, account_id)
        before = _subject(connection, one.id, place)
        if person == before:
            return
        owner = connection.scalar(sa.select(identity.c.account_id).where(_is(place, person)))
        if owner is not None and owner != one.id:
            raise Conflict("identity.taken", value=person)
        is_former = (identity.c.issuer == place) & (identity.c.account_id == one.id)
        connection.execute(identity.delete().where(is_former))
        if person:
            row = {"issuer": place, "subject": person, "account_id": one.id}
            connection.execute(identity.insert().values(**row, created_at=accounts.now()))
        accounts.note(connection, by, one.id, "identity linked" if person else "identity unlinked")


def subjects_of(accounts: Accounts, issuer: str) -> dict[str, str]:
    """Return the subject of every account that is linked to a provider, by the account's id."""
    with accounts.reading() as connection:
        asked = sa.select(identity.c.account_id, identity.c.subject)
        rows = connection.execute(asked.where(identity.c.issuer == issuer))
        return {row.account_id: row.subject for row in rows}


def account_of_identity(accounts: Accounts, *, issuer: str, subject: str) -> Account | None:
    """Return the account that a person of a provider is linked to; None where there is none."""
    if not (issuer.isprintable() and subject.isprintable()):
        return None
    with accounts.reading() as connection:
        owner = connection.scalar(sa.select(identity.c.account_id).where(_is(issuer, subject)))
        return None if owner is None else people.found(connection, owner)


def _is(issuer: str, subject: str) -> "sa.ColumnElement[bool]":
    return (identity.c.issuer == issuer) & (identity.c.subject == subject)


def _subject(connection: sa.Connection, account_id: str, issuer: str) -> str:
    is_it = (identity.c.issuer == issuer) & (identity.c.account_id == account_id)
    return connection.scalar(sa.select(identity.c.subject).where(is_it)) or ""
