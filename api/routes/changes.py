"""``/api/changes``: ask for a change of the register, and read its journal."""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from api.actions import COMMANDS
from api.auth import CallerHere
from api.commands import Command
from api.deps import ServiceHere, no_repeats
from api.queries import Asked, ChangeAsked, JournalAsked
from api.routes import WRITES, private
from api.schemas.changes import ChangeEntry, Journal, Receipt
from api.schemas.sent import described
from api.writing import asking_of, change
from gis.rights import Action, require

router = APIRouter(
    prefix="/api/changes",
    tags=["Thay đổi và nhật ký · changes and the journal"],
    dependencies=[Depends(no_repeats)],
)


@router.get("", response_model=Journal, responses=WRITES)
async def journal(
    service: ServiceHere, caller: CallerHere, query: Annotated[JournalAsked, Query()]
) -> Response:
    """List the journal, newest first: who changed what, when, and by which decision.

    Each entry is sealed by a hash over everything before it.
    """
    require(caller.actor, Action.READ_HISTORY, query.cluster)
    limit = query.limit or service.settings.page_size

    def page() -> Journal:
        entries = service.store.changes(cluster_id=query.cluster)
        older = [entry for entry in entries if query.before is None or entry.number < query.before]
        shown = older[-limit:][::-1]
        more = shown[-1].number if len(older) > len(shown) else None
        return Journal(changes=[ChangeEntry.of(entry) for entry in shown], before=more)

    return private((await run_in_threadpool(page)).model_dump_json())


@router.get("/{number:int}", response_model=ChangeEntry, responses=WRITES)
async def journal_entry(
    service: ServiceHere,
    caller: CallerHere,
    number: Annotated[int, Path(description="Number of the change.", examples=[1], ge=1)],
    _query: Annotated[Asked, Query()],
) -> Response:
    """Return one entry of the journal, with what it did to each cluster."""
    require(caller.actor, Action.READ_HISTORY)
    entry = await run_in_threadpool(service.store.change, number)
    return private(ChangeEntry.of(entry).model_dump_json())


def _asked_for(command: Command) -> Callable[..., Awaitable[Response]]:
    """Return the endpoint that carries out a command."""

    async def endpoint(
        request: Request,
        service: ServiceHere,
        caller: CallerHere,
        query: Annotated[ChangeAsked, Query()],
    ) -> Response:
        asking = await asking_of(request, caller.actor, dry_run=query.dry_run, is_draft=query.draft)
        return await run_in_threadpool(change, service, command, asking)

    return endpoint


for _command in COMMANDS.values():
    router.add_api_route(
        f"/{_command.action}",
        _asked_for(_command),
        methods=["POST"],
        name=_command.action.replace(".", "_"),
        description=_command.summary,
        response_model=Receipt,
        responses=WRITES,
        status_code=201,
        openapi_extra=described(_command.body, has_version=_command.has_subject),
    )
