"""Check a register: do shapes clash, and do the kept balances follow from the geometry?

Everything is read from geometries of record and computed afresh; nothing is changed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import shapely

from gis import bulk
from gis.error_texts import TEXTS, Language
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
_LAYERS: Final = ((Cluster, "cluster"), (PlanArea, "plan_area"), (Parcel, "parcel"))


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a check found: a code of `gis.error_texts` and the facts of its sentence."""

    code: str
    facts: dict[str, Any]

    def sentence(self, language: Language = "vi") -> str:
        """Say it in words."""
        text = TEXTS[self.code]
        return (text.vi if language == "vi" else text.en).format(**self.facts)


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


def check_register(
    store: Store, on: date, progress: Callable[[str], None] = lambda _step: None
) -> CheckReport:
    """Check topology and kept balances of everything in force on a date.

    Overlaps of up to 0.01 m² are rounding (THREATS 24). Parcels and plan areas of one cluster
    must not overlap one another, nor clusters each other; parcels and plan areas stay inside
    their boundary, serving land outside it.
    """
    moment = store.present(on)
    epsg = _zone(store, moment)
    findings: list[Finding] = []
    counts: dict[str, int] = {}
    arrays: dict[str, LayerArrays] = {}
    for cls, table in _LAYERS:
        progress(table)
        names = ["id"] if cls is Cluster else ["id", "cluster_id"]
        layer = store.arrays(cls, moment, names, epsg)
        arrays[table], counts[table] = layer, len(layer)
        findings += _invalid(table, layer) or _clashes(table, layer)
    for table in ("plan_area", "parcel"):
        progress(f"{table} / cluster")
        findings += _outside(table, arrays[table], arrays["cluster"])
    serving = store.arrays(ServingLand, moment, ["id", "cluster_id"], epsg)
    counts["serving_land"] = len(serving)
    findings += _serving_inside(serving, arrays["cluster"])
    progress("balance")
    kept = store.balances(moment)
    counts["balance"] = len(kept)
    findings += _differing_balances(kept, store.recompute_balances(moment))
    return CheckReport(on, counts, tuple(findings))


def _zone(store: Store, moment: Moment) -> int:
    """Return the legal zone of the register's own territory, for a common plane."""
    territory = store.setting("territory") or ""
    found = store.all(Territory, moment, ids=[territory])
    zone = found[0].thing.epsg if found else None
    return 9211 if zone is None else zone


def _invalid(table: str, layer: LayerArrays) -> list[Finding]:
    found = []
    for position in np.nonzero(~shapely.is_valid(layer.shapes))[0]:
        reason = problems(layer.shapes[position])[0].code
        facts = {"table": table, "id": layer.columns["id"][position], "reason": reason}
        found.append(Finding("check.invalid", facts))
    return found


def _clashes(table: str, layer: LayerArrays) -> list[Finding]:
    ids = layer.columns["id"]
    return [
        _pair("check.overlap", table, ids[pair.left], ids[pair.right], pair.area_m2)
        for pair in bulk.overlaps(layer.shapes)
    ]


def _outside(table: str, layer: LayerArrays, clusters: LayerArrays) -> list[Finding]:
    areas = bulk.areas_outside(
        clusters.columns["id"], clusters.shapes, layer.columns["cluster_id"], layer.shapes
    )
    return _area_findings("check.outside", table, layer, areas)


def _serving_inside(layer: LayerArrays, clusters: LayerArrays) -> list[Finding]:
    outside = bulk.areas_outside(
        clusters.columns["id"], clusters.shapes, layer.columns["cluster_id"], layer.shapes
    )
    inside = shapely.area(layer.shapes) - outside
    return _area_findings("check.serving_inside", "serving_land", layer, inside)


def _area_findings(
    code: str, table: str, layer: LayerArrays, areas: npt.NDArray[np.float64]
) -> list[Finding]:
    ids, owners = layer.columns["id"], layer.columns["cluster_id"]
    return [
        _pair(code, table, ids[position], owners[position], float(areas[position]))
        for position in np.nonzero(areas > TOLERANCE_M2)[0]
    ]


def _pair(code: str, table: str, thing_id: str, other: str, area_m2: float) -> Finding:
    facts = {"table": table, "id": thing_id, "other": other, "area_m2": area_m2}
    return Finding(code, facts)


def _differing_balances(kept: list[LandBalance], computed: list[LandBalance]) -> list[Finding]:
    fresh = {balance.cluster_id: balance for balance in computed}
    stored = {balance.cluster_id: balance for balance in kept}
    found = []
    for cluster_id in sorted(fresh.keys() | stored.keys()):
        found += _differences(cluster_id, stored.get(cluster_id), fresh.get(cluster_id))
    return found


def _differences(
    cluster_id: str, kept: LandBalance | None, computed: LandBalance | None
) -> list[Finding]:
    areas = [name for name in LandBalance.__dataclass_fields__ if name.endswith("_m2")]
    found = []
    for name in areas:
        before, after = getattr(kept, name, None), getattr(computed, name, None)
        if _is_same(before, after):
            continue
        facts = {"id": cluster_id, "field": name, "kept": before, "computed": after}
        found.append(Finding("check.balance", facts))
    return found


def _is_same(kept: float | None, computed: float | None) -> bool:
    if kept is None or computed is None:
        return kept is computed
    return abs(kept - computed) <= _BALANCE_TOLERANCE_M2
