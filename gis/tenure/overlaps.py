"""Land that two leases of one tier hold on the same days."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from gis.indicators.spans import NEVER, Span, span_of
from gis.model import Lease, Parcel, Period
from gis.tenure.holdings import Held, Holdings
from gis.tenure.land import shared_land, tested_boundaries
from gis.tenure.terms import common_days, lease_days


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaseOverlap:
    """Another lease with the days, the parcels of it and the land that both hold.

    ``shape`` is None where neither has one: then what they share is known by id only.
    """

    other: Lease
    days: Span
    parcel_ids: frozenset[str]
    shape: BaseGeometry | None

    @property
    def area_m2(self) -> float:
        """Return the shared area, 0 where it is not known."""
        return 0.0 if self.shape is None else float(self.shape.area)


def overlaps_of(
    holdings: Holdings, lease: Lease, valid: Period, others: Iterable[Held[Lease]] | None = None
) -> Iterator[LeaseOverlap]:
    """Yield what a version of a lease shares with other leases of its tier, in their order.

    Head leases never clash with tenants'. Two parcels share land where they have the same id, or
    overlap by more than 0.01 m².
    """
    own_days = span_of(valid, lease.in_force)
    for held in holdings.leases if others is None else others:
        other = held.thing
        if other.id == lease.id or other.tier is not lease.tier:
            continue
        days = common_days(own_days, lease_days(held))
        if days != NEVER:
            found = _shared(holdings, lease, other, days)
            if found is not None:
                yield found


def _shared(holdings: Holdings, lease: Lease, other: Lease, days: Span) -> LeaseOverlap | None:
    mine, theirs = _land(holdings, lease, days), _land(holdings, other, days)
    shapes: list[BaseGeometry] = []
    ids = frozenset(lease.parcel_ids) & frozenset(other.parcel_ids)
    touched = set(ids)
    for one_id, one_days, one in mine:
        for their_id, their_days, their in theirs:
            if common_days(one_days, their_days) == NEVER:
                continue
            shared = one if one_id == their_id else shared_land(one, their)
            if shared is not None:
                shapes.append(shared)
                touched.add(their_id)
    if not touched:
        return None
    shape = shapely.union_all(shapes) if shapes else None
    return LeaseOverlap(other=other, days=days, parcel_ids=frozenset(touched - {""}), shape=shape)


def _land(holdings: Holdings, lease: Lease, days: Span) -> list[tuple[str, Span, BaseGeometry]]:
    """Return the shapes that a lease holds on some of the days; "" stands for the boundary."""
    if lease.parcel_ids:
        versions: list[Held[Parcel]] = [
            held for held in holdings.parcels if held.thing.id in lease.parcel_ids
        ]
        named = [(held.thing.id, held.valid, held.shape) for held in versions]
    else:
        named = [("", held.valid, held.shape) for held in tested_boundaries(holdings, Period())]
    return [
        (name, common, shape)
        for name, valid, shape in named
        if shape is not None and (common := common_days(span_of(valid), days)) != NEVER
    ]
