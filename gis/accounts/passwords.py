"""Passwords: what may be one, argon2id, and the same work for a login that does not exist."""

import unicodedata
from functools import cached_property
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from gis.accounts.policy import Policy
from gis.errors import InvalidValue

SHORTEST: Final = 10
LONGEST: Final = 200
_USUAL: Final = frozenset(
    {"0123456789", "1234567890", "12345678910", "1234512345", "matkhau123", "password123",
     "qwertyuiop", "1q2w3e4r5t", "abcd123456", "iloveyou123", "admin12345", "administrator"}
)  # fmt: skip
"""Passwords of this length that everybody tries first."""


def checked_password(password: str, login: str) -> str:
    """Return a password that may be kept, in NFC.

    Raises:
        InvalidValue: ``value.password`` where it is too short or long, holds control characters,
            repeats one character, holds the login, or is one that everybody tries.
    """
    text = unicodedata.normalize("NFC", password)
    folded = text.casefold()
    is_bad = (
        not SHORTEST <= len(text) <= LONGEST
        or any(unicodedata.category(character) in ("Cc", "Cs") for character in text)
        or len(set(folded)) < 4
        or folded in _USUAL
        or login in folded
    )
    if is_bad:
        raise InvalidValue("value.password", low=SHORTEST, high=LONGEST)
    return text


class Passwords:
    """Hashes and checks passwords with the parameters of a policy."""

    def __init__(self, policy: Policy) -> None:
        self._hasher = PasswordHasher(
            time_cost=policy.argon2_passes,
            memory_cost=policy.argon2_kib,
            parallelism=policy.argon2_lanes,
        )

    @cached_property
    def _nobodys(self) -> str:
        return self._hasher.hash("nobody has this password")

    def hashed(self, password: str) -> str:
        """Return the argon2id hash of a password, with its salt and parameters."""
        return self._hasher.hash(password)

    def matches(self, kept: str | None, password: str) -> bool:
        """Tell whether a password is the one kept; without one the same work, and False."""
        text = unicodedata.normalize("NFC", password[: LONGEST + 1])
        try:
            self._hasher.verify(kept or self._nobodys, text.encode("utf-8", "replace"))
        except (VerifyMismatchError, InvalidHashError):
            return False
        return kept is not None

    def is_outdated(self, kept: str) -> bool:
        """Tell whether a hash was made with other parameters than today's."""
        return self._hasher.check_needs_rehash(kept)
