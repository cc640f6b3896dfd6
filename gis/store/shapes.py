"""Shapes as bytes: WKB for records and versions, GeoPackage binary for layers."""

import struct
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely

_MAGIC: Final = b"GP"
_LITTLE_ENDIAN_XY_ENVELOPE: Final = 0b0000_0011
_EMPTY_NO_ENVELOPE: Final = 0b0001_0001
_HEADER: Final = struct.Struct("<2sBBi4d")
_SHORT_HEADER: Final = struct.Struct("<2sBBi")

Envelope = tuple[float, float, float, float]


def to_gpb(geometries: npt.NDArray[np.object_], srs_id: int) -> list[bytes]:
    """Encode shapes as GeoPackage binary with an xy envelope (OGC 12-128r17, clause 2.1.3)."""
    bounds = shapely.bounds(geometries)
    empty = shapely.is_empty(geometries)
    bodies = shapely.to_wkb(geometries)
    return [
        _gpb_header(box, srs_id, is_empty=bool(nothing)) + body
        for body, box, nothing in zip(bodies, bounds.tolist(), empty, strict=True)
    ]


def gpb_envelope(blob: bytes | None) -> Envelope | None:
    """Return (min x, max x, min y, max y) of a GeoPackage binary; None where it is empty.

    Blobs of other writers may carry no envelope or one with Z: then the shape itself is read.
    """
    if blob is None or blob[:2] != _MAGIC:
        return None
    flags = blob[3]
    if flags & 0b0001_0000:
        return None
    order = "<" if flags & 1 else ">"
    envelope_code = (flags >> 1) & 0b111
    if envelope_code == 0:
        return _envelope_of_body(blob[_SHORT_HEADER.size :])
    left, right, low, high = struct.unpack_from(f"{order}4d", blob, _SHORT_HEADER.size)
    return (left, right, low, high)


def as_multi(geometries: npt.NDArray[np.object_]) -> npt.NDArray[np.object_]:
    """Turn polygons into multipolygons, the layers' one type; other shapes stay."""
    single = shapely.get_type_id(geometries) == shapely.GeometryType.POLYGON
    promoted = geometries.copy()
    promoted[single] = [shapely.MultiPolygon([shape]) for shape in geometries[single]]
    return promoted


def _gpb_header(box: list[float], srs_id: int, *, is_empty: bool) -> bytes:
    if is_empty:
        return _SHORT_HEADER.pack(_MAGIC, 0, _EMPTY_NO_ENVELOPE, srs_id)
    west, south, east, north = box
    return _HEADER.pack(
        _MAGIC, 0, _LITTLE_ENDIAN_XY_ENVELOPE, srs_id, west, east, south, north
    )


def _envelope_of_body(body: bytes) -> Envelope | None:
    shape = shapely.from_wkb(body)
    if shape.is_empty:
        return None
    west, south, east, north = shape.bounds
    return (west, east, south, north)
