"""The rule versions: read from ``data/content/rules.csv``, found by id, date and scope."""

import csv
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Final

from gis.errors import InvalidValue
from gis.model import Confidence, Period
from gis.resources import data_dir

#: The scope of a version that holds everywhere.
GENERAL: Final = "general"

#: Values that differ by less than this part are the same: areas come out of geometry.
_REL_TOL: Final = 1e-9


class RuleNature(StrEnum):
    """Law, a setting of this program, or a technical check: only the first binds anybody."""

    LAW = "law"
    SETTING = "setting"
    TECHNICAL = "technical"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One version of a rule for one scope.

    ``value`` is in ``unit`` and None for a rule in words; the checked value must be
    ``comparison`` ``value``. ``valid`` is half-open.
    """

    id: str
    version: str
    valid: Period
    value: float | None
    unit: str | None
    comparison: str | None
    scope: str
    applies_to: str
    nature: RuleNature
    citation: str
    source_id: str
    confidence: Confidence
    text_vi: str
    text_en: str

    @property
    def is_verified(self) -> bool:
        """Say whether the version was read in its source; a setting is our own."""
        read = (Confidence.SOURCED, Confidence.TESTED)
        return self.confidence in read or self.nature is RuleNature.SETTING

    def allows(self, value: float) -> bool:
        """Say whether a value keeps to the rule. Rounding is no breach.

        >>> rule("cluster.size.max", date(2025, 1, 1)).allows(75.0)
        True

        Raises:
            ValueError: for a rule in words.
        """
        if self.value is None or self.comparison is None:
            raise ValueError(f"{self.id} {self.version} compares nothing")
        is_equal = math.isclose(value, self.value, rel_tol=_REL_TOL)
        match self.comparison:
            case ">=":
                return is_equal or value > self.value
            case "<=":
                return is_equal or value < self.value
            case ">":
                return not is_equal and value > self.value
            case "<":
                return not is_equal and value < self.value
            case _:
                raise ValueError(f"{self.id} {self.version} compares by {self.comparison}")


def rules_in_force(on: date) -> tuple[Rule, ...]:
    """Return every rule version in force on a date, in the table's order."""
    return tuple(version for version in rules() if version.valid.contains(on))


def rule(rule_id: str, on: date, scope: str | None = None) -> Rule | None:
    """Return the version of a rule in force on a date, None if there is none.

    ``scope`` falls back to the general one, as Decree 303/2026 drops the mountain districts'
    own size. Without ``scope``: the general version or the only one.

    Raises:
        InvalidValue: ``value.choice`` for an id that no version has, or where several scopes
            are in force and none is asked for.
    """
    versions = _by_id().get(rule_id)
    if versions is None:
        choices = ", ".join(sorted(_by_id()))
        raise InvalidValue("value.choice", value=rule_id[:80], name="rule", choices=choices)
    scopes = {version.scope: version for version in versions if version.valid.contains(on)}
    chosen = scopes.get(scope or GENERAL) or scopes.get(GENERAL)
    if chosen is not None or not scopes or scope is not None:
        return chosen
    if len(scopes) > 1:
        raise InvalidValue("value.choice", value="", name="scope", choices=", ".join(scopes))
    return next(iter(scopes.values()))


@cache
def rules() -> tuple[Rule, ...]:
    """Return all versions of all rules, in the table's order."""
    path = data_dir() / "content" / "rules.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(_rule_of(row) for row in csv.DictReader(file, strict=True))


@cache
def _by_id() -> Mapping[str, list[Rule]]:
    found: dict[str, list[Rule]] = {}
    for version in rules():
        found.setdefault(version.id, []).append(version)
    return found


def _rule_of(row: Mapping[str, str]) -> Rule:
    start, end = row["effective_from"], row["effective_to"]
    return Rule(
        id=row["id"],
        version=row["version"],
        valid=Period(
            date.fromisoformat(start) if start else None, date.fromisoformat(end) if end else None
        ),
        value=float(row["value"]) if row["value"] else None,
        unit=row["unit"] or None,
        comparison=row["comparison"] or None,
        scope=row["scope"],
        applies_to=row["applies_to"],
        nature=RuleNature(row["nature"]),
        citation=row["citation"],
        source_id=row["source"],
        confidence=Confidence(row["confidence"]),
        text_vi=row["text_vi"],
        text_en=row["text_en"],
    )
