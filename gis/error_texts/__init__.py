"""The sentences of every error code, Vietnamese and English: what is wrong and how to mend it.

Places in braces are filled from the error's facts. The guide lists every code (a test holds it).
"""

from gis.error_texts import land, people, questions, register, shapes, writing
from gis.error_texts.people import RIGHT_TERMS
from gis.error_texts.text import ErrorText, Language

__all__ = ["RIGHT_TERMS", "TEXTS", "ErrorText", "Language"]

TEXTS: dict[str, ErrorText] = {
    **questions.TEXTS,
    **shapes.TEXTS,
    **writing.TEXTS,
    **land.TEXTS,
    **people.TEXTS,
    **register.TEXTS,
}
