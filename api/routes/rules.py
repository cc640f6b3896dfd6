"""``/api/rules``: the versions of legal rules, settings and technical checks in force on a date."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from api.deps import Question, ServiceHere, no_repeats
from api.queries import AskedOn
from api.routes import RESPONSES
from api.schemas.rules import RuleList
from gis.content import sources
from gis.rules import rules_in_force

router = APIRouter(
    prefix="/api/rules",
    tags=["Quy định · rules"],
    dependencies=[Depends(no_repeats)],
    responses=RESPONSES,
)


@router.get("", response_model=RuleList)
async def list_rules(
    request: Request, service: ServiceHere, query: Annotated[AskedOn, Query()]
) -> Response:
    """List the rules in force on a date, each with its version, citation and confidence."""
    question = Question(request, service, query)

    def build() -> bytes:
        body = RuleList.of(rules_in_force(question.on), sources(), on=question.on)
        return body.model_dump_json().encode()

    return await question.answer(build)
