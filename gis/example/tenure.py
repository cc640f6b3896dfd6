"""Parties, projects, leases and evidence of use of the example, as entries of the register.

Every name says that it is made up: "Công ty Ví dụ 01", contract "VD-…". The calibration's sums of
capital and jobs are divided over a cluster's projects by the land that they lease.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Final

from gis.example.calibration import EXAMPLE_ON, Calibration, calibration
from gis.example.chance import between, choice, split_whole, unit
from gis.example.contracts import Contract, approvals_of, contracts_of, head_term
from gis.example.courses import COURSES
from gis.example.decisions import decision_id
from gis.example.land import ClusterLand, cluster_lands
from gis.example.names import parcel_id, short_name
from gis.model import (
    DeveloperAppointment,
    Lease,
    LeaseTier,
    LeaseUse,
    Party,
    PaymentMode,
    Period,
    Project,
    UseEvent,
)
from gis.store import Entry

STATE: Final = "vi-du-nha-nuoc"
_SECTORS: Final = (
    "May mặc",
    "Chế biến gỗ",
    "Linh kiện điện tử",
    "Vật liệu xây dựng",
    "Bao bì",
    "Cơ khí",
    "Chế biến nông sản",
    "Dược liệu",
    "Sản phẩm nhựa",
    "Giày da",
)
#: Every so-manieth tenant has foreign capital.
_FOREIGN: Final = 6
#: Whose first contract gives more land than was measured (m²), by cluster and project.
_OVER_AREA: Final = {("ccn-thanh-nong", 1): 412.6}
#: Whose first contract's land was found unused: the day on which use stopped, if it ever began,
#: and the inspections that say so.
_IDLE: Final = {
    ("ccn-tien-tien", 4): (date(2023, 5, 12), (date(2023, 6, 20), date(2024, 8, 15))),
    ("ccn-xom-rut", 0): (None, (date(2022, 11, 15), date(2024, 11, 12))),
}


@dataclass(frozen=True, slots=True)
class _Tenancy:
    """One cluster's contracts with the number of its first tenant among all parties."""

    row: Calibration
    land: ClusterLand
    contracts: tuple[Contract, ...]
    first_tenant: int
    developer: int | None


def tenure_entries() -> Iterator[Entry]:
    """Yield parties, developers, head leases, projects, leases and uses, cluster by cluster."""
    yield Entry(
        Party(
            id=STATE,
            name="Cơ quan nhà nước cho thuê đất (ví dụ)",
            kind="state",
            is_foreign=False,
            is_synthetic=True,
        ),
        Period(),
    )
    for tenancy in _tenancies():
        if tenancy.developer is not None:
            yield from _developer(tenancy)
        yield from _projects(tenancy)
        yield from _leases(tenancy)


@cache
def _tenancies() -> tuple[_Tenancy, ...]:
    rows = calibration()
    tenant = 1 + sum(row.has_developer for row in rows)
    developer = 0
    found = []
    for row, land in zip(rows, cluster_lands(), strict=True):
        developer += row.has_developer
        own = developer if row.has_developer else None
        found.append(_Tenancy(row, land, tuple(contracts_of(land)), tenant, own))
        tenant += row.projects
    return tuple(found)


def _party(number: int, *, kind: str, is_foreign: bool) -> Party:
    return Party(
        id=_party_id(number),
        name=f"Công ty Ví dụ {number:02d}",
        kind=kind,
        is_foreign=is_foreign,
        is_synthetic=True,
    )


def _party_id(number: int) -> str:
    return f"vi-du-{number:02d}"


def _developer(tenancy: _Tenancy) -> Iterator[Entry]:
    cluster_id, number = tenancy.row.cluster_id, tenancy.developer
    term = head_term(COURSES[cluster_id])
    if number is None or term is None:
        return
    since = Period(term.start, None)
    decision = decision_id(cluster_id, "head")
    yield Entry(_party(number, kind="developer", is_foreign=False), Period())
    is_reviewed = unit(cluster_id, "reviewed") < 0.7
    appointment = DeveloperAppointment(
        id=f"{cluster_id}-chu-dau-tu",
        cluster_id=cluster_id,
        party_id=_party_id(number),
        term=term,
        capacity_score=round(between(52, 88, cluster_id, "score")) if is_reviewed else None,
        reviewed_on=date(2024, 5, 20) if is_reviewed else None,
    )
    yield Entry(appointment, since, decision_id=decision)
    head = Lease(
        id=_head_id(cluster_id),
        cluster_id=cluster_id,
        tier=LeaseTier.HEAD,
        contract_number=f"VD-{short_name(cluster_id)}-00/{term.start.year if term.start else ''}",
        lessor_id=STATE,
        lessee_id=_party_id(number),
        term=term,
        contract_area_m2=round(tenancy.land.boundary.area, 1),
        payment=PaymentMode.ANNUAL,
        handed_over_on=term.start,
    )
    yield Entry(head, since, decision_id=decision)


def _head_id(cluster_id: str) -> str:
    return f"{cluster_id}-thue-00"


