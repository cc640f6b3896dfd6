"""``/api/clusters``: clusters and zones, one of them, its plan and its land balance."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request
from starlette.responses import Response

from api.deps import GEOJSON, JSON, Question, ServiceHere, no_repeats
from api.geojson import feature, feature_collection
from api.queries import AskedAt, ClustersAsked
from api.responses import GeoJsonResponse
from api.routes import RESPONSES
from api.schemas.balances import Balance
from api.schemas.base import synthetic_note
from api.schemas.clusters import (
    ClusterCounts,
    ClusterDetailFeature,
    ClusterDetailProperties,
    ClusterList,
    ClusterListHead,
    ClusterProperties,
    Plan,
    PlanHead,
    PlanProperties,
)
from gis.clusters import cluster_balance, cluster_detail, cluster_plan, list_clusters
from gis.model import ClusterKind

router = APIRouter(
    prefix="/api/clusters",
    tags=["Cụm, khu công nghiệp · clusters and zones"],
    dependencies=[Depends(no_repeats)],
    responses=RESPONSES,
)

Slug = Annotated[str, Path(description="Id of a cluster or zone.", examples=["ccn-tien-tien"])]


@router.get("", response_model=ClusterList, response_class=GeoJsonResponse)
async def clusters_in_force(
    request: Request, service: ServiceHere, query: Annotated[ClustersAsked, Query()]
) -> Response:
    """List the clusters and zones in force on a date, with boundaries where they are known.

    Those without a boundary have a null geometry. All come at once: a province has dozens.
    """
    question = Question(request, service, query)

    def build() -> bytes:
        views = list_clusters(question.store, question.moment, kind=query.kind, stage=query.stage)
        rows = [ClusterProperties.of(view) for view in views]
        head = ClusterListHead(
            on=question.on,
            territory=question.facts.territory_id,
            example=question.facts.is_example,
            synthetic_note=synthetic_note(is_synthetic=any(row.synthetic for row in rows)),
            counts=ClusterCounts(
                ccn=sum(row.kind is ClusterKind.CCN for row in rows),
                kcn=sum(row.kind is ClusterKind.KCN for row in rows),
                with_boundary=sum(view.shape is not None for view in views),
            ),
        )
        return feature_collection(head, rows, [view.shape for view in views])

    return await question.answer(build, (GEOJSON, JSON))


@router.get("/{slug}", response_model=ClusterDetailFeature, response_class=GeoJsonResponse)
async def one_cluster(
    slug: Slug, request: Request, service: ServiceHere, query: Annotated[AskedAt, Query()]
) -> Response:
    """Return one cluster or zone with every figure published about it up to the date."""
    question = Question(request, service, query)

    def build() -> bytes:
        detail = cluster_detail(question.store, slug, question.moment)
        properties = ClusterDetailProperties.of_detail(
            detail, on=question.on, example=question.facts.is_example
        )
        return feature(properties, detail.view.shape)

    return await question.answer(build, (GEOJSON, JSON))


@router.get("/{slug}/balance", response_model=Balance)
async def land_balance(
    slug: Slug, request: Request, service: ServiceHere, query: Annotated[AskedAt, Query()]
) -> Response:
    """Return a cluster's land balance: planned classes, industrial land by lease state, fill.

    Measured from geometries of record; kept in the register and read from there.
    """
    question = Question(request, service, query)

    def build() -> bytes:
        found = cluster_balance(question.store, slug, question.moment)
        return Balance.of(found, on=question.on).model_dump_json().encode()

    return await question.answer(build)


@router.get("/{slug}/plan", response_model=Plan, response_class=GeoJsonResponse)
async def detailed_plan(
    slug: Slug, request: Request, service: ServiceHere, query: Annotated[AskedAt, Query()]
) -> Response:
    """Return the polygons of a cluster's detailed plan and the land that serves it outside."""
    question = Question(request, service, query)

    def build() -> bytes:
        plan = cluster_plan(question.store, slug, question.moment)
        rows = [PlanProperties.of_area(area) for area in plan.areas]
        rows += [PlanProperties.of_serving(land) for land in plan.serving_land]
        shapes = [found.geometry for found in (*plan.areas, *plan.serving_land)]
        head = PlanHead.of(slug, question.on, rows)
        return feature_collection(head, rows, shapes)

    return await question.answer(build, (GEOJSON, JSON))
