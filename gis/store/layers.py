"""The layers that people see: one row a thing, its latest version as known now."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final

import sqlalchemy as sa

from gis.crs import WGS84
from gis.store.reading import chunks
from gis.store.rows import insert_rows
from gis.store.schema import Tables
from gis.store.shapes import to_gpb
from gis.store.versions import Draft, Live

_contents: Final = sa.table(
    "gpkg_contents",
    *(
        sa.column(name)
        for name in ("table_name", "last_change", "min_x", "min_y", "max_x", "max_y")
    ),
)


def write_layer(connection: sa.Connection, tables: Tables, live: Live, at: datetime) -> None:
    """Bring the rows of some things to their latest live version; a thing without one goes."""
    there = [draft for thing_id in sorted(live.versions) if (draft := live.latest(thing_id))]
    gone = sorted(live.in_layer - {draft.id for draft in there})
    new = [_row(tables, draft) for draft in there if draft.id not in live.in_layer]
    known = [_row(tables, draft) for draft in there if draft.id in live.in_layer]
    table = tables.current
    insert_rows(connection, table, new)
    if known:
        renamed = [{"thing_id": row.pop("id"), **row} for row in known]
        connection.execute(table.update().where(table.c.id == sa.bindparam("thing_id")), renamed)
    for some in chunks(gone):
        connection.execute(table.delete().where(table.c.id.in_(some)))
    _announce(connection, tables, there, at)


def _row(tables: Tables, latest: Draft) -> dict[str, Any]:
    row = latest.values | {
        "version_number": latest.number,
        "valid_from": latest.valid.start,
        "valid_to": latest.valid.end,
    }
    if tables.kind.geometry is None:
        return row
    shape = latest.shape
    if shape is None:
        return row | dict.fromkeys(("geom", "planar_m2", "geodesic_m2"))
    return row | {
        "geom": to_gpb(shape.wgs84_wkb, shape.box, WGS84),
        "planar_m2": shape.planar_m2,
        "geodesic_m2": shape.geodesic_m2,
    }


def _announce(
    connection: sa.Connection, tables: Tables, written: Sequence[Draft], at: datetime
) -> None:
    """Tell other programs when the layer changed, and widen its box (OGC 12-128r17, 1.1.3)."""
    c = _contents.c
    news: dict[str, Any] = {
        "last_change": at.astimezone(UTC).isoformat(timespec="milliseconds")[:-6] + "Z"
    }
    boxes = [draft.shape.box for draft in written if draft.shape is not None]
    if boxes:
        west, south, east, north = zip(*boxes, strict=True)
        least, most = sa.func.min, sa.func.max  # with two arguments: of the two
        news["min_x"] = least(sa.func.coalesce(c.min_x, min(west)), min(west))
        news["min_y"] = least(sa.func.coalesce(c.min_y, min(south)), min(south))
        news["max_x"] = most(sa.func.coalesce(c.max_x, max(east)), max(east))
        news["max_y"] = most(sa.func.coalesce(c.max_y, max(north)), max(north))
    connection.execute(sa.update(_contents).where(c.table_name == tables.kind.table).values(**news))
