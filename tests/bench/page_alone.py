"""The map's first page as a browser gets it; run alone by `tests.bench.first_page`."""

import asyncio
import sys

import httpx

from api.app import create_app
from api.settings import Settings
from gis.store import open_store
from tests.bench.measure import say


async def page_bytes(path: str) -> int:
    """Return the size of a register's page at ``/``, unpacked."""
    store = open_store(path)
    transport = httpx.ASGITransport(create_app(Settings(register=path), store))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as browser:
        page = await browser.get("/")
    store.close()
    return len(page.raise_for_status().content)


def main(*paths: str) -> None:
    """Say the size of each register's page in bytes."""
    say({"bytes": [asyncio.run(page_bytes(path)) for path in paths]})


if __name__ == "__main__":
    main(*sys.argv[1:])
