"""Correct a record: other values for the same time, on a reason."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from gis.clusters.boundaries import region_of
from gis.corrections.checks import Correction, check_correction
from gis.corrections.fields import FieldChange, with_fields
from gis.corrections.records import clusters_of, kind_named, live_versions
from gis.crs import Located, is_projected
from gis.errors import NotFound, RuleBroken
from gis.mandates import Done, Mandate, carry_out, require_reason, require_unchanged
from gis.model import Cluster, Version
from gis.store import Entry, Reader, Store, WrittenVersion
from gis.store.kinds import Kind
from gis.surveyed import Surveyed

__all__ = ["Correct", "FieldChange", "correct_record"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Correct:
    """Which record is wrong, by its table and id, and what is right.

    ``on`` is a day on which the version holds that is wrong; without it the latest one is meant.
    ``shape`` is the right geometry of record. ``exception`` gives the ground on which a rule that
    the right value breaks is set aside.
    """

    table: str
    id: str
    fields: tuple[FieldChange, ...] = ()
    shape: Surveyed | None = None
    on: date | None = None
    exception: str | None = None


def correct_record(store: Store, request: Correct, mandate: Mandate) -> Done:
    """Let a record have had other values all along the time of one of its versions.

    What was known before stays known to have been known. The decision behind the record stays,
    unless the mandate names another.

    Raises:
        RuleBroken: ``reason.required``, ``record.field``, ``record.unchanged``, ``rule.broken``.
        NotFound: ``thing.unknown`` for the record or for what it names.
        StaleVersion: ``record.stale``.
        InvalidValue: ``value.choice`` for the table, and for a value that can't be.
        GisError: what registering such a record would be refused by.
    """
    require_reason(mandate)
    kind = kind_named(request.table)
    is_boundary = kind.cls is Cluster and request.shape is not None  # neighbours are locked too
    where = [] if is_boundary else clusters_of(store, kind, request.id)
    with carry_out(store, mandate, "record.correct", cluster_ids=where, is_land=False) as (
        transaction,
        done,
    ):
        before = _version(transaction, kind, request)
        require_unchanged(transaction, kind.cls, before.thing.id, mandate)
        thing, located = _corrected(transaction, kind, before, request)
        check_correction(
            Correction(
                transaction=transaction,
                before=before,
                thing=thing,
                located=located,
                is_shape_new=request.shape is not None,
                exception=request.exception,
                done=done,
            )
        )
        own = mandate.decision.id if mandate.decision else mandate.decision_id
        transaction.put(Entry(thing, before.valid, located, own or before.decision_id))
        done.tell((kind.cls, thing.id))
    return done


def _version(reader: Reader, kind: Kind, request: Correct) -> Version[Any]:
    """Return the version that is wrong.

    Raises:
        NotFound: ``thing.unknown``.
    """
    live = live_versions(reader, kind, request.id)
    on = request.on
    if on is None:
        return max(live, key=lambda version: version.valid.start or date.min)
    held = [version for version in live if version.valid.contains(on)]
    if not held:
        facts = {"table": kind.table, "value": request.id[:80], "on": on.isoformat()}
        raise NotFound("thing.unknown", **facts)
    return held[0]


def _corrected(
    reader: Reader, kind: Kind, before: Version[Any], request: Correct
) -> tuple[Any, Located | None]:
    """Return the record as it is right.

    Raises:
        RuleBroken: ``record.unchanged``, or ``record.field`` for a shape that it can't have.
    """
    thing = with_fields(before.thing, request.fields)
    versions: list[WrittenVersion[Any]] = reader.with_record(kind.cls, before.thing.id)
    located = next(one.located for one in versions if one.version.number == before.number)
    if request.shape is not None:
        if kind.geometry != "MULTIPOLYGON":
            raise RuleBroken("record.field", name="shape", table=kind.table, choices="—")
        right = region_of(request.shape)
        if isinstance(thing, Cluster) and is_projected(right.epsg):
            thing = replace(thing, epsg=right.epsg)
        is_same = located is not None and (right.epsg, right.geometry.wkb) == (
            located.epsg,
            located.geometry.wkb,
        )
        located, changed = right, not is_same
    else:
        changed = False
    if not changed and thing == before.thing:
        raise RuleBroken("record.unchanged", table=kind.table, id=thing.id)
    return thing, located
