"""Lists as sheets: CSV for programs and Excel alike, XLSX with real numbers and dates.

No text of a cell is ever a formula or a link: CSV puts an apostrophe before what a spreadsheet
would run, XLSX writes text as text (THREATS 33). CSV is UTF-8 with a byte order mark, without
which Excel takes Vietnamese for another encoding.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import xlsxwriter

CSV: Final = "text/csv"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Cell = str | int | float | bool | date | None

#: What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection).
_DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
_BYTE_ORDER_MARK: Final = "\ufeff"
_WIDEST: Final = 60
_LONGEST_CELL: Final = 32_767


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name for programs, with the unit, and its Vietnamese label for people."""

    name: str
    label: str


def csv_bytes(columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Write rows as CSV: ISO dates, decimal points, nothing where a value is unknown."""
    text = io.StringIO()
    text.write(_BYTE_ORDER_MARK)
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([column.name for column in columns])
    writer.writerows([_csv_cell(cell) for cell in row] for row in rows)
    return text.getvalue().encode()


def xlsx_bytes(title: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Write rows as an Excel workbook of one sheet, its head fixed and filtered.

    Dates are dates, numbers numbers; unknown values are empty cells.
    """
    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(content, options)
    sheet = book.add_worksheet(title[:31])
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    formats = {
        date: book.add_format({"num_format": "dd/mm/yyyy"}),
        float: book.add_format({"num_format": "#,##0.0"}),
    }
    widths = [len(column.label) for column in columns]
    sheet.write_row(0, 0, [column.label for column in columns], head)
    last = 0
    for last, row in enumerate(rows, start=1):
        for place, cell in enumerate(row):
            widths[place] = max(widths[place], len(str(cell)))
            kept = cell[:_LONGEST_CELL] if isinstance(cell, str) else cell
            sheet.write(last, place, kept, formats.get(type(cell)))
    for place, width in enumerate(widths):
        sheet.set_column(place, place, min(width + 2, _WIDEST))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(last, 1), len(columns) - 1)
    book.close()
    return content.getvalue()


def _csv_cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, date):
        return cell.isoformat()
    text = str(cell)
    is_text = isinstance(cell, str)
    return f"'{text}" if is_text and text.startswith((*_DANGEROUS, "'")) else text
