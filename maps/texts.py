"""Every word of the pages in Vietnamese and English; templates and scripts hold none."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from gis.error_texts import Language

_TEXTS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "product": ("CCN GIS", "CCN GIS"),
        "tagline": (
            "Đất cụm công nghiệp và khu công nghiệp",
            "Land of industrial clusters and zones",
        ),
        "skip": ("Chuyển đến danh sách", "Skip to the list"),
        "language_other": ("English", "Tiếng Việt"),
        "on": ("Ngày", "Date"),
        "on_apply": ("Xem", "Show"),
        "print": ("In", "Print"),
        "embed": ("Nhúng", "Embed"),
        "embed_title": ("Nhúng bản đồ này vào cổng khác", "Embed this map in another portal"),
        "embed_help": (
            "Chép đoạn mã dưới đây vào trang của bạn. Bản đồ không dùng cookie và không lưu gì.",
            "Copy this into your page. The map uses no cookies and stores nothing.",
        ),
        "embed_copy": ("Chép mã", "Copy"),
        "embed_copied": ("Đã chép", "Copied"),
        "embed_select": ("Đã chọn, hãy nhấn Ctrl+C", "Selected: press Ctrl+C"),
        "close": ("Đóng", "Close"),
        "gauge_title": (
            "Tỷ lệ trên diện tích tự nhiên",
            "Share of the natural land",
        ),
        "stage": ("Giai đoạn", "Stage"),
        "stage_planned": ("quy hoạch", "planned"),
        "stage_established": ("thành lập", "established"),
        "stage_cleared": ("đã bàn giao mặt bằng", "cleared"),
        "stage_leased": ("đã cho thuê", "leased"),
        "basis": ("Cơ sở", "Basis"),
        "basis_published": ("số công bố", "published"),
        "basis_approved": ("quyết định", "decisions"),
        "basis_measured": ("đo từ hình", "measured"),
        "target": ("Chỉ tiêu", "Target"),
        "target_due": ("đến {due}", "by {due}"),
        "target_passed": ("thời hạn đã qua", "the date is past"),
        "gap": ("Còn thiếu", "Still missing"),
        "gap_met": ("Vượt chỉ tiêu", "Beyond the target"),
        "numerator": ("Đất khu và cụm", "Land of zones and clusters"),
        "natural_area": ("Diện tích tự nhiên", "Natural area"),
        "incomplete": ("Chưa đủ số liệu", "Incomplete"),
        "incomplete_of": (
            "mới biết {known} trong {needed} phần của tử số",
            "{known} of {needed} parts of the numerator are known",
        ),
        "bounds": ("trong khoảng {low} – {high}", "between {low} and {high}"),
        "kind_ccn": ("cụm công nghiệp", "industrial clusters"),
        "kind_kcn": ("khu công nghiệp", "industrial zones"),
        "count_ccn": ("{n} cụm", "{n} clusters"),
        "count_kcn": ("{n} khu", "{n} zones"),
        "as_of": ("tại {date}", "as of {date}"),
        "further": ("Nếu tính thêm", "With further land"),
        "sources": ("Nguồn", "Sources"),
        "source": ("Nguồn", "Source"),
        "no_data": ("chưa có số liệu", "no data"),
        "undetermined": ("không xác định", "undetermined"),
        "list_title": ("Cụm và khu công nghiệp", "Clusters and zones"),
        "search": ("Tìm theo tên", "Find by name"),
        "filter_all": ("Tất cả", "All"),
        "filter_ccn": ("Cụm", "Clusters"),
        "filter_kcn": ("Khu", "Zones"),
        "col_name": ("Tên", "Name"),
        "col_area": ("Diện tích", "Area"),
        "col_fill": ("Lấp đầy", "Fill"),
        "list_count": ("{shown} trên {all}", "{shown} of {all}"),
        "list_none": ("Không có tên nào khớp.", "No name matches."),
        "no_shape": ("chưa có ranh", "no boundary yet"),
        "legend": ("Chú giải", "Legend"),
        "legend_fill": ("Tỷ lệ lấp đầy (NĐ 32/2024)", "Legal fill rate (Decree 32/2024)"),
        "legend_plots": ("Lô đất công nghiệp", "Industrial plots"),
        "legend_plan": ("Quy hoạch chi tiết 1/500", "Detailed plan 1/500"),
        "legend_lines": ("Ranh giới", "Boundaries"),
        "layers": ("Lớp", "Layers"),
        "synthetic": ("Dữ liệu minh họa", "Synthetic data"),
        "synthetic_long": (
            (
                "Dữ liệu minh họa: ranh giới, lô đất và hợp đồng được tạo ra làm ví dụ; "
                "số công bố là số thật, có nguồn."
            ),
            (
                "Synthetic data: boundaries, plots and leases are made up as an example; "
                "published figures are real and have sources."
            ),
        ),
        "example_on": ("Sổ minh họa tại ngày {date}", "Example register as of {date}"),
        "approved_area": ("Diện tích công bố", "Published area"),
        "measured_area": ("Diện tích đo từ ranh", "Area measured from the boundary"),
        "industrial_area": ("Đất công nghiệp", "Industrial land"),
        "leased_area": ("Đã cho thuê", "Leased"),
        "legal_fill": ("Tỷ lệ lấp đầy (NĐ 32/2024)", "Legal fill rate (Decree 32/2024)"),
        "leased_over_area": ("Đã cho thuê / diện tích cụm", "Leased ÷ cluster area"),
        "attainment": (
            "Mức đạt so với chỉ tiêu Nghị quyết",
            "Attainment of the resolution's target",
        ),
        "projects": ("Dự án thứ cấp", "Secondary projects"),
        "founded": ("Thành lập", "Founded"),
        "founded_between": ("từ {low} đến {high}", "between {low} and {high}"),
        "place": ("Địa điểm", "Place"),
        "place_now": ("nay: {place}", "now: {place}"),
        "infrastructure": ("Hạ tầng cơ bản đồng bộ", "Infrastructure basically complete"),
        "yes": ("có", "yes"),
        "no": ("chưa", "not yet"),
        "details": ("Trang của cụm", "Its page"),
        "plot": ("Lô", "Plot"),
        "plot_until": ("hợp đồng đến năm {year}", "leased until {year}"),
        "sheet_number": ("Tờ {sheet}, thửa {number}", "Sheet {sheet}, parcel {number}"),
        "area": ("Diện tích", "Area"),
        "registered_area": ("Diện tích đăng ký", "Registered area"),
        "state": ("Tình trạng", "State"),
        "loading": ("Đang tải…", "Loading…"),
        "failed": ("Không tải được: {reason}", "Could not load: {reason}"),
        "retry": ("Thử lại", "Try again"),
        "zoom_for_plots": (
            "Phóng to hoặc chọn một cụm để xem lô đất",
            "Zoom in or choose a cluster to see its plots",
        ),
        "map_label": ("Bản đồ cụm và khu công nghiệp", "Map of clusters and zones"),
        "back": ("Bản đồ toàn tỉnh", "Map of the province"),
        "facts": ("Thông tin", "Facts"),
        "balance_planned": ("Cơ cấu theo quy hoạch chi tiết", "Balance of the detailed plan"),
        "balance_actual": ("Đất công nghiệp theo tình trạng", "Industrial land by state"),
        "balance_none": (
            "Không xác định: chưa có quy hoạch chi tiết được duyệt.",
            "Undetermined: no approved detailed plan.",
        ),
        "minimum": ("Tối thiểu", "Minimum"),
        "meets": ("đạt", "met"),
        "fails": ("chưa đạt", "not met"),
        "unclassified": ("Chưa phân loại", "Unclassified"),
        "boundary": ("Toàn cụm", "Whole cluster"),
        "share": ("Tỷ lệ", "Share"),
        "three_numbers": (
            "Ba số khác nhau, không thay nhau",
            "Three different numbers, none stands for another",
        ),
        "figures": ("Số liệu công bố", "Published figures"),
        "figure": ("Chỉ số", "Figure"),
        "value": ("Giá trị", "Value"),
        "developer": ("Chủ đầu tư hạ tầng", "Infrastructure developer"),
        "plan_approved": ("Quy hoạch chi tiết duyệt ngày", "Detailed plan approved on"),
        "wastewater": ("Trạm xử lý nước thải", "Wastewater plant"),
        "serving": ("Đất phục vụ ngoài ranh giới", "Serving land outside the boundary"),
        "empty_title": ("Sổ đăng ký chưa có cụm nào", "The register holds no cluster yet"),
        "empty_text": (
            "Hãy tạo sổ minh họa để làm quen, hoặc nạp ranh giới của tỉnh mình:",
            "Make the example register to look around, or load your province's boundaries:",
        ),
        "scale_note": ("Nền bản đồ: không dùng nền ngoài", "No outside basemap is used"),
        "printed": ("In ngày {date}", "Printed {date}"),
        "unverified": ("chưa kiểm chứng", "unverified"),
    }
)


def texts(language: Language) -> dict[str, str]:
    """Return every text in one language, by its key."""
    place = 0 if language == "vi" else 1
    return {key: pair[place] for key, pair in _TEXTS.items()}
