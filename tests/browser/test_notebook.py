"""The map of a notebook, opened as a file that has no server and no internet."""

from pathlib import Path

import folium
import pytest
from playwright.sync_api import Page, expect

from maps import ForeignAddressError, cluster_map
from tests.browser.conftest import OpenPage
from tests.browser.registers import ATTACKS
from tests.browser.served import other_portal


def square(number: int, name: str) -> dict[str, object]:
    """Return a cluster of about a square kilometre, side by side with the others."""
    west = 105.1 + 0.03 * number
    ring = [[west, 20.7], [west + 0.01, 20.7], [west + 0.01, 20.71], [west, 20.71], [west, 20.7]]
    return {
        "type": "Feature",
        "id": f"ccn-{number}",
        "geometry": {"type": "Polygon", "coordinates": [ring]},
        "properties": {"name_vi": name, "name_en": name, "kind": "ccn", "quality": "synthetic"},
    }


def collection(*names: str) -> dict[str, object]:
    """Return clusters with these names."""
    features = [square(number, name) for number, name in enumerate(names)]
    return {"type": "FeatureCollection", "features": features}


def shown(open_page: OpenPage, made: folium.Map) -> Page:
    """Open a map as the notebook does: its page in a frame of its own."""
    with other_portal({"/": f"<!doctype html>{made._repr_html_()}"}) as portal:
        return open_page(portal)


def test_a_notebook_shows_clusters_with_nothing_but_its_own_page(open_page: OpenPage) -> None:
    """The frame draws a shape for each cluster, asks nobody for anything and runs clean."""
    page = shown(open_page, cluster_map(collection("Tiên Tiến", "Yên Mông")))
    frame = page.frame_locator("iframe")
    expect(frame.locator(".leaflet-clusters-pane path.leaflet-interactive")).to_have_count(2)
    expect(frame.get_by_text("Chú giải")).to_be_visible()


def test_hostile_names_stay_text_in_a_notebook(open_page: OpenPage) -> None:
    """Each name opens its popup letter by letter, and no name ends the map (THREATS 34, 35)."""
    page = shown(open_page, cluster_map(collection(*ATTACKS)))
    frame = page.frame_locator("iframe")
    shapes = frame.locator(".leaflet-clusters-pane path.leaflet-interactive")
    expect(shapes).to_have_count(len(ATTACKS))
    for number, attack in enumerate(ATTACKS):
        shapes.nth(number).dispatch_event("click")
        heading = frame.locator(".leaflet-popup").last.get_by_role("heading")
        expect(heading).to_have_text(attack, use_inner_text=False)


def test_missing_values_and_shapes_are_no_error(open_page: OpenPage) -> None:
    """A cluster without a shape is left out; NaN is "no data", never a broken page."""
    land = collection("Tiên Tiến")
    lost = square(1, "Yên Mông") | {"geometry": None}
    lost["properties"] = {"name_vi": "Yên Mông", "approved_area_ha": float("nan")}
    page = shown(open_page, cluster_map({**land, "features": [*land["features"], lost]}))  # type: ignore[misc]
    shapes = page.frame_locator("iframe").locator(".leaflet-clusters-pane path")
    expect(shapes).to_have_count(1)


def test_a_layer_that_loads_from_elsewhere_is_refused() -> None:
    """A plugin of folium that links to a CDN is named and refused when the map is shown."""
    made = cluster_map(collection("Tiên Tiến"))
    folium.plugins.MeasureControl().add_to(made)  # type: ignore[no-untyped-call]
    with pytest.raises(ForeignAddressError, match="leaflet_measure"):
        made.get_root().render()


def test_a_map_saves_as_one_file_without_an_address(tmp_path: Path) -> None:
    """The saved page names no host but those in Leaflet's own comments and links to its site."""
    path = tmp_path / "map.html"
    cluster_map(collection("Tiên Tiến")).save(str(path))
    text = path.read_text(encoding="utf-8")
    assert "cdn" not in text
    assert 'src="http' not in text
    assert "@font-face" not in text
