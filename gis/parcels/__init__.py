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
from gis.parcels.search import ParcelHit, ParcelHits, ParcelSearch, search_parcels
from gis.parcels.views import ParcelPage, ParcelView, find_parcel, list_parcels

__all__ = [
    "CreateParcels",
    "LeaseMove",
    "MergeParcels",
    "MergedParcel",
    "NewParcel",
    "ParcelHit",
    "ParcelHits",
    "ParcelPage",
    "ParcelSearch",
    "ParcelView",
    "ProjectMove",
    "ReclassifyParcel",
    "RetireParcel",
    "SplitParcel",
    "create_parcels",
    "find_parcel",
    "list_parcels",
    "merge_parcels",
    "reclassify_parcel",
    "retire_parcel",
    "search_parcels",
    "split_parcel",
]
