"""How land looks: one table of codes, colours, patterns and labels for every view of the map.

Legend, folium, the browser's layers and print all read these lists, so that a colour means one
thing everywhere. The classes of the fill rate are ColorBrewer's YlGnBu, the states of plots Okabe
and Ito's palette. Within each list all colours are told apart with normal sight and under
protanopia, deuteranopia and tritanopia: a test simulates them (Machado, Oliveira and Fernandes
2009). Kinds differ by shape too, what is undetermined or only approved by a hatch.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import Any, Final

#: Grows when anything here or in the static files changes what a page shows: part of validators.
STYLE_VERSION: Final = "1"


@dataclass(frozen=True, slots=True)
class Style:
    """A class of land on the map.

    Code, labels in both languages, fill, outline, pattern over the fill (``hatch`` or None),
    whether the outline is dashed, and the symbol that stands for it from afar (``circle`` or
    ``square``). Lists are in the order of legends.
    """

    code: str
    vi: str
    en: str
    fill: str
    line: str = "#5b6770"
    pattern: str | None = None
    dashed: bool = False
    symbol: str | None = None


@dataclass(frozen=True, slots=True)
class FillClass:
    """A class of the legal fill rate: from ``low`` up to, not including, ``high`` (in %)."""

    low: float
    high: float
    fill: str


LAND_USES: Final = (
    Style("industry", "Đất công nghiệp", "Industry", "#c497d2"),
    Style("services", "Dịch vụ", "Services", "#e9633f"),
    Style("traffic", "Giao thông", "Traffic", "#aeb2b4"),
    Style("green", "Cây xanh", "Green", "#5b8f72"),
    Style("water", "Mặt nước", "Water", "#bfe6f7"),
    Style("technical", "Hạ tầng kỹ thuật", "Technical works", "#e6d25a"),
    Style("other", "Đất khác", "Other", "#faf6e3"),
)

PLOT_STATES: Final = (
    Style("leased", "Đã cho thuê", "Leased", "#0072b2", line="#00486f"),
    Style(
        "approved",
        "Đã chấp thuận, chưa cho thuê",
        "Approved, not leased",
        "#e69f00",
        line="#8a5f00",
        pattern="hatch",
    ),
    Style("vacant", "Còn trống", "Vacant", "#fffdf5", line="#8a8f94"),
)

SERVING: Final = Style(
    "serving", "Đất phục vụ ngoài cụm", "Serving land outside", "#f3d9e4", "#a8557c", dashed=True
)

#: Breaks of the choropleth, in % of the legal fill rate; the last class holds 100 % too.
FILL_CLASSES: Final = (
    FillClass(0, 20, "#ffffcc"),
    FillClass(20, 40, "#a1dab4"),
    FillClass(40, 60, "#41b6c4"),
    FillClass(60, 80, "#2c7fb8"),
    FillClass(80, 101, "#253494"),
)
NO_DATA: Final = Style(
    "no_data", "Không xác định", "Undetermined", "#e3e6e8", line="#8a8f94", pattern="hatch"
)

KINDS: Final = (
    Style("ccn", "Cụm công nghiệp", "Industrial cluster", "#ffffff", "#0b5c4a", symbol="circle"),
    Style("kcn", "Khu công nghiệp", "Industrial zone", "#ffffff", "#7a3b8f", symbol="square"),
)

QUALITIES: Final = (
    Style("surveyed", "Ranh đo đạc", "Surveyed boundary", "#ffffff", line="#22303a"),
    Style("digitised", "Ranh số hóa", "Digitised boundary", "#ffffff", line="#22303a"),
    Style("generalised", "Ranh khái quát", "Generalised boundary", "#ffffff", line="#8a8f94"),
    Style(
        "synthetic",
        "Ranh minh họa (không có thật)",
        "Synthetic boundary (not real)",
        "#ffffff",
        line="#22303a",
        dashed=True,
    ),
)

OUTLINE: Final = Style("outline", "Địa giới tỉnh (khái quát)", "Province", "#fbfaf6", "#98a2a9")


def style_table() -> Mapping[str, Any]:
    """Return all styles as plain JSON values, for the browser's configuration."""
    return MappingProxyType(
        {
            "version": STYLE_VERSION,
            "land_uses": [asdict(style) for style in LAND_USES],
            "plot_states": [asdict(style) for style in PLOT_STATES],
            "serving": asdict(SERVING),
            "fill_classes": [asdict(fill) for fill in FILL_CLASSES],
            "no_data": asdict(NO_DATA),
            "kinds": [asdict(style) for style in KINDS],
            "qualities": [asdict(style) for style in QUALITIES],
            "outline": asdict(OUTLINE),
        }
    )
