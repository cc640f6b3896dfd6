"""Record the papers behind changes, each with the document that says so."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from gis.errors import InvalidValue
from gis.given import given_text, optional_text
from gis.mandates import ALWAYS, Done, Mandate, carry_out, require_unchanged
from gis.model import Decision
from gis.names import slug
from gis.registered import new_id
from gis.store import Entry, Reader, Store

_SHA256: Final = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordDecision:
    """A decision with its number, date and issuer; ``document_sha256`` names the kept file."""

    number: str
    issuer: str
    title: str
    on: date | None = None
    id: str | None = None
    document_sha256: str | None = None
    is_synthetic: bool = False


def record_decision(store: Store, request: RecordDecision, mandate: Mandate) -> Done:
    """Record a decision, so that changes can name it.

    Raises:
        Conflict: ``record.duplicate``.
        InvalidValue: for a field that can't be.
    """
    with carry_out(store, mandate, "decision.record", is_land=False) as (transaction, done):
        decision = new_decision(transaction, request)
        require_unchanged(transaction, Decision, decision.id, mandate)
        transaction.put(Entry(decision, ALWAYS))
        done.tell((Decision, decision.id))
    return done


def new_decision(reader: Reader, request: RecordDecision) -> Decision:
    """Return a new decision with a free id, as a mandate can carry it into its change.

    Raises:
        Conflict: ``record.duplicate``.
        InvalidValue: for a field that can't be.
    """
    number = given_text("number", request.number)
    wanted = slug(number) or "quyet-dinh"
    return Decision(
        id=new_id(reader, Decision, request.id, wanted),
        number=number,
        on=request.on,
        issuer=given_text("issuer", request.issuer),
        title=given_text("title", request.title, limit=2000),
        document_sha256=document_digest(request.document_sha256),
        is_synthetic=request.is_synthetic,
    )


def document_digest(text: str | None) -> str | None:
    """Return the SHA-256 that names a document, None where there is none.

    Raises:
        InvalidValue: ``value.choice``, ``value.too_long``.
    """
    digest = optional_text("document_sha256", text, limit=64)
    if digest is not None and _SHA256.fullmatch(digest) is None:
        facts = {"name": "document_sha256", "choices": "SHA-256"}
        raise InvalidValue("value.choice", value=digest, **facts)
    return digest
