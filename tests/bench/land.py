"""Made-up land for measuring: clusters of irregular plots and roads, with known faults.

Plots, roads and plan share their borders vertex by vertex, as on a cadastral map drawn from
surveyed lines. In one cluster of ten a plot is swollen into its neighbours; in one of twenty a
plot at the edge is stretched beyond the boundary. The same seed gives the same land.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

EPSG: Final = 9211
#: A corner of the province (easting, northing) and the distance between clusters, in metres.
_CORNER: Final = (400_000.0, 2_270_000.0)
_STEP_M: Final = 2_500.0
_CLUSTERS_A_ROW: Final = 32
_SIZE_M: Final = (900.0, 750.0)

Points = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Piece:
    """A shape with its class: a land code for parcels, a land use for areas of the plan."""

    code: str
    shape: BaseGeometry


@dataclass(frozen=True, slots=True)
class MadeUpCluster:
    """The land of one cluster: boundary, plots and roads, and the areas of its plan."""

    boundary: BaseGeometry
    parcels: list[Piece]
    plan_areas: list[Piece]


@dataclass(frozen=True, slots=True)
class _Lattice:
    """Corners, and points half-way along the borders, of plots in rows and columns."""

    corners: Points
    across: Points
    along: Points

    def ring(self, rows: slice, columns: slice) -> Points:
        """Return the outline of a block of cells, through every point on it."""
        top, bottom, left, right = rows.start, rows.stop, columns.start, columns.stop
        sides = (
            _woven(self.corners[top, left : right + 1], self.across[top, left:right]),
            _woven(self.corners[top : bottom + 1, right], self.along[top:bottom, right]),
            _woven(self.corners[bottom, left : right + 1], self.across[bottom, left:right])[::-1],
            _woven(self.corners[top : bottom + 1, left], self.along[top:bottom, left])[::-1],
        )
        return np.concatenate([side[:-1] for side in sides])


def make_cluster(number: int, *, rows: int, columns: int) -> MadeUpCluster:
    """Make a cluster with ``rows`` × ``columns`` plots and a road after every second row."""
    random = np.random.default_rng(number)
    lattice = _lattice(random, number, rows + rows // 2, columns)
    plots: list[BaseGeometry] = []
    roads: list[BaseGeometry] = []
    blocks: list[BaseGeometry] = []
    for row in range(rows + rows // 2):
        if row % 3 == 2:
            roads.append(_cells(lattice, row, row + 1, 0, columns))
            continue
        plots += [_cells(lattice, row, row + 1, left, left + 1) for left in range(columns)]
        if row % 3 == 0:
            blocks.append(_cells(lattice, row, row + 2, 0, columns))
    outline = _cells(lattice, 0, rows + rows // 2, 0, columns)
    _spoil(plots, number, columns)
    codes = random.choice(["SKN", "SKN", "SKN", "SKN", "TMD", "DKV"], len(plots)).tolist()
    return MadeUpCluster(
        boundary=_scaled(outline, 1.02),
        parcels=[
            *(Piece(code, plot) for code, plot in zip(codes, plots, strict=True)),
            *(Piece("DGT", road) for road in roads),
        ],
        plan_areas=[
            *(Piece("industry", block) for block in blocks),
            *(Piece("traffic", road) for road in roads),
        ],
    )


def _lattice(random: np.random.Generator, number: int, rows: int, columns: int) -> _Lattice:
    """Lay out irregular cells, turned by some angle, at the cluster's place in the province."""
    width, height = _SIZE_M
    heights = np.where(np.arange(rows) % 3 == 2, 0.25, random.uniform(0.8, 1.2, rows))
    y = np.concatenate([[0.0], np.cumsum(heights)]) * height / heights.sum()
    x = np.concatenate([[0.0], np.cumsum(random.uniform(0.7, 1.3, columns))]) * width / columns
    corners = np.stack(np.meshgrid(x, y), axis=-1)
    cell = min(width / columns, height / rows)
    corners = corners + random.normal(0, 0.04 * cell, corners.shape)
    across = (corners[:, :-1] + corners[:, 1:]) / 2
    along = (corners[:-1] + corners[1:]) / 2
    angle = random.uniform(0, np.pi / 2)
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    place = np.array([number % _CLUSTERS_A_ROW, number // _CLUSTERS_A_ROW]) * _STEP_M + _CORNER
    bends = (random.normal(0, 0.02 * cell, points.shape) for points in (across, along))
    return _Lattice(
        corners @ turn + place,
        (across + next(bends)) @ turn + place,
        (along + next(bends)) @ turn + place,
    )


def _woven(corners: Points, between: Points) -> Points:
    """Put a point between each corner and the next."""
    line = np.empty((len(corners) + len(between), 2))
    line[0::2], line[1::2] = corners, between
    return line


def _cells(lattice: _Lattice, top: int, bottom: int, left: int, right: int) -> BaseGeometry:
    return shapely.Polygon(lattice.ring(slice(top, bottom), slice(left, right)))


def _spoil(plots: list[BaseGeometry], number: int, columns: int) -> None:
    """Put the faults of one cluster in ten, and of one in twenty, into its plots."""
    if number % 10 == 0:
        inner = columns + columns // 2
        plots[inner] = _scaled(plots[inner], 1.05)
    if number % 20 == 5:
        plots[0] = _scaled(plots[0], 1.6)


def _scaled(shape: BaseGeometry, factor: float) -> BaseGeometry:
    """Swell a shape about its centre."""
    centre = shapely.get_coordinates(shape.centroid)[0]
    return shapely.transform(shape, lambda points: centre + (points - centre) * factor)
