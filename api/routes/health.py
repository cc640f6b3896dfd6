"""``/health``: does the service answer, and can it read its register?"""

from fastapi import APIRouter, Depends
from starlette.responses import Response

from api.deps import JSON, ServiceHere, no_repeats
from api.routes import RESPONSES
from api.schemas.common import Health, RegisterHealth
from api.version import program_version
from gis.store.schema import SCHEMA_VERSION

router = APIRouter(tags=["Dịch vụ · service"], dependencies=[Depends(no_repeats)])


@router.get("/health", response_model=Health, responses={"5XX": RESPONSES["5XX"]})
async def health(service: ServiceHere) -> Response:
    """Tell that the service answers; a register that can't be read is a problem document."""
    body = Health(
        status="ok",
        register_=RegisterHealth(schema_=SCHEMA_VERSION, changes=service.store.change_counter()),
        version=program_version(),
    )
    text = body.model_dump_json(by_alias=True)
    return Response(text, media_type=JSON, headers={"Cache-Control": "no-store"})
