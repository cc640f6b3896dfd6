"""Writing layers and tables into a plain GeoPackage, as any program reads it."""

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import shapely
from pyogrio import raw
from shapely.geometry.base import BaseGeometry

from gis.durable import scratch_folder, whole_file

_WGS84: Final = "EPSG:4326"
#: As the register itself: programs of an older day read it too.
_VERSION: Final = "1.3"
#: How a column of each type is handed to GDAL, and what stands where nothing is known.
_COLUMNS: Final[Mapping[type, tuple[str, Any]]] = MappingProxyType(
    {
        str: ("object", None),
        int: ("int64", 0),
        float: ("float64", 0.0),
        bool: ("bool", False),
        date: ("datetime64[D]", np.datetime64("NaT")),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A layer or, without ``geometry``, a table to write: its columns with types, and its rows.

    ``shapes`` are in WGS84, one for each row, None where a row has none; ``geometry`` is the one
    type of the layer.
    """

    name: str
    title: str
    description: str
    columns: Mapping[str, type]
    rows: Sequence[Mapping[str, Any]]
    geometry: str | None = None
    shapes: Sequence[BaseGeometry | None] = ()


def write_geopackage(path: Path, layers: Sequence[Written]) -> None:
    """Write layers and tables into a new GeoPackage: whole or not at all.

    Raises:
        StoreProblem: ``file.exists``, ``register.full``, ``register.io``, ``register.read_only``.
    """
    with whole_file(path) as unfinished, scratch_folder(path) as folder:
        draft = folder / "draft.gpkg"
        for layer in layers:
            _write_layer(draft, layer)
        shutil.copyfile(draft, unfinished)


def _write_layer(path: Path, layer: Written) -> None:
    fields = list(layer.columns)
    masks = [np.array([row[name] is None for row in layer.rows], dtype=bool) for name in fields]
    raw.write(
        str(path),
        _as_wkb(layer),
        [_column(layer, name) for name in fields],
        np.array(fields, dtype=object),
        field_mask=masks,
        layer=layer.name,
        driver="GPKG",
        dataset_options={"VERSION": _VERSION},
        geometry_type=layer.geometry,
        crs=None if layer.geometry is None else _WGS84,
        layer_options={"IDENTIFIER": layer.title, "DESCRIPTION": layer.description},
    )


def _column(layer: Written, name: str) -> npt.NDArray[Any]:
    dtype, nothing = _COLUMNS[layer.columns[name]]
    values = [nothing if row[name] is None else row[name] for row in layer.rows]
    return np.array(values, dtype=dtype)


def _as_wkb(layer: Written) -> npt.NDArray[np.object_] | None:
    """Return the shapes as bytes, a polygon as a multipolygon, the one type of a layer."""
    if layer.geometry is None:
        return None
    shapes = [_as_multi(shape) for shape in layer.shapes]
    return np.array(shapely.to_wkb(np.array(shapes, dtype=object)), dtype=object)


def _as_multi(shape: BaseGeometry | None) -> BaseGeometry | None:
    return shapely.MultiPolygon([shape]) if isinstance(shape, shapely.Polygon) else shape
