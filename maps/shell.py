"""The map object that folium makes for a page: its element and script, and nothing else of it.

folium's page head (ten addresses of others, scripts without a nonce) is never written: our own
template lists the vendored files. Ids are fixed, so that two renders are the same bytes, and no
text of the register passes through here: layers come by URL (THREATS finding 1).
"""

from dataclasses import dataclass
from functools import cache
from typing import Final, TypeVar

import folium
from branca.element import Element, Figure
from folium.plugins import Fullscreen

from gis.error_texts import Language

E = TypeVar("E", bound=Element)
MAP_NAME: Final = "map_ccn"
_FULL_SCREEN: Final = {
    "vi": ("Toàn màn hình", "Thu nhỏ"),
    "en": ("Full screen", "Leave full screen"),
}


@dataclass(frozen=True, slots=True)
class MapView:
    """Where a map begins: centre in WGS84 degrees and zoom, and whether the wheel zooms it."""

    lat: float
    lon: float
    zoom: int
    wheel_zooms: bool = True


@dataclass(frozen=True, slots=True)
class MapShell:
    """The element that holds the map and the script that makes it."""

    html: str
    script: str


@cache
def map_shell(view: MapView, language: Language = "vi") -> MapShell:
    """Render folium's part of a page, once for each view and language."""
    figure = Figure()
    leaflet_map = _named(
        folium.Map(
            location=[view.lat, view.lon],
            zoom_start=view.zoom,
            tiles=None,
            scrollWheelZoom=view.wheel_zooms,
            zoom_control="topright",
            zoomSnap=0.25,
        ),
        "ccn",
    )
    enter, leave = _FULL_SCREEN[language]
    full = Fullscreen(position="topright", title=enter, title_cancel=leave)  # type: ignore[no-untyped-call]
    _named(full, "full").add_to(leaflet_map)
    leaflet_map.add_to(figure)
    figure.render()
    return MapShell(html=figure.html.render(), script=figure.script.render())


def _named(element: E, name: str) -> E:
    """Give an element a fixed id, where folium takes a random one for each render."""
    element._id = name  # noqa: SLF001 - folium offers no other way
    return element
