"""Layers of the register as GeoDataFrames, for notebooks, reports and GeoParquet."""

from typing import Any

import geopandas as gpd

from gis.crs import WGS84
from gis.model import Moment
from gis.store import Store


def frame(store: Store, cls: type, moment: Moment, *, cluster_id: str | None = None) -> Any:
    """Return a layer in force as a GeoDataFrame in WGS84, one row a thing, ordered by id.

    Columns are the fields of the model class (enumerations as their codes, bounds and periods as
    values), ``valid_from``, ``valid_to``, ``planar_m2`` and ``geodesic_m2``, then ``geometry``;
    a thing without a shape has None there. A layer without things gives an empty frame with the
    same columns. Areas are those measured when the shape was written, in its own zone: never
    measure a frame in degrees.

    Raises:
        TypeError: for a model class that is no layer.
    """
    names = list(cls.__dataclass_fields__)
    found = store.shaped(cls, moment, cluster_id=cluster_id)
    columns: dict[str, list[Any]] = {
        name: [getattr(shaped.thing, name) for shaped in found] for name in names
    }
    columns |= {
        "valid_from": [shaped.version.valid.start for shaped in found],
        "valid_to": [shaped.version.valid.end for shaped in found],
        "planar_m2": [shaped.version.planar_m2 for shaped in found],
        "geodesic_m2": [shaped.version.geodesic_m2 for shaped in found],
    }
    shapes = [shaped.geometry for shaped in found]
    return gpd.GeoDataFrame(columns, geometry=shapes, crs=f"EPSG:{WGS84}")
