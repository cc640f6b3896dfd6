"""A provider of OpenID Connect on this machine: real HTTP, real keys, and lies on demand.

It signs in whoever asks as ``subject``. A test sets ``claims`` to change what the next ID token
says, ``sign`` to sign it in another way, and ``configuration`` to say something else of itself.
"""

import base64
import hashlib
import hmac
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

CLIENT_ID = "ccn-gis"
CLIENT_SECRET = "a secret of the client"  # noqa: S105 - of a provider that lives as long as a test


class FakeProvider:
    """The provider's state; `serving` makes one and serves it."""

    def __init__(self) -> None:
        self.issuer = ""
        self.subject = "248289761001"
        self.key = _key()
        self.published = [self.key.as_dict(private=False)]
        self.claims: dict[str, Any] = {}
        self.configuration: dict[str, Any] = {}
        self.sign: Callable[[dict[str, Any]], str] = self.signed
        self.asked: list[dict[str, str]] = []
        self.key_requests = 0
        self.is_down = False
        self._codes: dict[str, dict[str, str]] = {}

    def signed(self, claims: dict[str, Any]) -> str:
        """Sign as an honest provider does."""
        return jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.key)

    def with_another_key(self, claims: dict[str, Any]) -> str:
        """Sign with a key that nobody published, under the id of one that is."""
        return jwt.encode({"alg": "RS256", "kid": "one"}, claims, _key(1))

    def unsigned(self, claims: dict[str, Any]) -> str:
        """Sign with nothing: ``alg`` is ``none``."""
        return f"{_part({'alg': 'none'})}.{_part(claims)}."

    def with_the_public_key_as_secret(self, claims: dict[str, Any]) -> str:
        """Sign with HMAC and the public key, which everybody has (THREATS, key confusion)."""
        told = f"{_part({'alg': 'HS256', 'kid': 'one'})}.{_part(claims)}"
        # By hand: joserfc itself refuses to take a public key for a secret.
        mac = hmac.digest(self.key.as_pem(private=False), told.encode(), "sha256")
        return f"{told}.{base64.urlsafe_b64encode(mac).decode().rstrip('=')}"

    def with_an_elliptic_key(self, claims: dict[str, Any]) -> str:
        """Sign with a key of another kind, published only now."""
        key = ECKey.generate_key("P-256", parameters={"kid": "two", "use": "sig"})
        self.published = [*self.published, key.as_dict(private=False)]
        return jwt.encode({"alg": "ES256", "kid": "two"}, claims, key)

    # --- its addresses --------------------------------------------------------------------

    def described(self) -> dict[str, Any]:
        """Return what it says of itself."""
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "id_token_signing_alg_values_supported": ["RS256"],
            **self.configuration,
        }

    def authorize(self, asked: dict[str, str]) -> str:
        """Sign somebody in and return the address to send the browser back to."""
        self.asked.append(asked)
        assert asked["response_type"] == "code"
        assert asked["client_id"] == CLIENT_ID
        assert asked["code_challenge_method"] == "S256"
        assert "openid" in asked["scope"].split()
        code = f"code-{len(self.asked)}"
        self._codes[code] = asked
        back = urlencode({"code": code, "state": asked["state"], "iss": self.issuer, "x": "y"})
        return f"{asked['redirect_uri']}?{back}"

    def exchange(self, form: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        """Exchange a code once, for the client that it was given to and its verifier only."""
        expected = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".replace(" ", "%20").encode())
        plain = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode())
        if authorization not in (f"Basic {expected.decode()}", f"Basic {plain.decode()}"):
            return 401, {"error": "invalid_client"}
        asked = self._codes.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if asked is None or challenge != asked["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        assert form["redirect_uri"] == asked["redirect_uri"]
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "sub": self.subject,
            "aud": CLIENT_ID,
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
            "name": "Người Của Cơ Quan",
            **self.claims,
        }
        known = {name: value for name, value in claims.items() if value is not None}
        token = self.sign(known)
        return 200, {"access_token": "x", "token_type": "Bearer", "id_token": token}

    def keys(self) -> dict[str, Any]:
        """Return the keys that it publishes."""
        self.key_requests += 1
        return {"keys": self.published}


@cache
def _key(_number: int = 0) -> RSAKey:
    """Make a key, once a run: it takes a second."""
    return RSAKey.generate_key(2048, parameters={"kid": "one", "use": "sig"})


@contextmanager
def serving() -> Iterator[FakeProvider]:
    """Serve a provider on a free port of this machine."""
    provider = FakeProvider()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(provider))
    provider.issuer = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _handler(provider: FakeProvider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            if provider.is_down:
                self._answer(503, {})
            elif parts.path == "/.well-known/openid-configuration":
                self._answer(200, provider.described())
            elif parts.path == "/keys":
                self._answer(200, provider.keys())
            else:
                self.send_response(303)
                self.send_header("Location", provider.authorize(dict(parse_qsl(parts.query))))
                self.end_headers()

        def do_POST(self) -> None:
            length = int(self.headers["content-length"])
            form = dict(parse_qsl(self.rfile.read(length).decode()))
            self._answer(*provider.exchange(form, self.headers.get("authorization", "")))

        def _answer(self, status: int, body: dict[str, Any]) -> None:
            text = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    return Handler


def _part(value: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")
