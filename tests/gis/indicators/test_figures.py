"""Choosing among published figures."""

from datetime import date

from gis import content
from gis.indicators.figures import attainment, latest_figure
from gis.model import ClusterKind, Confidence, DateBounds, Figure

END_2024 = date(2024, 12, 31)


def figure(name: str, latest: date | None, **changes: object) -> Figure:
    """Return a figure of a territory's established clusters."""
    values: dict[str, object] = {
        "id": name,
        "subject_kind": "territory",
        "subject_id": "somewhere",
        "indicator": "land_area",
        "unit": "ha",
        "as_of": DateBounds(None, latest),
        "source_id": "paper",
        "confidence": Confidence.SOURCED,
        "value": 10.0,
        "kind": ClusterKind.CCN,
        "stage": "established",
    }
    return Figure(**(values | changes))  # type: ignore[arg-type]


def chosen(*figures: Figure, on: date = END_2024) -> str | None:
    """Return the id of the figure that speaks for the territory's clusters."""
    found = latest_figure(
        figures, "somewhere", "land_area", on, kind=ClusterKind.CCN, stage="established"
    )
    return None if found is None else found.id


def test_a_figure_is_known_from_the_last_day_it_may_speak_about() -> None:
    """A figure of the year 2024 is known on 31 December, not on the 30th."""
    only = figure("only", END_2024, as_of=DateBounds(date(2024, 1, 1), END_2024))
    assert chosen(only) == "only"
    assert chosen(only, on=date(2024, 12, 30)) is None


def test_a_figure_without_a_last_day_is_never_known() -> None:
    """An unknown date is not taken for any."""
    assert chosen(figure("undated", None)) is None


def test_the_latest_figure_speaks_whatever_the_order() -> None:
    """The later of two figures counts, also against a more precise older one."""
    old, new = figure("old", date(2023, 1, 1)), figure("new", END_2024, precision="about")
    assert chosen(old, new) == chosen(new, old) == "new"


def test_of_one_day_the_more_precise_figure_speaks() -> None:
    """Exact before about before over, then the shorter time."""
    about, over = figure("b", END_2024, precision="about"), figure("a", END_2024, precision="over")
    exact = figure("c", END_2024)
    assert chosen(over, exact, about) == "c"
    assert chosen(over, about) == "b"
    short = figure("d", END_2024, as_of=DateBounds(END_2024, END_2024))
    assert chosen(short, exact) == "d"


def test_other_subjects_kinds_stages_and_indicators_stay_apart() -> None:
    """A figure speaks for what it says, and for nothing beside it."""
    others = [
        figure("a", END_2024, subject_id="elsewhere"),
        figure("b", END_2024, kind=ClusterKind.KCN),
        figure("c", END_2024, kind=None),
        figure("d", END_2024, stage="planned"),
        figure("e", END_2024, stage=None),
        figure("f", END_2024, indicator="leased_area"),
    ]
    assert chosen(*others) is None


def test_attainment_is_the_words_of_the_report() -> None:
    """Tiên Tiến "vượt 122,7 %" is handed on as it was written, without a number."""
    found = attainment(content.figures(), "ccn-tien-tien", END_2024)
    assert found is not None
    assert (found.verbatim, found.value) == ("vượt 122,7 %", None)


def test_attainment_of_every_cluster_of_the_report() -> None:
    """Fourteen clusters have one, seven of them a published 0 %."""
    clusters = [cluster for cluster in content.clusters() if cluster.in_report]
    found = [attainment(content.figures(), cluster.id, END_2024) for cluster in clusters]
    said = [figure.verbatim for figure in found if figure is not None]
    assert len(said) == 14
    assert said.count("0 %") == 7


def test_no_attainment_before_it_was_published() -> None:
    """Asked for 2020, nobody has said anything about the target."""
    assert attainment(content.figures(), "ccn-tien-tien", date(2020, 1, 1)) is None
