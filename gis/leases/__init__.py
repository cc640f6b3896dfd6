"""Leases of every tier: registered, amended, renewed, transferred, ended; their land in use."""

from gis.leases.register import register_lease
from gis.leases.requests import (
    AmendLease,
    HandOver,
    NewParty,
    RecordUse,
    RegisterLease,
    RenewLease,
    TerminateLease,
    TransferLease,
)

__all__ = [
    "AmendLease",
    "HandOver",
    "NewParty",
    "RecordUse",
    "RegisterLease",
    "RenewLease",
    "TerminateLease",
    "TransferLease",
    "register_lease",
]
