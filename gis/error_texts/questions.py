"""What is wrong with a question, or names something that the register does not hold."""

from gis.error_texts.text import ErrorText

TEXTS: dict[str, ErrorText] = {
    # --- questions ---
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
    # --- things not held ---
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
}
