"""Terms as people write them, and the rules about how long they are."""

from datetime import date, timedelta

from gis.errors import RuleBroken
from gis.model import Lease, Period, TermScope
from gis.rules import LeaseFacts, Outcome, RuleFinding, check_lease


def term_of(starts_on: date, last_day: date) -> Period:
    """Return a term that includes both days.

    >>> term_of(date(2024, 5, 15), date(2074, 5, 14)).end
    datetime.date(2074, 5, 15)

    Raises:
        RuleBroken: ``lease.term_order`` where the last day is before the first;
            ``lease.term_range`` for 31/12/9999, which has no day after it.
    """
    if last_day < starts_on:
        facts = {"first_day": starts_on.isoformat(), "last_day": last_day.isoformat()}
        raise RuleBroken("lease.term_order", **facts)
    if last_day == date.max:
        raise RuleBroken("lease.term_range", last_day=last_day.isoformat())
    return Period(starts_on, last_day + timedelta(days=1))


def check_term(lease: Lease, head_term: Period | None) -> tuple[RuleFinding, ...]:
    """Hold a term against the rules in force when it begins.

    Raises:
        RuleBroken: ``lease.term_too_long`` with the limit and its rule.
    """
    scope = lease.term_scope or TermScope.GENERAL
    on = lease.term.start or date.min
    facts = LeaseFacts(term=lease.term, scope=scope.value, head_term=head_term)
    findings = tuple(one for one in check_lease(facts, on) if one.rule_id != "lease.idle.months")
    longest = findings[0]
    if longest.outcome is Outcome.BROKEN and longest.rule is not None:
        raise RuleBroken(
            "lease.term_too_long",
            first_day=on.isoformat(),
            last_day=last_day_of(lease.term),
            years=longest.value,
            limit=longest.rule.value,
            rule=f"{longest.rule.id} {longest.rule.version}",
        )
    return findings


def last_day_of(period: Period) -> str:
    """Return the last day of a period as ISO text, "…" where it has none."""
    return "…" if period.last_day is None else period.last_day.isoformat()
