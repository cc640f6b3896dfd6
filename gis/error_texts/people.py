"""Who may do what, accounts, signing in."""

from gis.error_texts.text import ErrorText

TEXTS: dict[str, ErrorText] = {
    # --- rights ---
    "auth.required": ErrorText(
        "Cần đăng nhập để {action}.",
        "Sign in to {action}.",
    ),
    "right.missing": ErrorText(
        "Tài khoản này không được {action}{place}. Vai trò được phép: {roles}. Hãy nhờ người quản "
        "trị.",
        "This account may not {action}{place}. Roles that may: {roles}. Ask the administrator.",
    ),
    "right.read_only": ErrorText(
        "Mã truy cập này chỉ đọc nên không được {action}. Hãy dùng mã khác của tài khoản có vai "
        "trò: {roles}.",
        "This token is read-only and may not {action}. Use another one of an account with the "
        "role: {roles}.",
    ),
    # --- people ---
    "auth.failed": ErrorText(
        "Tên đăng nhập hoặc mật khẩu không đúng.",
        "The login or the password is not right.",
    ),
    "auth.too_many": ErrorText(
        "Đã thử đăng nhập quá nhiều lần. Hãy thử lại sau {seconds} giây.",
        "There were too many tries to sign in. Try again in {seconds} s.",
    ),
    "auth.token": ErrorText(
        "Mã truy cập không đúng, đã hết hạn hoặc đã bị thu hồi. Hãy tạo mã khác ở trang tài khoản.",
        "The token is not right, has expired or was revoked. Make another one on the account page.",
    ),
    "link.unknown": ErrorText(
        "Liên kết này đã được dùng, đã hết hạn hoặc không có. Hãy nhờ người quản trị tạo liên kết "
        "khác.",
        "This link was used, has expired or never was. Ask the administrator for another one.",
    ),
    "account.unknown": ErrorText(
        "Không có tài khoản «{value}».",
        "There is no account “{value}”.",
    ),
    "account.login_taken": ErrorText(
        "Đã có tài khoản với tên đăng nhập «{value}». Hãy chọn tên khác.",
        "There is an account with the login “{value}”. Choose another one.",
    ),
    "account.last_admin": ErrorText(
        "«{value}» là người quản trị cuối cùng. Hãy trao vai trò đó cho một tài khoản khác trước.",
        "“{value}” is the last administrator. Give that role to another account first.",
    ),
    "token.unknown": ErrorText(
        "Tài khoản này không có mã truy cập «{value}».",
        "This account has no token “{value}”.",
    ),
    "identity.taken": ErrorText(
        "Người «{value}» của hệ thống đăng nhập đã gắn với một tài khoản khác.",
        "The provider's person “{value}” is linked to another account.",
    ),
    "oidc.unlinked": ErrorText(
        "Bạn đã đăng nhập ở hệ thống của cơ quan, nhưng chưa có tài khoản nào ở đây gắn với bạn. "
        "Hãy gửi mã này cho người quản trị: {subject}",
        "You are signed in with the office's provider, but no account here is linked to you. "
        "Send this to the administrator: {subject}",
    ),
    "oidc.missing": ErrorText(
        "Đã đặt CCN_GIS_OIDC_ISSUER nhưng thiếu thư viện. Hãy chạy: pip install 'ccn-gis[oidc]'",
        "CCN_GIS_OIDC_ISSUER is set, but its libraries are missing. Run: "
        "pip install 'ccn-gis[oidc]'",
    ),
    "value.login": ErrorText(
        "Tên đăng nhập «{value}» không dùng được. Cần 2–64 ký tự: chữ không dấu, số, . _ @ + -, "
        "bắt đầu bằng chữ hoặc số.",
        "The login “{value}” can't be used. It takes 2–64 characters: letters without "
        "diacritics, digits, . _ @ + -, with a letter or digit first.",
    ),
    "value.password": ErrorText(
        "Mật khẩu này không dùng được: cần {low}–{high} ký tự, không chứa tên đăng nhập, không "
        "phải mật khẩu hay gặp.",
        "This password can't be used: it takes {low}–{high} characters, does not hold the login "
        "and is not a usual one.",
    ),
    "logo.unusable": ErrorText(
        "Logo phải là ảnh PNG hoặc JPEG, không quá {limit_kb} kB.",
        "A logo must be a PNG or JPEG picture of at most {limit_kb} kB.",
    ),
    "accounts.none": ErrorText(
        "Dịch vụ này không có tài khoản: chỉ có phần công khai.",
        "This service has no accounts: there is nothing but its public part.",
    ),
    "accounts.unavailable": ErrorText(
        "Không mở được cơ sở dữ liệu tài khoản «{path}» ({reason}). Kiểm tra quyền của tệp và "
        "thư mục.",
        "The accounts “{path}” can't be opened ({reason}). Check the rights of the file and its "
        "folder.",
    ),
    "accounts.not_ours": ErrorText(
        "«{path}» không phải là cơ sở dữ liệu tài khoản của CCN GIS. Tệp không bị thay đổi.",
        "“{path}” does not hold accounts of CCN GIS. The file was not changed.",
    ),
    "accounts.newer": ErrorText(
        "Tài khoản ở «{path}» do phiên bản mới hơn tạo ra (lược đồ {found}, chương trình này đọc "
        "đến {known}). Hãy cập nhật CCN GIS.",
        "The accounts “{path}” were made by a newer version (schema {found}; this program reads "
        "up to {known}). Update CCN GIS.",
    ),
}

RIGHT_TERMS: dict[str, ErrorText] = {
    "role.planner": ErrorText("người làm quy hoạch", "planner"),
    "role.officer": ErrorText("cán bộ đất đai", "land officer"),
    "role.approver": ErrorText("người duyệt", "approver"),
    "role.admin": ErrorText("người quản trị", "administrator"),
    "action.read_full": ErrorText(
        "xem bên thuê, dự án và vốn", "see parties, projects and capital"
    ),
    "action.read_history": ErrorText("xem nhật ký thay đổi", "see the journal of changes"),
    "action.write_scenario": ErrorText("lập phương án", "write scenarios"),
    "action.record_figure": ErrorText("ghi số liệu công bố", "record published figures"),
    "action.register": ErrorText("ghi vào sổ đăng ký", "write to the register"),
    "action.put_in_force": ErrorText("duyệt cho có hiệu lực", "put submissions in force"),
    "action.manage_people": ErrorText("quản lý tài khoản", "manage accounts"),
    "action.use_account": ErrorText("dùng tài khoản của mình", "use your account"),
    "action.manage_settings": ErrorText("đổi thiết lập của sổ", "change the register's settings"),
    "place.none": ErrorText("", ""),
    "place.one": ErrorText(" ở «{cluster}»", " in “{cluster}”"),
    "place.all": ErrorText(" trên toàn sổ", " in the whole register"),
}
"""What roles, actions and places are called inside a sentence about rights."""
