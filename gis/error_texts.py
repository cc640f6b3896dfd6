"""The sentences of every error code, Vietnamese and English: what is wrong and how to mend it.

Places in braces are filled from the error's facts. The guide lists every code (a test holds it).
"""

from dataclasses import dataclass
from typing import Literal

Language = Literal["vi", "en"]


@dataclass(frozen=True, slots=True)
class ErrorText:
    """One code's sentence in both languages."""

    vi: str
    en: str


TEXTS: dict[str, ErrorText] = {
    # --- questions -------------------------------------------------------------------------
    "value.date": ErrorText(
        "Không hiểu ngày «{value}» ({name}). Hãy ghi dạng 2024-12-31 hoặc 31/12/2024.",
        "The date “{value}” ({name}) is not understood. Write it as 2024-12-31 or 31/12/2024.",
    ),
    "value.instant": ErrorText(
        "Không hiểu thời điểm «{value}» ({name}). Hãy ghi dạng 2024-12-31T17:00:00+07:00, hoặc một "
        "ngày (tính đến hết ngày đó).",
        "The time “{value}” ({name}) is not understood. Write it as 2024-12-31T17:00:00+07:00, or "
        "as a date (the end of that day).",
    ),
    "value.choice": ErrorText(
        "«{value}» không phải là giá trị của {name}. Các giá trị: {choices}.",
        "“{value}” is not a value of {name}. Choose one of: {choices}.",
    ),
    "value.bbox": ErrorText(
        "Khung «{value}» phải gồm bốn số hữu hạn: tây, nam, đông, bắc (độ, WGS84), "
        "tây ≤ đông và nam ≤ bắc.",
        "The box “{value}” must be four finite numbers: west, south, east, north (WGS84 "
        "degrees), with west ≤ east and south ≤ north.",
    ),
    "value.number": ErrorText(
        "«{value}» ({name}) không phải là số trong khoảng {low}–{high}.",
        "“{value}” ({name}) is not a number between {low} and {high}.",
    ),
    "value.text": ErrorText(
        "Văn bản của {name} có ký tự không dùng được (NUL hoặc nửa cặp thay thế). Hãy gõ lại.",
        "The text of {name} holds a character that can't be stored (NUL or half a surrogate "
        "pair). Type it again.",
    ),
    "value.empty": ErrorText(
        "{name} không được để trống.",
        "{name} must not be empty.",
    ),
    "value.too_long": ErrorText(
        "{name} dài {count} ký tự, nhiều hơn mức cho phép {limit}. Hãy viết ngắn lại.",
        "{name} has {count} characters, more than the {limit} allowed. Shorten it.",
    ),
    "value.not_finite": ErrorText(
        "{name} phải là một số hữu hạn (không phải NaN hay vô cực); chưa biết thì để trống.",
        "{name} must be a finite number (not NaN or infinite); leave it empty if it is unknown.",
    ),
    "value.id": ErrorText(
        "{name} phải là một mã có từ 1 đến {limit} ký tự, không có ký tự điều khiển.",
        "{name} must be an id of 1 to {limit} characters, without control characters.",
    ),
    "value.parameter": ErrorText(
        "Không có tham số «{name}». Các tham số: {choices}.",
        "There is no parameter “{name}”. Parameters: {choices}.",
    ),
    "value.repeated": ErrorText(
        "Tham số «{name}» được ghi nhiều lần. Mỗi tham số chỉ ghi một lần.",
        "The parameter “{name}” is given more than once. Give each parameter once.",
    ),
    "value.url": ErrorText(
        "«{value}» ({name}) không phải là địa chỉ dạng https://ten-mien hoặc "
        "https://ten-mien/duong-dan.",
        "“{value}” ({name}) is not an address such as https://host or https://host/path.",
    ),
    "value.period": ErrorText(
        "Thời hạn kết thúc ({end}) phải sau khi bắt đầu ({start}).",
        "A period must end ({end}) after it starts ({start}).",
    ),
    "value.missing": ErrorText(
        "Thiếu {name}.",
        "{name} is missing.",
    ),
    "value.member": ErrorText(
        "Không có mục «{name}» trong yêu cầu này. Hãy bỏ hoặc sửa tên.",
        "This request has no member “{name}”. Drop it or mend its name.",
    ),
    "value.type": ErrorText(
        "{name} phải là {needed}.",
        "{name} must be {needed}.",
    ),
    "json.malformed": ErrorText(
        "Nội dung gửi lên không phải là JSON (UTF-8) đúng cú pháp: dòng {line}, cột {column}.",
        "The body is not well-formed JSON in UTF-8: line {line}, column {column}.",
    ),
    "json.not_finite": ErrorText(
        "JSON có giá trị không hữu hạn ({value}). Chưa biết thì ghi null.",
        "The JSON holds {value}, which is not finite. Write null for what is unknown.",
    ),
    "json.repeated": ErrorText(
        "Mục «{name}» được ghi nhiều lần trong một đối tượng JSON.",
        "The member “{name}” stands more than once in an object.",
    ),
    "json.too_deep": ErrorText(
        "JSON lồng sâu hơn {limit} tầng.",
        "The JSON is nested deeper than {limit} levels.",
    ),
    "precondition.required": ErrorText(
        "Hãy gửi If-Match với ETag của bản ghi đã xem ({table} «{id}»), để không ghi đè sửa đổi "
        "của người khác.",
        "Send If-Match with the ETag of the record that you saw ({table} “{id}”), so that nobody "
        "else's change is overwritten.",
    ),
    # --- things not held --------------------------------------------------------------------
    "cluster.unknown": ErrorText(
        "Không có cụm hay khu công nghiệp «{value}» trong sổ. Gần giống: {near}.",
        "The register holds no cluster or zone “{value}”. Close to it: {near}.",
    ),
    "territory.unknown": ErrorText(
        "Không có địa bàn «{value}». Các địa bàn: {choices}.",
        "There is no territory “{value}”. Territories: {choices}.",
    ),
    "province.unknown": ErrorText(
        "Không có tỉnh «{value}» trong bảng. Hãy ghi mã hoặc tên, ví dụ 17 hoặc Hòa Bình.",
        "There is no province “{value}” in the table. Give a code or a name, such as 17 or "
        "Hòa Bình.",
    ),
    "province.example": ErrorText(
        "Dữ liệu minh họa là của Hòa Bình; không dùng --example cùng --province hoặc "
        "--province-file.",
        "The example is Hòa Bình's; --example can't be combined with --province or "
        "--province-file.",
    ),
    "province.file": ErrorText(
        "Tệp tỉnh «{path}» chưa dùng được ({reason}). Cần một Feature GeoJSON (WGS84) với "
        "properties: code, name_vi, epsg và nếu biết: name_en, natural_area_ha, "
        "natural_area_on, source.",
        "The province file “{path}” can't be used ({reason}). It must be one GeoJSON Feature "
        "(WGS84) with properties code, name_vi, epsg and, where known, name_en, "
        "natural_area_ha, natural_area_on, source.",
    ),
    "thing.unknown": ErrorText(
        "Sổ không có {table} «{value}» vào ngày {on}.",
        "The register holds no {table} “{value}” on {on}.",
    ),
    # --- geometry ---------------------------------------------------------------------------
    "geometry.empty": ErrorText(
        "Hình trống. Cần một vùng có ít nhất một vòng khép kín.",
        "The shape is empty. A region with at least one closed ring is needed.",
    ),
    "geometry.type": ErrorText(
        "Hình kiểu {type} không phải là vùng. Cần Polygon hoặc MultiPolygon.",
        "A {type} is not a region. A Polygon or MultiPolygon is needed.",
    ),
    "geometry.point": ErrorText(
        "Hình kiểu {type} không dùng được ở đây. Cần một điểm có tọa độ hữu hạn.",
        "This {type} can't be used here. A point with finite coordinates is needed.",
    ),
    "geometry.not_finite": ErrorText(
        "Tọa độ có giá trị không hữu hạn (NaN hoặc vô cực).",
        "A coordinate is not finite (NaN or infinite).",
    ),
    "geometry.self_intersection": ErrorText(
        "Ranh giới tự cắt tại {at}. Hãy sửa thứ tự các điểm.",
        "The boundary crosses itself at {at}. Mend the order of the points.",
    ),
    "geometry.invalid": ErrorText(
        "Hình không hợp lệ tại {at}: {reason}.",
        "The shape is invalid at {at}: {reason}.",
    ),
    "geometry.zero_area": ErrorText(
        "Vùng có diện tích bằng 0: các điểm thẳng hàng hoặc trùng nhau.",
        "The region has no area: its points lie on a line or coincide.",
    ),
    "geometry.too_many_vertices": ErrorText(
        "Hình có {count} đỉnh, nhiều hơn mức cho phép {limit}.",
        "The shape has {count} vertices, more than the {limit} allowed.",
    ),
    "ring.too_few_points": ErrorText(
        "Vòng có {count} điểm; cần ít nhất 4 (điểm cuối trùng điểm đầu).",
        "A ring has {count} points; at least 4 are needed (the last equal to the first).",
    ),
    "ring.unclosed": ErrorText(
        "Vòng chưa khép kín: điểm cuối {last} khác điểm đầu {first}.",
        "A ring is not closed: its last point {last} differs from its first {first}.",
    ),
    # --- reference systems --------------------------------------------------------------------
    "crs.unsupported": ErrorText(
        "Hệ tọa độ «{value}» không được hỗ trợ. Dùng EPSG:4326 hoặc một múi VN-2000 (3°): "
        "{choices}.",
        "The reference system “{value}” is not supported. Use EPSG:4326 or a VN-2000 3° zone: "
        "{choices}.",
    ),
    "crs.mismatch": ErrorText(
        "Hai hình ở hai hệ tọa độ khác nhau: EPSG:{left} và EPSG:{right}. Hãy chuyển về một hệ.",
        "The two shapes are in different reference systems: EPSG:{left} and EPSG:{right}. "
        "Bring them into one.",
    ),
    "crs.degrees": ErrorText(
        "Không đo diện tích theo độ (EPSG:{epsg}). Hãy chuyển sang múi VN-2000 của địa bàn.",
        "Areas are not measured in degrees (EPSG:{epsg}). Bring the shape into the territory's "
        "VN-2000 zone.",
    ),
    "crs.out_of_range": ErrorText(
        "Tọa độ {at} nằm ngoài phạm vi của EPSG:{epsg}. Kiểm tra hệ tọa độ đã khai.",
        "The coordinate {at} lies outside the range of EPSG:{epsg}. Check the declared "
        "reference system.",
    ),
    "crs.axes_swapped": ErrorText(
        "Tọa độ {at} có vẻ bị đảo trục ở EPSG:{epsg}. Bảng tọa độ VN-2000 ghi X = bắc, Y = đông.",
        "The coordinate {at} looks swapped in EPSG:{epsg}. VN-2000 tables give X = north, "
        "Y = east.",
    ),
    # --- records ------------------------------------------------------------------------------
    "record.duplicate": ErrorText(
        "Đã có {table} «{id}» trong sổ.",
        "The register already holds {table} “{id}”.",
    ),
    "record.geometry_required": ErrorText(
        "{table} «{id}» cần có hình.",
        "{table} “{id}” needs a shape.",
    ),
    "record.out_of_order": ErrorText(
        "Khoảng thời gian hiệu lực của {table} «{id}» không hợp lệ: {start} – {end}.",
        "The valid period of {table} “{id}” is not possible: {start} – {end}.",
    ),
    "record.stale": ErrorText(
        "{table} «{id}» đã được người khác sửa (bản {current}, không còn là bản {expected}). Hãy "
        "mở lại, xem thay đổi rồi ghi tiếp.",
        "{table} “{id}” was changed by somebody else (version {current}, no longer {expected}). "
        "Open it again, look at the change and write then.",
    ),
    "decision.required": ErrorText(
        "Mọi thay đổi về đất phải nêu quyết định. Hãy ghi quyết định (số, ngày, cơ quan ban hành) "
        "hoặc mã của quyết định đã có trong sổ.",
        "Every change of land names its decision. Give the decision (number, date, issuer) or the "
        "id of one that the register holds.",
    ),
    "decision.unknown": ErrorText(
        "Sổ không có quyết định «{value}». Hãy ghi quyết định này trước, hoặc gửi kèm.",
        "The register holds no decision “{value}”. Record it first, or send it along.",
    ),
    "document.kind": ErrorText(
        "Tệp này không phải PDF, ảnh (PNG, JPEG, TIFF), Word hay ZIP. Hãy lưu văn bản thành PDF "
        "rồi gửi lại.",
        "This file is no PDF, picture (PNG, JPEG, TIFF), Word or ZIP file. Save the paper as PDF "
        "and send it again.",
    ),
    "decision.differs": ErrorText(
        "Sổ đã có quyết định «{id}» với nội dung khác. Hãy kiểm tra số, ngày, cơ quan ban hành, "
        "hoặc đính chính quyết định đó.",
        "The register holds another decision “{id}”. Check number, date and issuer, or correct "
        "that decision.",
    ),
    "reason.required": ErrorText(
        "Đính chính, hủy bản ghi và hoàn tác phải nêu lý do.",
        "A correction, a void and a revert give their reason.",
    ),
    "change.unknown": ErrorText(
        "Nhật ký không có thay đổi số {value}.",
        "The journal has no change {value}.",
    ),
    "submission.unknown": ErrorText(
        "Không có hồ sơ trình «{value}».",
        "There is no submission “{value}”.",
    ),
    "submission.state": ErrorText(
        "Hồ sơ «{id}» đang ở trạng thái {state}; việc này cần trạng thái {needed}.",
        "Submission “{id}” is {state}; this needs it to be {needed}.",
    ),
    "submission.own": ErrorText(
        "Hồ sơ «{id}» do chính bạn trình; người khác phải duyệt. Văn phòng nhỏ có thể tắt quy định "
        "hai người ở trang Thiết lập.",
        "You submitted “{id}” yourself; somebody else has to put it in force. A small office may "
        "switch the rule of two people off under Thiết lập.",
    ),
    "erasure.unsealed": ErrorText(
        "Phiên bản {number} của {table} «{id}» do bản phát hành đầu tiên ghi: nhật ký xác nhận "
        "chính các dữ liệu này nên không xóa được mà chuỗi vẫn đúng. Hãy hủy bản ghi (vẫn giữ "
        "trong lịch sử).",
        "Version {number} of {table} “{id}” was written by the first release: the journal vouches "
        "for the very words, so they can't be erased while the chain holds. Void the record "
        "instead (it stays in history).",
    ),
    "erasure.submission": ErrorText(
        "Hồ sơ trình còn mở có nêu dữ liệu cần xóa: {ids}. Hãy duyệt hoặc trả lại các hồ sơ này "
        "trước.",
        "Open submissions hold what is to be erased: {ids}. Decide them or send them back first.",
    ),
    "submission.others": ErrorText(
        "Hồ sơ «{id}» do người khác lập; chỉ người lập mới trình hoặc rút được.",
        "Submission “{id}” is somebody else's; only its author can hand it in or take it back.",
    ),
    "request.repeated": ErrorText(
        "Yêu cầu này đã được thực hiện (thay đổi số {change}); không ghi lần thứ hai.",
        "This request was carried out before (change {change}); it is not done twice.",
    ),
    "request.key_reused": ErrorText(
        "Khóa «{key}» đã dùng cho một yêu cầu khác (thay đổi số {change}). Hãy dùng khóa mới.",
        "The key “{key}” was used for another request (change {change}). Use a new one.",
    ),
    # --- clusters and their plans --------------------------------------------------------------
    "rule.broken": ErrorText(
        "Trái quy định {rule} ({version}, {citation}): giá trị {value}, giới hạn {limit}. Sửa lại, "
        "hoặc ghi rõ căn cứ của ngoại lệ.",
        "Breaks {rule} ({version}, {citation}): the value is {value}, the limit {limit}. Mend it, "
        "or give the ground of an exception.",
    ),
    "cluster.founded": ErrorText(
        "«{id}» đã được thành lập; hãy mở rộng hoặc điều chỉnh cụm này.",
        "“{id}” is founded already; expand or adjust it.",
    ),
    "cluster.overlap": ErrorText(
        "Ranh giới chồng lên {ids}: {area_m2:.1f} m². Kiểm tra tọa độ và múi chiếu của cả hai.",
        "The boundary overlaps {ids} by {area_m2:.1f} m². Check coordinates and zone of both.",
    ),
    "cluster.in_use": ErrorText(
        "Chưa thể đưa «{id}» ra khỏi sổ: còn hợp đồng hoặc dự án có hiệu lực ({ids}). Hãy chấm dứt "
        "trước.",
        "“{id}” can't be dropped while leases or projects hold in it ({ids}). End them first.",
    ),
    "plan.area_outside": ErrorText(
        "Ô quy hoạch {label} nằm hoàn toàn ngoài ranh giới của «{id}». Kiểm tra tọa độ và múi "
        "chiếu.",
        "Plan area {label} lies wholly outside the boundary of “{id}”. Check its coordinates and "
        "zone.",
    ),
    "developer.appointed": ErrorText(
        "Thời hạn này đã có chủ đầu tư hạ tầng «{party}» ({id}). Hãy thay chủ đầu tư, hoặc đính "
        "chính thời hạn.",
        "“{party}” ({id}) is the infrastructure developer in that term. Replace it, or correct the "
        "term.",
    ),
    "developer.none": ErrorText(
        "Ngày {on} «{id}» chưa có chủ đầu tư hạ tầng để thay. Hãy giao chủ đầu tư.",
        "“{id}” has no infrastructure developer on {on} to replace. Appoint one.",
    ),
    "figure.unit": ErrorText(
        "Chỉ tiêu {indicator} ghi bằng {expected}, không phải {unit}.",
        "The indicator {indicator} is given in {expected}, not in {unit}.",
    ),
    "figure.says_nothing": ErrorText(
        "Số liệu phải có giá trị hoặc nguyên văn của nguồn.",
        "A figure has a value or the words of its source.",
    ),
    # --- corrections ----------------------------------------------------------------------------
    "record.unchanged": ErrorText(
        "Đính chính không thay đổi gì ở {table} «{id}».",
        "The correction changes nothing of {table} “{id}”.",
    ),
    "record.field": ErrorText(
        "Không đính chính được {name} của {table}. Các trường: {choices}.",
        "“{name}” of {table} can't be corrected. Fields: {choices}.",
    ),
    "record.value": ErrorText(
        "«{value}» không dùng được cho {name}; cần {expected}.",
        "“{value}” can't be used for {name}; {expected} is needed.",
    ),
    "record.depended_on": ErrorText(
        "Chưa thể hủy {table} «{id}»: {names} còn dựa vào bản ghi này. Hãy xử lý các bản ghi đó "
        "trước.",
        "{table} “{id}” can't be voided: {names} depend on it. Deal with these first.",
    ),
    "revert.depended_on": ErrorText(
        "Chưa thể hoàn tác thay đổi số {change}: sau đó {names} đã sửa hoặc dựa vào. Hãy hoàn tác "
        "các thay đổi sau trước.",
        "Change {change} can't be reverted: {names} changed or depend on it since. Revert the "
        "later changes first.",
    ),
    "revert.nothing": ErrorText(
        "Thay đổi số {change} không ghi bản ghi nào để hoàn tác.",
        "Change {change} wrote no record that could be reverted.",
    ),
    "revert.settings": ErrorText(
        "Thay đổi số {change} đổi thiết lập ({names}); hãy đặt lại ở trang Thiết lập.",
        "Change {change} made settings ({names}); set them back under Thiết lập.",
    ),
    # --- what is said of a change that was made ---------------------------------------------
    "note.overlap_uncertain": ErrorText(
        "Ranh giới chồng lên «{id}» {area_m2:.1f} m²; một trong hai là ranh khái quát hoặc minh "
        "họa nên không từ chối.",
        "The boundary overlaps “{id}” by {area_m2:.1f} m²; one of the two is generalised or "
        "synthetic, so this is no refusal.",
    ),
    "note.left_outside": ErrorText(
        "{table} «{id}» có {area_m2:.1f} m² nằm ngoài ranh giới mới.",
        "{table} “{id}” has {area_m2:.1f} m² outside the new boundary.",
    ),
    "note.no_boundary": ErrorText(
        "Chưa có ranh giới của «{id}»: chưa kiểm tra được chồng lấn và phần nằm ngoài.",
        "The boundary of “{id}” is not known: overlap and land outside were not checked.",
    ),
    "note.boundary_generalised": ErrorText(
        "Ranh giới của «{id}» là ranh khái quát, chỉ để hiển thị: chưa kiểm tra được phần nằm "
        "ngoài.",
        "The boundary of “{id}” is generalised, for drawing only: land outside was not checked.",
    ),
    "note.place_unknown": ErrorText(
        "Sổ không có địa danh «{value}» ({name}); các cụm khác cùng nơi chưa được đối chiếu.",
        "The register does not hold the place “{value}” ({name}); other clusters there were not "
        "looked at.",
    ),
    "note.area_differs": ErrorText(
        "Diện tích được duyệt {approved_ha:.2f} ha, ranh giới đo được {measured_ha:.2f} ha.",
        "The approved area is {approved_ha:.2f} ha, the boundary measures {measured_ha:.2f} ha.",
    ),
    "note.plan_overlap": ErrorText(
        "Hai ô quy hoạch {first} và {second} chồng nhau {area_m2:.1f} m²; cơ cấu đất ghi riêng "
        "phần này.",
        "Plan areas {first} and {second} overlap by {area_m2:.1f} m²; the balance keeps it apart.",
    ),
    "note.plan_outside": ErrorText(
        "Ô quy hoạch {label} có {area_m2:.1f} m² nằm ngoài ranh giới; cơ cấu đất không tính phần "
        "này.",
        "Plan area {label} has {area_m2:.1f} m² outside the boundary; the balance leaves it out.",
    ),
    "note.plan_not_drawn": ErrorText(
        "Quy hoạch chưa có ô nào được vẽ: tỷ lệ lấp đầy và cơ cấu đất chưa xác định.",
        "No area of the plan is drawn: fill rate and land balance stay undetermined.",
    ),
    "note.plan_industry_differs": ErrorText(
        "Quyết định ghi {stated_ha:.2f} ha đất công nghiệp, các ô vẽ được {drawn_ha:.2f} ha.",
        "The decision states {stated_ha:.2f} ha of industrial land, the areas drawn have "
        "{drawn_ha:.2f} ha.",
    ),
    "note.serving_inside": ErrorText(
        "Đất phục vụ nằm trong ranh giới của «{id}» {area_m2:.1f} m²; không được có người ở trong "
        "cụm (NĐ 32/2024, Điều 2.1).",
        "The serving land lies inside the boundary of “{id}” by {area_m2:.1f} m²; nobody lives "
        "inside a cluster (Decree 32/2024 Art 2.1).",
    ),
    "note.cleared_exceeds": ErrorText(
        "Tổng diện tích đã bàn giao {cleared_m2:.1f} m² lớn hơn ranh giới của «{id}» "
        "({boundary_m2:.1f} m²).",
        "The land cleared in all, {cleared_m2:.1f} m², is more than the boundary of “{id}” holds "
        "({boundary_m2:.1f} m²).",
    ),
    "note.head_lease_of_other": ErrorText(
        "Hợp đồng Nhà nước cho thuê đất «{id}» vẫn đứng tên «{party}».",
        "The head lease “{id}” is still held by “{party}”.",
    ),
    "note.reverted": ErrorText(
        "Đã hoàn tác thay đổi số {change}: kết thúc {ended} bản, khôi phục {restored} bản.",
        "Change {change} is reverted: {ended} versions ended, {restored} restored.",
    ),
    "note.ended_with_cluster": ErrorText(
        "Cùng kết thúc với cụm: {count} {table}.",
        "Ended with the cluster: {count} {table}.",
    ),
    "register.empty": ErrorText(
        "Sổ đăng ký chưa có địa bàn nào. Hãy tạo sổ bằng: ccn-gis init --province MÃ (hoặc "
        "ccn-gis init --example để xem thử).",
        "The register holds no territory yet. Make one with: ccn-gis init --province CODE (or "
        "ccn-gis init --example to look around).",
    ),
    # --- rights -------------------------------------------------------------------------------
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
    # --- people -------------------------------------------------------------------------------
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
    # --- parcels --------------------------------------------------------------------------------
    "topology.outside": ErrorText(
        "{table} «{id}» có {area_m2} m² ({percent} %) nằm ngoài ranh giới của «{other}». Kiểm tra "
        "hệ tọa độ và các đỉnh, hoặc điều chỉnh ranh giới cụm trước.",
        "{table} “{id}” has {area_m2} m² ({percent} %) outside the boundary of “{other}”. Check "
        "the reference system and the corners, or adjust the boundary first.",
    ),
    "parcel.overlap": ErrorText(
        "Thửa «{id}» chồng {area_m2} m² lên: {names}. Sửa các đỉnh chung, hoặc tách, hợp, hủy thửa "
        "kia trước.",
        "Parcel “{id}” overlaps {names} by {area_m2} m². Mend the common corners, or split, merge "
        "or retire the other parcel first.",
    ),
    "parcel.not_in_force": ErrorText(
        "Thửa {names} không có trong sổ vào ngày {on} (chưa lập, đã tách, hợp hoặc hủy). Chọn thửa "
        "có hiệu lực trong suốt thời gian này.",
        "The register holds no parcel {names} on {on} (not yet made, or split, merged or retired). "
        "Choose one that holds for all of that time.",
    ),
    "parcel.held": ErrorText(
        "Không thể kết thúc thửa «{id}» từ ngày {on}: {names} còn sử dụng thửa này. Hãy chấm dứt "
        "hợp đồng, hoặc chuyển hợp đồng sang thửa mới trong cùng yêu cầu.",
        "Parcel “{id}” can't end on {on}: {names} hold it then or later. Terminate these, or move "
        "them to the new parcels in the same request.",
    ),
    "parcel.too_few": ErrorText(
        "Tách thửa cần ít nhất hai thửa mới, hợp thửa cần ít nhất hai thửa cũ; ở đây có {count}.",
        "A split makes at least two parcels, a merge joins at least two; here there is {count}.",
    ),
    "parcel.area_changed": ErrorText(
        "Diện tích trước {before_m2} m², sau {after_m2} m²: mất {lost_m2} m², thêm {gained_m2} m², "
        "quá sai số kỹ thuật {tolerance_m2} m² ở tỷ lệ 1:{scale}. Sửa các đỉnh cho khớp thửa cũ.",
        "{before_m2} m² before, {after_m2} m² after: {lost_m2} m² lost and {gained_m2} m² gained, "
        "beyond the technical tolerance of {tolerance_m2} m² at 1:{scale}. Mend the corners.",
    ),
    "parcel.apart": ErrorText(
        "Thửa {names} không liền kề các thửa kia; chỉ hợp các thửa có chung cạnh.",
        "Parcel {names} does not touch the others; only parcels with a common edge are merged.",
    ),
    # --- projects -------------------------------------------------------------------------------
    "project.not_in_force": ErrorText(
        "Dự án «{id}» không có hiệu lực vào ngày {on}; dự án được chấp thuận từ {first_day} đến "
        "hết ngày {last_day}.",
        "Project “{id}” does not hold on {on}; it is approved from {first_day} until {last_day}.",
    ),
    "project.has_leases": ErrorText(
        "Hợp đồng của dự án «{id}» còn hiệu lực từ ngày {on}: {names}. Hãy chấm dứt hoặc điều "
        "chỉnh chúng trước.",
        "Leases of project “{id}” hold on {on} or later: {names}. Terminate or amend them first.",
    ),
    # --- leases ---------------------------------------------------------------------------------
    "party.unknown": ErrorText(
        "Sổ không có tổ chức, cá nhân «{value}». Hãy gửi kèm tên của bên này.",
        "The register holds no party “{value}”. Send its name along.",
    ),
    "lease.term_order": ErrorText(
        "Ngày cuối của thời hạn ({last_day}) trước ngày đầu ({first_day}).",
        "The last day of the term ({last_day}) is before its first ({first_day}).",
    ),
    "lease.term_range": ErrorText(
        "Ngày {last_day} không dùng được làm ngày cuối của thời hạn. Hãy ghi ngày trong hợp đồng.",
        "{last_day} can't be the last day of a term. Write the day that the contract gives.",
    ),
    "lease.term_too_long": ErrorText(
        "Thời hạn {first_day} – {last_day} dài {years:.2f} năm, quá {limit:.0f} năm ({rule}). Nếu "
        "pháp luật đầu tư cho phép 70 năm, hãy chọn loại thời hạn đặc biệt.",
        "The term {first_day} – {last_day} is {years:.2f} years long, over {limit:.0f} ({rule}). "
        "Where the investment law allows 70 years, choose the special term.",
    ),
    "lease.lessor": ErrorText(
        "«{lessor}» không được cho thuê ở bậc {tier}. Bên cho thuê phải là: {allowed}.",
        "“{lessor}” can't be the lessor of a {tier} lease. The lessor must be: {allowed}.",
    ),
    "lease.no_head": ErrorText(
        "Không có hợp đồng Nhà nước cho chủ đầu tư thuê («{value}») có hiệu lực vào ngày {on}. Hãy "
        "đăng ký hợp đồng đó trước.",
        "No head lease (“{value}”) is in force on {on}. Register the developer's lease first.",
    ),
    "lease.beyond_head": ErrorText(
        "Thời hạn cho thuê lại đến hết ngày {last_day}, quá hợp đồng «{head}» của chủ đầu tư (hết "
        "ngày {head_last_day}).",
        "The sublease runs until {last_day}, beyond the developer's lease “{head}” (until "
        "{head_last_day}).",
    ),
    "lease.outside_head": ErrorText(
        "{area_m2} m² của thửa {names} nằm ngoài đất của hợp đồng «{head}».",
        "{area_m2} m² of parcel {names} lie outside the land of the head lease “{head}”.",
    ),
    "lease.beyond_project": ErrorText(
        "Thời hạn thuê đến hết ngày {last_day}, quá thời hạn của dự án «{project}» (hết ngày "
        "{project_last_day}).",
        "The lease runs until {last_day}, beyond its project “{project}” (until "
        "{project_last_day}).",
    ),
    "lease.no_parcels": ErrorText(
        "Hợp đồng bậc {tier} phải nêu ít nhất một thửa.",
        "A {tier} lease names at least one parcel.",
    ),
    "lease.not_in_force": ErrorText(
        "Hợp đồng «{id}» không có hiệu lực vào ngày {on}; hợp đồng có hiệu lực từ {first_day} đến "
        "hết ngày {last_day}.",
        "Lease “{id}” does not hold on {on}; it holds from {first_day} until {last_day}.",
    ),
    "lease.renewed": ErrorText(
        "Hợp đồng «{id}» đã được gia hạn đến hết ngày {last_day}; hãy đính chính lần gia hạn thay "
        "vì sửa ngày cuối.",
        "Lease “{id}” was renewed until {last_day}; correct the renewal instead of the last day.",
    ),
    "lease.terminated": ErrorText(
        "Hợp đồng «{id}» đã chấm dứt ({on}) hoặc không có ngày cuối; không gia hạn được. Hãy đăng "
        "ký hợp đồng mới.",
        "Lease “{id}” was terminated ({on}) or has no last day; it can't be renewed. Register a "
        "new one.",
    ),
    "lease.same_lessee": ErrorText(
        "«{lessee}» đang là bên thuê của hợp đồng «{id}».",
        "“{lessee}” is the lessee of “{id}” already.",
    ),
    "lease.partial_transfer": ErrorText(
        "Hợp đồng «{id}» chỉ chuyển toàn bộ ({names}). Muốn chuyển một phần: điều chỉnh hợp đồng "
        "còn các thửa giữ lại, rồi đăng ký hợp đồng mới cho phần kia.",
        "Lease “{id}” is transferred as a whole ({names}). For a part: amend it to the parcels "
        "that stay, then register a new lease of the others.",
    ),
    "lease.has_subleases": ErrorText(
        "Hợp đồng «{id}» còn các hợp đồng thuê lại vượt ra ngoài từ ngày {on}: {names}. Hãy chấm "
        "dứt hoặc điều chỉnh chúng trước.",
        "Subleases would lie beyond “{id}” from {on} on: {names}. Terminate or amend them first.",
    ),
    "lease.overlap": ErrorText(
        "Đất này đã cho thuê cùng bậc: {names}, chồng {area_m2} m² trong {days} ngày kể từ "
        "{first_day}.",
        "This land is let in the same tier already: {names} share up to {area_m2} m² for {days} "
        "days from {first_day}.",
    ),
    # --- notes: worth knowing, in nobody's way --------------------------------------------------
    "note.land_code": ErrorText(
        "Mã loại đất «{value}» của thửa «{id}» không có trong danh mục; vẫn giữ nguyên.",
        "The land code “{value}” of parcel “{id}” is not in the list; it is kept as it is.",
    ),
    "note.number_repeated": ErrorText(
        "Tờ {sheet} thửa {number} cũng là số của: {names}.",
        "Sheet {sheet} number {number} is also that of: {names}.",
    ),
    "note.registered_area": ErrorText(
        "Thửa «{id}»: diện tích trên giấy {registered_m2} m², đo được {measured_m2} m²; sai số kỹ "
        "thuật cho phép {tolerance_m2} m² ở tỷ lệ 1:{scale} ({rule}).",
        "Parcel “{id}”: {registered_m2} m² on paper, {measured_m2} m² measured; the technical "
        "tolerance is {tolerance_m2} m² at 1:{scale} ({rule}).",
    ),
    "note.registered_sum": ErrorText(
        "Tổng diện tích trên giấy trước {before_m2} m², sau {after_m2} m²; sai số kỹ thuật cho "
        "phép {tolerance_m2} m².",
        "The areas on paper add up to {before_m2} m² before and {after_m2} m² after; the "
        "technical tolerance is {tolerance_m2} m².",
    ),
    "note.contract_area": ErrorText(
        "Hợp đồng «{id}»: diện tích trên hợp đồng {contract_m2} m², đo được {measured_m2} m²; sai "
        "số kỹ thuật cho phép {tolerance_m2} m² ở tỷ lệ 1:{scale} ({rule}).",
        "Lease “{id}”: {contract_m2} m² in the contract, {measured_m2} m² measured; the technical "
        "tolerance is {tolerance_m2} m² at 1:{scale} ({rule}).",
    ),
    "note.not_industrial": ErrorText(
        "Hợp đồng «{id}»: {area_m2} m² không phải đất công nghiệp của quy hoạch chi tiết.",
        "Lease “{id}”: {area_m2} m² are not industrial land of the detailed plan.",
    ),
    "note.sublessor": ErrorText(
        "Các hợp đồng thuê lại {names} vẫn ghi bên cho thuê cũ của «{id}».",
        "The subleases {names} still name the lessor who held “{id}” before.",
    ),
    "note.contract_repeated": ErrorText(
        "Số hợp đồng «{value}» của bên cho thuê này đã dùng cho: {names}.",
        "This lessor's contract number “{value}” is also that of: {names}.",
    ),
    # --- the register itself --------------------------------------------------------------------
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
    # --- what `ccn-gis verify` finds ----------------------------------------------------------
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
    # --- what `ccn-gis check` finds -----------------------------------------------------------
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
