"""Pages to sign in and out, to use a one-time link, and one's own account: plain forms."""

from dataclasses import dataclass, replace
from typing import Annotated, Final
from urllib.parse import quote, urlsplit

from fastapi import APIRouter, Depends, Path, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from api.auth import AccountsHere, Caller, CallerHere, client_network
from api.deps import HTML, Question, ServiceHere, no_repeats
from api.errors import status_of
from api.headers import page_headers
from api.queries import Asked, LoginAsked
from api.routes.pages import context_of, page_language, reader_of
from api.session_cookie import drop_session, session_secret, set_session
from api.settings import Settings
from api.unsafe import read_form
from gis.accounts import NewSecret, SignedIn, links, sessions, tokens
from gis.errors import GisError, InvalidValue, NotAllowed
from gis.model import Cluster, today
from gis.store import Store
from maps.page import Page, PageContext
from maps.people_page import Said, account_page, login_page, setup_page
from maps.people_texts import people_texts

router = APIRouter(include_in_schema=False, dependencies=[Depends(no_repeats)])

Secret = Annotated[str, Path(max_length=100)]
LONGEST_DAYS: Final = 4
"""Digits of a number of days."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A request of one of these pages: with its caller, and what its page is told."""

    request: Request
    settings: Settings
    caller: Caller
    context: PageContext

    @property
    def address(self) -> str:
        """Return where it comes from."""
        return client_network(self.request, self.settings)

    @property
    def secret(self) -> str | None:
        """Return the session's secret that came with it."""
        return session_secret(self.request, self.settings)

    @property
    def signed_in(self) -> SignedIn:
        """Return who is signed in on a page; a program's token may not change its account.

        Raises:
            NotAllowed: ``auth.required``.
        """
        if self.caller.signed_in is None or self.caller.csrf is None:
            raise NotAllowed("auth.required", action="use_account")
        return self.caller.signed_in

    def path(self, path: str) -> str:
        """Return the address of a page of ours."""
        return self.settings.path_prefix + path


async def visit_of(
    request: Request,
    service: ServiceHere,
    caller: CallerHere,
    query: Annotated[Asked, Query()],
) -> Visit:
    """Return the visit that a request is."""
    question = Question(request, service, query, page_language(request))
    context = context_of(question, is_about_land=False)
    return Visit(request, service.settings, caller, context)


VisitHere = Annotated[Visit, Depends(visit_of)]


@router.get("/login")
async def login_form(
    request: Request, service: ServiceHere, query: Annotated[LoginAsked, Query()]
) -> Response:
    """Return the page to sign in."""
    question = Question(request, service, query, page_language(request))
    context = context_of(question, is_about_land=False)
    next_path = safe_next(service.settings, query.next)
    has_oidc = request.app.state.provider is not None
    return _answer(login_page(context, next_path=next_path, has_oidc=has_oidc))


@router.post("/login")
async def log_in(visit: VisitHere, accounts: AccountsHere) -> Response:
    """Sign in and go on to where somebody wanted to be."""
    form = await read_form(visit.request)
    next_path = safe_next(visit.settings, form.get("next"))
    login, password = form.get("login", ""), form.get("password", "")
    try:
        session = await run_in_threadpool(
            sessions.sign_in, accounts, login, password, address=visit.address
        )
    except NotAllowed as error:
        said = _said(error, visit.context)
        page = login_page(
            visit.context,
            next_path=next_path,
            login=login[:64],
            said=said,
            has_oidc=visit.request.app.state.provider is not None,
        )
        return _answer(page, error)
    if visit.secret is not None:
        await run_in_threadpool(sessions.end_session, accounts, visit.secret)
    return _go(visit, next_path, session)


@router.post("/logout")
async def log_out(visit: VisitHere, accounts: AccountsHere) -> Response:
    """End the session and go to the map."""
    if visit.secret is not None and visit.caller.csrf is not None:
        await run_in_threadpool(sessions.end_session, accounts, visit.secret)
    answer = _go(visit, visit.path("/"))
    drop_session(answer, visit.settings)
    return answer


@router.get("/setup/{secret}")
async def setup_form(secret: Secret, visit: VisitHere, accounts: AccountsHere) -> Response:
    """Return the page of a one-time link; looking at it does not use it."""
    owner = links.link_owner(accounts, secret)
    return _answer(setup_page(visit.context, owner=owner), is_secret=True)


@router.post("/setup/{secret}")
async def use_link(secret: Secret, visit: VisitHere, accounts: AccountsHere) -> Response:
    """Use a one-time link: choose a password, and for the first administrator login and name."""
    owner = links.link_owner(accounts, secret)
    form, context = await read_form(visit.request), visit.context

    def use() -> NewSecret:
        password = _typed_twice(form)
        if owner is not None:
            return links.use_password_link(accounts, secret, password=password)
        login, name = form.get("login", ""), form.get("name", "")
        return links.use_first_link(accounts, secret, login=login, name=name, password=password)

    try:
        session = await run_in_threadpool(use)
    except (InvalidValue, _Differs) as error:
        login, name = (form.get(field, "")[:200] for field in ("login", "name"))
        page = setup_page(context, owner=owner, login=login, name=name, said=_said(error, context))
        return _answer(page, error, is_secret=True)
    return _go(visit, visit.path("/account" if owner is not None else "/admin"), session)


