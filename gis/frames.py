"""Layers of the register as GeoDataFrames, for notebooks, reports and GeoParquet."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, Final

import geopandas as gpd
import pandas as pd

from gis.crs import WGS84
from gis.model import Moment
from gis.store import Shaped, Store
from gis.store.kinds import KINDS
from gis.store.mapping import ColumnSpec, columns_of, to_row

#: Layers that a frame can be asked for.
LAYERS: Final = tuple(kind.cls for kind in KINDS if kind.geometry is not None)

_DTYPES: Final[Mapping[type, str]] = MappingProxyType(
    {str: "string", int: "Int64", float: "float64", bool: "boolean", date: "object"}
)
_VERSION_COLUMNS: Final = (
    ColumnSpec("valid_from", date, nullable=True),
    ColumnSpec("valid_to", date, nullable=True),
    ColumnSpec("planar_m2", float, nullable=True),
    ColumnSpec("geodesic_m2", float, nullable=True),
)


def frame(
    store: Store, cls: type, moment: Moment, *, cluster_id: str | None = None
) -> gpd.GeoDataFrame:
    """Return a layer in force as a GeoDataFrame in WGS84, one row a thing, ordered by id.

    Columns are those of the layer's table (enumerations as their codes, bounds and periods in
    two, lists as JSON), then ``valid_from`` and ``valid_to`` (half-open), ``planar_m2`` and
    ``geodesic_m2``, then ``geometry``. Unknown is pandas' missing value; a thing without a shape
    has None. A layer without things gives an empty frame with the same columns and types. Areas
    are those measured when the shape was written, in its own zone: never measure a frame in
    degrees.

    Raises:
        TypeError: for a class that is no layer.
    """
    if cls not in LAYERS:
        raise TypeError(f"{cls.__name__} is no layer")
    found: list[Shaped[Any]] = store.shaped(cls, moment, cluster_id=cluster_id)
    rows = [
        to_row(shaped.thing)
        | {
            "valid_from": shaped.version.valid.start,
            "valid_to": shaped.version.valid.end,
            "planar_m2": shaped.version.planar_m2,
            "geodesic_m2": shaped.version.geodesic_m2,
        }
        for shaped in found
    ]
    columns = {
        column.name: pd.Series([row[column.name] for row in rows], dtype=_DTYPES[column.holds])
        for column in (*columns_of(cls), *_VERSION_COLUMNS)
    }
    shapes: list[Any] = [shaped.geometry for shaped in found]
    return gpd.GeoDataFrame(columns, geometry=shapes, crs=WGS84)
