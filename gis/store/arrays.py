"""A whole layer at once as arrays, for work over the country rather than over one cluster."""

from collections.abc import Sequence

import numpy as np
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

    Shapes surveyed in another zone are brought into ``epsg``.
    """
    tables = TABLES[cls]
    table, record = tables.version, tables.record
    if record is None:
        message = f"{tables.kind.table} has no geometry of record"
        raise TypeError(message)
    query = (
        sa.select(record.c.wkb, record.c.epsg, *(table.c[name] for name in names))
        .join(record, record.c.row_id == table.c.row_id)
        .where(reading.in_force(table, moment))
        .order_by(table.c.id)
    )
    rows = connection.execute(query).all()
    fields = list(zip(*rows, strict=True)) or [()] * (2 + len(names))
    shapes = shapely.from_wkb(np.array(fields[0], dtype=object))
    zones = np.array(fields[1], dtype=np.int64)
    for zone in np.unique(zones[zones != epsg]):
        here = zones == zone
        shapes[here] = to_crs_array(shapes[here], int(zone), epsg)
    columns = {
        name: np.array(values, dtype=object)
        for name, values in zip(names, fields[2:], strict=True)
    }
    return LayerArrays(columns, shapes)
