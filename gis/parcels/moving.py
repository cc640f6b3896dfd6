"""Who holds parcels that end goes to those that begin, as the request says, or nothing ends."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from gis.errors import InvalidValue, NotFound
from gis.mandates import Done
from gis.model import Lease, LeaseTier, Parcel, Period, Project
from gis.parcels.create import Draft
from gis.parcels.requests import LeaseMove, MergeParcels, ProjectMove, SplitParcel
from gis.parcels.retire import refuse_held
from gis.store import Entry, Transaction
from gis.tenure.terms import Holder

#: To which new parcels each lease or project goes, by kind and id.
Goals = dict[tuple[str, str], tuple[str, ...]]


def split_goals(request: SplitParcel, children: Sequence[str]) -> Goals:
    """Return where the request moves leases and projects.

    Raises:
        InvalidValue: ``value.number`` for a child that is not there, ``value.empty`` for none.
    """
    moves: list[LeaseMove | ProjectMove] = [*request.leases, *request.projects]
    goals: Goals = {}
    for move in moves:
        kind = "lease" if isinstance(move, LeaseMove) else "project"
        name = move.lease_id if isinstance(move, LeaseMove) else move.project_id
        if not move.to:
            raise InvalidValue("value.empty", name=f"{kind}s.to")
        for place in move.to:
            if not 0 <= place < len(children):
                facts = {"value": str(place), "low": 0, "high": len(children) - 1}
                raise InvalidValue("value.number", name=f"{kind}s.to", **facts)
        goals[kind, name] = tuple(children[place] for place in dict.fromkeys(move.to))
    return goals


def merge_goals(request: MergeParcels, held_by: Sequence[Holder], merged: Draft) -> Goals:
    """Return that all who hold all of the parcels go to the merged one, if that is asked for."""
    if not request.move_leases:
        return {}
    ids = set(request.parcel_ids)
    partly = {(h.kind, h.id) for h in held_by if not ids <= set(h.held.thing.parcel_ids)}
    whole = {(h.kind, h.id) for h in held_by} - partly
    return dict.fromkeys(whole, (merged.parcel.id,))


def require_goals(held_by: Sequence[Holder], goals: Goals, since: date) -> None:
    """Refuse to leave anybody who holds the land without any, or to move who does not.

    A head lease goes to all new parcels, since tenants hold within it.

    Raises:
        Conflict: ``parcel.held``.
        NotFound: ``thing.unknown`` for a lease or project that does not hold the land.
    """
    holders = {(holder.kind, holder.id): holder for holder in held_by}
    for kind, name in goals:
        if (kind, name) not in holders:
            raise NotFound("thing.unknown", table=kind, value=name[:80], on="…")
    widest = max((len(goal) for goal in goals.values()), default=0)
    left = [
        holder
        for key, holder in sorted(holders.items())
        if key not in goals or (_is_head(holder) and len(goals[key]) < widest)
    ]
    names = sorted({name for holder in left for name in holder.held.thing.parcel_ids})
    refuse_held(", ".join(names), since, left)


def _is_head(holder: Holder) -> bool:
    thing = holder.held.thing
    return isinstance(thing, Lease) and thing.tier is LeaseTier.HEAD


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Parcels that give way to others for a period, and where those who hold them go."""

    ids: tuple[str, ...]
    goals: Goals
    valid: Period


def replace_parcels(
    transaction: Transaction, done: Done, change: Change, children: Sequence[Draft]
) -> None:
    """Let the old parcels end and the new ones begin."""
    for parcel_id in change.ids:
        transaction.void(Parcel, parcel_id, change.valid)
        done.tell((Parcel, parcel_id))
    for child in children:
        transaction.put(child.entry(change.valid))
        done.tell((Parcel, child.parcel.id))


def move_holders(
    transaction: Transaction, done: Done, held_by: Sequence[Holder], change: Change
) -> None:
    """Write, of everybody who holds the old parcels, versions that name the new ones."""
    gone, since = set(change.ids), change.valid.start or date.min
    for holder in held_by:
        thing: Any = holder.held.thing
        kept = [name for name in thing.parcel_ids if name not in gone]
        named = tuple(dict.fromkeys([*kept, *change.goals[holder.kind, holder.id]]))
        valid = holder.held.valid
        period = Period(max(since, valid.start or date.min), valid.end)
        transaction.put(Entry(replace(thing, parcel_ids=named), period))
    moved = dict.fromkeys((Lease if h.kind == "lease" else Project, h.id) for h in held_by)
    done.tell(*moved)
