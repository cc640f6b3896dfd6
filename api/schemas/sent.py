"""What is sent with every change: the decision behind it, or the reason for it."""

from datetime import date
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from gis.model import Decision
from gis.names import slug


class DecisionSent(BaseModel):
    """A decision as its paper says it; without an ``id`` it is known by number and date."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    number: str = Field(min_length=1, examples=["123/QĐ-UBND"])
    on: date | None = Field(default=None, description="Its date, null where the paper has none.")
    issuer: str = Field(min_length=1, examples=["UBND tỉnh Hòa Bình"])
    title: str = Field(default="", examples=["Về việc cho thuê đất"])
    document_sha256: str | None = Field(default=None, pattern="^[0-9a-f]{64}$")
    id: str | None = None

    def decision(self) -> Decision:
        """Return the decision.

        >>> DecisionSent(number="12/QĐ-UBND", on=date(2024, 5, 1), issuer="UBND").decision().id
        '12-qd-ubnd-2024-05-01'
        """
        return Decision(
            id=self.id or slug(f"{self.number} {self.on or ''}"),
            number=self.number,
            on=self.on,
            issuer=self.issuer,
            title=self.title,
            document_sha256=self.document_sha256,
        )


class Sent(BaseModel):
    """What every change is asked with, beside its own request."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    decision: DecisionSent | None = Field(
        default=None, description="The decision behind the change, recorded with it."
    )
    decision_id: str | None = Field(
        default=None, description="Or the id of one that the register holds."
    )
    reason: str | None = Field(
        default=None, description="Why: for corrections, voids and reverts.", max_length=2000
    )


class ReasonSent(BaseModel):
    """Why somebody decides as he does."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    reason: str | None = Field(default=None, max_length=2000, examples=["Thiếu hợp đồng"])


_IF_MATCH: Final[dict[str, Any]] = {
    "name": "If-Match",
    "in": "header",
    "description": "ETag of the record as it was seen: 428 without it, 412 where it has changed.",
    "schema": {"type": "string", "examples": ['"3"']},
}
_IDEMPOTENCY_KEY: Final[dict[str, Any]] = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "A text of one's own choice: the same request sent again is done once.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200},
}
REASON_READER: Final = TypeAdapter(ReasonSent)


def described(body: type[BaseModel] | None, *, has_version: bool = True) -> dict[str, Any]:
    """Return the description of a request that writes: its headers, and its body if it has one.

    The body's schema is among the API's own. ``has_version`` says whether If-Match has a record
    to name.
    """
    parameters = [*([_IF_MATCH] if has_version else []), _IDEMPOTENCY_KEY]
    if body is None:
        return {"parameters": parameters}
    reference = {"$ref": f"#/components/schemas/{body.__name__}"}
    content = {"application/json": {"schema": reference}}
    return {"parameters": parameters, "requestBody": {"required": True, "content": content}}
