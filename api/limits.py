"""Limits on what a client may send: BodyLimit refuses a body that is too large or too slow.

It is pure ASGI and keeps nothing: chunks pass through one by one and are counted on the way.
The head of a request is limited by the server (`api.server`), before any application runs.
THREATS 48 and 49.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import MEDIA_TYPE, REFUSALS, asked_language, refusal_bytes

MEGABYTE = 1024 * 1024
CHUNKED_LENGTH_DIGITS = 18
"""Longest Content-Length that is read as a number; anything longer is too large as it stands."""


class BodyRefused(HTTPException):
    """Raised from ``receive`` in the middle of a body, so that the application stops reading.

    An HTTPException, because FastAPI lets those through where it turns any other error while
    reading a body into 400. Whatever the application answers to it, the client gets the refusal.
    """

    def __init__(self, code: str) -> None:
        super().__init__(REFUSALS[code].status, code)
        self.code = code


@dataclass(frozen=True, slots=True)
class BodyLimits:
    """What a request body may be: sizes in bytes, time in seconds.

    ``file_bytes`` holds for paths that start with one of ``file_prefixes``, ``json_bytes`` for
    all others. ``seconds`` counts only the time spent waiting for the client.
    """

    json_bytes: int = 10 * MEGABYTE
    file_bytes: int = 50 * MEGABYTE
    file_prefixes: Sequence[str] = ()
    seconds: float = 30.0

    def bytes_at(self, path: str) -> int:
        """Tell how many bytes a body sent to ``path`` may have."""
        return self.file_bytes if path.startswith(tuple(self.file_prefixes)) else self.json_bytes


class BodyLimit:
    """ASGI middleware: 413 for a body over its limit, 408 for one that comes too slowly.

    A declared length over the limit is refused before a byte is read, a body that turns out to
    be longer (chunked) as soon as it is. What the client still sends after a 413 is read and
    dropped until its time is up, so that it can read the answer instead of a reset connection.
    """

    def __init__(self, app: ASGIApp, limits: BodyLimits | None = None) -> None:
        self.app = app
        self.limits = limits or BodyLimits()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Run the application with its body counted and timed; other protocols pass."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        exchange = _Exchange(self.limits, scope, receive, send)
        if exchange.declares_too_much():
            await exchange.refuse("body.too_large")
            return
        try:
            await self.app(scope, exchange.receive, exchange.send)
        except ClientDisconnect:
            return  # nobody is left to answer, and it is no fault to log
        except BodyRefused:
            if exchange.started:
                raise  # half an answer is out: only a cut connection can tell the client
        if exchange.refusal and not exchange.started:
            await exchange.refuse(exchange.refusal)


class _Exchange:
    """One request and its answer, counted and timed."""

    def __init__(self, limits: BodyLimits, scope: Scope, receive: Receive, send: Send) -> None:
        self._limit = limits.bytes_at(scope["path"])
        self._seconds = limits.seconds
        self._seconds_left = limits.seconds
        self._scope = scope
        self._receive = receive
        self._send = send
        self._bytes = 0
        self._complete = False
        self.refusal: str | None = None
        self.started = False

    def declares_too_much(self) -> bool:
        """Tell whether Content-Length alone is over the limit; a broken one is the server's."""
        length = Headers(scope=self._scope).get("content-length", "")
        if not (length.isascii() and length.isdigit()):
            return False
        return len(length) > CHUNKED_LENGTH_DIGITS or int(length) > self._limit

    async def receive(self) -> Message:
        """Pass the next chunk on, or raise BodyRefused when the body is over a limit."""
        if self._complete:
            return await self._receive()
        if self.refusal:
            raise BodyRefused(self.refusal)
        message = await self._next_chunk()
        if message is None:
            self.refusal = "body.too_slow"
        elif self._bytes > self._limit:
            self.refusal = "body.too_large"
        else:
            return message
        raise BodyRefused(self.refusal)

    async def send(self, message: Message) -> None:
        """Pass the answer on, unless the body was refused before it began."""
        if self.refusal and not self.started:
            return
        self.started = True
        await self._send(message)

    async def refuse(self, code: str) -> None:
        """Send the refusal; after a 413 hear the client out, after a 408 hang up."""
        headers = Headers(scope=self._scope)
        body = refusal_bytes(
            code,
            self._scope["path"],
            asked_language(headers.get("accept-language", "")),
            limit_mb=self._limit // MEGABYTE,
            seconds=f"{self._seconds:g}",
        )
        slow = code == "body.too_slow"
        fields = [
            (b"content-type", MEDIA_TYPE.encode()),
            (b"content-length", str(len(body)).encode()),
            (b"cache-control", b"no-store"),
            *([(b"connection", b"close")] if slow else []),
        ]
        status = REFUSALS[code].status
        await self._send({"type": "http.response.start", "status": status, "headers": fields})
        await self._send({"type": "http.response.body", "body": body, "more_body": not slow})
        if not slow:
            while not self._complete and await self._next_chunk() is not None:
                pass
            await self._send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _next_chunk(self) -> Message | None:
        """Wait for a chunk as long as the time left allows; None when the time is up."""
        clock = asyncio.get_running_loop().time
        begun = clock()
        try:
            async with asyncio.timeout(self._seconds_left):
                message = await self._receive()
        except TimeoutError:
            self._seconds_left = 0
            return None
        self._seconds_left -= clock() - begun
        self._bytes += len(message.get("body", b""))
        self._complete = not message.get("more_body", False)
        return message
