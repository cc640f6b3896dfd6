"""Everything that the register knows of a cluster's land and of who holds it, in one zone."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Generic, Protocol, TypeVar

from shapely.geometry.base import BaseGeometry

from gis.crs import Located, is_projected, to_crs
from gis.errors import NotFound
from gis.model import (
    Cluster,
    DetailedPlan,
    DeveloperAppointment,
    Lease,
    LeaseUse,
    Parcel,
    Period,
    PlanArea,
    Project,
)
from gis.store import Known, Reader

T = TypeVar("T")
S = TypeVar("S", covariant=True)


class _Named(Protocol):
    @property
    def id(self) -> str: ...


Thing = TypeVar("Thing", bound=_Named)

_KINDS: Final[tuple[Any, ...]] = (
    Cluster,
    DetailedPlan,
    PlanArea,
    Parcel,
    Lease,
    LeaseUse,
    Project,
    DeveloperAppointment,
)


@dataclass(frozen=True, slots=True)
class Held(Generic[S]):
    """A version of a thing: when it holds, and its shape in the cluster's zone where it has one."""

    thing: S
    valid: Period
    shape: BaseGeometry | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Holdings:
    """All versions known of a cluster's land, leases and projects, ordered by id.

    Shapes are geometries of record brought into ``epsg``, the zone of the cluster's boundary;
    None where nothing tells one, and then nothing has a shape.
    """

    cluster_id: str
    epsg: int | None
    boundaries: tuple[Held[Cluster], ...] = ()
    plans: tuple[Held[DetailedPlan], ...] = ()
    plan_areas: tuple[Held[PlanArea], ...] = ()
    parcels: tuple[Held[Parcel], ...] = ()
    leases: tuple[Held[Lease], ...] = ()
    uses: tuple[Held[LeaseUse], ...] = ()
    projects: tuple[Held[Project], ...] = ()
    appointments: tuple[Held[DeveloperAppointment], ...] = ()

    def in_zone(self, located: Located) -> BaseGeometry:
        """Return a shape in the cluster's zone; in its own where the cluster tells none."""
        if self.epsg is None:
            return located.geometry
        return to_crs(located, self.epsg).geometry

    def lease_on(self, lease_id: str, on: date) -> Held[Lease] | None:
        """Return the version of a lease on a date, None where there is none."""
        return version_on(self.leases, lease_id, on)

    def parcel_on(self, parcel_id: str, on: date) -> Held[Parcel] | None:
        """Return the version of a parcel on a date, None where there is none."""
        return version_on(self.parcels, parcel_id, on)

    def project_on(self, project_id: str, on: date) -> Held[Project] | None:
        """Return the version of a project on a date, None where there is none."""
        return version_on(self.projects, project_id, on)


def version_on(versions: Iterable[Held[Thing]], thing_id: str, on: date) -> Held[Thing] | None:
    """Return the version of a thing on a date, None where there is none."""
    found = (held for held in versions if held.thing.id == thing_id and held.valid.contains(on))
    return next(found, None)


def with_version(versions: Iterable[Held[Thing]], newer: Held[Thing]) -> tuple[Held[Thing], ...]:
    """Return versions as they will be once a thing holds for a period: older ones give way."""
    found: list[Held[Thing]] = []
    for held in versions:
        if held.thing.id != newer.thing.id or not held.valid.overlaps(newer.valid):
            found.append(held)
            continue
        found += [Held(held.thing, rest, held.shape) for rest in rest_of(held.valid, newer.valid)]
    return (*found, newer)


def rest_of(older: Period, newer: Period) -> Iterator[Period]:
    """Yield what is left of a period once another has taken its part."""
    if newer.start is not None and (older.start is None or older.start < newer.start):
        yield Period(older.start, newer.start)
    if newer.end is not None and (older.end is None or newer.end < older.end):
        yield Period(newer.end, older.end)


def holdings_of(reader: Reader, cluster_id: str, known_at: datetime | None = None) -> Holdings:
    """Return what is known of one cluster.

    Raises:
        NotFound: ``cluster.unknown``.
    """
    found = read_holdings(reader, [cluster_id], known_at)[0]
    if not found.boundaries:
        raise NotFound("cluster.unknown", value=cluster_id[:80], near="…")
    return found


def read_holdings(
    reader: Reader, cluster_ids: Sequence[str], known_at: datetime | None = None
) -> list[Holdings]:
    """Return what is known of some clusters, in their order; nothing is known of unknown ones."""
    known: dict[str, dict[Any, list[Known[Any]]]] = {
        cluster_id: {cls: [] for cls in _KINDS} for cluster_id in cluster_ids
    }
    for cls in _KINDS:
        for found in reader.known_in(cls, cluster_ids, known_at):
            owner = found.thing.id if cls is Cluster else found.thing.cluster_id
            known[owner][cls].append(found)
    return [_holdings(cluster_id, known[cluster_id]) for cluster_id in cluster_ids]


def cluster_of(reader: Reader, cls: type[Any], thing_id: str) -> str:
    """Return the cluster that a thing belongs to, which never changes.

    Raises:
        NotFound: ``thing.unknown`` for something never known.
    """
    versions = reader.history(cls, thing_id)
    if not versions:
        name = cls.__name__.lower()
        raise NotFound("thing.unknown", table=name, value=thing_id[:80], on="…")
    return str(versions[-1].thing.cluster_id)


def _holdings(cluster_id: str, known: dict[Any, list[Known[Any]]]) -> Holdings:
    epsg = _zone(known)

    def held(cls: type[T]) -> tuple[Held[T], ...]:
        return tuple(
            Held(one.thing, one.valid, _shape(one.located, epsg))
            for one in sorted(known[cls], key=_by_id_and_start)
        )

    return Holdings(
        cluster_id=cluster_id,
        epsg=epsg,
        boundaries=held(Cluster),
        plans=held(DetailedPlan),
        plan_areas=held(PlanArea),
        parcels=held(Parcel),
        leases=held(Lease),
        uses=held(LeaseUse),
        projects=held(Project),
        appointments=held(DeveloperAppointment),
    )


def _by_id_and_start(known: Known[Any]) -> tuple[str, date]:
    return (known.thing.id, known.valid.start or date.min)


def _shape(located: Located | None, epsg: int | None) -> BaseGeometry | None:
    return None if located is None or epsg is None else to_crs(located, epsg).geometry


def _zone(known: dict[Any, list[Known[Any]]]) -> int | None:
    """Return the zone in which a cluster's land is measured, as its kept balances are."""
    told = [one.located.epsg for one in known[Cluster] if one.located is not None]
    told += [one.thing.epsg for one in known[Cluster] if one.thing.epsg is not None]
    for cls in (PlanArea, Parcel):
        told += [one.located.epsg for one in known[cls] if one.located is not None]
    return next(filter(is_projected, told), None)
