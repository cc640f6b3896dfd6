"""Write ``data/boundaries/clusters.geojson`` and ``zones.geojson`` and their rows in SOURCES.md.

``python -m gis.example.boundaries`` does it. The files are what the generator gives; a test
compares them. Coordinates are longitude and latitude with 7 decimals (5.6 mm), so an area taken
from them is not the one of record: that one is planar, in EPSG:9211.
"""

import hashlib
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import numpy as np
import shapely
from shapely.geometry import Polygon

from gis.crs import WGS84, Located, to_crs
from gis.example.calibration import EPSG, real_clusters
from gis.example.land import ClusterLand, cluster_lands, zone_lands
from gis.example.outline import one_polygon
from gis.resources import data_dir

_DIGITS: Final = 7
_NOTE_VI: Final = "Ranh giới minh họa, không phải số đo: không nguồn nào cho ranh giới thật."
_NOTE_EN: Final = "Synthetic boundary, not a survey: no source gives the real one."
_ROW: Final = (
    "| `{name}` | made up by `gis.example` (docs/guide/example.md): {what}; areas hold in "
    "EPSG:9211 | shows 2024-12-31 | MIT, our own | OGC:CRS84, drawn in EPSG:9211 | synthetic "
    "| `{digest}` |"
)
_WHAT: Final = {
    "clusters.geojson": "outlines of the 14 clusters near the points of their legacy communes, "
    "of the areas in `data/content/example_calibration.csv`",
    "zones.geojson": "outlines of the 8 zones near the points of their legacy communes, of the "
    "six sourced areas and two made-up ones (Mông Hóa 240.00 ha, Yên Quang 202.92 ha)",
}


def boundary_files() -> dict[str, bytes]:
    """Return the two files by name."""
    return {
        "clusters.geojson": _collection("clusters", cluster_lands()),
        "zones.geojson": _collection("zones", zone_lands()),
    }


def write_boundaries(folder: Path) -> list[Path]:
    """Write the two files into a folder and put their rows into its SOURCES.md."""
    written = []
    page = folder / "SOURCES.md"
    text = page.read_text(encoding="utf-8")
    for name, body in boundary_files().items():
        (folder / name).write_bytes(body)
        text = _with_row(text, name, hashlib.sha256(body).hexdigest())
        written.append(folder / name)
    page.write_text(text, encoding="utf-8", newline="\n")
    return [*written, page]


def _collection(name: str, lands: Iterable[ClusterLand]) -> bytes:
    """Return a FeatureCollection, one feature a line."""
    features = ",\n".join(
        json.dumps(_feature(land), ensure_ascii=False, allow_nan=False) for land in lands
    )
    head = json.dumps(
        {
            "type": "FeatureCollection",
            "name": name,
            "quality": "synthetic",
            "note_vi": _NOTE_VI,
            "note_en": _NOTE_EN,
        },
        ensure_ascii=False,
    )
    return f'{head[:-1]}, "features": [\n{features}\n]}}\n'.encode()


def _feature(land: ClusterLand) -> dict[str, Any]:
    cluster = real_clusters()[land.cluster_id]
    properties = {
        "kind": cluster.kind.value,
        "name_vi": cluster.name_vi,
        "name_en": cluster.name_en,
        "territory": cluster.territory_id,
        "quality": "synthetic",
        "area_ha": round(land.boundary.area / 10_000, 4),
        "area_epsg": EPSG,
    }
    return {
        "type": "Feature",
        "id": land.cluster_id,
        "properties": properties,
        "geometry": {"type": "Polygon", "coordinates": _degrees(land.boundary)},
    }


def _degrees(boundary: Polygon) -> list[list[list[float]]]:
    """Return the rings in degrees, the shell counter-clockwise (RFC 7946)."""
    geographic = to_crs(Located(boundary, EPSG), WGS84).geometry
    oriented = one_polygon(shapely.orient_polygons(geographic, exterior_cw=False))
    rings = [oriented.exterior, *oriented.interiors]
    return [np.round(np.asarray(ring.coords), _DIGITS).tolist() for ring in rings]


def _with_row(page: str, name: str, digest: str) -> str:
    """Return the page with the file's row in its table, in place of an older one."""
    row = _ROW.format(name=name, what=_WHAT[name], digest=digest)
    lines = [line for line in page.splitlines() if not line.startswith(f"| `{name}` |")]
    last = max(place for place, line in enumerate(lines) if line.startswith("| "))
    lines.insert(last + 1, row)
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    for path in write_boundaries(data_dir() / "boundaries"):
        sys.stdout.write(f"{path}\n")
