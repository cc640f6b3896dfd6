"""How the strings of a query become values: each reader refuses by the register's own codes."""

import re
from collections.abc import Callable
from enum import StrEnum
from typing import Annotated, Any, Final, TypeVar, cast

from pydantic import BeforeValidator, ValidationInfo, WithJsonSchema
from pydantic.json_schema import SkipJsonSchema
from pydantic_core import PydanticCustomError

from gis.errors import InvalidValue
from gis.model import parse_date, parse_instant
from gis.store import Box

LONGEST_ID: Final = 200
"""Characters of an id in a query; none of ours comes near."""

LONGEST_PATH: Final = 2000
"""Characters of a path of ours in a query."""

E = TypeVar("E", bound=StrEnum)
_DECIMAL: Final = re.compile(r"\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?)\s*", re.ASCII)
CONTROL: Final = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_FARTHEST_DEGREES: Final = 1000.0
"""A map panned around the world asks beyond 180°, but never this far."""

DATE_PATTERN: Final = r"^(\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{4})$"


class Language(StrEnum):
    """Language of the sentences in an answer."""

    VI = "vi"
    EN = "en"


def reader(read: Callable[[str], Any]) -> BeforeValidator:
    """Let a field read its text with ``read``; its refusal joins those of the other fields."""

    def told(value: Any) -> Any:
        try:
            return read(value) if isinstance(value, str) else value
        except InvalidValue as error:
            raise PydanticCustomError(cast("Any", error.code), "refused", error.facts) from error

    return BeforeValidator(told)


def choice(choices: type[E], name: str) -> BeforeValidator:
    """Let a field read one of the codes of a closed vocabulary."""

    def read(value: str) -> E:
        try:
            return choices(value)
        except ValueError:
            listed = ", ".join(choices)
            raise InvalidValue(
                "value.choice", value=value[:40], name=name, choices=listed
            ) from None

    return reader(read)


def read_bbox(value: str) -> Box:
    """Read ``west,south,east,north`` in WGS84 degrees.

    >>> read_bbox("105.2,20.4,105.9,21.1")
    (105.2, 20.4, 105.9, 21.1)

    Raises:
        InvalidValue: ``value.bbox`` unless they are four finite numbers in order.
    """
    found = [_DECIMAL.fullmatch(part) for part in value[:400].split(",")]
    numbers = [float(match[1]) for match in found if match]
    if len(found) != 4 or len(numbers) != 4 or any(abs(n) > _FARTHEST_DEGREES for n in numbers):
        raise InvalidValue("value.bbox", value=value[:80])
    west, south, east, north = numbers
    if west > east or south > north:
        raise InvalidValue("value.bbox", value=value[:80])
    return west, south, east, north


def checked_bbox(value: str) -> str:
    """Return a box as it came: a tuple would be taken for a repeated parameter."""
    read_bbox(value)
    return value


def read_limit(value: str) -> int:
    """Read the size of a page: a whole number from 1, however large.

    >>> read_limit("100000000000000000000")
    10000

    Raises:
        InvalidValue: ``value.number``.
    """
    digits = value.lstrip("0")
    if not (value.isascii() and value.isdigit() and digits):
        raise InvalidValue("value.number", value=value[:40], name="limit", low=1, high=MOST)
    return min(int(digits[:9]), MOST)


def id_of(name: str) -> BeforeValidator:
    """Let a field read an id, and be named in its refusal."""

    def read(value: str) -> str:
        if CONTROL.search(value) or len(value) > LONGEST_ID or not value:
            raise InvalidValue("value.id", name=name, limit=LONGEST_ID)
        return value

    return reader(read)


def path_of(name: str) -> BeforeValidator:
    """Let a field read a path of ours."""

    def read(value: str) -> str:
        if CONTROL.search(value) or len(value) > LONGEST_PATH:
            raise InvalidValue("value.id", name=name, limit=LONGEST_PATH)
        return value

    return reader(read)


def yes_or_no(name: str) -> BeforeValidator:
    """Let a field read true or false, and nothing like them."""

    def read(value: str) -> bool:
        if value not in ("true", "false"):
            raise InvalidValue("value.choice", value=value[:40], name=name, choices="true, false")
        return value == "true"

    return reader(read)


MOST: Final = 10_000
"""The largest page; `Settings.page_size_max` may lower it."""

NONE = SkipJsonSchema[None]
ID_SCHEMA: Final[dict[str, Any]] = {"type": "string", "minLength": 1, "maxLength": LONGEST_ID}


def checked_instant(value: str) -> str:
    """Return a time as it came, so that links can carry it; "+" may have become a blank."""
    text = value.replace(" ", "+")
    parse_instant(text)
    return text


def _read_text(value: Any, info: ValidationInfo) -> Any:
    """Read a filter's words; blanks around them are none."""
    if not isinstance(value, str):
        return value
    if CONTROL.search(value) or len(value) > LONGEST_ID or not value.strip():
        facts = {"name": info.field_name, "limit": LONGEST_ID}
        raise PydanticCustomError("value.id", "refused", facts)
    return value.strip()


def day_of(name: str) -> BeforeValidator:
    """Let a field read a date and be named in its refusal."""
    return reader(lambda value: parse_date(value, name=name))


#: Id of a cluster or zone.
ClusterId = Annotated[
    str | NONE, id_of("cluster"), WithJsonSchema({**ID_SCHEMA, "examples": ["ccn-tien-tien"]})
]
#: Size of a page.
Limit = Annotated[
    int | NONE,
    reader(read_limit),
    WithJsonSchema({"type": "integer", "minimum": 1, "examples": [100]}),
]
#: Where a page begins.
After = Annotated[str | NONE, id_of("after"), WithJsonSchema(ID_SCHEMA)]
#: Words that a filter looks for.
Text = Annotated[str | NONE, BeforeValidator(_read_text), WithJsonSchema(ID_SCHEMA)]
