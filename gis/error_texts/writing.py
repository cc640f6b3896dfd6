"""What stands in the way of a change, and what should be known of one."""

from gis.error_texts.text import ErrorText

TEXTS: dict[str, ErrorText] = {
    # --- records ---
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
    # --- corrections ---
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
    # --- what is said of a change that was made ---
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
}
