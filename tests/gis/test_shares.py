"""Shares asked of a register: which territory, what is read, what is missing."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from gis.errors import NotFound
from gis.model import (
    Basis,
    Confidence,
    Moment,
    NaturalArea,
    Parcel,
    Stage,
    Territory,
    TerritoryKind,
)
from gis.shares import find_territory, territory_history, territory_outline, territory_share
from gis.store import GeoPackageStore, create_store
from tests.gis.registers import NOW, START, add, clean_register, entry


@pytest.fixture
def store(tmp_path: Path) -> Iterator[GeoPackageStore]:
    """Yield a clean register with a natural area of 1,000 ha."""
    made = clean_register(tmp_path)
    natural = NaturalArea(
        id="n", territory_id="hoa-binh", area_ha=1000, on=START, source_id="s",
        confidence=Confidence.SOURCED,
    )  # fmt: skip
    add(made, entry(natural))
    yield made
    made.close()


def test_the_registers_own_territory_is_the_default(store: GeoPackageStore) -> None:
    """Its setting names it; another is asked for by id."""
    other = Territory(id="ab", kind=TerritoryKind.PROVINCE, name_vi="x", name_en="x")
    add(store, entry(other))
    assert find_territory(store, None, NOW).id == "hoa-binh"
    assert find_territory(store, "ab", NOW) == other
    with pytest.raises(NotFound) as caught:
        find_territory(store, "cd", NOW)
    assert caught.value.facts["choices"] == "ab, hoa-binh"


def test_a_register_without_a_territory_says_how_to_begin(tmp_path: Path) -> None:
    """An empty register has nothing to take a share of."""
    new = create_store(tmp_path / "new.gpkg")
    with pytest.raises(NotFound) as caught:
        territory_share(new, NOW)
    new.close()
    assert caught.value.code == "register.empty"


def test_a_measured_share_reads_balances_and_no_parcel(
    store: GeoPackageStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two boundaries of 16 ha each in 1,000 ha; parcels and leases are never asked for."""
    asked: list[type] = []
    read = store.all

    def noted(cls: type, *arguments: object, **options: object) -> object:
        asked.append(cls)
        return read(cls, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(store, "all", noted)
    monkeypatch.setattr(store, "shaped", None)
    monkeypatch.setattr(store, "records", None)
    found = territory_share(store, NOW, stage=Stage.PLANNED, basis=Basis.MEASURED)
    assert found.answer.natural_area
    assert Parcel not in asked
    assert {cls.__name__ for cls in asked} == {
        "Territory", "NaturalArea", "Target", "Cluster", "Source",
    }  # fmt: skip


def test_history_without_figures_has_no_points(store: GeoPackageStore) -> None:
    """Nothing published is no line of zeros."""
    assert territory_history(store, NOW).points == ()
    assert territory_share(store, NOW).answer.percent is None


def test_an_outline_may_be_missing(store: GeoPackageStore) -> None:
    """A territory without one has none; its record is there all the same."""
    found = territory_outline(store, Moment(date(2024, 1, 1)))
    assert (found.thing.id, found.geometry) == ("hoa-binh", None)
