"""Bodies that are sent: read whole and strictly, or every fault said with its place."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, TypeAdapter

from api.bodies import DEEPEST, read_body
from gis.errors import InvalidValue
from gis.model import LeaseTier, Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A request as use cases have them."""

    name: str
    area_m2: float
    tier: LeaseTier = LeaseTier.DIRECT
    on: date | None = None
    parcel_ids: tuple[str, ...] = ()
    term: Period = Period()
    is_foreign: bool = False


class SentWish(BaseModel):
    """The body around it, with the configuration of all bodies."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    request: Wish


READER = TypeAdapter(SentWish)


def read(content: str | bytes) -> Wish:
    """Read a request out of a body."""
    return read_body(READER, content.encode() if isinstance(content, str) else content).request


def test_a_request_is_read() -> None:
    """Dates, codes, lists and periods become the values of the model."""
    found = read(
        '{"request": {"name": "Lô CN-01", "area_m2": 5, "tier": "head", "on": "2024-02-29",'
        ' "parcel_ids": ["a", "b"], "term": {"start": "2020-01-01", "end": null}}}'
    )
    assert found == Wish(
        name="Lô CN-01",
        area_m2=5.0,
        tier=LeaseTier.HEAD,
        on=date(2024, 2, 29),
        parcel_ids=("a", "b"),
        term=Period(date(2020, 1, 1)),
    )


def faults(members: str) -> dict[str, str]:
    """Return pointer and code of each fault in a request with some members."""
    with pytest.raises(RequestValidationError) as refused:
        read(f'{{"request": {{{members}}}}}')
    return {"/".join(fault["loc"]): fault["type"] for fault in refused.value.errors()}


GOOD = '"name": "x", "area_m2": 1'


@pytest.mark.parametrize(
    ("members", "found"),
    [
        ('"area_m2": 1', {"body/request/name": "value.missing"}),
        (f'{GOOD}, "x": 1', {"body/request/x": "value.member"}),
        ('"name": 1, "area_m2": 1', {"body/request/name": "value.type"}),
        ('"name": "x", "area_m2": "1"', {"body/request/area_m2": "value.type"}),
        ('"name": "x", "area_m2": true', {"body/request/area_m2": "value.type"}),
        (f'{GOOD}, "is_foreign": 1', {"body/request/is_foreign": "value.type"}),
        (f'{GOOD}, "tier": "x"', {"body/request/tier": "value.choice"}),
        (f'{GOOD}, "on": "2023-02-29"', {"body/request/on": "value.date"}),
        (f'{GOOD}, "on": 3', {"body/request/on": "value.type"}),
        (f'{GOOD}, "parcel_ids": "a"', {"body/request/parcel_ids": "value.type"}),
        (f'{GOOD}, "parcel_ids": [null]', {"body/request/parcel_ids/0": "value.type"}),
        ('"x": 1', {
            "body/request/name": "value.missing",
            "body/request/area_m2": "value.missing",
            "body/request/x": "value.member",
        }),
    ],
)  # fmt: skip
def test_every_fault_is_told_with_its_place(members: str, found: dict[str, str]) -> None:
    """Nothing is guessed: no number from text, no truth from a number (THREATS 8, 11)."""
    assert faults(members) == found


def nested(depth: int) -> str:
    """Return JSON of some depth."""
    return "[" * depth + "]" * depth


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "json.malformed"),
        ("{", "json.malformed"),
        ("{'request': 1}", "json.malformed"),
        (b'{"request": "\xff"}', "json.malformed"),
        ('{"request": NaN}', "json.not_finite"),
        ('{"request": -Infinity}', "json.not_finite"),
        ('{"request": 1e999}', "json.not_finite"),
        ('{"request": 1, "request": 2}', "json.repeated"),
        (nested(DEEPEST + 2), "json.too_deep"),
        (nested(100_000), "json.too_deep"),
    ],
)
def test_what_is_no_strict_json_is_refused(content: str | bytes, code: str) -> None:
    """Each with a code of its own (THREATS 7, 11, 17)."""
    with pytest.raises(InvalidValue) as refused:
        read(content)
    assert refused.value.code == code


def test_half_a_surrogate_pair_is_refused() -> None:
    """What no database can hold does not come in (THREATS 50)."""
    with pytest.raises(RequestValidationError) as refused:
        read('{"request": {"name": "\\ud800", "area_m2": 1}}')
    assert [fault["type"] for fault in refused.value.errors()] == ["value.text"]


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    """The model's own refusals come through with their codes (THREATS 25)."""
    term: dict[str, Any] = {"start": "2024-01-02", "end": "2024-01-01"}
    with pytest.raises(InvalidValue) as refused:
        read(f'{{"request": {{{GOOD}, "term": {term}}}}}'.replace("'", '"'))
    assert refused.value.code == "value.period"
