"""Check a register: do shapes clash, and do the kept balances follow from the geometry?

Everything is read from geometries of record and computed afresh; nothing is changed.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import shapely

from gis import bulk
from gis.findings import Finding
from gis.geometry import TOLERANCE_M2, problems
from gis.model import (
    Cluster,
    LandBalance,
    Moment,
    Parcel,
    PlanArea,
    ServingLand,
    Territory,
)
from gis.store import LayerArrays, Store

#: Two computations of one area may differ by rounding only.
_BALANCE_TOLERANCE_M2: Final = 0.01
_BALANCE_FIELDS: Final = tuple(
    name for name in LandBalance.__dataclass_fields__ if name not in ("cluster_id", "valid")
)
_LAYERS: Final[dict[str, tuple[type, tuple[str, ...]]]] = {
    "cluster": (Cluster, ("id",)),
    "plan_area": (PlanArea, ("id", "cluster_id", "plan_id")),
    "parcel": (Parcel, ("id", "cluster_id")),
    "serving_land": (ServingLand, ("id", "cluster_id")),
}

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What was checked, on which date, and what was found; ``is_clean`` when that is nothing."""

    on: date
    counts: dict[str, int]
    findings: tuple[Finding, ...]

    @property
    def is_clean(self) -> bool:
        """Say whether nothing was found."""
        return not self.findings


def check_register(store: Store, on: date, progress: Progress = lambda _step: None) -> CheckReport:
    """Check topology and kept balances of everything in force on a date.

    Clusters must not overlap each other, nor parcels each other, nor the areas of one plan;
    parcels and plan areas stay inside their cluster's boundary, serving land outside it. Up to
    0.01 m² is rounding (THREATS 24). An invalid shape is reported and compared with nothing.
    """
    moment = store.present(on)
    layers, findings = _read(store, moment, progress)
    for table in ("cluster", "plan_area", "parcel"):
        progress(f"{table} × {table}")
        findings += _clashes(table, layers[table])
    for table in ("plan_area", "parcel", "serving_land"):
        progress(f"{table} × cluster")
        findings += _misplaced(table, layers[table], layers["cluster"])
    progress("balance")
    kept = store.balances(moment)
    findings += _differing_balances(kept, store.recompute_balances(moment))
    counts = {table: len(layer) for table, layer in layers.items()} | {"balance": len(kept)}
    return CheckReport(on, counts, tuple(findings))


def _read(
    store: Store, moment: Moment, progress: Progress
) -> tuple[dict[str, LayerArrays], list[Finding]]:
    """Read the layers in force in one plane, and report the shapes that can't be compared."""
    epsg = _zone(store, moment)
    layers: dict[str, LayerArrays] = {}
    findings: list[Finding] = []
    for table, (cls, names) in _LAYERS.items():
        progress(table)
        layer = store.arrays(cls, moment, names, epsg)
        is_valid = shapely.is_valid(layer.shapes)
        findings += [_invalid(table, layer, int(place)) for place in np.flatnonzero(~is_valid)]
        layers[table] = LayerArrays(
            {name: column[is_valid] for name, column in layer.columns.items()},
            layer.shapes[is_valid],
        )
    return layers, findings


def _zone(store: Store, moment: Moment) -> int:
    """Return the legal zone of the register's own territory, for a common plane."""
    territory = store.setting("territory") or ""
    found = store.all(Territory, moment, ids=[territory])
    zone = found[0].thing.epsg if found else None
    return 9211 if zone is None else zone


def _invalid(table: str, layer: LayerArrays, place: int) -> Finding:
    reason = problems(layer.shapes[place])[0].code
    facts = {"table": table, "id": layer.columns["id"][place], "reason": reason}
    return Finding("check.invalid", facts)


def _clashes(table: str, layer: LayerArrays) -> list[Finding]:
    """Report overlaps; areas of two plans may share land, as one plan follows another."""
    ids = layer.columns["id"]
    plans = layer.columns.get("plan_id")
    return [
        _shared_land("check.overlap", table, ids[pair.left], ids[pair.right], pair.area_m2)
        for pair in bulk.overlaps(layer.shapes, layer.columns.get("cluster_id", ids))
        if plans is None or plans[pair.left] == plans[pair.right]
    ]


def _misplaced(table: str, layer: LayerArrays, clusters: LayerArrays) -> list[Finding]:
    """Report land outside its cluster's boundary, and serving land inside it."""
    ids, owners = layer.columns["id"], layer.columns["cluster_id"]
    boundary_ids = clusters.columns["id"]
    code = "check.outside"
    areas = bulk.areas_outside(boundary_ids, clusters.shapes, owners, layer.shapes)
    if table == "serving_land":
        code = "check.serving_inside"
        areas = bulk.areas_inside(boundary_ids, clusters.shapes, owners, layer.shapes)
    return [
        _shared_land(code, table, ids[place], owners[place], float(areas[place]))
        for place in np.flatnonzero(areas > TOLERANCE_M2)
    ]


def _shared_land(code: str, table: str, thing_id: str, other: str, area_m2: float) -> Finding:
    facts = {"table": table, "id": thing_id, "other": other, "area_m2": area_m2}
    return Finding(code, facts)


def _differing_balances(kept: list[LandBalance], computed: list[LandBalance]) -> list[Finding]:
    fresh = {balance.cluster_id: balance for balance in computed}
    stored = {balance.cluster_id: balance for balance in kept}
    rows = Counter(balance.cluster_id for balance in kept)
    found = []
    for cluster_id in sorted(fresh.keys() | stored.keys()):
        one, other = stored.get(cluster_id), fresh.get(cluster_id)
        if rows[cluster_id] != (other is not None):
            found.append(_difference(cluster_id, "rows", rows[cluster_id], int(other is not None)))
        elif one is not None and other is not None:
            found += _differences(one, other)
    return found


def _differences(kept: LandBalance, computed: LandBalance) -> list[Finding]:
    pairs = ((name, getattr(kept, name), getattr(computed, name)) for name in _BALANCE_FIELDS)
    return [
        _difference(kept.cluster_id, name, before, after)
        for name, before, after in pairs
        if not _is_same(before, after)
    ]


def _difference(cluster_id: str, field: str, kept: Any, computed: Any) -> Finding:
    facts = {"id": cluster_id, "field": field, "kept": kept, "computed": computed}
    return Finding("check.balance", facts)


def _is_same(kept: Any, computed: Any) -> bool:
    if isinstance(kept, float) and isinstance(computed, float):
        return abs(kept - computed) <= _BALANCE_TOLERANCE_M2
    return bool(kept == computed)
