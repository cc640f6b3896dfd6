"""Who asks: every request is resolved once, before its route runs.

``CallerHere`` is what a route takes; `gis.rights.require` then decides. The rules:

- A bearer token that is not right is refused (401), never taken for the public in silence.
- A cookie whose session has ended is the public; the browser is told to forget it.
- A request that may change something and has a session must come from our own page, with the
  session's CSRF token (`api.unsafe`). A program with a bearer token needs none.
"""

import ipaddress
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool

from api.session_cookie import session_secret
from api.settings import Settings
from api.unsafe import check_csrf, check_media_type, check_origin, is_unsafe
from gis.accounts import Account, Accounts, SignedIn
from gis.accounts.sessions import session_of
from gis.accounts.tokens import bearer_of
from gis.errors import NotAllowed, NotFound
from gis.rights import PUBLIC, Action, Actor, audience_key, may_somewhere

_LONGEST_HEADER: Final = 200
_NETWORK_OF_ONE_CLIENT: Final = 64


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks; ``signed_in`` is None for the public."""

    signed_in: SignedIn | None = None

    @property
    def actor(self) -> Actor:
        """Return who acts: what `gis.rights` decides on, and the ``by`` of a change."""
        return PUBLIC if self.signed_in is None else self.signed_in.actor

    @property
    def account(self) -> Account:
        """Return the account.

        Raises:
            NotAllowed: ``auth.required`` for the public.
        """
        if self.signed_in is None:
            raise NotAllowed("auth.required", action="use_account")
        return self.signed_in.account

    @property
    def is_signed_in(self) -> bool:
        """Say whether this is anybody at all."""
        return self.signed_in is not None

    @property
    def csrf(self) -> str | None:
        """Return the token that this session's pages send; None for the public and programs."""
        return None if self.signed_in is None else self.signed_in.csrf

    @property
    def audience(self) -> str:
        """Return what validators of answers carry: equal only for those who see the same."""
        return audience_key(self.actor)

    def may_somewhere(self, action: Action) -> bool:
        """Tell whether the caller may do something in any cluster at all."""
        return may_somewhere(self.actor, action)


NOBODY: Final = Caller()


async def caller_of(request: Request) -> Caller:
    """Return who asks, and refuse a request that somebody else's page made.

    Raises:
        NotAllowed: ``auth.token``.
        Refused: ``request.cross_site``, ``csrf.missing`` or ``body.type``.
    """
    settings: Settings = request.app.state.service.settings
    accounts: Accounts | None = request.app.state.accounts
    bearer = request.headers.get("authorization")
    secret = session_secret(request, settings)
    # A look at the accounts may wait for a writer or a network: not on the event loop.
    if bearer is not None:
        caller = Caller(await run_in_threadpool(_bearer, accounts, bearer))
    elif accounts is not None and secret is not None:
        caller = Caller(await run_in_threadpool(session_of, accounts, secret))
    else:
        caller = NOBODY
    request.state.caller = caller
    is_nobody = bearer is None and not caller.is_signed_in
    request.state.session_has_ended = is_nobody and secret is not None
    if is_unsafe(request):
        check_media_type(request)
        if bearer is None:
            check_origin(request, settings)
        if caller.csrf is not None:
            await check_csrf(request, caller.csrf)
    return caller


CallerHere = Annotated[Caller, Depends(caller_of)]


def accounts_of(request: Request) -> Accounts:
    """Return the accounts of the service.

    Raises:
        NotFound: ``accounts.none`` where it has none.
    """
    accounts: Accounts | None = request.app.state.accounts
    if accounts is None:
        raise NotFound("accounts.none")
    return accounts


AccountsHere = Annotated[Accounts, Depends(accounts_of)]


def client_network(request: Request, settings: Settings) -> str:
    """Return where a request comes from: an IPv4 address, or the network of an IPv6 one.

    One client has a whole /64 of IPv6. Behind the trusted proxy it is what that one saw.
    """
    address = request.client.host if request.client else ""
    if settings.trusted_proxy and address == settings.trusted_proxy:
        seen = request.headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
        address = seen or address
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if found.version == 4:
        return str(found)
    return str(ipaddress.ip_network((found, _NETWORK_OF_ONE_CLIENT), strict=False))


def _bearer(accounts: Accounts | None, header: str) -> SignedIn:
    scheme, _blank, secret = header[:_LONGEST_HEADER].partition(" ")
    if accounts is None or scheme.lower() != "bearer":
        raise NotAllowed("auth.token")
    return bearer_of(accounts, secret.strip())
