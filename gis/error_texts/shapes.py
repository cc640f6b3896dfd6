"""What is wrong with a shape or its reference system."""

from gis.error_texts.text import ErrorText

TEXTS: dict[str, ErrorText] = {
    # --- geometry ---
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
    # --- reference systems ---
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
}
