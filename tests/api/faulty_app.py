"""A small application for the tests of faults: `python faulty_app.py '{"header_seconds": 1}'`.

Serves on a free loopback port, prints its address when ready and "stopped" when `serve` returns.
The argument holds fields of `ServerLimits` and, under "body", of `BodyLimits`.
"""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import PlainTextResponse, StreamingResponse

from api.guard import ServerLimits
from api.limits import BodyLimit, BodyLimits
from api.server import serve


def faulty_app(limits: BodyLimits) -> FastAPI:
    """Make an application with one route for each kind of client that the tests play."""
    app = FastAPI()
    app.add_middleware(BodyLimit, limits=limits)

    @app.get("/health")
    def health() -> dict[str, str]:
        return {"state": "ok"}

    @app.post("/json")
    async def take_json(sent: dict[str, Any]) -> int:
        return len(sent)

    @app.post("/bytes")
    @app.post("/files/bytes")
    async def count_bytes(request: Request) -> int:
        return sum([len(chunk) async for chunk in request.stream()])

    @app.get("/large")
    async def large(size: int = 50_000_000) -> PlainTextResponse:
        return PlainTextResponse("x" * size)

    @app.get("/held")
    async def held(until: Path) -> StreamingResponse:
        return StreamingResponse(_held(until))

    return app


async def _held(until: Path) -> AsyncIterator[bytes]:
    """Begin an answer and end it when the file ``until`` appears."""
    yield b"begun "
    while not await asyncio.to_thread(until.exists):
        pass
    yield b"ended"


def main(told: str) -> None:
    """Serve with the limits ``told`` as JSON."""
    fields = json.loads(told)
    app = faulty_app(BodyLimits(**fields.pop("body", {})))
    serve(app, port=0, limits=ServerLimits(**fields), on_ready=say)
    say("stopped")


def say(line: str) -> None:
    """Tell the test, at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
