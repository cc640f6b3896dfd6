"""Serve a register for a browser, as a process of its own: ``python -m tests.browser.served FILE``.

``running(file)`` starts it and yields its address; at the end it must stop cleanly. Accounts
that lie beside the register are served with it.
"""

import contextlib
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from api.app import create_app
from api.server import serve
from api.settings import Settings
from gis.accounts import accounts_path, open_accounts
from gis.store import open_store
from tests.gis.accounts.conftest import QUICK

ROOT = Path(__file__).resolve().parents[2]


@contextlib.contextmanager
def running(register: Path, public_path: str = "") -> Iterator[str]:
    """Serve a register on a free port and yield the address."""
    command = [sys.executable, "-m", "tests.browser.served", str(register), public_path]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            address = process.stdout.readline().strip()
            assert address.startswith("http://127.0.0.1:"), "the server did not start"
            yield address
            process.send_signal(signal.SIGINT)
            assert process.wait(timeout=60) == 0
        finally:
            process.kill()


@contextlib.contextmanager
def other_portal(pages: dict[str, str]) -> Iterator[str]:
    """Serve plain pages from another origin, as a portal that frames ours, and yield its address.

    A page may be added to ``pages`` later.
    """

    class Portal(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = pages.get(self.path)
            self.send_response(200 if page else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write((page or "").encode())

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Portal)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def main() -> None:
    """Serve until interrupted; print the address when requests are answered."""
    register, public_path = sys.argv[1:3]
    public_url = f"http://127.0.0.1{public_path}" if public_path else ""
    store = open_store(register)
    settings = Settings(register=register, public_url=public_url)
    has_accounts = accounts_path(register).exists()
    accounts = open_accounts(register, policy=QUICK) if has_accounts else None
    serve(create_app(settings, store, accounts), port=0, on_ready=_tell)
    store.close()
    if accounts is not None:
        accounts.close()


def _tell(address: str) -> None:
    sys.stdout.write(f"{address}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
