"""`serve`: run the application for real, in this process, until Ctrl-C.

uvicorn on plain asyncio with the guard of `api.guard`, the same on Linux and Windows
(docs/adr/0003-http-server.md). Importing this module loads the server; the command line does so
only when it serves.
"""

import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace

import uvicorn
from anyio.to_thread import current_default_thread_limiter
from starlette.types import ASGIApp
from uvicorn.server import HANDLED_SIGNALS

from api.guard import GuardedProtocol, GuardedState, ServerLimits

if sys.platform != "win32":
    import resource

FILES_KEPT = 256
"""Open files left for the register, uploads and libraries, beside those of the connections."""

ACCEPTED_AT_ONCE = 128
"""Connections accepted before their requests are looked at; far below the connection cap, so
that a flood does not push out a newcomer before its request is read."""

QUEUE = 4096
"""Connections that the system keeps for us while we are busy; it may allow fewer."""


def serve(
    app: ASGIApp,
    host: str = "127.0.0.1",
    port: int = 8000,
    *,
    limits: ServerLimits | None = None,
    on_ready: Callable[[str], None] | None = None,
) -> None:
    """Serve ``app`` until Ctrl-C, SIGTERM or (Windows) Ctrl-Break, then return.

    ``port`` 0 takes a free one. ``on_ready`` is called once with the address
    ("http://127.0.0.1:8000") when requests are answered. Nothing is printed; errors go to the
    loggers "uvicorn.error" and "asyncio". Running requests get ``limits.stop_seconds`` to end.

    Raises:
        OSError: the address can't be listened on (in use, unknown host, not allowed).
        SystemExit: the application's own start failed; its error is in the log.
    """
    limits = limits or ServerLimits()
    limits = replace(limits, connections=_connections_allowed(limits.connections))
    config = uvicorn.Config(
        app,
        http=GuardedProtocol,
        ws="none",
        loop="asyncio",
        log_config=None,
        log_level="error",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        backlog=ACCEPTED_AT_ONCE,
        timeout_keep_alive=limits.keep_alive_seconds,
        timeout_graceful_shutdown=limits.stop_seconds,
    )
    with _listen(host, port) as listener:
        _Server(config, limits, on_ready).run(sockets=[listener])


class _Server(uvicorn.Server):
    """uvicorn's server with our guard, one thread a core, and a quiet end."""

    def __init__(
        self,
        config: uvicorn.Config,
        limits: ServerLimits,
        on_ready: Callable[[str], None] | None,
    ) -> None:
        super().__init__(config)
        self.server_state = GuardedState(limits)
        self._threads = limits.threads or os.cpu_count() or 1
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start the application, then listen, then say so."""
        current_default_thread_limiter().total_tokens = self._threads
        await super().startup(sockets)
        for listener in sockets or []:
            listener.listen(QUEUE)
            if self._on_ready is not None:
                self._on_ready(_address(listener))

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Stop on a signal; unlike uvicorn do not raise it again, so that `serve` returns.

        The caller then closes the register as after any other work.
        """
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {number: signal.signal(number, self.handle_exit) for number in HANDLED_SIGNALS}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def _listen(host: str, port: int) -> socket.socket:
    """Bind the first address of ``host``, before anything slow, so that a used port is told early.

    The protocol is named because asyncio switches Nagle's delay off (40 ms an answer) only on
    sockets that name it, which `socket.create_server` does not.
    """
    family, kind, _, _, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    listener = socket.socket(family, kind, socket.IPPROTO_TCP)
    # A port left a moment ago may be taken again; on Windows this option would share a used one.
    if sys.platform != "win32":
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    else:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
    try:
        listener.bind(address)
    except OSError:
        listener.close()
        raise
    return listener


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _connections_allowed(wanted: int) -> int:
    """Raise the process's limit of open files for ``wanted`` connections; tell how many fit.

    Windows has no such limit. A system that refuses leaves the limit as it was.
    """
    if sys.platform != "win32":
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        needed = wanted + FILES_KEPT
        if soft != resource.RLIM_INFINITY and soft < needed:
            raised = needed if hard == resource.RLIM_INFINITY else min(needed, hard)
            with suppress(ValueError, OSError):
                resource.setrlimit(resource.RLIMIT_NOFILE, (raised, hard))
            soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
        if soft != resource.RLIM_INFINITY:
            return max(1, min(wanted, soft - FILES_KEPT))
    return wanted
