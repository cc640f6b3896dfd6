"""Shapes as bytes: WKB for records and versions, the engine's own form for layers."""

import struct
from dataclasses import dataclass
from typing import Final

import shapely

_MAGIC: Final = b"GP"
_LITTLE_ENDIAN_XY_ENVELOPE: Final = 0b0000_0011
_IS_EMPTY: Final = 0b0001_0000
_HEADER: Final = struct.Struct("<2sBBi4d")
_SHORT_HEADER: Final = struct.Struct("<2sBBi")
#: Bytes of the envelope, by the code in a header's flags.
_ENVELOPE_BYTES: Final = (0, 32, 48, 48, 64, 0, 0, 0)
#: A geometry type in WKB, and the bit by which PostGIS says that its system follows.
_TYPE: Final = struct.Struct("<I")
_HAS_SRID: Final = 0x2000_0000
#: How the WKB of a polygon begins, and what makes a multipolygon of it, the layers' one type.
_POLYGON: Final = struct.pack("<BI", 1, 3)
_MULTIPOLYGON_OF_ONE: Final = struct.pack("<BII", 1, 6, 1)

#: West, south, east, north, as everywhere in the register.
Box = tuple[float, float, float, float]
#: Min x, max x, min y, max y, as a GeoPackage orders them.
Envelope = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class LayerShape:
    """A layer's shape: little-endian plane WKB, and its box."""

    wkb: bytes
    box: Box

    @property
    def layer_wkb(self) -> bytes:
        """Return the WKB with a polygon as multipolygon, the one type that a layer has."""
        return (_MULTIPOLYGON_OF_ONE if self.wkb.startswith(_POLYGON) else b"") + self.wkb


def to_gpb(shape: LayerShape, srs_id: int) -> bytes:
    """Encode a shape as GeoPackage binary with an xy envelope.

    Source: OGC 12-128r17, clause 2.1.3.
    """
    west, south, east, north = shape.box
    flags = _LITTLE_ENDIAN_XY_ENVELOPE
    header = _HEADER.pack(_MAGIC, 0, flags, srs_id, west, east, south, north)
    return header + shape.layer_wkb


def from_gpb(blob: bytes | None) -> LayerShape | None:
    """Decode GeoPackage binary of any writer; None where it holds no shape."""
    if blob is None or blob[:2] != _MAGIC:
        return None
    return _plane(blob[_SHORT_HEADER.size + _ENVELOPE_BYTES[(blob[3] >> 1) & 0b111] :])


def to_ewkb_hex(shape: LayerShape, srid: int) -> str:
    """Encode a shape as PostGIS's extended WKB in hexadecimal digits."""
    (kind,) = _TYPE.unpack_from(shape.layer_wkb, 1)
    head = shape.layer_wkb[:1] + _TYPE.pack(kind | _HAS_SRID) + _TYPE.pack(srid)
    return (head + shape.layer_wkb[1 + _TYPE.size :]).hex()


def from_ewkb_hex(digits: str | None) -> LayerShape | None:
    """Decode what PostGIS gives for a geometry; None where it holds no shape."""
    return None if digits is None else _plane(bytes.fromhex(digits))


def _plane(body: bytes) -> LayerShape | None:
    """Return a shape of any writer as ours are: plane and little-endian."""
    shape = shapely.force_2d(shapely.from_wkb(body))
    if shape.is_empty:
        return None
    west, south, east, north = shape.bounds
    wkb: bytes = shapely.to_wkb(shape, byte_order=1)
    return LayerShape(wkb, (west, south, east, north))


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
