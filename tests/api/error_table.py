"""The tables of docs/guide/errors.md; ``python -m tests.api.error_table`` writes them anew."""

from collections.abc import Mapping
from pathlib import Path

from api import errors as http_errors
from api import problems
from gis.error_texts import TEXTS

GUIDE = Path(__file__).parents[2] / "docs" / "guide" / "errors.md"
END = "<!-- end -->"


def register_table() -> str:
    """Return the table of the register's codes."""
    rows = [f"| `{code}` | {text.vi} | {text.en} |" for code, text in TEXTS.items()]
    return "\n".join(["| mã · code | tiếng Việt | English |", "|---|---|---|", *rows])


def http_table() -> str:
    """Return the table of the HTTP layer's codes, with their statuses."""
    refusals: Mapping[str, problems.Refusal] = {**problems.REFUSALS, **http_errors.REFUSALS}
    rows = [
        f"| `{code}` | {refusal.status} | {refusal.detail.vi} | {refusal.detail.en} |"
        for code, refusal in sorted(refusals.items())
    ]
    head = ["| mã · code | status | tiếng Việt | English |", "|---|---|---|---|"]
    return "\n".join([*head, *rows])


def written(guide: str) -> str:
    """Return the guide's text with its tables made anew."""
    for name, table in (("register", register_table()), ("http", http_table())):
        start = f"<!-- {name} -->\n"
        head, _start, rest = guide.partition(start)
        _old, _end, tail = rest.partition(END)
        guide = f"{head}{start}{table}\n{END}{tail}"
    return guide


if __name__ == "__main__":
    GUIDE.write_text(written(GUIDE.read_text(encoding="utf-8")), encoding="utf-8")
