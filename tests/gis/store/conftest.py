"""One store for each engine: every test that takes one runs on all of them."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from types import MappingProxyType
from typing import Final, Protocol

import pytest

from gis.store import Store, create_store, open_store
from tests.gis.store.databases import Databases
from tests.gis.store.things import FakeClock
from tests.postgres import PostgresServer

#: Makes an empty register of an engine and returns its address.
NewPlace = Callable[[], str]


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


@pytest.fixture
def geopackages(tmp_path: Path, empty_file: bytes) -> NewPlace:
    """Return what makes empty registers that are files."""
    numbers = count()

    def new_place() -> str:
        path = tmp_path / f"store-{next(numbers)}.gpkg"
        path.write_bytes(empty_file)
        return str(path)

    return new_place


@pytest.fixture(scope="session")
def shared_databases(postgres: PostgresServer) -> Iterator[Databases]:
    """Yield the databases that the tests of this process use one after the other."""
    with ExitStack() as kept:
        yield Databases(postgres, kept)


@pytest.fixture
def databases(shared_databases: Databases) -> Iterator[NewPlace]:
    """Yield what gives databases that hold an empty register; the test has them for itself."""
    taken: list[str] = []

    def new_place() -> str:
        taken.append(shared_databases.take())
        return taken[-1]

    yield new_place
    for url in taken:
        shared_databases.give_back(url)


#: The fixture that makes empty registers of each engine.
ENGINES: Final[Mapping[str, str]] = MappingProxyType(
    {"geopackage": "geopackages", "postgis": "databases"}
)


@pytest.fixture(params=ENGINES)
def new_place(request: pytest.FixtureRequest) -> NewPlace:
    """Return what makes empty registers of an engine, that nobody has open."""
    places: NewPlace = request.getfixturevalue(ENGINES[request.param])
    return places


@pytest.fixture
def new_store(new_place: NewPlace) -> Iterator[NewStore]:
    """Yield what makes stores of an engine; they are closed after the test."""
    made: list[Store] = []

    def new(clock: FakeClock | None = None) -> Store:
        made.append(open_store(new_place(), clock=clock or FakeClock(), wait_s=0.2))
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
