"""From an error to its HTTP answer: one table of statuses, one body, nothing internal.

Sentences of the register's errors are in `gis.error_texts`; those of the HTTP layer itself are
`REFUSALS` here and in `api.problems`. docs/guide/errors.md lists every code (a test holds it).
"""

import logging
from collections.abc import Mapping, Sequence
from typing import Any, Final, get_type_hints
from urllib.parse import urlencode

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from api import problems
from api.headers import carries_credentials, methods_at, page_headers, safe_headers
from api.problems import Refusal, Refused, asked_language, problem_response
from api.session_cookie import cookie_name
from gis.error_texts import TEXTS, ErrorText, Language
from gis.errors import (
    Conflict,
    GisError,
    InvalidValue,
    NotAllowed,
    NotFound,
    RuleBroken,
    StaleVersion,
    StoreBusy,
    StoreProblem,
)
from gis.model import today
from maps.page import PageContext, problem_page

STATUS_OF_CLASS: Final[Mapping[type[GisError], int]] = {
    InvalidValue: 400,
    NotFound: 404,
    RuleBroken: 422,
    Conflict: 409,
    StaleVersion: 412,
    NotAllowed: 403,
    StoreBusy: 503,
    StoreProblem: 503,
}
"""The nearest class of an error's own ancestry decides."""

STATUS_OF_CODE: Final[Mapping[str, int]] = {
    "auth.required": 401,
    "precondition.required": 428,
    "register.full": 507,
    "request.key_reused": 422,
    "auth.failed": 401,
    "auth.token": 401,
    "auth.too_many": 429,
}
"""Codes whose status is not their class's."""

TITLES: Final[Mapping[int, ErrorText]] = {
    400: ErrorText("Yêu cầu không đúng", "The request is not right"),
    401: ErrorText("Cần đăng nhập", "Sign in first"),
    403: ErrorText("Không đủ quyền", "Not allowed"),
    404: ErrorText("Không tìm thấy", "Not found"),
    409: ErrorText("Trái với dữ liệu đã có", "It contradicts what the register holds"),
    412: ErrorText("Bản ghi đã thay đổi", "The record has changed"),
    428: ErrorText("Cần If-Match", "If-Match is needed"),
    429: ErrorText("Quá nhiều lần thử", "Too many tries"),
    422: ErrorText("Trái quy tắc", "It breaks a rule"),
    503: ErrorText("Sổ đăng ký chưa phục vụ được", "The register can't answer now"),
    507: ErrorText("Hết dung lượng đĩa", "The disk is full"),
}

REFUSALS: Final[Mapping[str, Refusal]] = {
    "path.unknown": Refusal(
        404,
        ErrorText("Không tìm thấy", "Not found"),
        ErrorText(
            "Không có gì ở địa chỉ này. Danh mục API: /docs.",
            "There is nothing at this address. The API is listed at /docs.",
        ),
    ),
    "method.not_allowed": Refusal(
        405,
        ErrorText("Phương thức không dùng được", "The method is not allowed"),
        ErrorText(
            "Địa chỉ này không nhận phương thức {method}. Dùng được: {allowed}.",
            "This address does not take {method}. It takes: {allowed}.",
        ),
    ),
    "accept.unsupported": Refusal(
        406,
        ErrorText("Không có định dạng được yêu cầu", "No such format"),
        ErrorText(
            "Địa chỉ này chỉ trả về: {choices}. Hãy sửa tiêu đề Accept.",
            "This address answers with {choices} only. Change the Accept header.",
        ),
    ),
    "server.error": Refusal(
        500,
        ErrorText("Lỗi của máy chủ", "A fault of the server"),
        ErrorText(
            "Máy chủ gặp lỗi khi trả lời. Lỗi đã được ghi lại; hãy thử lại hoặc báo cho người "
            "quản trị.",
            "The server failed to answer. The fault is in its log; try again or tell the "
            "administrator.",
        ),
    ),
}
"""Refusals of the HTTP layer that arise inside the application; places in braces are facts."""

