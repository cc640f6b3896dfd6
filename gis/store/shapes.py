"""Shapes as bytes: WKB for records and versions, GeoPackage binary for layers."""

import struct
from typing import Final

import shapely

_MAGIC: Final = b"GP"
_LITTLE_ENDIAN_XY_ENVELOPE: Final = 0b0000_0011
_IS_EMPTY: Final = 0b0001_0000
_HEADER: Final = struct.Struct("<2sBBi4d")
_SHORT_HEADER: Final = struct.Struct("<2sBBi")
#: How the WKB of a polygon begins, and what makes a multipolygon of it, the layers' one type.
_POLYGON: Final = struct.pack("<BI", 1, 3)
_MULTIPOLYGON_OF_ONE: Final = struct.pack("<BII", 1, 6, 1)

#: West, south, east, north, as everywhere in the register.
Box = tuple[float, float, float, float]
#: Min x, max x, min y, max y, as a GeoPackage orders them.
Envelope = tuple[float, float, float, float]


def to_gpb(wkb: bytes, box: Box, srs_id: int) -> bytes:
    """Encode the little-endian WKB of a shape as GeoPackage binary with an xy envelope.

    A polygon becomes a multipolygon. Source: OGC 12-128r17, clause 2.1.3.
    """
    west, south, east, north = box
    flags = _LITTLE_ENDIAN_XY_ENVELOPE
    header = _HEADER.pack(_MAGIC, 0, flags, srs_id, west, east, south, north)
    return header + (_MULTIPOLYGON_OF_ONE if wkb.startswith(_POLYGON) else b"") + wkb


def gpb_envelope(blob: bytes | None) -> Envelope | None:
    """Return the envelope of a GeoPackage binary; None where it is empty.

    Blobs of other writers may carry no envelope or one with Z: then the shape itself is read.
    """
    if blob is None or blob[:2] != _MAGIC or blob[3] & _IS_EMPTY:
        return None
    flags = blob[3]
    if (flags >> 1) & 0b111 == 0:
        return _envelope_of_body(blob[_SHORT_HEADER.size :])
    order = "<" if flags & 1 else ">"
    left, right, low, high = struct.unpack_from(f"{order}4d", blob, _SHORT_HEADER.size)
    return (left, right, low, high)


def _envelope_of_body(body: bytes) -> Envelope | None:
    shape = shapely.from_wkb(body)
    if shape.is_empty:
        return None
    west, south, east, north = shape.bounds
    return (west, east, south, north)
