"""A verification names what was changed behind the register's back in PostgreSQL too."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import psycopg
import pytest

from gis.store import RegisterStore, open_store
from tests.gis.store.conftest import NewPlace
from tests.gis.store.test_verify import P1, found, live
from tests.gis.store.things import FakeClock


@pytest.fixture
def place(databases: NewPlace) -> str:
    """Return the address of a register with a life."""
    url = databases()
    with closing(open_store(url, clock=FakeClock())) as store:
        live(store)
    return url


@pytest.fixture
def register(place: str) -> Iterator[RegisterStore]:
    """Yield its store."""
    with closing(open_store(place, clock=FakeClock())) as store:
        yield store


TAMPERED: list[tuple[str, tuple[str, dict[str, Any]]]] = [
    ("UPDATE change SET by = 'x' WHERE number = 2", ("change_altered", {"number": 2})),
    ("DELETE FROM change WHERE number = 2", ("change_missing", {"first": 2, "last": 2})),
    (
        "DELETE FROM change_part WHERE number = 2 AND cluster_id = 'B'",
        ("part_missing", {"number": 2, "cluster": "B"}),
    ),
    (
        "UPDATE parcel_version SET plot_label = 'x' WHERE id = 'P' AND version_number = 1",
        ("version_altered", P1),
    ),
    (
        "UPDATE parcel_version SET valid_to = '2024-01-01' WHERE id = 'P' AND version_number = 1",
        ("version_altered", P1),
    ),
    (
        "DELETE FROM parcel_version WHERE id = 'P' AND version_number = 1",
        ("version_missing", {"table": "parcel", "id": "P", "number": 1}),
    ),
    ("UPDATE parcel_record SET wkb = '\\x00' WHERE row_id = 1", ("record_altered", P1)),
    (
        "UPDATE parcel_version SET geodesic_m2 = geodesic_m2 + 1 WHERE row_id = 1",
        ("derived", {**P1, "field": "geodesic_m2"}),
    ),
    (
        "UPDATE parcel SET geom = ST_Translate(geom, 0.001, 0) WHERE id = 'Q'",
        ("current_differs", {"table": "parcel", "id": "Q", "number": 1, "field": "geom"}),
    ),
    (
        "UPDATE party_version SET name = 'x' WHERE id = 'ccn'",
        ("personal", {"table": "party", "id": "ccn", "number": 1, "change": 2}),
    ),
    ("UPDATE balance SET industry_m2 = 1 WHERE known_to IS NULL", ("balance", {"id": "A"})),
]


@pytest.mark.parametrize(("statement", "finding"), TAMPERED)
def test_what_was_tampered_with_is_named(
    place: str, register: RegisterStore, statement: str, finding: tuple[str, dict[str, Any]]
) -> None:
    """By one who opens the gate."""
    with psycopg.connect(place) as raw:
        raw.execute("SELECT set_config('ccn_gis.gate', 'open', true)")
        assert raw.execute(statement.encode()).rowcount > 0
    assert finding in found(register)
