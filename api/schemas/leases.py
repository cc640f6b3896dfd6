"""Bodies about leases, for those who may see who holds the land."""

from datetime import date
from typing import Annotated, Any, Final

from pydantic import Field

from api.schemas.base import M2, Body, Link
from api.sheets import Cell, Column
from gis.leases import FlagFinding, LeaseFindings, LeaseFlag, LeaseHit
from gis.model import (
    Lease,
    LeaseState,
    LeaseTier,
    Party,
    PaymentMode,
    TermScope,
    UseState,
)


class LeaseBody(Body):
    """A lease on a date; states and flags are derived for it."""

    id: Annotated[str, Field(examples=["thue-01"])]
    version: Annotated[int, Field(description="Its ETag: send it as If-Match to change it.")]
    cluster: str
    tier: LeaseTier
    contract_number: str
    lessor: str
    lessor_name: str | None
    lessee: str
    lessee_name: str | None
    lessee_tax_code: str | None
    starts_on: date | None
    last_day: Annotated[date | None, Field(description="The last day of the term, included.")]
    terminated_on: Annotated[
        date | None, Field(description="First day on which it no longer holds.")
    ]
    parcels: list[str]
    head_lease: str | None
    project: str | None
    contract_area_m2: M2 | None
    payment: PaymentMode | None
    handed_over_on: date | None
    term_scope: TermScope
    state: LeaseState
    use: Annotated[UseState, Field(description="Without an inspection: not_checked.")]
    days_left: Annotated[
        int | None, Field(description="To its last day, renewals included; null: does not hold.")
    ]
    flags: list[LeaseFlag]

    @classmethod
    def of(cls, hit: LeaseHit, parties: dict[str, Party]) -> "LeaseBody":
        """Take a lease over that was found."""
        found = hit.version
        return cls(
            **_of_lease(found.thing, parties),
            version=found.number,
            state=hit.state,
            use=hit.use,
            days_left=hit.days_left,
            flags=list(hit.flags),
        )

    def cells(self) -> list[Cell]:
        """Return the row of a sheet, in the order of `COLUMNS`."""
        values = self.model_dump()
        return [_cell(values[column.name]) for column in COLUMNS]


def _of_lease(lease: Lease, parties: dict[str, Party]) -> dict[str, Any]:
    lessor, lessee = parties.get(lease.lessor_id), parties.get(lease.lessee_id)
    return {
        "id": lease.id,
        "cluster": lease.cluster_id,
        "tier": lease.tier,
        "contract_number": lease.contract_number,
        "lessor": lease.lessor_id,
        "lessor_name": None if lessor is None else lessor.name,
        "lessee": lease.lessee_id,
        "lessee_name": None if lessee is None else lessee.name,
        "lessee_tax_code": None if lessee is None else lessee.tax_code,
        "starts_on": lease.term.start,
        "last_day": lease.term.last_day,
        "terminated_on": lease.terminated_on,
        "parcels": list(lease.parcel_ids),
        "head_lease": lease.head_lease_id,
        "project": lease.project_id,
        "contract_area_m2": lease.contract_area_m2,
        "payment": lease.payment,
        "handed_over_on": lease.handed_over_on,
        "term_scope": lease.term_scope or TermScope.GENERAL,
    }


def _cell(value: Any) -> Cell:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return None if value is None else value


#: What a sheet of leases shows.
COLUMNS: Final = (
    Column("id", "Mã hợp đồng trong sổ"),
    Column("cluster", "Cụm"),
    Column("tier", "Bậc thuê"),
    Column("contract_number", "Số hợp đồng"),
    Column("lessor_name", "Bên cho thuê"),
    Column("lessee_name", "Bên thuê"),
    Column("lessee_tax_code", "Mã số thuế bên thuê"),
    Column("parcels", "Thửa đất"),
    Column("contract_area_m2", "Diện tích hợp đồng (m²)"),
    Column("starts_on", "Từ ngày"),
    Column("last_day", "Đến hết ngày"),
    Column("terminated_on", "Chấm dứt từ ngày"),
    Column("state", "Trạng thái"),
    Column("use", "Sử dụng đất"),
    Column("days_left", "Còn lại (ngày)"),
    Column("flags", "Cờ"),
)


class LeaseList(Body):
    """A page of leases, ordered by id."""

    on: date
    example: bool
    leases: list[LeaseBody]
    links: Annotated[list[Link], Field(description="self, and next where there is more.")]


class FlagOut(Body):
    """A flag with the rule version that it rests on, and the figures behind it."""

    flag: LeaseFlag
    rule: str | None
    rule_version: str | None
    citation: str | None
    figures: Annotated[dict[str, Any], Field(description="m², days, months, ids.")]

    @classmethod
    def of(cls, found: FlagFinding) -> "FlagOut":
        """Take a finding over."""
        rule = found.rule
        return cls(
            flag=found.flag,
            rule=None if rule is None else rule.id,
            rule_version=None if rule is None else rule.version,
            citation=None if rule is None else rule.citation,
            figures=found.figures,
        )


class LeaseDetail(LeaseBody):
    """One lease with what was measured and the figures behind its flags."""

    on: date
    measured_m2: M2 | None
    synthetic: Annotated[bool, Field(description="A shape behind the figures is made up.")]
    findings: list[FlagOut]

    @classmethod
    def of_findings(
        cls, found: LeaseFindings, version: int, parties: dict[str, Party], on: date
    ) -> "LeaseDetail":
        """Take a lease over with its findings."""
        return cls(
            **_of_lease(found.lease, parties),
            version=version,
            state=found.state,
            use=found.use,
            days_left=found.days_left,
            flags=[one.flag for one in found.flags],
            on=on,
            measured_m2=found.measured_m2,
            synthetic=found.is_synthetic,
            findings=[FlagOut.of(one) for one in found.flags],
        )
