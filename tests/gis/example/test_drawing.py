"""The tools that draw the example: lots, outlines, cuts, clean maps, border stones."""

import math

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry.base import BaseGeometry

from gis.example.chance import between, choice, day_in, split_whole, unit
from gis.example.coverage import Coverage
from gis.example.layout import Block, split_off
from gis.example.outline import Form, Frame, draw_outline, one_polygon
from gis.example.plots import cut_plots, let_plots
from tests.properties import FEW

EMPTY = shapely.Polygon()
TWO = shapely.MultiPolygon([shapely.box(0, 0, 1, 1), shapely.box(5, 5, 6, 6)])
STAIRS = shapely.Polygon([(0, 0), (900, 0), (900, 300), (400, 300), (400, 700), (0, 700)])


def test_chance_never_changes() -> None:
    """The number of a key is fixed for ever: the shipped boundaries rest on it."""
    assert unit("ccn-tien-tien", "aspect") == pytest.approx(0.7204526, abs=1e-7)
    assert unit("a", 1) != unit("a", 2)
    assert 3 <= between(3, 4, "x") < 4
    assert choice(["only"], "x") == "only"
    assert (day_in(2020, "x", months=(2, 2)).month, day_in(2020, "x").year) == (2, 2020)


@FEW
@given(st.integers(0, 10**6), st.lists(st.floats(0.01, 1e4), min_size=1, max_size=30))
def test_whole_parts_add_up(total: int, weights: list[float]) -> None:
    """Dividing a whole number by weights loses and adds nothing."""
    parts = split_whole(total, weights)
    assert sum(parts) == total
    assert all(part >= 0 for part in parts)


@FEW
@given(st.text(min_size=1, max_size=12), st.floats(20_000, 3e6), st.integers(12, 40))
def test_outlines_are_land_of_the_asked_size(key: str, area_m2: float, corners: int) -> None:
    """Any key gives a valid outline of the asked area."""
    outline = draw_outline(key, area_m2, Form(corners=corners, unevenness=0.06, bay=0.3))
    assert outline.is_valid
    assert math.isclose(outline.area, area_m2, rel_tol=1e-9)


@FEW
@given(st.floats(0.05, 0.95), st.booleans())
def test_a_cut_has_the_asked_area(part: float, along_y: bool) -> None:  # noqa: FBT001
    """Both parts of a cut make the whole, the first has the asked area."""
    first, second = split_off(STAIRS, part * STAIRS.area, along_y=along_y)
    assert math.isclose(first.area, part * STAIRS.area, abs_tol=1e-3)
    assert math.isclose(first.area + second.area, STAIRS.area)


def test_a_frame_keeps_areas() -> None:
    """Turning, mirroring and moving change no area, and put the middle at its place."""
    shape = shapely.box(-30, -10, 30, 10)
    for frame in (Frame(400_000, 2_300_000, 33), Frame(400_000, 2_300_000, 33, is_mirrored=True)):
        moved = frame.to_zone(shape)
        assert math.isclose(moved.area, shape.area)
        assert moved.centroid.distance(shapely.Point(400_000, 2_300_000)) < 1e-6


@pytest.mark.parametrize("shape", [EMPTY, TWO, shapely.Point(0, 0)])
def test_one_polygon_refuses_anything_else(shape: BaseGeometry) -> None:
    """Where one piece of land was meant, several or none are a mistake of the tables."""
    with pytest.raises(ValueError, match="single polygon"):
        one_polygon(shape)


def test_pieces_of_a_coverage_share_their_borders() -> None:
    """Pieces that meet at a slant fit exactly once they are rounded together."""
    left, right = split_off(STAIRS, 200_000)
    frame = Frame(437_000.1234, 2_316_000.4321, 17.3)
    middle, top = split_off(right, 100_000, along_y=True)
    drawn = {"left": left, "middle": middle, "top": top}
    coverage = Coverage.of({name: frame.to_zone(shape) for name, shape in drawn.items()})
    pieces = [coverage.shape(name) for name in drawn]
    assert shapely.coverage_is_valid(pieces)
    assert shapely.union_all(pieces).area == pytest.approx(STAIRS.area, abs=1)


@FEW
@given(st.floats(-40, 40))
def test_a_border_stone_moves_land_exactly(gain_m2: float) -> None:
    """One group gains what the other loses, to a hundredth, and the outer boundary stays."""
    left, right = split_off(STAIRS, 200_000)
    frame = Frame(437_000, 2_316_000, 17.3)
    coverage = Coverage.of({"left": frame.to_zone(left), "right": frame.to_zone(right)})
    before = coverage.area_m2(["left"]), coverage.area_m2(["right"])
    coverage.set_stone(["left"], ["right"], gain_m2)
    assert coverage.area_m2(["left"]) - before[0] == pytest.approx(gain_m2, abs=0.01)
    assert coverage.area_m2(["right"]) - before[1] == pytest.approx(-gain_m2, abs=0.01)
    assert shapely.coverage_is_valid([coverage.shape("left"), coverage.shape("right")])


def test_an_outer_stone_changes_the_whole() -> None:
    """Without neighbours the stone is set on the outer border."""
    coverage = Coverage.of({"all": Frame(437_000, 2_316_000, 17.3).to_zone(STAIRS)})
    coverage.set_stone(["all"], (), 12.345 + STAIRS.area - coverage.area_m2(["all"]))
    assert coverage.area_m2(["all"]) == pytest.approx(STAIRS.area + 12.345, abs=0.01)


def test_plots_fill_their_blocks() -> None:
    """Plots make up the block; between two roads they stand back to back."""
    block = shapely.box(0, 0, 300, 160)
    single = cut_plots("x", [Block(block, is_between_roads=False)], 5_000)
    double = cut_plots("x", [Block(block, is_between_roads=True)], 5_000)
    for plots in (single, double):
        assert math.isclose(math.fsum(plot.area_m2 for plot in plots), block.area)
    assert {plot.row for plot in single} == {0}
    assert {plot.row for plot in double} == {0, 1}


def test_let_plots_have_the_asked_area() -> None:
    """A border moves so that the let plots are exact; asking for none lets none."""
    blocks = [Block(shapely.box(0, y, 600, y + 150), is_between_roads=False) for y in (0, 200)]
    plots = cut_plots("x", blocks, 6_000)
    let_plots("x", plots, 0, 6_000)
    assert not any(plot.is_let for plot in plots)
    let_plots("x", plots, 77_777, 6_000)
    let = [plot.area_m2 for plot in plots if plot.is_let]
    assert math.fsum(let) == pytest.approx(77_777, abs=1e-3)
    assert math.isclose(math.fsum(plot.area_m2 for plot in plots), 180_000)


def test_an_impossible_wish_is_refused() -> None:
    """More land than there is can't be let: the table has to be mended."""
    plots = cut_plots("x", [Block(shapely.box(0, 0, 100, 50), is_between_roads=False)], 5_000)
    with pytest.raises(ValueError, match="usual size"):
        let_plots("x", plots, 7_000, 5_000)
