"""Shares of natural land: the rules behind them, on a small invented territory."""

from dataclasses import replace
from datetime import date

import pytest

from gis.indicators.answers import ShareQuestion, ShareValues
from gis.indicators.share import (
    NOTE_TEXTS,
    Missing,
    MissingReason,
    ShareAnswer,
    ShareNote,
    history,
    is_in_territory,
    note_texts,
    share,
    stage_reached,
)
from gis.model import (
    Basis,
    Cluster,
    ClusterKind,
    Confidence,
    DateBounds,
    Figure,
    LandBalance,
    NaturalArea,
    Period,
    PlanStatus,
    Stage,
    Target,
    Territory,
    TerritoryKind,
)

CCN, KCN = ClusterKind.CCN, ClusterKind.KCN
END_2021, END_2024 = date(2021, 12, 31), date(2024, 12, 31)

SOMEWHERE = Territory(
    id="somewhere", kind=TerritoryKind.PROVINCE, name_vi="Nơi nào đó", name_en="Somewhere"
)
NATURAL = NaturalArea(
    id="n",
    territory_id="somewhere",
    area_ha=1000.0,
    on=date(2020, 1, 1),
    source_id="paper",
    confidence=Confidence.SOURCED,
)
FIRST, LAST = date(2020, 1, 1), date(2022, 12, 31)


def cluster(name: str, kind: ClusterKind = CCN, **changes: object) -> Cluster:
    """Return a cluster of 10 ha founded between 2020 and 2022."""
    values: dict[str, object] = {
        "id": name,
        "kind": kind,
        "name_vi": name,
        "name_en": name,
        "territory_id": "somewhere",
        "founded": DateBounds(FIRST, LAST),
        "approved_area_ha": 10.0,
        "approved_area_on": FIRST,
    }
    return Cluster(**(values | changes))  # type: ignore[arg-type]


def balance(name: str, **changes: object) -> LandBalance:
    """Return a measured balance of 20 ha, of which 5 ha are let."""
    areas = {
        field: None
        for field in LandBalance.__dataclass_fields__
        if field.endswith("_m2") and field not in ("boundary_m2", "let_m2")
    }
    values: dict[str, object] = {
        "cluster_id": name,
        "valid": Period(FIRST),
        "plan_id": None,
        "boundary_m2": 200_000.0,
        "let_m2": 50_000.0,
        "is_synthetic": False,
    }
    return LandBalance(**(areas | values | changes))  # type: ignore[arg-type]


def figure(kind: ClusterKind, value: float | None, **changes: object) -> Figure:
    """Return a published area of the established land of a kind."""
    values: dict[str, object] = {
        "id": f"{kind}-{value}",
        "subject_kind": "territory",
        "subject_id": "somewhere",
        "indicator": "land_area",
        "unit": "ha",
        "as_of": DateBounds(FIRST, FIRST),
        "source_id": "paper",
        "confidence": Confidence.SOURCED,
        "value": value,
        "kind": kind,
        "stage": "established",
    }
    return Figure(**(values | changes))  # type: ignore[arg-type]


def somewhere(
    values: ShareValues,
    basis: Basis,
    stage: Stage = Stage.ESTABLISHED,
    *,
    on: date = END_2024,
    synthetic: bool = False,
) -> ShareAnswer:
    """Ask for a share of the invented territory."""
    question = ShareQuestion(
        territory=SOMEWHERE, on=on, stage=stage, basis=basis, include_synthetic=synthetic
    )
    return share(question, replace(values, natural_areas=[NATURAL]))


CLUSTERS = ShareValues(
    clusters=[cluster("a"), cluster("b", founded=DateBounds(FIRST, FIRST)), cluster("z", KCN)],
    balances=[balance("a"), balance("b"), balance("z")],
)


def test_a_founding_interval_gives_a_lower_and_an_upper_bound() -> None:
    """In 2021 one cluster is surely founded and two may be: 10 to 30 ha, and no one number."""
    answer = somewhere(CLUSTERS, Basis.APPROVED, on=END_2021)
    assert answer.complete
    assert (answer.numerator_ha, answer.lower_ha, answer.upper_ha) == (None, 10.0, 30.0)
    assert (answer.lower_percent, answer.upper_percent) == (1.0, 3.0)
    assert ShareNote.FOUNDING_INTERVAL in answer.notes


def test_past_the_interval_the_bounds_meet() -> None:
    """From the last day of the interval on the cluster is surely founded."""
    answer = somewhere(CLUSTERS, Basis.APPROVED, on=LAST)
    assert (answer.numerator_ha, answer.lower_ha, answer.upper_ha) == (30.0, 30.0, 30.0)
    assert ShareNote.FOUNDING_INTERVAL not in answer.notes
    assert (answer.known, answer.needed) == (3, 3)


