"""``/login/oidc``: to the office's provider of OpenID Connect, and back signed in."""

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from api.auth import AccountsHere
from api.deps import ServiceHere, no_repeats
from api.problems import Refused
from api.queries import LoginAsked
from api.routes.people_pages import safe_next
from api.session_cookie import begun_secret, session_secret, set_begun, set_session
from gis.accounts import NewSecret
from gis.accounts.identities import account_of_identity
from gis.accounts.sessions import end_session, sign_in_as
from gis.errors import NotAllowed

if TYPE_CHECKING:
    from api.oidc import Provider

router = APIRouter(include_in_schema=False, dependencies=[Depends(no_repeats)])

_NEVER_KEPT = {"Cache-Control": "no-store"}


@router.get("/login/oidc")
async def to_provider(
    request: Request, service: ServiceHere, query: Annotated[LoginAsked, Query()]
) -> Response:
    """Lead the browser to the provider; what it has to bring back is kept here."""
    provider = _provider(request)
    next_path = safe_next(service.settings, query.next)
    cookie, address = await run_in_threadpool(provider.begin, next_path)
    answer = RedirectResponse(address, 303, _NEVER_KEPT)
    set_begun(answer, service.settings, cookie)
    return answer


@router.get("/login/oidc/callback")
async def from_provider(request: Request, service: ServiceHere, accounts: AccountsHere) -> Response:
    """Sign in whom the provider names, if an administrator has linked them to an account.

    Providers add parameters of their own, so none is refused here.
    """
    provider, settings = _provider(request), service.settings
    cookie, told = begun_secret(request, settings), dict(request.query_params)

    def finish() -> tuple[NewSecret, str]:
        person, next_path = provider.finish(cookie, told)
        account = account_of_identity(accounts, issuer=person.issuer, subject=person.subject)
        if account is None:
            facts = {"issuer": person.issuer, "subject": person.subject}
            raise NotAllowed("oidc.unlinked", **facts)
        session = sign_in_as(accounts, account.id, how="oidc")
        former = session_secret(request, settings)
        if former is not None:
            end_session(accounts, former)
        return session, next_path

    session, next_path = await run_in_threadpool(finish)
    answer = RedirectResponse(next_path, 303, _NEVER_KEPT)
    set_session(answer, settings, session.text)
    set_begun(answer, settings, "")
    return answer


def _provider(request: Request) -> "Provider":
    found: Provider | None = request.app.state.provider
    if found is None:
        raise Refused("oidc.off")
    return found
