"""Legal rules as versioned data, and checks of values against the version in force on a date.

A rule has a version for each time and scope; a check takes values, never the register, and its
finding names the version used and how far that version can be trusted. Where no version was in
force, the finding says so and decides nothing.
"""

from gis.rules.binding import breaches, require_lawful
from gis.rules.book import GENERAL, Rule, RuleNature, rule, rules, rules_in_force
from gis.rules.checks import (
    ExpansionFacts,
    Facts,
    FoundingFacts,
    LeaseFacts,
    Outcome,
    RuleFinding,
    SizeFacts,
    are_met,
    check,
    check_adjustment,
    check_developer,
    check_expansion,
    check_founding,
    check_lease,
    check_residence,
    check_size,
    check_structure,
)

__all__ = [
    "GENERAL",
    "ExpansionFacts",
    "Facts",
    "FoundingFacts",
    "LeaseFacts",
    "Outcome",
    "Rule",
    "RuleFinding",
    "RuleNature",
    "SizeFacts",
    "are_met",
    "breaches",
    "check",
    "check_adjustment",
    "check_developer",
    "check_expansion",
    "check_founding",
    "check_lease",
    "check_residence",
    "check_size",
    "check_structure",
    "require_lawful",
    "rule",
    "rules",
    "rules_in_force",
]
