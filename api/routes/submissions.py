"""``/api/submissions``: proposed changes, and what their authors and approvers do with them."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from api.actions import COMMANDS
from api.auth import CallerHere
from api.bodies import read_body
from api.commands import Subject
from api.deps import Service, ServiceHere, no_repeats
from api.queries import Asked, SubmissionsAsked
from api.routes import WRITES, private
from api.schemas.changes import Receipt
from api.schemas.sent import REASON_READER, ReasonSent, described
from api.schemas.submissions import SubmissionList, SubmissionOut
from api.writing import Asking, answer, asking_of, etag, expected_of, key_of, put_in_force
from gis.errors import NotAllowed, NotFound
from gis.mandates import Done, Mandate
from gis.model import Moment, Submission, Version, today
from gis.rights import Action, Actor, may, require
from gis.store import Store
from gis.submissions import list_submissions, refuse, submit_draft, withdraw

router = APIRouter(
    prefix="/api/submissions",
    tags=["Hồ sơ trình · submissions"],
    dependencies=[Depends(no_repeats)],
)

Id = Annotated[str, Path(description="Id of a submission.", examples=["trinh-000012-a1b2c3"])]
_Decide = Callable[[Store, str, Mandate], Done]


@router.get("", response_model=SubmissionList, responses=WRITES)
async def submissions(
    service: ServiceHere, caller: CallerHere, query: Annotated[SubmissionsAsked, Query()]
) -> Response:
    """List submissions: one's own, and those of the clusters where one may decide."""
    actor = _signed_in(caller.actor)

    def listed() -> SubmissionList:
        found = list_submissions(
            service.store,
            states=[query.state] if query.state else (),
            cluster_id=query.cluster,
            author=actor.account_id if query.mine else None,
        )
        seen = [version for version in found if _may_see(actor, version.thing)]
        return SubmissionList(submissions=[SubmissionOut.of(version) for version in seen])

    return private((await run_in_threadpool(listed)).model_dump_json())


@router.get("/{submission_id}", response_model=SubmissionOut, responses=WRITES)
async def submission(
    submission_id: Id,
    service: ServiceHere,
    caller: CallerHere,
    _query: Annotated[Asked, Query()],
) -> Response:
    """Return a submission with the body that it was made with; its ETag is its version."""
    actor = _signed_in(caller.actor)
    found = await run_in_threadpool(_seen, service.store, submission_id, actor)
    return private(SubmissionOut.of(found).model_dump_json(), etag(found.number))


@router.post(
    "/{submission_id}/hand-in",
    response_model=Receipt,
    responses=WRITES,
    status_code=201,
    openapi_extra=described(None),
)
async def hand_in(
    submission_id: Id,
    request: Request,
    service: ServiceHere,
    caller: CallerHere,
    _query: Annotated[Asked, Query()],
) -> Response:
    """Hand in a draft of one's own, so that another person decides about it."""
    asking = await asking_of(request, caller.actor)
    return await run_in_threadpool(_decided, service, submission_id, asking, submit_draft)


@router.post(
    "/{submission_id}/withdrawal",
    response_model=Receipt,
    responses=WRITES,
    status_code=201,
    openapi_extra=described(None),
)
async def take_back(
    submission_id: Id,
    request: Request,
    service: ServiceHere,
    caller: CallerHere,
    _query: Annotated[Asked, Query()],
) -> Response:
    """Take a proposal of one's own back."""
    asking = await asking_of(request, caller.actor)
    return await run_in_threadpool(_decided, service, submission_id, asking, withdraw)


@router.post(
    "/{submission_id}/refusal",
    response_model=Receipt,
    responses=WRITES,
    status_code=201,
    openapi_extra=described(ReasonSent),
)
async def send_back(
    submission_id: Id,
    request: Request,
    service: ServiceHere,
    caller: CallerHere,
    _query: Annotated[Asked, Query()],
) -> Response:
    """Send a submission back to its author with the reason why."""
    asking = await asking_of(request, caller.actor)

    def refused() -> Response:
        found = _seen(service.store, submission_id, _signed_in(asking.actor))
        require(asking.actor, Action.PUT_IN_FORCE, found.thing.cluster_id)
        return _decided(service, submission_id, asking, refuse)

    return await run_in_threadpool(refused)


@router.post(
    "/{submission_id}/in-force",
    response_model=Receipt,
    responses=WRITES,
    status_code=201,
    openapi_extra=described(None),
)
async def in_force(
    submission_id: Id,
    request: Request,
    service: ServiceHere,
    caller: CallerHere,
    _query: Annotated[Asked, Query()],
) -> Response:
    """Put in force what another person submitted: its change is carried out now, once."""
    asking = await asking_of(request, caller.actor)

    def carried_out() -> Response:
        found = _seen(service.store, submission_id, _signed_in(asking.actor))
        command = COMMANDS[found.thing.action]
        expected_of(service.store, Subject(cls=Submission, id=submission_id), asking)
        return put_in_force(service, command, found.thing.request, submission_id, asking)

    return await run_in_threadpool(carried_out)


def _decided(service: Service, submission_id: str, asking: Asking, decide: _Decide) -> Response:
    _seen(service.store, submission_id, _signed_in(asking.actor))
    sent = read_body(REASON_READER, asking.content) if asking.content else None
    mandate = Mandate(
        by=asking.actor.account_id,
        reason=None if sent is None else sent.reason,
        expected=expected_of(service.store, Subject(cls=Submission, id=submission_id), asking),
        request=key_of(asking),
    )
    return answer(service, lambda: decide(service.store, submission_id, mandate), asking)


def _signed_in(actor: Actor) -> Actor:
    if not actor.is_signed_in:
        raise NotAllowed("auth.required", action=Action.REGISTER)
    return actor


def _seen(store: Store, submission_id: str, actor: Actor) -> Version[Submission]:
    """Return a submission that somebody may see; of another's there is nothing to be known."""
    found = [
        version
        for version in store.all(Submission, Moment(today()), ids=[submission_id])
        if _may_see(actor, version.thing)
    ]
    if not found:
        raise NotFound("submission.unknown", value=submission_id[:80])
    return found[0]


def _may_see(actor: Actor, proposed: Submission) -> bool:
    is_own = proposed.author == actor.account_id
    return is_own or may(actor, Action.PUT_IN_FORCE, proposed.cluster_id)
