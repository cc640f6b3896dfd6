"""What accounts are made of. No value here holds a password, and only `NewSecret` a secret."""

from dataclasses import dataclass
from datetime import datetime

from gis.rights import Actor, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A person's account; times are UTC.

    ``id`` is opaque: it stands in the journal for ever and says nothing about the person.
    ``login`` is unique, in lower case. ``cluster_ids`` None means all clusters.
    ``has_password`` is False until the person has used the link that the administrator gave.
    """

    id: str
    login: str
    name: str
    roles: frozenset[Role]
    cluster_ids: frozenset[str] | None
    is_enabled: bool
    created_at: datetime
    has_password: bool
    last_signed_in_at: datetime | None = None

    def actor(self, *, is_read_only: bool = False) -> Actor:
        """Return who acts when this account does."""
        return Actor(self.id, self.roles, self.cluster_ids, is_read_only)


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A bearer token as it is kept: nobody can read it back."""

    id: str
    account_id: str
    name: str
    is_read_only: bool
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """A person as a provider of OpenID Connect knows them."""

    issuer: str
    subject: str


@dataclass(frozen=True, slots=True)
class NewSecret:
    """A secret just made: told once, kept as its hash."""

    text: str
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """Who a secret belongs to; ``how`` is "password", "link", "oidc" or "token".

    ``csrf`` is bound to the session; None for a token, which no browser sends by itself.
    """

    account: Account
    actor: Actor
    how: str
    expires_at: datetime
    csrf: str | None
