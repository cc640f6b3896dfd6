"""Named geometries that every test of shapes can use: sound ones, and one of each fault.

Coordinates are small whole numbers: the faults do not depend on the place.
"""

from types import MappingProxyType
from typing import Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

#: Shapes that can stand for land, with their areas.
SOUND: Final = MappingProxyType(
    {
        "square": ("POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0))", 100.0),
        "clockwise": ("POLYGON ((0 0, 0 10, 10 10, 10 0, 0 0))", 100.0),
        "hole": ("POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0), (4 4, 4 6, 6 6, 6 4, 4 4))", 96.0),
        "hole of the shell's turn": (
            "POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0), (4 4, 6 4, 6 6, 4 6, 4 4))",
            96.0,
        ),
        "two parts": (
            "MULTIPOLYGON (((0 0, 2 0, 2 2, 0 2, 0 0)), ((5 5, 6 5, 6 6, 5 6, 5 5)))",
            5.0,
        ),
        "parts that touch": (
            "MULTIPOLYGON (((0 0, 2 0, 2 2, 0 2, 0 0)), ((2 2, 4 2, 4 4, 2 4, 2 2)))",
            8.0,
        ),
        "an empty part": ("MULTIPOLYGON (((0 0, 2 0, 2 2, 0 2, 0 0)), EMPTY)", 4.0),
        "sliver": ("POLYGON ((0 0, 100 0, 100 0.001, 0 0))", 0.05),
        "corner at zero": ("POLYGON ((-1 -1, 0 -1, 0 0, -1 0, -1 -1))", 1.0),
        "heights": ("POLYGON Z ((0 0 5, 10 0 5, 10 10 5, 0 10 5, 0 0 5))", 100.0),
    }
)

#: Shapes that can't, with the code of their problem, its place and THREATS row.
FAULTY: Final = MappingProxyType(
    {
        "bow tie (1)": (
            "POLYGON ((0 0, 2 2, 2 0, 0 2, 0 0))",
            "geometry.self_intersection",
            (1.0, 1.0),
        ),
        "ring over itself (2)": (
            "POLYGON ((0 0, 5 0, 5 3, 1 3, 1 1, 4 1, 4 4, 0 4, 0 0))",
            "geometry.self_intersection",
            (4.0, 3.0),
        ),
        "spike (3)": (
            "POLYGON ((0 0, 10 0, 10 10, 5 10, 5 15, 5 10, 0 10, 0 0))",
            "geometry.self_intersection",
            (5.0, 15.0),
        ),
        "ring through a point twice": (
            "POLYGON ((0 0, 4 0, 2 2, 4 4, 0 4, 2 2, 0 0))",
            "geometry.self_intersection",
            (2.0, 2.0),
        ),
        "parts that overlap": (
            "MULTIPOLYGON (((0 0, 2 0, 2 2, 0 2, 0 0)), ((1 1, 3 1, 3 3, 1 3, 1 1)))",
            "geometry.self_intersection",
            (1.0, 2.0),
        ),
        "collinear (6)": ("POLYGON ((0 0, 1 1, 2 2, 0 0))", "geometry.zero_area", None),
        "one point (6)": ("POLYGON ((1 1, 1 1, 1 1, 1 1))", "geometry.zero_area", None),
        "too small to measure (6)": (
            "POLYGON ((0 0, 1e-200 0, 1e-200 1e-200, 0 0))",
            "geometry.zero_area",
            None,
        ),
        "hole outside": (
            "POLYGON ((0 0, 1 0, 1 1, 0 1, 0 0), (5 5, 6 5, 6 6, 5 6, 5 5))",
            "geometry.invalid",
            (5.0, 5.0),
        ),
        "hole in a hole": (
            "POLYGON ((0 0, 9 0, 9 9, 0 9, 0 0), (1 1, 8 1, 8 8, 1 8, 1 1), (2 2, 3 2, 3 3, 2 2))",
            "geometry.invalid",
            (2.0, 2.0),
        ),
        "empty polygon (19)": ("POLYGON EMPTY", "geometry.empty", None),
        "empty parts (19)": ("MULTIPOLYGON EMPTY", "geometry.empty", None),
        "line (8)": ("LINESTRING (0 0, 1 1)", "geometry.type", None),
        "point (8)": ("POINT (0 0)", "geometry.type", None),
        "collection (8)": (
            "GEOMETRYCOLLECTION (POLYGON ((0 0, 1 0, 1 1, 0 0)))",
            "geometry.type",
            None,
        ),
    }
)


def sound(name: str) -> BaseGeometry:
    """Return a shape of `SOUND`."""
    return shapely.from_wkt(SOUND[name][0])


def faulty(name: str) -> BaseGeometry:
    """Return a shape of `FAULTY`."""
    return shapely.from_wkt(FAULTY[name][0])


def circle(vertices: int, radius: float = 100.0) -> BaseGeometry:
    """Return a regular polygon."""
    turns = np.linspace(0.0, 2 * np.pi, vertices, endpoint=False)
    return shapely.Polygon(radius * np.column_stack([np.cos(turns), np.sin(turns)]))


def tangle(vertices: int) -> BaseGeometry:
    """Return a ring that crosses itself everywhere, the same in every run (THREATS 15)."""
    return shapely.Polygon(np.random.default_rng(vertices).uniform(0, 100, (vertices, 2)))


def not_finite(value: float) -> BaseGeometry:
    """Return a polygon with a coordinate that is no number (THREATS 7)."""
    with np.errstate(invalid="ignore"):
        return shapely.Polygon([(0, 0), (1, 0), (value, 1), (0, 0)])
