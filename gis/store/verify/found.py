"""The findings of a verification: those of each code up to a number, the others counted."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Final

from gis.findings import Finding

#: A person reads no more; a program sees that there are more.
_TOLD: Final = 100


@dataclass(slots=True)
class Found:
    """Collects findings; a register that was changed everywhere does not fill the memory."""

    kept: list[Finding] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, code: str, **facts: Any) -> None:
        """Keep a finding, or count it where there are many of its code."""
        self.counts[code] += 1
        if self.counts[code] <= _TOLD:
            self.kept.append(Finding(code, facts))

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Return the findings in the order in which they were made."""
        return tuple(self.kept)

    @property
    def omitted(self) -> int:
        """Return how many findings were counted only."""
        return self.counts.total() - len(self.kept)
