"""The server's guard: a connection may be slow, silent or one of thousands, but not for ever.

uvicorn times nothing but the pause between two requests. This subclass of its h11 protocol adds
what THREATS 48 asks for: a time for the head of a request, for a client that goes on sending
after its answer, and for one that does not read; and a cap on connections that gives way to
newcomers by dropping whoever has kept us waiting longest.
docs/adr/0003-http-server.md says why.
"""

import asyncio
import socket
import struct
import sys
from collections import OrderedDict
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

import h11
from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from api.problems import MEDIA_TYPE, REFUSALS, refusal_bytes

RESET = struct.pack("HH" if sys.platform == "win32" else "ii", 1, 0)
"""Value of SO_LINGER (on, zero seconds): closing resets the connection."""


@dataclass(frozen=True, slots=True)
class ServerLimits:
    """What one connection and all together may take; times in seconds.

    ``header_seconds``: from the first byte of a request (or the connection's opening) to the end
    of its head. ``linger_seconds``: how long a client may go on sending a body after its answer.
    ``stall_seconds``: how long a client may read nothing of its answer. ``stop_seconds``: how
    long a stopping server waits for running requests. ``threads``: size of the pool that runs
    plain functions; None is one for each core, because more are slower (THREATS, finding 17).
    The time for a body that is being read is `api.limits.BodyLimits`.
    """

    header_seconds: float = 10.0
    keep_alive_seconds: int = 5
    linger_seconds: float = 5.0
    stall_seconds: float = 60.0
    stop_seconds: int = 5
    connections: int = 1000
    threads: int | None = None


class GuardedState(ServerState):
    """What the connections of one server share: the limits, and who keeps us waiting.

    ``awaited`` are the connections whose move it is, the longest waited for first.
    """

    def __init__(self, limits: ServerLimits) -> None:
        super().__init__()
        self.limits = limits
        self.awaited: OrderedDict[GuardedProtocol, None] = OrderedDict()


class _Phase(Enum):
    """Whose move it is: ours when BUSY, else the client's."""

    HEAD = auto()  # the head of a request is due
    IDLE = auto()  # between two requests: uvicorn's keep-alive timer runs
    BODY = auto()  # the body is due: `api.limits.BodyLimit` counts its time
    BUSY = auto()  # the request is being answered
    READING = auto()  # the client has yet to read what is ready: the stall timer runs
    LINGER = auto()  # answered, but the client still sends


class GuardedProtocol(H11Protocol):
    """One HTTP/1.1 connection with deadlines; see the module."""

    def __init__(
        self,
        config: Config,
        server_state: GuardedState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._limits = server_state.limits
        self._awaited = server_state.awaited
        self._phase: _Phase | None = None
        self._deadline: asyncio.TimerHandle | None = None
        self._stall: asyncio.TimerHandle | None = None
        self._unread = 0

    # --- asyncio calls these --------------------------------------------------------------

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Start the clock of the first head, or turn the connection away when all are busy."""
        super().connection_made(transport)
        if len(self.connections) > self._limits.connections and not self._make_room():
            self._refuse("server.busy")
            return
        self._enter(_Phase.HEAD)

    def data_received(self, data: bytes) -> None:
        """Let uvicorn read, then see what is due next."""
        super().data_received(data)
        if not self.transport.is_closing():
            self._enter(_Phase.HEAD if self.conn.their_state is h11.IDLE else self._in_request())

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection and its clocks."""
        super().connection_lost(exc)
        self._awaited.pop(self, None)
        for timer in (self._deadline, self._stall):
            if timer is not None:
                timer.cancel()

    def pause_writing(self) -> None:
        """Watch a client that reads more slowly than it is answered."""
        super().pause_writing()
        self._watch_reader()
        self._enter(_Phase.READING)

    def resume_writing(self) -> None:
        """Stop watching: the client has read."""
        super().resume_writing()
        if self.transport.is_closing():
            return
        if self._stall is not None:
            self._stall.cancel()
            self._stall = None
        if self._phase is _Phase.READING:
            self._enter(self._in_request())

    # --- uvicorn calls these --------------------------------------------------------------

    def on_response_complete(self) -> None:
        """Wait for the next request, or for the rest of a body that nobody wants."""
        super().on_response_complete()
        if self.transport.is_closing():
            self._watch_reader()
        else:
            self._enter(_Phase.IDLE if self.conn.their_state is h11.IDLE else self._in_request())

    def shutdown(self) -> None:
        """Let a complete request end; one that is still being sent is cut, for nothing is lost."""
        if self._phase in (_Phase.BODY, _Phase.LINGER):
            self.transport.abort()
        else:
            super().shutdown()

    def timeout_keep_alive_handler(self) -> None:
        """Close after a long pause, even if the client has not read its last answer."""
        super().timeout_keep_alive_handler()
        self._watch_reader()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002  # uvicorn's signature
        """Answer bytes that are no HTTP with a problem document instead of plain text."""
        self._refuse("request.malformed")

    # --- the guard ------------------------------------------------------------------------

    def _in_request(self) -> _Phase:
        """Tell which phase holds once a head is complete (so that there is a cycle)."""
        if self.cycle.response_complete:
            return _Phase.LINGER
        if self.flow.write_paused:
            return _Phase.READING
        return _Phase.BODY if self.conn.their_state is h11.SEND_BODY else _Phase.BUSY

    def _enter(self, phase: _Phase) -> None:
        """Start the clock of ``phase``; one that is running already goes on."""
        if phase is self._phase:
            return
        self._phase = phase
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None
        if phase is _Phase.HEAD:
            self._deadline = self.loop.call_later(self._limits.header_seconds, self._head_is_late)
        elif phase is _Phase.LINGER:
            self._deadline = self.loop.call_later(self._limits.linger_seconds, self.transport.abort)
        self._awaited.pop(self, None)
        if phase is not _Phase.BUSY:
            self._awaited[self] = None

    def _make_room(self) -> bool:
        """Drop the connection that has kept us waiting longest; False if none does."""
        if not self._awaited:
            return False
        longest, _ = self._awaited.popitem(last=False)
        longest.transport.abort()
        return True

    def _head_is_late(self) -> None:
        begun, _ = self.conn.trailing_data
        if begun:
            self._refuse("head.too_slow", seconds=f"{self._limits.header_seconds:g}")
        else:
            self.transport.close()

    def _refuse(self, code: str, **facts: object) -> None:
        """Send a refusal where an answer can still begin, and close.

        The language asked is not known yet, nor the path.
        """
        if self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            body = refusal_bytes(code, "/", "vi", **facts)
            head = h11.Response(
                status_code=REFUSALS[code].status,
                headers=[
                    ("content-type", MEDIA_TYPE),
                    ("content-length", str(len(body))),
                    ("retry-after", "5"),
                    ("connection", "close"),
                ],
            )
            for event in (head, h11.Data(data=body), h11.EndOfMessage()):
                self.transport.write(self.conn.send(event) or b"")
        self.transport.close()
        self._watch_reader()

    def _watch_reader(self) -> None:
        """Look from time to time whether the client reads; if not, cut it off."""
        if self._stall is None:
            self._unread = self.transport.get_write_buffer_size()
            self._stall = self.loop.call_later(self._limits.stall_seconds, self._check_reader)

    def _check_reader(self) -> None:
        self._stall = None
        if self.transport.get_write_buffer_size() >= self._unread > 0:
            # With a reset, or the system would keep the unread bytes in memory and retry.
            client = self.transport.get_extra_info("socket")
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
            self.transport.abort()
        else:
            self._watch_reader()
