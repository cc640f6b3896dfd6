"""One table of styles: complete, told apart by every eye, and read by all that draw."""

import itertools
from collections.abc import Sequence

import numpy as np
import pytest

from gis.model import ClusterKind, LandUse, PlotState, Quality
from maps import style

# Full severity; Machado, Oliveira and Fernandes, "A physiologically-based model for simulation of
# color vision deficiency", IEEE TVCG 15(6), 2009, table 1 (linear RGB).
SIGHTS = {
    "normal": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
TOLD_APART = 16.0
"""Distance in CIELAB (ΔE*ab); 2.3 is just noticeable side by side."""


def linear(colour: str) -> np.ndarray:
    """Return linear RGB of ``#rrggbb``."""
    parts = np.array([int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def lab(rgb: np.ndarray) -> np.ndarray:
    """Return CIELAB (D65) of linear RGB."""
    to_xyz = [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
    xyz = np.array(to_xyz) @ np.clip(rgb, 0, 1) / np.array([0.95047, 1.0, 1.08883])
    bent = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.array([116 * bent[1] - 16, 500 * (bent[0] - bent[1]), 200 * (bent[1] - bent[2])])


def contrast(one: str, other: str) -> float:
    """Return the WCAG contrast ratio of two colours."""
    lights = sorted(float(np.array([0.2126, 0.7152, 0.0722]) @ linear(c)) for c in (one, other))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize(
    "fills",
    [
        [one.fill for one in style.LAND_USES],
        [one.fill for one in style.PLOT_STATES],
        [one.fill for one in style.FILL_CLASSES],
        [one.line for one in style.KINDS],
    ],
    ids=["land uses", "plot states", "fill classes", "kinds"],
)
def test_colours_of_a_layer_are_told_apart(fills: Sequence[str], sight: str) -> None:
    """Under each form of colour blindness no two colours of a list come close."""
    matrix = np.array(SIGHTS[sight])
    for one, other in itertools.combinations(fills, 2):
        distance = np.linalg.norm(lab(matrix @ linear(one)) - lab(matrix @ linear(other)))
        assert distance >= TOLD_APART, (one, other, distance)


def test_every_code_of_the_model_has_a_style() -> None:
    """Land uses, plot states, kinds and qualities are all in the table, each once."""
    assert {one.code for one in style.LAND_USES} == set(LandUse)
    assert {one.code for one in style.PLOT_STATES} == set(PlotState)
    assert {one.code for one in style.KINDS} == set(ClusterKind)
    assert {one.code for one in style.QUALITIES} == set(Quality)


def test_fill_classes_meet_and_reach_from_nought_to_all() -> None:
    """The breaks leave no percentage out and hold 60 %, from which a cluster may expand."""
    breaks = [(one.low, one.high) for one in style.FILL_CLASSES]
    assert breaks[0][0] == 0
    assert breaks[-1][1] > 100
    assert all(before[1] == after[0] for before, after in itertools.pairwise(breaks))
    assert 60 in [low for low, _high in breaks]


def test_the_undetermined_and_the_made_up_look_different() -> None:
    """Undetermined is hatched, synthetic is dashed, and nothing else of their lists is."""
    assert style.NO_DATA.pattern == "hatch"
    assert [one.code for one in style.QUALITIES if one.dashed] == ["synthetic"]
    assert [one.symbol for one in style.KINDS] == ["circle", "square"]


def test_text_on_the_pages_is_readable() -> None:
    """Words reach the contrast of WCAG AA (4.5) on the grounds that they stand on."""
    pairs = [
        ("#1d2a31", "#ffffff"), ("#1d2a31", "#f3f5f2"), ("#1d2a31", "#e9eef0"),
        ("#55636b", "#ffffff"), ("#55636b", "#f3f5f2"), ("#0b5c4a", "#ffffff"),
        ("#0b5c4a", "#e4efea"), ("#8a4b00", "#fdf1dc"), ("#a3241c", "#ffffff"),
    ]  # fmt: skip
    for words, ground in pairs:
        assert contrast(words, ground) >= 4.5, (words, ground)
