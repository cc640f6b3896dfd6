"""``/api/parcels``: plots by place, a page at a time."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from api.deps import GEOJSON, JSON, Question, ServiceHere, no_repeats
from api.geojson import feature_collection
from api.queries import ParcelsAsked
from api.responses import GeoJsonResponse
from api.routes import RESPONSES
from api.schemas.base import Link, synthetic_note
from api.schemas.parcels import ParcelList, ParcelPageHead, ParcelProperties
from gis.clusters import find_cluster
from gis.model import Quality
from gis.parcels import list_parcels

router = APIRouter(
    prefix="/api/parcels",
    tags=["Thửa đất · parcels"],
    dependencies=[Depends(no_repeats)],
    responses=RESPONSES,
)


@router.get("", response_model=ParcelList, response_class=GeoJsonResponse)
async def parcels_in_force(
    request: Request, service: ServiceHere, query: Annotated[ParcelsAsked, Query()]
) -> Response:
    """List parcels in force on a date, ordered by id, with their state derived for it.

    A page ends with a link ``next`` where there is more. Who holds the land is not public.
    """
    question = Question(request, service, query)
    asked = query.limit or question.settings.page_size
    limit = min(asked, question.settings.page_size_max)

    def build() -> bytes:
        if query.cluster is not None:
            find_cluster(question.store, query.cluster, question.moment)
        page = list_parcels(
            question.store,
            question.moment,
            limit=limit,
            bbox=query.box,
            cluster_id=query.cluster,
            after=query.after,
        )
        rows = [ParcelProperties.of(view) for view in page.parcels]
        head = ParcelPageHead(
            on=question.on,
            example=question.facts.is_example,
            synthetic_note=synthetic_note(
                is_synthetic=any(row.quality is Quality.SYNTHETIC for row in rows)
            ),
            numberReturned=len(rows),
            links=_links(question, query, limit, page.next_after),
        )
        return feature_collection(head, rows, [view.shape for view in page.parcels])

    return await question.answer(build, (GEOJSON, JSON))


def _links(
    question: Question, query: ParcelsAsked, limit: int, next_after: str | None
) -> list[Link]:
    """Link this page and the next; both name the date and the size, whatever the defaults."""
    steps = {"self": query.after} | ({"next": next_after} if next_after else {})
    links = []
    for rel, after in steps.items():
        asked = {
            "on": question.on.isoformat(),
            "known_at": query.known_at,
            "cluster": query.cluster,
            "bbox": query.bbox,
            "limit": limit,
            "after": after,
            "lang": query.lang,
        }
        text = urlencode({name: value for name, value in asked.items() if value is not None})
        href = question.settings.link(f"/api/parcels?{text}")
        links.append(Link(rel=rel, href=href, type=GEOJSON))
    return links
