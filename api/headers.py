"""What every answer carries and every address understands: headers, HEAD and OPTIONS.

Everything that this service answers today is public and sets no cookie, so any page may read it
(``Access-Control-Allow-Origin: *`` without credentials; an embed in a sandbox has a null origin).
No page may frame it but for the embed, which brings its own Content-Security-Policy. THREATS 51.
"""

from collections.abc import Iterable
from typing import Final

from fastapi import FastAPI
from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

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

METHODS: Final = "GET, HEAD, OPTIONS"
_PREFLIGHT_SECONDS: Final = "86400"


def page_headers(page: Page, *, is_framed: bool = False) -> dict[str, str]:
    """Return the headers of a page: its scripts by hash; frames for the embed only (THREATS 51)."""
    ancestors = "*" if is_framed else "'none'"
    policy = _PAGE_POLICY.format(hashes=" ".join(page.script_hashes), ancestors=ancestors)
    older = {} if is_framed else {"X-Frame-Options": "DENY"}
    return {"Content-Security-Policy": policy, **older}


class SafeHeaders:
    """ASGI middleware: add `SAFE_HEADERS` where an answer does not carry them itself.

    A 304 gets no policy: browsers would put it in the place of the kept page's own.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and complete its answer's headers."""

        async def complete(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SAFE_HEADERS.items():
                    if message["status"] != 304 or name != "Content-Security-Policy":
                        headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, complete if scope["type"] == "http" else send)


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
        elif self._is_ours(scope):
            await _options()(scope, receive, send)
        else:
            await self.app({**scope, "method": "GET"}, receive, send)

    def _is_ours(self, scope: Scope) -> bool:
        asked = {**scope, "method": "GET"}
        return any(route.matches(asked)[0] is Match.FULL for route in self.routes)


def add_header_middleware(app: FastAPI) -> None:
    """Give ``app`` both middlewares of this module."""
    app.add_middleware(HeadAndOptions, routes=app.routes)
    app.add_middleware(SafeHeaders)


def _options() -> Response:
    return Response(
        status_code=204,
        headers={
            "Allow": METHODS,
            "Access-Control-Allow-Methods": METHODS,
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
