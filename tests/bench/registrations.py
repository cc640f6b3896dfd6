"""A thousand leases registered one by one on each engine, each its own durable transaction."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from gis.store import copy_register
from tests.bench.measure import Result, alone
from tests.postgres import DURABLE, PostgresServer

_COUNT: Final = 1000


def results(register: str) -> Iterator[Result]:
    """Register leases in a copy of a register, as a file and in PostGIS."""
    with tempfile.TemporaryDirectory(prefix="ccn-gis-bench-") as name:
        folder = Path(name)
        folder.chmod(0o711)  # PostgreSQL, as its own user, passes through
        file = shutil.copyfile(register, folder / "register.gpkg")
        yield from _measured("a file", str(file))
        (folder / "postgres").mkdir()
        server = PostgresServer(folder / "postgres", DURABLE)
        server.ensure_started()
        try:
            with server.fresh_database() as url:
                copy_register(register, url)
                yield from _measured("PostGIS", url)
        finally:
            server.stop()


def _measured(engine: str, url: str) -> Iterator[Result]:
    said = alone("registrations_alone", url, _COUNT)
    p50, p99, commit = (1000 * said[name] for name in ("p50", "p99", "commit"))
    yield Result(
        f"{said['count']} single leases, each durable, {engine}",
        f"p50 {p50:.0f} ms · p99 {p99:.0f} ms",
    )
    yield Result("  p50 against a bare durable commit", f"{p50 / commit:.0f} × ({commit:.2f} ms)")
