"""The map of clusters for a notebook: one page that carries all it needs and asks nobody.

Names and words of the land travel as JSON that can't leave its element and reach the page as
text nodes only, through the modules of the service's own map (THREATS finding 1, 2).
"""

import json
import math
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final, Protocol

import folium
from branca.element import CssLink, Element, Figure, JavascriptLink
from folium.template import Template

from gis.error_texts import Language
from maps.inline import json_text, module_map, module_name, script_text, style_text
from maps.style import style_table
from maps.texts import texts

_MODULE: Final = "notebook.js"
_SCRIPTS: Final = ("vendor/leaflet/leaflet.js",)
_STYLES: Final = ("vendor/leaflet/leaflet.css", "base.css", "map.css")
_REPLACED: Final = frozenset(
    {
        "leaflet", "jquery", "bootstrap", "awesome_markers",
        "leaflet_css", "bootstrap_css", "glyphicons_css", "awesome_markers_font_css",
        "awesome_markers_css", "awesome_rotate_css",
    }
)  # fmt: skip
"""folium's own links: Leaflet is carried along, the others serve markers and popups not used."""


class HasGeoInterface(Protocol):
    """Anything that knows itself as GeoJSON, such as a GeoDataFrame."""

    @property
    def __geo_interface__(self) -> Mapping[str, Any]:
        """Return the GeoJSON object."""


Land = Mapping[str, Any] | HasGeoInterface
"""A GeoJSON FeatureCollection in WGS84, as a mapping or as something that gives one."""


class ForeignAddressError(ValueError):
    """A layer would load something from another host: a notebook's map carries what it needs."""


class StandAloneFigure(Figure):
    """A page that holds its scripts and styles and refuses links to others."""

    def render(self, **kwargs: Any) -> str:
        """Render the page.

        Raises:
            ForeignAddressError: when a layer added to the map brings a link of its own.
        """
        for child in list(self._children.values()):
            child.render(**kwargs)
        for name, child in list(self.header._children.items()):  # noqa: SLF001 - branca's only way
            if isinstance(child, JavascriptLink | CssLink):
                if name not in _REPLACED:
                    raise ForeignAddressError(f"{name} would be loaded from {child.url}")
                del self.header._children[name]  # noqa: SLF001 - the same
        return str(self._template.render(this=self, kwargs=kwargs))


def cluster_map(
    clusters: Land,
    *,
    outline: Land | None = None,
    plan: Land | None = None,
    parcels: Land | None = None,
    on: date | None = None,
    language: Language = "vi",
    height: str = "560px",
) -> folium.Map:
    """Return a map of clusters and zones that shows itself in a notebook and saves as one file.

    ``clusters`` have the properties of ``/api/clusters``, ``plan`` and ``parcels`` those of their
    addresses; what is missing shows as unknown. Coordinates are WGS84 degrees. A feature without
    geometry is left out of the map; no feature at all gives the map of the country's north.
    Layers of folium can be added as long as they load nothing from other hosts; a folium popup
    needs jQuery, which is not carried.

    Raises:
        ForeignAddressError: on display, for an added layer that links to another host.
    """
    given = {"clusters": clusters, "outline": outline, "plan": plan, "parcels": parcels}
    config = {
        "view": "notebook",
        "language": language,
        "on": on and on.isoformat(),
        "isDefaultDate": on is None,
        "styles": dict(style_table()),
        "texts": texts(language),
        "land": {name: _collection(land) for name, land in given.items() if land is not None},
    }
    made = folium.Map(location=[20.72, 105.35], zoom_start=9, tiles=None, zoomSnap=0.25)
    made._id = "ccn"  # noqa: SLF001 - folium offers no other way
    _page_of(made, config, height)
    return made


def _page_of(made: folium.Map, config: Mapping[str, Any], height: str) -> None:
    """Put a map into a page that carries Leaflet, our styles, the land and the drawing module."""
    figure = StandAloneFigure(height=height)
    figure.add_child(made)
    head = [_Text("script", script_text(file)) for file in _SCRIPTS]
    head += [_Text("style", style_text(file)) for file in _STYLES]
    for number, text in enumerate(head):
        figure.header.add_child(text, name=f"carried{number}")
    land = _Text("script", json_text(config), type="application/json", id="config")
    figure.html.add_child(land, name="land")
    modules = _Text("script", json_text({"imports": module_map(_MODULE)}), type="importmap")
    figure.html.add_child(modules, name="modules")
    start = _Text("script", f'import "{module_name(_MODULE)}";', type="module")
    figure.html.add_child(start, name="start")


class _Text(Element):
    """An element of a page whose text no template looks into.

    What a macro of folium returns is read as a template once more: ``{{ … }}`` in a name would
    run on the machine that renders. Text of a register therefore comes in here and nowhere else.
    """

    _template = Template("<{{ this.tag }}{{ this.attributes }}>{{ this.text }}</{{ this.tag }}>")

    def __init__(self, tag: str, text: str, **attributes: str) -> None:
        super().__init__()
        self.tag = tag
        self.text = text
        self.attributes = "".join(f' {name}="{value}"' for name, value in attributes.items())


def _collection(land: Land) -> dict[str, Any]:
    """Take a collection apart into plain JSON: dates as ISO text, missing values as null."""
    found = land if isinstance(land, Mapping) else land.__geo_interface__
    features = found["features"] if found["type"] == "FeatureCollection" else [found]
    return {"type": "FeatureCollection", "features": [_feature(one) for one in features]}


def _feature(feature: Mapping[str, Any]) -> dict[str, Any]:
    given = feature.get("properties") or {}
    properties = {name: _plain(value) for name, value in given.items()}
    if "synthetic" not in properties:
        properties["synthetic"] = properties.get("quality") == "synthetic"
    thing_id = properties.get("id", feature.get("id"))
    geometry = feature.get("geometry")
    return {
        "type": "Feature",
        "id": None if thing_id is None else str(thing_id),
        "properties": properties,
        "geometry": None if geometry is None else json.loads(json.dumps(geometry)),
    }


def _plain(value: Any) -> Any:
    """Return a property as JSON holds it; pandas' and numpy's missing values are None."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, Mapping):
        return {str(name): _plain(part) for name, part in value.items()}
    if isinstance(value, Iterable):
        return [_plain(part) for part in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return _plain(value.item()) if hasattr(value, "item") else _missing_or_text(value)


def _missing_or_text(value: Any) -> str | None:
    # pandas.NA and NaT are unequal to themselves, or can't say.
    try:
        return str(value) if value == value else None  # noqa: PLR0124 - the test for "missing"
    except TypeError:
        return None
