"""The description of the API: self-contained OpenAPI, with our problems instead of FastAPI's."""

from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from api.actions import COMMANDS
from api.schemas.common import Problem
from api.schemas.people import AccountChangeSent, AccountSent, SignInSent
from api.schemas.sent import ReasonSent
from api.settings import Settings

#: What is sent to us; the routes read it by rules of their own.
_BODIES: Final[tuple[type[BaseModel], ...]] = (
    *(command.body for command in COMMANDS.values()),
    ReasonSent,
    SignInSent,
    AccountSent,
    AccountChangeSent,
)
_REFERENCE: Final = "#/components/schemas/{model}"
_SUMMARY: Final = "Land register and map service for industrial clusters and zones"
_DESCRIPTION: Final = """\
Sổ đăng ký đất cụm công nghiệp (CCN), khu công nghiệp (KCN) của một tỉnh: đất, quy hoạch chi tiết,
thửa đất, tỷ lệ trên diện tích tự nhiên.

Every number has its date, basis and source; `null` is *unknown* ("chưa có số liệu") and never 0.
Dates are ISO calendar dates, units are in the names (`_ha`, `_m2`, `_percent`). The public needs no
account and is told nothing about who holds the land. A program sends a bearer token, a page its
session's cookie and, to change something, `X-CSRF-Token`. Lists and pages carry a weak `ETag`; send
it back in `If-None-Match`. Problems are `application/problem+json` with a stable `code`.
"""


def json_body(model: type[BaseModel]) -> dict[str, Any]:
    """Describe the body that an address takes, for a route's ``openapi_extra``.

    Its schema is among the API's own: `_BODIES`.
    """
    reference = {"$ref": _REFERENCE.format(model=model.__name__)}
    content = {"application/json": {"schema": reference}}
    return {"requestBody": {"required": True, "content": content}}


def describe(app: FastAPI, settings: Settings) -> None:
    """Let ``app.openapi()`` return our description; made at its first use."""
    made: dict[str, Any] = {}

    def openapi() -> dict[str, Any]:
        if not made:
            made.update(_document(app, settings))
        return made

    app.openapi = openapi  # type: ignore[method-assign]


def _document(app: FastAPI, settings: Settings) -> dict[str, Any]:
    document = get_openapi(
        title=app.title,
        version=app.version,
        summary=_SUMMARY,
        description=_DESCRIPTION,
        routes=app.routes,
        servers=_servers(settings),
        license_info={"name": "MIT", "identifier": "MIT"},
    )
    schemas = document["components"]["schemas"]
    _keys, problems = models_json_schema([(Problem, "serialization")], ref_template=_REFERENCE)
    _keys, bodies = models_json_schema(
        [(body, "validation") for body in _BODIES], ref_template=_REFERENCE
    )
    document["components"]["schemas"] = bodies["$defs"] | schemas | problems["$defs"]
    for path in document["paths"].values():
        for operation in path.values():
            operation.update(_told(operation["description"]))
    return document


def _servers(settings: Settings) -> list[dict[str, Any]]:
    """Return where the API lies: below the document's own host, and at the public address."""
    addresses = [settings.path_prefix or "/", settings.public_url]
    return [{"url": address} for address in addresses if address]


def _told(text: str) -> dict[str, str]:
    """Return a route's docstring as summary (its first sentence) and description."""
    summary, _gap, rest = text.replace("``", "`").partition("\n\n")
    return {"summary": " ".join(summary.split()), "description": rest or summary}
