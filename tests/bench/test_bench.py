"""The benchmarks compare like with like."""

from pathlib import Path

import pytest

from tests.bench.land import make_cluster
from tests.bench.measure import WrongAnswerError, alone
from tests.bench.overlay import require_same
from tests.bench.registers import write_register
from tests.bench.sizes import COUNTRY, LOAD, PROVINCES, RegisterSize


def test_both_ways_give_the_same_answer(tmp_path: Path) -> None:
    """On a small register with overlaps and a plot that leaves, the ways agree, and find them."""
    path = tmp_path / "register.gpkg"
    write_register(path, RegisterSize(clusters=6, rows=4, columns=6))
    ours = alone("our_way", path, "by-cluster")
    require_same(ours, alone("geopandas_way", path))
    found = {tuple(name.rsplit("-", 1)[0] for name in pair.split()) for pair in ours["overlaps"]}
    assert found == {("made-up-0000", "made-up-0000"), ("made-up-0005", "made-up-0005")}


def test_other_answers_are_refused() -> None:
    """A pair more, a pair less or another area stops the run."""
    one = {"areas": {"A SKN": 100.0}, "overlaps": {"a b": 1.0}}
    require_same(one, one)
    for other in (
        {"areas": {}, "overlaps": {"a b": 1.0}},
        {"areas": {"A SKN": 100.1}, "overlaps": {"a b": 1.0}},
        {"areas": {"A SKN": 100.0}, "overlaps": {"a b": 1.0, "a c": 1.0}},
    ):
        with pytest.raises(WrongAnswerError):
            require_same(one, other)


def test_made_up_land_has_the_promised_size() -> None:
    """The registers hold the numbers of parcels that the issue names; the seed makes the land."""
    assert COUNTRY.parcels == 100_000
    assert [size.parcels for size in PROVINCES] == [1_000, 10_000, 100_000]
    assert LOAD.parcels == 10_000
    made, again = (make_cluster(7, rows=4, columns=12) for _ in range(2))
    assert len(made.parcels) == 50
    assert made == again
    assert all(piece.shape.is_valid for piece in (*made.parcels, *made.plan_areas))
