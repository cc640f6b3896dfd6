"""When things happened in each cluster of the example: the generator's table of made-up dates.

The days are synthetic and stay within what is sourced: Tiên Tiến was founded in 2020, Đà Bắc was
still being planned in November 2021, fourteen clusters stood by the end of 2021, and 34 of the
40 projects by mid-2023.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectCourse:
    """A project: the year and months of its first lease, and how many contracts it still has.

    ``short_years`` is the term of its first contract where it is not a long one. An ``ended``
    contract stood on a plot that is vacant since, or let to another project (``relet``).
    """

    year: int
    months: tuple[int, int] = (1, 12)
    contracts: int = 1
    short_years: int | None = None
    ended: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """A cluster's days: boundary fixed, detailed plan approved, developer's head lease begun."""

    established: date
    planned: date | None = None
    head: date | None = None
    projects: tuple[ProjectCourse, ...] = ()


#: Ends of contracts before the example's day.
EXPIRED: Final = "expired"
RELET: Final = "relet"
TERMINATED: Final = "terminated"


def _years(*years: int) -> tuple[ProjectCourse, ...]:
    return tuple(ProjectCourse(year=year) for year in years)


_TIEN_TIEN: Final = (
    ProjectCourse(year=2021, months=(4, 5), contracts=3, ended=EXPIRED),
    ProjectCourse(year=2021, months=(3, 3), contracts=2, ended=RELET),
    ProjectCourse(year=2021, months=(5, 9), contracts=3),
    ProjectCourse(year=2021, months=(5, 6), contracts=2, ended=TERMINATED),
    ProjectCourse(year=2021, months=(8, 12), contracts=2),
    ProjectCourse(year=2022, months=(2, 4), contracts=2, short_years=3),
    *(ProjectCourse(year=2022, months=(3, 12), contracts=2) for _ in range(4)),
    ProjectCourse(year=2022, months=(6, 12)),
    ProjectCourse(year=2023, months=(2, 5)),
    ProjectCourse(year=2023, months=(8, 11)),
    ProjectCourse(year=2024, months=(9, 10)),
    ProjectCourse(year=2024, months=(5, 8)),
)

COURSES: Final[Mapping[str, Course]] = MappingProxyType(
    {
        "ccn-cham-mat-dan-chu": Course(established=date(2018, 5, 16)),
        "ccn-yen-mong": Course(established=date(2019, 9, 24)),
        "ccn-tien-tien": Course(
            established=date(2020, 8, 14),
            planned=date(2020, 11, 20),
            head=date(2021, 2, 1),
            projects=_TIEN_TIEN,
        ),
        "ccn-dong-tam": Course(
            established=date(2015, 6, 9),
            planned=date(2016, 10, 12),
            head=date(2017, 5, 4),
            projects=(*_years(2018, 2020), ProjectCourse(year=2022, months=(8, 11))),
        ),
        "ccn-phu-thanh-ii": Course(
            established=date(2015, 9, 21),
            planned=date(2016, 1, 18),
            head=date(2016, 12, 1),
            projects=(
                # Before the developer came: leased from the State directly.
                ProjectCourse(year=2016, months=(5, 8)),
                *_years(2017, 2017, 2018, 2019, 2020, 2021),
                ProjectCourse(year=2022, months=(1, 4)),
                ProjectCourse(year=2023, months=(8, 11)),
            ),
        ),
        "ccn-thanh-nong": Course(
            established=date(2016, 3, 30),
            planned=date(2017, 4, 5),
            head=date(2017, 11, 15),
            projects=(
                *_years(2018, 2019, 2021),
                ProjectCourse(year=2022, months=(9, 11)),
            ),
        ),
        "ccn-moi-truong-cnc-hoa-binh": Course(
            established=date(2018, 7, 11), planned=date(2020, 4, 22), head=date(2021, 6, 15)
        ),
        "ccn-xom-rut": Course(
            established=date(2017, 8, 2),
            planned=date(2019, 5, 27),
            head=date(2020, 9, 10),
            projects=(
                ProjectCourse(year=2022, months=(3, 6)),
                ProjectCourse(year=2023, months=(8, 11)),
            ),
        ),
        "ccn-hoa-son": Course(
            established=date(2017, 10, 18), planned=date(2020, 8, 6), head=date(2021, 10, 1)
        ),
        "ccn-phong-phu": Course(
            established=date(2019, 3, 12), planned=date(2021, 1, 14), head=date(2022, 4, 20)
        ),
        "ccn-dong-lai-thanh-hoi": Course(
            established=date(2016, 6, 23),
            planned=date(2017, 9, 8),
            head=date(2018, 3, 19),
            projects=(
                ProjectCourse(year=2018, months=(5, 11)),
                ProjectCourse(year=2021),
                ProjectCourse(year=2024, months=(2, 6)),
            ),
        ),
        "ccn-da-bac": Course(
            established=date(2021, 3, 25), planned=date(2022, 6, 30), head=date(2023, 8, 16)
        ),
        "ccn-tay-phong": Course(
            established=date(2019, 11, 5), planned=date(2021, 5, 19), head=date(2022, 9, 7)
        ),
        "ccn-chieng-chau": Course(
            established=date(2015, 4, 15),
            planned=date(2015, 10, 28),
            head=date(2016, 2, 10),
            projects=(
                ProjectCourse(year=2016, months=(4, 8), short_years=9),
                *_years(2017, 2018, 2020),
            ),
        ),
    }
)

#: All eight zones had an approved plan by this day (news of 10 June 2012).
ZONES_PLANNED: Final = date(2012, 6, 10)
