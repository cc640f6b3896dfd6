"""Values of the model as flat rows and back: one column a field, bounds and periods two.

A row holds what SQL and JSON both know: text, numbers, booleans and dates. Enumerations become
their codes, tuples of text a JSON list, `DateBounds` a pair ``_earliest``/``_latest`` and
`Period` a pair ``_from``/``_to`` (half-open, None unbounded). Text is kept in NFC.
"""

import json
import math
import types
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any, Final, TypeVar, Union, get_args, get_origin, get_type_hints

from gis.errors import InvalidValue
from gis.model import DateBounds, Period

T = TypeVar("T")
_Unpacker = tuple[str, int, Callable[..., Any]]

#: What a database column for whole numbers holds: 64 bits.
_INTEGERS: Final = range(-(2**63), 2**63)
#: A list of nothing, as most are.
_NOTHING: Final = "[]"


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """A column of a thing's table: its name, the Python type it holds, whether it may be null.

    ``is_list`` says that the text is a JSON list of texts; ``codes`` are those that it may hold.
    """

    name: str
    holds: type
    nullable: bool
    is_list: bool = False
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Field:
    """How a field of a class becomes columns and back.

    ``pack`` gives the value of a single column, or those of a pair.
    """

    name: str
    columns: tuple[ColumnSpec, ...]
    pack: Callable[[Any], Any]
    unpack: Callable[..., Any]

    @property
    def is_pair(self) -> bool:
        return len(self.columns) == 2


def columns_of(kind: type) -> tuple[ColumnSpec, ...]:
    """List the columns that hold a model class, in the order of its fields."""
    return tuple(column for field in _fields_of(kind) for column in field.columns)


def to_row(thing: Any) -> dict[str, Any]:
    """Flatten a model value into a row that every engine gives back as it is.

    Raises:
        InvalidValue: ``value.text`` for NUL or half a surrogate pair (THREATS 50),
            ``value.not_finite`` for NaN and infinity, ``value.number`` for a whole number beyond
            64 bits.
    """
    row: dict[str, Any] = {}
    kind: Any = type(thing)
    for field in _fields_of(kind):
        value = field.pack(getattr(thing, field.name))
        if field.is_pair:
            row[field.columns[0].name], row[field.columns[1].name] = value
        else:
            row[field.columns[0].name] = value
    return row


def from_row(kind: type[T], row: Mapping[str, Any]) -> T:
    """Build a model value from a row that has at least its columns."""
    names = [column.name for column in columns_of(kind)]
    return builder_of(kind)([row[name] for name in names])


def builder_of(kind: type[T]) -> Callable[[Sequence[Any]], T]:
    """Return what builds a model value from the values of its columns, in their order."""
    key: Any = kind
    singles, pairs = _unpackers(key)

    def build(values: Sequence[Any]) -> T:
        given = {name: unpack(values[at]) for name, at, unpack in singles}
        for name, at, unpack in pairs:
            given[name] = unpack(values[at], values[at + 1])
        return kind(**given)

    return build


def clean_text(name: str, text: str) -> str:
    """Return text in NFC, the one form in which the register keeps and compares it.

    Raises:
        InvalidValue: ``value.text`` for what no database can hold: NUL, half a surrogate pair.
    """
    if "\x00" in text:
        raise InvalidValue("value.text", name=name)
    if text.isascii():
        return text
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        raise InvalidValue("value.text", name=name)
    return unicodedata.normalize("NFC", text)


@cache
def _unpackers(kind: Any) -> tuple[list[_Unpacker], list[_Unpacker]]:
    """Return the readers of fields of one column and of two, each with the place of its first."""
    singles: list[_Unpacker] = []
    pairs: list[_Unpacker] = []
    place = 0
    for field in _fields_of(kind):
        (pairs if field.is_pair else singles).append((field.name, place, field.unpack))
        place += len(field.columns)
    return singles, pairs


