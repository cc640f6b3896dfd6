"""BodyLimit by itself: what passes, what is refused, and that nothing is kept (THREATS 48, 49)."""

import asyncio
import json
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.limits import MEGABYTE, BodyLimit, BodyLimits, BodyRefused

LIMITS = BodyLimits(json_bytes=10, file_bytes=20, file_prefixes=("/files/",), seconds=0.05)


class Client:
    """A client that sends chunks, then says nothing more or hangs up; it keeps what it is sent."""

    def __init__(self, *chunks: bytes, ends: bool = True, leaves: bool = False) -> None:
        self.messages: list[Message] = [
            {"type": "http.request", "body": chunk, "more_body": True} for chunk in chunks
        ]
        if ends:
            self.messages.append({"type": "http.request", "body": b"", "more_body": False})
        if leaves:
            self.messages.append({"type": "http.disconnect"})
        self.heard: list[Message] = []

    async def receive(self) -> Message:
        """Hand out the next message; wait for ever when there is none."""
        if not self.messages:
            await asyncio.Event().wait()
        return self.messages.pop(0)

    async def send(self, message: Message) -> None:
        """Keep what the server sends."""
        self.heard.append(message)

    @property
    def status(self) -> int:
        """The status of the one answer."""
        (start,) = [m for m in self.heard if m["type"] == "http.response.start"]
        status: int = start["status"]
        return status

    @property
    def body(self) -> bytes:
        """The whole body of the answer, which must be complete."""
        assert not self.heard[-1].get("more_body")
        return b"".join(m["body"] for m in self.heard[1:])

    @property
    def code(self) -> str:
        """The code of the problem that was answered."""
        assert (b"content-type", b"application/problem+json") in self.heard[0]["headers"]
        code: str = json.loads(self.body)["code"]
        return code


def ask(
    app: ASGIApp, client: Client, path: str = "/json", headers: Iterable[tuple[bytes, bytes]] = ()
) -> Client:
    """Send one request through the limit and return the client with what it heard."""
    scope: Scope = {"type": "http", "path": path, "headers": list(headers)}
    asyncio.run(BodyLimit(app, LIMITS)(scope, client.receive, client.send))
    return client


async def echo(_: Scope, receive: Receive, send: Send) -> None:
    """Answer each chunk as soon as it is there."""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    more = True
    while more:
        message = await receive()
        more = message["more_body"]
        await send({"type": "http.response.body", "body": message["body"], "more_body": more})


