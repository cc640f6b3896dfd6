"""The locks: names, versions and hashes of every library, and nothing else."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-npm.lock")
PINNED = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(\[[\w,-]+\])?==(?P<version>[^ ;]+)( ; .+)?$")
HASH = re.compile(r"^--hash=sha256:[0-9a-f]{64}$")


def entries(lock: str) -> list[list[str]]:
    """Return the lock's requirements, each with its hashes."""
    text = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", "\0")
    return [[part.strip() for part in line.split("\0")] for line in text.splitlines() if line]


def versions(lock: str) -> dict[str, set[str]]:
    """Return the versions that the lock allows of each library."""
    found: dict[str, set[str]] = {}
    for requirement, *_ in entries(lock):
        match = PINNED.match(requirement)
        assert match, requirement
        name = canonicalize_name(match["name"])
        found.setdefault(name, set()).add(match["version"])
    return found


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_names_versions_and_hashes_only(lock: str) -> None:
    """Every line is a pinned version or a hash: no address, no path, no option."""
    for requirement, *hashes in entries(lock):
        assert PINNED.match(requirement), requirement
        assert hashes, requirement
        assert all(HASH.match(entry) for entry in hashes), requirement


@pytest.mark.parametrize(
    ("lock", "groups"),
    [
        ("requirements.lock", ["build"]),
        ("requirements-dev.lock", ["build", "dev", "bench"]),
        ("requirements-npm.lock", ["npm"]),
    ],
)
def test_a_lock_fits_the_project(lock: str, groups: list[str]) -> None:
    """Whatever pyproject asks for is locked in a version that it allows (else: make lock)."""
    table = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = [text for group in groups for text in table["dependency-groups"][group]]
    if groups != ["npm"]:
        asked += table["project"]["dependencies"]
    locked = versions(lock)
    for text in asked:
        requirement = Requirement(text)
        found = locked.get(canonicalize_name(requirement.name), set())
        assert found, f"{requirement.name} is not locked"
        assert all(requirement.specifier.contains(version) for version in found), text


def test_tests_run_the_versions_that_the_service_runs() -> None:
    """The lock of the tests holds the lock of the service."""
    tested = versions("requirements-dev.lock")
    for name, wanted in versions("requirements.lock").items():
        assert tested[name] == wanted, name
