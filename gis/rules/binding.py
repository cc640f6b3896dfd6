"""Rules that bind: a finding that breaks the law refuses a change, unless an exception is named."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from gis.errors import RuleBroken
from gis.rules.book import Rule, RuleNature
from gis.rules.checks import Outcome, RuleFinding


def breaches(findings: Iterable[RuleFinding]) -> tuple[RuleFinding, ...]:
    """Return the findings that break the law.

    What is not known breaks nothing, nor does a setting of this program or a technical check.
    Alternatives are broken when every one of them is.
    """
    groups: dict[str, list[RuleFinding]] = defaultdict(list)
    for place, finding in enumerate(findings):
        groups[finding.either or f"#{place}"].append(finding)
    return tuple(finding for group in groups.values() for finding in _broken_law(group))


def require_lawful(findings: Iterable[RuleFinding], exception: str | None = None) -> str | None:
    """Refuse what breaks the law, unless the words of an exception are given.

    Returns the exception as it is to be noted, with the rules that it sets aside; None where no
    rule is broken.

    Raises:
        RuleBroken: ``rule.broken``; its facts name rule, version, citation, value and limit, and
            ``broken`` lists all rules that are.
    """
    found = breaches(findings)
    if not found:
        return None
    if exception is not None and exception.strip():
        rules = ", ".join(f"{one.rule_id} {_version(one.rule)}" for one in found)
        return f"Ngoại lệ ({rules}): {exception.strip()}"
    facts = [_facts(finding) for finding in found]
    raise RuleBroken("rule.broken", **facts[0], broken=facts)


def _broken_law(group: list[RuleFinding]) -> Iterator[RuleFinding]:
    is_binding = all(f.rule is not None and f.rule.nature is RuleNature.LAW for f in group)
    if is_binding and all(finding.outcome is Outcome.BROKEN for finding in group):
        yield from group


def _version(rule: Rule | None) -> str:
    return "?" if rule is None else rule.version


def _facts(finding: RuleFinding) -> dict[str, Any]:
    rule = finding.rule
    if rule is None:
        return {"rule": finding.rule_id}
    limit = "—" if rule.value is None else f"{rule.comparison} {rule.value:g} {rule.unit}"
    return {
        "rule": rule.id,
        "version": rule.version,
        "citation": rule.citation,
        "value": finding.value,
        "limit": limit,
        "text_vi": rule.text_vi,
        "text_en": rule.text_en,
    }
