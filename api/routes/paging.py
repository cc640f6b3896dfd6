"""Pages of lists: links to this one and the next, and whole lists as sheets."""

from collections.abc import Callable, Iterable, Sequence
from heapq import nsmallest
from typing import TypeVar
from urllib.parse import urlencode

from starlette.responses import Response

from api.deps import JSON, Question
from api.queries import ParcelsAsked, TenureAsked
from api.schemas.base import Link
from api.sheets import CSV, Cell, Column, csv_bytes, xlsx_bytes

T = TypeVar("T")


def link_pages(
    question: Question,
    query: ParcelsAsked | TenureAsked,
    path: str,
    next_after: str | None,
    media_type: str = JSON,
) -> list[Link]:
    """Link this page and the next; both ask what was asked, and name date and size."""
    asked = query.model_dump(exclude_none=True, mode="json")
    asked |= {"limit": limit_of(question, query)}
    steps = {"self": asked} | ({"next": {**asked, "after": next_after}} if next_after else {})
    return [
        Link(
            rel=rel,
            href=question.settings.link(
                f"{path}?{urlencode({**parameters, 'on': question.on.isoformat()})}"
            ),
            type=media_type,
        )
        for rel, parameters in steps.items()
    ]


def limit_of(question: Question, query: ParcelsAsked | TenureAsked) -> int:
    """Return how many rows a page has: as asked, by default and at most as the settings say."""
    asked = query.limit or question.settings.page_size
    return min(asked, question.settings.page_size_max)


def first_of_pages(
    limit: int, pages: Sequence[tuple[Sequence[T], str | None]], id_of: Callable[[T], str]
) -> tuple[list[T], str | None]:
    """Join pages of several places into one, ordered by id, and say where the next begins.

    Each page comes with where it goes on; None on its last.
    """
    found = nsmallest(limit, (row for rows, _ in pages for row in rows), key=id_of)
    is_more = sum(len(rows) for rows, _ in pages) > limit or any(after for _, after in pages)
    return found, id_of(found[-1]) if found and is_more else None


def sheet(
    media_type: str, title: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]
) -> Response:
    """Answer with a list as CSV or XLSX, for the one who asked."""
    is_csv = media_type == CSV
    content = csv_bytes(columns, rows) if is_csv else xlsx_bytes(title, columns, rows)
    headers = {
        "Cache-Control": "private, no-store",
        "Content-Disposition": f'attachment; filename="ccn-gis.{"csv" if is_csv else "xlsx"}"',
    }
    return Response(content, 200, headers, media_type)
