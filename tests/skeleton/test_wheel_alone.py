"""The built wheel, installed where there is no source tree, serves the map by itself."""

import json
import os
import re
import signal
import subprocess
import sys
import venv
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).parents[2]
WHEELHOUSE = ROOT / "build" / "wheelhouse"
PLAIN = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "PYTHONUNBUFFERED": "1"}

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an officer's folder: an environment with the wheel and what it asks for, no more.

    Its libraries come from the folder that `make test-long` filled, not from the network.
    """
    folder = tmp_path_factory.mktemp("office")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip
    venv.create(folder / "venv", with_pip=True)
    (wheel,) = folder.glob("*.whl")
    subprocess.run(
        [folder / "venv/bin/pip", "install", "--quiet", "--no-index",
         "--find-links", str(WHEELHOUSE), str(wheel)],
        cwd=folder, check=True, env=PLAIN,
    )  # fmt: skip
    return folder


@pytest.fixture(scope="module")
def address(office: Path) -> Iterator[str]:
    """Make the example register and serve it; yield the address that is printed."""
    command = office / "venv/bin/ccn-gis"
    environment = {**PLAIN, "HOME": str(office), "CCN_GIS_REGISTER": str(office / "register.gpkg")}
    subprocess.run([command, "init", "--example"], cwd=office, check=True, env=environment)
    with subprocess.Popen(
        [command, "serve", "--port", "0"],
        cwd=office, env=environment, stdout=subprocess.PIPE, text=True,
    ) as server:  # fmt: skip
        try:
            assert server.stdout
            printed = next(
                found for line in server.stdout if (found := re.search(r"http://\S+", line))
            )
            yield printed[0]
        finally:
            server.send_signal(signal.SIGINT)
            assert server.wait(timeout=30) == 0


def read(url: str) -> bytes:
    """Read an address of the served map."""
    return httpx.get(url, timeout=30).raise_for_status().content


def test_the_installed_program_is_the_wheels(office: Path) -> None:
    """Nothing of the checkout is on the path of the officer's environment."""
    found = subprocess.run(
        [office / "venv/bin/python", "-c", "import gis, api, maps; print(gis.__file__)"],
        cwd=office, env=PLAIN, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    assert os.fspath(office) in found


def test_the_map_is_served(address: str) -> None:
    """The page comes, with scripts and fonts of our own, all of them there."""
    page = read(f"{address}/").decode()
    files = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', page))
    assert any(file.partition("?")[0].endswith(".js") for file in files)
    for file in files:
        assert read(f"{address}{file}")


def test_the_register_answers(address: str) -> None:
    """The clusters and zones of the example come from the register."""
    clusters = json.loads(read(f"{address}/api/clusters?kind=ccn"))
    assert len(clusters["features"]) >= 14
