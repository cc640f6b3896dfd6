"""Which field of which kind of thing names another thing, and what depends on one."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from gis.model import (
    AdminUnit,
    Cluster,
    Conflict,
    Connection,
    Decision,
    DetailedPlan,
    DeveloperAppointment,
    EnvironmentRecord,
    Figure,
    FireInspection,
    InfrastructureState,
    InfrastructureWork,
    Lease,
    LeaseUse,
    NaturalArea,
    Parcel,
    Party,
    Period,
    PlanArea,
    Project,
    Scenario,
    ServingLand,
    SiteClearance,
    Source,
    Target,
    Territory,
    Version,
    WastewaterPlant,
)
from gis.store import Reader
from gis.store.kinds import KINDS

_OF_CLUSTER: Final = ("cluster_id", (Cluster,))

#: Fields that name things, with the kinds that may be meant. A decision behind a version is named
#: beside it, not in a field. A submission is nobody's land and refers to nothing.
REFERENCES: Final[Mapping[type, tuple[tuple[str, tuple[type, ...]], ...]]] = MappingProxyType(
    {
        Territory: (("parent_id", (Territory,)), ("successor_id", (Territory,))),
        AdminUnit: (("source_id", (Source,)), ("successor_ids", (AdminUnit,))),
        Cluster: (
            ("territory_id", (Territory,)),
            ("legacy_district", (Territory,)),
            ("approved_area_source", (Source, Decision)),
            ("source_id", (Source,)),
        ),
        PlanArea: (_OF_CLUSTER, ("plan_id", (DetailedPlan,))),
        ServingLand: (_OF_CLUSTER,),
        Parcel: (_OF_CLUSTER, ("parent_ids", (Parcel,))),
        NaturalArea: (("territory_id", (Territory,)), ("source_id", (Source,))),
        Target: (("territory_id", (Territory,)), ("source_id", (Source,))),
        DetailedPlan: (_OF_CLUSTER, ("decision_id", (Decision,))),
        Project: (_OF_CLUSTER, ("party_id", (Party,)), ("parcel_ids", (Parcel,))),
        Lease: (
            _OF_CLUSTER,
            ("lessor_id", (Party,)),
            ("lessee_id", (Party,)),
            ("parcel_ids", (Parcel,)),
            ("head_lease_id", (Lease,)),
            ("project_id", (Project,)),
        ),
        LeaseUse: (_OF_CLUSTER, ("lease_id", (Lease,))),
        InfrastructureState: (_OF_CLUSTER, ("source_id", (Source,))),
        InfrastructureWork: (_OF_CLUSTER, ("source_id", (Source,))),
        Connection: (_OF_CLUSTER,),
        WastewaterPlant: (_OF_CLUSTER, ("source_id", (Source,))),
        EnvironmentRecord: (_OF_CLUSTER, ("project_id", (Project,))),
        FireInspection: (_OF_CLUSTER, ("project_id", (Project,))),
        SiteClearance: (_OF_CLUSTER,),
        DeveloperAppointment: (_OF_CLUSTER, ("party_id", (Party,))),
        Figure: (("source_id", (Source,)), ("subject_id", (Cluster, Territory))),
        Conflict: (("figure_ids", (Figure,)), ("source_id", (Source,))),
        Scenario: (("territory_id", (Territory,)),),
    }
)

#: Parents of a parcel end when it begins: the lineage holds whenever either does.
_TIMELESS: Final = frozenset({(Parcel, "parent_ids")})


def dependents(
    reader: Reader, cls: type, thing_id: str, lost: Sequence[Period]
) -> Iterator[Version[Any]]:
    """Yield the versions known now that would miss a thing in some periods.

    A lease or an approval that is over then misses nothing.
    """
    for kind, fields in REFERENCES.items():
        for field, targets in fields:
            if cls in targets:
                found: list[Version[Any]] = reader.referring(kind, field, thing_id)
                yield from (one for one in found if misses(one, field, lost))
    for kind in (kept.cls for kept in KINDS if cls is Decision):
        named: list[Version[Any]] = reader.referring(kind, "by_decision_id", thing_id)
        yield from (one for one in named if misses(one, "", lost))


def misses(version: Version[Any], field: str, lost: Iterable[Period]) -> bool:
    """Say whether a version would miss in some periods what a field of it names."""
    if (type(version.thing), field) in _TIMELESS:
        return True
    held = _held(version)
    return held is not None and any(held.overlaps(period) for period in lost)


def names_of(version: Version[Any]) -> Iterator[tuple[str, type, str]]:
    """Yield each field of a version that names things, with the kind and the id of each."""
    for field, targets in REFERENCES.get(type(version.thing), ()):
        value = getattr(version.thing, field)
        ids = value if isinstance(value, tuple) else (value,)
        yield from ((field, cls, name) for cls in targets for name in ids if name is not None)
    if version.decision_id is not None:
        yield "", Decision, version.decision_id


def _held(version: Version[Any]) -> Period | None:
    """Return when a version holds what it names: a lease while it runs, else while it is valid."""
    thing, valid = version.thing, version.valid
    if isinstance(thing, Lease):
        return None if thing.in_force is None else common(valid, thing.in_force)
    return common(valid, thing.approved) if isinstance(thing, Project) else valid


def common(one: Period, other: Period) -> Period | None:
    """Return the days that two periods share, None where they share none."""
    if not one.overlaps(other):
        return None
    starts = [start for start in (one.start, other.start) if start is not None]
    ends = [end for end in (one.end, other.end) if end is not None]
    return Period(max(starts, default=None), min(ends, default=None))


def without(period: Period, taken: Iterable[Period]) -> list[Period]:
    """Return what is left of a period when others are taken from it, in order."""
    left = [period]
    for other in taken:
        left = [rest for one in left for rest in _rest(one, other)]
    return sorted(left, key=lambda one: one.start or date.min)


def _rest(period: Period, other: Period) -> Iterator[Period]:
    if not period.overlaps(other):
        yield period
        return
    if other.start is not None and (period.start is None or period.start < other.start):
        yield Period(period.start, other.start)
    if other.end is not None and (period.end is None or other.end < period.end):
        yield Period(other.end, period.end)
