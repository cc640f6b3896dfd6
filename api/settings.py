"""The settings of the service, read once from the environment; nothing happens at import.

Each is an environment variable ``CCN_GIS_…`` named after its field. docs/guide/settings.md lists
them all (a test holds it).
"""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Final, NoReturn
from urllib.parse import urlsplit

from gis.errors import InvalidValue

PREFIX: Final = "CCN_GIS_"
_MOST: Final = 999_999_999
_AT_LEAST_ONE: Final = (
    "page_size",
    "page_size_max",
    "connections",
    "session_hours",
    "session_idle_minutes",
)
_AT_MOST: Final = {"session_hours": 8760, "session_idle_minutes": 525_600}
"""A year: a session that never ends is a token, and those have names."""
_NUMBER: Final = re.compile(r"[0-9]{1,9}(\.[0-9]{1,6})?", re.ASCII)
_ADDRESS: Final = re.compile(
    r"https?://[a-z0-9.\[\]-]+[a-z0-9.\[\]:-]*(/[a-z0-9._~%/-]*)?", re.IGNORECASE | re.ASCII
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How one service runs. Sizes in megabytes, times in seconds.

    ``public_url`` is the address under which the world sees the service, with its path prefix;
    absolute links are made of it and of nothing that a request says. Without it links begin with
    a slash. ``documents`` is the folder of decisions' papers, by default beside the register's
    file. ``threads`` 0 means one for each core. ``trusted_proxy`` is the address of the proxy
    whose X-Forwarded-For counts; without one nobody's does.
    """

    register: str = "register.gpkg"
    documents: str = ""
    host: str = "127.0.0.1"
    port: int = 8000
    public_url: str = ""
    page_size: int = 100
    page_size_max: int = 10_000
    cache_seconds: int = 0
    cache_mb: int = 64
    body_mb: int = 10
    file_mb: int = 50
    body_seconds: float = 30.0
    header_seconds: float = 10.0
    connections: int = 1000
    threads: int = 0
    session_hours: int = 12
    session_idle_minutes: int = 120
    trusted_proxy: str = ""
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        """Refuse values that nothing can be made of; drop the public address's last slash.

        Raises:
            InvalidValue: ``value.number`` or ``value.url`` with the variable's name.
        """
        for name in _AT_LEAST_ONE:
            if getattr(self, name) < 1:
                _refuse_number(variable(name), str(getattr(self, name)), low=1)
        for name, most in _AT_MOST.items():
            if getattr(self, name) > most:
                _refuse_number(variable(name), str(getattr(self, name)), low=1, high=most)
        if self.public_url and not _ADDRESS.fullmatch(self.public_url):
            name = variable("public_url")
            raise InvalidValue("value.url", name=name, value=self.public_url[:80])
        self._check_provider()
        object.__setattr__(self, "public_url", self.public_url.rstrip("/"))

    def _check_provider(self) -> None:
        """Refuse a provider without a client, a way back, or (but on this machine) https."""
        if not self.oidc_issuer:
            return
        parts = urlsplit(self.oidc_issuer)
        is_private = parts.scheme == "https" or parts.hostname in ("127.0.0.1", "::1", "localhost")
        if not _ADDRESS.fullmatch(self.oidc_issuer) or not is_private:
            name = variable("oidc_issuer")
            raise InvalidValue("value.url", name=name, value=self.oidc_issuer[:80])
        for needed in ("public_url", "oidc_client_id", "oidc_client_secret"):
            if not getattr(self, needed):
                raise InvalidValue("value.empty", name=variable(needed))

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> "Settings":
        """Read the settings from ``environment`` (by default the process's own).

        An empty variable counts as absent.

        Raises:
            InvalidValue: ``value.number`` or ``value.url`` with the variable's name.
        """
        found = os.environ if environment is None else environment
        values: dict[str, Any] = {}
        for one in fields(cls):
            name = variable(one.name)
            text = found.get(name, "").strip()
            if text:
                values[one.name] = _READERS[type(one.default)](name, text)
        return cls(**values)

    @property
    def path_prefix(self) -> str:
        """Return the path under which the service lies at ``public_url``: "" or "/…"."""
        return urlsplit(self.public_url).path

    def link(self, path: str) -> str:
        """Return the link to one of our paths (which begins with "/"); absolute where it can be.

        >>> Settings(public_url="https://gis.example.vn/ccn/").link("/api/rules")
        'https://gis.example.vn/ccn/api/rules'
        >>> Settings().link("/api/rules")
        '/api/rules'
        """
        return self.public_url + path


def variable(field: str) -> str:
    """Return the environment variable of a field.

    >>> variable("public_url")
    'CCN_GIS_PUBLIC_URL'
    """
    return PREFIX + field.upper()


def _whole(name: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text[:20]) <= _MOST):
        _refuse_number(name, text)
    return int(text)


def _number(name: str, text: str) -> float:
    if not _NUMBER.fullmatch(text):
        _refuse_number(name, text)
    return float(text)


def _refuse_number(name: str, text: str, low: int = 0, high: int = _MOST) -> NoReturn:
    raise InvalidValue("value.number", name=name, value=text[:40], low=low, high=high)


_READERS: Final[Mapping[type, Callable[[str, str], Any]]] = {
    str: lambda _name, text: text,
    int: _whole,
    float: _number,
}
