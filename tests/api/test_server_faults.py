"""THREATS 48 and 49 against a real server: slow, silent, many, large and lying clients."""

import contextlib
import resource
import select
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.server import _listen, serve
from tests.api.real_server import PATIENCE, RealServer, is_closed, read_answer, real_server

HALF_HEAD = b"GET /health HTTP/1.1\r\nHost: x\r\nX-Slow: "
HALF_BODY = b"POST /json HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{"
LARGE = 400_000_000
MEMORY = 50_000_000
HURRY = 0.5
"""Seconds that the hurried server gives for what a real one gives 10 or 30."""

SOON = 1.0
"""Seconds within which everybody else must be answered (THREATS 48)."""


@pytest.fixture(scope="module")
def hurried() -> Iterator[RealServer]:
    """Yield a server with the real sizes and a fraction of the real times."""
    with real_server(
        header_seconds=HURRY,
        linger_seconds=HURRY,
        stall_seconds=HURRY,
        body={"seconds": HURRY, "file_prefixes": ["/files/"]},
    ) as server:
        yield server


@pytest.fixture(scope="module")
def patient() -> Iterator[RealServer]:
    """Yield a server with the real sizes and the real times."""
    with real_server(body={"file_prefixes": ["/files/"]}) as server:
        yield server


@contextlib.contextmanager
def many(server: RealServer, count: int, begun: bytes) -> Iterator[list[socket.socket]]:
    """Open ``count`` connections that send ``begun`` and no more."""
    with contextlib.ExitStack() as stack:
        yield [stack.enter_context(server.send(begun)) for _ in range(count)]


def drip(client: socket.socket, drop: bytes) -> float:
    """Send ``drop`` again and again until the server answers or closes; tell the seconds."""
    begun = time.monotonic()
    while not select.select([client], [], [], 0.05)[0]:
        with contextlib.suppress(ConnectionError):
            client.sendall(drop)
        assert time.monotonic() - begun < PATIENCE
    return time.monotonic() - begun


# --- 48: slow heads, slow bodies, idle connections -----------------------------------------


def check_slow_heads(server: RealServer, header_seconds: float) -> None:
    """Send 200 half heads: others are answered meanwhile, and all are refused in time."""
    begun = time.monotonic()
    with many(server, 200, HALF_HEAD) as clients:
        assert max(server.seconds_to_answer() for _ in range(5)) < SOON
        for client in clients:
            assert read_answer(client).problem["code"] == "head.too_slow"
            assert is_closed(client)
    assert header_seconds <= time.monotonic() - begun < header_seconds + SOON


def test_half_sent_heads_are_refused_and_others_are_served(hurried: RealServer) -> None:
    """THREATS 48: 200 half-sent requests get 408 in time while others are answered at once."""
    check_slow_heads(hurried, HURRY)


def test_a_dripping_head_gains_no_time(hurried: RealServer) -> None:
    """THREATS 48: a byte now and then does not hold a connection open."""
    with hurried.send(HALF_HEAD) as client:
        assert drip(client, b"x") < HURRY + SOON
        assert read_answer(client).status == 408


def test_a_silent_connection_is_closed(hurried: RealServer) -> None:
    """THREATS 48: who connects and says nothing is let go without an answer."""
    with hurried.connect() as client:
        assert is_closed(client)


