"""Text that no database holds is refused in every field of every kind; text is kept in NFC."""

import types
import unicodedata
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from enum import StrEnum
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest

from gis.crs import Located
from gis.errors import InvalidValue
from gis.model import DateBounds, Moment, Period
from gis.store import Entry, Store
from gis.store.kinds import KINDS, Kind
from tests.gis.store.things import ALWAYS, EPSG, square

NFC = "Đà Bắc – Hòa Bình"
NFD = unicodedata.normalize("NFD", NFC)
NOW = Moment(date(2024, 12, 31))


def made(kind: Kind, /, **given: Any) -> Entry:
    """Return an entry of a kind with the least in each field, and some fields given."""
    hints = get_type_hints(kind.cls)
    values = {field.name: _least(hints[field.name]) for field in fields(kind.cls)}
    shape = None
    if kind.geometry is not None:
        shape = Located(square().centroid if kind.geometry == "POINT" else square(), EPSG)
    return Entry(kind.cls(**(values | {"id": "X"} | given)), ALWAYS, shape)


def _least(hint: Any) -> Any:
    if get_origin(hint) in (Union, types.UnionType):
        return None
    if get_origin(hint) is tuple:
        return ()
    if issubclass(hint, StrEnum):
        return next(iter(hint))
    least = {str: "x", date: date(2024, 1, 1), Period: Period(), DateBounds: DateBounds()}
    return least.get(hint, 0) if hint is not bool else False


def texts(kind: Kind) -> Iterator[str]:
    """Yield the names of a kind's fields that hold text or lists of it."""
    for name, hint in get_type_hints(kind.cls).items():
        if str in (hint, *get_args(hint)):
            yield name


def with_text(kind: Kind, name: str, text: str) -> Entry:
    """Return an entry with a text in one field."""
    hint = get_type_hints(kind.cls)[name]
    return made(kind, **{name: (text,) if get_origin(hint) is tuple else text})


FIELDS = [(kind, name) for kind in KINDS for name in texts(kind)]


def test_there_are_many_fields_of_text() -> None:
    """A new kind's fields are among them by themselves."""
    assert len(FIELDS) > 150
    assert {kind.table for kind, _ in FIELDS} == {kind.table for kind in KINDS}


@pytest.mark.parametrize("bad", ["a\x00b", "\ud800", "x\udfff"], ids=["NUL", "half", "other half"])
def test_what_no_database_holds_is_refused_in_every_field(store: Store, bad: str) -> None:
    """With the field's name, and nothing of the change is kept (THREATS 50)."""
    for kind, name in FIELDS:
        with (
            pytest.raises(InvalidValue) as problem,
            store.transaction(by="a", action="b") as transaction,
        ):
            transaction.put(with_text(kind, name, bad))
        assert problem.value.code == "value.text", (kind.table, name)
        assert problem.value.facts["name"] == name
    assert store.is_empty()


def test_text_is_kept_in_one_form_in_every_field(store: Store) -> None:
    """However it was typed; a mark that turns the direction of writing stays what it is."""
    turned = "\u202eabc"
    for kind in KINDS:
        names = [name for name in texts(kind) if name != "id"]
        for text, kept in ((NFD, NFC), (turned, turned)):
            with store.transaction(by="a", action="b") as transaction:
                hints = get_type_hints(kind.cls)
                given = {
                    name: (text,) if get_origin(hints[name]) is tuple else text for name in names
                }
                transaction.put(made(kind, **given))
            thing: Any = store.one(kind.cls, "X", NOW).thing
            found = {name: getattr(thing, name) for name in names}
            assert set(found.values()) <= {kept, (kept,)}, kind.table
    assert store.verify().is_clean


def test_a_megabyte_of_text_is_kept(store: Store) -> None:
    """The store has no limit of its own: who lets text in has one."""
    kind = next(kind for kind in KINDS if kind.table == "decision")
    with store.transaction(by="a", action="b") as transaction:
        transaction.put(made(kind, title="ắ" * 1_000_000))
    title: str = store.one(kind.cls, "X", NOW).thing.title
    assert len(title) == 1_000_000
