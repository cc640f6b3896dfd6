"""Legal rules: versions found by date and scope, and checks that name the version they used."""

import math
from dataclasses import replace
from datetime import date, timedelta

import pytest

from gis.errors import InvalidValue
from gis.indicators.fill import FILL_RULE
from gis.indicators.planned import planned_balance
from gis.indicators.tenure import EXPIRING_MONTHS
from gis.model import Confidence, LandBalance, LandUse, Period
from gis.rules import (
    ExpansionFacts,
    Facts,
    FoundingFacts,
    LeaseFacts,
    Outcome,
    Rule,
    RuleFinding,
    RuleNature,
    SizeFacts,
    are_met,
    check,
    check_expansion,
    check_founding,
    check_lease,
    check_size,
    check_structure,
    rule,
    rules,
    rules_in_force,
)
from tests.gis.indicators.plots import SINCE, box

BEFORE, OLD, NEW = date(2024, 4, 30), date(2024, 12, 31), date(2026, 9, 15)
DAY = timedelta(days=1)


def outcomes(findings: tuple[RuleFinding, ...]) -> dict[str, Outcome]:
    """Return the outcome of each rule."""
    return {finding.rule_id: finding.outcome for finding in findings}


def structure(**areas_m2: float) -> LandBalance:
    """Return the planned balance of 100 ha with the areas of some classes, the rest 0."""
    fields = dict.fromkeys(LandBalance.__dataclass_fields__, 0.0)
    known = {"boundary_m2": 1_000_000.0, "cluster_id": "c", "valid": SINCE, "plan_id": "plan"}
    return LandBalance(**(fields | known | {"is_synthetic": False} | areas_m2))  # type: ignore[arg-type]


# --- versions ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "version", "smallest_ha"),
    [
        (date(2024, 5, 1), "32/2024", 10.0),
        (NEW - DAY, "32/2024", 10.0),
        (NEW, "303/2026", 5.0),
        (date(2099, 1, 1), "303/2026", 5.0),
    ],
)
def test_a_version_holds_from_its_first_to_its_last_day(
    on: date, version: str, smallest_ha: float
) -> None:
    """Decree 32/2024 until 14 September 2026, Decree 303/2026 from the day after."""
    found = rule("cluster.size.min", on)
    assert found is not None
    assert (found.version, found.value, found.unit) == (version, smallest_ha, "ha")


def test_before_any_version_there_is_no_rule() -> None:
    """On 30 April 2024 neither decree is in force."""
    assert rule("cluster.size.min", BEFORE) is None


def test_a_scope_of_its_own_goes_before_the_general_one() -> None:
    """Mountain districts: 5 ha under Decree 32, and what is general under Decree 303."""
    old, new = (rule("cluster.size.min", on, "mountain") for on in (OLD, NEW))
    assert old is not None
    assert new is not None
    assert (old.scope, old.value) == ("mountain", 5.0)
    assert (new.scope, new.value) == ("general", 5.0)


def test_the_only_version_is_found_without_naming_its_scope() -> None:
    """Founding beside others: per district before, per commune since."""
    old, new = (rule("cluster.found.unleased_max", on) for on in (OLD, NEW))
    assert old is not None
    assert new is not None
    assert (old.scope, old.value) == ("district", 100.0)
    assert (new.scope, new.value) == ("commune", 50.0)


def test_several_scopes_ask_for_one() -> None:
    """The vertex error depends on the map's scale: no scale, no rule."""
    with pytest.raises(InvalidValue) as caught:
        rule("cadastre.vertex_error.max", NEW)
    assert caught.value.facts["name"] == "scope"
    found = rule("cadastre.vertex_error.max", NEW, "scale_1_1000")
    assert found is not None
    assert (found.value, found.unit) == (15.0, "cm")


def test_an_unknown_rule_is_refused_with_the_choices() -> None:
    """A slip in an id is an error and not "no rule"."""
    with pytest.raises(InvalidValue) as caught:
        rule("cluster.size.minimum", OLD)
    assert caught.value.code == "value.choice"
    assert "cluster.size.min," in caught.value.facts["choices"]