_REGISTER_FAULT: Final = Refusal(
    503,
    ErrorText("Sổ đăng ký chưa phục vụ được", "The register can't answer now"),
    ErrorText(
        "Máy chủ chưa đọc được sổ đăng ký. Hãy báo cho người quản trị.",
        "The server can't read the register. Tell the administrator.",
    ),
)
"""Said of a fault of the register whose own sentence names a file of the server."""

CHALLENGE: Final = 'Bearer realm="ccn-gis"'
"""How a program may sign in; every 401 says so (RFC 9110 §11.6.1)."""

_TOLD_OPENLY: Final = ("register.busy",)
"""Codes of `StoreProblem` whose sentence names no file of the server."""

_BY_FIELD: Final[Mapping[str, str]] = {
    "extra_forbidden": "value.parameter",
}
_FOR_PROGRAMS: Final = ("/api/", "/static/", "/health", "/openapi.json")
_LOG: Final = logging.getLogger("ccn-gis")


class NotAcceptable(Exception):
    """The client's Accept header rules out every format that an address has."""

    def __init__(self, choices: Sequence[str]) -> None:
        super().__init__(", ".join(choices))
        self.choices = choices


def answer_errors(app: FastAPI) -> None:
    """Let ``app`` answer every error with a problem document."""
    app.add_exception_handler(GisError, _gis_error)
    app.add_exception_handler(RequestValidationError, _validation_error)
    app.add_exception_handler(NotAcceptable, _not_acceptable)
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(Exception, _server_error)


def status_of(error: GisError) -> int:
    """Return the HTTP status of an error of the register.

    >>> status_of(InvalidValue("value.date", value="x", name="on"))
    400
    """
    if error.code in STATUS_OF_CODE:
        return STATUS_OF_CODE[error.code]
    return next(STATUS_OF_CLASS[cls] for cls in type(error).__mro__ if cls in STATUS_OF_CLASS)


def language_of(request: Request) -> Language:
    """Return the language asked by ``lang``, else by Accept-Language, else Vietnamese.

    Of a page the address alone counts: its link to the other language has to win.
    """
    asked = request.query_params.get("lang")
    if asked in ("vi", "en"):
        return "en" if asked == "en" else "vi"
    return "vi" if is_page(request) else asked_language(request.headers.get("accept-language", ""))


def is_page(request: Request) -> bool:
    """Tell whether a person's browser asks for a page: then a refusal is a page too."""
    path = str(request.scope["path"])
    prefix = str(request.scope.get("root_path", ""))
    is_for_programs = path.removeprefix(prefix).startswith(_FOR_PROGRAMS)
    return not is_for_programs and "text/html" in request.headers.get("accept", "")


def _gis_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, GisError)
    status = status_of(error)
    if isinstance(error, StoreProblem) and error.code not in _TOLD_OPENLY:
        _LOG.error("%s", error, exc_info=error)
        title, detail = _sentences(request, _REGISTER_FAULT)
        return _problem(request, status, error.code, title, detail)
    if error.code == "auth.required" and is_page(request) and request.method in ("GET", "HEAD"):
        return _to_sign_in(request)
    headers = {"Retry-After": "2"} if isinstance(error, StoreBusy) else {}
    if status == 401:
        headers["WWW-Authenticate"] = CHALLENGE
    if status == 429:
        headers["Retry-After"] = str(error.facts["seconds"])
    facts = {"facts": error.facts} if error.facts else {}
    sentence = error.sentence(language_of(request))
    return _told(request, status, error.code, sentence, headers, **facts)


def _to_sign_in(request: Request) -> Response:
    """Lead a person who is not signed in to where they can be, and back to here."""
    settings = request.app.state.service.settings
    here = f"{settings.path_prefix}{request.scope['path'].removeprefix(settings.path_prefix)}"
    query = request.scope["query_string"].decode("latin-1")
    asked = {"next": f"{here}?{query}" if query else here}
    if language_of(request) == "en":
        asked["lang"] = "en"
    address = f"{settings.path_prefix}/login?{urlencode(asked)}"
    return RedirectResponse(address, 303, {"Cache-Control": "no-store"})


