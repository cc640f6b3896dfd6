"""Load the real content into an empty register: what is published, and nothing made up.

Things are put as holding always: a figure's, a target's or a territory's own dates are among
their fields, and a record that is asked about before its source was printed is still the same
record. Only states that the report gives for a year hold from the end of that year on.
"""

import json
from collections.abc import Iterator
from datetime import date
from typing import Final

import shapely

from gis import content
from gis.crs import WGS84, Located
from gis.model import (
    AdminUnit,
    InfrastructureState,
    Period,
    Territory,
    WastewaterPlant,
)
from gis.resources import data_dir
from gis.store import Entry, Store
from gis.store.interface import Progress

#: Former Hòa Bình: the territory that the content is about.
TERRITORY: Final = "hoa-binh"
_REPORT: Final = "report-09-nqtu"
#: The report's figures without a day of their own speak about 2024.
_REPORT_ON: Final = date(2024, 12, 31)
#: "Infrastructure basically complete: 3", so the report's other eleven are not.
_COMPLETE: Final = ("ccn-chieng-chau", "ccn-phu-thanh-ii", "ccn-tien-tien")
_ALWAYS: Final = Period()


def load_content(store: Store, progress: Progress | None = None) -> None:
    """Write the real content into a register, in one change.

    Raises:
        StoreProblem: where the register can't be written.
    """
    entries = tuple(content_entries())
    with store.transaction(by="ccn-gis init", action="content.load") as transaction:
        transaction.put_many(entries)
        transaction.set_setting("territory", TERRITORY)
    if progress is not None:
        progress("content", len(entries), len(entries))


def content_entries() -> Iterator[Entry]:
    """Yield everything that ``data/content`` and ``data/boundaries`` hold of the real land."""
    for group in (
        content.sources(),
        content.natural_areas(),
        content.targets(),
        content.clusters(),
        content.figures(),
        content.conflicts(),
    ):
        yield from (Entry(thing, _ALWAYS) for thing in group)
    for territory in content.territories():
        yield Entry(territory, _ALWAYS, _outline(territory))
    for unit in (*content.legacy_communes(), *content.current_communes()):
        yield Entry(unit, _ALWAYS, _point(unit))
    yield from _reported_states()


def _outline(territory: Territory) -> Located | None:
    """Return the generalised outline, which is there for former Hòa Bình only."""
    if territory.id != TERRITORY:
        return None
    path = data_dir() / "boundaries" / "province.geojson"
    feature = json.loads(path.read_text(encoding="utf-8"))["features"][0]
    return Located(shapely.from_geojson(json.dumps(feature["geometry"])), WGS84)


def _point(unit: AdminUnit) -> Located | None:
    if unit.lon is None or unit.lat is None:
        return None
    return Located(shapely.Point(unit.lon, unit.lat), WGS84)


def _reported_states() -> Iterator[Entry]:
    """Yield what the report says of the fourteen clusters' infrastructure and wastewater plants."""
    since = Period(_REPORT_ON, None)
    for cluster in content.clusters():
        if cluster.in_report:
            state = InfrastructureState(
                id=f"{cluster.id}-ha-tang",
                cluster_id=cluster.id,
                is_complete=cluster.id in _COMPLETE,
                on=_REPORT_ON,
                source_id=_REPORT,
            )
            yield Entry(state, since)
    for cluster_id, stage, capacity, state_code in (
        ("ccn-chieng-chau", None, None, "operating"),
        ("ccn-phu-thanh-ii", None, None, "complete_not_operating"),
        ("ccn-tien-tien", "1+2", 2_500.0, "complete"),
    ):
        plant = WastewaterPlant(
            id=f"{cluster_id}-nuoc-thai",
            cluster_id=cluster_id,
            stage=stage,
            capacity_m3_day=capacity,
            state=state_code,
            source_id=_REPORT,
        )
        yield Entry(plant, since)
