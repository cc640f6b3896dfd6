"""``/api/records``: any record of the register with its ETag, and how it came to be."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Path, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from api.auth import CallerHere
from api.deps import Question, ServiceHere, no_repeats
from api.queries import LONGEST_ID, Asked, AskedAt
from api.routes import RESPONSES, private
from api.schemas.records import RecordBody, RecordHistory, ToldVersion
from api.writing import etag
from gis.errors import InvalidValue, NotFound
from gis.history import history_of
from gis.mandates import latest_version
from gis.model import (
    AdminUnit,
    Cluster,
    Conflict,
    Decision,
    Figure,
    NaturalArea,
    Source,
    Submission,
    Target,
    Territory,
    Version,
)
from gis.rights import Action, Actor, may_somewhere, require
from gis.store import Reader, class_of, table_names, table_of

router = APIRouter(
    prefix="/api/records",
    tags=["Bản ghi và lịch sử · records and history"],
    dependencies=[Depends(no_repeats)],
    responses=RESPONSES,
)


@dataclass(frozen=True, slots=True)
class Named:
    """A record by its table and id, as an address names it."""

    kind: str
    record_id: str


async def named(
    kind: Annotated[str, Path(description="Table of the record.", examples=["lease"])],
    record_id: Annotated[
        str,
        Path(
            description="Id of the record.",
            examples=["thue-01"],
            max_length=LONGEST_ID,
        ),
    ],
) -> Named:
    """Return which record an address names."""
    return Named(kind, record_id)


#: What belongs to no cluster: whoever may see anything in full may see it.
_SHARED: Final = frozenset(
    {Territory, AdminUnit, Decision, Source, Figure, Conflict, NaturalArea, Target}
)


@router.get("/{kind}/{record_id}", response_model=RecordBody)
async def record(
    asked: Annotated[Named, Depends(named)],
    request: Request,
    service: ServiceHere,
    caller: CallerHere,
    query: Annotated[AskedAt, Query()],
) -> Response:
    """Return a record at a moment of both times; its ETag is the version that If-Match names."""
    question = Question(request, service, query)
    cls, record_id = _class(asked.kind), asked.record_id

    def found() -> tuple[str, str]:
        store = service.store
        _require(caller.actor, Action.READ_FULL, store, cls, record_id)
        version = store.one(cls, record_id, question.moment)
        return RecordBody.of(version).model_dump_json(), etag(latest_version(store, cls, record_id))

    return private(*await run_in_threadpool(found))


@router.get("/{kind}/{record_id}/history", response_model=RecordHistory)
async def record_history(
    asked: Annotated[Named, Depends(named)],
    service: ServiceHere,
    caller: CallerHere,
    _query: Annotated[Asked, Query()],
) -> Response:
    """Return every version of a record that was ever known: what, when, by whom, on what ground."""
    cls, record_id = _class(asked.kind), asked.record_id

    def found() -> str:
        store = service.store
        _require(caller.actor, Action.READ_HISTORY, store, cls, record_id)
        versions = [ToldVersion.of_told(told) for told in history_of(store, cls, record_id)]
        return RecordHistory(kind=asked.kind, id=record_id, versions=versions).model_dump_json()

    return private(await run_in_threadpool(found))


def _class(kind: str) -> type[Any]:
    cls: type[Any] | None = class_of(kind)
    if cls is None or cls is Submission:  # submissions have an address and rights of their own
        choices = ", ".join(name for name in table_names() if name != table_of(Submission))
        raise InvalidValue("value.choice", value=kind[:40], name="kind", choices=choices)
    return cls


def _require(actor: Actor, action: Action, reader: Reader, cls: type[Any], record_id: str) -> None:
    """See that somebody may read a record in full; whether there is one is told to him only."""
    versions: list[Version[Any]] = reader.history(cls, record_id)
    if not (cls in _SHARED and may_somewhere(actor, action)):
        require(actor, action, _owner(cls, versions))
    if not versions:
        raise NotFound("thing.unknown", table=table_of(cls), value=record_id[:80], on="…")


def _owner(cls: type[Any], versions: Sequence[Version[Any]]) -> str | None:
    """Return the cluster of a record; None for one of none, or that never was."""
    if not versions:
        return None
    thing = versions[-1].thing
    return str(thing.id) if cls is Cluster else getattr(thing, "cluster_id", None)
