"""What is asked for when parcels change; dates are the first day on which the change holds."""

from dataclasses import dataclass
from datetime import date

from gis.model import Quality
from gis.surveyed import Surveyed
from gis.tenure import DEFAULT_SCALE


@dataclass(frozen=True, slots=True, kw_only=True)
class NewParcel:
    """A parcel as surveyed. Without an ``id`` one is made from its label or its number.

    A ``land_code`` outside the known list is kept, with a note. ``registered_area_m2`` is the
    area on paper.
    """

    shape: Surveyed
    id: str | None = None
    sheet: str | None = None
    number: str | None = None
    commune_code: str | None = None
    plot_label: str | None = None
    national_id: str | None = None
    land_code: str | None = None
    registered_area_m2: float | None = None
    quality: Quality = Quality.SURVEYED


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateParcels:
    """Put one or many parcels of a cluster in the register, all or none.

    ``map_scale`` is that of the cadastral map, for the tolerance between paper and measure.
    """

    cluster_id: str
    since: date
    parcels: tuple[NewParcel, ...]
    map_scale: int = DEFAULT_SCALE


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaseMove:
    """Which of the new parcels a lease of the old ones goes to, by position from 0."""

    lease_id: str
    to: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectMove:
    """Which of the new parcels an approved project goes to, by position from 0."""

    project_id: str
    to: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitParcel:
    """Divide a parcel: it ends on the day on which its children begin.

    Leases and approved projects that hold on that day or later are moved along: ``leases`` names
    the children of each, and what it does not name is refused.
    """

    parcel_id: str
    since: date
    children: tuple[NewParcel, ...]
    leases: tuple[LeaseMove, ...] = ()
    projects: tuple[ProjectMove, ...] = ()
    map_scale: int = DEFAULT_SCALE


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedParcel:
    """What is said of the parcel that a merge makes; its shape follows from the merge."""

    id: str | None = None
    sheet: str | None = None
    number: str | None = None
    commune_code: str | None = None
    plot_label: str | None = None
    national_id: str | None = None
    land_code: str | None = None
    registered_area_m2: float | None = None
    quality: Quality = Quality.SURVEYED


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeParcels:
    """Join parcels that touch into one, which begins on the day on which they end.

    Without a ``survey`` the new parcel is their union. ``move_leases`` lets the leases that hold
    on that day or later, and lie on these parcels, go to the new one.
    """

    parcel_ids: tuple[str, ...]
    since: date
    merged: MergedParcel
    survey: Surveyed | None = None
    move_leases: bool = False
    map_scale: int = DEFAULT_SCALE


@dataclass(frozen=True, slots=True, kw_only=True)
class RetireParcel:
    """Let a parcel end on a day (hủy thửa); nobody holds it then or later."""

    parcel_id: str
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ReclassifyParcel:
    """Give a parcel another land code from a day on."""

    parcel_id: str
    since: date
    land_code: str
