"""What every answer carries and every address understands: headers, HEAD and OPTIONS.

An answer to the public may be read by any page (``Access-Control-Allow-Origin: *`` without
credentials; an embed in a sandbox has a null origin). An answer to a request that came with our
cookie or a token is for our own pages and programs: no other site's page may read or load it.
No page may frame it but for the embed, which brings its own Content-Security-Policy. THREATS 51.
"""

from collections.abc import Iterable
from typing import Final

from fastapi import FastAPI
from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.session_cookie import cookie_name, dropped_cookie
from api.settings import Settings
from maps.page import Page

NO_PAGE_POLICY: Final = "default-src 'none'; frame-ancestors 'none'"
"""The policy of answers that are no page: nothing in them may run or be framed."""

SAFE_HEADERS: Final = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Retry-After",
    "Content-Security-Policy": NO_PAGE_POLICY,
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Permissions-Policy": "camera=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
}
"""Headers of an answer that does not say otherwise."""

_PAGE_POLICY: Final = (
    "default-src 'none'; script-src 'self' {hashes}; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors {ancestors}"
)

PRIVATE: Final = "private, no-store"
"""Cache-Control of every answer to a request with credentials, but for files that never change."""

PRIVATE_HEADERS: Final = {"Cross-Origin-Resource-Policy": "same-origin"}
"""What answers to requests with credentials carry instead."""

_OPEN_TO_OTHERS: Final = ("Access-Control-Allow-Origin", "Access-Control-Expose-Headers")
READ_METHODS: Final = ("GET", "HEAD", "OPTIONS")
"""What other sites' pages may do here; writing is for our own."""

_METHODS: Final = ("GET", "DELETE", "PATCH", "POST", "PUT")
"""What a route may take; HEAD and OPTIONS come with them."""

_PREFLIGHT_SECONDS: Final = "86400"


def page_headers(page: Page, *, is_framed: bool = False) -> dict[str, str]:
    """Return the headers of a page: its scripts by hash; frames for the embed only (THREATS 51)."""
    ancestors = "*" if is_framed else "'none'"
    policy = _PAGE_POLICY.format(hashes=" ".join(page.script_hashes), ancestors=ancestors)
    older = {} if is_framed else {"X-Frame-Options": "DENY"}
    return {"Content-Security-Policy": policy, **older}


class SafeHeaders:
    """ASGI middleware: add `SAFE_HEADERS` where an answer does not carry them itself.

    A 304 gets no policy: browsers would put it in the place of the kept page's own. What came
    with credentials, right or wrong, is answered without CORS and kept by no cache; the cookie of
    a session that has ended is taken away.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self._cookie = cookie_name(settings)
        self._forget = dropped_cookie(settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and complete its answer's headers."""

        async def complete(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in added.items():
                    if message["status"] != 304 or name != "Content-Security-Policy":
                        headers.setdefault(name, value)
                if scope["state"].get("session_has_ended") and "Set-Cookie" not in headers:
                    headers.append("Set-Cookie", self._forget)
                if is_private and "immutable" not in headers.get("Cache-Control", ""):
                    headers["Cache-Control"] = PRIVATE
            await send(message)

        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scope.setdefault("state", {})  # one for all copies of the scope: `api.auth` writes here
        is_private = carries_credentials(HTTPConnection(scope), self._cookie)
        added = safe_headers(is_private=is_private)
        await self.app(scope, receive, complete)


def carries_credentials(request: HTTPConnection, cookie: str) -> bool:
    """Tell whether a request comes with a token or the session's cookie, right or wrong."""
    return "authorization" in request.headers or cookie in request.cookies


def safe_headers(*, is_private: bool) -> dict[str, str]:
    """Return the headers of an answer that does not say otherwise."""
    if not is_private:
        return dict(SAFE_HEADERS)
    kept = {name: value for name, value in SAFE_HEADERS.items() if name not in _OPEN_TO_OTHERS}
    return kept | PRIVATE_HEADERS


def methods_at(routes: Iterable[BaseRoute], scope: Scope) -> list[str]:
    """Return the methods that an address takes, reading first; none where there is no address."""
    asked = [{**scope, "type": "http", "method": name} for name in _METHODS]
    found = [one["method"] for one in asked if _leads_somewhere(routes, one)]
    if not found:
        return []
    reading = [name for name in READ_METHODS if name == "OPTIONS" or "GET" in found]
    return [*reading, *(name for name in found if name != "GET")]


def _leads_somewhere(routes: Iterable[BaseRoute], asked: Scope) -> bool:
    return any(route.matches(asked)[0] is Match.FULL for route in routes)


class HeadAndOptions:
    """ASGI middleware: HEAD is GET without the body, OPTIONS tells the methods of an address.

    A preflight of the browser is answered for any address of ours, as CORS asks.
    """

    def __init__(self, app: ASGIApp, routes: Iterable[BaseRoute] = ()) -> None:
        self.app = app
        self.routes = routes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer OPTIONS, turn HEAD into GET, pass the rest on."""
        if scope["type"] != "http" or scope["method"] not in ("HEAD", "OPTIONS"):
            await self.app(scope, receive, send)
        elif scope["method"] == "HEAD":
            await self.app({**scope, "method": "GET"}, receive, _without_body(send))
        elif methods := methods_at(self.routes, scope):
            await _options(methods)(scope, receive, send)
        else:
            await self.app({**scope, "method": "GET"}, receive, send)


def add_header_middleware(app: FastAPI, settings: Settings) -> None:
    """Give ``app`` both middlewares of this module."""
    app.add_middleware(HeadAndOptions, routes=app.routes)
    app.add_middleware(SafeHeaders, settings=settings)


def _options(methods: list[str]) -> Response:
    """Tell every method of an address, and to other sites' pages those that read."""
    return Response(
        status_code=204,
        headers={
            "Allow": ", ".join(methods),
            "Access-Control-Allow-Methods": ", ".join(
                name for name in methods if name in READ_METHODS
            ),
            "Access-Control-Allow-Headers": "Accept, Accept-Language, If-None-Match",
            "Access-Control-Max-Age": _PREFLIGHT_SECONDS,
        },
    )


def _without_body(send: Send) -> Send:
    async def drop(message: Message) -> None:
        if message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await send(message)

    return drop
