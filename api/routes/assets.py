"""``/static/{version}/…``: the files that pages load, unchanging under their version."""

from typing import Final

from fastapi import APIRouter, HTTPException, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from api.caching import is_known
from api.deps import ServiceHere, send

router = APIRouter(include_in_schema=False)

_FOREVER: Final = "public, max-age=31536000, immutable"


@router.get("/static/{version}/{name:path}")
async def asset(version: str, name: str, request: Request, service: ServiceHere) -> Response:
    """Return a file of the version that pages of this program name."""
    found = service.assets.find(name)
    if found is None or version != service.assets.version:
        raise HTTPException(404)
    headers = {"Cache-Control": _FOREVER, "ETag": found.etag, "Vary": "Accept-Encoding"}
    if is_known(found.etag, request.headers.get("if-none-match")):
        return Response(status_code=304, headers=headers)
    body = await run_in_threadpool(service.assets.body, name)
    return send(request, body, headers, found.media_type)
