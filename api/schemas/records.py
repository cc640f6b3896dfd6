"""Bodies about any record of the register: its columns, its times, its history."""

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import Field

from api.schemas.base import M2, Body
from gis.history import Told
from gis.model import Version
from gis.store import table_of
from gis.store.mapping import to_row


class RecordBody(Body):
    """A record as the register keeps it, at a moment of both times."""

    kind: Annotated[str, Field(examples=["lease"])]
    id: str
    version: Annotated[int, Field(description="Of what is shown.")]
    valid_from: date | None
    valid_to: Annotated[date | None, Field(description="First day on which it holds no more.")]
    known_from: datetime
    known_to: Annotated[datetime | None, Field(description="Null: it is known now.")]
    change: Annotated[int, Field(description="Number of the change that wrote it.")]
    decision: str | None
    area_m2: Annotated[M2 | None, Field(description="Planar, of the geometry of record.")]
    values: Annotated[dict[str, Any], Field(description="Its columns, dates as ISO text.")]

    @classmethod
    def of(cls, found: Version[Any]) -> "RecordBody":
        """Take a version over."""
        return cls(
            kind=table_of(type(found.thing)),
            id=found.thing.id,
            version=found.number,
            valid_from=found.valid.start,
            valid_to=found.valid.end,
            known_from=found.known_from,
            known_to=found.known_to,
            change=found.change,
            decision=found.decision_id,
            area_m2=found.planar_m2,
            values=to_row(found.thing),
        )


class DifferenceOut(Body):
    """A column that a change gave another value."""

    field: str
    before: Any
    after: Any


class ToldVersion(RecordBody):
    """A version with who wrote it, on which decision, and what it changed."""

    action: str
    by: Annotated[str, Field(description="Account id; never a name.")]
    submitted_by: str | None
    reason: str | None
    decision_number: str | None
    ended_by: Annotated[int | None, Field(description="Number of the change that ended it.")]
    differences: list[DifferenceOut]

    @classmethod
    def of_told(cls, told: Told[Any]) -> "ToldVersion":
        """Take a version of a history over."""
        change = told.change
        return cls(
            **RecordBody.of(told.version).model_dump(),
            action=change.action,
            by=change.by,
            submitted_by=change.submitted_by,
            reason=change.reason,
            decision_number=None if told.decision is None else told.decision.number,
            ended_by=None if told.ended_by is None else told.ended_by.number,
            differences=[
                DifferenceOut(field=one.field, before=one.before, after=one.after)
                for one in told.differences
            ],
        )


class RecordHistory(Body):
    """Every version of a record that was ever known, in the order of its numbers."""

    kind: str
    id: str
    versions: list[ToldVersion]
