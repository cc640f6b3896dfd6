"""Registers of made-up land, written once through the store's own transaction and kept.

`python -m tests.bench.registers CLUSTERS ROWS COLUMNS` makes one and says its path. A register is
made anew when the generator or the schema of the register changes.
"""

import hashlib
import sys
from collections.abc import Iterator
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Final

from gis.crs import Located
from gis.loading import TERRITORY, content_entries
from gis.model import (
    Cluster,
    ClusterKind,
    DateBounds,
    DetailedPlan,
    LandUse,
    Lease,
    LeaseTier,
    Parcel,
    Party,
    Period,
    PlanArea,
    Quality,
)
from gis.store import Entry, create_store, gpkg_schema, schema
from tests.bench import land
from tests.bench.measure import say
from tests.bench.sizes import RegisterSize

ON: Final = date(2024, 12, 31)
_SINCE: Final = Period(date(2020, 1, 1))
_FOLDER: Final = Path(__file__).parents[2] / "build" / "bench"
#: One plot of so many is let.
_LET: Final = 5


def register(size: RegisterSize) -> Path:
    """Return the register of a size; make it if it is new."""
    makers = (sys.modules[__name__], land, schema, gpkg_schema)
    sources = b"".join(Path(str(maker.__file__)).read_bytes() for maker in makers)
    made_by = hashlib.sha256(sources).hexdigest()[:12]
    path = _FOLDER / f"{size}-{made_by}.gpkg"
    if not path.exists():
        _FOLDER.mkdir(parents=True, exist_ok=True)
        for older in _FOLDER.glob(f"{size}-*.gpkg"):
            older.unlink()
        unfinished = path.with_suffix(".new")
        unfinished.unlink(missing_ok=True)
        write_register(unfinished, size)
        unfinished.rename(path)
    return path


def write_register(path: Path, size: RegisterSize) -> int:
    """Write a new register with the real content and made-up clusters; return how many things."""
    store = create_store(path)
    count = 0
    try:
        with store.transaction(by="bench", action="bench.load") as transaction:
            for entry in chain(content_entries(), _made_up(size)):
                transaction.put(entry)
                count += 1
            transaction.set_setting("territory", TERRITORY)
    finally:
        store.close()
    return count


def _made_up(size: RegisterSize) -> Iterator[Entry]:
    for name in ("developer", "tenant"):
        yield Entry(Party(id=name, name=f"Công ty Ví dụ ({name})", is_synthetic=True), Period())
    for number in range(size.clusters):
        yield from _entries(number, land.make_cluster(number, rows=size.rows, columns=size.columns))


def _entries(number: int, made: land.MadeUpCluster) -> Iterator[Entry]:
    cluster_id = f"made-up-{number:04d}"
    plan = DetailedPlan(id=f"{cluster_id}-plan", cluster_id=cluster_id, approved_on=_SINCE.start)
    yield Entry(_cluster(number, cluster_id), _SINCE, Located(made.boundary, land.EPSG))
    yield Entry(plan, _SINCE)
    for place, piece in enumerate(made.plan_areas):
        area = PlanArea(
            id=f"{plan.id}-{place:04d}",
            cluster_id=cluster_id,
            plan_id=plan.id,
            land_use=LandUse(piece.code),
        )
        yield Entry(area, _SINCE, Located(piece.shape, land.EPSG))
    for place, piece in enumerate(made.parcels):
        parcel = Parcel(
            id=f"{cluster_id}-{place:05d}",
            cluster_id=cluster_id,
            sheet=str(1 + place // 500),
            number=str(1 + place % 500),
            plot_label=f"CN-{place:02d}",
            land_code=piece.code,
            registered_area_m2=round(piece.shape.area, 1),
        )
        yield Entry(parcel, _SINCE, Located(piece.shape, land.EPSG))
        if place % _LET == 0:
            yield Entry(_lease(cluster_id, parcel.id), _SINCE)


def _cluster(number: int, cluster_id: str) -> Cluster:
    return Cluster(
        id=cluster_id,
        kind=ClusterKind.CCN,
        name_vi=f"Cụm ví dụ {number}",
        name_en=f"Example cluster {number}",
        territory_id=TERRITORY,
        founded=DateBounds(_SINCE.start, _SINCE.start),
        quality=Quality.DIGITISED,
        epsg=land.EPSG,
    )


def _lease(cluster_id: str, parcel_id: str) -> Lease:
    return Lease(
        id=f"{parcel_id}-lease",
        cluster_id=cluster_id,
        tier=LeaseTier.SUBLEASE,
        contract_number=parcel_id,
        lessor_id="developer",
        lessee_id="tenant",
        term=Period(_SINCE.start, date(2060, 1, 1)),
        parcel_ids=(parcel_id,),
    )


if __name__ == "__main__":
    size = RegisterSize(*(int(word) for word in sys.argv[1:]))
    say({"path": str(register(size))})
