"""Lessors and lessees: known by id, or new with the change that names them."""

from dataclasses import dataclass

from gis.errors import InvalidValue, NotFound
from gis.mandates import ALWAYS
from gis.model import Moment, Party, today
from gis.registered import nameless_id
from gis.store import Entry, Transaction
from gis.tenure.naming import free_id


@dataclass(frozen=True, slots=True, kw_only=True)
class NewParty:
    """A person or body that the register does not hold yet. ``kind`` "state" lets State land."""

    name: str
    id: str | None = None
    kind: str = "enterprise"
    tax_code: str | None = None
    is_foreign: bool | None = None


def party_of(transaction: Transaction, named: str | NewParty) -> Party:
    """Return a party of the register, or write the new one with this change.

    Raises:
        NotFound: ``party.unknown``.
        Conflict: ``record.duplicate`` for the id of a new party that was used before.
        InvalidValue: ``value.empty`` for a new party without a name.
    """
    if isinstance(named, str):
        return known_party(transaction, named)
    name = named.name.strip()
    if not name:
        raise InvalidValue("value.empty", name="party.name")
    party = Party(
        id=free_id(transaction, Party, nameless_id("ben"), given=named.id),
        name=name,
        kind=named.kind,
        tax_code=named.tax_code,
        is_foreign=named.is_foreign,
    )
    transaction.put(Entry(party, ALWAYS))
    return party


def known_party(transaction: Transaction, party_id: str) -> Party:
    """Return a party of the register.

    Raises:
        NotFound: ``party.unknown``.
    """
    found = transaction.all(Party, Moment(today()), ids=[party_id])
    if not found:
        raise NotFound("party.unknown", value=party_id[:80])
    return found[0].thing
