"""Run an application as a real server in a process of its own, and talk to it byte by byte."""

import contextlib
import http.client
import json
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

APP = Path(__file__).with_name("faulty_app.py")
ROOT = APP.parents[2]
PATIENCE = 60.0
"""Seconds after which a test gives up waiting for what must happen much earlier."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered: the status, the fields in lower case, the whole body."""

    status: int
    fields: dict[str, str]
    body: bytes

    @property
    def problem(self) -> dict[str, Any]:
        """The problem document, which must be announced as one."""
        assert self.fields["content-type"] == "application/problem+json"
        document: dict[str, Any] = json.loads(self.body)
        assert document["status"] == self.status
        assert {"type", "title", "detail", "instance", "code"} <= document.keys()
        return document


@dataclass(frozen=True, slots=True)
class RealServer:
    """A running server."""

    process: subprocess.Popen[str]
    port: int

    def connect(self) -> socket.socket:
        """Open a connection."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)

    def send(self, begun: bytes) -> socket.socket:
        """Open a connection and send bytes; the rest is the test's."""
        client = self.connect()
        try:
            client.sendall(begun)
        except OSError:
            client.close()
            raise
        return client

    def get(self, path: str = "/health") -> Answer:
        """Ask for ``path`` on a connection of its own."""
        with self.send(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode()) as client:
            return read_answer(client)

    def seconds_to_answer(self) -> float:
        """Measure a good request: connect, ask, read; it must succeed."""
        begun = time.monotonic()
        assert self.get().status == 200
        return time.monotonic() - begun

    def memory(self, name: str = "VmRSS") -> int:
        """Read a line of /proc/PID/status, in bytes: VmRSS now, VmHWM at most so far."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        line = next(line for line in status.splitlines() if line.startswith(f"{name}:"))
        return int(line.split()[1]) * 1024

    def open_files(self) -> int:
        """Count the server's open files."""
        return len(list(Path(f"/proc/{self.process.pid}/fd").iterdir()))

    @contextlib.contextmanager
    def memory_grows_less_than(self, limit: int) -> Iterator[None]:
        """Check the peak of resident memory inside the block against what it was before."""
        before = self.memory()
        Path(f"/proc/{self.process.pid}/clear_refs").write_text("5", encoding="ascii")
        yield
        assert self.memory("VmHWM") - before < limit


def read_answer(client: socket.socket) -> Answer:
    """Read one answer from a connection; a connection closed without one raises."""
    response = http.client.HTTPResponse(client)
    response.begin()
    body = response.read()
    return Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, body)


def is_closed(client: socket.socket) -> bool:
    """Wait until the server closes, and say that it sent nothing more."""
    try:
        return client.recv(1) == b""
    except ConnectionResetError:
        return True


@contextlib.contextmanager
def real_server(**limits: Any) -> Iterator[RealServer]:
    """Run the faulty application; at the end it must stop cleanly and without a word.

    A test may stop it before, by a signal of its own.
    """
    command = [sys.executable, str(APP), json.dumps(limits)]
    with (
        tempfile.TemporaryFile("w+") as errors,
        subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=errors, text=True
        ) as process,
    ):
        try:
            assert process.stdout
            address = process.stdout.readline()
            yield RealServer(process, urlsplit(address).port or 0)
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
            last_words, _ = process.communicate(timeout=PATIENCE)
        finally:
            process.kill()
            errors.seek(0)
            said = errors.read()
            assert not said, said
        assert (last_words, process.returncode) == ("stopped\n", 0)
