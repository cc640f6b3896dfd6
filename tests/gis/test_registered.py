"""What a use case finds before it writes: free ids, times left; and what fields must keep to."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from gis.corrections import FoundRecord, find_record
from gis.errors import GisError
from gis.given import given_id, given_number, given_text, optional_text
from gis.model import Cluster, Parcel, Party, Period
from gis.registered import new_id, time_left
from gis.rules import breaches, check_founding, require_lawful
from gis.rules.checks import FoundingFacts
from gis.store import GeoPackageStore
from tests.gis.registers import add, clean_register, entry


@pytest.fixture
def store(tmp_path: Path) -> Iterator[GeoPackageStore]:
    """Yield a clean register."""
    made = clean_register(tmp_path)
    yield made
    made.close()


def code_of(call: object, *arguments: object) -> str:
    """Return the code with which something is refused."""
    assert callable(call)
    with pytest.raises(GisError) as refused:
        call(*arguments)
    return refused.value.code


def test_an_id_is_free_if_nothing_ever_had_it(store: GeoPackageStore) -> None:
    """Numbered on from there, past those that the same change has given away."""
    add(store, entry(Party(id="p", name="p")), entry(Party(id="p-2", name="p")))
    with store.transaction(by="a", action="b") as transaction:
        transaction.void(Party, "p-2")
    assert new_id(store, Party, None, "p") == "p-3"
    assert new_id(store, Party, None, "p", {"p-3"}) == "p-4"
    assert new_id(store, Party, "q", "p") == "q"
    assert code_of(new_id, store, Party, "p-2", "p") == "record.duplicate"
    assert code_of(new_id, store, Party, "q", "p", {"q"}) == "record.duplicate"


def test_a_change_lasts_until_the_next_version(store: GeoPackageStore) -> None:
    """In a gap until the next begins; where nothing follows for ever."""
    days = [date(2024, month, 1) for month in range(1, 6)]
    add(
        store,
        entry(Party(id="p", name="1"), valid=Period(days[0], days[1])),
        entry(Party(id="p", name="2"), valid=Period(days[2], days[3])),
    )
    ends = [time_left(store, Party, "p", day).end for day in days]
    assert ends == [days[1], days[2], days[3], None, None]
    assert time_left(store, Party, "none", days[0]) == Period(days[0])


@pytest.mark.parametrize(
    "text", ["", "a b", "a/b", "a\\b", "a?b", "a#b", "a\nb", "\ud800", "x" * 101]
)
def test_an_id_can_stand_in_an_address(text: str) -> None:
    """What can't is refused; letters of every alphabet can, in one form."""
    assert code_of(given_id, "id", text) == "value.id"
    assert given_id("id", "cụm-Đà") == "cụm-Đà"


def test_texts_and_numbers_are_what_they_say() -> None:
    """Blanks are nothing, separate diacritics one letter, limits are told."""
    assert (given_text("name", " Hòa "), optional_text("note", "  ")) == ("Hòa", None)
    assert optional_text("note", None) is None
    assert code_of(given_text, "name", "") == "value.empty"
    assert code_of(given_text, "name", "x" * 501) == "value.too_long"
    assert code_of(optional_text, "note", "a\x00") == "value.text"
    assert given_number("area", None) is None
    assert given_number("area", 0.0) == 0.0
    for value, code in ((-1.0, "value.number"), (1e10, "value.number")):
        assert code_of(given_number, "area", value) == code
    assert code_of(given_number, "area", float("nan")) == "value.not_finite"


def test_of_alternatives_all_must_be_broken_to_refuse() -> None:
    """What is not known breaks nothing; before the law there is none to break."""
    on = date(2025, 1, 1)
    facts = FoundingFacts(area_ha=20.0, others_exist=True, mean_fill_percent=10.0)
    assert breaches(check_founding(facts, on)) == ()
    worse = FoundingFacts(
        area_ha=20.0, others_exist=True, mean_fill_percent=10.0, unleased_ha=500.0
    )
    found = breaches(check_founding(worse, on))
    assert {finding.rule_id for finding in found} == {
        "cluster.found.mean_fill_min",
        "cluster.found.unleased_max",
    }
    assert breaches(check_founding(worse, date(2020, 1, 1))) == ()
    assert require_lawful(check_founding(facts, on), "x") is None
    assert code_of(require_lawful, check_founding(worse, on), "  ") == "rule.broken"


def test_a_record_is_found_by_table_and_id(store: GeoPackageStore) -> None:
    """With the cluster whose people may mend it."""
    assert find_record(store, "parcel", "A-1") == FoundRecord(cls=Parcel, id="A-1", cluster_id="A")
    assert find_record(store, "cluster", "A") == FoundRecord(cls=Cluster, id="A", cluster_id="A")
    assert find_record(store, "territory", "hoa-binh").cluster_id is None
    assert code_of(find_record, store, "parcel", "none") == "thing.unknown"
    assert code_of(find_record, store, "users", "x") == "value.choice"
