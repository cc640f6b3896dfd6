"""Questions that nobody thought of, made from the API's own description, to a real server."""

import subprocess
import sys
from pathlib import Path

import pytest

from api.app import create_app
from api.settings import Settings
from gis.store import open_store
from tests.browser.served import running

EXAMPLES_AN_OPERATION = 60
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
    "unsupported_method",
    "allow_header_conformance",
)


@pytest.mark.long
def test_any_question_is_answered_as_described(example_file: Path, tmp_path: Path) -> None:
    """Right or wrong, each gets a described status, type and body, and never a fault of ours.

    All operations are asked: none hides behind a reference that can't be read offline (THREATS
    finding 15).
    """
    program = Path(sys.executable).with_name("schemathesis")
    command = [
        str(program), "run", "--checks", ",".join(CHECKS), "--phases", "examples,coverage,fuzzing",
        "--max-examples", str(EXAMPLES_AN_OPERATION), "--seed", "1", "--continue-on-failure",
        "--suppress-health-check", "all", "--generation-database", "none", "--no-color",
    ]  # fmt: skip
    with running(example_file) as address:
        done = subprocess.run(
            [*command, f"{address}/openapi.json"],
            cwd=tmp_path, capture_output=True, text=True, check=False,
        )  # fmt: skip
    assert done.returncode == 0, done.stdout
    assert f"{count_operations(example_file)} selected" in done.stdout


def count_operations(register: Path) -> int:
    """Return how many operations the description of a register's service has."""
    store = open_store(register)
    paths = create_app(Settings(), store).openapi()["paths"]
    store.close()
    return sum(len(operations) for operations in paths.values())
