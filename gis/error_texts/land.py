"""What stands in the way of clusters, plans, parcels, projects and leases."""

from gis.error_texts.text import ErrorText

TEXTS: dict[str, ErrorText] = {
    # --- clusters and their plans ---
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
    # --- parcels ---
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
    # --- projects ---
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
    # --- leases ---
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
    # --- notes: worth knowing, in nobody's way ---
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
}
