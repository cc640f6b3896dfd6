"""Who holds the land, on what ground and until when: parties, projects, leases, decisions."""

from dataclasses import dataclass
from datetime import date

from gis.model.codes import LeaseTier, PaymentMode, TermScope, UseEvent
from gis.model.time import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The paper behind a change; ``document_sha256`` names the file kept beside the register."""

    id: str
    number: str
    on: date | None
    issuer: str
    title: str
    document_sha256: str | None = None
    is_synthetic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A person or body that leases, lets or develops land."""

    id: str
    name: str
    kind: str = "enterprise"
    tax_code: str | None = None
    is_foreign: bool | None = None
    is_synthetic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A secondary project (dự án thứ cấp) in a cluster.

    ``approved`` is the time in which its investment policy or registration holds;
    ``parcel_ids`` are the plots it was approved for. Capital is in billion VND.
    """

    id: str
    cluster_id: str
    name_vi: str
    party_id: str
    sector: str | None = None
    capital_bn_vnd: float | None = None
    jobs: int | None = None
    approved: Period = Period()
    parcel_ids: tuple[str, ...] = ()
    moved_from: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """A lease or sublease of parcels for a term; its state on a date is derived.

    ``term`` is half-open; people see its last day. ``terminated_on`` is the first day on which
    it no longer holds. A head lease covers the cluster's land for its developer and lists no
    parcels. ``contract_area_m2`` is the area on paper. ``term_scope`` None is the general limit.
    """

    id: str
    cluster_id: str
    tier: LeaseTier
    contract_number: str
    lessor_id: str
    lessee_id: str
    term: Period
    parcel_ids: tuple[str, ...] = ()
    head_lease_id: str | None = None
    project_id: str | None = None
    contract_area_m2: float | None = None
    payment: PaymentMode | None = None
    handed_over_on: date | None = None
    terminated_on: date | None = None
    term_scope: TermScope | None = None

    @property
    def in_force(self) -> Period | None:
        """Return when the lease holds: its term cut short by termination; None if never."""
        end = self.term.end
        if self.terminated_on is not None and (end is None or self.terminated_on < end):
            end = self.terminated_on
        if end is not None and end <= (self.term.start or date.min):
            return None
        return Period(self.term.start, end)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaseUse:
    """Evidence of the use of leased land on a day: start, stop or what an inspection found."""

    id: str
    cluster_id: str
    lease_id: str
    event: UseEvent
    on: date
    note: str | None = None