def test_a_slow_second_head_is_refused(hurried: RealServer) -> None:
    """THREATS 48: a good first request buys no time for a slow second one."""
    with hurried.send(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n") as client:
        assert read_answer(client).status == 200
        client.sendall(b"G")
        assert drip(client, b"G") < HURRY + SOON
        assert read_answer(client).status == 408


def check_slow_bodies(server: RealServer, body_seconds: float) -> None:
    """Send 200 half bodies: others are answered meanwhile, and all are refused in time."""
    begun = time.monotonic()
    with many(server, 200, HALF_BODY) as clients:
        assert max(server.seconds_to_answer() for _ in range(5)) < SOON
        for client in clients:
            problem = read_answer(client).problem
            assert (problem["code"], problem["instance"]) == ("body.too_slow", "/json")
            assert is_closed(client)
    assert body_seconds <= time.monotonic() - begun < body_seconds + SOON


def test_slow_bodies_are_refused_and_others_are_served(hurried: RealServer) -> None:
    """THREATS 48: 200 half-sent bodies get 408 in time while others are answered at once."""
    check_slow_bodies(hurried, HURRY)


def test_a_dripping_body_gains_no_time(hurried: RealServer) -> None:
    """THREATS 48: a byte now and then does not keep a request alive."""
    with hurried.send(HALF_BODY) as client:
        assert drip(client, b" ") < HURRY + SOON
        assert read_answer(client).problem["code"] == "body.too_slow"


def test_a_body_that_nobody_wants_is_not_heard_for_ever(hurried: RealServer) -> None:
    """THREATS 48: after its answer a client may not go on dripping a body that no route reads."""
    head = b"POST /nowhere HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n"
    with hurried.send(head) as client:
        assert read_answer(client).status == 404
        assert drip(client, b"x") < HURRY + SOON
        assert is_closed(client)


def test_a_client_that_does_not_read_is_cut_off(hurried: RealServer) -> None:
    """THREATS 48: a large answer that is never read does not hold its connection."""
    with hurried.send(b"GET /large HTTP/1.1\r\nHost: x\r\n\r\n") as client:
        watch = select.poll()
        watch.register(client, 0)  # errors only: the unread answer itself does not count
        assert watch.poll(PATIENCE * 1000)


def test_a_slow_reader_gets_the_whole_answer(hurried: RealServer) -> None:
    """THREATS 48: a client that reads slowly is not taken for one that does not read."""
    received = 0
    with hurried.send(b"GET /large HTTP/1.1\r\nHost: x\r\n\r\n") as client:
        begun = time.monotonic()
        while received < 50_000_000:
            received += len(client.recv(1_000_000))
            select.select([], [], [], 0.02)
        assert time.monotonic() - begun > HURRY  # longer than a silent reader is given


def check_idle(server: RealServer, count: int, cap: int) -> None:
    """Open ``count`` connections past the cap: newcomers are served, the oldest give way."""
    with many(server, count, b""):
        assert max(server.seconds_to_answer() for _ in range(5)) < SOON
        assert server.open_files() < cap + 50


def test_idle_connections_give_way_to_newcomers() -> None:
    """THREATS 48: more idle connections than the server keeps stop nobody."""
    with real_server(connections=50) as server:
        check_idle(server, 300, 50)
        with many(server, 100, HALF_HEAD):
            assert max(server.seconds_to_answer() for _ in range(5)) < SOON
        with many(server, 100, HALF_BODY):
            assert max(server.seconds_to_answer() for _ in range(5)) < SOON


def test_a_server_with_only_running_requests_says_so(tmp_path: Path) -> None:
    """THREATS 48: when every connection has a request running, a newcomer gets 503."""
    until = tmp_path / "until"
    with real_server(connections=2) as server:
        asked = f"GET /held?until={until} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
        with many(server, 2, asked) as held:
            for client in held:
                assert b"200 OK" in client.recv(1000)
            answer = server.get()
            assert (answer.status, answer.problem["code"]) == (503, "server.busy")
            assert answer.fields["retry-after"]
            until.touch()
        assert server.get().status == 200


# --- 49: large and lying bodies ------------------------------------------------------------


def chunks(size: int) -> Iterator[bytes]:
    """Yield ``size`` bytes of a body in pieces."""
    piece = b" " * 1_000_000
    for _ in range(size // len(piece)):
        yield piece


def framed(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Put pieces into chunked transfer coding."""
    for piece in pieces:
        yield b"%x\r\n%b\r\n" % (len(piece), piece)
    yield b"0\r\n\r\n"


@pytest.mark.parametrize(
    ("path", "framing", "connection"),
    [
        ("/json", "Content-Length: 400000000", "keep-alive"),
        ("/json", "Transfer-Encoding: chunked", "close"),
        ("/bytes", "Transfer-Encoding: chunked", "keep-alive"),
        ("/files/bytes", "Content-Length: 400000000", "close"),
        ("/files/bytes", "Transfer-Encoding: chunked", "keep-alive"),
    ],
)
def test_a_400_mb_body_is_refused_while_it_streams(
    patient: RealServer, path: str, framing: str, connection: str
) -> None:
    """THREATS 49: 413 even to a client that listens only after sending all; memory stays."""
    head = f"POST {path} HTTP/1.1\r\nHost: x\r\nConnection: {connection}\r\n{framing}\r\n\r\n"
    body = chunks(LARGE)
    with patient.memory_grows_less_than(MEMORY), patient.send(head.encode()) as client:
        for piece in framed(body) if "chunked" in framing else body:
            client.sendall(piece)
        answer = read_answer(client)
        assert (answer.status, answer.problem["code"]) == (413, "body.too_large")
        limit = "50 MB" if path.startswith("/files/") else "10 MB"
        assert limit in answer.problem["detail"]
    assert patient.seconds_to_answer() < SOON


def test_a_declared_length_is_refused_before_the_body(patient: RealServer) -> None:
    """THREATS 49: a polite client learns of the limit before it sends a byte of the body."""
    head = (
        b"POST /json HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n"
        b"Accept-Language: en-GB, vi\r\nContent-Length: 400000000\r\n\r\n"
    )
    with patient.send(head) as client:
        answer = read_answer(client)
        assert answer.status == 413
        assert answer.problem["title"] == "The request body is too large"


def test_a_length_that_is_too_small_hides_nothing(patient: RealServer) -> None:
    """THREATS 49: what follows the declared ten bytes is no request, and is cut off."""
    head = b"POST /bytes HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n"
    with patient.memory_grows_less_than(MEMORY), patient.send(head) as client:
        with contextlib.suppress(ConnectionError):
            for piece in chunks(LARGE):
                client.sendall(piece)
        with contextlib.suppress(ConnectionError):
            assert b" 200 OK" in client.recv(1000)
    assert patient.seconds_to_answer() < SOON


@pytest.mark.parametrize(
    ("fields", "status", "code"),
    [
        ("Content-Length: 1000", 408, "body.too_slow"),
        ("Content-Length: 99999999999999999999", 413, "body.too_large"),
        ("Content-Length: -1", 400, "request.malformed"),
        ("Content-Length: ten", 400, "request.malformed"),
        ("Content-Length: 1\r\nContent-Length: 2", 400, "request.malformed"),
        ("Transfer-Encoding: gzip, chunked", 400, "request.malformed"),
    ],
)
def test_a_lying_length_is_refused(
    hurried: RealServer, fields: str, status: int, code: str
) -> None:
    """THREATS 49: a length that is too large, broken or contradicts itself is refused."""
    head = f"POST /bytes HTTP/1.1\r\nHost: x\r\n{fields}\r\n\r\n."
    with hurried.send(head.encode()) as client:
        answer = read_answer(client)
        assert (answer.status, answer.problem["code"]) == (status, code)


def test_a_broken_chunk_ends_the_request(hurried: RealServer) -> None:
    """THREATS 49: a body whose framing breaks in the middle is refused, and nothing is logged."""
    head = b"POST /json HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    with hurried.send(head + b"5\r\n12345\r\nnonsense\r\n") as client:
        assert read_answer(client).problem["code"] == "request.malformed"
        assert is_closed(client)


def test_a_head_without_end_is_refused(hurried: RealServer) -> None:
    """THREATS 49: a head of more than a few kilobytes is refused, not kept."""
    with hurried.send(b"GET /" + b"a" * 300_000) as client:
        with contextlib.suppress(ConnectionError):
            assert read_answer(client).problem["code"] == "request.malformed"
        assert is_closed(client)


REQUESTS = (
    b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET / HTTP/1.0\r\n\r\n",
    b"HEAD /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    b"GET /health HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n",
    b"CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    b"POST /nowhere HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nabc",
    b"POST /bytes HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n12345",
    b"POST /bytes HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n12345\r\n0\r\n\r\n",
    b"\x16\x03\x01\x02\x00",
    b"\r\n",
)


@settings(max_examples=50)
@given(
    pieces=st.lists(st.sampled_from(REQUESTS) | st.binary(max_size=8), min_size=1, max_size=6),
    cut=st.integers(0, 40),
    half_closes=st.booleans(),
)
def test_no_sequence_of_bytes_hurts(
    hurried: RealServer, pieces: list[bytes], cut: int, *, half_closes: bool
) -> None:
    """THREATS 48: requests run together, broken or cut short leave no trace in the log."""
    sent = b"".join(pieces)
    with hurried.send(sent[: max(1, len(sent) - cut)]) as client, contextlib.suppress(OSError):
        if half_closes:
            client.shutdown(socket.SHUT_WR)
        client.setblocking(False)
        client.recv(1000)
    assert hurried.get().status == 200


# --- the server itself ---------------------------------------------------------------------


def test_a_running_request_ends_before_the_server(tmp_path: Path) -> None:
    """A stopping server takes no newcomer, finishes what runs and cuts what is half sent."""
    until = tmp_path / "until"
    with real_server() as server, server.send(HALF_BODY) as half:
        asked = f"GET /held?until={until} HTTP/1.1\r\nHost: x\r\n\r\n".encode()
        with server.send(asked) as client:
            first = client.recv(1000)
            server.process.send_signal(signal.SIGTERM)
            assert is_closed(half)
            with pytest.raises(ConnectionError):
                server.get()
            until.touch()
            rest = b"".join(iter(lambda: client.recv(1000), b""))
            assert b"ended" in first + rest
        assert server.process.wait(PATIENCE) == 0


def test_a_used_port_is_told_at_once(hurried: RealServer) -> None:
    """A port in use raises OSError in the caller, with nothing printed and nothing started."""

    async def never(*_: object) -> None:
        raise AssertionError

    with pytest.raises(OSError, match="in use"):
        serve(never, port=hurried.port)


def test_small_answers_are_not_held_back() -> None:
    """The listening socket names TCP, for asyncio lets small answers go at once on such only."""
    with _listen("127.0.0.1", 0) as listener:
        assert listener.proto == socket.IPPROTO_TCP


# --- full size: make test-long -------------------------------------------------------------


@pytest.mark.long
def test_full_size_slow_clients() -> None:
    """THREATS 48 with the real limits: heads are refused after 10 s, bodies after 30 s."""
    with real_server() as server:
        check_slow_heads(server, header_seconds=10.0)
        check_slow_bodies(server, body_seconds=30.0)


@pytest.mark.long
def test_ten_thousand_idle_connections() -> None:
    """THREATS 48: ten thousand idle connections, or as many as this process may open."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (before[1], before[1]))
    try:
        with real_server() as server:
            check_idle(server, min(10_000, before[1] - 500), 1000)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
