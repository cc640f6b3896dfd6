"""Industrial plots: blocks cut into rows of plots, and which of them are let on the example's day.

The let plots have exactly the area that the calibration asks for: one border between a let and a
vacant plot is moved to make it so.
"""

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from shapely.geometry import Polygon

from gis.example.chance import between, unit
from gis.example.layout import Block, split_off
from gis.example.outline import one_polygon

#: A plot is about this much deeper than it is wide.
_DEEP: Final = 1.5
#: Some plots near the gate stay vacant: not every one found a tenant.
_SKIPPED: Final = 0.15
#: No plot becomes smaller than this part of the usual size when a border moves.
_LEAST: Final = 0.6
_ATTEMPTS: Final = 100


@dataclass(slots=True)
class Plot:
    """A plot as drawn, with its row; ``is_let`` says whether it is let on the example's day."""

    row: int
    shape: Polygon
    is_let: bool = False

    @property
    def area_m2(self) -> float:
        """Return the drawn area."""
        return float(self.shape.area)


@dataclass(frozen=True, slots=True)
class _Move:
    """The border between plots ``place`` and ``place + 1`` that moves, with the areas after it."""

    place: int
    first_m2: float
    second_m2: float

    @property
    def least_m2(self) -> float:
        return min(self.first_m2, self.second_m2)


def cut_plots(key: str, blocks: list[Block], usual_m2: float) -> list[Plot]:
    """Cut blocks into plots of about the usual size, in walking order from the gate."""
    rows = [band for block in blocks for band in _bands(block, usual_m2)]
    return [
        Plot(number, shape)
        for number, row in enumerate(rows)
        for shape in _row_plots(f"{key}/{number}", row, usual_m2)
    ]


def let_plots(key: str, plots: list[Plot], let_m2: float, usual_m2: float) -> None:
    """Mark plots as let, from the gate on, and move one border so that their area is exact.

    Which plots are skipped is tried anew until no plot gets too small. Nothing for ``let_m2`` 0.
    """
    if not let_m2:
        return
    for attempt in range(_ATTEMPTS):
        let = _walk(f"{key}/{attempt}", plots, let_m2)
        move = _best_move(plots, let, let_m2)
        if move is not None and move.least_m2 >= _LEAST * usual_m2:
            _apply(plots, let, move)
            return
    message = "no border between a let and a vacant plot can move: change the usual size of plots"
    raise ValueError(message)


def _bands(block: Block, usual_m2: float) -> list[Polygon]:
    """Divide a deep block between two roads into two rows, back to back; each has its road."""
    _west, south, _east, north = block.shape.bounds
    if not block.is_between_roads or north - south < _DEEP * math.sqrt(_DEEP * usual_m2):
        return [block.shape]
    return list(split_off(block.shape, block.shape.area / 2, along_y=True))


def _row_plots(key: str, row: Polygon, usual_m2: float) -> list[Polygon]:
    count = max(1, round(row.area / usual_m2))
    weights = [between(0.75, 1.25, key, place) for place in range(count)]
    unit_m2 = row.area / math.fsum(weights)
    plots = []
    for weight in weights[:-1]:
        plot, row = split_off(row, weight * unit_m2)
        plots.append(plot)
    return [*plots, row]


def _walk(key: str, plots: list[Plot], let_m2: float) -> list[bool]:
    """Let plots from the gate on, skipping some, until the area is nearly reached."""
    let = []
    open_m2 = let_m2
    for place, plot in enumerate(plots):
        takes = unit(key, place) >= _SKIPPED and open_m2 > plot.area_m2 / 2
        let.append(takes)
        open_m2 -= plot.area_m2 if takes else 0.0
    return let


def _best_move(plots: list[Plot], let: list[bool], let_m2: float) -> _Move | None:
    """Return the border whose move makes the let area exact and leaves the largest plots."""
    areas = [plot.area_m2 for plot in plots]
    gain = let_m2 - math.fsum(area for area, is_let in zip(areas, let, strict=True) if is_let)
    moves = []
    for place, (left, right) in enumerate(pairwise(plots)):
        if left.row == right.row and let[place] != let[place + 1]:
            moved = gain if let[place] else -gain
            moves.append(_Move(place, areas[place] + moved, areas[place + 1] - moved))
    return max(moves, key=lambda move: move.least_m2, default=None)


def _apply(plots: list[Plot], let: list[bool], move: _Move) -> None:
    for plot, is_let in zip(plots, let, strict=True):
        plot.is_let = is_let
    left, right = plots[move.place], plots[move.place + 1]
    whole = one_polygon(left.shape.union(right.shape))
    left.shape, right.shape = split_off(whole, move.first_m2)
