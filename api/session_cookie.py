"""The cookie of a session: its name says what the browser has to enforce.

``__Host-`` (RFC 6265bis): https only, this host only, path "/". Below a path prefix other services
of the portal must not get it, so there it is ``__Secure-`` with that path. Without https, as on an
office's own network or this machine, browsers allow neither prefix. It has no age: it ends with the
browser, and on the server after the hours of the settings.
"""

from starlette.requests import Request
from starlette.responses import Response

from api.settings import Settings


def cookie_name(settings: Settings) -> str:
    """Return the name of the session's cookie.

    >>> cookie_name(Settings(public_url="https://gis.example.vn"))
    '__Host-ccn-gis'
    >>> cookie_name(Settings(public_url="https://portal.example.vn/ccn"))
    '__Secure-ccn-gis'
    >>> cookie_name(Settings())
    'ccn-gis'
    """
    if not _is_https(settings):
        return "ccn-gis"
    return "__Secure-ccn-gis" if settings.path_prefix else "__Host-ccn-gis"


def session_secret(request: Request, settings: Settings) -> str | None:
    """Return the secret that a request's cookie holds; None without one."""
    return request.cookies.get(cookie_name(settings)) or None


def set_session(response: Response, settings: Settings, secret: str) -> None:
    """Let the browser keep a session."""
    response.set_cookie(
        cookie_name(settings),
        secret,
        path=settings.path_prefix or "/",
        secure=_is_https(settings),
        httponly=True,
        samesite="lax",
    )


def drop_session(response: Response, settings: Settings) -> None:
    """Let the browser forget its session."""
    response.delete_cookie(
        cookie_name(settings),
        path=settings.path_prefix or "/",
        secure=_is_https(settings),
        httponly=True,
        samesite="lax",
    )


def begun_secret(request: Request, settings: Settings) -> str | None:
    """Return the secret of a sign-in that began in this browser; None without one."""
    return request.cookies.get(_begun_name(settings)) or None


def set_begun(response: Response, settings: Settings, secret: str) -> None:
    """Let the browser keep a sign-in that has begun; "" lets it forget it."""
    response.set_cookie(
        _begun_name(settings),
        secret,
        max_age=600 if secret else 0,
        path=settings.path_prefix or "/",
        secure=_is_https(settings),
        httponly=True,
        samesite="lax",  # it has to come back from the provider's site
    )


def _begun_name(settings: Settings) -> str:
    return f"{cookie_name(settings)}-begun"


def dropped_cookie(settings: Settings) -> str:
    """Return the header's value that lets the browser forget its session."""
    answer = Response()
    drop_session(answer, settings)
    return answer.headers["set-cookie"]


def _is_https(settings: Settings) -> bool:
    return settings.public_url.lower().startswith("https://")