@cache
def _fields_of(kind: Any) -> tuple[_Field, ...]:
    hints = get_type_hints(kind)
    return tuple(_field(field.name, hints[field.name]) for field in fields(kind))


def _field(name: str, hint: Any) -> _Field:
    holds, nullable = _without_none(hint)
    if holds in _PAIRS:
        return _pair(name, holds)
    if get_origin(holds) is tuple:
        column = ColumnSpec(name, str, nullable=False, is_list=True)
        return _Field(name, (column,), _list_packer(name), _unpack_list)
    if issubclass(holds, StrEnum):
        column = ColumnSpec(name, str, nullable, codes=tuple(code.value for code in holds))
        return _Field(name, (column,), _pack_code, _code_reader(holds, nullable=nullable))
    packer = _PACKERS.get(holds)
    pack = _as_it_is if packer is None else packer(name)
    return _Field(name, (ColumnSpec(name, holds, nullable),), pack, _as_it_is)


#: Types of two columns: the attributes that they hold and the ends of their names.
_PAIRS: Final[Mapping[type, tuple[tuple[str, str], tuple[str, str]]]] = types.MappingProxyType(
    {
        DateBounds: (("earliest", "latest"), ("earliest", "latest")),
        Period: (("start", "end"), ("from", "to")),
    }
)


def _pair(name: str, holds: type) -> _Field:
    (first, last), ends = _PAIRS[holds]
    columns = tuple(ColumnSpec(f"{name}_{end}", date, nullable=True) for end in ends)

    def pack(value: Any) -> tuple[Any, Any]:
        return (getattr(value, first), getattr(value, last))

    return _Field(name, columns, pack, holds)


def _without_none(hint: Any) -> tuple[Any, bool]:
    if get_origin(hint) in (Union, types.UnionType):
        kinds = [kind for kind in get_args(hint) if kind is not type(None)]
        return kinds[0], True
    return hint, False


def _as_it_is(value: Any) -> Any:
    return value


def _text_packer(name: str) -> Callable[[str | None], str | None]:
    def pack(value: str | None) -> str | None:
        return None if value is None else clean_text(name, value)

    return pack


def _float_packer(name: str) -> Callable[[float | None], float | None]:
    def pack(value: float | None) -> float | None:
        if value is None:
            return None
        if not math.isfinite(value):
            raise InvalidValue("value.not_finite", name=name)
        return float(value) + 0.0  # a database has no negative zero

    return pack


def _integer_packer(name: str) -> Callable[[int | None], int | None]:
    def pack(value: int | None) -> int | None:
        if value is not None and value not in _INTEGERS:
            low, high = _INTEGERS[0], _INTEGERS[-1]
            raise InvalidValue("value.number", value=str(value)[:40], name=name, low=low, high=high)
        return value

    return pack


#: How a field of one column is packed, by the type that it holds; others as they are.
_PACKERS: Final[Mapping[type, Callable[[str], Callable[[Any], Any]]]] = types.MappingProxyType(
    {str: _text_packer, float: _float_packer, int: _integer_packer}
)


def _pack_code(value: StrEnum | None) -> str | None:
    return None if value is None else value.value


def _code_reader(codes: type[StrEnum], *, nullable: bool) -> Callable[[str | None], StrEnum | None]:
    members = {member.value: member for member in codes}

    def read(code: str | None) -> StrEnum | None:
        if code is None and nullable:
            return None
        return members.get(str(code)) or codes(str(code))  # codes() refuses an unknown code

    return read


def _list_packer(name: str) -> Callable[[Sequence[str]], str]:
    def pack(value: Sequence[str]) -> str:
        if not value:
            return _NOTHING
        return json.dumps([clean_text(name, word) for word in value], ensure_ascii=False)

    return pack


def _unpack_list(text: str) -> tuple[str, ...]:
    return () if text == _NOTHING else tuple(json.loads(text))
