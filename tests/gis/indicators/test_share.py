"""Shares of natural land: the golden answers, from the real content."""

from datetime import date

import pytest

from gis import content
from gis.indicators.answers import ShareQuestion, ShareValues
from gis.indicators.share import (
    Missing,
    MissingReason,
    ShareAnswer,
    ShareNote,
    history,
    note_texts,
    share,
    stage_reached,
)
from gis.model import (
    Basis,
    ClusterKind,
    Stage,
)

CCN, KCN = ClusterKind.CCN, ClusterKind.KCN
END_2021, END_2024, TODAY = date(2021, 12, 31), date(2024, 12, 31), date(2026, 10, 1)
TERRITORIES = {territory.id: territory for territory in content.territories()}
REAL = ShareValues(
    figures=content.figures(),
    natural_areas=content.natural_areas(),
    targets=content.targets(),
    clusters=content.clusters(),
)


def ask(
    on: date,
    stage: Stage = Stage.ESTABLISHED,
    basis: Basis = Basis.PUBLISHED,
    territory: str = "hoa-binh",
    values: ShareValues = REAL,
) -> ShareAnswer:
    """Ask for a share of a real territory."""
    return share(
        ShareQuestion(territory=TERRITORIES[territory], on=on, stage=stage, basis=basis), values
    )


def test_the_share_of_2021_is_0_450_percent() -> None:
    """8 zones and 14 clusters: 1,507.43 + 556.40 = 2,063.83 ha of 459,057 ha."""
    answer = ask(END_2021)
    assert answer.complete
    assert answer.numerator_ha == pytest.approx(2063.83, abs=1e-9)
    assert answer.percent == pytest.approx(0.450, abs=0.0005)
    assert [(part.kind, part.area_ha, part.count) for part in answer.components] == [
        (KCN, 1507.43, 8),
        (CCN, 556.4, 14),
    ]
    assert (answer.lower_ha, answer.upper_ha) == (answer.numerator_ha, answer.numerator_ha)
    assert (answer.known, answer.needed, answer.missing) == (2, 2, ())


def test_the_share_of_2025_is_0_486_percent() -> None:
    """8 zones and 16 clusters: 2,229.43 ha, and its sources say that a part is inferred."""
    answer = ask(date(2025, 3, 31))
    assert answer.numerator_ha == pytest.approx(2229.43, abs=1e-9)
    assert answer.percent == pytest.approx(0.486, abs=0.0005)
    assert ShareNote.NOT_SOURCED in answer.notes
    assert ShareNote.ROUNDED in answer.notes


def test_the_gap_of_2021_is_2_526_74_ha() -> None:
    """1 % of Hòa Bình is 4,590.57 ha; the target's date is still to come."""
    answer = ask(END_2021)
    assert answer.target is not None
    assert answer.target.needed_ha == pytest.approx(4590.57)
    assert not answer.target.is_passed
    assert answer.gap_ha == pytest.approx(2526.74, abs=1e-6)


def test_planned_with_four_further_zones_is_0_842_percent() -> None:
    """12 zones and 21 clusters, planned: 3,867 ha."""
    answer = ask(date(2022, 12, 31), Stage.PLANNED)
    (further,) = answer.further
    assert (further.figure.count, further.area_ha) == (4, 1493.0)
    assert further.cumulative_ha == pytest.approx(3867.035)
    assert further.cumulative_percent == pytest.approx(0.842, abs=0.0005)


def test_the_plan_to_2030_is_0_777_percent_and_1_264_with_eight_further_zones() -> None:
    """Clusters alone never reach 1 %: 3,566.43 ha, 1,024.14 ha of new zones are still needed."""
    answer = ask(END_2024, Stage.PLANNED)
    assert answer.numerator_ha == pytest.approx(3566.43, abs=1e-9)
    assert answer.percent == pytest.approx(0.777, abs=0.0005)
    assert answer.gap_ha == pytest.approx(1024.14, abs=1e-6)
    (further,) = answer.further
    assert further.figure.count == 8
    assert further.cumulative_ha == pytest.approx(5804.43)
    assert further.cumulative_percent == pytest.approx(1.264, abs=0.0005)


def test_proposed_zones_are_in_no_established_share() -> None:
    """What is only proposed stands beside the planned share, and nowhere else."""
    assert ask(END_2024).further == ()


def test_asked_for_today_the_target_is_past_and_the_territory_the_same() -> None:
    """Former Hòa Bình keeps its target and its natural area after the merger."""
    answer = ask(TODAY)
    assert answer.natural_area is not None
    assert (answer.territory_id, answer.natural_area.area_ha) == ("hoa-binh", 459_057.0)
    assert answer.target is not None
    assert answer.target.is_passed
    assert {ShareNote.TARGET_PASSED, ShareNote.TERRITORY_ENDED} <= set(answer.notes)


@pytest.mark.parametrize(("on", "passed"), [(date(2025, 12, 31), False), (date(2026, 1, 1), True)])
def test_a_target_is_past_after_its_date(on: date, passed: bool) -> None:  # noqa: FBT001
    """On 31 December 2025 it can still be met, the day after it is past."""
    answer = ask(on)
    assert answer.target is not None
    assert answer.target.is_passed is passed


