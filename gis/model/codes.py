"""Closed vocabularies of the register. Values are the codes of tables, JSON and the API."""

from enum import StrEnum


class ClusterKind(StrEnum):
    """Industrial cluster (cụm công nghiệp) or industrial zone (khu công nghiệp)."""

    CCN = "ccn"
    KCN = "kcn"


class Quality(StrEnum):
    """How a boundary came to be: measured in the field, drawn from a map, or made up."""

    SURVEYED = "surveyed"
    DIGITISED = "digitised"
    GENERALISED = "generalised"
    SYNTHETIC = "synthetic"


class Stage(StrEnum):
    """How far land has come, each stage within the one before."""

    PLANNED = "planned"
    ESTABLISHED = "established"
    CLEARED = "cleared"
    LEASED = "leased"


class Basis(StrEnum):
    """Where an area comes from: a dated publication, the founding decisions, or geometry."""

    PUBLISHED = "published"
    APPROVED = "approved"
    MEASURED = "measured"


class LandUse(StrEnum):
    """Land-use class of a detailed plan 1/500."""

    INDUSTRY = "industry"
    SERVICES = "services"
    TRAFFIC = "traffic"
    GREEN = "green"
    WATER = "water"
    TECHNICAL = "technical"
    OTHER = "other"


class ServingPurpose(StrEnum):
    """What land outside a cluster's boundary serves it for (Decree 32/2024 Art 2.1)."""

    WORKERS_HOUSING = "workers_housing"
    CULTURE_HOUSE = "culture_house"
    KINDERGARTEN = "kindergarten"
    AUXILIARY = "auxiliary"


class LeaseTier(StrEnum):
    """Head lease (State to developer), direct lease (State to tenant) or sublease."""

    HEAD = "head"
    DIRECT = "direct"
    SUBLEASE = "sublease"

    @property
    def is_tenant(self) -> bool:
        """Say whether the tier counts in leased land and in the fill rate."""
        return self is not LeaseTier.HEAD


class LeaseState(StrEnum):
    """State of a lease on a date; always derived, never stored."""

    FUTURE = "future"
    ACTIVE = "active"
    EXPIRING = "expiring"
    EXPIRED = "expired"
    TERMINATED = "terminated"


class PlotState(StrEnum):
    """State of an industrial plot on a date; always derived, never stored."""

    VACANT = "vacant"
    APPROVED = "approved"
    LEASED = "leased"


class UseState(StrEnum):
    """Evidence of use of leased land: no inspection is "not checked", never "in use"."""

    IN_USE = "in_use"
    IDLE = "idle"
    NOT_CHECKED = "not_checked"


class PaymentMode(StrEnum):
    """Annual rent or one payment for the whole term."""

    ANNUAL = "annual"
    ONE_OFF = "one_off"


class Confidence(StrEnum):
    """Trust in a figure, as DOMAIN marks it."""

    SOURCED = "S"
    SECONDARY = "S2"
    TESTED = "T"
    INFERRED = "I"
    RECOLLECTION = "R"
    UNVERIFIED = "unverified"
    SYNTHETIC = "synthetic"


class PlanStatus(StrEnum):
    """What the provincial plan 2021–2030 does with a cluster."""

    KEEP = "keep"
    EXPAND = "expand"
    REDUCE = "reduce"
    NEW = "new"
    SPLIT = "split"
    CARRIED = "carried"
    DROPPED = "dropped"


class TerritoryKind(StrEnum):
    """Administrative level of a territory; "former" ones ended on 1 July 2025."""

    FORMER_PROVINCE = "former_province"
    PROVINCE = "province"
    LEGACY_DISTRICT = "legacy_district"
    COMMUNE = "commune"


class SubmissionState(StrEnum):
    """How far a proposed change has come; only one in force is anybody's figure."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    IN_FORCE = "in_force"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class TermScope(StrEnum):
    """Which limit a lease's term has: 50 years, or 70 where the investment law allows it."""

    GENERAL = "general"
    SPECIAL = "special"


class UseEvent(StrEnum):
    """A fact about the use of leased land."""

    STARTED = "started"
    STOPPED = "stopped"
    INSPECTED_IN_USE = "inspected_in_use"
    INSPECTED_IDLE = "inspected_idle"
