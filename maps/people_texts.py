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
        "admin_noscript": (
            "Trang này cần JavaScript. Có thể dùng lệnh ccn-gis user.",
            "This page needs JavaScript. The command ccn-gis user does without.",
        ),
        "admin_failed": ("Không lưu được.", "It could not be saved."),
        "admin_no_polygon": (
            "Tệp không có vùng (Polygon hoặc MultiPolygon).",
            "The file holds no region (Polygon or MultiPolygon).",
        ),
        "people": ("Người dùng", "People"),
        "add_person": ("Thêm người", "Add a person"),
        "some_clusters": ("chỉ các cụm, khu được chọn", "the clusters and zones chosen here only"),
        "state_enabled": ("đang dùng", "enabled"),
        "state_invited": ("chưa đặt mật khẩu", "no password yet"),
        "state_disabled": ("đã khóa", "disabled"),
        "last_seen": ("đăng nhập", "signed in"),
        "disable": ("Khóa", "Disable"),
        "enable": ("Mở khóa", "Enable"),
        "make_link": ("Liên kết đặt mật khẩu", "Link to choose a password"),
        "link_told": ("Liên kết dùng một lần", "A link that works once"),
        "link_help": (
            "Trao cho chủ tài khoản; hết hạn sau một ngày. Chỉ hiện lần này.",
            "Hand it to the account's owner; it holds for a day and is shown this once.",
        ),
        "settings_of_register": ("Thiết lập của sổ", "Settings of the register"),
        "own_territory": ("Địa bàn", "Territory"),
        "zone": ("Múi chiếu VN-2000", "VN-2000 zone"),
        "zone_help": (
            (
                "Múi của tọa độ nhập từ nay về sau. Tọa độ đã lưu giữ nguyên múi của chúng, "
                "không đọc lại."
            ),
            (
                "The zone of what comes from now on. Coordinates that the register holds keep "
                "theirs and are not read again."
            ),
        ),
        "natural_area_ha": ("Diện tích tự nhiên (ha)", "Natural area (ha)"),
        "target_percent": ("Chỉ tiêu (%)", "Target (%)"),
        "target_due": ("Hạn", "Due"),
        "target_numerator": ("Tử số", "Numerator"),
        "target_by": ("{percent} đến {due}, {numerator}", "{percent} by {due}, {numerator}"),
        "numerator_kcn": ("khu công nghiệp", "zones"),
        "numerator_ccn": ("cụm công nghiệp", "clusters"),
        "numerator_kcn_ccn": ("khu và cụm công nghiệp", "zones and clusters"),
        "outline": ("Ranh giới địa bàn", "Outline of the territory"),
        "outline_help": (
            "Ranh khái quát, chỉ để vẽ: không dùng để đo hay để cắt.",
            "A generalised outline, for drawing only: never measured, never clipped with.",
        ),
        "outline_file": ("Tệp GeoJSON (WGS84)", "GeoJSON file (WGS84)"),
        "four_eyes": ("Nguyên tắc hai người", "The rule of two people"),
        "four_eyes_on": (
            "người khác duyệt mới có hiệu lực",
            "another person puts changes in force",
        ),
        "four_eyes_off": ("người trình tự duyệt được", "whoever submits may put in force"),
        "four_eyes_help": (
            "Cơ quan một người có thể tắt; nhật ký vẫn ghi rõ ai đã duyệt.",
            "An office of one may switch it off; the journal still tells who did.",
        ),
        "logo": ("Logo", "Logo"),
        "logo_help": (
            (
                "Hiện ở đầu mọi trang. PNG hoặc JPEG, không quá 200 kB. Không chọn tệp rồi lưu:"
                " bỏ logo."
            ),
            (
                "Shown at the top of every page. PNG or JPEG, at most 200 kB. Saving without a "
                "file takes it away."
            ),
        ),
        "logo_file": ("Tệp ảnh", "Picture"),
        "yes_it_is": ("đã có", "there is one"),
        "no_it_is_not": ("chưa có", "there is none"),
        "by_decision": ("Theo quyết định", "By decision"),
        "decision_number": ("Số quyết định", "Decision number"),
        "decision_on": ("Ngày ký", "Signed on"),
        "decision_issuer": ("Cơ quan ban hành", "Issuer"),
        "holds_from": ("Có hiệu lực từ", "Holds from"),
        "since_day": ("từ {day}", "since {day}"),
        "last_changes": ("Thay đổi gần đây", "Latest changes"),
        "when": ("Lúc", "When"),
        "who": ("Ai", "Who"),
        "oidc_subject": ("Mã ở hệ thống đăng nhập của cơ quan", "Subject at the office's provider"),
    }
)


def people_texts(language: Language) -> dict[str, str]:
    """Return every text of these pages in one language, by its key."""
    place = 0 if language == "vi" else 1
    return {key: pair[place] for key, pair in _TEXTS.items()}
