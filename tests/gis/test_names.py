"""Names as people type them."""

import pytest

from gis.names import fold, nearest

NAMES = {
    "ccn-da-bac": "Đà Bắc",
    "ccn-tien-tien": "Tiên Tiến",
    "ccn-tien-son": "Tiến Sơn",
    "kcn-mong-hoa": "Mông Hóa",
}


@pytest.mark.parametrize("typed", ["Đà Bắc", "da bac", "ĐÀ BẮC", "da-bac", "ccn-da-bak", "Đa Băc"])
def test_a_name_is_found_however_it_is_typed(typed: str) -> None:
    """Without diacritics, with wrong ones, in capitals, with a slip."""
    assert nearest(typed, NAMES)[0] == "ccn-da-bac"


@pytest.mark.parametrize("typed", ["", "zzzzzz", "x" * 10_000, "\x00", "1234567890"])
def test_nothing_close_gives_nothing(typed: str) -> None:
    """Also for texts that no person types."""
    assert nearest(typed, NAMES) == []


def test_the_closest_comes_first_and_few_come() -> None:
    """At most as many as asked for."""
    assert nearest("tien", NAMES, count=1) == ["ccn-tien-son"]
    assert set(nearest("tien", NAMES)) >= {"ccn-tien-tien", "ccn-tien-son"}


def test_composed_and_decomposed_letters_are_the_same() -> None:
    """NFC and NFD of a name fold to one text."""
    assert fold("Hòa") == fold("Ho\u0300a") == "hoa"
