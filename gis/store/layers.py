"""The layers that people see: one row a thing, its latest version as known now."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
import sqlalchemy as sa

from gis.crs import WGS84
from gis.store import reading
from gis.store.schema import Tables
from gis.store.shapes import as_multi, to_gpb
from gis.store.versions import Draft, Live


def write_current(
    connection: sa.Connection, tables: Tables, live: Live, ids: Sequence[str]
) -> None:
    """Bring the layer's rows of these things to their latest live version."""
    there = _present(connection, tables.current, ids)
    latest = [draft for thing_id in ids if (draft := live.latest(thing_id)) is not None]
    rows = _rows(tables, latest)
    new = [row for row in rows if row["id"] not in there]
    known = [_for_update(row) for row in rows if row["id"] in there]
    table = tables.current
    if new:
        connection.execute(table.insert(), new)
    if known:
        connection.execute(table.update().where(table.c.id == sa.bindparam("thing_id")), known)


def _rows(tables: Tables, latest: Sequence[Draft]) -> list[dict[str, Any]]:
    rows = [
        draft.values
        | {
            "version_number": draft.number,
            "valid_from": draft.valid.start,
            "valid_to": draft.valid.end,
        }
        for draft in latest
    ]
    if tables.kind.geometry is None or not latest:
        return rows
    blobs = _layer_shapes(latest)
    for row, draft, blob in zip(rows, latest, blobs, strict=True):
        row["geom"] = blob
        row["planar_m2"] = None if draft.shape is None else draft.shape.planar_m2
        row["geodesic_m2"] = None if draft.shape is None else draft.shape.geodesic_m2
    return rows


def _layer_shapes(latest: Sequence[Draft]) -> list[bytes | None]:
    blobs: list[bytes | None] = [None] * len(latest)
    places = [i for i, draft in enumerate(latest) if draft.shape is not None]
    wkbs = [latest[i].shape.wgs84_wkb for i in places]  # type: ignore[union-attr]
    shapes = as_multi(np.atleast_1d(shapely.from_wkb(np.array(wkbs, dtype=object))))
    for place, blob in zip(places, to_gpb(shapes, WGS84), strict=True):
        blobs[place] = blob
    return blobs


def _for_update(row: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key != "id"} | {"thing_id": row["id"]}


def _present(connection: sa.Connection, table: sa.Table, ids: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for start in range(0, len(ids), reading.CHUNK):
        chunk = ids[start : start + reading.CHUNK]
        found |= set(connection.execute(sa.select(table.c.id).where(table.c.id.in_(chunk))).scalars())
    return found
