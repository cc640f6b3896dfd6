"""``/api/parcels``: plots by place, a page at a time."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from api.auth import CallerHere
from api.deps import GEOJSON, JSON, Question, ServiceHere, negotiated, no_repeats
from api.geojson import feature, feature_collection
from api.queries import LONGEST_ID, AskedAt, HeldParcelsAsked, ParcelsAsked
from api.redaction import scope_of
from api.responses import GeoJsonResponse
from api.routes import RESPONSES, private
from api.routes.paging import first_of_pages, limit_of, link_pages, sheet
from api.schemas.base import synthetic_note
from api.schemas.parcels import (
    COLUMNS,
    HeldParcel,
    HeldParcelList,
    ParcelFeature,
    ParcelList,
    ParcelPageHead,
    ParcelProperties,
)
from api.sheets import CSV, XLSX
from gis.clusters import find_cluster
from gis.model import Quality
from gis.parcels import ParcelSearch, find_parcel, list_parcels, search_parcels

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
    limit = limit_of(question, query)

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
            links=link_pages(question, query, "/api/parcels", page.next_after, GEOJSON),
        )
        return feature_collection(head, rows, [view.shape for view in page.parcels])

    return await question.answer(build, (GEOJSON, JSON))


@router.get("/search", response_model=HeldParcelList)
async def parcels_found(
    request: Request,
    service: ServiceHere,
    caller: CallerHere,
    query: Annotated[HeldParcelsAsked, Query()],
) -> Response:
    """Find parcels by label, number, holder, state or flag; as CSV or XLSX all of them.

    For those who may see who holds land; every filter has to fit. Sheet and number may name
    several parcels: all are listed.
    """
    question = Question(request, service, query)
    media_type = negotiated(request, (JSON, CSV, XLSX))
    clusters = scope_of(caller.actor, query.cluster)
    limit = limit_of(question, query) if media_type == JSON else question.settings.page_size_max

    def found() -> Response:
        pages = [
            search_parcels(
                service.store,
                question.moment,
                ParcelSearch(**query.filters_in(cluster_id), state=query.state),
                limit=limit,
                after=query.after,
            )
            for cluster_id in clusters
        ]
        hits, next_after = first_of_pages(
            limit,
            [(page.hits, page.next_after) for page in pages],
            lambda hit: hit.version.thing.id,
        )
        rows = [HeldParcel.of(hit) for hit in hits]
        if media_type != JSON:
            return sheet(media_type, "Thửa đất", COLUMNS, [row.cells() for row in rows])
        links = link_pages(question, query, "/api/parcels/search", next_after)
        body = HeldParcelList(
            on=question.on, example=question.facts.is_example, parcels=rows, links=links
        )
        return private(body.model_dump_json())

    return await run_in_threadpool(found)


@router.get("/{parcel_id}", response_model=ParcelFeature, response_class=GeoJsonResponse)
async def one_parcel(
    parcel_id: Annotated[
        str,
        Path(
            description="Id of a parcel.",
            examples=["ccn-tien-tien-thua-cn-01"],
            max_length=LONGEST_ID,
        ),
    ],
    request: Request,
    service: ServiceHere,
    query: Annotated[AskedAt, Query()],
) -> Response:
    """Return a parcel in force on a date as anybody may see it."""
    question = Question(request, service, query)

    def build() -> bytes:
        view = find_parcel(question.store, parcel_id, question.moment)
        return feature(ParcelProperties.of(view), view.shape)

    return await question.answer(build, (GEOJSON, JSON))
