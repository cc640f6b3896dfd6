"""How the register remembers: versions with two times, changes with chained hashes, balances."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

from gis.model.codes import SubmissionState
from gis.model.time import Period

T = TypeVar("T", covariant=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Version(Generic[T]):
    """One version of a thing.

    ``valid`` is when it holds in the world (calendar dates). ``known_from`` and ``known_to`` are
    when the register held it (UTC, strictly increasing); ``known_to`` None is the present
    knowledge. ``number`` counts the versions of one thing from 1.
    """

    thing: T
    number: int
    valid: Period
    known_from: datetime
    known_to: datetime | None
    change: int
    decision_id: str | None = None
    planar_m2: float | None = None
    geodesic_m2: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePart:
    """What one transaction did to one cluster, or to things of no cluster (``cluster_id`` "").

    ``opened`` and ``closed`` count the versions that it wrote and ended; ``digest`` is the
    SHA-256 of their canonical JSON, ``cluster_hash`` continues the cluster's chain.
    """

    cluster_id: str
    opened: int
    closed: int
    digest: str
    cluster_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """An entry of the append-only journal: who did what, when, why, by which decision.

    ``reason`` is what a correction or a void gives, None for an ordinary change; ``submitted_by``
    who proposed what ``by`` put in force, None where it was the same. The land before and after is
    in the versions that carry its ``number``. ``register_hash`` seals this entry, its parts and
    everything before it.
    """

    number: int
    at: datetime
    by: str
    action: str
    decision_id: str | None
    reason: str | None
    register_hash: str
    submitted_by: str | None = None
    parts: tuple[ChangePart, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A change that somebody proposes: nobody's figure until another puts it in force.

    ``action`` names the use case and ``request`` is what it is asked to do, as JSON. ``author``
    and ``decided_by`` are account ids; ``note`` is what the one who decided says to the author.
    """

    id: str
    action: str
    request: str
    author: str
    state: SubmissionState
    cluster_id: str | None = None
    decided_by: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LandBalance:
    """A cluster's land balance in m², kept for a period in which nothing of it changes.

    Planned classes are plan areas in force clipped to the boundary; ``overlap_m2`` is the sum of
    the classes less their union, ``unclassified_m2`` the boundary less that union, and
    ``outside_m2`` plan area beyond the boundary. All of these are None without an approved
    detailed plan. ``leased_m2``, ``approved_m2`` and ``vacant_m2`` divide the industrial land by
    lease state and are None likewise; ``let_m2`` is the union of tenants' parcels, with or
    without a plan. ``cleared_m2`` is None where no clearance is on record.
    """

    cluster_id: str
    valid: Period
    boundary_m2: float | None
    plan_id: str | None
    industry_m2: float | None
    services_m2: float | None
    traffic_m2: float | None
    green_m2: float | None
    water_m2: float | None
    technical_m2: float | None
    other_m2: float | None
    overlap_m2: float | None
    unclassified_m2: float | None
    outside_m2: float | None
    leased_m2: float | None
    approved_m2: float | None
    vacant_m2: float | None
    let_m2: float
    cleared_m2: float | None
    is_synthetic: bool


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in both times: what held ``on`` a date, as known at ``known_at`` (None: now)."""

    on: date
    known_at: datetime | None = None

    def known_by(self, instant: datetime | None) -> "Moment":
        """Return the same date as known at an earlier instant; a later one, or None, is this."""
        if instant is None or (self.known_at is not None and self.known_at <= instant):
            return self
        return Moment(self.on, instant)