@router.get("/account")
async def own_account(visit: VisitHere, accounts: AccountsHere) -> Response:
    """Return the page of one's own account."""
    return await _account(visit, accounts)


@router.post("/account/password")
async def change_password(visit: VisitHere, accounts: AccountsHere) -> Response:
    """Change one's own password; other sessions end, this one goes on under a new secret."""
    form, me = await read_form(visit.request), visit.signed_in

    def change() -> NewSecret:
        new = _typed_twice(form)
        return sessions.change_own_password(
            accounts, me, form.get("old", ""), new, address=visit.address
        )

    try:
        session = await run_in_threadpool(change)
    except (GisError, _Differs) as error:
        return await _account(visit, accounts, said=_said(error, visit.context), error=error)
    caller = Caller(sessions.session_of(accounts, session.text))
    context = replace(visit.context, reader=reader_of(caller))
    said = Said(people_texts(context.language)["password_changed"], is_refusal=False)
    renewed = replace(visit, caller=caller, context=context)
    answer = await _account(renewed, accounts, said=said)
    set_session(answer, visit.settings, session.text)
    return answer


@router.post("/account/tokens")
async def make_token(visit: VisitHere, accounts: AccountsHere) -> Response:
    """Make a token of one's own account and show it this once."""
    form, me = await read_form(visit.request), visit.signed_in.account
    days = form.get("days", "")
    is_number = days.isascii() and days.isdigit() and len(days) <= LONGEST_DAYS
    try:
        made = await run_in_threadpool(
            tokens.add_token,
            accounts,
            me.id,
            name=form.get("name", ""),
            days=int(days) if is_number else 0,
            is_read_only="read_only" in form,
            by=me.id,
        )
    except InvalidValue as error:
        return await _account(visit, accounts, said=_said(error, visit.context), error=error)
    return await _account(visit, accounts, new_token=made.text)


@router.post("/account/tokens/{token_id}/end")
async def revoke_token(token_id: Secret, visit: VisitHere, accounts: AccountsHere) -> Response:
    """Revoke a token of one's own account."""
    me = visit.signed_in.account
    await run_in_threadpool(tokens.end_token, accounts, me.id, token_id, by=me.id)
    text = people_texts(visit.context.language)["token_ended"]
    return await _account(visit, accounts, said=Said(text, is_refusal=False))


def safe_next(settings: Settings, asked: str | None) -> str:
    """Return the path to go to after signing in: one of ours, else the map.

    >>> safe_next(Settings(), "/clusters/ccn-a?lang=en"), safe_next(Settings(), "//evil.example/")
    ('/clusters/ccn-a?lang=en', '/')
    """
    home = settings.path_prefix + "/"
    if asked is None or not asked.startswith(home) or not asked.isprintable() or "\\" in asked:
        return home
    parts = urlsplit(asked)
    is_ours = not parts.scheme and not parts.netloc and not asked.startswith("//")
    return quote(asked, safe="/?&=%#+:;,@!$'()*~-._") if is_ours else home


def cluster_names(store: Store) -> dict[str, str]:
    """Return the names of the clusters in force today, by their ids."""
    found = store.all(Cluster, store.present(today()))
    return {version.thing.id: version.thing.name_vi for version in found}


class _Differs(Exception):
    """The new password was typed in two ways."""


def _typed_twice(form: dict[str, str]) -> str:
    password = form.get("password", "")
    if password != form.get("again"):
        raise _Differs
    return password


def _said(error: Exception, context: PageContext) -> Said:
    if isinstance(error, GisError):
        return Said(error.sentence(context.language))
    return Said(people_texts(context.language)["password_differs"])


async def _account(
    visit: Visit,
    accounts: AccountsHere,
    *,
    new_token: str | None = None,
    said: Said | None = None,
    error: Exception | None = None,
) -> Response:
    me = visit.signed_in.account
    own = await run_in_threadpool(tokens.tokens_of, accounts, me.id)
    context = replace(visit.context, path="/account")
    names = cluster_names(visit.request.app.state.service.store)
    page = account_page(context, me, own, names=names, new_token=new_token, said=said)
    return _answer(page, error)


def _answer(page: Page, error: Exception | None = None, *, is_secret: bool = False) -> Response:
    """Send a page that no cache keeps; the address of one with a secret goes to no other site."""
    status = 200 if error is None else 400
    headers = page_headers(page) | {"Cache-Control": "no-store"}
    if isinstance(error, GisError):
        status = status_of(error)
        if "seconds" in error.facts:
            headers["Retry-After"] = str(error.facts["seconds"])
    if is_secret:
        headers["Referrer-Policy"] = "same-origin"
    return Response(page.html, status, headers, HTML)


def _go(visit: Visit, path: str, session: NewSecret | None = None) -> Response:
    answer = RedirectResponse(path, 303, {"Cache-Control": "no-store"})
    if session is not None:
        set_session(answer, visit.settings, session.text)
    return answer
