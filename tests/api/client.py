"""A client of the application in this process: real requests, no socket."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import httpx
from anyio.from_thread import BlockingPortal, start_blocking_portal
from fastapi import FastAPI

from api.app import create_app
from api.deps import Service
from api.settings import Settings
from gis.accounts import Accounts
from gis.store import Store


class Client:
    """Asks an application; an answer is httpx's own."""

    def __init__(self, portal: BlockingPortal, client: httpx.AsyncClient, app: FastAPI) -> None:
        self._portal = portal
        self._client = client
        self.app = app
        self.service: Service = app.state.service

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> httpx.Response:
        """Ask for a path."""
        return self.request("GET", path, headers)

    def request(
        self, method: str, path: str, headers: Mapping[str, str] | None = None, **body: Any
    ) -> httpx.Response:
        """Send a request of any method; ``body`` is httpx's own ``json``, ``data``, ``content``.

        Cookies of answers are kept and sent back, as a browser does.
        """
        sent = httpx.Headers(headers, encoding="latin-1")

        async def send() -> httpx.Response:
            return await self._client.request(method, path, headers=sent, **body)

        return self._portal.call(send)

    @property
    def cookies(self) -> httpx.Cookies:
        """Return the cookies that it keeps."""
        return self._client.cookies

    def json(self, path: str) -> Any:
        """Return the JSON of a path that must answer 200."""
        answer = self.get(path)
        assert answer.status_code == 200, answer.text
        return answer.json()


@contextmanager
def client_of(
    settings: Settings,
    store: Store,
    accounts: Accounts | None = None,
    *,
    base_url: str = "http://ccn.test",
) -> Iterator[Client]:
    """Make the application of a register and a client of it; its faults come as 500."""
    app = create_app(settings, store, accounts)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    with start_blocking_portal() as portal:
        client = httpx.AsyncClient(transport=transport, base_url=base_url)
        yield Client(portal, client, app)
        portal.call(client.aclose)
