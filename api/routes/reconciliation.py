"""``/api/reconciliation``: published figures beside what the register adds up to."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from api.deps import Question, ServiceHere, no_repeats
from api.queries import AskedAt
from api.routes import RESPONSES
from api.schemas.reconciliation import ReconciliationBody
from gis.reconciliation import reconcile_register

router = APIRouter(
    prefix="/api/reconciliation",
    tags=["Đối chiếu · reconciliation"],
    dependencies=[Depends(no_repeats)],
    responses=RESPONSES,
)


@router.get("", response_model=ReconciliationBody)
async def reconciliation(
    request: Request, service: ServiceHere, query: Annotated[AskedAt, Query()]
) -> Response:
    """Set every published figure beside the register's own value of the same thing.

    Nothing is corrected on either side: a difference is a finding. Conflicts among the
    publications themselves are listed with their figures.
    """
    question = Question(request, service, query)

    def build() -> bytes:
        found = reconcile_register(question.store, question.moment)
        body = ReconciliationBody.of(found, example=question.facts.is_example)
        return body.model_dump_json().encode()

    return await question.answer(build)
