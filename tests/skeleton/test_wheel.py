"""The wheel: gis, api, maps and the data that they need, and nothing else."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from gis.resources import data_dir
from maps.resources import missing_vendor_files, vendor_files

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Build the wheel from the checkout and return what it holds."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip
    (wheel,) = folder.glob("ccn_gis-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_the_wheel_holds_three_packages(names: set[str]) -> None:
    """Nothing stands beside gis, maps and api: no tests, no tools, no stray data."""
    tops = {name.partition("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"gis", "maps", "api"}
    assert not [name for name in names if "__pycache__" in name or name.endswith((".pyc", ".gpkg"))]


def test_the_wheel_holds_every_module(names: set[str]) -> None:
    """Each Python file of the packages is in the wheel, and each package says that it is typed."""
    ours = {
        file.relative_to(ROOT).as_posix()
        for package in ("gis", "maps", "api")
        for file in (ROOT / package).rglob("*.py")
    }
    assert ours <= names
    assert {"gis/py.typed", "maps/py.typed", "api/py.typed"} <= names


def test_the_wheel_holds_the_data(names: set[str]) -> None:
    """The checkout's data folder is the wheel's gis/_data."""
    ours = {
        f"gis/_data/{file.relative_to(data_dir()).as_posix()}"
        for file in data_dir().rglob("*")
        if file.is_file()
    }
    assert ours
    assert {name for name in names if name.startswith("gis/_data/")} == ours


def test_the_wheel_holds_the_web_files_with_their_licences(names: set[str]) -> None:
    """Each file that the lock names was fetched and is carried, each package's licence too."""
    assert missing_vendor_files() == ()
    files = vendor_files()
    assert {f"maps/static/vendor/{file.path}" for file in files} <= names
    licensed = {file.package for file in files if file.path.endswith("/LICENSE")}
    assert licensed == {file.package for file in files}


def test_the_wheel_holds_our_own_pages(names: set[str]) -> None:
    """Scripts, styles and templates of the checkout are in the wheel."""
    ours = {
        file.relative_to(ROOT).as_posix()
        for folder in ("static", "templates")
        for file in (ROOT / "maps" / folder).rglob("*")
        if file.is_file() and file.name != ".lock"
    }
    assert ours <= names
