"""A small cluster on which the tests of parcels and leases work, and short ways to ask."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import shapely
from shapely.geometry.base import BaseGeometry

from gis.errors import GisError
from gis.leases import RegisterLease
from gis.mandates import Mandate
from gis.model import Decision, Lease, LeaseTier, Moment, Party, Period
from gis.store import GeoPackageStore, Store
from gis.surveyed import Surveyed
from tests.gis.registers import EPSG, add, clean_register, entry

DECISION = Decision(id="QD-1", number="1/QĐ", on=date(2024, 1, 2), issuer="UBND", title="Đất đai")
OFFICER = Mandate(by="acc-1", decision=DECISION)
START = date(2024, 9, 1)
HEAD_LAST = date(2074, 8, 31)
NOW = Moment(date(2025, 6, 1))


def desk_register(folder: Path) -> GeoPackageStore:
    """Return a register with two parcels of 100 m² in cluster A, the State, developer, tenants."""
    store = clean_register(folder)
    names = {"state": "state", "developer": "developer", "tenant": "enterprise", "other": "craft"}
    parties = (Party(id=name, name=f"Bên {name}", kind=kind) for name, kind in names.items())
    add(store, *(entry(party, valid=Period()) for party in parties))
    return store


def add_head(store: Store, **changed: Any) -> None:
    """Write the developer's lease of the cluster's land for 50 years."""
    told: dict[str, Any] = {
        "id": "head",
        "cluster_id": "A",
        "tier": LeaseTier.HEAD,
        "contract_number": "HEAD-1",
        "lessor_id": "state",
        "lessee_id": "developer",
        "term": Period(START, date(2074, 9, 1)),
    }
    lease = Lease(**(told | changed))
    add(store, entry(lease, valid=Period(lease.term.start)))


def sublease(**changed: Any) -> RegisterLease:
    """Return a request for a sublease of parcel A-1 for 20 years."""
    told: dict[str, Any] = {
        "cluster_id": "A",
        "tier": LeaseTier.SUBLEASE,
        "contract_number": "SUB-1",
        "lessor": "developer",
        "lessee": "tenant",
        "starts_on": date(2025, 1, 1),
        "last_day": date(2044, 12, 31),
        "parcel_ids": ("A-1",),
    }
    return RegisterLease(**(told | changed))


def surveyed(shape: BaseGeometry) -> Surveyed:
    """Return a shape of the register's zone as somebody sends it."""
    parts = shapely.get_parts(shape)
    polygons = tuple(
        tuple(tuple(map(tuple, shapely.get_coordinates(ring))) for ring in shapely.get_rings(part))
        for part in parts
    )
    return Surveyed(epsg=EPSG, polygons=polygons)


def refused(
    caught: pytest.ExceptionInfo[GisError], store: Store, before: int, code: str
) -> dict[str, Any]:
    """See that a refusal has a code and left no trace; return its facts."""
    assert caught.value.code == code, caught.value
    assert store.change_counter() == before
    assert "{" not in caught.value.sentence("vi") + caught.value.sentence("en")
    return caught.value.facts
