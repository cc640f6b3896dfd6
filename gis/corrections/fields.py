"""Change fields of a thing as the register's columns hold them."""

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Final, TypeVar

from gis.errors import InvalidValue, RuleBroken
from gis.given import optional_text
from gis.model import parse_date
from gis.store.kinds import kind_of
from gis.store.mapping import ColumnSpec, columns_of, from_row, to_row

T = TypeVar("T")

#: What makes a thing this thing: another id or cluster is another record.
FIXED: Final = frozenset({"id", "cluster_id"})


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """A column and its right value.

    Dates are ISO texts, codes their texts, lists tuples of texts; None is "not known". A period
    has two columns (``term_from``, ``term_to``: the first day after it), bounds of a date as well
    (``founded_earliest``, ``founded_latest``).
    """

    name: str
    value: str | bool | int | float | tuple[str, ...] | None


def with_fields(thing: T, changes: Sequence[FieldChange]) -> T:
    """Return a thing with some of its columns changed.

    Raises:
        RuleBroken: ``record.field`` for a column that there is not, or that stays.
        InvalidValue: ``record.value`` for a value of another type, ``value.empty``,
            ``value.text``, ``value.too_long``, ``value.date``, ``value.choice``,
            ``value.period``.
    """
    cls: Any = type(thing)
    columns = {spec.name: spec for spec in columns_of(cls) if spec.name not in FIXED}
    row = to_row(thing)
    for change in changes:
        spec = columns.get(change.name)
        if spec is None:
            facts = {"table": kind_of(cls).table, "choices": ", ".join(columns)}
            raise RuleBroken("record.field", name=change.name[:80], **facts)
        row[spec.name] = _value(spec, change.value)
    changed: T = from_row(cls, row)
    return changed


def _value(spec: ColumnSpec, value: Any) -> Any:
    if value is None:
        if spec.is_list:
            return "[]"
        if not spec.nullable:
            raise InvalidValue("value.empty", name=spec.name)
        return None
    return _list(spec, value) if spec.is_list else _READERS[spec.holds](spec, value)


def _text(spec: ColumnSpec, value: Any) -> str | None:
    if not isinstance(value, str):
        raise _misfit(spec, value, "text")
    text = optional_text(spec.name, value)
    if text is None and not spec.nullable:
        raise InvalidValue("value.empty", name=spec.name)
    if text is not None and spec.codes and text not in spec.codes:
        choices = ", ".join(spec.codes)
        raise InvalidValue("value.choice", value=text[:80], name=spec.name, choices=choices)
    return text


def _list(spec: ColumnSpec, value: Any) -> str:
    if not isinstance(value, tuple | list) or not all(isinstance(word, str) for word in value):
        raise _misfit(spec, value, "list of texts")
    return json.dumps([optional_text(spec.name, word) or "" for word in value], ensure_ascii=False)


def _date(spec: ColumnSpec, value: Any) -> date:
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        raise _misfit(spec, value, "date")
    return parse_date(value, name=spec.name)


def _flag(spec: ColumnSpec, value: Any) -> bool:
    if not isinstance(value, bool):
        raise _misfit(spec, value, "true or false")
    return value


def _whole(spec: ColumnSpec, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float) or value != math.floor(value):
        raise _misfit(spec, value, "whole number")
    return int(value)


def _number(spec: ColumnSpec, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _misfit(spec, value, "number")
    if not math.isfinite(value):
        raise InvalidValue("value.not_finite", name=spec.name)
    return float(value)


def _misfit(spec: ColumnSpec, value: Any, expected: str) -> InvalidValue:
    return InvalidValue("record.value", name=spec.name, value=str(value)[:80], expected=expected)


_READERS: Final[Mapping[type, Callable[[ColumnSpec, Any], Any]]] = MappingProxyType(
    {str: _text, date: _date, bool: _flag, int: _whole, float: _number}
)
