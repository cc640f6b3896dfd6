"""Parcels: what people ask about them, and how they come, change, divide, join and end."""

from gis.parcels.create import create_parcels
from gis.parcels.divide import merge_parcels, split_parcel
from gis.parcels.requests import (
    CreateParcels,
    LeaseMove,
    MergedParcel,
    MergeParcels,
    NewParcel,
    ProjectMove,
    ReclassifyParcel,
    RetireParcel,
    SplitParcel,
)
from gis.parcels.retire import reclassify_parcel, retire_parcel
from gis.parcels.views import ParcelPage, ParcelView, list_parcels

__all__ = [
    "CreateParcels",
    "LeaseMove",
    "MergeParcels",
    "MergedParcel",
    "NewParcel",
    "ParcelPage",
    "ParcelView",
    "ProjectMove",
    "ReclassifyParcel",
    "RetireParcel",
    "SplitParcel",
    "create_parcels",
    "list_parcels",
    "merge_parcels",
    "reclassify_parcel",
    "retire_parcel",
    "split_parcel",
]
