"""The addresses of the service. A route is thin: question in, use case, body out."""

from typing import Any, Final

PROBLEM: Final[dict[str, Any]] = {
    "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
}

RESPONSES: Final[dict[int | str, dict[str, Any]]] = {
    304: {"description": "Unchanged since the answer whose ETag came in If-None-Match."},
    "4XX": {"description": "The question is not right; the body says why.", "content": PROBLEM},
    "5XX": {"description": "The service can't answer; the body says why.", "content": PROBLEM},
}
"""What every address may answer beside 200."""
