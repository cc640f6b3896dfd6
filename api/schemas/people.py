"""Bodies about people: who is signed in and may do what, accounts and tokens. Never a secret."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from api.auth import Caller
from api.schemas.base import Body
from gis.accounts import Account, NewSecret, Token
from gis.rights import Action, Role, clusters_of

Clusters = Annotated[
    list[str] | None, Field(description="Ids of clusters; null means all of them.")
]


class SignInSent(Body):
    """A login and its password."""

    login: Annotated[str, Field(examples=["lan"])]
    password: Annotated[str, Field(examples=["một mật khẩu dài"])]


class AccountSent(Body):
    """A new account."""

    login: Annotated[str, Field(examples=["lan"])]
    name: Annotated[str, Field(examples=["Nguyễn Thị Lan"])]
    roles: tuple[Role, ...] = ()
    clusters: Clusters = None


class AccountChangeSent(Body):
    """What to change of an account; what is left out stays."""

    name: str | None = None
    roles: list[Role] | None = None
    clusters: Clusters = None
    enabled: bool | None = None
    oidc_subject: Annotated[
        str | None, Field(description='Who it is at the office\'s provider; "" links nobody.')
    ] = None


class Right(Body):
    """What the caller may do, and where."""

    action: Action
    allowed: Annotated[bool, Field(description="In any cluster at all.")]
    clusters: Clusters


class Me(Body):
    """The account that is signed in."""

    id: str
    login: str
    name: str
    roles: list[Role]


class SessionBody(Body):
    """Who asks and what they may do; ``account`` is null for the public."""

    account: Me | None
    how: Annotated[str | None, Field(description="password, link, oidc or token.")]
    expires_at: datetime | None
    csrf_token: Annotated[
        str | None, Field(description="What X-CSRF-Token must hold; null for a bearer token.")
    ]
    rights: list[Right]

    @classmethod
    def of(cls, caller: Caller) -> "SessionBody":
        """Tell what a caller may do."""
        found = caller.signed_in
        return cls(
            account=None if found is None else _me(found.account),
            how=None if found is None else found.how,
            expires_at=None if found is None else found.expires_at,
            csrf_token=caller.csrf,
            rights=[_right(caller, action) for action in Action],
        )


class AccountBody(Body):
    """An account."""

    id: str
    login: str
    name: str
    roles: list[Role]
    clusters: Clusters
    enabled: bool
    has_password: Annotated[bool, Field(description="Its owner has used the link.")]
    created_at: datetime
    last_signed_in_at: datetime | None
    oidc_subject: Annotated[
        str | None, Field(description="Who it is at the office's provider; null: not linked.")
    ]

    @classmethod
    def of(cls, account: Account, oidc_subject: str | None = None) -> "AccountBody":
        """Take an account over."""
        return cls(
            id=account.id,
            login=account.login,
            name=account.name,
            roles=sorted(account.roles),
            clusters=None if account.cluster_ids is None else sorted(account.cluster_ids),
            enabled=account.is_enabled,
            has_password=account.has_password,
            created_at=account.created_at,
            last_signed_in_at=account.last_signed_in_at,
            oidc_subject=oidc_subject,
        )


class AccountList(Body):
    """Every account, ordered by login."""

    accounts: list[AccountBody]


class OneTimeLink(Body):
    """A link to hand on: it works once."""

    href: str
    expires_at: datetime

    @classmethod
    def of(cls, secret: NewSecret, href: str) -> "OneTimeLink":
        """Tell a link, this once."""
        return cls(href=href, expires_at=secret.expires_at)


class NewAccount(Body):
    """An account just added, and the link with which its owner chooses a password."""

    account: AccountBody
    link: OneTimeLink


class TokenBody(Body):
    """A bearer token as it is kept: its text is told when it is made, and never again."""

    id: str
    name: str
    read_only: bool
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None

    @classmethod
    def of(cls, token: Token) -> "TokenBody":
        """Take a token over."""
        return cls(
            id=token.id,
            name=token.name,
            read_only=token.is_read_only,
            created_at=token.created_at,
            expires_at=token.expires_at,
            last_used_at=token.last_used_at,
        )


def _me(account: Account) -> Me:
    return Me(id=account.id, login=account.login, name=account.name, roles=sorted(account.roles))


def _right(caller: Caller, action: Action) -> Right:
    clusters = clusters_of(caller.actor, action)
    return Right(
        action=action,
        allowed=clusters is None or bool(clusters),
        clusters=None if clusters is None else sorted(clusters),
    )
