"""The example's decisions: made-up numbers "QĐ-VD-…", so that every change of land names one."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import Final

from gis.example.calibration import calibration
from gis.example.contracts import approvals_of, contracts_of
from gis.example.courses import COURSES
from gis.example.land import cluster_lands
from gis.example.names import display_name
from gis.model import Decision, Period
from gis.store import Entry

ISSUER: Final = "Cơ quan ví dụ (dữ liệu minh họa)"
_TITLES: Final = {
    "boundary": "Ranh giới minh họa cụm công nghiệp {name}",
    "plan": "Quy hoạch chi tiết 1/500 minh họa cụm công nghiệp {name}",
    "head": "Giao chủ đầu tư hạ tầng, thuê đất minh họa cụm công nghiệp {name}",
    "project": "Chấp thuận dự án minh họa tại cụm công nghiệp {name}",
}


def decision_id(cluster_id: str, matter: str) -> str:
    """Return the id of the decision on a cluster's boundary, plan, head lease or project."""
    return f"qd-vd-{cluster_id}-{matter}"


def decision_entries() -> Iterator[Entry]:
    """Yield the decisions in order of their dates, which is the order of their numbers."""
    for number, (on, cluster_id, matter) in enumerate(_dated(), start=1):
        decision = Decision(
            id=decision_id(cluster_id, matter),
            number=f"QĐ-VD-{number:03d}/{on.year}",
            on=on,
            issuer=ISSUER,
            title=_TITLES[matter.split("-")[0]].format(name=display_name(cluster_id)),
            is_synthetic=True,
        )
        yield Entry(decision, Period(on, None))


@cache
def _dated() -> tuple[tuple[date, str, str], ...]:
    found: list[tuple[date, str, str]] = []
    for row, land in zip(calibration(), cluster_lands(), strict=True):
        course = COURSES[row.cluster_id]
        days = {"boundary": course.established, "plan": course.planned, "head": course.head}
        found += [(on, row.cluster_id, matter) for matter, on in days.items() if on is not None]
        contracts = contracts_of(land)
        for place in range(row.projects):
            start = approvals_of(land, contracts, place)[0].valid.start
            if start is not None:
                found.append((start - timedelta(days=1), row.cluster_id, f"project-{place}"))
    return tuple(sorted(found))
