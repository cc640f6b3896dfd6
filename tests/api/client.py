"""A client of the application in this process: real requests, no socket."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import httpx
from anyio.from_thread import BlockingPortal, start_blocking_portal

from api.app import create_app
from api.settings import Settings
from gis.store import Store


class Client:
    """Asks an application; an answer is httpx's own."""

    def __init__(self, portal: BlockingPortal, client: httpx.AsyncClient) -> None:
        self._portal = portal
        self._client = client

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> httpx.Response:
        """Ask for a path."""
        return self.request("GET", path, headers)

    def request(
        self, method: str, path: str, headers: Mapping[str, str] | None = None
    ) -> httpx.Response:
        """Send a request of any method."""

        async def send() -> httpx.Response:
            return await self._client.request(method, path, headers=headers)

        return self._portal.call(send)

    def json(self, path: str) -> Any:
        """Return the JSON of a path that must answer 200."""
        answer = self.get(path)
        assert answer.status_code == 200, answer.text
        return answer.json()


@contextmanager
def client_of(settings: Settings, store: Store) -> Iterator[Client]:
    """Make the application of a register and a client of it; its faults come as 500."""
    transport = httpx.ASGITransport(create_app(settings, store), raise_app_exceptions=False)
    with start_blocking_portal() as portal:
        client = httpx.AsyncClient(transport=transport, base_url="http://ccn.test")
        yield Client(portal, client)
        portal.call(client.aclose)
