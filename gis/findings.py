"""What a check of the register finds: a code and facts, said in both languages."""

from dataclasses import dataclass
from typing import Any, Final

from gis.error_texts import TEXTS, Language

_NO_NUMBER: Final[dict[Language, str]] = {"vi": "chưa có số liệu", "en": "no data"}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a check found: a code of `gis.error_texts` and the facts of its sentence."""

    code: str
    facts: dict[str, Any]

    def sentence(self, language: Language = "vi") -> str:
        """Say it in words; areas are rounded to 0.01 m²."""
        text = TEXTS[self.code]
        words = {name: _spoken(fact, language) for name, fact in self.facts.items()}
        return (text.vi if language == "vi" else text.en).format(**words)


def _spoken(fact: Any, language: Language) -> Any:
    if fact is None:
        return _NO_NUMBER[language]
    return round(fact, 2) if isinstance(fact, float) else fact
