"""The version of the program, as installed."""

from functools import cache
from importlib.metadata import version


@cache
def program_version() -> str:
    """Return the version of the distribution ``ccn-gis``."""
    return version("ccn-gis")
