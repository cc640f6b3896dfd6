"""What must be said beside a share, in both languages: one place for page, print, API and CLI."""

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class ShareNote(StrEnum):
    """Something that a reader of a share must know."""

    INCOMPLETE = "incomplete"
    NATURAL_AREA_UNKNOWN = "natural_area_unknown"
    NATURAL_AREA_LATER = "natural_area_later"
    FOUNDING_INTERVAL = "founding_interval"
    ROUNDED = "rounded"
    LOWER_BOUND = "lower_bound"
    NOT_SOURCED = "not_sourced"
    NOT_DECIDED = "not_decided"
    SYNTHETIC_EXCLUDED = "synthetic_excluded"
    SYNTHETIC_INCLUDED = "synthetic_included"
    NO_TARGET = "no_target"
    TARGET_PASSED = "target_passed"
    TERRITORY_ENDED = "territory_ended"


class MissingReason(StrEnum):
    """Why a part of a share's numerator is not known."""

    NO_FIGURE = "no_figure"
    NO_CLUSTER = "no_cluster"
    NO_DECISION = "no_decision"
    NO_BOUNDARY = "no_boundary"
    NO_CLEARANCE = "no_clearance"
    SYNTHETIC = "synthetic"


@dataclass(frozen=True, slots=True)
class NoteText:
    """A note's sentence in both languages; ``{known}`` and ``{needed}`` are filled in."""

    vi: str
    en: str


NOTE_TEXTS: Final = MappingProxyType(
    {
        ShareNote.INCOMPLETE: NoteText(
            "Chưa đủ số liệu: mới biết {known} trong {needed} phần của tử số.",
            "Incomplete: {known} of {needed} parts of the numerator are known.",
        ),
        ShareNote.NATURAL_AREA_UNKNOWN: NoteText(
            "Chưa có số liệu diện tích tự nhiên của địa bàn.",
            "The natural area of the territory is not known.",
        ),
        ShareNote.NATURAL_AREA_LATER: NoteText(
            "Diện tích tự nhiên dùng ở đây có ngày sau ngày được hỏi: chưa có số sớm hơn.",
            "The natural area used is of a later date than the one asked about: none is earlier.",
        ),
        ShareNote.FOUNDING_INTERVAL: NoteText(
            "Ngày thành lập của một số cụm chỉ biết trong khoảng: kết quả là khoảng thấp – cao.",
            "Some founding dates are known only within an interval: the answer has bounds.",
        ),
        ShareNote.ROUNDED: NoteText(
            "Có số công bố là số làm tròn (khoảng).", "A published figure is approximate."
        ),
        ShareNote.LOWER_BOUND: NoteText(
            "Có số công bố là mức tối thiểu (trên, hơn).",
            "A published figure is a lower bound (over).",
        ),
        ShareNote.NOT_SOURCED: NoteText(
            "Có số suy ra, theo trí nhớ hoặc từ nguồn thứ cấp.",
            "A figure is inferred, recollected or from a secondary source.",
        ),
        ShareNote.NOT_DECIDED: NoteText(
            "Quyết định thành lập không nói về giai đoạn này.",
            "Founding decisions say nothing about this stage.",
        ),
        ShareNote.SYNTHETIC_EXCLUDED: NoteText(
            "Không tính dữ liệu minh họa.", "Synthetic data is left out."
        ),
        ShareNote.SYNTHETIC_INCLUDED: NoteText("Có dữ liệu minh họa.", "Contains synthetic data."),
        ShareNote.NO_TARGET: NoteText("Địa bàn không có chỉ tiêu.", "The territory has no target."),
        ShareNote.TARGET_PASSED: NoteText(
            "Thời hạn của chỉ tiêu đã qua.", "The target's date is past."
        ),
        ShareNote.TERRITORY_ENDED: NoteText(
            "Địa bàn này không còn là đơn vị hành chính vào ngày được hỏi; chỉ tiêu vẫn gắn với "
            "địa bàn này.",
            "On the date asked about the territory no longer was an administrative unit; the "
            "target still belongs to it.",
        ),
    }
)
