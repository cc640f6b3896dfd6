"""What every test shares: one PostgreSQL per run, Hypothesis without a clock, no silent skip."""

import os
import shutil
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import hypothesis
import pytest

from tests.postgres import PostgresServer

RUN_FOLDER = pytest.StashKey[Path]()
IN_CI = os.environ.get("CI", "") not in ("", "0", "false")

hypothesis.settings.register_profile("steady", deadline=None, derandomize=IN_CI, print_blob=True)
hypothesis.settings.load_profile("steady")


@pytest.fixture(scope="session")
def postgres(pytestconfig: pytest.Config) -> PostgresServer:
    """Return the run's PostgreSQL server, started for the first test that asks."""
    server = PostgresServer(pytestconfig.stash[RUN_FOLDER])
    server.ensure_started()
    return server


@pytest.fixture
def postgis_url(postgres: PostgresServer) -> Iterator[str]:
    """Yield the address of an empty database with PostGIS, of this test only."""
    with postgres.fresh_database() as url:
        yield url


@pytest.fixture(scope="session")
def example_register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the path of the example register, made once a process: read it, never write it."""
    from gis.example import load_example  # noqa: PLC0415 - only for tests that ask for it
    from gis.store import create_store  # noqa: PLC0415

    path = tmp_path_factory.mktemp("example") / "example.gpkg"
    store = create_store(path)
    load_example(store)
    store.close()
    return path


@pytest.fixture
def example_copy(example_register: Path, tmp_path: Path) -> Path:
    """Return the path of a copy of the example register that a test may change."""
    return Path(shutil.copyfile(example_register, tmp_path / "example.gpkg"))


def pytest_configure(config: pytest.Config) -> None:
    """Name the run's folder: the leading process makes it, workers are told."""
    told: dict[str, str] | None = getattr(config, "workerinput", None)
    config.stash[RUN_FOLDER] = (
        Path(tempfile.mkdtemp(prefix="ccn-gis-")) if told is None else Path(told["run_folder"])
    )


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a worker of pytest-xdist the run's folder."""
    node.workerinput["run_folder"] = str(node.config.stash[RUN_FOLDER])


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skipped test into a failed one in CI."""
    report = yield
    if IN_CI and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"a skip is a failure in CI: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Turn a file skipped as a whole into a failure in CI."""
    report = yield
    if IN_CI and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"a skip is a failure in CI: {report.longrepr}"
    return report


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop what the run started; the leading process only."""
    if not hasattr(config, "workerinput"):
        PostgresServer(config.stash[RUN_FOLDER]).stop()
