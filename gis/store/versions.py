"""How a new period for a thing gives way to nobody: older versions are ended and cut to the rest."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import sqlalchemy as sa

from gis.errors import InvalidValue
from gis.model import Period
from gis.store import reading
from gis.store.mapping import columns_of, to_row
from gis.store.measures import MeasuredShape
from gis.store.schema import BOX, Tables


@dataclass(slots=True)
class Draft:
    """A version about to be written, or one already in the register if it has a ``row_id``."""

    values: dict[str, Any]
    valid: Period
    shape: MeasuredShape | None
    decision_id: str | None
    cluster_id: str
    number: int = 0
    row_id: int | None = None

    @property
    def id(self) -> str:
        """Return the id of the thing."""
        thing_id: str = self.values["id"]
        return thing_id

    def cut_to(self, valid: Period) -> "Draft":
        """Return the same version for another period, to be written anew."""
        return replace(self, valid=valid, number=0, row_id=None)

    def row(self, tables: Tables) -> dict[str, Any]:
        """Return the columns of the version table that this version decides."""
        row = self.values | {
            "version_number": self.number,
            "valid_from": self.valid.start,
            "valid_to": self.valid.end,
            "by_decision_id": self.decision_id,
        }
        return row if tables.kind.geometry is None else row | self._shape_columns()

    def record(self, row_id: int) -> dict[str, Any] | None:
        """Return the row of the record table; None for a thing without a shape."""
        if self.shape is None:
            return None
        return {"row_id": row_id, "epsg": self.shape.epsg, "wkb": self.shape.wkb}

    def _shape_columns(self) -> dict[str, Any]:
        shape = self.shape
        if shape is None:
            return dict.fromkeys(("geom", "planar_m2", "geodesic_m2", *BOX))
        return {
            "geom": shape.wgs84_wkb,
            "planar_m2": shape.planar_m2,
            "geodesic_m2": shape.geodesic_m2,
            **dict(zip(BOX, shape.box, strict=True)),
        }


@dataclass(slots=True)
class Live:
    """The versions of some things that are known now, by thing, and the highest number of each."""

    versions: dict[str, list[Draft]] = field(default_factory=lambda: defaultdict(list))
    highest: dict[str, int] = field(default_factory=dict)

    @classmethod
    def load(cls, connection: sa.Connection, tables: Tables, ids: Sequence[str]) -> "Live":
        """Read the live versions of the things with these ids, with their shapes."""
        live = cls()
        for start in range(0, len(ids), reading.CHUNK):
            chunk = ids[start : start + reading.CHUNK]
            for draft in _stored(connection, tables, chunk):
                live.versions[draft.id].append(draft)
            table = tables.version
            numbers = (
                sa.select(table.c.id, sa.func.max(table.c.version_number))
                .where(table.c.id.in_(chunk))
                .group_by(table.c.id)
            )
            live.highest |= {row[0]: row[1] for row in connection.execute(numbers)}
        return live

    def number_new(self) -> list[Draft]:
        """Number the versions not yet written, ordered by id, and return them."""
        fresh = []
        for thing_id in sorted(self.versions):
            number = self.highest.get(thing_id, 0)
            for draft in self.versions[thing_id]:
                if draft.row_id is None:
                    number += 1
                    draft.number = number
                    fresh.append(draft)
        return fresh

    def latest(self, thing_id: str) -> Draft | None:
        """Return the live version that starts last; None where the thing has none."""
        return max(
            self.versions[thing_id],
            key=lambda draft: draft.valid.start or date.min,
            default=None,
        )


def thing_values(thing: Any) -> dict[str, Any]:
    """Flatten a thing for storage: text in NFC, without what no file can hold.

    Raises:
        InvalidValue: ``value.text`` for NUL or half a surrogate pair (THREATS 50).
    """
    row = to_row(thing)
    for name, value in row.items():
        if isinstance(value, str):
            row[name] = _clean(name, value)
    return row


def supersede(live: Live, drafts: Sequence[Draft]) -> list[tuple[int, str]]:
    """Let drafts take their periods, one after the other.

    Returns the (row id, cluster id) of stored versions that end; ``live`` then holds what will
    be known.
    """
    closed = []
    for draft in drafts:
        remaining: list[Draft] = []
        for older in live.versions[draft.id]:
            if not older.valid.overlaps(draft.valid):
                remaining.append(older)
                continue
            if older.row_id is not None:
                closed.append((older.row_id, older.cluster_id))
            remaining += [older.cut_to(rest) for rest in _rest(older.valid, draft.valid)]
        live.versions[draft.id] = [*remaining, draft]
    return closed


def _rest(older: Period, newer: Period) -> Iterator[Period]:
    """Yield what is left of a period once another has taken its part."""
    if newer.start is not None and (older.start is None or older.start < newer.start):
        yield Period(older.start, newer.start)
    if newer.end is not None and (older.end is None or newer.end < older.end):
        yield Period(newer.end, older.end)


def _stored(
    connection: sa.Connection, tables: Tables, ids: Sequence[str]
) -> Iterator[Draft]:
    table = tables.version
    query = sa.select(table).where(table.c.id.in_(ids), table.c.known_to.is_(None))
    if tables.record is not None:
        record = tables.record
        query = query.outerjoin(record, record.c.row_id == table.c.row_id).add_columns(
            record.c.epsg.label("record_epsg"), record.c.wkb
        )
    names = [spec.name for spec in columns_of(tables.kind.cls)]
    for row in connection.execute(query.order_by(table.c.row_id)).mappings():
        values = {name: row[name] for name in names}
        yield Draft(
            values=values,
            valid=Period(row["valid_from"], row["valid_to"]),
            shape=_stored_shape(row),
            decision_id=row["by_decision_id"],
            cluster_id=_owner(tables, values),
            number=row["version_number"],
            row_id=row["row_id"],
        )


def _stored_shape(row: sa.RowMapping) -> MeasuredShape | None:
    if row.get("wkb") is None:
        return None
    west, south, east, north = (row[side] for side in BOX)
    return MeasuredShape(
        epsg=row["record_epsg"],
        wkb=row["wkb"],
        wgs84_wkb=row["geom"],
        box=(west, south, east, north),
        planar_m2=row["planar_m2"],
        geodesic_m2=row["geodesic_m2"],
    )


def _owner(tables: Tables, values: dict[str, Any]) -> str:
    if tables.kind.table == "cluster":
        return str(values["id"])
    return str(values.get("cluster_id") or "")


def _clean(name: str, value: str) -> str:
    if "\x00" in value or any("\ud800" <= letter <= "\udfff" for letter in value):
        raise InvalidValue("value.text", name=name)
    return unicodedata.normalize("NFC", value)
