"""A detailed plan 1/500 drawn into an outline: green belt, roads, lots at the gate, blocks.

Everything is in the outline's own frame, where the main road runs along x from the gate. Widths
of roads follow from the wished share of traffic land; a park takes what the other classes leave,
so that the industrial land comes out as the calibration says.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

import shapely
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from gis.example.chance import between
from gis.example.outline import one_polygon, polygons_of
from gis.model import LandUse

#: Larger than any cluster, in metres.
_FAR: Final = 10_000.0
#: Corners of land smaller than this are planted, not built on (m²).
_SMALLEST_BLOCK_M2: Final = 2_500.0
#: The main road is this much wider than the others.
_MAIN_ROAD: Final = 1.8
_BISECTIONS: Final = 48


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanForm:
    """How a plan divides its land; shares are parts of the whole outline.

    ``rows`` and ``columns`` count the blocks across and along the main road, ``main`` the rows
    on its left-hand side (the right of the picture's x axis). ``reserve`` is land behind the
    first phase, ``unclassified`` land that the plan leaves open.
    """

    rows: int = 2
    columns: int = 2
    main: int = 1
    belt_m: float = 12.0
    traffic: float = 0.12
    services: float = 0.025
    technical: float = 0.015
    water: float = 0.02
    unclassified: float = 0.006
    reserve: float = 0.0
    has_central_park: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """Land for plots; ``is_between_roads`` where a road runs along both of its long sides."""

    shape: Polygon
    is_between_roads: bool


@dataclass(slots=True)
class Layout:
    """A plan's pieces by name with their classes, and the blocks that plots are cut from."""

    shapes: dict[str, BaseGeometry] = field(default_factory=dict)
    classes: dict[str, LandUse | None] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)

    def add(self, name: str, land_use: LandUse | None, shape: BaseGeometry) -> None:
        """Add a piece; ``land_use`` None leaves its land unclassified. Empty shapes are none."""
        parts = polygons_of(shape)
        if parts:
            self.shapes[name] = parts[0] if len(parts) == 1 else MultiPolygon(parts)
            self.classes[name] = land_use


@dataclass(frozen=True, slots=True)
class _Grid:
    """Middle lines of the roads: the main one, its parallels, the cross roads; both borders."""

    main: float
    parallel: tuple[float, ...]
    cross: tuple[float, ...]


def draw_plan(key: str, outline: Polygon, industrial_m2: float, form: PlanForm) -> Layout:
    """Draw the plan that belongs to a key; its blocks have the given industrial area."""
    layout = Layout()
    inner = outline.buffer(-form.belt_m, join_style="mitre", mitre_limit=2.0)
    built = inner
    if form.reserve:
        built, reserve = split_off(inner, (1 - form.reserve) * outline.area - _belt(outline, inner))
        layout.add("DT-01", LandUse.OTHER, reserve)
    grid = _grid(key, built, form)
    unit = _road_unit(outline, built, grid, form.traffic * outline.area)
    roads = _roads(outline, built, grid, unit)
    for name, road in roads.items():
        layout.add(name, LandUse.TRAFFIC, road)
    blocks, corners = _blocks(built, grid, unit)
    belt = outline.difference(shapely.union_all([inner, *roads.values()]))
    layout.add("CX-01", LandUse.GREEN, belt)
    for number, corner in enumerate(corners, start=1):
        layout.add(f"CX-{number + 10}", LandUse.GREEN, corner)
    layout.blocks = _with_lots(layout, blocks, outline.area, industrial_m2, form)
    return layout


def split_off(shape: Polygon, area_m2: float, *, along_y: bool = False) -> tuple[Polygon, Polygon]:
    """Cut a shape by a straight line so that the first part has the given area.

    The first part is the left one (small x), or the lower one with ``along_y``.
    """
    west, south, east, north = shape.bounds
    low, high = (south, north) if along_y else (west, east)
    near = _bisect(lambda place: _before(shape, place, along_y=along_y).area, low, high, area_m2)
    first = _before(shape, near, along_y=along_y)
    return one_polygon(first), one_polygon(shape.difference(first))


def _before(shape: BaseGeometry, place: float, *, along_y: bool) -> BaseGeometry:
    if along_y:
        return shape.intersection(shapely.box(-_FAR, -_FAR, _FAR, place))
    return shape.intersection(shapely.box(-_FAR, -_FAR, place, _FAR))


def _bisect(measure: Callable[[float], float], low: float, high: float, goal: float) -> float:
    """Return where a growing measure reaches a goal between two places."""
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2
        if measure(middle) < goal:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _belt(outline: Polygon, inner: Polygon) -> float:
    return float(outline.area - inner.area)