def test_rules_in_force_are_one_version_of_each_scope() -> None:
    """On any date a rule has at most one version in a scope."""
    for on in (BEFORE, OLD, NEW - DAY, NEW):
        keys = [(version.id, version.scope) for version in rules_in_force(on)]
        assert len(keys) == len(set(keys))
        assert all(version.valid.contains(on) for version in rules_in_force(on))
    versions = {version.version for version in rules_in_force(OLD)}
    assert "32/2024" in versions
    assert "303/2026" not in versions


def test_what_is_not_verified_says_so() -> None:
    """The land-use minimums are from memory, Decree 303 from a summary, Decree 32 was read."""
    verified = {
        (version.id, version.version): version.is_verified
        for version in rules()
        if version.scope == "general"
    }
    assert verified["cluster.size.min", "32/2024"]
    assert not verified["cluster.size.min", "303/2026"]
    assert not verified["land_use.green.min", "QCVN 01:2021"]


def test_every_number_can_be_compared() -> None:
    """A rule that compares allows or refuses any number; one in words compares nothing."""
    for version in rules():
        if version.value is not None and version.comparison is not None:
            assert version.allows(version.value) == (version.comparison in (">=", "<="))
            assert version.allows(version.value + 1) == version.comparison.startswith(">")
            assert version.allows(version.value - 1) == version.comparison.startswith("<")
    words = rule("cluster.found.in_plan", OLD)
    assert words is not None
    with pytest.raises(ValueError, match="compares nothing"):
        words.allows(1.0)


def test_a_comparison_that_nobody_wrote_is_refused() -> None:
    """A new sign in the table fails and does not pass every value."""
    found = rule("cluster.size.min", OLD)
    assert found is not None
    assert found.comparison == ">="
    assert not replace(found, comparison="<").allows(10.0)
    with pytest.raises(ValueError, match="compares by"):
        replace(found, comparison="~").allows(11.0)


def test_the_settings_of_the_table_are_those_of_the_program() -> None:
    """The horizon of "expiring" and the id of the fill rate's rule are in the table."""
    expiring = rule("lease.expiring.months", OLD, "horizon_12")
    assert expiring is not None
    assert expiring.value == EXPIRING_MONTHS
    assert expiring.nature is RuleNature.SETTING
    assert expiring.is_verified
    fill = rule(FILL_RULE, OLD)
    assert fill is not None
    assert (fill.version, fill.confidence) == ("32/2024", Confidence.SOURCED)


# --- checks --------------------------------------------------------------------------------------


def test_phu_thanh_ii_is_above_the_cap() -> None:
    """138.03 ha as published: not below 10 ha, and above 75 ha."""
    smallest, largest = check_size(138.03, OLD)
    assert smallest.outcome is Outcome.MET
    assert largest.outcome is Outcome.BROKEN
    assert isinstance(largest.rule, Rule)
    assert largest.rule.citation == "Nghị định 32/2024/NĐ-CP, Điều 2 khoản 1"


def test_the_size_of_a_mountain_cluster() -> None:
    """7 ha: too small in general, enough in a mountain district, enough everywhere since 2026."""
    assert check_size(7.0, OLD)[0].outcome is Outcome.BROKEN
    assert check(SizeFacts(area_ha=7.0, scope="mountain"), OLD)[0].outcome is Outcome.MET
    assert check_size(7.0, NEW)[0].outcome is Outcome.MET


def test_rounding_is_no_breach() -> None:
    """75 ha out of geometry is 75 ha."""
    assert check_size(75.00000000001, OLD)[1].outcome is Outcome.MET
    assert check_size(75.0001, OLD)[1].outcome is Outcome.BROKEN


def test_an_unknown_area_and_a_date_without_rule_decide_nothing() -> None:
    """Unknown is not met and not broken; before any version the check says so."""
    assert [found.outcome for found in check_size(None, OLD)] == [Outcome.UNKNOWN] * 2
    early = check_size(1.0, BEFORE)
    assert [found.outcome for found in early] == [Outcome.NO_RULE] * 2
    assert [found.rule for found in early] == [None, None]
    assert are_met(early) is None


