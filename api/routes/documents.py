"""``/api/documents``: the papers behind decisions, named by the SHA-256 of their content."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Path, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from api.auth import CallerHere
from api.deps import JSON, ServiceHere, no_repeats
from api.queries import Asked
from api.routes import RESPONSES
from api.schemas.changes import DocumentKept
from gis.documents import documents_folder, put_document, read_document
from gis.errors import InvalidValue, NotAllowed
from gis.rights import Action, Actor, may_somewhere, require

ROOT: Final = "/api/documents"

#: What a file begins with, and what it is then called; nothing else is kept.
SIGNATURES: Final = (
    (b"%PDF-", "application/pdf", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png", "png"),
    (b"\xff\xd8\xff", "image/jpeg", "jpg"),
    (b"II*\x00", "image/tiff", "tif"),
    (b"MM\x00*", "image/tiff", "tif"),
    (b"PK\x03\x04", "application/zip", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage", "doc"),
)

router = APIRouter(
    prefix=ROOT,
    tags=["Quyết định và tài liệu · decisions and documents"],
    dependencies=[Depends(no_repeats)],
    responses=RESPONSES,
)


@router.post(
    "",
    response_model=DocumentKept,
    status_code=201,
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/octet-stream": {"schema": {"type": "string"}}},
        }
    },
)
async def keep_document(
    request: Request, service: ServiceHere, caller: CallerHere, _query: Annotated[Asked, Query()]
) -> Response:
    """Keep a document and return its SHA-256, which a decision then names.

    PDF, PNG, JPEG, TIFF, Word and ZIP files are taken, known by their content. The same file sent
    again is the same document.
    """
    _require_writer(caller.actor)
    content = await request.body()
    _kind_of(content)
    settings = service.settings
    folder = documents_folder(settings.register, settings.documents)
    digest = await run_in_threadpool(put_document, folder, content)
    body = DocumentKept(sha256=digest, bytes=len(content))
    return Response(body.model_dump_json(), 201, {"Cache-Control": "private, no-store"}, JSON)


@router.get("/{sha256}", response_class=Response)
async def document(
    sha256: Annotated[
        str,
        Path(description="SHA-256 of the document.", examples=["0" * 64], max_length=64),
    ],
    service: ServiceHere,
    caller: CallerHere,
    _query: Annotated[Asked, Query()],
) -> Response:
    """Return a document as a file to save; it is looked at whether it is still what it was."""
    if not may_somewhere(caller.actor, Action.READ_FULL):
        require(caller.actor, Action.READ_FULL)
    settings = service.settings
    folder = documents_folder(settings.register, settings.documents)
    content = await run_in_threadpool(read_document, folder, sha256)
    media_type, ending = _kind_of(content)
    headers = {
        "Cache-Control": "private, no-store",
        "Content-Disposition": f'attachment; filename="{sha256[:16]}.{ending}"',
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
    return Response(content, 200, headers, media_type)


def _require_writer(actor: Actor) -> None:
    rights = (Action.REGISTER, Action.RECORD_FIGURE, Action.MANAGE_SETTINGS)
    if not actor.is_signed_in:
        raise NotAllowed("auth.required", action=Action.REGISTER)
    if not any(may_somewhere(actor, right) for right in rights):
        require(actor, Action.REGISTER)


def _kind_of(content: bytes) -> tuple[str, str]:
    """Return media type and ending of a file by its first bytes.

    Raises:
        InvalidValue: ``document.kind``.
    """
    for start, media_type, ending in SIGNATURES:
        if content.startswith(start):
            return media_type, ending
    raise InvalidValue("document.kind")
