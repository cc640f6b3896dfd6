"""The body of the list of rules."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from pydantic import Field

from api.schemas.base import Body, Source
from gis.model import Confidence
from gis.model import Source as ModelSource
from gis.rules import Rule, RuleNature


class RuleOut(Body):
    """One version of one rule; the checked value must be ``comparison`` ``value``."""

    id: str
    version: str
    value: Annotated[float | None, Field(description="Null for a rule in words.")]
    unit: str | None
    comparison: str | None
    scope: str
    applies_to: str
    nature: Annotated[RuleNature, Field(description="Only law binds anybody.")]
    effective_from: date | None
    effective_to: Annotated[date | None, Field(description="First day on which it holds no more.")]
    citation: str
    confidence: Confidence
    verified: Annotated[bool, Field(description="The version was read in its source.")]
    source: Source | None
    text_vi: str
    text_en: str

    @classmethod
    def of(cls, rule: Rule, source: ModelSource | None) -> "RuleOut":
        """Take a rule's version over."""
        return cls(
            id=rule.id,
            version=rule.version,
            value=rule.value,
            unit=rule.unit,
            comparison=rule.comparison,
            scope=rule.scope,
            applies_to=rule.applies_to,
            nature=rule.nature,
            effective_from=rule.valid.start,
            effective_to=rule.valid.end,
            citation=rule.citation,
            confidence=rule.confidence,
            verified=rule.is_verified,
            source=None if source is None else Source.of(source),
            text_vi=rule.text_vi,
            text_en=rule.text_en,
        )


class RuleList(Body):
    """The versions of all rules in force on a date."""

    on: date
    rules: list[RuleOut]

    @classmethod
    def of(cls, rules: Iterable[Rule], sources: Iterable[ModelSource], *, on: date) -> "RuleList":
        """Take rules over, each with its publication."""
        by_id = {source.id: source for source in sources}
        return cls(on=on, rules=[RuleOut.of(rule, by_id.get(rule.source_id)) for rule in rules])