def test_new_phu_tho_is_incomplete() -> None:
    """Its clusters are published, its zones are not: 1 of 2 known, a lower bound and no share."""
    answer = ask(TODAY, territory="phu-tho")
    assert not answer.complete
    assert (answer.numerator_ha, answer.percent, answer.gap_ha) == (None, None, None)
    assert (answer.lower_ha, answer.upper_ha) == (3000.0, None)
    assert answer.lower_percent == pytest.approx(0.3205, abs=0.0001)
    assert (answer.known, answer.needed) == (1, 2)
    assert answer.missing == (Missing(kind=KCN, reason=MissingReason.NO_FIGURE),)
    assert answer.target is None
    assert {ShareNote.INCOMPLETE, ShareNote.LOWER_BOUND, ShareNote.NO_TARGET} <= set(answer.notes)
    assert "1 of 2" in note_texts(answer)[0].en


@pytest.mark.parametrize("basis", [Basis.APPROVED, Basis.MEASURED])
def test_new_phu_tho_is_not_summed_from_hoa_binh(basis: Basis) -> None:
    """The register knows a part of the new province: nothing is summed, nothing is 0."""
    answer = ask(TODAY, basis=basis, territory="phu-tho")
    assert (answer.complete, answer.lower_ha, answer.known, answer.needed) == (False, None, 0, 2)
    assert {part.reason for part in answer.missing} == {MissingReason.NO_CLUSTER}


def test_leased_land_is_published_for_clusters_only() -> None:
    """91.12 ha of the clusters; the zones' leased land is unknown, so there is no share."""
    answer = ask(END_2024, Stage.LEASED)
    assert (answer.complete, answer.lower_ha, answer.numerator_ha) == (False, 91.12, None)
    assert answer.missing == (Missing(kind=KCN, reason=MissingReason.NO_FIGURE),)


def test_cleared_land_was_never_published() -> None:
    """0 of 2 known: no number at all, in particular no 0."""
    answer = ask(END_2024, Stage.CLEARED)
    assert (answer.known, answer.needed) == (0, 2)
    assert (answer.numerator_ha, answer.lower_ha, answer.upper_ha) == (None, None, None)


def test_before_anything_was_published_nothing_is_known() -> None:
    """The year 2015 has no figure."""
    assert ask(date(2015, 1, 1)).known == 0


def test_a_district_without_natural_area_has_no_percentage() -> None:
    """Lạc Thủy's planned clusters are published; what they are a share of is not."""
    answer = ask(END_2024, Stage.PLANNED, territory="lac-thuy")
    assert (answer.lower_ha, answer.natural_area, answer.lower_percent) == (398.12, None, None)
    assert ShareNote.NATURAL_AREA_UNKNOWN in answer.notes


def test_approved_areas_of_2024_list_who_has_no_decision() -> None:
    """Five of the 14 clusters have an area with a source by then, the others are named."""
    answer = ask(END_2024, basis=Basis.APPROVED)
    without = {part.cluster_id for part in answer.missing if part.kind is CCN}
    assert "ccn-tien-tien" in without
    assert "ccn-dong-tam" not in without
    assert len(without) == 9
    assert not answer.complete
    (clusters,) = [part for part in answer.components if part.kind is CCN]
    assert clusters.lower_ha == pytest.approx(22.8 + 138.03 + 35.2 + 74.5 + 27.72)
    assert (clusters.count, clusters.area_ha, clusters.upper_ha) == (5, None, None)


def test_the_plan_to_2030_counts_33_clusters() -> None:
    """12 of the 14, 2 carried over and 19 new, whether or not their area is known."""
    planned = [
        cluster
        for cluster in content.clusters()
        if cluster.kind is CCN and stage_reached(cluster, Stage.PLANNED, END_2024)[0]
    ]
    assert len(planned) == 33


def test_the_history_of_the_established_share() -> None:
    """0.450 % in 2021, 0.477 % in 2023, 0.486 % in 2025: KCN, CCN and total at each date."""
    question = ShareQuestion(territory=TERRITORIES["hoa-binh"], on=TODAY, stage=Stage.ESTABLISHED)
    points = [
        (point.on, [part.area_ha for part in point.components], round(point.percent or 0, 3))
        for point in history(question, REAL)
    ]
    assert points == [
        (END_2021, [1507.43, 556.4], 0.450),
        (date(2023, 6, 30), [1507.43, 683.0], 0.477),
        (date(2025, 3, 31), [1507.43, 722.0], 0.486),
    ]


def test_history_ends_with_the_date_asked_for() -> None:
    """Asked as of 2022, the later figures are not yet known."""
    question = ShareQuestion(
        territory=TERRITORIES["hoa-binh"], on=date(2022, 1, 1), stage=Stage.ESTABLISHED
    )
    assert [point.on for point in history(question, REAL)] == [END_2021]


def test_history_tells_when_proposed_land_changes() -> None:
    """The planned line has a point when eight further zones replace four."""
    question = ShareQuestion(territory=TERRITORIES["hoa-binh"], on=TODAY, stage=Stage.PLANNED)
    points = history(question, REAL)
    assert [point.on for point in points if point.further][-1] == date(2023, 12, 31)
    assert points[-1].further[0].area_ha == 2238.0
