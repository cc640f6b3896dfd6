"""One store for each engine: a second engine joins by a second name in `ENGINES`."""

from collections.abc import Callable, Iterator, Mapping
from itertools import count
from pathlib import Path
from types import MappingProxyType
from typing import Final, Protocol

import pytest

from gis.store import Store, create_store, open_store
from tests.gis.store.things import FakeClock


class NewStore(Protocol):
    """Makes a new empty register of an engine, as of `things.MADE_AT`."""

    def __call__(self, clock: FakeClock | None = None) -> Store:
        """Return the register's store; without a clock given, on one that stands still."""


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return the bytes of an empty register, made once a process."""
    path = tmp_path_factory.mktemp("empty") / "register.gpkg"
    create_store(path, clock=FakeClock()).close()
    return path.read_bytes()


def _geopackages(folder: Path, empty_file: bytes) -> NewStore:
    numbers = count()

    def new_store(clock: FakeClock | None = None) -> Store:
        path = folder / f"store-{next(numbers)}.gpkg"
        path.write_bytes(empty_file)
        return open_store(path, clock=clock or FakeClock(), wait_s=0.2)

    return new_store


ENGINES: Final[Mapping[str, Callable[[Path, bytes], NewStore]]] = MappingProxyType(
    {"geopackage": _geopackages}
)


@pytest.fixture(params=ENGINES)
def new_store(
    request: pytest.FixtureRequest, tmp_path: Path, empty_file: bytes
) -> Iterator[NewStore]:
    """Yield what makes stores of an engine; they are closed after the test."""
    made: list[Store] = []
    make = ENGINES[request.param](tmp_path, empty_file)

    def new(clock: FakeClock | None = None) -> Store:
        made.append(make(clock))
        return made[-1]

    yield new
    for store in made:
        store.close()


@pytest.fixture
def clock() -> FakeClock:
    """Return the clock of the test's `store`."""
    return FakeClock()


@pytest.fixture
def store(new_store: NewStore, clock: FakeClock) -> Store:
    """Return an empty register on the test's `clock`."""
    return new_store(clock)


@pytest.fixture
def register_path(tmp_path: Path, empty_file: bytes) -> Path:
    """Return the path of an empty GeoPackage register that nobody has open."""
    path = tmp_path / "register.gpkg"
    path.write_bytes(empty_file)
    return path
