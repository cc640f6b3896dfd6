"""The tables of the accounts, the same on both engines."""

from datetime import UTC, datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa

SCHEMA_VERSION: Final = 1
POSTGRES_SCHEMA: Final = "accounts"

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_STEP: Final = timedelta(microseconds=1)

metadata = sa.MetaData()


class Instant(sa.types.TypeDecorator[datetime]):
    """A time in UTC, kept as microseconds since 1970, which both engines compare alike."""

    impl = sa.BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> int | None:  # noqa: ARG002 - SQLAlchemy's signature
        """Write a time."""
        return None if value is None else (value - _EPOCH) // _STEP

    def process_result_value(self, value: int | None, dialect: Any) -> datetime | None:  # noqa: ARG002 - the same
        """Read a time."""
        return None if value is None else _EPOCH + value * _STEP


def _owned_by() -> "sa.Column[str]":
    return sa.Column("account_id", sa.Text, sa.ForeignKey("account.id"), nullable=False, index=True)


fact = sa.Table(
    "fact",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)
account = sa.Table(
    "account",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("login", sa.Text, nullable=False, unique=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("roles", sa.Text, nullable=False),
    sa.Column("cluster_ids", sa.Text),
    sa.Column("password_hash", sa.Text),
    sa.Column("is_enabled", sa.Boolean, nullable=False),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("last_signed_in_at", Instant),
)
session = sa.Table(
    "session",
    metadata,
    sa.Column("digest", sa.Text, primary_key=True),
    _owned_by(),
    sa.Column("how", sa.Text, nullable=False),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("seen_at", Instant, nullable=False),
    sa.Column("expires_at", Instant, nullable=False),
)
token = sa.Table(
    "token",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("digest", sa.Text, nullable=False, unique=True),
    _owned_by(),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("is_read_only", sa.Boolean, nullable=False),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("expires_at", Instant, nullable=False),
    sa.Column("last_used_at", Instant),
)
link = sa.Table(
    "link",
    metadata,
    sa.Column("digest", sa.Text, primary_key=True),
    # NULL: it makes the first account, an administrator's.
    sa.Column("account_id", sa.Text, sa.ForeignKey("account.id"), index=True),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("expires_at", Instant, nullable=False),
)
# Tries to sign in that have not succeeded; kept, so that a restart forgives nothing.
attempt = sa.Table(
    "attempt",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("subject", sa.Text, nullable=False, index=True),
    sa.Column("at", Instant, nullable=False, index=True),
)
# Who a provider of OpenID Connect says somebody is; linked by an administrator.
identity = sa.Table(
    "identity",
    metadata,
    sa.Column("issuer", sa.Text, primary_key=True),
    sa.Column("subject", sa.Text, primary_key=True),
    _owned_by(),
    sa.Column("created_at", Instant, nullable=False),
)
# What was done to accounts, by whom ("" is the command line); append-only.
event = sa.Table(
    "event",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("at", Instant, nullable=False),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("account_id", sa.Text, nullable=False),
    sa.Column("action", sa.Text, nullable=False),
)
