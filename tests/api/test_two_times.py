"""Both times over HTTP: a correction changes what held on a date, not what was known before it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from api.settings import Settings
from gis.example import EXAMPLE_ON
from gis.model import Moment, NaturalArea, Period
from gis.store import Entry, GeoPackageStore
from tests.api.client import Client, client_of

SHARE = "/api/province/share?on=2024-12-31"


@pytest.fixture
def client(own_store: GeoPackageStore) -> Iterator[Client]:
    """Yield a client of a register that this test may change."""
    with client_of(Settings(), own_store) as made:
        yield made


def known_now(store: GeoPackageStore) -> str:
    """Return the time of the last change, as a question writes it."""
    known_at = store.present(EXAMPLE_ON).known_at
    assert known_at is not None
    return known_at.isoformat().replace("+00:00", "Z")


def correct_natural_area(store: GeoPackageStore) -> None:
    """Let the natural area be a hectare more, for all time."""
    for found in store.all(NaturalArea, Moment(EXAMPLE_ON)):
        area = replace(found.thing, area_ha=found.thing.area_ha + 1)
        with store.transaction(by="acc-1", action="natural_area.correct", reason="test") as change:
            change.put(Entry(area, Period()))


def test_a_correction_changes_the_date_and_not_what_was_known(
    client: Client, own_store: GeoPackageStore
) -> None:
    """The same question about the past has the same answer for ever."""
    before, moment = client.json(SHARE), known_now(own_store)
    correct_natural_area(own_store)
    after = client.json(SHARE)
    assert after["natural_area_ha"] == before["natural_area_ha"] + 1
    answer = client.get(f"{SHARE}&known_at={moment}")
    assert answer.json() == before
    assert answer.headers["memento-datetime"].endswith(" GMT")


def test_knowledge_of_the_future_is_that_of_now(client: Client) -> None:
    """Else the answer to one question would change."""
    later = (datetime.now(UTC) + timedelta(days=9)).isoformat().replace("+", "%2B")
    assert client.json(f"{SHARE}&known_at={later}") == client.json(SHARE)


def test_before_the_register_was_made_it_knew_nothing(client: Client) -> None:
    """No cluster is listed as of then."""
    assert client.json("/api/clusters?known_at=2001-01-01")["features"] == []


def test_a_plus_that_became_a_blank_is_read(client: Client) -> None:
    """Forms and people write + unescaped."""
    address = "/api/parcels?limit=1&known_at=2100-01-01T07:00:00+07:00"
    page = client.json(address)
    assert page["features"]
    assert "known_at=2100-01-01T07%3A00%3A00%2B07%3A00" in page["links"][-1]["href"]
    assert client.json(address.replace("+", "%2B"))["features"] == page["features"]


@pytest.mark.parametrize("value", ["x", "2024-12-31T07:00:00", "2024-13-01", "9999-12-31T23:59Z1"])
def test_a_time_without_its_offset_is_refused(client: Client, value: str) -> None:
    """With a code that says how to write it."""
    answer = client.get(f"{SHARE}&known_at={value}")
    assert answer.status_code == 400
    assert [error["code"] for error in answer.json()["errors"]] == ["value.instant"]
