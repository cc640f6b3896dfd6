"""GeoJSON as text: many features at once, WGS84, seven digits (5.6 mm, DOMAIN §5).

Geometries are written by GEOS, properties by pydantic; both are joined as text, so that a page
of ten thousand parcels passes through Python once.
"""

import json
import re
from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
import shapely
from pydantic import BaseModel
from shapely.geometry.base import BaseGeometry

DIGITS: Final = 7

#: Of a thousand rounded numbers GEOS writes three or so with sixteen digits all the same.
_LONG: Final = re.compile(r"\.\d{8,}")


class Identified(BaseModel):
    """Properties of a feature; their ``id`` is the feature's as well."""

    id: str


def feature_collection(
    head: BaseModel, things: Iterable[Identified], shapes: Sequence[BaseGeometry | None]
) -> bytes:
    """Write a FeatureCollection: the members of ``head``, then a feature for each thing.

    A thing's ``id`` becomes the feature's id as well. No shape gives ``"geometry":null``.
    """
    features = ",".join(
        _feature(thing, text) for thing, text in zip(things, geometry_texts(shapes), strict=True)
    )
    members = head.model_dump_json()[1:-1]
    return f'{{"type":"FeatureCollection",{members},"features":[{features}]}}'.encode()


def feature(thing: Identified, shape: BaseGeometry | None) -> bytes:
    """Write one Feature."""
    return _feature(thing, geometry_texts([shape])[0]).encode()


def geometry_texts(shapes: Sequence[BaseGeometry | None]) -> list[str]:
    """Write shapes as GeoJSON geometries with `DIGITS` digits; None gives null.

    Exterior rings run counterclockwise (RFC 7946 §3.1.6).

    >>> geometry_texts([shapely.Point(105.12345678, 20.5), None])
    ['{"type":"Point","coordinates":[105.1234568,20.5]}', 'null']
    """
    found = np.array(shapes, dtype=object)
    if not len(found):
        return []
    oriented = shapely.orient_polygons(found, exterior_cw=False)
    rounded = shapely.transform(oriented, lambda points: np.round(points, DIGITS))
    texts = shapely.to_geojson(rounded).tolist()
    return ["null" if text is None else _LONG.sub(_shortened, text) for text in texts]


def _shortened(fraction: re.Match[str]) -> str:
    """Round the digits behind the point; they stand for fewer, so none is carried over it."""
    return f"{float('0' + fraction[0]):.{DIGITS}f}"[1:].rstrip("0")


def _feature(thing: Identified, geometry: str) -> str:
    thing_id, properties = json.dumps(thing.id), thing.model_dump_json()
    return f'{{"type":"Feature","id":{thing_id},"geometry":{geometry},"properties":{properties}}}'
