"""Everything that a register answers about some dates, to be compared before and after."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from gis.clusters import list_clusters
from gis.errors import NotFound
from gis.model import Basis, Moment, Stage, Submission, Version
from gis.parcels import list_parcels
from gis.shares import territory_share
from gis.store import Recorded, Store
from gis.store.kinds import KINDS

DATES = (date.min, date(2021, 1, 1), date(2024, 5, 31), date(2024, 6, 1), date(2030, 1, 1))


def answers(store: Store, dates: Sequence[date] = DATES) -> dict[tuple[Any, ...], Any]:
    """Return all things in force with shapes and balances, the lists and the shares.

    Version numbers and when things became known are left out: these are about the register, not
    about the land.
    """
    found: dict[tuple[Any, ...], Any] = {}
    for on in dates:
        moment = store.present(on)
        for kind in KINDS:
            if kind.cls is not Submission:
                versions: list[Version[Any]] = store.all(kind.cls, moment)
                found[kind.table, on] = [_told(one) for one in versions]
            if kind.geometry is not None:
                records: list[Recorded[Any]] = store.records(kind.cls, moment)
                found[kind.table, on, "shapes"] = [
                    (one.thing.id, one.located.epsg, one.located.geometry.wkb) for one in records
                ]
        found["balances", on] = store.balances(moment)
        found["clusters", on] = [
            (view.cluster, view.stage, view.let_m2, view.projects, view.fill)
            for view in list_clusters(store, moment)
        ]
        page = list_parcels(store, moment, limit=10_000)
        found["parcels", on] = [(one.parcel, one.state, one.end_year) for one in page.parcels]
        for stage, basis in ((stage, basis) for stage in Stage for basis in Basis):
            found["share", on, stage, basis] = _share(store, moment, stage, basis)
    return found


def _told(version: Version[Any]) -> tuple[Any, ...]:
    areas = (version.planar_m2, version.geodesic_m2)
    return (version.thing, version.valid, version.decision_id, *areas)


def _share(store: Store, moment: Moment, stage: Stage, basis: Basis) -> Any:
    try:
        answer = territory_share(store, moment, stage=stage, basis=basis).answer
    except NotFound as error:
        return error.code
    return replace(answer)