async def collect(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer with the whole body; whatever goes wrong while reading is answered with 400."""
    try:
        body = await Request(scope, receive).body()
    except BodyRefused:
        body = b"?"
    status = 400 if body == b"?" else 200
    await send({"type": "http.response.start", "status": status, "headers": []})
    await send({"type": "http.response.body", "body": body})


def length(size: Any) -> list[tuple[bytes, bytes]]:
    """Make a Content-Length field."""
    return [(b"content-length", str(size).encode())]


@given(chunks=st.lists(st.binary(max_size=8), max_size=6))
def test_a_body_passes_whole_up_to_its_limit(chunks: list[bytes]) -> None:
    """THREATS 49: a body of any chunks passes unchanged up to the limit, and not one byte more."""
    client = ask(collect, Client(*chunks))
    if sum(map(len, chunks)) <= LIMITS.json_bytes:
        assert (client.status, client.body) == (200, b"".join(chunks))
    else:
        assert (client.status, client.code) == (413, "body.too_large")
    assert not client.messages


def test_the_limit_of_files_holds_for_their_paths_only() -> None:
    """THREATS 49: a path for files takes more."""
    twenty = [b"x" * 10] * 2
    assert ask(collect, Client(*twenty), "/files/new").status == 200
    assert ask(collect, Client(*twenty, b"x"), "/files/new").status == 413
    assert ask(collect, Client(*twenty), "/file").status == 413


def test_the_usual_limits_are_those_of_the_contract() -> None:
    """THREATS 49: 10 MB for JSON and 50 MB for a file, 30 s for either."""
    usual = BodyLimits(file_prefixes=("/api/imports",))
    assert usual.bytes_at("/api/parcels") == 10 * MEGABYTE
    assert usual.bytes_at("/api/imports/7") == 50 * MEGABYTE
    assert usual.seconds == 30


@pytest.mark.parametrize("size", [11, 10**30])
def test_a_declared_length_is_enough_to_refuse(size: int) -> None:
    """THREATS 49: the application is not even called; what is sent all the same is dropped."""

    async def never(*_: object) -> None:
        raise AssertionError

    client = ask(never, Client(b"x" * 11), headers=length(size))
    assert (client.status, client.code) == (413, "body.too_large")
    assert not client.messages


@pytest.mark.parametrize("size", ["ten", "-1", "²", ""])
def test_a_broken_length_is_no_excuse(size: str) -> None:
    """THREATS 49: a length that is no number counts for nothing; the bytes are counted."""
    assert ask(collect, Client(b"x" * 10), headers=length(size)).status == 200
    assert ask(collect, Client(b"x" * 11), headers=length(size)).status == 413


def test_a_slow_body_is_refused_and_the_connection_closed() -> None:
    """THREATS 48: 408 when the time is up, whatever the application makes of it."""
    client = ask(collect, Client(b"x", ends=False))
    assert (client.status, client.code) == (408, "body.too_slow")
    assert (b"connection", b"close") in client.heard[0]["headers"]


def test_a_refused_client_is_not_heard_for_ever() -> None:
    """THREATS 48: what follows a 413 is read only as long as the body had time."""
    client = ask(collect, Client(b"x" * 11, ends=False))
    assert (client.status, client.code) == (413, "body.too_large")


def test_only_waiting_for_the_client_counts_as_slow() -> None:
    """THREATS 48: an application that takes its time over a chunk does not make its client slow."""

    async def thoughtful(scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        await asyncio.sleep(LIMITS.seconds * 2)
        await collect(scope, receive, send)

    assert ask(thoughtful, Client(b"x", b"y")).body == b"y"


def test_after_the_body_nothing_is_timed() -> None:
    """THREATS 48: who waits for a client to leave, after its body, may wait as long as it likes."""

    async def patient(scope: Scope, receive: Receive, send: Send) -> None:
        await Request(scope, receive).body()
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(receive(), LIMITS.seconds * 2)
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    assert ask(patient, Client(b"x")).status == 204


def test_chunks_pass_one_by_one() -> None:
    """THREATS 49: an echo has answered the first chunk before the second is asked for."""
    client = ask(echo, Client(b"a", b"b"))
    assert [m["body"] for m in client.heard[1:]] == [b"a", b"b", b""]


def test_an_answer_that_has_begun_is_cut() -> None:
    """THREATS 49: too late for a status, so the refusal goes on to the server, which hangs up."""
    with pytest.raises(BodyRefused):
        ask(echo, Client(b"x" * 10, b"x"))


def test_a_client_that_leaves_is_no_fault() -> None:
    """THREATS 48: hanging up in the middle of a body raises nothing and answers nothing."""
    assert ask(collect, Client(b"x", ends=False, leaves=True)).heard == []


def test_a_fault_of_the_application_passes_through() -> None:
    """Only refusals and departures are caught here."""

    async def broken(*_: object) -> None:
        raise LookupError

    with pytest.raises(LookupError):
        ask(broken, Client())


def test_other_protocols_pass_untouched() -> None:
    """The start and stop of the application are not limited."""
    heard: list[str] = []

    async def app(scope: Scope, _: Receive, __: Send) -> None:
        await asyncio.sleep(0)
        heard.append(scope["type"])

    client = Client()
    asyncio.run(BodyLimit(app)({"type": "lifespan"}, client.receive, client.send))
    assert heard == ["lifespan"]


def test_leaving_is_known_to_the_application() -> None:
    """THREATS 48: an application that reads finds out that its client has left."""

    async def curious(scope: Scope, receive: Receive, _: Send) -> None:
        with pytest.raises(ClientDisconnect):
            await Request(scope, receive).body()

    ask(curious, Client(b"x", ends=False, leaves=True))
