"""One room decides who is shown what; what is hidden can't be asked by either."""

import pytest
from pydantic import BaseModel

from api.redaction import Projections, refuse_hidden, shown_total
from gis.errors import InvalidValue
from gis.rights import PUBLIC, Actor, Role


class Plot(BaseModel):
    """What everybody sees."""

    label: str


class PlotInFull(Plot):
    """What the office sees."""

    lessee: str


PLOTS: Projections[str] = Projections(
    lambda label: Plot(label=label), lambda label: PlotInFull(label=label, lessee="Công ty A")
)
PLANNER = Actor("acc-1", frozenset({Role.PLANNER}), None)
OFFICER = Actor("acc-2", frozenset({Role.OFFICER}), frozenset({"ccn-a"}))
ADMIN = Actor("acc-3", frozenset({Role.ADMIN}), None)


@pytest.mark.parametrize(
    ("actor", "cluster_id", "is_full"),
    [
        (PUBLIC, "ccn-a", False),
        (ADMIN, "ccn-a", False),
        (PLANNER, "ccn-a", True),
        (PLANNER, None, True),
        (OFFICER, "ccn-a", True),
        (OFFICER, "ccn-b", False),
        (OFFICER, None, False),
    ],
)
def test_a_row_has_the_body_of_its_reader(
    actor: Actor, cluster_id: str | None, *, is_full: bool
) -> None:
    """In one list an officer gets own clusters' rows in full and others' as the public does."""
    body = PLOTS.of("CN-01", actor, cluster_id)
    assert isinstance(body, PlotInFull) == is_full
    assert ("lessee" in body.model_dump()) == is_full
    total = shown_total(actor, 12.5, 2, cluster_id)
    assert total == (12.5 if is_full else None)


def test_a_sum_of_three_projects_is_public() -> None:
    """Fewer would tell about one of them; none known stays not known."""
    assert [shown_total(PUBLIC, 9.0, count) for count in (1, 2, 3, 4)] == [None, None, 9.0, 9.0]
    assert shown_total(PLANNER, None, 1) is None


def test_what_is_hidden_is_an_unknown_parameter() -> None:
    """The refusal names no hidden parameter, whoever reads it (THREATS 38)."""
    hidden, choices = {"lessee"}, ("cluster", "lessee", "limit")
    for actor in (PUBLIC, ADMIN):
        with pytest.raises(InvalidValue) as refused:
            refuse_hidden(actor, ["limit", "lessee"], hidden, choices)
        assert refused.value.code == "value.parameter"
        assert refused.value.facts == {"name": "lessee", "choices": "cluster, limit"}
    for actor in (PLANNER, OFFICER):
        refuse_hidden(actor, ["lessee"], hidden, choices)
    refuse_hidden(PUBLIC, ["limit"], hidden, choices)