def test_a_decision_of_a_later_day_is_not_known_yet() -> None:
    """An area decided in 2024 is no decision in 2023."""
    values = replace(
        CLUSTERS, clusters=[cluster("a", approved_area_on=END_2024), cluster("z", KCN)]
    )
    early = somewhere(values, Basis.APPROVED, on=date(2023, 6, 1))
    assert early.missing == (Missing(kind=CCN, reason=MissingReason.NO_DECISION, cluster_id="a"),)
    assert somewhere(values, Basis.APPROVED).complete


@pytest.mark.parametrize("stage", [Stage.CLEARED, Stage.LEASED])
def test_decisions_say_nothing_about_cleared_or_leased_land(stage: Stage) -> None:
    """No number is taken from a founding decision for a later stage."""
    answer = somewhere(CLUSTERS, Basis.APPROVED, stage)
    assert (answer.lower_ha, answer.known, answer.needed) == (None, 0, 3)
    assert ShareNote.NOT_DECIDED in answer.notes


def test_measured_areas_follow_the_stage() -> None:
    """Boundaries for established, plots let for leased, clearances for cleared land."""
    assert somewhere(CLUSTERS, Basis.MEASURED).numerator_ha == 60.0
    assert somewhere(CLUSTERS, Basis.MEASURED, Stage.LEASED).numerator_ha == 15.0
    cleared = somewhere(CLUSTERS, Basis.MEASURED, Stage.CLEARED)
    assert {part.reason for part in cleared.missing} == {MissingReason.NO_CLEARANCE}
    values = replace(CLUSTERS, balances=[balance(n, cleared_m2=10_000.0) for n in "abz"])
    assert somewhere(values, Basis.MEASURED, Stage.CLEARED).numerator_ha == 3.0


def test_synthetic_geometry_counts_only_where_it_is_asked_for() -> None:
    """Left out by default, with the cluster named; asked for, the answer says so."""
    values = replace(
        CLUSTERS, balances=[balance("a", is_synthetic=True), balance("b"), balance("z")]
    )
    default = somewhere(values, Basis.MEASURED)
    assert (default.complete, default.lower_ha, default.is_synthetic) == (False, 40.0, False)
    assert default.missing == (Missing(kind=CCN, reason=MissingReason.SYNTHETIC, cluster_id="a"),)
    assert ShareNote.SYNTHETIC_EXCLUDED in default.notes
    asked = somewhere(values, Basis.MEASURED, synthetic=True)
    assert (asked.complete, asked.numerator_ha, asked.is_synthetic) == (True, 60.0, True)
    assert ShareNote.SYNTHETIC_INCLUDED in asked.notes
    assert "Có dữ liệu minh họa." in [text.vi for text in note_texts(asked)]


def test_no_default_answer_changes_with_synthetic_boundaries() -> None:
    """Whatever is drawn or decided as an example, the defaults stay the same, bit for bit."""
    made_up = Confidence.SYNTHETIC
    without = ShareValues(
        clusters=[cluster(n, approved_area_ha=None, approved_area_on=None) for n in "ab"]
    )
    drawn = ShareValues(
        clusters=[cluster(n, approved_area_confidence=made_up) for n in "ab"],
        balances=[balance(n, is_synthetic=True) for n in "ab"],
        figures=[figure(CCN, 1.0, confidence=made_up), figure(KCN, 1.0, confidence=made_up)],
    )
    for basis in Basis:
        for stage in Stage:
            before, after = somewhere(without, basis, stage), somewhere(drawn, basis, stage)
            assert before.lower_ha is None
            assert (after.lower_ha, after.numerator_ha, after.upper_ha) == (None, None, None)
            assert not after.is_synthetic
    published = somewhere(drawn, Basis.PUBLISHED, synthetic=True)
    assert (published.numerator_ha, published.is_synthetic) == (2.0, True)


def test_a_balance_of_another_time_is_not_measured() -> None:
    """Only the balance in force on the date counts."""
    values = replace(CLUSTERS, balances=[balance("a", valid=Period(FIRST, END_2021))])
    assert somewhere(values, Basis.MEASURED).known == 0


def test_a_published_lower_bound_has_no_upper_one() -> None:
    """A total "over 3,000 ha" is at least that."""
    values = ShareValues(figures=[figure(CCN, 3.0, precision="over"), figure(KCN, 1.0)])
    answer = somewhere(values, Basis.PUBLISHED)
    assert (answer.numerator_ha, answer.lower_ha, answer.upper_ha) == (4.0, 4.0, None)
    assert ShareNote.LOWER_BOUND in answer.notes


def test_words_and_other_units_are_no_area() -> None:
    """A figure without a value, or not in hectares, joins no total."""
    values = ShareValues(
        figures=[figure(CCN, None), figure(KCN, 1.0, unit="km2"), figure(KCN, 2.0)]
    )
    answer = somewhere(values, Basis.PUBLISHED)
    assert [part.area_ha for part in answer.components] == [2.0]


