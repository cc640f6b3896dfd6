"""What is asked for when leases change. People name a term by its last day."""

from dataclasses import dataclass
from datetime import date

from gis.model import LeaseTier, PaymentMode, TermScope, UseEvent
from gis.tenure import DEFAULT_SCALE, NewParty


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterLease:
    """Register a lease of any tier; a lessor or lessee is an id or a new party.

    ``starts_on`` and ``last_day`` both belong to the term. ``since`` is the day from which the
    register shows the contract, by default the first of its term. A head lease that lists no
    parcels holds the cluster's land. Without ``head_lease_id`` a sublease lies within the head
    lease that its lessor holds. ``map_scale`` is for the tolerance of areas.
    """

    cluster_id: str
    tier: LeaseTier
    contract_number: str
    lessor: str | NewParty
    lessee: str | NewParty
    starts_on: date
    last_day: date
    parcel_ids: tuple[str, ...] = ()
    id: str | None = None
    since: date | None = None
    head_lease_id: str | None = None
    project_id: str | None = None
    contract_area_m2: float | None = None
    payment: PaymentMode | None = None
    handed_over_on: date | None = None
    term_scope: TermScope = TermScope.GENERAL
    map_scale: int = DEFAULT_SCALE


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendLease:
    """Change what a contract says from a day on; what is left out stays as it is."""

    lease_id: str
    since: date
    contract_number: str | None = None
    parcel_ids: tuple[str, ...] | None = None
    last_day: date | None = None
    project_id: str | None = None
    contract_area_m2: float | None = None
    payment: PaymentMode | None = None
    term_scope: TermScope | None = None
    map_scale: int = DEFAULT_SCALE


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewLease:
    """Let a lease go on: a new term begins the day after the last one and ends later."""

    lease_id: str
    last_day: date
    contract_number: str | None = None
    term_scope: TermScope | None = None
    map_scale: int = DEFAULT_SCALE


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferLease:
    """Let another lessee hold all of a lease from a day on."""

    lease_id: str
    since: date
    lessee: str | NewParty
    contract_number: str | None = None
    parcel_ids: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TerminateLease:
    """End a lease early: ``terminated_on`` is the first day on which it no longer holds."""

    lease_id: str
    terminated_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """Record the day on which the land of a lease was handed over (bàn giao đất)."""

    lease_id: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordUse:
    """Record that use of leased land started or stopped, or what an inspection found."""

    lease_id: str
    event: UseEvent
    on: date
    note: str | None = None
    id: str | None = None
