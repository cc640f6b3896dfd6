"""Signing in through the office's own provider: OpenID Connect, authorization code with PKCE.

The only room that loads authlib; nothing else does unless a provider is set. Checked of every
sign-in: that it began in this browser and is used once (state, a cookie of its own), that the code
is ours (PKCE), and of the ID token its signature by the provider's published key, issuer,
audience, expiry with at most 60 s of skew, and nonce. Only asymmetric signatures count: "none"
and keys of HMAC are no algorithms here, so a public key can't be taken for a secret.
"""

import logging
import secrets
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

import httpx2
from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.httpx_client import OAuth2Client
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet, import_key

from api.problems import Refused
from api.settings import Settings
from gis.accounts import Clock, Identity

ALGORITHMS: Final = (
    "RS256",
    "RS384",
    "RS512",
    "PS256",
    "PS384",
    "PS512",
    "ES256",
    "ES384",
    "EdDSA",
)
SKEW_SECONDS: Final = 60
_BEGUN_FOR: Final = timedelta(minutes=10)
_MOST_BEGUN: Final = 1000
_KEPT_FOR: Final = timedelta(hours=1)
_KEYS_AT_MOST_EVERY: Final = timedelta(minutes=1)
_TIMEOUT_S: Final = 10.0
_SCOPE: Final = "openid"
_CONFIGURATION: Final = "/.well-known/openid-configuration"
_ASYMMETRIC: Final = ("RSA", "EC", "OKP")
_LONGEST_SUBJECT: Final = 255
_LOG: Final = logging.getLogger("ccn-gis")


@dataclass(frozen=True, slots=True)
class Begun:
    """A sign-in that has begun: what its answer must name, and where to go then."""

    state: str
    nonce: str
    verifier: str
    next_path: str
    until: Any


