"""Split a parcel, or merge parcels: lineage is kept, and no land is lost or invented."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

import shapely
from shapely.geometry.base import BaseGeometry

from gis.crs import WGS84, Located
from gis.errors import CrsProblem, RuleBroken
from gis.mandates import Done, Mandate, Note, carry_out, require_unchanged
from gis.model import Parcel, Period
from gis.parcels.create import Draft, draft_parcel, draft_parcels, notes_on, require_free
from gis.parcels.moving import (
    Change,
    merge_goals,
    move_holders,
    replace_parcels,
    require_goals,
    split_goals,
)
from gis.parcels.requests import MergeParcels, SplitParcel
from gis.parcels.retire import end_of, require_parcel
from gis.store import Store
from gis.tenure import Held, Holdings, area_tolerance, cluster_of, holdings_of
from gis.tenure.terms import holders_from

#: Two shapes touch where they come this near (m), along more than a corner.
_NEAR_M = 0.005
_CORNER_M2 = 0.001


def split_parcel(store: Store, request: SplitParcel, mandate: Mandate) -> Done:
    """Divide a parcel into children that cover it, from a day on, for as long as it was to last.

    Leases and projects that hold it then or later go to the children that the request names, in
    the same change.

    Raises:
        NotFound: ``thing.unknown``.
        RuleBroken: ``parcel.not_in_force``, ``parcel.too_few``, ``parcel.area_changed``,
            ``topology.outside``.
        Conflict: ``parcel.held``, ``parcel.overlap``, ``record.duplicate``.
    """
    _require_two(request.children)
    cluster_id = cluster_of(store, Parcel, request.parcel_id)
    with carry_out(store, mandate, "parcel.split", cluster_ids=[cluster_id]) as (
        transaction,
        done,
    ):
        require_unchanged(transaction, Parcel, request.parcel_id, mandate)
        holdings = holdings_of(transaction, cluster_id)
        parent = require_parcel(holdings, request.parcel_id, request.since)
        children = draft_parcels(transaction, holdings, request.children, (parent.thing.id,))
        valid = Period(request.since, end_of(holdings, parent.thing.id, request.since))
        require_free(holdings, children, valid, _others(holdings, [parent.thing.id]))
        whole = shapely.union_all([child.shape for child in children])
        _require_same_land(_shape(parent), whole, request)
        done.notes = (
            *notes_on(transaction, holdings, children, valid, request.map_scale),
            *_sum_notes([parent], children, request),
        )
        held_by = holders_from(holdings, [parent.thing.id], request.since)
        goals = split_goals(request, [child.parcel.id for child in children])
        require_goals(held_by, goals, request.since)
        change = Change(ids=(parent.thing.id,), goals=goals, valid=valid)
        replace_parcels(transaction, done, change, children)
        move_holders(transaction, done, held_by, change)
    return done


def merge_parcels(store: Store, request: MergeParcels, mandate: Mandate) -> Done:
    """Join parcels that touch into one, from a day on.

    Without a survey the new parcel is their union, brought to whole millimetres only where their
    common edges do not meet exactly. Leases and projects are moved along only if they hold all of
    the parcels.

    Raises:
        NotFound: ``thing.unknown``.
        RuleBroken: ``parcel.not_in_force``, ``parcel.too_few``, ``parcel.apart``,
            ``parcel.area_changed``, ``topology.outside``.
        Conflict: ``parcel.held``, ``parcel.overlap``, ``record.duplicate``.
    """
    ids = list(dict.fromkeys(request.parcel_ids))
    _require_two(ids)
    cluster_id = cluster_of(store, Parcel, ids[0])
    with carry_out(store, mandate, "parcel.merge", cluster_ids=[cluster_id]) as (
        transaction,
        done,
    ):
        require_unchanged(transaction, Parcel, ids[0], mandate)
        holdings = holdings_of(transaction, cluster_id)
        parents = [require_parcel(holdings, name, request.since) for name in ids]
        union = _joined(parents)
        located = _merged_shape(holdings, union, request)
        told = replace(request.merged, land_code=_common_code(request, parents))
        merged = draft_parcel(transaction, holdings, told, located, parent_ids=tuple(ids))
        valid = Period(request.since, _common_end(holdings, ids, request.since))
        require_free(holdings, [merged], valid, _others(holdings, ids))
        _require_same_land(union, merged.shape, request)
        done.notes = (
            *notes_on(transaction, holdings, [merged], valid, request.map_scale),
            *_sum_notes(parents, [merged], request),
        )
        held_by = holders_from(holdings, ids, request.since)
        goals = merge_goals(request, held_by, merged)
        require_goals(held_by, goals, request.since)
        change = Change(ids=tuple(ids), goals=goals, valid=valid)
        replace_parcels(transaction, done, change, [merged])
        move_holders(transaction, done, held_by, change)
    return done


def _require_two(things: Sequence[object]) -> None:
    if len(things) < 2:
        raise RuleBroken("parcel.too_few", count=len(things))


def _others(holdings: Holdings, ids: Iterable[str]) -> list[Held[Parcel]]:
    gone = set(ids)
    return [held for held in holdings.parcels if held.thing.id not in gone]


def _shape(held: Held[Parcel]) -> BaseGeometry:
    """Return a parcel's shape in metres; land drawn in degrees only is not divided."""
    if held.shape is None:
        raise CrsProblem("crs.degrees", epsg=WGS84)
    return held.shape


