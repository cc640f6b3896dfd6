"""Leases of every tier: registered, amended, renewed, transferred, ended; their land in use."""

from gis.leases.change import (
    amend_lease,
    hand_over,
    renew_lease,
    terminate_lease,
    transfer_lease,
)
from gis.leases.register import register_lease
from gis.leases.requests import (
    AmendLease,
    HandOver,
    RecordUse,
    RegisterLease,
    RenewLease,
    TerminateLease,
    TransferLease,
)
from gis.leases.search import LeaseHit, LeaseHits, LeaseSearch, search_leases
from gis.leases.use import record_use
from gis.tenure import FlagFinding, LeaseFindings, LeaseFlag, NewParty, lease_findings

__all__ = [
    "AmendLease",
    "FlagFinding",
    "HandOver",
    "LeaseFindings",
    "LeaseFlag",
    "LeaseHit",
    "LeaseHits",
    "LeaseSearch",
    "NewParty",
    "RecordUse",
    "RegisterLease",
    "RenewLease",
    "TerminateLease",
    "TransferLease",
    "amend_lease",
    "hand_over",
    "lease_findings",
    "record_use",
    "register_lease",
    "renew_lease",
    "search_leases",
    "terminate_lease",
    "transfer_lease",
]
