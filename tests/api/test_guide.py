"""The guide tells what the service does: every example is run, nothing is left out."""

import json
import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from api.settings import Settings, variable
from tests.api import action_table
from tests.api.client import Client
from tests.api.error_table import written

GUIDE = Path(__file__).parents[2] / "docs" / "guide"
API = (GUIDE / "api.md").read_text(encoding="utf-8")
CHANGES = (GUIDE / "changes.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```http\nGET (\S+)\n```\n\n```json\n(.*?)```", API, re.DOTALL)

FOR_PEOPLE = (
    "/api/documents/{sha256}",
    "/api/leases",
    "/api/leases/{lease_id}",
    "/api/parcels/search",
    "/api/records/{kind}/{record_id}",
    "/api/records/{kind}/{record_id}/history",
    "/api/changes",
    "/api/changes/{number}",
    "/api/submissions",
    "/api/submissions/{submission_id}",
    "/api/accounts",
    "/api/settings",
)
"""Answers that only somebody signed in gets: told in the guide, shown by tests of their own."""


@pytest.mark.parametrize(("path", "shown"), EXAMPLES, ids=[path for path, _shown in EXAMPLES])
def test_an_example_is_what_the_service_answers(client: Client, path: str, shown: str) -> None:
    """Every member that an example shows is in the answer, with that value."""
    assert missing(json.loads(shown), client.json(path)) is None


def missing(shown: Any, answered: Any, place: str = "") -> str | None:
    """Return the first place where an answer lacks what is shown; None if it has it all.

    Numbers may have more digits than shown; of a list any items may be shown, in order.
    """
    if isinstance(shown, dict):
        if not isinstance(answered, dict):
            return place
        steps = ((f"{place}/{name}", name) for name in shown)
        found = (missing(shown[name], answered.get(name), where) for where, name in steps)
        return next((where for where in found if where is not None), None)
    if isinstance(shown, list):
        rest = iter(answered if isinstance(answered, list) else [])
        for number, item in enumerate(shown):
            if not any(missing(item, candidate) is None for candidate in rest):
                return f"{place}/{number}"
        return None
    if isinstance(shown, float):
        is_close = isinstance(answered, float) and abs(shown - answered) < 0.005
        return None if is_close else f"{place}: {answered}"
    return None if shown == answered else f"{place}: {answered}"


def test_the_comparison_finds_what_is_missing() -> None:
    """Another value, a lacking member and a lacking item are each found at their place."""
    answered = {"a": [{"b": 1}, {"b": 2.004}], "c": None}
    assert missing({"a": [{"b": 2.0}], "c": None}, answered) is None
    assert missing({"a": [{"b": 2.0}, {"b": 1}]}, answered) == "/a/1"
    assert missing({"c": 0}, answered) == "/c: None"
    assert missing({"d": 1}, answered) == "/d: None"


def test_every_address_and_parameter_is_in_the_guide(client: Client) -> None:
    """An address of the API without an example, or a parameter without a word, fails here."""
    examples = [path.partition("?")[0] for path, _shown in EXAMPLES]
    for path, operations in client.json("/openapi.json")["paths"].items():
        assert f"`{path}`" in API + CHANGES, path
        if "get" not in operations or path in FOR_PEOPLE:
            continue
        pattern = re.sub(r"\{[^}]*\}", "[^/]+", path)
        assert any(re.fullmatch(pattern, example) for example in examples), path
        for method, operation in operations.items():
            assert method == "get" or f"{method.upper()} `{path}`" in API, f"{method} {path}"
            for parameter in operation.get("parameters", []):
                if parameter["in"] == "query":
                    assert f"`{parameter['name']}`" in API or f"`{parameter['name']}=" in API


def test_every_setting_is_in_the_guide_with_its_default() -> None:
    """One row a setting, no row without one."""
    text = (GUIDE / "settings.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(CCN_GIS_\w+)` \| (.*?) \|", text, re.MULTILINE))
    expected = {
        variable(field.name): f"`{field.default}`" if field.default != "" else "trống · empty"
        for field in fields(Settings)
    }
    assert rows == expected


def test_every_error_code_is_in_the_guide() -> None:
    """The tables are those of the program; `python -m tests.api.error_table` writes them."""
    text = (GUIDE / "errors.md").read_text(encoding="utf-8")
    assert written(text) == text


def test_every_change_is_in_the_guide() -> None:
    """The table is the program's; `python -m tests.api.action_table` writes it."""
    assert action_table.written(CHANGES) == CHANGES
