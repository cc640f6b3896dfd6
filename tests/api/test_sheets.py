"""Lists as sheets: read back by other libraries, and nothing in them runs (THREATS 33)."""

import csv
import io
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest

from api.sheets import Cell, Column, csv_bytes, xlsx_bytes

COLUMNS = [
    Column("lessee", "Bên thuê"),
    Column("area_m2", "Diện tích (m²)"),
    Column("last_day", "Đến hết ngày"),
    Column("is_synthetic", "Minh họa"),
    Column("parcels", "Số thửa"),
]
ROW: list[Cell] = ["Công ty Ví dụ 01", 1234.5, date(2074, 5, 14), True, 3]
HOSTILE = ['=HYPERLINK("http://x","y")', "@SUM(1)", "+1", "-1", "\tx", "\rx", "'x", "https://x"]


def as_csv(*rows: list[Cell]) -> list[list[str]]:
    """Return the cells of a written CSV as a program reads them."""
    content = csv_bytes(COLUMNS, rows)
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def as_xlsx(*rows: list[Cell]) -> list[list[Any]]:
    """Return the cells of a written workbook."""
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes("Thuê đất", COLUMNS, rows)))
    return [list(row) for row in book["Thuê đất"].iter_rows()]


def test_csv_is_for_programs() -> None:
    """Names with units, ISO dates, decimal points, and nothing for what is unknown."""
    head, row, unknown = as_csv(ROW, [None] * 5)
    assert head == ["lessee", "area_m2", "last_day", "is_synthetic", "parcels"]
    assert row == ["Công ty Ví dụ 01", "1234.5", "2074-05-14", "true", "3"]
    assert unknown == [""] * 5


def test_xlsx_is_for_people() -> None:
    """Vietnamese labels, real dates and numbers, empty cells for what is unknown."""
    head, row, unknown = as_xlsx(ROW, ["x", None, None, None, None])
    assert [cell.value for cell in head] == [column.label for column in COLUMNS]
    values = ["Công ty Ví dụ 01", 1234.5, datetime(2074, 5, 14), True, 3]  # noqa: DTZ001
    assert [cell.value for cell in row] == values
    assert [cell.value for cell in unknown] == ["x", None, None, None, None]
    assert row[2].number_format == "dd/mm/yyyy"


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_is_a_formula_or_a_link(text: str) -> None:
    """CSV puts an apostrophe before it, which takes it away again; XLSX writes text."""
    written = as_csv([text, None, None, None, None])[1][0]
    assert not written.startswith(("=", "@", "+", "-", "\t", "\r"))
    assert text == written.removeprefix("'")
    cell = as_xlsx([text, None, None, None, None])[1][0]
    assert (cell.data_type, cell.hyperlink) == ("s", None)


def test_a_negative_number_stays_a_number() -> None:
    """Only text is guarded."""
    assert as_csv(["x", -1.5, None, None, -3])[1] == ["x", "-1.5", "", "", "-3"]


def test_a_sheet_of_nothing_has_its_head() -> None:
    """An empty list is no error."""
    assert len(as_csv()) == 1
    assert len(as_xlsx()) == 1
