"""Dated facts about a cluster's making and running: works, clearance, developer, environment."""

from dataclasses import dataclass
from datetime import date

from gis.model.time import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class InfrastructureState:
    """Whether a cluster's infrastructure is basically complete (an attribute, not a stage)."""

    id: str
    cluster_id: str
    is_complete: bool
    on: date | None
    source_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InfrastructureWork:
    """An item of infrastructure with its capital in billion VND and where that came from."""

    id: str
    cluster_id: str
    item_vi: str
    capital_bn_vnd: float | None = None
    capital_source: str | None = None
    before_resolution: bool | None = None
    source_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """A connection to the cluster's fence: road, power, water or telecommunication."""

    id: str
    cluster_id: str
    kind: str
    state: str
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WastewaterPlant:
    """A central wastewater plant: stage, capacity in m³ a day and state."""

    id: str
    cluster_id: str
    stage: str | None
    capacity_m3_day: float | None
    state: str
    source_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EnvironmentRecord:
    """An EIA approval, an environmental permit or a year's monitoring, of cluster or project."""

    id: str
    cluster_id: str
    kind: str
    on: date | None
    project_id: str | None = None
    result: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FireInspection:
    """A fire-safety inspection and its result."""

    id: str
    cluster_id: str
    on: date
    result: str
    project_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteClearance:
    """Land cleared and handed over (bàn giao mặt bằng), in m², who clears and what obstructs."""

    id: str
    cluster_id: str
    cleared_m2: float | None
    on: date
    cleared_by: str | None = None
    obstacle: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeveloperAppointment:
    """The infrastructure developer of a cluster, its term and its capacity review (0–100)."""

    id: str
    cluster_id: str
    party_id: str
    term: Period = Period()
    capacity_score: float | None = None
    reviewed_on: date | None = None
