"""The real application over a real example register, made once a run and copied for writers."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.settings import Settings
from gis.accounts import Accounts, open_accounts, people
from gis.example import load_example
from gis.rights import Role
from gis.store import GeoPackageStore, create_store, open_store
from tests.api.client import Client, client_of
from tests.api.signing_in import PASSWORD
from tests.gis.accounts.conftest import QUICK


@pytest.fixture(scope="session")
def example_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file of an example register; tests that write take a copy."""
    path = tmp_path_factory.mktemp("example") / "example.gpkg"
    store = create_store(path)
    load_example(store)
    store.close()
    return path


@pytest.fixture(scope="session")
def example_store(example_file: Path) -> Iterator[GeoPackageStore]:
    """Yield the example register, for reading."""
    store = open_store(example_file)
    yield store
    store.close()


@pytest.fixture(scope="session")
def client(example_store: GeoPackageStore) -> Iterator[Client]:
    """Yield a client of the service of the example register."""
    with client_of(Settings(), example_store) as made:
        yield made


@pytest.fixture
def own_store(example_file: Path, tmp_path: Path) -> Iterator[GeoPackageStore]:
    """Yield a copy of the example register that a test may change."""
    store = open_store(shutil.copy(example_file, tmp_path / "own.gpkg"))
    yield store
    store.close()


@pytest.fixture
def empty_store(tmp_path: Path) -> Iterator[GeoPackageStore]:
    """Yield a new register that holds nothing."""
    store = create_store(tmp_path / "empty.gpkg")
    yield store
    store.close()


@pytest.fixture
def accounts(tmp_path: Path) -> Iterator[Accounts]:
    """Yield accounts: an administrator, a planner, and an officer of one cluster (`PASSWORD`)."""
    opened = open_accounts(str(tmp_path / "people.gpkg"), policy=QUICK)
    for login, roles, clusters in (
        ("admin1", [Role.ADMIN], None),
        ("planner", [Role.PLANNER], None),
        ("officer", [Role.OFFICER], ["ccn-tien-tien"]),
    ):
        one = people.add_account(
            opened, login=login, name=f"{login} Nguyễn", roles=roles, cluster_ids=clusters
        )
        people.set_password(opened, one.id, PASSWORD)
    yield opened
    opened.close()


@pytest.fixture
def office(example_store: GeoPackageStore, accounts: Accounts) -> Iterator[Client]:
    """Yield a client, not signed in, of a service with accounts."""
    with client_of(Settings(), example_store, accounts) as made:
        yield made
