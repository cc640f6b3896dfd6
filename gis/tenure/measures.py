"""One cluster's holdings made ready for many questions: found by id, measured once."""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from gis.bulk import overlaps
from gis.geometry import TOLERANCE_M2
from gis.model import Lease, LeaseUse, Parcel, Quality
from gis.tenure.holdings import Held, Holdings
from gis.tenure.land import boundary_on, industrial_on
from gis.tenure.tolerance import DEFAULT_SCALE, AreaTolerance, area_tolerance


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Land measured in the cluster's zone on a date.

    ``outside_m2`` is None without a boundary to test against, ``not_industrial_m2`` without a
    drawn plan in force.
    """

    shape: BaseGeometry
    area_m2: float
    tolerance: AreaTolerance
    outside_m2: float | None
    not_industrial_m2: float | None
    is_synthetic: bool


class Tenancy:
    """What is known of one cluster, looked up by id; a thing is measured when first asked for."""

    def __init__(self, holdings: Holdings) -> None:
        self.holdings = holdings
        self.leases: dict[str, list[Held[Lease]]] = defaultdict(list)
        self.uses: dict[str, list[Held[LeaseUse]]] = defaultdict(list)
        self.parcels: dict[str, list[Held[Parcel]]] = defaultdict(list)
        self._lessees: dict[str, set[str]] = defaultdict(set)
        for lease in holdings.leases:
            self.leases[lease.thing.id].append(lease)
            for parcel_id in lease.thing.parcel_ids:
                self._lessees[parcel_id].add(lease.thing.id)
        for use in holdings.uses:
            self.uses[use.thing.lease_id].append(use)
        for parcel in holdings.parcels:
            self.parcels[parcel.thing.id].append(parcel)
        self._whole = {held.thing.id for held in holdings.leases if not held.thing.parcel_ids}
        self._clashing = _clashing(holdings.parcels)
        self._lands: dict[Hashable, BaseGeometry | None] = {}
        self._measures: dict[Hashable, Measured] = {}

    def neighbours(self, lease_id: str) -> list[Held[Lease]]:
        """Return the versions of other leases that may hold some of a lease's land."""
        named: set[str] = set(self._whole)
        for held in self.leases[lease_id]:
            for parcel_id in held.thing.parcel_ids:
                for near in (parcel_id, *self._clashing.get(parcel_id, ())):
                    named |= self._lessees.get(near, set())
        if lease_id in self._whole:
            named |= {held.thing.id for held in self.holdings.leases}
        return [held for name in sorted(named - {lease_id}) for held in self.leases[name]]

    def measured(self, parcel_ids: Iterable[str], on: date) -> Measured | None:
        """Measure parcels on a date; None where none of them is there with a shape."""
        present = [
            held
            for name in parcel_ids
            for held in self.parcels.get(name, ())
            if held.shape is not None and held.valid.contains(on)
        ]
        if not present:
            return None
        boundary, industry = self._boundary(on), self._industry(on)
        key = (tuple(map(id, present)), id(boundary), id(industry))
        found = self._measures.get(key)
        if found is None:
            found = self._measures[key] = _measure(present, boundary, industry, on)
        return found

    def _boundary(self, on: date) -> BaseGeometry | None:
        key = ("boundary", on)
        if key not in self._lands:
            self._lands[key] = boundary_on(self.holdings, on)
        return self._lands[key]

    def _industry(self, on: date) -> BaseGeometry | None:
        """Return the plan's industrial land; the same object on days of the same plan."""
        plans = [place for place, held in enumerate(self.holdings.plans) if _counts(held, on)]
        areas = [
            place for place, held in enumerate(self.holdings.plan_areas) if held.valid.contains(on)
        ]
        key = ("industry", tuple(plans), tuple(areas))
        if key not in self._lands:
            self._lands[key] = industrial_on(self.holdings, on)
        return self._lands[key]


def _counts(held: Held[Any], on: date) -> bool:
    approved = held.thing.approved_on
    return approved is not None and approved <= on and held.valid.contains(on)


def _measure(
    present: list[Held[Parcel]],
    boundary: BaseGeometry | None,
    industry: BaseGeometry | None,
    on: date,
) -> Measured:
    shapes = [held.shape for held in present if held.shape is not None]
    shape = shapes[0] if len(shapes) == 1 else shapely.union_all(shapes)
    return Measured(
        shape=shape,
        area_m2=float(shape.area),
        tolerance=area_tolerance(shape, DEFAULT_SCALE, on),
        outside_m2=None if boundary is None else _beyond(shape, boundary),
        not_industrial_m2=None if industry is None else _beyond(shape, industry),
        is_synthetic=any(held.thing.quality is Quality.SYNTHETIC for held in present),
    )


def _beyond(shape: BaseGeometry, land: BaseGeometry) -> float:
    """Return how much of a shape lies outside other land, 0 where it is only rounding."""
    area = float(shapely.area(shapely.difference(shape, land)))
    return area if area > TOLERANCE_M2 else 0.0


def _clashing(parcels: Iterable[Held[Parcel]]) -> dict[str, set[str]]:
    """Return the parcels that share land with others, as a dirty map's do."""
    drawn = [held for held in parcels if held.shape is not None]
    shapes = np.array([held.shape for held in drawn], dtype=object)
    one_map = np.full(len(drawn), "", dtype=object)
    found: dict[str, set[str]] = defaultdict(set)
    for pair in overlaps(shapes, one_map):
        left, right = drawn[pair.left], drawn[pair.right]
        if left.thing.id != right.thing.id and left.valid.overlaps(right.valid):
            found[left.thing.id].add(right.thing.id)
            found[right.thing.id].add(left.thing.id)
    return dict(found)
