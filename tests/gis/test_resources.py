"""Where the data lies: beside the packages in a checkout, inside gis in a wheel."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from gis import resources


@pytest.fixture(autouse=True)
def forget() -> Iterator[None]:
    """Let each test look for itself."""
    resources.data_dir.cache_clear()
    yield
    resources.data_dir.cache_clear()


def test_a_checkout_has_its_data_beside_the_packages() -> None:
    """The folder data of this checkout is found."""
    assert resources.data_dir() == Path(__file__).parents[2] / "data"


def test_a_wheel_has_its_data_inside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where gis/_data is there, it is taken, whatever lies beside the package."""
    for name in ("_data", "data"):
        (tmp_path / name).mkdir()
    monkeypatch.setattr(resources, "_PLACES", (tmp_path / "_data", tmp_path / "data"))
    assert resources.data_dir() == tmp_path / "_data"


def test_an_incomplete_installation_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """With neither folder there, the error names where it looked."""
    monkeypatch.setattr(resources, "_PLACES", (tmp_path / "_data", tmp_path / "data"))
    with pytest.raises(FileNotFoundError, match=tmp_path.name):
        resources.data_dir()
