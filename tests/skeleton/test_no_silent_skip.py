"""In CI a test that is skipped is a failure, whichever way it is skipped."""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SKIPPED = {
    "mark": "@pytest.mark.skip(reason='later')\ndef test_it() -> None: ...\n",
    "call": "def test_it() -> None:\n    pytest.skip('later')\n",
    "fixture": "@pytest.fixture\ndef it():\n    pytest.skip('no')\ndef test_it(it) -> None: ...\n",
    "module": "pytest.skip('later', allow_module_level=True)\n",
    "import": "pytest.importorskip('no_such_library')\n",
}


def run(folder: Path, *, ci: bool) -> subprocess.CompletedProcess[str]:
    """Run the tests of ``folder`` under the project's conftest."""
    environment = {name: value for name, value in os.environ.items() if name != "CI"}
    environment["PYTHONPATH"] = str(ROOT)
    if ci:
        environment["CI"] = "true"
    return subprocess.run(
        [
            sys.executable, "-m", "pytest", "-q", "-rfE", "--continue-on-collection-errors",
            "-p", "no:cacheprovider", "-p", "tests.conftest",
        ],
        cwd=folder, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_a_skip_fails_in_ci(tmp_path: Path) -> None:
    """A skip of a test, by a fixture or of a whole file ends the run with a failure."""
    for way, test in SKIPPED.items():
        (tmp_path / f"test_{way}.py").write_text(f"import pytest\n{test}", encoding="utf-8")
    done = run(tmp_path, ci=True)
    assert done.returncode == 1, done.stdout
    failed = set(re.findall(r"^(?:FAILED|ERROR) test_(\w+)\.py", done.stdout, re.MULTILINE))
    assert failed == set(SKIPPED), done.stdout
    assert "skipped" not in done.stdout.splitlines()[-1]


def test_a_skip_is_a_skip_elsewhere(tmp_path: Path) -> None:
    """On a person's machine a skip stays what it is."""
    (tmp_path / "test_skipped.py").write_text(f"import pytest\n{SKIPPED['mark']}", encoding="utf-8")
    done = run(tmp_path, ci=False)
    assert done.returncode == 0, done.stdout
    assert "1 skipped" in done.stdout


def test_an_expected_failure_is_no_skip(tmp_path: Path) -> None:
    """A test marked as failing for a known reason passes in CI."""
    test = "import pytest\n@pytest.mark.xfail\ndef test_it() -> None:\n    assert False\n"
    (tmp_path / "test_expected.py").write_text(test, encoding="utf-8")
    done = run(tmp_path, ci=True)
    assert done.returncode == 0, done.stdout
    assert "1 xfailed" in done.stdout