def test_only_a_later_natural_area_is_used_and_said() -> None:
    """Better a later denominator that is named than none."""
    values = ShareValues(figures=[figure(CCN, 3.0, as_of=DateBounds(None, date(2019, 1, 1)))])
    answer = somewhere(values, Basis.PUBLISHED, on=date(2019, 6, 1))
    assert answer.lower_percent == pytest.approx(0.3)
    assert ShareNote.NATURAL_AREA_LATER in answer.notes


def test_the_latest_natural_area_up_to_the_date_counts() -> None:
    """A newer denominator replaces the older from its date."""
    newer = replace(NATURAL, id="m", area_ha=2000.0, on=LAST)
    values = ShareValues(figures=[figure(CCN, 3.0)], natural_areas=[newer, NATURAL])
    question = ShareQuestion(territory=SOMEWHERE, on=END_2021, stage=Stage.ESTABLISHED)
    assert share(question, values).lower_percent == pytest.approx(0.3)
    later = share(replace(question, on=LAST), values)
    assert later.lower_percent == pytest.approx(0.15)


def test_a_missing_kind_leaves_no_upper_bound() -> None:
    """What is known is sure; what is not known may be anything."""
    answer = somewhere(ShareValues(figures=[figure(CCN, 3.0)]), Basis.PUBLISHED)
    assert (answer.lower_ha, answer.upper_ha, answer.upper_percent) == (3.0, None, None)


def test_a_date_that_changes_nothing_is_no_point_of_history() -> None:
    """A figure in another unit becomes effective, and the line stays as it is."""
    later = figure(CCN, 9.0, unit="km2", as_of=DateBounds(LAST, LAST))
    values = ShareValues(figures=[figure(CCN, 3.0), later], natural_areas=[NATURAL])
    question = ShareQuestion(territory=SOMEWHERE, on=END_2024, stage=Stage.ESTABLISHED)
    assert [point.on for point in history(question, values)] == [FIRST]


def test_the_next_target_counts_and_the_last_when_all_are_past() -> None:
    """Of targets for 2025 and 2030 the nearer is shown until its date."""
    near = Target(
        id="near",
        territory_id="somewhere",
        percent=1.0,
        due=date(2025, 12, 31),
        numerator="kcn+ccn",
        source_id="paper",
    )
    far = replace(near, id="far", due=date(2030, 12, 31), numerator="ccn")
    values = ShareValues(figures=[figure(CCN, 3.0)], targets=[far, near])
    found = []
    for on in (END_2024, date(2026, 1, 1), date(2031, 1, 1)):
        answer = somewhere(values, Basis.PUBLISHED, on=on)
        assert answer.target is not None
        found.append((answer.target.target.id, answer.target.is_passed, answer.needed))
    assert found == [("near", False, 2), ("far", False, 1), ("far", True, 1)]


def test_dropped_clusters_are_established_and_not_planned() -> None:
    """The plan left them out, and yet they stand."""
    dropped = cluster("d", plan_status=PlanStatus.DROPPED, planned_from=FIRST)
    assert stage_reached(dropped, Stage.PLANNED, END_2024) == (False, False)
    assert stage_reached(dropped, Stage.ESTABLISHED, END_2024) == (True, True)


def test_planned_holds_from_its_date_and_for_what_is_founded() -> None:
    """A new cluster of the plan is planned from the plan on and never established."""
    new = cluster("n", founded=DateBounds(), planned_from=LAST, plan_status=PlanStatus.NEW)
    assert stage_reached(new, Stage.PLANNED, LAST) == (True, True)
    assert stage_reached(new, Stage.PLANNED, END_2021) == (False, False)
    assert stage_reached(new, Stage.ESTABLISHED, END_2024) == (False, False)
    assert stage_reached(cluster("f"), Stage.PLANNED, LAST) == (True, True)


def test_a_cluster_counts_in_its_province_and_its_legacy_district() -> None:
    """Not in the province that took its own over."""
    inside = cluster("a", legacy_district="district")
    district = replace(SOMEWHERE, id="district", kind=TerritoryKind.LEGACY_DISTRICT)
    successor = replace(SOMEWHERE, id="successor")
    assert is_in_territory(inside, SOMEWHERE)
    assert is_in_territory(inside, district)
    assert not is_in_territory(inside, successor)


def test_every_note_has_both_languages() -> None:
    """No note is silent, and none leaves a place unfilled."""
    assert set(NOTE_TEXTS) == set(ShareNote)
    answer = replace(somewhere(CLUSTERS, Basis.APPROVED), notes=tuple(ShareNote))
    for text in note_texts(answer):
        assert text.vi
        assert text.en
        assert "{" not in text.vi + text.en
