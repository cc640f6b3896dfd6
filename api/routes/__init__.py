"""The addresses of the service. A route is thin: question in, use case, body out."""

from typing import Any, Final

from starlette.responses import Response

from api.deps import JSON
from api.schemas.changes import Receipt

PROBLEM: Final[dict[str, Any]] = {
    "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
}

RESPONSES: Final[dict[int | str, dict[str, Any]]] = {
    304: {"description": "Unchanged since the answer whose ETag came in If-None-Match."},
    "4XX": {"description": "The question is not right; the body says why.", "content": PROBLEM},
    "5XX": {"description": "The service can't answer; the body says why.", "content": PROBLEM},
}
"""What every address may answer beside 200."""

WRITES: Final[dict[int | str, dict[str, Any]]] = {
    200: {"model": Receipt, "description": "A dry run: what the change would do."},
    201: {"model": Receipt, "description": "Done, and in the journal."},
    202: {"model": Receipt, "description": "Submitted: another person puts it in force."},
    "4XX": {"description": "Refused, nothing was written; the body says why.", "content": PROBLEM},
    "5XX": {"description": "The service can't answer; the body says why.", "content": PROBLEM},
}
"""What every address that writes may answer."""


def private(body: str, etag: str | None = None) -> Response:
    """Answer with JSON that is for the one who asked; no cache keeps it."""
    headers = {"Cache-Control": "private, no-store"} | ({"ETag": etag} if etag else {})
    return Response(body, 200, headers, JSON)
