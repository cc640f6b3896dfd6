"""Accounts on both engines, with a clock that the test moves and quick argon2 parameters."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from gis.accounts import Accounts, Policy, open_accounts

QUICK = Policy(argon2_passes=1, argon2_kib=64, argon2_lanes=1)


class MovedClock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.at = datetime(2026, 3, 2, 8, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Return the time that it shows."""
        return self.at

    def move(self, **by: float) -> None:
        """Move it, backward too."""
        self.at += timedelta(**by)


@pytest.fixture
def clock() -> MovedClock:
    """Return a clock at a Monday morning."""
    return MovedClock()


@pytest.fixture(params=["sqlite", "postgresql"])
def register(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of a register, beside which or in which the accounts lie."""
    if request.param == "sqlite":
        return str(tmp_path / "register.gpkg")
    return str(request.getfixturevalue("postgis_url"))


@pytest.fixture
def accounts(register: str, clock: MovedClock) -> Iterator[Accounts]:
    """Yield accounts without anybody."""
    opened = open_accounts(register, clock=clock, policy=QUICK)
    yield opened
    opened.close()
