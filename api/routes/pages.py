"""The pages: the planner's map at ``/``, one of each cluster, and ``/embed`` for portals."""

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from api.auth import Caller
from api.caching import Body
from api.deps import HTML, Question, ServiceHere, no_repeats
from api.headers import page_headers
from api.queries import AskedOn, EmbedAsked
from gis.clusters import cluster_balance, cluster_detail, find_cluster
from gis.error_texts import Language
from gis.model import Cluster
from gis.rights import Action
from maps.cluster_page import cluster_page
from maps.page import (
    EmbedOptions,
    Page,
    PageContext,
    Reader,
    embed_page,
    map_page,
    read_layers,
)

router = APIRouter(include_in_schema=False, dependencies=[Depends(no_repeats)])


@router.get("/")
async def planner_map(
    request: Request, service: ServiceHere, query: Annotated[AskedOn, Query()]
) -> Response:
    """Return the planner's map; of a register without clusters, what to do first."""
    question = Question(request, service, query, page_language(request))

    def build() -> Body:
        is_empty = not question.store.shaped(Cluster, question.moment, limit=1)
        return page_body(map_page(context_of(question), is_empty=is_empty))

    return await question.answer_body(build, (HTML,))


@router.get("/clusters/{cluster_id}")
async def cluster_map(
    request: Request, service: ServiceHere, cluster_id: str, query: Annotated[AskedOn, Query()]
) -> Response:
    """Return the page of one cluster or zone."""
    question = Question(request, service, query, page_language(request))

    def build() -> Body:
        store, moment = question.store, question.moment
        detail = cluster_detail(store, cluster_id, moment)
        balance = cluster_balance(store, cluster_id, moment)
        return page_body(cluster_page(context_of(question), detail, balance))

    return await question.answer_body(build, (HTML,))


@router.get("/embed")
async def embedded_map(
    request: Request, service: ServiceHere, query: Annotated[EmbedAsked, Query()]
) -> Response:
    """Return the map for a frame on any site."""
    question = Question(request, service, query, page_language(request))
    layers = read_layers(query.layers)

    def build() -> Body:
        if query.cluster is not None:
            find_cluster(question.store, query.cluster, question.moment)
        options = EmbedOptions(layers=layers, cluster_id=query.cluster)
        return page_body(embed_page(context_of(question), options), is_framed=True)

    return await question.answer_body(build, (HTML,))


def page_language(request: Request) -> Language:
    """Return English where the address asks for it; pages are Vietnamese first.

    The browser's own language says little: an office's Windows is often an English one.
    """
    return "en" if request.query_params.get("lang") == "en" else "vi"


def context_of(question: Question, *, is_about_land: bool = True) -> PageContext:
    """Return what every page is told; one that is not about land has no date and no territory."""
    facts = question.facts
    return PageContext(
        language=question.language,
        on=question.on,
        is_default_date=not question.is_on_asked,
        territory_id=facts.territory_id if is_about_land else None,
        example_on=facts.example_on if facts.is_example and is_about_land else None,
        base=question.settings.path_prefix,
        public_url=question.settings.public_url,
        path=quote(question.path),
        reader=reader_of(question.caller),
        logo=_logo_of(question),
        can_sign_in=question.request.app.state.accounts is not None,
    )


def _logo_of(question: Question) -> str | None:
    """Return the address of the register's logo, which changes with it."""
    tag = question.facts.logo_tag
    return None if tag is None else f"{question.settings.path_prefix}/logo?v={tag}"


def reader_of(caller: Caller) -> Reader | None:
    """Return what a page is told of its reader; None for the public."""
    if caller.signed_in is None:
        return None
    actions = frozenset(action.value for action in Action if caller.may_somewhere(action))
    return Reader(name=caller.account.name, csrf=caller.csrf, actions=actions)


def page_body(page: Page, *, is_framed: bool = False) -> Body:
    """Return a page's bytes with its policy: only the embed may be framed (THREATS 51)."""
    return Body.of(page.html.encode(), page_headers(page, is_framed=is_framed))