def _grid(key: str, built: Polygon, form: PlanForm) -> _Grid:
    west, south, east, north = built.bounds
    across = _steps(south, north, form.rows, key, "row")
    along = _steps(west, east, form.columns, key, "column")
    main = across.pop(form.main - 1)
    return _Grid(main, tuple(across), tuple(along))


def _steps(low: float, high: float, count: int, *key: str) -> list[float]:
    """Divide a span into nearly equal parts; return the places between them."""
    return [
        low + (high - low) * (step + between(-0.12, 0.12, *key, step)) / count
        for step in range(1, count)
    ]


def _road_unit(outline: Polygon, built: Polygon, grid: _Grid, goal_m2: float) -> float:
    """Return the width of an ordinary road with which all roads have the wished area."""

    def area_m2(unit: float) -> float:
        return float(sum(road.area for road in _roads(outline, built, grid, unit).values()))

    return _bisect(area_m2, 1.0, 60.0, goal_m2)


def _roads(outline: Polygon, built: Polygon, grid: _Grid, unit: float) -> dict[str, BaseGeometry]:
    west = built.bounds[0]
    half = unit * _MAIN_ROAD / 2
    strip = shapely.box(-_FAR, grid.main - half, _FAR, grid.main + half)
    gate = outline.intersection(shapely.box(-_FAR, -_FAR, west + half, _FAR))
    roads = {"D1": strip.intersection(built.union(gate))}
    for number, y in enumerate(grid.parallel, start=2):
        band = shapely.box(-_FAR, y - unit / 2, _FAR, y + unit / 2)
        roads[f"D{number}"] = band.intersection(built)
    taken = shapely.union_all(list(roads.values()))
    for number, x in enumerate(grid.cross, start=1):
        band = shapely.box(x - unit / 2, -_FAR, x + unit / 2, _FAR)
        roads[f"N{number}"] = band.intersection(built).difference(taken)
    return roads


def _blocks(
    built: Polygon, grid: _Grid, unit: float
) -> tuple[dict[tuple[int, int], Polygon], list[Polygon]]:
    """Return the blocks by (column, row) and the corners that are too small for one."""
    rows = [(y, unit / 2) for y in grid.parallel] + [(grid.main, unit * _MAIN_ROAD / 2)]
    across = _spans(sorted(rows))
    along = _spans([(x, unit / 2) for x in grid.cross])
    blocks: dict[tuple[int, int], Polygon] = {}
    corners: list[Polygon] = []
    for column, (west, east) in enumerate(along):
        for row, (south, north) in enumerate(across):
            cell = built.intersection(shapely.box(west, south, east, north))
            for place, part in enumerate(polygons_of(cell)):
                if place == 0 and part.area >= _SMALLEST_BLOCK_M2:
                    blocks[column, row] = part
                else:
                    corners.append(part)
    return blocks, corners


def _spans(roads: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return the spans between roads given as (middle, half width)."""
    edges = [-_FAR]
    for middle, half in roads:
        edges += [middle - half, middle + half]
    edges.append(_FAR)
    return list(pairwise(edges))[::2]


def _with_lots(
    layout: Layout,
    blocks: dict[tuple[int, int], Polygon],
    whole_m2: float,
    industrial_m2: float,
    form: PlanForm,
) -> list[Block]:
    """Cut the lots that are not industry out of the blocks; return what remains, gate first."""
    services, technical, water, rest = (
        share * whole_m2 for share in (form.services, form.technical, form.water, form.unclassified)
    )
    last = max(column for column, _row in blocks)
    blocks[last, 0], end = split_off(
        blocks[last, 0], blocks[last, 0].area - technical - water - rest
    )
    works, end = split_off(end, technical, along_y=True)
    wastewater, substation = split_off(works, 0.7 * technical)
    layout.add("HTKT-01", LandUse.TECHNICAL, wastewater)
    layout.add("HTKT-02", LandUse.TECHNICAL, substation)
    pond, end = split_off(end, water, along_y=True)
    layout.add("MN-01", LandUse.WATER, pond)
    layout.add("unclassified", None, end)
    park = sum(block.area for block in blocks.values()) - industrial_m2 - services
    gate, centre = (0, form.main), (form.columns // 2, form.main - 1)
    at_gate = services if form.has_central_park else services + park
    lots, blocks[gate] = split_off(blocks[gate], at_gate)
    if form.has_central_park:
        behind, blocks[centre] = split_off(blocks[centre], park)
    else:
        lots, behind = split_off(lots, services, along_y=True)
    layout.add("DV-01", LandUse.SERVICES, lots)
    layout.add("CX-02", LandUse.GREEN, behind)
    return [Block(blocks[place], 0 < place[1] < form.rows - 1) for place in sorted(blocks)]
