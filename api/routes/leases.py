"""``/api/leases``: who leases what until when, for those who may see it."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Path, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from api.auth import CallerHere
from api.deps import JSON, Question, ServiceHere, negotiated, no_repeats
from api.queries import LONGEST_ID, AskedAt, LeasesAsked
from api.redaction import scope_of
from api.routes import RESPONSES, private
from api.routes.paging import first_of_pages, limit_of, link_pages, sheet
from api.schemas.leases import COLUMNS, LeaseBody, LeaseDetail, LeaseList
from api.sheets import CSV, XLSX
from api.writing import etag
from gis.errors import NotFound
from gis.leases import LeaseHit, LeaseSearch, lease_findings, search_leases
from gis.mandates import latest_version
from gis.model import Lease, Moment, Party
from gis.rights import Action, require
from gis.store import Reader, Store

router = APIRouter(
    prefix="/api/leases",
    tags=["Hợp đồng thuê đất · leases"],
    dependencies=[Depends(no_repeats)],
    responses=RESPONSES,
)

Id = Annotated[
    str,
    Path(description="Id of a lease.", examples=["thue-01"], max_length=LONGEST_ID),
]
_FORMATS: Final = (JSON, CSV, XLSX)


@router.get("", response_model=LeaseList)
async def leases(
    request: Request,
    service: ServiceHere,
    caller: CallerHere,
    query: Annotated[LeasesAsked, Query()],
) -> Response:
    """List leases on record on a date, ordered by id, a page at a time; as CSV or XLSX all of them.

    Every filter has to fit. Somebody with some clusters only is shown those of his own.
    """
    question = Question(request, service, query)
    media_type = negotiated(request, _FORMATS)
    clusters = scope_of(caller.actor, query.cluster)
    limit = limit_of(question, query)

    def found() -> Response:
        store, moment = service.store, question.moment
        if media_type != JSON:
            limit_of_sheet = service.settings.page_size_max
            rows = _bodies(store, moment, _hits(store, moment, query, clusters, limit_of_sheet)[0])
            return sheet(media_type, "Hợp đồng thuê đất", COLUMNS, [row.cells() for row in rows])
        hits, next_after = _hits(store, moment, query, clusters, limit)
        body = LeaseList(
            on=question.on,
            example=question.facts.is_example,
            leases=_bodies(store, moment, hits),
            links=link_pages(question, query, "/api/leases", next_after),
        )
        return private(body.model_dump_json())

    return await run_in_threadpool(found)


@router.get("/{lease_id}", response_model=LeaseDetail)
async def lease(
    lease_id: Id,
    request: Request,
    service: ServiceHere,
    caller: CallerHere,
    query: Annotated[AskedAt, Query()],
) -> Response:
    """Return a lease with its flags, the rule and figures behind each; its ETag is its version.

    A flag never rests on what is not known: without an inspection land is not checked, not idle.
    """
    question = Question(request, service, query)

    def found() -> Response:
        store, moment = service.store, question.moment
        cluster_id = _cluster_of(store, lease_id)
        require(caller.actor, Action.READ_FULL, cluster_id)
        version = store.one(Lease, lease_id, moment)
        findings = lease_findings(store, moment, version.thing.cluster_id)
        told = next((one for one in findings if one.lease.id == version.thing.id), None)
        if told is None:
            raise NotFound(
                "thing.unknown", table="lease", value=lease_id[:80], on=moment.on.isoformat()
            )
        parties = _parties(store, moment, [version.thing])
        body = LeaseDetail.of_findings(told, version.number, parties, moment.on)
        return private(body.model_dump_json(), etag(latest_version(store, Lease, lease_id)))

    return await run_in_threadpool(found)


def _hits(
    store: Store,
    moment: Moment,
    query: LeasesAsked,
    clusters: list[str | None],
    limit: int,
) -> tuple[list[LeaseHit], str | None]:
    """Return a page of what is found in some clusters, and where the next one begins."""
    pages = [
        search_leases(store, moment, _search(query, one), limit=limit, after=query.after)
        for one in clusters
    ]
    return first_of_pages(
        limit, [(page.hits, page.next_after) for page in pages], lambda hit: hit.version.thing.id
    )


def _search(query: LeasesAsked, cluster_id: str | None) -> LeaseSearch:
    return LeaseSearch(
        **query.filters_in(cluster_id),
        tier=query.tier,
        state=query.state,
        expiring_before=query.expiring_before,
    )


def _bodies(store: Store, moment: Moment, hits: list[LeaseHit]) -> list[LeaseBody]:
    parties = _parties(store, moment, [hit.version.thing for hit in hits])
    return [LeaseBody.of(hit, parties) for hit in hits]


def _parties(store: Store, moment: Moment, found: list[Lease]) -> dict[str, Party]:
    ids = sorted({name for one in found for name in (one.lessor_id, one.lessee_id)})
    return {version.thing.id: version.thing for version in store.all(Party, moment, ids=ids)}


def _cluster_of(reader: Reader, lease_id: str) -> str | None:
    versions = reader.history(Lease, lease_id)
    return versions[-1].thing.cluster_id if versions else None