def test_minh_quan_keeps_to_the_land_use_minimums() -> None:
    """The real balance: green and water together 17.01 %, services far below 10 %."""
    border = box(0, 0, 1000, 1000)
    areas = {LandUse.GREEN: 0.1701, LandUse.TRAFFIC: 0.1026, LandUse.TECHNICAL: 0.0324}
    planned = planned_balance(
        border,
        [
            (use, box(0, 1000 * place / 4, 1000 * part * 4, 250))
            for place, (use, part) in enumerate(areas.items())
        ],
    )
    values = {f"{use}_m2": planned.areas_m2[use] for use in areas} | {"services_m2": 11_700.0}
    found = check_structure(structure(**values), OLD)
    assert set(outcomes(found).values()) == {Outcome.MET}
    assert [round(float(finding.value or 0), 2) for finding in found] == [17.01, 10.26, 3.24, 1.17]
    unverified = {
        finding.rule_id for finding in found if finding.rule and not finding.rule.is_verified
    }
    assert unverified == {"land_use.green.min", "land_use.traffic.min", "land_use.technical.min"}


def test_a_structure_below_its_minimums_is_broken() -> None:
    """9.9 % green, 10 % traffic, no technical works, 10.1 % services."""
    found = check(structure(green_m2=99_000, traffic_m2=100_000, services_m2=101_000), OLD)
    assert outcomes(found) == {
        "land_use.green.min": Outcome.BROKEN,
        "land_use.traffic.min": Outcome.MET,
        "land_use.technical.min": Outcome.BROKEN,
        "cluster.services.max_share": Outcome.BROKEN,
    }


def test_a_structure_without_a_plan_is_unknown() -> None:
    """No approved plan, no shares: unknown, and never 0 %."""
    unknown = replace(
        structure(), green_m2=None, traffic_m2=None, technical_m2=None, services_m2=None
    )
    found = check_structure(unknown, OLD)
    assert {finding.outcome for finding in found} == {Outcome.UNKNOWN}
    assert {finding.value for finding in found} == {None}


READY = FoundingFacts(
    area_ha=30.0, is_in_plan=True, has_developer=True, developer_score=50.0, others_exist=False
)


def test_founding_the_first_cluster_of_a_district() -> None:
    """Size, list, developer and score; nothing is asked about others where there are none."""
    found = check_founding(READY, OLD)
    assert are_met(found) is True
    assert not any("mean_fill" in finding.rule_id for finding in found)


@pytest.mark.parametrize(
    ("fill", "unleased", "on", "met"),
    [
        (50.1, 400.0, OLD, True),
        (50.0, 400.0, OLD, False),
        (20.0, 100.0, OLD, True),
        (20.0, 100.0, NEW, False),
        (20.0, 50.0, NEW, True),
        (None, 100.0, OLD, True),
        (None, 101.0, OLD, None),
        (None, None, OLD, None),
    ],
)
def test_founding_beside_others(
    fill: float | None,
    unleased: float | None,
    on: date,
    met: bool | None,  # noqa: FBT001
) -> None:
    """Above 50 % filled, or at most 100 ha unleased (50 ha since 2026): one suffices."""
    facts = replace(READY, others_exist=True, mean_fill_percent=fill, unleased_ha=unleased)
    assert are_met(check_founding(facts, on)) is met


def test_founding_fails_on_what_is_surely_broken() -> None:
    """A score of 49 is refused, whatever is unknown beside it."""
    facts = FoundingFacts(developer_score=49.0)
    assert are_met(check(facts, OLD)) is False
    nothing_known = check(FoundingFacts(), OLD)
    assert are_met(nothing_known) is None
    assert outcomes(nothing_known)["cluster.found.mean_fill_min"] is Outcome.UNKNOWN


