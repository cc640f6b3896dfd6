"""What commands print: tables for people, JSON for programs, progress for the impatient."""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text


def print_json(value: Any) -> None:
    """Print a value as JSON: ISO dates, decimal points, null for unknown."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False, default=str))


def print_table(title: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table; numbers come formatted, and no cell is read as markup.

    A row whose first cell alone is filled is a heading inside the table.
    """
    table = Table(title=Text(title), title_justify="left", header_style="bold")
    for position, head in enumerate(heads):
        table.add_column(Text(head), justify="left" if position == 0 else "right")
    for row in rows:
        table.add_row(*map(Text, row), style=None if any(row[1:]) else "bold")
    Console().print(table)


@contextmanager
def progress_bar(title: str) -> Iterator[Progress]:
    """Show progress on standard error, so that it never mixes with the answer."""
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        bar.add_task(title, total=None)
        yield bar
