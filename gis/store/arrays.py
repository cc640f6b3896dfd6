"""A whole layer at once as arrays, for work over the country rather than over one cluster."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
import sqlalchemy as sa

from gis.crs import to_crs_array
from gis.model import Moment
from gis.store import reading
from gis.store.interface import LayerArrays
from gis.store.schema import TABLES


def layer_arrays(
    connection: sa.Connection,
    cls: type,
    moment: Moment,
    names: Sequence[str],
    epsg: int,
) -> LayerArrays:
    """Read geometries of record of a layer in force, with some columns, ordered by id.

    Shapes surveyed in another zone are brought into ``epsg``. Rows are read in portions, so that
    the bytes of all shapes never stand beside the shapes.
    """
    tables = TABLES[cls]
    table, record = tables.version, tables.record
    if record is None:
        message = f"{tables.kind.table} has no geometry of record"
        raise reading.NoLayer(message)
    query = (
        sa.select(record.c.wkb, record.c.epsg, *(table.c[name] for name in names))
        .join(record, record.c.row_id == table.c.row_id)
        .where(reading.in_force(table, moment))
        .order_by(table.c.id)
    )
    shapes: list[npt.NDArray[np.object_]] = [np.empty(0, dtype=object)]
    columns: list[list[Any]] = [[] for _ in names]
    for rows in connection.execute(query).partitions(reading.CHUNK):
        blobs, zones, *values = zip(*rows, strict=True)
        shapes.append(_in_zone(blobs, zones, epsg))
        for column, more in zip(columns, values, strict=True):
            column.extend(more)
    arrays = (np.array(column, dtype=object) for column in columns)
    return LayerArrays(dict(zip(names, arrays, strict=True)), np.concatenate(shapes))


def _in_zone(blobs: Sequence[bytes], zones: Sequence[int], epsg: int) -> npt.NDArray[np.object_]:
    """Decode shapes and bring those of other zones into one."""
    shapes: npt.NDArray[np.object_] = shapely.from_wkb(np.array(blobs, dtype=object))
    for zone in sorted(set(zones) - {epsg}):
        here = np.array(zones) == zone
        shapes[here] = to_crs_array(shapes[here], zone, epsg)
    return shapes