@pytest.mark.parametrize(
    ("fill", "demand", "on", "met"),
    [
        (60.0, None, OLD, True),
        (55.0, 12.0, OLD, True),
        (55.0, 10.0, OLD, False),
        (55.0, 10.0, NEW, True),
        (55.0, None, OLD, None),
    ],
)
def test_expanding_a_cluster(
    fill: float,
    demand: float | None,
    on: date,
    met: bool | None,  # noqa: FBT001
) -> None:
    """60 % filled (50 % since 2026), or more demand than what remains."""
    facts = ExpansionFacts(
        total_ha=75.0,
        fill_percent=fill,
        demand_ha=demand,
        remaining_ha=10.0,
        is_infrastructure_done=True,
    )
    assert are_met(check_expansion(facts, on)) is met
    assert are_met(check(replace(facts, total_ha=75.1), on)) is False
    assert are_met(check(replace(facts, is_infrastructure_done=False), on)) is False


FIFTY = Period(date(2024, 9, 1), date(2074, 9, 1))


@pytest.mark.parametrize(
    ("end", "scope", "outcome"),
    [
        (date(2074, 9, 1), "general", Outcome.MET),
        (date(2074, 9, 2), "general", Outcome.BROKEN),
        (date(2074, 9, 2), "special", Outcome.MET),
        (date(2094, 9, 2), "special", Outcome.BROKEN),
        (None, "general", Outcome.BROKEN),
    ],
)
def test_a_term_of_fifty_or_seventy_years(end: date | None, scope: str, outcome: Outcome) -> None:
    """To the day; a term without an end is longer than any."""
    facts = LeaseFacts(term=Period(FIFTY.start, end), scope=scope)
    assert check_lease(facts, OLD)[0].outcome is outcome


@pytest.mark.parametrize(
    ("term", "years"),
    [
        (Period(date(2024, 2, 29), date(2025, 2, 28)), 1.0),
        (Period(date(2024, 1, 1), date(2024, 7, 1)), 182 / 366),
        (Period(date(2023, 7, 1), date(2024, 6, 30)), 365 / 366),
        (Period(date(2024, 1, 1)), math.inf),
        (Period(None, date(2024, 1, 1)), None),
    ],
)
def test_the_length_of_a_term_is_in_calendar_years(term: Period, years: float | None) -> None:
    """Whole years, then days of the year that follows; unknown without a start."""
    assert check_lease(LeaseFacts(term=term), OLD)[0].value == years


@pytest.mark.parametrize(
    ("head", "outcome"),
    [
        (FIFTY, Outcome.MET),
        (Period(), Outcome.MET),
        (Period(FIFTY.start, date(2074, 8, 31)), Outcome.BROKEN),
        (Period(date(2024, 9, 2), FIFTY.end), Outcome.BROKEN),
    ],
)
def test_a_sublease_stays_within_the_infrastructure_project(head: Period, outcome: Outcome) -> None:
    """It can't begin before nor outlive the lease that it lies within."""
    found = check_lease(LeaseFacts(term=FIFTY, head_term=head), OLD)
    assert outcomes(found)["lease.term.within_head"] is outcome
    endless = check_lease(LeaseFacts(term=Period(FIFTY.start), head_term=FIFTY), OLD)
    assert outcomes(endless)["lease.term.within_head"] is Outcome.BROKEN


@pytest.mark.parametrize(
    ("months", "outcome"),
    [(11.0, Outcome.MET), (12.0, Outcome.BROKEN), (None, Outcome.UNKNOWN)],
)
def test_idle_land_is_a_breach_after_twelve_months(months: float | None, outcome: Outcome) -> None:
    """Not checked is unknown, not in use."""
    found = check(LeaseFacts(term=FIFTY, idle_months=months), OLD)
    assert outcomes(found)["lease.idle.months"] is outcome
    early = check_lease(LeaseFacts(term=FIFTY, idle_months=months), BEFORE)
    assert outcomes(early)["lease.idle.months"] is Outcome.NO_RULE


@pytest.mark.parametrize(
    "facts", [SizeFacts(area_ha=1.0), READY, ExpansionFacts(), LeaseFacts(term=FIFTY), structure()]
)
def test_every_check_names_the_version_that_it_used(facts: Facts) -> None:
    """A version in force on the date, for each finding."""
    for on in (OLD, NEW):
        for finding in check(facts, on):
            assert finding.rule is not None
            assert finding.rule.id == finding.rule_id
            assert finding.rule.valid.contains(on)


def test_no_findings_are_no_verdict() -> None:
    """Nothing checked is nothing met."""
    assert are_met(()) is None
