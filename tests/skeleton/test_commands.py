"""The commands that people are told to run are the ones that exist."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
CI = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
TARGETS: dict[str, str] = dict(re.findall(r"^([a-z-]+):(.*)$", MAKEFILE, re.MULTILINE))


def described() -> set[str]:
    """Return the targets that `make help` lists."""
    return {name for name, rest in TARGETS.items() if "##" in rest}


def needs(target: str) -> list[str]:
    """Return what a target is made after."""
    return TARGETS[target].partition("##")[0].split()


def test_readme_names_every_target_and_no_other() -> None:
    """A target that help lists is in the README, and the README invents none."""
    assert set(re.findall(r"`?make ([a-z-]+)", README)) == described()


def test_help_lists_the_targets() -> None:
    """`make help` shows each described target with its sentence."""
    said = subprocess.run(
        ["make", "--no-print-directory", "help"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert {line.split()[0] for line in said.splitlines()} == described()


def test_ci_runs_check_the_readmes_test_command_and_the_rest() -> None:
    """CI calls static and test, which are check, then the samples and the long tests."""
    assert needs("check") == ["static", "test"]
    called = re.findall(r"^step .*make ([a-z-]+)$", CI, re.MULTILINE)
    assert called == ["static", "test", "samples", "test-long"]
    assert "```sh\nmake test\n```" in README


@pytest.mark.parametrize("target", ["serve", "test", "samples", "test-long", "static", "wheel"])
def test_a_target_sets_up_what_it_needs(target: str) -> None:
    """From a fresh clone, each target first makes the environment and fetches the web files."""
    assert "assets" in needs(target)
    assert {"runtime", "development"} & set(needs(target))


def test_the_changelog_speaks_of_this_version() -> None:
    """The newest entry of the changelog is the version of pyproject."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    newest = re.search(
        r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert newest
    assert newest[1] == project["version"]
