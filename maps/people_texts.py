"""Every word of the pages about people in Vietnamese and English: signing in, account, settings."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from gis.error_texts import Language

_TEXTS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "login_name": ("Tên đăng nhập", "Login"),
        "password": ("Mật khẩu", "Password"),
        "login_help": (
            (
                "Phần công khai xem được không cần đăng nhập. Quên mật khẩu: nhờ người quản trị"
                " tạo liên kết đặt lại."
            ),
            (
                "The public part needs no login. Forgotten password: ask the administrator for "
                "a link to choose a new one."
            ),
        ),
        "login_oidc": ("Đăng nhập bằng tài khoản của cơ quan", "Sign in with the office's account"),
        "login_now": (
            "Đang đăng nhập là {name}. Đăng nhập tên khác sẽ kết thúc phiên này.",
            "Signed in as {name}. Signing in as somebody else ends that session.",
        ),
        "setup_first": ("Tạo người quản trị đầu tiên", "Make the first administrator"),
        "setup_first_help": (
            (
                "Sổ này chưa có người quản trị. Người này thêm tài khoản cho người khác và đổi "
                "thiết lập; không ghi vào đất đai nếu không có thêm vai trò."
            ),
            (
                "This register has no administrator yet. This person adds accounts for others "
                "and changes settings, and writes no land without a further role."
            ),
        ),
        "setup_password": ("Đặt mật khẩu", "Choose a password"),
        "setup_password_help": (
            (
                "Liên kết này dùng một lần, cho tài khoản {login} ({name}). Các phiên và mã "
                "truy cập trước đó sẽ chấm dứt."
            ),
            (
                "This link works once, for the account {login} ({name}). Former sessions and "
                "tokens end."
            ),
        ),
        "full_name": ("Họ tên", "Name"),
        "new_password": ("Mật khẩu mới", "New password"),
        "password_again": ("Nhập lại mật khẩu mới", "New password again"),
        "password_rule": (
            "Ít nhất 10 ký tự, không chứa tên đăng nhập. Một câu ngắn dễ nhớ là mật khẩu tốt.",
            "At least 10 characters, without the login. A short sentence makes a good one.",
        ),
        "password_differs": (
            "Hai lần nhập mật khẩu mới không giống nhau.",
            "The new password was not typed the same twice.",
        ),
        "save": ("Lưu", "Save"),
        "login_rule": (
            "Chữ không dấu, số, dấu chấm; ví dụ lan.nguyen",
            "Letters without diacritics, digits, dots; such as lan.nguyen",
        ),
        "old_password": ("Mật khẩu đang dùng", "Present password"),
        "change_password": ("Đổi mật khẩu", "Change the password"),
        "change_password_help": (
            "Các phiên khác sẽ chấm dứt; mã truy cập vẫn dùng được.",
            "Other sessions end; tokens go on.",
        ),
        "password_changed": ("Đã đổi mật khẩu.", "The password is changed."),
        "no_password": (
            "Tài khoản này đăng nhập qua cơ quan và không có mật khẩu ở đây.",
            "This account signs in through the office and has no password here.",
        ),
        "your_rights": ("Quyền của bạn", "What you may do"),
        "roles": ("Vai trò", "Roles"),
        "no_roles": ("chưa có vai trò: xem như công chúng", "none: you see what the public sees"),
        "scope": ("Phạm vi", "Scope"),
        "all_clusters": ("mọi cụm, khu", "all clusters and zones"),
        "no_clusters": ("chưa có cụm nào", "no cluster"),
        "action": ("Việc", "Action"),
        "where": ("Ở đâu", "Where"),
        "tokens": ("Mã truy cập cho chương trình", "Tokens for programs"),
        "tokens_help": (
            (
                "Gửi trong tiêu đề Authorization: Bearer …; có quyền như tài khoản này, trừ khi"
                " chỉ đọc."
            ),
            (
                "Sent in the header Authorization: Bearer …; it may what this account may, "
                "unless it is read-only."
            ),
        ),
        "token_name": ("Dùng làm gì", "What for"),
        "token_days": ("Số ngày hiệu lực", "Days it holds"),
        "read_only": ("Chỉ đọc", "Read-only"),
        "token_add": ("Tạo mã", "Make a token"),
        "token_end": ("Thu hồi", "Revoke"),
        "token_until": ("Đến", "Until"),
        "token_used": ("Dùng lần cuối", "Last used"),
        "token_ended": ("Đã thu hồi mã truy cập.", "The token is revoked."),
        "token_once": (
            "Mã mới, chỉ hiện một lần. Hãy chép ngay:",
            "The new token, shown this once. Copy it now:",
        ),
        "never": ("chưa", "never"),
        "none_yet": ("Chưa có mã nào.", "There is none."),
        "in_scope": ("trong phạm vi trên", "in the scope above"),
    }
)


def people_texts(language: Language) -> dict[str, str]:
    """Return every text of these pages in one language, by its key."""
    place = 0 if language == "vi" else 1
    return {key: pair[place] for key, pair in _TEXTS.items()}
