"""``/api/province`` and ``/api/reconciliation``: shares of the natural land, and what differs."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from api.deps import GEOJSON, JSON, Question, ServiceHere, no_repeats
from api.geojson import feature
from api.queries import HistoryAsked, OutlineAsked, ShareAsked
from api.responses import GeoJsonResponse
from api.routes import RESPONSES
from api.schemas.shares import History, Outline, OutlineProperties, Share
from gis.shares import territory_history, territory_outline, territory_share

router = APIRouter(
    prefix="/api/province",
    tags=["Tỷ lệ trên diện tích tự nhiên · share of the natural land"],
    dependencies=[Depends(no_repeats)],
    responses=RESPONSES,
)


@router.get("/share", response_model=Share)
async def share(
    request: Request, service: ServiceHere, query: Annotated[ShareAsked, Query()]
) -> Response:
    """Return which share of a territory's natural land its clusters and zones hold.

    Territory, date, stage and basis are in every answer; an incomplete one has no percentage
    but bounds. Synthetic boundaries count only on ``include_synthetic=true``.
    """
    question = Question(request, service, query)

    def build() -> bytes:
        found = territory_share(
            question.store,
            question.moment,
            territory_id=query.territory,
            stage=query.stage,
            basis=query.basis,
            include_synthetic=query.include_synthetic,
        )
        body = Share.of(found, example=question.facts.is_example)
        return body.model_dump_json().encode()

    return await question.answer(build)


@router.get("/history", response_model=History)
async def share_history(
    request: Request, service: ServiceHere, query: Annotated[HistoryAsked, Query()]
) -> Response:
    """Return how the published share of a territory grew: a point for each new figure."""
    question = Question(request, service, query)

    def build() -> bytes:
        found = territory_history(
            question.store, question.moment, territory_id=query.territory, stage=query.stage
        )
        body = History.of(found, stage=query.stage, on=question.on)
        return body.model_dump_json().encode()

    return await question.answer(build)


@router.get("/outline", response_model=Outline, response_class=GeoJsonResponse)
async def outline(
    request: Request, service: ServiceHere, query: Annotated[OutlineAsked, Query()]
) -> Response:
    """Return the outline of a territory; a generalised one is for drawing only."""
    question = Question(request, service, query)

    def build() -> bytes:
        found = territory_outline(question.store, question.moment, territory_id=query.territory)
        return feature(OutlineProperties.of_territory(found.thing), found.geometry)

    return await question.answer(build, (GEOJSON, JSON))
