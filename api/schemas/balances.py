"""The body of a cluster's land balance."""

from datetime import date
from typing import Annotated, Final, Literal

from pydantic import Field

from api.schemas.base import M2, Body, Day, Note, Percent, synthetic_note
from gis.clusters import ClassShare, ClusterBalance
from gis.indicators.fill import FILL_RULE, FillAnswer, FillReason
from gis.model import Decision as ModelDecision
from gis.model import DetailedPlan, PlotState
from gis.rules import Outcome
from maps.style import LAND_USES

_MEETS: Final = {Outcome.MET: True, Outcome.BROKEN: False}
_LABELS: Final = {style.code: style for style in LAND_USES}


class PlannedClass(Body):
    """A land-use class of the plan inside the boundary."""

    land_use: str
    name_vi: str
    name_en: str
    area_m2: M2
    percent: Annotated[Percent, Field(description="Of the boundary's area.")]
    minimum_percent: Annotated[Percent | None, Field(description="The least that a rule asks.")]
    maximum_percent: Annotated[Percent | None, Field(description="The most that a rule allows.")]
    rule: Annotated[str | None, Field(description="That rule's id.")]
    rule_version: str | None
    rule_verified: Annotated[
        bool | None, Field(description="false: the rule's number was not read in its source.")
    ]
    meets: Annotated[bool | None, Field(description="Null where no rule is in force.")]

    @classmethod
    def of(cls, share: ClassShare) -> "PlannedClass":
        """Take a class's share over."""
        used = share.finding.rule if share.finding else None
        label = _LABELS[share.land_use]
        is_minimum = used is not None and used.comparison == ">="
        return cls(
            land_use=share.land_use,
            name_vi=label.vi,
            name_en=label.en,
            area_m2=share.area_m2,
            percent=share.percent,
            minimum_percent=used.value if used and is_minimum else None,
            maximum_percent=used.value if used and not is_minimum else None,
            rule=used.id if used else None,
            rule_version=used.version if used else None,
            rule_verified=used.is_verified if used else None,
            meets=_MEETS.get(share.finding.outcome) if share.finding else None,
        )


class ActualState(Body):
    """Industrial land of the plan in one lease state."""

    state: PlotState
    area_m2: M2
    percent: Annotated[Percent | None, Field(description="Of all industrial land.")]


class LegalFill(Body):
    """The legal fill rate with what it is made of."""

    percent: Percent | None
    reason: FillReason | None
    leased_m2: M2 | None
    approved_m2: M2 | None
    industrial_m2: M2 | None
    rule: str
    rule_version: str | None

    @classmethod
    def of(cls, fill: FillAnswer | None) -> "LegalFill":
        """Take a fill rate over; without a balance nothing is known."""
        return cls(
            percent=fill.percent if fill else None,
            reason=FillReason.NO_PLAN if fill is None else fill.reason,
            leased_m2=fill.leased_m2 if fill else None,
            approved_m2=fill.approved_m2 if fill else None,
            industrial_m2=fill.industrial_m2 if fill else None,
            rule=FILL_RULE,
            rule_version=fill.rule_version if fill else None,
        )


class Decision(Body):
    """The paper behind a detailed plan."""

    id: str
    title: str
    reference: str
    date: Day | None
    synthetic: bool

    @classmethod
    def of(cls, plan: DetailedPlan | None, decision: ModelDecision | None) -> "Decision | None":
        """Take a decision over; null where no plan is in force."""
        if plan is None:
            return None
        if decision is None:
            return cls(id=plan.id, title="", reference="", date=plan.approved_on, synthetic=False)
        return cls(
            id=decision.id,
            title=decision.title,
            reference=f"{decision.number} · {decision.issuer}",
            date=decision.on,
            synthetic=decision.is_synthetic,
        )


class Balance(Body):
    """A land balance, measured; empty lists and nulls where no drawn plan is in force.

    Σ planned + unclassified − overlap = boundary.
    """

    cluster: str
    name_vi: str
    name_en: str
    on: date
    basis: Literal["measured"]
    synthetic: bool
    synthetic_note: Note | None
    boundary_m2: M2 | None
    planned: list[PlannedClass]
    overlap_m2: M2 | None
    unclassified_m2: M2 | None
    outside_m2: M2 | None
    actual: list[ActualState]
    let_m2: Annotated[M2 | None, Field(description="Union of the plots let, with or without plan")]
    cleared_m2: M2 | None
    legal_fill: LegalFill
    source: Annotated[
        Decision | None, Field(description="The decision that approved the detailed plan.")
    ]

    @classmethod
    def of(cls, found: ClusterBalance, *, on: date) -> "Balance":
        """Take a cluster's balance over."""
        kept = found.balance
        is_synthetic = bool(kept and kept.is_synthetic)
        return cls(
            cluster=found.cluster.id,
            name_vi=found.cluster.name_vi,
            name_en=found.cluster.name_en,
            on=on,
            basis="measured",
            synthetic=is_synthetic,
            synthetic_note=synthetic_note(is_synthetic=is_synthetic),
            boundary_m2=kept.boundary_m2 if kept else None,
            planned=[PlannedClass.of(share) for share in found.planned],
            overlap_m2=kept.overlap_m2 if kept else None,
            unclassified_m2=kept.unclassified_m2 if kept else None,
            outside_m2=kept.outside_m2 if kept else None,
            actual=[
                ActualState(state=part.state, area_m2=part.area_m2, percent=part.percent)
                for part in found.actual
            ],
            let_m2=kept.let_m2 if kept else None,
            cleared_m2=kept.cleared_m2 if kept else None,
            legal_fill=LegalFill.of(found.fill),
            source=Decision.of(found.plan, found.decision),
        )
