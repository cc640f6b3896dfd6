"""A region as somebody sends it: built as it came, or refused with what is wrong."""

import math

import pytest
import shapely
from shapely.geometry.base import BaseGeometry

from gis.errors import GisError
from gis.surveyed import MOST_VERTICES, Ring, Surveyed

EAST, NORTH = 430_000.0, 2_300_000.0
SQUARE: Ring = tuple(
    (EAST + x, NORTH + y) for x, y in ((0, 0), (100, 0), (100, 100), (0, 100), (0, 0))
)
HOLE: Ring = tuple(
    (EAST + x, NORTH + y) for x, y in ((10, 10), (20, 10), (20, 20), (10, 20), (10, 10))
)


def built(*polygons: tuple[Ring, ...], epsg: int = 9211) -> BaseGeometry:
    """Return the shape of some polygons."""
    return Surveyed(epsg=epsg, polygons=polygons).located().geometry


def test_a_polygon_keeps_its_points_and_holes() -> None:
    """Coordinates come out as they went in, and holes are no land."""
    shape = built((SQUARE, HOLE))
    assert shape.area == 100 * 100 - 10 * 10
    assert shapely.get_coordinates(shape).tolist() == [list(point) for point in SQUARE + HOLE]


def test_several_polygons_are_one_region() -> None:
    """Two parts make a multipolygon."""
    far: Ring = tuple((x + 500, y) for x, y in SQUARE)
    assert built((SQUARE,), (far,)).geom_type == "MultiPolygon"


UNCLOSED: Ring = SQUARE[:-1]
NOT_FINITE: Ring = (*SQUARE[:2], (math.nan, NORTH), *SQUARE[3:])
TOO_MANY: Ring = ((EAST, NORTH),) * (MOST_VERTICES + 1)


@pytest.mark.parametrize(
    ("polygons", "code"),
    [
        ((), "geometry.empty"),
        (((),), "geometry.empty"),
        ((SQUARE[:3],), "ring.too_few_points"),
        ((UNCLOSED,), "ring.unclosed"),
        ((NOT_FINITE,), "geometry.not_finite"),
        ((TOO_MANY,), "geometry.too_many_vertices"),
    ],
)
def test_a_ring_that_is_none_is_refused(polygons: tuple[Ring, ...], code: str) -> None:
    """Nothing is closed or mended in silence."""
    with pytest.raises(GisError) as refused:
        built(*((ring,) if ring else () for ring in polygons))
    assert refused.value.code == code


def test_a_system_that_we_do_not_work_in_is_refused() -> None:
    """Web Mercator is no zone of a cadastre."""
    with pytest.raises(GisError) as refused:
        built((SQUARE,), epsg=3857)
    assert refused.value.code == "crs.unsupported"
