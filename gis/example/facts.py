"""Dated facts of the example: clearance, works, connections, environment, fire safety, output.

What the report says about real clusters is not here but in `gis.loading`. Each text of this
module says that it is made up; sums follow the report where it gives one.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from gis.example.calibration import Calibration, calibration
from gis.example.chance import between, choice, split_whole, unit
from gis.example.courses import COURSES
from gis.model import (
    ClusterKind,
    Confidence,
    Connection,
    DateBounds,
    EnvironmentRecord,
    Figure,
    FireInspection,
    InfrastructureWork,
    Period,
    Project,
    SiteClearance,
    Source,
)
from gis.store import Entry

MADE_UP: Final = "(dữ liệu minh họa)"
SOURCE_ID: Final = "example-register"
#: The report's infrastructure capital in bn VND: before the resolution, and in all.
_CAPITAL_BEFORE: Final = 32.05
_CAPITAL: Final = 740.00
_BEFORE: Final = frozenset({"ccn-chieng-chau", "ccn-phu-thanh-ii", "ccn-dong-tam"})
_ITEMS: Final = (
    "Đường giao thông nội bộ",
    "San nền, thoát nước",
    "Cấp điện, chiếu sáng",
    "Cấp nước",
)
_CONNECTIONS: Final = ("road", "power", "water", "telecom")
_STATES: Final = ("connected", "connected", "under_construction", "planned")
#: Clusters whose land is not wholly cleared: the cleared part of the whole area.
_CLEARED: Final = {
    "ccn-tien-tien": 0.93,
    "ccn-phu-thanh-ii": 0.64,
    "ccn-xom-rut": 0.58,
    "ccn-dong-lai-thanh-hoi": 0.71,
    "ccn-da-bac": 0.35,
    "ccn-moi-truong-cnc-hoa-binh": 0.80,
    "ccn-tay-phong": 0.60,
}
_OBSTACLES: Final = (
    "Chưa thống nhất đơn giá bồi thường",
    "Chờ bố trí tái định cư",
    "Còn mộ chưa di dời",
)


def fact_entries() -> Iterator[Entry]:
    """Yield the facts of every cluster that has a developer."""
    yield Entry(
        Source(
            id=SOURCE_ID,
            title="Bộ dữ liệu minh họa của CCN GIS",
            publisher="Dự án CCN GIS",
            reference="docs/guide/example.md",
            licence="MIT",
            note="Số liệu tự đặt để minh họa, không phải số liệu thực.",
        ),
        Period(),
    )
    yield from _works()
    for row in calibration():
        if row.has_developer:
            yield from _clearances(row)
            yield from _connections(row)
        if row.projects:
            yield from _inspections(row)
            yield _output(row)


def project_facts(projects: Iterator[tuple[Project, date]]) -> Iterator[Entry]:
    """Yield each project's environmental papers: approved, permitted, monitored every year."""
    for project, approved_on in projects:
        permit = approved_on + timedelta(days=240 + int(200 * unit(project.id, "permit")))
        kinds = [("eia", approved_on + timedelta(days=75)), ("permit", permit)]
        kinds += [
            ("monitoring", date(year, 11, 1 + int(27 * unit(project.id, "monitoring", year))))
            for year in range(permit.year + 1, 2025)
        ]
        for number, (kind, on) in enumerate(kinds, start=1):
            if on.year > 2024:
                continue
            record = EnvironmentRecord(
                id=f"{project.id}-moi-truong-{number}",
                cluster_id=project.cluster_id,
                kind=kind,
                on=on,
                project_id=project.id,
                result=f"{'Đạt' if kind == 'monitoring' else 'Đã phê duyệt'} {MADE_UP}",
            )
            yield Entry(record, Period(on, None))