def _projects(tenancy: _Tenancy) -> Iterator[Entry]:
    row = tenancy.row
    if not row.projects:
        return
    weights = [_weight(tenancy, project) for project in range(row.projects)]
    capital = split_whole(round(row.capital_bn_vnd * 100), weights)
    jobs = split_whole(row.jobs, weights)
    for place in range(row.projects):
        number = tenancy.first_tenant + place
        sector = choice(_SECTORS, row.cluster_id, place, "sector")
        yield Entry(_party(number, kind="enterprise", is_foreign=number % _FOREIGN == 0), Period())
        approvals = approvals_of(tenancy.land, list(tenancy.contracts), place)
        until = head_term(COURSES[row.cluster_id])
        holds = Period(approvals[0].valid.start, until.end if until else None)
        for approval in approvals:
            project = Project(
                id=_project_id(number),
                cluster_id=row.cluster_id,
                name_vi=f"Dự án ví dụ {number:02d}: {sector.lower()}",
                party_id=_party_id(number),
                sector=sector,
                capital_bn_vnd=capital[place] / 100,
                jobs=jobs[place],
                approved=holds,
                parcel_ids=_parcels(row.cluster_id, approval.plots),
                moved_from="Làng nghề ví dụ" if place == row.projects - 1 > 1 else None,
            )
            decision = decision_id(row.cluster_id, f"project-{place}")
            yield Entry(project, approval.valid, decision_id=decision)


def _project_id(number: int) -> str:
    return f"du-an-vi-du-{number:02d}"


def _weight(tenancy: _Tenancy, project: int) -> float:
    areas = {plot.label: plot.shape.area for plot in tenancy.land.plots}
    own = [
        areas[plot]
        for contract in tenancy.contracts
        if contract.project == project and not contract.has_ended
        for plot in contract.plots
    ]
    return math.fsum(own) * between(0.6, 1.4, tenancy.row.cluster_id, project, "weight")


def _parcels(cluster_id: str, plots: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(parcel_id(cluster_id, plot) for plot in plots)


def _leases(tenancy: _Tenancy) -> Iterator[Entry]:
    cluster_id = tenancy.row.cluster_id
    areas = {plot.label: round(plot.shape.area, 1) for plot in tenancy.land.plots}
    firsts = {
        contract.project: contract
        for contract in reversed(tenancy.contracts)
        if not contract.has_ended
    }
    for place, contract in enumerate(tenancy.contracts):
        start = contract.term.start or EXAMPLE_ON
        key = (cluster_id, contract.project)
        is_first = firsts[contract.project] is contract
        on_paper = math.fsum(areas[plot] for plot in contract.plots)
        on_paper += _OVER_AREA.get(key, 0.0) if is_first else 0.0
        lessor = STATE if contract.is_direct else _party_id(tenancy.developer or 0)
        lease = Lease(
            id=f"{cluster_id}-thue-{place + 1:02d}",
            cluster_id=cluster_id,
            tier=LeaseTier.DIRECT if contract.is_direct else LeaseTier.SUBLEASE,
            contract_number=f"VD-{short_name(cluster_id)}-{place + 1:02d}/{start.year}",
            lessor_id=lessor,
            lessee_id=_party_id(tenancy.first_tenant + contract.project),
            term=contract.term,
            parcel_ids=_parcels(cluster_id, contract.plots),
            head_lease_id=None if contract.is_direct else _head_id(cluster_id),
            project_id=_project_id(tenancy.first_tenant + contract.project),
            contract_area_m2=round(on_paper, 1),
            payment=_payment(cluster_id, place),
            handed_over_on=start + timedelta(days=int(30 * unit(cluster_id, place, "handover"))),
            terminated_on=contract.terminated_on,
        )
        yield Entry(lease, Period(start, None))
        yield from _uses(lease, _IDLE.get(key) if is_first else None)


def _payment(cluster_id: str, place: int) -> PaymentMode:
    is_annual = unit(cluster_id, place, "payment") < 0.6
    return PaymentMode.ANNUAL if is_annual else PaymentMode.ONE_OFF


def _uses(lease: Lease, idle: tuple[date | None, tuple[date, ...]] | None) -> Iterator[Entry]:
    """Yield what is known of a lease's use; about a third was never inspected."""
    stopped, inspected = idle or (None, ())
    events: list[tuple[UseEvent, date]] = []
    started = (lease.term.start or EXAMPLE_ON) + timedelta(
        days=150 + int(300 * unit(lease.id, "started"))
    )
    was_idle_always = bool(inspected) and stopped is None
    ends = lease.in_force.end if lease.in_force else None
    if started < min(EXAMPLE_ON, ends or EXAMPLE_ON) and not was_idle_always:
        events.append((UseEvent.STARTED, started))
        is_checked = unit(lease.id, "checked") < 0.65
        visit = date(2024, 4, 8) + timedelta(days=int(200 * unit(lease.id, "visit")))
        if is_checked and not inspected and started < visit and (ends is None or visit < ends):
            events.append((UseEvent.INSPECTED_IN_USE, visit))
    if stopped is not None:
        events.append((UseEvent.STOPPED, stopped))
    events += [(UseEvent.INSPECTED_IDLE, day) for day in inspected]
    for number, (event, on) in enumerate(events, start=1):
        use = LeaseUse(
            id=f"{lease.id}-su-dung-{number}",
            cluster_id=lease.cluster_id,
            lease_id=lease.id,
            event=event,
            on=on,
            note="Dữ liệu minh họa.",
        )
        yield Entry(use, Period(on, None))
