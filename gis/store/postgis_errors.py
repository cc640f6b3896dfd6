"""What PostgreSQL says of a failure, as our errors, which say what to do."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import psycopg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from gis.errors import StoreBusy, StoreProblem
from gis.store.postgis_address import PostgisAddress

#: States in which the same change may succeed in a moment: lock not available, deadlock,
#: serialization, statement cancelled, too many connections, out of locks.
_BUSY: Final = frozenset({"55P03", "40P01", "40001", "57014", "53300", "53200"})
#: What is wrong by the state's name or its class (PostgreSQL 15, appendix A).
_CODES: Final = {
    "25006": "register.read_only",
    "42501": "register.read_only",
    "42P07": "register.exists",
    "53100": "register.full",
    "58030": "register.io",
    "42P01": "register.corrupt",
    "42703": "register.corrupt",
    "3F000": "register.corrupt",
    "XX": "register.corrupt",
    "08": "register.server",
    "28": "register.server",
    "3D": "register.server",
    "57P": "register.server",
}


@contextmanager
def translating(address: PostgisAddress) -> Iterator[None]:
    """Turn the server's errors into ours.

    Raises:
        StoreBusy: ``register.busy``.
        StoreProblem: ``register.server``, ``register.full``, ``register.read_only``,
            ``register.io``, ``register.corrupt`` or ``register.exists``.
    """
    try:
        yield
    except PoolTimeoutError as error:
        raise StoreBusy("register.busy") from error
    except (DBAPIError, psycopg.Error) as error:
        problem = _translated(error.orig if isinstance(error, DBAPIError) else error, address)
        if problem is None:
            raise
        raise problem from error


def _translated(error: BaseException | None, address: PostgisAddress) -> StoreProblem | None:
    if not isinstance(error, psycopg.Error):
        return None
    state = error.sqlstate
    if state in _BUSY:
        return StoreBusy("register.busy")
    if state is None and isinstance(error, psycopg.OperationalError):
        return StoreProblem("register.server", path=address.shown, reason=_reason(error, address))
    code = next((code for start, code in _CODES.items() if (state or "").startswith(start)), None)
    reason = _reason(error, address) if code == "register.server" else f"SQLSTATE {state}"
    return None if code is None else StoreProblem(code, path=address.shown, reason=reason)


def _reason(error: psycopg.Error, address: PostgisAddress) -> str:
    """Return the first line of what the server or the driver says, without a password."""
    said = (str(error).splitlines() or [type(error).__name__])[0][:200]
    for secret in address.secrets:
        said = said.replace(secret, "***")
    return said
