"""The language in which the commands speak."""

import os

from gis.error_texts import Language


def language() -> Language:
    """Return the language of messages: CCN_GIS_LANG, else Vietnamese."""
    return "en" if os.environ.get("CCN_GIS_LANG", "vi").lower().startswith("en") else "vi"
