"""``/openapi.json`` and ``/docs``: the description of the API, also without internet."""

import hashlib
import json
from typing import Final

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from api.caching import Body, is_known
from api.deps import JSON, ServiceHere, cache_control, no_repeats, send

router = APIRouter(include_in_schema=False, dependencies=[Depends(no_repeats)])

_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
"""Scripts and styles come from our files only; Swagger UI's pictures are in its style."""

_PAGE: Final = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>CCN GIS – API</title>
<link rel="icon" href="{static}/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="{static}/vendor/swagger-ui/swagger-ui.css">
</head>
<body>
<div id="docs" data-description="{base}/openapi.json"></div>
<script src="{static}/vendor/swagger-ui/swagger-ui-bundle.js"></script>
<script type="module" src="{static}/docs.js"></script>
</body>
</html>
"""


@router.get("/openapi.json")
async def description(request: Request, service: ServiceHere) -> Response:
    """Return the OpenAPI document of this service, whole: no reference leads elsewhere."""
    body = await run_in_threadpool(_description, request)
    return _fixed(request, service, body, JSON)


@router.get("/docs")
async def docs(request: Request, service: ServiceHere) -> Response:
    """Return the page that shows the description."""
    base = service.settings.path_prefix
    page = _PAGE.format(base=base, static=f"{base}/static/{service.assets.version}")
    headers = {"Content-Security-Policy": _POLICY, "X-Frame-Options": "DENY"}
    return _fixed(request, service, Body.of(page.encode(), headers), "text/html")


def _description(request: Request) -> Body:
    document = request.app.openapi()
    return Body.of(json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode())


def _fixed(request: Request, service: ServiceHere, body: Body, media_type: str) -> Response:
    """Answer with bytes that no change of the register touches."""
    headers = {
        "Cache-Control": cache_control(service.settings),
        "ETag": f'W/"{hashlib.sha256(body.plain).hexdigest()[:24]}"',
        "Vary": "Accept-Encoding",
    }
    if is_known(headers["ETag"], request.headers.get("if-none-match")):
        return Response(status_code=304, headers=headers)
    return send(request, body, headers, media_type)
