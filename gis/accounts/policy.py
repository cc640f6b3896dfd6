"""How long secrets live and how often somebody may try: one value, given when accounts open."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

#: Tells the present; a test gives its own.
Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """Times and limits; the defaults suit an office.

    A session ends ``session_for`` after signing in, or ``idle_for`` after its last request.
    Within ``tries_within`` a login name may be tried ``tries_a_login`` times in vain and an
    address ``tries_an_address`` times. The argon2id parameters are RFC 9106's second choice
    (64 MiB, three passes); passwords of others are hashed anew when somebody signs in.
    """

    session_for: timedelta = timedelta(hours=12)
    idle_for: timedelta = timedelta(hours=2)
    link_for: timedelta = timedelta(hours=24)
    token_for_most: timedelta = timedelta(days=366)
    tries_within: timedelta = timedelta(minutes=15)
    tries_a_login: int = 10
    tries_an_address: int = 50
    argon2_passes: int = 3
    argon2_kib: int = 65_536
    argon2_lanes: int = 4


def utc_now() -> datetime:
    """Return the present in UTC."""
    return datetime.now(UTC)
