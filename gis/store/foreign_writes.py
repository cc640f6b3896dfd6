"""What other programs are told when they write where only the register writes."""

from gis.error_texts import TEXTS
from gis.store.kinds import KINDS


def refusal_of(table: str) -> str:
    """Return the sentence for a table, in both languages; it names the draft layer, if any."""
    has_draft = any(kind.draft and kind.table == table for kind in KINDS)
    text = TEXTS["register.foreign_write" if has_draft else "register.foreign_table"]
    return " / ".join(words.format(layer=table, table=table) for words in (text.vi, text.en))
