"""``/api/parcels``: plots by place and page, with the state of the date."""

from typing import Any

import pytest

from api.settings import Settings
from gis.store import GeoPackageStore
from tests.api.client import Client, client_of


def pages_of(client: Client, path: str) -> list[list[dict[str, Any]]]:
    """Follow the links ``next`` from a first page."""
    pages = []
    following: str | None = path
    while following:
        page = client.json(following)
        pages.append(page["features"])
        assert page["numberReturned"] == len(page["features"])
        following = next((link["href"] for link in page["links"] if link["rel"] == "next"), None)
    return pages


@pytest.mark.parametrize("limit", [1, 7, 50, 1000])
def test_pages_hold_every_parcel_once(client: Client, limit: int) -> None:
    """Whatever the size, the pages together are the whole, in order of id."""
    whole = [
        f["id"] for f in client.json("/api/parcels?limit=10000&cluster=ccn-tien-tien")["features"]
    ]
    pages = pages_of(client, f"/api/parcels?limit={limit}&cluster=ccn-tien-tien")
    assert [feature["id"] for page in pages for feature in page] == whole == sorted(whole)
    assert all(len(page) == limit for page in pages[:-1])
    assert len(whole) > 20


def test_the_default_page_is_100(client: Client) -> None:
    """The next page is offered, with date and size in its link."""
    page = client.json("/api/parcels")
    assert page["numberReturned"] == 100
    href = page["links"][1]["href"]
    assert "on=2024-12-31" in href
    assert "limit=100" in href


def test_links_are_absolute_where_the_public_address_is_known(
    example_store: GeoPackageStore,
) -> None:
    """They are made of the setting; the settings also bound the page."""
    settings = Settings(public_url="https://gis.example/ccn", page_size=3, page_size_max=5)
    with client_of(settings, example_store) as client:
        page = client.json("/api/parcels?lang=en")
        assert page["numberReturned"] == 3
        for link in page["links"]:
            assert link["href"].startswith("https://gis.example/ccn/api/parcels?")
            assert "lang=en" in link["href"]
        assert client.json("/api/parcels?limit=100")["numberReturned"] == 5


def test_a_box_keeps_what_meets_it(client: Client) -> None:
    """Each parcel's own box meets the one asked for; the empty sea holds none."""
    one = client.json("/api/parcels?cluster=ccn-chieng-chau&limit=1")["features"][0]
    ring = one["geometry"]["coordinates"][0]
    west, south = (min(point[axis] for point in ring) for axis in (0, 1))
    east, north = (max(point[axis] for point in ring) for axis in (0, 1))
    found = client.json(f"/api/parcels?bbox={west},{south},{east},{north}")["features"]
    assert one["id"] in {feature["id"] for feature in found}
    assert {feature["properties"]["cluster"] for feature in found} == {"ccn-chieng-chau"}
    assert client.json("/api/parcels?bbox=110,10,111,11")["features"] == []


def test_states_are_derived_for_the_date(client: Client) -> None:
    """Leased plots have a last year; before the first lease nothing was leased."""
    plots = [f["properties"] for f in client.json("/api/parcels?limit=10000")["features"]]
    assert {plot["state"] for plot in plots} == {"leased", "vacant"}
    for plot in plots:
        assert (plot["end_year"] is not None) == (plot["state"] == "leased")
        assert plot["area_m2"] > 0
    early = client.json("/api/parcels?limit=10000&on=2015-01-01")["features"]
    assert "leased" not in {feature["properties"]["state"] for feature in early}


def test_leased_plots_add_up_to_the_published_total(client: Client) -> None:
    """91.12 ha are leased in the example, as the report says."""
    plots = [f["properties"] for f in client.json("/api/parcels?limit=10000")["features"]]
    leased = sum(plot["area_m2"] for plot in plots if plot["state"] == "leased")
    assert leased == pytest.approx(911_200, abs=50)
