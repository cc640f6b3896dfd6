"""The layers that people see: one row a thing, its latest version as known now."""

from typing import Any

import sqlalchemy as sa

from gis.store.interface import Box
from gis.store.reading import chunks
from gis.store.rows import insert_rows
from gis.store.schema import Tables
from gis.store.shapes import LayerShape
from gis.store.versions import Draft, Live


def write_layer(connection: sa.Connection, tables: Tables, live: Live) -> list[Box]:
    """Bring the rows of some things to their latest live version; a thing without one goes.

    Returns the boxes of the shapes that now stand there.
    """
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
    return [draft.shape.box for draft in there if draft.shape is not None]


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
        "geom": LayerShape(shape.wgs84_wkb, shape.box),
        "planar_m2": shape.planar_m2,
        "geodesic_m2": shape.geodesic_m2,
    }
