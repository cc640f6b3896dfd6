"""Mend what the register holds: correct a record, void it, or revert a whole change.

Nothing is deleted: what was known before is still known to have been known. Every correction gives
its reason.
"""

from gis.corrections.correct import Correct, FieldChange, correct_record
from gis.corrections.records import FoundRecord, find_record
from gis.corrections.revert import Revert, revert_change
from gis.corrections.void import Void, void_record

__all__ = [
    "Correct",
    "FieldChange",
    "FoundRecord",
    "Revert",
    "Void",
    "correct_record",
    "find_record",
    "revert_change",
    "void_record",
]
