"""The sentences of error codes: each once, the same facts in both languages."""

import string

from gis.error_texts import TEXTS, land, people, questions, register, shapes, writing

ROOMS = (land, people, questions, register, shapes, writing)


def places(text: str) -> set[str]:
    """Return the facts that a sentence asks for."""
    return {name.partition(":")[0] for _, name, _, _ in string.Formatter().parse(text) if name}


def test_a_code_has_one_sentence() -> None:
    """A second one in another room would win in silence."""
    assert sum(len(room.TEXTS) for room in ROOMS) == len(TEXTS)


def test_both_languages_tell_the_same_facts() -> None:
    """Neither reader learns less."""
    assert not {code for code, text in TEXTS.items() if places(text.vi) != places(text.en)}
