"""How a thing takes a period: what the register knew of it is ended and cut to the rest."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from gis.errors import NotFound
from gis.model import Period
from gis.store.mapping import columns_of
from gis.store.measures import MeasuredShape
from gis.store.reading import chunks
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

    def row(self) -> dict[str, Any]:
        """Return the columns of the version table that this version itself decides."""
        return self.values | {
            "version_number": self.number,
            "valid_from": self.valid.start,
            "valid_to": self.valid.end,
            "by_decision_id": self.decision_id,
        }

    def record(self) -> dict[str, Any]:
        """Return the geometry of record; nothing for a thing without a shape."""
        return {} if self.shape is None else {"epsg": self.shape.epsg, "wkb": self.shape.wkb}

    def box(self) -> dict[str, Any]:
        """Return the row by which a version with a shape is found."""
        west, south, east, north = (None,) * 4 if self.shape is None else self.shape.box
        return {"id": self.row_id, "minx": west, "maxx": east, "miny": south, "maxy": north}

    def derived(self) -> dict[str, Any]:
        """Return the columns of a layer's version table that follow from the shape."""
        shape = self.shape
        if shape is None:
            return dict.fromkeys(("geom", "planar_m2", "geodesic_m2", *BOX))
        return {
            "geom": shape.wgs84_wkb,
            "planar_m2": shape.planar_m2,
            "geodesic_m2": shape.geodesic_m2,
            **dict(zip(BOX, shape.box, strict=True)),
        }


@dataclass(frozen=True, slots=True)
class Step:
    """A period of a thing to be taken: by a draft, or by nothing where a record is voided."""

    thing_id: str
    valid: Period
    draft: Draft | None


@dataclass(slots=True)
class Live:
    """The versions of some things that are known now, by thing.

    ``highest`` gives the highest version number of each that ever had one, ``in_layer`` those
    that had a live version, and so a row among the present ones, when they were read.
    ``last_change`` and ``last_known`` tell of the newest change to any of them.
    """

    versions: dict[str, list[Draft]] = field(default_factory=lambda: defaultdict(list))
    highest: dict[str, int] = field(default_factory=dict)
    in_layer: set[str] = field(default_factory=set)
    last_change: int = 0
    last_known: datetime | None = None

    @classmethod
    def load(cls, connection: sa.Connection, tables: Tables, ids: Sequence[str]) -> "Live":
        """Read the live versions of the things with these ids, with their shapes."""
        live = cls()
        table = tables.version
        for some in chunks(ids):
            numbers = (
                sa.select(
                    table.c.id,
                    sa.func.max(table.c.version_number),
                    sa.func.max(table.c.change_number),
                    sa.func.max(table.c.known_to),
                )
                .where(table.c.id.in_(some))
                .group_by(table.c.id)
            )
            for thing_id, number, change, known_to in connection.execute(numbers):
                live.highest[thing_id] = number
                live.last_change = max(live.last_change, change)
                live.last_known = max(filter(None, (live.last_known, known_to)), default=None)
        for some in chunks(sorted(live.highest)):
            for draft in _stored(connection, tables, some):
                live.versions[draft.id].append(draft)
        live.in_layer = set(live.versions)
        return live

    def is_newer_than(self, change: int, at: datetime) -> bool:
        """Say whether a change after this one, which was made at a time, wrote or ended any."""
        return self.last_change > change or (self.last_known is not None and self.last_known > at)

    def take(self, table: str, steps: Sequence[Step]) -> list[Draft]:
        """Let steps take their periods, one after the other.

        Returns the stored versions that end; ``versions`` then holds what will be known.

        Raises:
            NotFound: ``thing.unknown`` for a step that voids where nothing is known.
        """
        ended: list[Draft] = []
        for step in steps:
            before = self.versions[step.thing_id]
            meeting = [older for older in before if older.valid.overlaps(step.valid)]
            if step.draft is None and not meeting:
                on = "…" if step.valid.start is None else step.valid.start.isoformat()
                raise NotFound("thing.unknown", table=table, value=step.thing_id, on=on)
            remaining = [older for older in before if not older.valid.overlaps(step.valid)]
            for older in meeting:
                remaining += [older.cut_to(rest) for rest in _rest(older.valid, step.valid)]
            ended += [older for older in meeting if older.row_id is not None]
            self.versions[step.thing_id] = remaining + ([step.draft] if step.draft else [])
        return ended

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


def _rest(older: Period, newer: Period) -> Iterator[Period]:
    """Yield what is left of a period once another has taken its part."""
    if newer.start is not None and (older.start is None or older.start < newer.start):
        yield Period(older.start, newer.start)
    if newer.end is not None and (older.end is None or newer.end < older.end):
        yield Period(newer.end, older.end)


def _stored(connection: sa.Connection, tables: Tables, ids: Sequence[str]) -> Iterator[Draft]:
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
            cluster_id=tables.kind.cluster_of(values),
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
