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
from gis.leases.use import record_use
from gis.tenure import NewParty

__all__ = [
    "AmendLease",
    "HandOver",
    "NewParty",
    "RecordUse",
    "RegisterLease",
    "RenewLease",
    "TerminateLease",
    "TransferLease",
    "amend_lease",
    "hand_over",
    "record_use",
    "register_lease",
    "renew_lease",
    "terminate_lease",
    "transfer_lease",
]