def _require_same_land(
    before: BaseGeometry, after: BaseGeometry, request: SplitParcel | MergeParcels
) -> None:
    """Refuse to lose or invent land beyond the technical tolerance of its area.

    Raises:
        RuleBroken: ``parcel.area_changed`` with m² lost and gained.
    """
    lost = float(before.difference(after).area)
    gained = float(after.difference(before).area)
    tolerance = area_tolerance(before, request.map_scale, request.since)
    if max(lost, gained) > tolerance.area_m2:
        raise RuleBroken(
            "parcel.area_changed",
            before_m2=round(float(before.area), 1),
            after_m2=round(float(after.area), 1),
            lost_m2=round(lost, 2),
            gained_m2=round(gained, 2),
            tolerance_m2=round(tolerance.area_m2, 2),
            scale=request.map_scale,
        )


def _joined(parents: Sequence[Held[Parcel]]) -> BaseGeometry:
    """Return the union of parcels that all touch, one by one.

    Raises:
        RuleBroken: ``parcel.apart`` with those that touch none of the others reached.
    """
    shapes = [_shape(held) for held in parents]
    reached, left = [0], set(range(1, len(shapes)))
    for place in reached:
        near = {other for other in left if _touch(shapes[place], shapes[other])}
        reached += sorted(near)
        left -= near
    if left:
        names = [parents[place].thing.id for place in sorted(left)]
        raise RuleBroken("parcel.apart", names=", ".join(names), ids=names)
    union = shapely.union_all(shapes)
    parts = max(len(shapely.get_parts(shape)) for shape in shapes)
    if len(shapely.get_parts(union)) > parts:
        union = shapely.union_all(shapes, grid_size=0.001)
    return union


def _touch(one: BaseGeometry, other: BaseGeometry) -> bool:
    contact = shapely.buffer(one, _NEAR_M).intersection(shapely.buffer(other, _NEAR_M))
    return bool(contact.area > _CORNER_M2)


def _merged_shape(holdings: Holdings, union: BaseGeometry, request: MergeParcels) -> Located:
    if request.survey is not None:
        return request.survey.located()
    return Located(union, holdings.epsg or WGS84)


def _common_end(holdings: Holdings, ids: Sequence[str], since: date) -> date | None:
    """Return the day on which parcels end together.

    Raises:
        RuleBroken: ``parcel.not_in_force`` for those that end before others do.
    """
    ends = {name: end_of(holdings, name, since) for name in ids}
    first = min((end for end in ends.values() if end is not None), default=None)
    if first is not None and set(ends.values()) != {first}:
        early = [name for name, end in ends.items() if end == first]
        facts = {"names": ", ".join(early), "ids": early, "on": first.isoformat()}
        raise RuleBroken("parcel.not_in_force", **facts)
    return first


def _common_code(request: MergeParcels, parents: Sequence[Held[Parcel]]) -> str | None:
    codes = {held.thing.land_code for held in parents}
    return request.merged.land_code or (codes.pop() if len(codes) == 1 else None)


def _sum_notes(
    parents: Sequence[Held[Parcel]],
    children: Sequence[Draft],
    request: SplitParcel | MergeParcels,
) -> list[Note]:
    """Say that the areas on paper do not add up, by more than the tolerance."""
    before = [held.thing.registered_area_m2 for held in parents]
    after = [draft.parcel.registered_area_m2 for draft in children]
    if None in before or None in after:
        return []
    old, new = (sum(area or 0.0 for area in areas) for areas in (before, after))
    whole = shapely.union_all([_shape(held) for held in parents])
    tolerance = area_tolerance(whole, request.map_scale, request.since).area_m2
    if abs(new - old) <= tolerance:
        return []
    facts = {"before_m2": round(old, 1), "after_m2": round(new, 1)}
    return [Note("note.registered_sum", facts | {"tolerance_m2": round(tolerance, 1)})]