def _validation_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    language = language_of(request)
    found = [_field_error(field, language, request) for field in error.errors()]
    first = found[0]
    return _told(request, 400, first["code"], first["message"], {}, errors=found)


def _field_error(field: dict[str, Any], language: Language, request: Request) -> dict[str, Any]:
    """Describe one bad parameter; ``pointer`` is a JSON pointer into the place it came in."""
    place, *path = (str(step) for step in field["loc"])
    code = _BY_FIELD.get(field["type"], field["type"])
    facts = dict(field.get("ctx", {}))
    if code == "value.parameter":
        facts = {"name": path[-1][:40], "choices": ", ".join(_parameters(request))}
    if code not in TEXTS:  # a check of pydantic's own: every parameter has a reader of ours
        code, facts = "value.text", {"name": path[-1][:40]}
    message = InvalidValue(code, **facts).sentence(language)
    return {"in": place, "pointer": "/" + "/".join(path), "code": code, "message": message}


def _parameters(request: Request) -> list[str]:
    """List the parameters of the address asked: the fields of its ``query`` (`api.deps`)."""
    hints = get_type_hints(request.scope["endpoint"])
    query = hints.get("query") or hints.get("_query")
    return list(query.model_fields) if query is not None else []


def _not_acceptable(request: Request, error: Exception) -> Response:
    assert isinstance(error, NotAcceptable)
    return _refusal(request, "accept.unsupported", choices=", ".join(error.choices))


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    return _refusal(request, error.code, **error.facts)


def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 405:
        allowed = ", ".join(methods_at(request.app.routes, request.scope))
        answer = _refusal(
            request, "method.not_allowed", method=request.method[:20], allowed=allowed
        )
        answer.headers["Allow"] = allowed
        return answer
    if error.status_code == 404:
        return _refusal(request, "path.unknown")
    return _told(request, error.status_code, "request.malformed", "", {})


def _server_error(request: Request, _error: Exception) -> Response:
    """Answer a fault of ours; the server's log has the trace (Starlette raises it again)."""
    answer = _refusal(request, "server.error")
    cookie = cookie_name(request.app.state.service.settings)
    is_private = carries_credentials(request, cookie)
    for name, value in safe_headers(is_private=is_private).items():
        answer.headers.setdefault(name, value)
    return answer


def _refusal(request: Request, code: str, **facts: str) -> Response:
    refusal = REFUSALS.get(code) or problems.REFUSALS[code]
    title, detail = _sentences(request, refusal)
    return _problem(request, refusal.status, code, title, detail.format(**facts))


def _sentences(request: Request, refusal: Refusal) -> tuple[str, str]:
    language = language_of(request)
    return getattr(refusal.title, language), getattr(refusal.detail, language)


def _told(
    request: Request,
    status: int,
    code: str,
    detail: str,
    headers: Mapping[str, str],
    **members: object,
) -> Response:
    title = getattr(TITLES.get(status, TITLES[400]), language_of(request))
    answer = _problem(request, status, code, title, detail, **members)
    answer.headers.update(headers)
    return answer


def _problem(
    request: Request, status: int, code: str, title: str, detail: str, **members: object
) -> Response:
    """Answer a program with a problem document and a person with a page that says the same."""
    if not is_page(request):
        return problem_response(status, code, title, detail, request.scope["path"], **members)
    settings = request.app.state.service.settings
    context = PageContext(language=language_of(request), on=today(), base=settings.path_prefix)
    page = problem_page(context, title, detail)
    is_framed = str(request.scope["path"]).endswith("/embed")
    headers = page_headers(page, is_framed=is_framed) | {"Cache-Control": "no-store"}
    return Response(page.html, status, headers, "text/html")
