"""Secrets: made from the system's randomness, kept as SHA-256, compared by looking them up.

They have 256 random bits, so a fast hash is enough and no timing tells anything about them.
"""

import hashlib
import hmac
import secrets
from typing import Final

TOKEN_PREFIX: Final = "ccn_"  # noqa: S105 - it lets scanners find a token that leaked
LONGEST: Final = 100
"""Characters of a secret that is looked at; ours have fewer."""


def new_secret(prefix: str = "") -> str:
    """Make a secret of 43 characters behind a prefix."""
    return prefix + secrets.token_urlsafe(32)


def new_id(prefix: str) -> str:
    """Make an opaque id of 80 random bits.

    >>> new_id("acc")[:4], len(new_id("acc"))
    ('acc-', 20)
    """
    alphabet = "0123456789abcdefghjkmnpqrstvwxyz"
    return f"{prefix}-" + "".join(secrets.choice(alphabet) for _ in range(16))


def digest_of(secret: str) -> str:
    """Return what is kept of a secret."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def csrf_of(session_secret: str) -> str:
    """Return the token that a page sends beside its cookie: bound to the session, not kept."""
    return hmac.new(session_secret.encode(), b"csrf", hashlib.sha256).hexdigest()[:43]
