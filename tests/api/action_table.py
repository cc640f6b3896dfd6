"""The table of docs/guide/changes.md; ``python -m tests.api.action_table`` writes it anew."""

from pathlib import Path

from api.actions import COMMANDS

GUIDE = Path(__file__).parents[2] / "docs" / "guide" / "changes.md"
START, END = "<!-- actions -->\n", "<!-- end -->"


def action_table() -> str:
    """Return a row for each change that can be asked for."""
    rows = [
        f"| `/api/changes/{command.action}` | {command.label} | {command.summary.splitlines()[0]} "
        f"| `{command.right.value}` | {'●' if command.has_subject else ''} |"
        for command in COMMANDS.values()
    ]
    head = "| POST | việc | what it does | quyền · right | If-Match |"
    return "\n".join([head, "|---|---|---|---|---|", *rows])


def written(guide: str) -> str:
    """Return the guide's text with its table made anew."""
    head, _start, rest = guide.partition(START)
    _old, _end, tail = rest.partition(END)
    return f"{head}{START}{action_table()}\n{END}{tail}"


if __name__ == "__main__":
    GUIDE.write_text(written(GUIDE.read_text(encoding="utf-8")), encoding="utf-8")
