"""Void a record: the register holds nothing of it, and keeps that it once did."""

from dataclasses import dataclass

from gis.corrections.records import clusters_of, kind_named, live_versions, told
from gis.corrections.references import dependents
from gis.errors import Conflict, NotFound
from gis.mandates import Done, Mandate, carry_out, require_reason, require_unchanged
from gis.model import Period
from gis.store import Reader, Store
from gis.store.kinds import Kind, kind_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Void:
    """Which record was never right, by its table and id, and when: always, or for a period."""

    table: str
    id: str
    valid: Period = Period()


def void_record(store: Store, request: Void, mandate: Mandate) -> Done:
    """Let the register hold nothing of a record; its versions stay in the history.

    Raises:
        RuleBroken: ``reason.required``.
        NotFound: ``thing.unknown`` where nothing is known of that time.
        Conflict: ``record.depended_on`` with the records in force that name it.
        StaleVersion: ``record.stale``.
        InvalidValue: ``value.choice`` for the table.
    """
    require_reason(mandate)
    kind = kind_named(request.table)
    where = clusters_of(store, kind, request.id)
    with carry_out(store, mandate, "record.void", cluster_ids=where, is_land=False) as (
        transaction,
        done,
    ):
        live = live_versions(transaction, kind, request.id)
        thing_id = live[0].thing.id
        require_unchanged(transaction, kind.cls, thing_id, mandate)
        if not any(version.valid.overlaps(request.valid) for version in live):
            on = "…" if request.valid.start is None else request.valid.start.isoformat()
            raise NotFound("thing.unknown", table=kind.table, value=thing_id, on=on)
        _refuse_depended_on(transaction, kind, thing_id, request.valid)
        transaction.void(kind.cls, thing_id, request.valid)
        done.tell((kind.cls, thing_id))
    return done


def _refuse_depended_on(reader: Reader, kind: Kind, thing_id: str, valid: Period) -> None:
    found = {
        (type(one.thing).__name__, one.thing.id): told(kind_of(type(one.thing)), one)
        for one in dependents(reader, kind.cls, thing_id, [valid])
        if (type(one.thing), one.thing.id) != (kind.cls, thing_id)
    }
    if not found:
        return
    others = [found[key] for key in sorted(found)]
    names = ", ".join(f"{one['table']} {one['id']}" for one in others[:10])
    facts = {"table": kind.table, "id": thing_id, "names": names}
    raise Conflict("record.depended_on", **facts, others=others[:100], count=len(others))
