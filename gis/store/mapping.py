"""Values of the model as flat rows and back: one column a field, bounds and periods two.

A row holds what SQL and JSON both know: text, numbers, booleans and dates. Enumerations become
their codes, tuples of text a JSON list, `DateBounds` a pair ``_earliest``/``_latest`` and
`Period` a pair ``_from``/``_to`` (half-open, None unbounded).
"""

import json
import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from gis.model import DateBounds, Period

Row = Mapping[str, Any]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """A column of a thing's table: its name, the Python type it holds, whether it may be null."""

    name: str
    holds: type
    nullable: bool


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    columns: tuple[ColumnSpec, ...]
    pack: Callable[[Any], tuple[Any, ...]]
    unpack: Callable[..., Any]


def columns_of(kind: type) -> tuple[ColumnSpec, ...]:
    """List the columns that hold a model class, in the order of its fields."""
    return tuple(column for field in _fields_of(kind) for column in field.columns)


def to_row(thing: Any) -> dict[str, Any]:
    """Flatten a model value into a row."""
    row: dict[str, Any] = {}
    for field in _fields_of(type(thing)):
        values = field.pack(getattr(thing, field.name))
        for column, value in zip(field.columns, values, strict=True):
            row[column.name] = value
    return row


def from_row(kind: type[T], row: Row) -> T:
    """Build a model value from a row that has at least its columns."""
    return kind(
        **{
            field.name: field.unpack(*(row[column.name] for column in field.columns))
            for field in _fields_of(kind)
        }
    )


@cache
def _fields_of(kind: type) -> tuple[_Field, ...]:
    hints = get_type_hints(kind)
    return tuple(_field(field.name, hints[field.name]) for field in fields(kind))


def _field(name: str, hint: Any) -> _Field:
    holds, nullable = _without_none(hint)
    if holds is DateBounds:
        return _pair(name, ("earliest", "latest"), DateBounds)
    if holds is Period:
        return _pair(name, ("from", "to"), Period)
    if get_origin(holds) is tuple:
        column = ColumnSpec(name, str, nullable=False)
        return _Field(name, (column,), _pack_list, _unpack_list)
    if issubclass(holds, StrEnum):
        column = ColumnSpec(name, str, nullable)
        return _Field(name, (column,), _pack_code, _optional(holds))
    column = ColumnSpec(name, holds, nullable)
    return _Field(name, (column,), lambda value: (value,), _optional(_reader(holds)))


def _pair(name: str, ends: tuple[str, str], build: Callable[..., Any]) -> _Field:
    columns = tuple(ColumnSpec(f"{name}_{end}", date, nullable=True) for end in ends)
    attributes = ("start", "end") if build is Period else ends

    def pack(value: Any) -> tuple[Any, ...]:
        return tuple(getattr(value, attribute) for attribute in attributes)

    return _Field(name, columns, pack, build)


def _without_none(hint: Any) -> tuple[Any, bool]:
    if get_origin(hint) in (Union, types.UnionType):
        kinds = [kind for kind in get_args(hint) if kind is not type(None)]
        return kinds[0], True
    return hint, False


def _reader(holds: type) -> Callable[[Any], Any]:
    return bool if holds is bool else lambda value: value


def _optional(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value is None else read(value)


def _pack_code(value: StrEnum | None) -> tuple[str | None]:
    return (None if value is None else value.value,)


def _pack_list(value: tuple[str, ...]) -> tuple[str]:
    return (json.dumps(list(value), ensure_ascii=False),)


def _unpack_list(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))
