"""Requests that change something: only from our own pages, or from a program with its token.

A browser sends a cookie along with any request, whoever made it. So a request with a session must
come from our own origin and carry the session's CSRF token, and a JSON address takes JSON only
(a form of another site can send text/plain, never JSON without a preflight). THREATS 51.
"""

import hmac
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from starlette.requests import Request

from api.problems import Refused
from api.settings import Settings

SAFE_METHODS: Final = ("GET", "HEAD", "OPTIONS")
CSRF_HEADER: Final = "X-CSRF-Token"
CSRF_FIELD: Final = "csrf"
FORM: Final = "application/x-www-form-urlencoded"
JSON_TYPES: Final = ("application/json", "application/geo+json", "application/merge-patch+json")

FILE_PATHS: Final[tuple[str, ...]] = ("/api/documents",)
"""Beginnings of paths below /api/ that take files instead of JSON."""

_OUR_OWN: Final = ("same-origin", "none")
_MOST_FIELDS: Final = 200


def is_unsafe(request: Request) -> bool:
    """Tell whether a request may change something."""
    return request.method not in SAFE_METHODS


def check_origin(request: Request, settings: Settings) -> None:
    """Refuse what a browser says another site asked for; a program says nothing about it.

    Sec-Fetch-Site decides where the browser sends it (https and this machine); else Origin must
    be the public address, or the very host that was asked.

    Raises:
        Refused: ``request.cross_site``.
    """
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site is not None:
        is_ours = site in _OUR_OWN
    else:
        is_ours = origin is None or _is_our_origin(request, settings, origin)
    if not is_ours:
        raise Refused("request.cross_site")


def check_media_type(request: Request) -> None:
    """Refuse a body that is not JSON where JSON is taken.

    Raises:
        Refused: ``body.type``.
    """
    path = _path_of(request)
    if not path.startswith("/api/") or path.startswith(FILE_PATHS) or not _has_body(request):
        return
    if media_type_of(request) not in JSON_TYPES:
        raise Refused("body.type", choices=", ".join(JSON_TYPES))


async def check_csrf(request: Request, csrf: str) -> None:
    """Refuse a request with a session that does not carry the session's own token.

    Raises:
        Refused: ``csrf.missing``.
    """
    sent = request.headers.get(CSRF_HEADER)
    if sent is None and media_type_of(request) == FORM:
        sent = (await read_form(request)).get(CSRF_FIELD)
    if sent is None or not hmac.compare_digest(sent.encode("utf-8", "replace"), csrf.encode()):
        raise Refused("csrf.missing", header=CSRF_HEADER)


async def read_form(request: Request) -> dict[str, str]:
    """Read the fields of one of our own forms; of a field given twice the last counts.

    Raises:
        Refused: ``body.type`` for anything else, ``request.malformed`` for too many fields.
    """
    if media_type_of(request) != FORM:
        raise Refused("body.type", choices=FORM)
    body = await request.body()
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except ValueError as error:
        raise Refused("request.malformed") from error
    return dict(pairs)


def media_type_of(request: Request) -> str:
    """Return the media type of a request's body, without parameters, in lower case."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def _is_our_origin(request: Request, settings: Settings, origin: str) -> bool:
    public = urlsplit(settings.public_url)
    if public.netloc and origin.lower() == f"{public.scheme}://{public.netloc}".lower():
        return True
    # Another site can't choose the Host that a victim's browser sends.
    return urlsplit(origin).netloc.lower() == request.headers.get("host", "").lower() != ""


def _has_body(request: Request) -> bool:
    length = request.headers.get("content-length", "0")
    return length != "0" or "transfer-encoding" in request.headers


def _path_of(request: Request) -> str:
    path, prefix = str(request.scope["path"]), str(request.scope.get("root_path", ""))
    return path.removeprefix(prefix)
