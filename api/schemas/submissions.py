"""Bodies about submissions."""

import json
from typing import Annotated, Any

from pydantic import Field

from api.schemas.base import Body
from gis.model import Submission, SubmissionState, Version


class SubmissionOut(Body):
    """A proposed change; nobody's figure until another person puts it in force."""

    id: str
    action: Annotated[str, Field(examples=["lease.register"])]
    cluster: str | None
    state: SubmissionState
    author: Annotated[str, Field(description="Account id.")]
    decided_by: str | None
    note: Annotated[str | None, Field(description="What the one who decided says to the author.")]
    version: Annotated[int, Field(description="Send it as If-Match to decide.")]
    expected: Annotated[
        int | None, Field(description="The version of the record that its author saw.")
    ]
    request: Annotated[Any, Field(description="The body that it was made with.")]

    @classmethod
    def of(cls, found: Version[Submission]) -> "SubmissionOut":
        """Take a submission over; an erased request is null."""
        proposed = found.thing
        is_there = proposed.request.startswith("{")
        kept = json.loads(proposed.request) if is_there else {"body": None, "expected": None}
        return cls(
            id=proposed.id,
            action=proposed.action,
            cluster=proposed.cluster_id,
            state=proposed.state,
            author=proposed.author,
            decided_by=proposed.decided_by,
            note=proposed.note,
            version=found.number,
            expected=kept["expected"],
            request=kept["body"],
        )


class SubmissionList(Body):
    """Submissions in the order of their ids, oldest first."""

    submissions: list[SubmissionOut]
