"""``/api/session``: signing in and out, and what somebody may do."""

from typing import Final

from fastapi import APIRouter, Depends, Request
from pydantic import TypeAdapter
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from api.auth import AccountsHere, Caller, CallerHere, client_network
from api.bodies import read_body
from api.deps import JSON, ServiceHere, no_repeats
from api.openapi import json_body
from api.routes import RESPONSES
from api.schemas.people import SessionBody, SignInSent
from api.session_cookie import drop_session, session_secret, set_session
from gis.accounts import SignedIn
from gis.accounts.sessions import end_session, session_of, sign_in

router = APIRouter(
    prefix="/api/session",
    tags=["Tài khoản · accounts"],
    dependencies=[Depends(no_repeats)],
    responses={status: told for status, told in RESPONSES.items() if status != 304},
)

NEVER_KEPT: Final = {"Cache-Control": "no-store"}
_SIGN_IN: Final = TypeAdapter(SignInSent)


@router.get("", response_model=SessionBody)
async def session(caller: CallerHere) -> Response:
    """Tell who is signed in, and what they may do in which clusters; the public may nothing.

    ``csrf_token`` is what a page sends as ``X-CSRF-Token`` with every request that changes
    something.
    """
    return _told(caller)


@router.post("", response_model=SessionBody, openapi_extra=json_body(SignInSent))
async def signed_in(request: Request, service: ServiceHere, accounts: AccountsHere) -> Response:
    """Sign in with login and password: the answer sets the session's cookie.

    For pages. A program uses a bearer token instead. Too many tries are refused for a while
    (429, ``Retry-After``).
    """
    sent = read_body(_SIGN_IN, await request.body())
    address = client_network(request, service.settings)

    def begin() -> tuple[str, SignedIn | None]:
        former = session_secret(request, service.settings)
        secret = sign_in(accounts, sent.login, sent.password, address=address).text
        if former is not None:
            end_session(accounts, former)
        return secret, session_of(accounts, secret)

    secret, found = await run_in_threadpool(begin)
    answer = _told(Caller(found))
    set_session(answer, service.settings, secret)
    return answer


@router.delete("", status_code=204, response_class=Response)
async def signed_out(
    request: Request, service: ServiceHere, accounts: AccountsHere, caller: CallerHere
) -> Response:
    """Sign out: the session ends, and the browser forgets its cookie.

    A bearer token is no session and goes on.
    """
    secret = session_secret(request, service.settings)
    if secret is not None and caller.csrf is not None:
        await run_in_threadpool(end_session, accounts, secret)
    answer = Response(status_code=204, headers=NEVER_KEPT)
    drop_session(answer, service.settings)
    return answer


def _told(caller: Caller) -> Response:
    text = SessionBody.of(caller).model_dump_json()
    return Response(text, media_type=JSON, headers=NEVER_KEPT)
