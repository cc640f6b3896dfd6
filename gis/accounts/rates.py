"""How often somebody may try to sign in: per login name and per address, within a time.

A try is written down *before* the password is looked at and taken back when it was right, so
that a hundred tries at once are counted as a hundred. The count lies in the database: a restart
forgives nothing. A login that does not exist is counted like one that does.
"""

from datetime import timedelta

import sqlalchemy as sa

from gis.accounts.database import Accounts
from gis.accounts.keys import digest_of, new_id
from gis.accounts.schema import attempt
from gis.errors import NotAllowed


def begin_try(accounts: Accounts, login: str, address: str) -> list[str]:
    """Write a try down and return its marks for `forgive`.

    Raises:
        NotAllowed: ``auth.too_many`` with ``seconds`` to wait; such a try does not count.
    """
    policy, now = accounts.policy, accounts.now()
    limits = {f"login:{login}": policy.tries_a_login, f"from:{address}": policy.tries_an_address}
    with accounts.writing() as connection:
        connection.execute(attempt.delete().where(attempt.c.at <= now - policy.tries_within))
        marks = []
        for subject, limit in limits.items():
            # A login may be a password typed into the wrong field: only its hash is kept.
            digest = digest_of(subject)
            past = sa.select(attempt.c.at).where(attempt.c.subject == digest)
            times = connection.scalars(past.order_by(attempt.c.at.desc()).limit(limit)).all()
            if len(times) == limit:
                wait = times[-1] + policy.tries_within - now
                raise NotAllowed("auth.too_many", seconds=max(1, -(-wait // timedelta(seconds=1))))
            marks.append({"id": new_id("try"), "subject": digest, "at": now})
        connection.execute(attempt.insert(), marks)
    return [str(mark["id"]) for mark in marks]


def forgive(connection: sa.Connection, marks: list[str]) -> None:
    """Take a try back that was right."""
    connection.execute(attempt.delete().where(attempt.c.id.in_(marks)))
