"""The table of docs/guide/changes.md; ``python -m tests.api.action_table`` writes it anew."""

from pathlib import Path
from typing import Any

from api.actions import COMMANDS
from api.commands import Command

GUIDE = Path(__file__).parents[2] / "docs" / "guide" / "changes.md"
START, END = "<!-- actions -->\n", "<!-- end -->"


def action_table() -> str:
    """Return a row for each change that can be asked for."""
    rows = [
        f"| `/api/changes/{command.action}` | {command.label} | {command.summary.splitlines()[0]} "
        f"| {_rights(command)} | {'●' if command.has_subject else ''} |"
        for command in COMMANDS.values()
    ]
    head = "| POST | việc | what it does | quyền · right | If-Match |"
    return "\n".join([head, "|---|---|---|---|---|", *rows])


def _rights(command: Command) -> str:
    """Return who may ask: of records of any table that depends on the table."""
    make: Any = command.request
    asked = [None]
    if "table" in make.__dataclass_fields__:
        asked = [make(table=table, id="x") for table in ("lease", "figure")]
    found = [command.right(request) for request in asked]
    return " / ".join(f"`{right.value}`" for right in found)


def written(guide: str) -> str:
    """Return the guide's text with its table made anew."""
    head, _start, rest = guide.partition(START)
    _old, _end, tail = rest.partition(END)
    return f"{head}{START}{action_table()}\n{END}{tail}"


if __name__ == "__main__":
    GUIDE.write_text(written(GUIDE.read_text(encoding="utf-8")), encoding="utf-8")
