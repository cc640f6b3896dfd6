"""``/api/settings``: the settings of the register; and its logo, which everybody sees."""

import hashlib
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from api.actions import COMMANDS
from api.auth import CallerHere
from api.caching import is_known
from api.deps import Service, ServiceHere, cache_control, no_repeats
from api.queries import LogoAsked
from api.routes import WRITES, private
from api.schemas.changes import Receipt
from api.schemas.sent import described
from api.schemas.settings import SettingsBody
from api.writing import asking_of, change
from gis.model import today
from gis.rights import Action, require
from gis.settings import logo_of, register_settings

router = APIRouter(tags=["Thiết lập · settings"], dependencies=[Depends(no_repeats)])

_CHANGE = COMMANDS["settings.change"]


@router.get("/api/settings", response_model=SettingsBody, responses=WRITES)
async def settings(service: ServiceHere, caller: CallerHere) -> Response:
    """Return every setting of the register, with the day and the decision behind it."""
    require(caller.actor, Action.MANAGE_SETTINGS)
    return private((await run_in_threadpool(settings_body, service)).model_dump_json())


@router.patch(
    "/api/settings",
    response_model=Receipt,
    responses=WRITES,
    status_code=201,
    openapi_extra=described(_CHANGE.body, has_version=False),
)
async def changed_settings(request: Request, service: ServiceHere, caller: CallerHere) -> Response:
    """Change settings of the register, all of them in one change; a null leaves one as it is.

    Anything but the logo names the decision behind it.
    """
    asking = await asking_of(request, caller.actor)
    return await run_in_threadpool(change, service, _CHANGE, asking)


@router.get("/logo", include_in_schema=False)
async def logo(
    request: Request, service: ServiceHere, _query: Annotated[LogoAsked, Query()]
) -> Response:
    """Return the register's logo."""
    found = await run_in_threadpool(logo_of, service.store)
    if found is None:
        raise HTTPException(404)
    tag = f'"{hashlib.sha256(found.content).hexdigest()[:24]}"'
    headers = {"Cache-Control": cache_control(service.settings), "ETag": tag}
    if is_known(tag, request.headers.get("if-none-match")):
        return Response(status_code=304, headers=headers)
    return Response(found.content, headers=headers, media_type=found.media_type)


def settings_body(service: Service) -> SettingsBody:
    """Return the settings of a service's register as they are today."""
    found = register_settings(service.store, service.store.present(today()))
    return SettingsBody.of(found, service.settings.link("/logo") if found.has_logo else None)
