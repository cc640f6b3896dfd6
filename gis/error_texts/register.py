"""The register itself, its backups, and what looking at it finds."""

from gis.error_texts.text import ErrorText

TEXTS: dict[str, ErrorText] = {
    # --- the register itself ---
    "register.missing": ErrorText(
        "Không tìm thấy sổ đăng ký «{path}». Tạo sổ mới: ccn-gis init --register {path}",
        "There is no register “{path}”. Make one: ccn-gis init --register {path}",
    ),
    "register.exists": ErrorText(
        "«{path}» đã có và không bị thay đổi; init chỉ ghi vào sổ mới hoặc sổ trống, copy vào nơi "
        "chưa có gì. Hãy chọn tên khác.",
        "“{path}” exists and was not changed; init only writes into a new or an empty register, "
        "copy to where there is nothing yet. Choose another name.",
    ),
    "register.not_ours": ErrorText(
        "«{path}» không phải là sổ đăng ký của CCN GIS ({reason}). Tệp không bị thay đổi.",
        "“{path}” is not a CCN GIS register ({reason}). The file was not changed.",
    ),
    "register.newer": ErrorText(
        "Sổ «{path}» do phiên bản mới hơn tạo ra (lược đồ {found}, chương trình này đọc đến "
        "{known}). Hãy cập nhật CCN GIS. Tệp không bị thay đổi.",
        "The register “{path}” was made by a newer version (schema {found}; this program reads "
        "up to {known}). Update CCN GIS. The file was not changed.",
    ),
    "register.older": ErrorText(
        "Sổ «{path}» theo lược đồ {found} của phiên bản trước; chương trình này dùng lược đồ "
        "{known}. Nâng sổ (bản cũ được giữ lại): ccn-gis migrate --register {path}",
        "The register “{path}” follows schema {found} of an earlier version; this program uses "
        "schema {known}. Migrate it (a copy is kept): ccn-gis migrate --register {path}",
    ),
    "register.network": ErrorText(
        "Sổ «{path}» nằm trên ổ mạng ({filesystem}); hai máy cùng ghi có thể làm hỏng tệp. "
        "Hãy để sổ trên ổ đĩa của máy chủ và mở qua trình duyệt, hoặc dùng PostGIS.",
        "The register “{path}” lies on a network file system ({filesystem}), where two machines "
        "writing can damage it. Keep it on the server's own disk and open it through the "
        "browser, or use PostGIS.",
    ),
    "register.corrupt": ErrorText(
        "Sổ «{path}» bị hỏng ({reason}). Hãy phục hồi từ bản sao lưu; tệp không bị thay đổi.",
        "The register “{path}” is damaged ({reason}). Restore it from a backup; the file was "
        "not changed.",
    ),
    "register.read_only": ErrorText(
        "Không đọc hoặc không ghi được «{path}». Kiểm tra quyền của tệp và thư mục, hoặc của người "
        "dùng cơ sở dữ liệu.",
        "“{path}” can't be read or written. Check the rights of the file and its folder, or of "
        "the database's user.",
    ),
    "register.io": ErrorText(
        "Ổ đĩa báo lỗi khi đọc hoặc ghi «{path}» ({reason}). Không có gì bị ghi dở; hãy kiểm tra "
        "ổ đĩa rồi thử lại.",
        "The disk failed while reading or writing “{path}” ({reason}). Nothing was half written; "
        "check the disk and try again.",
    ),
    "register.full": ErrorText(
        "Hết dung lượng đĩa khi ghi «{path}». Không có gì bị ghi dở; hãy giải phóng chỗ trống.",
        "The disk is full while writing “{path}”. Nothing was half written; free some space.",
    ),
    "register.busy": ErrorText(
        "Sổ đang được người khác ghi. Hãy thử lại sau ít giây.",
        "Somebody else is writing to the register. Try again in a few seconds.",
    ),
    "file.exists": ErrorText(
        "«{path}» đã có và không bị thay đổi. Hãy chọn tên khác.",
        "“{path}” exists and was left as it is. Choose another name.",
    ),
    "accounts.exists": ErrorText(
        "«{path}» đã có tài khoản khác. Hãy chuyển tệp này đi rồi phục hồi lại.",
        "“{path}” holds other accounts. Move that file away, then restore again.",
    ),
    "documents.folder": ErrorText(
        "Sổ này không phải là tệp; hãy đặt CCN_GIS_DOCUMENTS là thư mục giữ văn bản.",
        "This register is no file; set CCN_GIS_DOCUMENTS to the folder that keeps the documents.",
    ),
    "document.unknown": ErrorText(
        "Không có văn bản «{value}» trong thư mục văn bản của sổ.",
        "There is no document “{value}” in the register's folder of documents.",
    ),
    "document.there": ErrorText(
        "Văn bản «{path}» đã có.",
        "The document “{path}” is there already.",
    ),
    "document.damaged": ErrorText(
        "Văn bản «{path}» đã bị thay đổi hoặc hỏng: nội dung không khớp mã băm là tên của nó. Hãy "
        "lấy lại từ bản sao lưu.",
        "The document “{path}” was changed or damaged: its content does not match the hash that "
        "is its name. Take it from a backup.",
    ),
    "backup.damaged": ErrorText(
        "Bản sao lưu «{path}» không dùng được ({reason}); không có gì được phục hồi.",
        "The backup “{path}” can't be used ({reason}); nothing was restored.",
    ),
    "backup.newer": ErrorText(
        "Bản sao lưu «{path}» do chương trình mới hơn tạo (dạng {found}, chương trình này đọc đến "
        "{known}). Hãy cập nhật CCN GIS.",
        "The backup “{path}” was made by a newer program (format {found}, this one reads up to "
        "{known}). Update CCN GIS.",
    ),
    "backup.program": ErrorText(
        "Thiếu chương trình {program} của PostgreSQL. Trên Debian: apt-get install "
        "postgresql-client",
        "PostgreSQL's program {program} is missing. On Debian: apt-get install postgresql-client",
    ),
    "backup.engine": ErrorText(
        "Bản sao lưu «{path}» chứa {found}, không phục hồi được vào loại sổ này ({needed}). Hãy "
        "phục hồi vào đúng loại rồi dùng ccn-gis copy.",
        "The backup “{path}” holds {found}, which can't be restored into this kind of register "
        "({needed}). Restore it into its own kind, then use ccn-gis copy.",
    ),
    "register.engine": ErrorText(
        "Không hỗ trợ địa chỉ sổ «{url}». Dùng đường dẫn tới tệp .gpkg hoặc "
        "postgresql://người-dùng@máy/cơ-sở-dữ-liệu.",
        "The register address “{url}” is not supported. Give the path of a .gpkg file, or "
        "postgresql://user@host/database.",
    ),
    "register.driver": ErrorText(
        "Thiếu thư viện psycopg để mở sổ trên PostgreSQL. Cài bằng: pip install 'ccn-gis[postgis]'",
        "The library psycopg is missing, which opens a register on PostgreSQL. Install it: "
        "pip install 'ccn-gis[postgis]'",
    ),
    "register.server": ErrorText(
        "Không dùng được máy chủ của sổ «{path}» ({reason}). Kiểm tra máy chủ PostgreSQL, tên cơ "
        "sở dữ liệu, người dùng và mật khẩu (PGPASSWORD hoặc ~/.pgpass).",
        "The server of the register “{path}” can't be used ({reason}). Check the PostgreSQL "
        "server, the database's name, the user and the password (PGPASSWORD or ~/.pgpass).",
    ),
    "register.postgis": ErrorText(
        "Cơ sở dữ liệu của «{path}» chưa có PostGIS. Người quản trị PostgreSQL hãy chạy trong cơ "
        "sở dữ liệu đó: CREATE EXTENSION postgis",
        "The database of “{path}” has no PostGIS. Let PostgreSQL's administrator run there: "
        "CREATE EXTENSION postgis",
    ),
    "copy.differs": ErrorText(
        "Bản chép ở «{path}» khác bản gốc ở bảng {table} ({before} → {after} dòng). Bản chép đã "
        "được bỏ; sổ gốc không thay đổi. Hãy báo lỗi này cho nhóm phát triển.",
        "The copy at “{path}” differs from the original in table {table} ({before} → {after} "
        "rows). It was dropped; the original is as it was. Please report this.",
    ),
    "register.foreign_write": ErrorText(
        "Lớp {layer} của sổ chỉ được ghi qua CCN GIS. Hãy vẽ vào lớp draft_{layer}, rồi chạy: "
        "ccn-gis import --drafts",
        "The register layer {layer} is written by CCN GIS only. Draw into draft_{layer}, then "
        "run: ccn-gis import --drafts",
    ),
    "register.foreign_table": ErrorText(
        "Bảng {table} của sổ chỉ được ghi qua CCN GIS; chương trình khác chỉ đọc.",
        "The register's table {table} is written by CCN GIS only; other programs may read it.",
    ),
    "server.address": ErrorText(
        "Không mở được địa chỉ {host}:{port} ({reason}). Có thể cổng đang được dùng: hãy chọn "
        "cổng khác bằng --port, hoặc --port 0 để lấy một cổng trống.",
        "The address {host}:{port} can't be listened on ({reason}). The port may be in use: "
        "choose another with --port, or --port 0 for a free one.",
    ),
    # --- what `ccn-gis verify` finds ---
    "verify.change_missing": ErrorText(
        "Nhật ký thiếu các mục {first}–{last}: đã bị xóa.",
        "The journal lacks entries {first}–{last}: they were removed.",
    ),
    "verify.change_altered": ErrorText(
        "Mục nhật ký {number} đã bị sửa, chèn hoặc đổi chỗ: mã băm không nối tiếp mục trước.",
        "Journal entry {number} was altered, inserted or moved: its hash does not follow from the "
        "entry before.",
    ),
    "verify.change_order": ErrorText(
        "Mục nhật ký {number} ghi thời điểm không sau mục trước: thứ tự đã bị đổi.",
        "Journal entry {number} is not later than the one before: the order was changed.",
    ),
    "verify.part_altered": ErrorText(
        "Mục nhật ký {number}: phần của «{cluster}» đã bị sửa.",
        "Journal entry {number}: its part about “{cluster}” was altered.",
    ),
    "verify.part_missing": ErrorText(
        "Mục nhật ký {number}: phần của «{cluster}» đã bị xóa; các phiên bản vẫn nhắc đến.",
        "Journal entry {number}: its part about “{cluster}” was removed; versions still speak of "
        "it.",
    ),
    "verify.part_added": ErrorText(
        "Phần của «{cluster}» thuộc mục nhật ký {number} không có trong nhật ký.",
        "A part about “{cluster}” belongs to entry {number}, which is not in the journal.",
    ),
    "verify.counts": ErrorText(
        "Mục nhật ký {number}, «{cluster}»: đã ghi {opened} và kết thúc {closed} phiên bản, nay có "
        "{found_opened} và {found_closed}: phiên bản đã bị xóa, chèn hoặc đổi thời điểm kết thúc.",
        "Journal entry {number}, “{cluster}”: it wrote {opened} and ended {closed} versions, now "
        "there are {found_opened} and {found_closed}: versions were removed, inserted or revived.",
    ),
    "verify.digest": ErrorText(
        "Mục nhật ký {number}, «{cluster}»: một phiên bản hoặc thiết lập ({settings}) đã bị sửa.",
        "Journal entry {number}, “{cluster}”: a version or a setting ({settings}) was altered.",
    ),
    "verify.setting_added": ErrorText(
        "Thiết lập «{name}» thuộc mục nhật ký {number} không có trong nhật ký.",
        "The setting “{name}” belongs to entry {number}, which is not in the journal.",
    ),
    "verify.version_altered": ErrorText(
        "{table} «{id}», phiên bản {number} (thay đổi {change}) đã bị sửa ngoài chương trình.",
        "{table} “{id}”, version {number} (change {change}), was altered behind the program.",
    ),
    "verify.version_missing": ErrorText(
        "{table} «{id}»: phiên bản {number} đã bị xóa.",
        "{table} “{id}”: version {number} was removed.",
    ),
    "verify.version_added": ErrorText(
        "{table} «{id}», phiên bản {number}: thay đổi {change} không có trong nhật ký.",
        "{table} “{id}”, version {number}: there is no change {change} in the journal.",
    ),
    "verify.version_revived": ErrorText(
        "{table} «{id}», phiên bản {number} (thay đổi {change}) còn hiệu lực cùng lúc với phiên "
        "bản khác.",
        "{table} “{id}”, version {number} (change {change}), is live for the same time as another.",
    ),
    "verify.record_altered": ErrorText(
        "{table} «{id}», phiên bản {number} (thay đổi {change}): tọa độ gốc đã bị sửa.",
        "{table} “{id}”, version {number} (change {change}): its geometry of record was altered.",
    ),
    "verify.record_added": ErrorText(
        "{table}: tọa độ gốc số {number} không thuộc phiên bản nào.",
        "{table}: geometry of record {number} belongs to no version.",
    ),
    "verify.derived": ErrorText(
        "{table} «{id}», phiên bản {number} (thay đổi {change}): {field} không khớp tọa độ gốc.",
        "{table} “{id}”, version {number} (change {change}): {field} does not follow from the "
        "geometry of record.",
    ),
    "verify.personal": ErrorText(
        "{table} «{id}», phiên bản {number} (thay đổi {change}): dữ liệu cá nhân không khớp mã "
        "băm.",
        "{table} “{id}”, version {number} (change {change}): its personal data does not match its "
        "hash.",
    ),
    "verify.current_differs": ErrorText(
        "{table} «{id}»: dòng hiện tại khác phiên bản {number} ({field}).",
        "{table} “{id}”: the current row differs from version {number} ({field}).",
    ),
    "verify.current_missing": ErrorText(
        "{table} «{id}»: thiếu dòng hiện tại của phiên bản {number}.",
        "{table} “{id}”: the current row of version {number} is missing.",
    ),
    "verify.current_extra": ErrorText(
        "{table} «{id}»: có dòng hiện tại nhưng không có phiên bản nào còn hiệu lực.",
        "{table} “{id}”: there is a current row, but no live version.",
    ),
    "verify.balance": ErrorText(
        "Cơ cấu đất đã lưu của «{id}» khác với tính lại; ccn-gis check cho biết chỗ khác.",
        "The kept land balance of “{id}” differs from what the land computes to; ccn-gis check "
        "says where.",
    ),
    "verify.cut": ErrorText(
        "Sổ dừng ở thay đổi {last} nhưng mốc ghi {number}: {missing} thay đổi cuối đã bị cắt.",
        "The register ends at change {last}, the anchor at {number}: the last {missing} were cut "
        "off.",
    ),
    "verify.other_history": ErrorText(
        "Mốc sau thay đổi {number} không có trong lịch sử của sổ: khác từ thay đổi {first} đến "
        "{number} ({clusters}).",
        "The anchor after change {number} is not in the register's history: it is another one "
        "from a change between {first} and {number} on ({clusters}).",
    ),
    "anchor.access": ErrorText(
        "Không đọc hoặc ghi được tệp mốc «{path}» ({reason}). Hãy kiểm tra đường dẫn và quyền.",
        "The anchor file “{path}” can't be read or written ({reason}). Check path and permissions.",
    ),
    "anchor.file": ErrorText(
        "Không đọc được mốc ở dòng {line} của «{path}». Tệp mốc do ccn-gis verify --write-anchor "
        "ghi, mỗi dòng một mốc.",
        "Line {line} of “{path}” is no anchor. Anchor files are written by ccn-gis verify "
        "--write-anchor, one anchor a line.",
    ),
    # --- what `ccn-gis check` finds ---
    "check.invalid": ErrorText(
        "{table} «{id}»: hình không hợp lệ ({reason}).",
        "{table} “{id}”: its shape is invalid ({reason}).",
    ),
    "check.overlap": ErrorText(
        "{table} «{id}» và «{other}» chồng nhau {area_m2:.1f} m².",
        "{table} “{id}” and “{other}” overlap by {area_m2:.1f} m².",
    ),
    "check.outside": ErrorText(
        "{table} «{id}» có {area_m2:.1f} m² nằm ngoài ranh giới của «{other}».",
        "{table} “{id}” has {area_m2:.1f} m² outside the boundary of “{other}”.",
    ),
    "check.balance": ErrorText(
        "Cơ cấu đất của «{id}»: {field} lưu {kept}, tính lại {computed}.",
        "Land balance of “{id}”: {field} is kept as {kept} and computes to {computed}.",
    ),
    "check.serving_inside": ErrorText(
        "Đất phục vụ «{id}» nằm trong ranh giới của «{other}» {area_m2:.1f} m²; không được có "
        "người ở trong cụm (NĐ 32/2024, Điều 2.1).",
        "Serving land “{id}” lies inside the boundary of “{other}” by {area_m2:.1f} m²; nobody "
        "lives inside a cluster (Decree 32/2024 Art 2.1).",
    ),
}
