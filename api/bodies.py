"""Reading what is sent to us: strict JSON in, a use case's request out, or every fault listed.

A body is JSON (RFC 8259) in UTF-8 with each member once; NaN, infinity and numbers beyond a
double are refused, and so are members that the request does not have (THREATS 7, 8, 11, 17, 50).
"""

import json
import math
from collections.abc import Mapping
from typing import Any, Final, NoReturn, TypeVar

from fastapi.exceptions import RequestValidationError
from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from gis.errors import InvalidValue

T = TypeVar("T")

#: Deeper than any request of ours; refused before a validator walks down.
DEEPEST: Final = 32


def read_body(adapter: TypeAdapter[T], content: bytes) -> T:
    """Read a request from the bytes of a body.

    Raises:
        InvalidValue: ``json.malformed``, ``json.too_deep``, ``json.repeated`` or
            ``json.not_finite``; a code of the request's own values.
        RequestValidationError: for members that are missing, unknown or of another type, each
            with its pointer.
    """
    _require_strict(content)
    try:
        return adapter.validate_json(content, strict=True)
    except ValidationError as error:
        found = [_told(fault) for fault in error.errors(include_url=False)]
        raise RequestValidationError(found) from error


def _require_strict(content: bytes) -> None:
    try:
        value = json.loads(
            content.decode("utf-8"),
            parse_constant=_refuse_constant,
            parse_float=_finite,
            object_pairs_hook=_members,
        )
    except UnicodeDecodeError as error:
        raise InvalidValue("json.malformed", line=1, column=error.start + 1) from error
    except json.JSONDecodeError as error:
        raise InvalidValue("json.malformed", line=error.lineno, column=error.colno) from error
    except RecursionError as error:
        raise InvalidValue("json.too_deep", limit=DEEPEST) from error
    if _depth(value) > DEEPEST:
        raise InvalidValue("json.too_deep", limit=DEEPEST)


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise InvalidValue("json.repeated", name=twice[:40])
    return members


def _refuse_constant(constant: str) -> NoReturn:
    raise InvalidValue("json.not_finite", value=constant)


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise InvalidValue("json.not_finite", value=text[:40])
    return number


def _depth(value: Any) -> int:
    """Return how deep lists and objects are nested, level by level; a bare value has 0."""
    depth, level = 0, [value]
    while True:
        level = [
            child
            for parent in level
            if isinstance(parent, (dict, list))
            for child in (parent.values() if isinstance(parent, dict) else parent)
        ]
        if not level or depth > DEEPEST:
            return depth
        depth += 1


def _told(fault: ErrorDetails) -> dict[str, Any]:
    """Say a fault that pydantic found in the register's own codes."""
    path = [str(step) for step in fault["loc"] if not _is_branch(step)]
    name, kind = (path[-1] if path else "")[:40], fault["type"]
    value = str(fault["input"])[:40]
    code, facts = "value.type", {"name": name, "needed": _needed(kind)}
    if kind == "missing":
        code, facts = "value.missing", {"name": name}
    elif kind in ("unexpected_keyword_argument", "extra_forbidden"):
        code, facts = "value.member", {"name": name}
    elif kind == "enum":
        choices = str(fault.get("ctx", {}).get("expected", ""))
        code, facts = "value.choice", {"value": value, "name": name, "choices": choices}
    elif kind.startswith("date") and isinstance(fault["input"], str):
        code, facts = "value.date", {"value": value, "name": name}
    elif kind == "finite_number":
        code, facts = "value.not_finite", {"name": name}
    elif kind in ("string_unicode", "json_invalid"):  # half a surrogate pair, written as \\u
        code, facts = "value.text", {"name": name}
    return {"type": code, "loc": ("body", *path), "ctx": facts}


def _is_branch(step: int | str) -> bool:
    """Say whether a step of pydantic's path names a type among several, not a member."""
    return isinstance(step, str) and (step[:1].isupper() or "[" in step or step == "str")


_NEEDED: Final[Mapping[str, str]] = {
    "string": "text",
    "float": "number",
    "int": "whole number",
    "bool": "true/false",
    "date": "YYYY-MM-DD",
    "tuple": "[ … ]",
    "list": "[ … ]",
    "dict": "{ … }",
    "dataclass": "{ … }",
    "model": "{ … }",
    "none": "null",
}


def _needed(kind: str) -> str:
    return _NEEDED.get(kind.split("_", 1)[0], kind)
