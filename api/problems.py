"""The one body of every HTTP error: application/problem+json (RFC 9457, THREATS §2).

Errors of the register have their sentences in `gis.error_texts`. The few that arise before a
request reaches the register (size, slowness, a broken request line, a full server) have theirs
here, because nothing in `gis` knows HTTP.
"""

import json
from dataclasses import dataclass

from starlette.responses import Response

from gis.error_texts import ErrorText, Language

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A refusal of the HTTP layer: its status and what it says; places in braces are facts."""

    status: int
    title: ErrorText
    detail: ErrorText


class Refused(Exception):
    """A request that the HTTP layer itself refuses: a code of `REFUSALS`, and its facts."""

    def __init__(self, code: str, **facts: str) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


REFUSALS: dict[str, Refusal] = {
    "body.type": Refusal(
        415,
        ErrorText("Kiểu nội dung không dùng được", "The media type is not taken"),
        ErrorText(
            "Địa chỉ này chỉ nhận nội dung kiểu: {choices}. Hãy sửa tiêu đề Content-Type.",
            "This address takes {choices} only. Change the Content-Type header.",
        ),
    ),
    "csrf.missing": Refusal(
        403,
        ErrorText("Thiếu mã của phiên", "The session's token is missing"),
        ErrorText(
            "Yêu cầu này không kèm đúng mã của phiên ({header}). Hãy tải lại trang rồi thử lại.",
            "The request does not carry the session's token ({header}). Reload the page and try "
            "again.",
        ),
    ),
    "oidc.off": Refusal(
        404,
        ErrorText("Không có đăng nhập qua cơ quan", "No sign-in through a provider"),
        ErrorText(
            "Dịch vụ này không dùng đăng nhập qua OpenID Connect.",
            "This service has no OpenID Connect.",
        ),
    ),
    "oidc.state": Refusal(
        400,
        ErrorText("Lần đăng nhập này không còn dùng được", "This sign-in is over"),
        ErrorText(
            "Lần đăng nhập này đã quá lâu, đã dùng, hoặc bắt đầu ở trình duyệt khác. Hãy đăng "
            "nhập lại từ đầu.",
            "This sign-in took too long, was used, or began in another browser. Sign in again.",
        ),
    ),
    "oidc.refused": Refusal(
        403,
        ErrorText("Hệ thống của cơ quan từ chối", "The provider refused"),
        ErrorText(
            "Hệ thống đăng nhập của cơ quan từ chối ({reason}). Hãy thử lại.",
            "The office's provider refused ({reason}). Try again.",
        ),
    ),
    "oidc.token": Refusal(
        403,
        ErrorText("Câu trả lời không tin được", "The answer can't be trusted"),
        ErrorText(
            "Câu trả lời của hệ thống đăng nhập không qua được kiểm tra ({reason}). Hãy thử lại; "
            "nếu vẫn vậy, báo cho người quản trị.",
            "The provider's answer did not pass its checks ({reason}). Try again; if it stays so, "
            "tell the administrator.",
        ),
    ),
    "oidc.unreachable": Refusal(
        503,
        ErrorText("Không gọi được hệ thống của cơ quan", "The provider can't be reached"),
        ErrorText(
            "Máy chủ không gọi được hệ thống đăng nhập của cơ quan. Hãy thử lại sau, hoặc đăng "
            "nhập bằng mật khẩu.",
            "The server can't reach the office's provider. Try again later, or sign in with a "
            "password.",
        ),
    ),
    "request.cross_site": Refusal(
        403,
        ErrorText("Yêu cầu từ trang khác", "A request of another site"),
        ErrorText(
            "Trình duyệt cho biết một trang khác gửi yêu cầu này nên nó bị từ chối. Hãy mở trang "
            "của CCN GIS và làm lại từ đó.",
            "The browser says that another site made this request, so it is refused. Open the "
            "page of CCN GIS and do it there.",
        ),
    ),
    "body.too_large": Refusal(
        413,
        ErrorText("Nội dung gửi lên quá lớn", "The request body is too large"),
        ErrorText(
            "Nội dung gửi lên vượt quá {limit_mb} MB. Hãy chia nhỏ tệp rồi gửi lại.",
            "The request body is over {limit_mb} MB. Split the file and send the parts.",
        ),
    ),
    "body.too_slow": Refusal(
        408,
        ErrorText("Nội dung gửi lên quá chậm", "The request body came too slowly"),
        ErrorText(
            "Chưa nhận đủ nội dung sau {seconds} giây. Hãy kiểm tra đường truyền rồi gửi lại.",
            "The body was not complete after {seconds} s. Check the connection and send it again.",
        ),
    ),
    "head.too_slow": Refusal(
        408,
        ErrorText("Yêu cầu gửi lên quá chậm", "The request came too slowly"),
        ErrorText(
            "Chưa nhận đủ phần đầu của yêu cầu sau {seconds} giây.",
            "The head of the request was not complete after {seconds} s.",
        ),
    ),
    "request.malformed": Refusal(
        400,
        ErrorText("Yêu cầu sai cú pháp HTTP", "The request is not valid HTTP"),
        ErrorText(
            "Máy chủ không đọc được yêu cầu này.",
            "The server could not read this request.",
        ),
    ),
    "server.busy": Refusal(
        503,
        ErrorText("Máy chủ đang bận", "The server is busy"),
        ErrorText(
            "Đang có quá nhiều kết nối. Hãy thử lại sau ít giây.",
            "There are too many connections. Try again in a few seconds.",
        ),
    ),
}


def asked_language(accept_language: str) -> Language:
    """Tell the language of an Accept-Language header: "en" if it comes first, else "vi".

    Empty or unknown gives "vi".
    """
    first = accept_language.split(",", maxsplit=1)[0].strip().lower()
    return "en" if first.split(";")[0].split("-")[0] == "en" else "vi"


def problem_bytes(
    status: int, code: str, title: str, detail: str, instance: str, **members: object
) -> bytes:
    """Write the problem document as UTF-8 JSON; ``members`` are extensions such as ``errors``.

    ``code`` is the stable name that programs test; ``title`` and ``detail`` are for people, in
    the language asked; ``instance`` is the path of the request.
    """
    document = {
        "type": f"urn:ccn-gis:problem:{code}",
        "title": title,
        "status": status,
        "detail": detail,
        "instance": instance,
        "code": code,
        **members,
    }
    return json.dumps(document, ensure_ascii=False, allow_nan=False).encode()


def problem_response(
    status: int, code: str, title: str, detail: str, instance: str, **members: object
) -> Response:
    """Answer with a problem document (see `problem_bytes`) that no cache may keep."""
    body = problem_bytes(status, code, title, detail, instance, **members)
    return Response(body, status, {"Cache-Control": "no-store"}, MEDIA_TYPE)


def refusal_bytes(code: str, instance: str, language: Language, **facts: object) -> bytes:
    """Write the problem document of one of `REFUSALS`, its sentences filled from ``facts``."""
    refusal = REFUSALS[code]
    title, detail = (getattr(text, language) for text in (refusal.title, refusal.detail))
    return problem_bytes(refusal.status, code, title, detail.format(**facts), instance)
