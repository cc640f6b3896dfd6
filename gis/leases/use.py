"""Record what is known of the use of leased land."""

from gis.leases.requests import RecordUse
from gis.leases.versions import lease_opened, require_in_force
from gis.mandates import Done, Mandate
from gis.model import LeaseUse, Period
from gis.store import Entry, Store
from gis.tenure import Holdings, free_id


def record_use(store: Store, request: RecordUse, mandate: Mandate) -> Done:
    """Record that use started or stopped on a day, or what an inspection found then.

    It is evidence and changes no right, so it needs no decision.

    Raises:
        NotFound: ``thing.unknown``.
        RuleBroken: ``lease.not_in_force`` on that day.
        Conflict: ``record.duplicate``.
    """
    with lease_opened(store, request.lease_id, "lease.record_use", mandate, is_land=False) as (
        transaction,
        done,
        holdings,
    ):
        require_in_force(holdings, request.lease_id, request.on)
        wanted = f"{request.lease_id}-su-dung-{_next_number(holdings, request.lease_id)}"
        use = LeaseUse(
            id=free_id(transaction, LeaseUse, wanted, given=request.id),
            cluster_id=holdings.cluster_id,
            lease_id=request.lease_id,
            event=request.event,
            on=request.on,
            note=request.note,
        )
        transaction.put(Entry(use, Period(request.on)))
        done.tell((LeaseUse, use.id))
    return done


def _next_number(holdings: Holdings, lease_id: str) -> int:
    return len({held.thing.id for held in holdings.uses if held.thing.lease_id == lease_id}) + 1