class Provider:
    """One provider of OpenID Connect; asked over the network, so not on the event loop."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self.issuer = settings.oidc_issuer
        self._settings = settings
        self._now = clock
        self._begun: OrderedDict[str, Begun] = OrderedDict()
        self._lock = threading.Lock()
        self._found: tuple[Any, Mapping[str, Any]] | None = None
        self._keys: tuple[Any, KeySet] | None = None

    def begin(self, next_path: str) -> tuple[str, str]:
        """Begin a sign-in; return the secret of its cookie and the provider's address to go to.

        Raises:
            Refused: ``oidc.unreachable``.
        """
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        where = self._metadata()["authorization_endpoint"]
        with self._client() as client:
            address, _state = client.create_authorization_url(
                where, state=state, nonce=nonce, code_verifier=verifier
            )
        cookie = secrets.token_urlsafe(32)
        with self._lock:
            until = self._now() + _BEGUN_FOR
            self._begun[cookie] = Begun(state, nonce, verifier, next_path, until)
            while len(self._begun) > _MOST_BEGUN:
                self._begun.popitem(last=False)
        return cookie, str(address)

    def finish(self, cookie: str | None, answer: Mapping[str, str]) -> tuple[Identity, str]:
        """Return who the provider says has signed in, and where to go; a sign-in works once.

        Raises:
            Refused: ``oidc.state``, ``oidc.refused``, ``oidc.token`` or ``oidc.unreachable``.
        """
        with self._lock:
            begun = self._begun.pop(cookie or "", None)
        is_ours = begun is not None and begun.until > self._now()
        if begun is None or not is_ours or answer.get("state") != begun.state:
            raise Refused("oidc.state")
        if answer.get("iss", self.issuer) != self.issuer:
            raise Refused("oidc.token", reason="iss")
        if "code" not in answer:
            raise Refused("oidc.refused", reason=_plain(answer.get("error", "code")))
        token = self._exchanged(answer["code"], begun)
        return Identity(issuer=self.issuer, subject=self._subject(token, begun)), begun.next_path

    def _exchanged(self, code: str, begun: Begun) -> str:
        """Return the ID token that a code is exchanged for."""
        try:
            with self._client() as client:
                found = client.fetch_token(
                    self._metadata()["token_endpoint"], code=code, code_verifier=begun.verifier
                )
        except OAuthError as error:
            raise Refused("oidc.refused", reason=_plain(str(error.error))) from error
        except (httpx2.HTTPError, ValueError) as error:
            raise _unreachable(error) from error
        token = found.get("id_token")
        if not isinstance(token, str):
            raise Refused("oidc.token", reason="id_token")
        return token

    def _subject(self, token: str, begun: Begun) -> str:
        """Return the subject of an ID token that passes every check."""
        try:
            claims = self._decoded(token).claims
            registry = jwt.JWTClaimsRegistry(
                now=int(self._now().timestamp()),
                leeway=SKEW_SECONDS,
                iss={"essential": True, "value": self.issuer},
                aud={"essential": True, "value": self._settings.oidc_client_id},
                exp={"essential": True},
                iat={"essential": True},
                sub={"essential": True},
                nonce={"essential": True, "value": begun.nonce},
            )
            registry.validate(claims)
        except (JoseError, ValueError) as error:
            _LOG.warning("An ID token was refused: %s", error)
            reason = getattr(error, "claim", None) or getattr(error, "error", "jwt")
            raise Refused("oidc.token", reason=_plain(str(reason))) from error
        audience, party = claims["aud"], claims.get("azp")
        is_many = isinstance(audience, list) and len(audience) > 1
        if (is_many or party is not None) and party != self._settings.oidc_client_id:
            raise Refused("oidc.token", reason="azp")
        subject = claims["sub"]
        if not (0 < len(subject) <= _LONGEST_SUBJECT and subject.isprintable()):
            raise Refused("oidc.token", reason="sub")
        return str(subject)

    def _decoded(self, token: str) -> jwt.Token:
        """Check a token's signature; a key not known yet is asked for, now and then."""
        keys = self._key_set()
        try:
            return jwt.decode(token, keys, algorithms=list(ALGORITHMS))
        except (JoseError, ValueError):
            if self._key_set(is_stale=True) is keys:
                raise
        return jwt.decode(token, self._key_set(), algorithms=list(ALGORITHMS))

    def _metadata(self) -> Mapping[str, Any]:
        """Return what the provider says of itself; asked for once an hour."""
        if self._found is not None and self._found[0] > self._now():
            return self._found[1]
        found = self._fetched(self.issuer.rstrip("/") + _CONFIGURATION)
        needed = ("authorization_endpoint", "token_endpoint", "jwks_uri")
        scheme = self.issuer.partition(":")[0].lower()
        is_right = found.get("issuer") == self.issuer and all(
            isinstance(found.get(name), str) and found[name].startswith(f"{scheme}://")
            for name in needed
        )
        if not is_right:
            raise _unreachable(ValueError("the provider's configuration names another issuer"))
        self._found = (self._now() + _KEPT_FOR, found)
        return found

    def _key_set(self, *, is_stale: bool = False) -> KeySet:
        """Return the provider's public keys; stale ones are asked for again once a minute."""
        now = self._now()
        if self._keys is not None:
            age = now - self._keys[0]
            if age < (_KEYS_AT_MOST_EVERY if is_stale else _KEPT_FOR):
                return self._keys[1]
        keys = _usable(self._fetched(self._metadata()["jwks_uri"]).get("keys"))
        self._keys = (now, keys)
        return keys

    def _fetched(self, address: str) -> Mapping[str, Any]:
        try:
            with httpx2.Client(timeout=_TIMEOUT_S, follow_redirects=False) as client:
                answer = client.get(address, headers={"Accept": "application/json"})
                answer.raise_for_status()
                found = answer.json()
        except (httpx2.HTTPError, ValueError) as error:
            raise _unreachable(error) from error
        if not isinstance(found, dict):
            raise _unreachable(ValueError("the provider's answer is no JSON object"))
        return found

    def _client(self) -> OAuth2Client:
        settings = self._settings
        return OAuth2Client(
            client_id=settings.oidc_client_id,
            client_secret=settings.oidc_client_secret,
            scope=_SCOPE,
            redirect_uri=settings.link("/login/oidc/callback"),
            code_challenge_method="S256",
            timeout=_TIMEOUT_S,
            follow_redirects=False,
        )


def _usable(published: object) -> KeySet:
    """Return the keys that may sign: public ones, never a secret that HMAC would take."""
    known = published if isinstance(published, list) else []
    try:
        return KeySet(
            [
                import_key(key)
                for key in known
                if isinstance(key, dict)
                and key.get("kty") in _ASYMMETRIC
                and key.get("use", "sig") == "sig"
            ]
        )
    except (JoseError, ValueError, KeyError) as error:
        raise _unreachable(error) from error


def _unreachable(error: Exception) -> Refused:
    _LOG.warning("The OpenID Connect provider gave no usable answer: %s", error)
    return Refused("oidc.unreachable")


def _plain(reason: str) -> str:
    """Return a reason that may stand in an answer: letters, digits and underscores."""
    kept = "".join(
        letter for letter in reason if letter.isascii() and (letter.isalnum() or letter == "_")
    )
    return kept[:40] or "error"