def _works() -> Iterator[Entry]:
    """Yield infrastructure items whose capital adds up to the report's two totals."""
    keys = [
        (row.cluster_id, item, is_before)
        for is_before in (True, False)
        for row in calibration()
        if row.has_developer and (not is_before or row.cluster_id in _BEFORE)
        for item in (_ITEMS[:1] if is_before else _ITEMS)
    ]
    for is_before, total in ((True, _CAPITAL_BEFORE), (False, _CAPITAL - _CAPITAL_BEFORE)):
        own = [key for key in keys if key[2] is is_before]
        weights = [between(0.5, 1.5, cluster, item, "capital") for cluster, item, _ in own]
        cents = split_whole(round(total * 100), weights)
        for number, ((cluster_id, item, _), capital) in enumerate(zip(own, cents, strict=True)):
            head = COURSES[cluster_id].head
            work = InfrastructureWork(
                id=f"{cluster_id}-hang-muc-{'truoc' if is_before else 'sau'}-{number:02d}",
                cluster_id=cluster_id,
                item_vi=f"{item} {MADE_UP}",
                capital_bn_vnd=capital / 100,
                capital_source="Ngân sách" if is_before else "Chủ đầu tư hạ tầng",
                before_resolution=is_before,
                source_id=SOURCE_ID,
            )
            yield Entry(work, Period(head, None))


def _clearances(row: Calibration) -> Iterator[Entry]:
    head = COURSES[row.cluster_id].head
    if head is None:
        return
    part = _CLEARED.get(row.cluster_id, 1.0)
    is_complete = part == 1.0
    obstacle = choice(_OBSTACLES, row.cluster_id, "obstacle")
    steps = [(head, part * 0.8)]
    if head.year < 2024:
        steps.append((date(min(head.year + 2, 2024), 6, 28), part))
    for number, (on, cleared) in enumerate(steps, start=1):
        is_last = number == len(steps)
        clearance = SiteClearance(
            id=f"{row.cluster_id}-giai-phong",
            cluster_id=row.cluster_id,
            cleared_m2=round(cleared * row.area_m2, 1),
            on=on,
            cleared_by=f"{'Chủ đầu tư hạ tầng' if is_complete else 'Hội đồng'} {MADE_UP}",
            obstacle=None if is_complete and is_last else f"{obstacle} {MADE_UP}",
        )
        yield Entry(clearance, Period(on, None))


def _connections(row: Calibration) -> Iterator[Entry]:
    for kind in _CONNECTIONS:
        connection = Connection(
            id=f"{row.cluster_id}-dau-noi-{kind}",
            cluster_id=row.cluster_id,
            kind=kind,
            state="connected" if row.projects else choice(_STATES, row.cluster_id, kind, "state"),
            note="Dữ liệu minh họa.",
        )
        yield Entry(connection, Period(COURSES[row.cluster_id].head, None))


def _inspections(row: Calibration) -> Iterator[Entry]:
    for year in (2023, 2024):
        on = date(year, 5, 1 + int(27 * unit(row.cluster_id, "fire", year)))
        result = choice(("Đạt", "Đạt", "Có kiến nghị"), row.cluster_id, "fire result", year)
        inspection = FireInspection(
            id=f"{row.cluster_id}-pccc-{year}",
            cluster_id=row.cluster_id,
            on=on,
            result=f"{result} {MADE_UP}",
        )
        yield Entry(inspection, Period(on, None))


def _output(row: Calibration) -> Entry:
    """Return a cluster's part of the report's output of 2023, which no project carries."""
    figure = Figure(
        id=f"vi-du-gia-tri-san-xuat-{row.cluster_id}",
        subject_kind="cluster",
        subject_id=row.cluster_id,
        indicator="output",
        unit="bn_vnd",
        as_of=DateBounds(date(2023, 1, 1), date(2023, 12, 31)),
        source_id=SOURCE_ID,
        confidence=Confidence.SYNTHETIC,
        value=row.output_bn_vnd,
        kind=ClusterKind.CCN,
        stage="operating",
        count=1,
        basis="example",
        note="Dữ liệu minh họa: phần của cụm trong khoảng 1.300 tỷ đồng của báo cáo.",
    )
    return Entry(figure, Period())
