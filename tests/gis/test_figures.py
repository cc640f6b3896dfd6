"""Recording sources, figures, natural areas and targets: verbatim, with their source."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from gis.errors import GisError
from gis.figures import (
    RecordFigure,
    RecordNaturalArea,
    RecordSource,
    RecordTarget,
    record_figure,
    record_natural_area,
    record_source,
    record_target,
)
from gis.mandates import Mandate
from gis.model import (
    Basis,
    ClusterKind,
    DateBounds,
    Figure,
    Moment,
    NaturalArea,
    Source,
    Stage,
    Target,
)
from gis.shares import territory_share
from gis.store import GeoPackageStore
from tests.gis.digests import refused
from tests.gis.registers import NOW, clean_register

PLANNER = Mandate(by="acc-1")
DAY = DateBounds(date(2024, 2, 29), date(2024, 2, 29))
AREA = RecordFigure(
    subject_kind="territory",
    subject_id="hoa-binh",
    indicator="land_area",
    unit="ha",
    as_of=DAY,
    source_id="bao-cao-09",
    value=722.0,
    kind=ClusterKind.CCN,
    stage="established",
    count=16,
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[GeoPackageStore]:
    """Yield a register with a source."""
    made = clean_register(tmp_path)
    record_source(made, RecordSource(title="Báo cáo 09", publisher="Tỉnh ủy"), PLANNER)
    yield made
    made.close()


def test_a_publication_is_recorded(store: GeoPackageStore) -> None:
    """Without a decision, as it is no land; twice gives two ids."""
    found = store.one(Source, "bao-cao-09", NOW)
    assert (found.thing.title, found.decision_id) == ("Báo cáo 09", None)
    again = record_source(store, RecordSource(title="Báo cáo 09", published=DAY), PLANNER)
    assert again.things[0].id == "bao-cao-09-2"


def test_figures_make_a_share(store: GeoPackageStore) -> None:
    """Published areas of both kinds, the natural area and the target, all recorded here."""
    record_figure(store, AREA, PLANNER)
    record_figure(store, replace(AREA, kind=ClusterKind.KCN, value=1507.43), PLANNER)
    natural = RecordNaturalArea(
        territory_id="hoa-binh", area_ha=459_057.0, on=date(2024, 1, 1), source_id="bao-cao-09"
    )
    done = record_natural_area(store, natural, PLANNER)
    assert done.things[0].id == "hoa-binh-2024-01-01"
    target = RecordTarget(
        territory_id="hoa-binh", percent=1.0, due=date(2025, 12, 31), source_id="bao-cao-09"
    )
    assert record_target(store, target, PLANNER).things[0].id == "hoa-binh-2025"
    answer = territory_share(store, NOW, stage=Stage.ESTABLISHED, basis=Basis.PUBLISHED).answer
    assert answer.percent == pytest.approx((722 + 1507.43) / 459_057 * 100)
    assert store.one(NaturalArea, "hoa-binh-2024-01-01", NOW).thing.area_ha == 459_057.0
    assert store.one(Target, "hoa-binh-2025", Moment(date.min)).thing.numerator == "kcn+ccn"


def test_words_are_kept_as_they_stand(store: GeoPackageStore) -> None:
    """Without a number where the source gives none; attainment may exceed 100 %."""
    words = replace(
        AREA,
        subject_kind="cluster",
        subject_id="A",
        indicator="attainment",
        unit="%",
        value=None,
        verbatim="vượt 161,2 %",
    )
    done = record_figure(store, words, PLANNER)
    found = store.one(Figure, done.things[0].id, NOW).thing
    assert (found.value, found.verbatim) == (None, "vượt 161,2 %")
    assert found.id == "A-attainment-2024-02-29"
    more = replace(words, value=161.2)
    assert record_figure(store, more, PLANNER).things[0].id == "A-attainment-2024-02-29-2"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"source_id": "none"}, "thing.unknown"),
        ({"subject_id": "none"}, "territory.unknown"),
        ({"subject_kind": "cluster", "subject_id": "none"}, "cluster.unknown"),
        ({"subject_kind": "party"}, "value.choice"),
        ({"indicator": "happiness"}, "value.choice"),
        ({"precision": "roughly"}, "value.choice"),
        ({"unit": "m2"}, "figure.unit"),
        ({"value": None}, "figure.says_nothing"),
        ({"value": float("inf")}, "value.not_finite"),
        ({"count": -1}, "value.number"),
        ({"as_of": DateBounds()}, "value.empty"),
        ({"verbatim": "\ud800"}, "value.text"),
    ],
)
def test_a_figure_that_can_not_be_is_refused(
    store: GeoPackageStore, wrong: dict[str, object], code: str
) -> None:
    """Each with its code."""
    with refused(store, code):
        record_figure(store, replace(AREA, **wrong), PLANNER)  # type: ignore[arg-type]


def test_other_records_that_can_not_be_are_refused(store: GeoPackageStore) -> None:
    """A source without a title, a target of nothing, an area of nowhere."""
    with refused(store, "value.empty"):
        record_source(store, RecordSource(title=" "), PLANNER)
    natural = RecordNaturalArea(
        territory_id="hoa-binh", area_ha=0.0, on=date.max, source_id="bao-cao-09"
    )
    with refused(store, "value.number"):
        record_natural_area(store, natural, PLANNER)
    with refused(store, "territory.unknown"):
        record_natural_area(store, replace(natural, territory_id="none"), PLANNER)
    target = RecordTarget(
        territory_id="hoa-binh", percent=101.0, due=date.max, source_id="bao-cao-09"
    )
    with refused(store, "value.number"):
        record_target(store, target, PLANNER)
    with refused(store, "value.choice"):
        record_target(store, replace(target, percent=1.0, numerator="ccn+kcn"), PLANNER)
    with refused(store, "thing.unknown"):
        record_target(store, replace(target, percent=1.0, source_id="none"), PLANNER)


def test_who_expects_a_version_of_a_new_figure_is_refused(store: GeoPackageStore) -> None:
    """There is none yet."""
    with pytest.raises(GisError) as refusal:
        record_figure(store, AREA, replace(PLANNER, expected=1))
    assert refusal.value.code == "record.stale"
