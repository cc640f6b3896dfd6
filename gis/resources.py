"""Find the data that the program carries: in a checkout and in an installed wheel.

The wheel holds the checkout's folder ``data`` as ``gis/_data``; an editable install leaves it
where it is. Nothing else in the program knows the difference.
"""

from functools import cache
from pathlib import Path
from typing import Final

_PACKAGE: Final = Path(__file__).resolve().parent
_PLACES: Final = (_PACKAGE / "_data", _PACKAGE.parent / "data")


@cache
def data_dir() -> Path:
    """Return the folder of the real content and the boundaries.

    Raises:
        FileNotFoundError: if the installation is incomplete.
    """
    for place in _PLACES:
        if place.is_dir():
            return place
    raise FileNotFoundError(f"The program's data is missing; looked in {_PLACES[0].parent}.")
