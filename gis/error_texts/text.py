"""A sentence in both languages."""

from dataclasses import dataclass
from typing import Literal

Language = Literal["vi", "en"]


@dataclass(frozen=True, slots=True)
class ErrorText:
    """One code's sentence in both languages."""

    vi: str
    en: str
