"""Erase a person's or a company's data on request, while the journal keeps vouching for the rest.

Names and tax codes are in the chain as salted hashes (docs/adr/0001). What is erased is gone from
every version, the past's too; backups made before still hold it. Ids, and what people wrote into
notes and reasons, are not erased: the guide says to keep names out of these.
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from gis.errors import Conflict, NotFound
from gis.mandates import Done, Mandate, carry_out, require_reason, require_unchanged
from gis.model import Party, Submission, SubmissionState, Version
from gis.store import Entry, Store, Transaction
from gis.store.kinds import ERASED

#: Submissions that somebody may still put in force as they are.
_OPEN: Final = (SubmissionState.DRAFT, SubmissionState.SUBMITTED)


def erase_party(store: Store, party_id: str, mandate: Mandate) -> Done:
    """Erase a party's name and tax code, and the requests of submissions that hold them.

    The party stays, with new versions that say so. Repeating it does no harm.

    Raises:
        RuleBroken: ``reason.required``.
        NotFound: ``thing.unknown``.
        StaleVersion: ``record.stale``.
        Conflict: ``erasure.submission``, ``erasure.unsealed``.
        StoreBusy: ``register.busy``; where the change is in the journal already, repeat it.
    """
    require_reason(mandate)
    with carry_out(store, mandate, "party.erase", is_land=False) as (transaction, done):
        require_unchanged(transaction, Party, party_id, mandate)
        versions = transaction.history(Party, party_id)
        if not versions:
            raise NotFound("thing.unknown", table="party", value=party_id[:80], on="…")
        for version in versions:
            if version.known_to is None:
                blank = replace(version.thing, name=ERASED, tax_code=None)
                transaction.put(Entry(blank, version.valid, decision_id=version.decision_id))
        transaction.erase(Party, party_id)
        for submission_id in _submissions_with(transaction, versions):
            transaction.erase(Submission, submission_id)
        done.tell((Party, party_id))
    if not mandate.dry_run:
        store.scrub()
    return done


def _submissions_with(transaction: Transaction, versions: Sequence[Version[Party]]) -> list[str]:
    """Return the submissions that hold a name or tax code which the party ever had.

    Raises:
        Conflict: ``erasure.submission`` where one of them is still open.
    """
    parties = [version.thing for version in versions]
    words = {word for party in parties for word in (party.name, party.tax_code) if word}
    written = {form for word in words - {ERASED} for form in _as_written(word)}
    ids = transaction.naming(Submission, sorted(written))
    is_open = [
        submission_id
        for submission_id in ids
        for version in transaction.history(Submission, submission_id)
        if version.known_to is None and version.thing.state in _OPEN
    ]
    if is_open:
        raise Conflict("erasure.submission", ids=", ".join(sorted(set(is_open))))
    return ids


def _as_written(word: str) -> tuple[str, str]:
    """Return how a word stands inside JSON, with its own letters and with escapes."""
    return (json.dumps(word, ensure_ascii=False)[1:-1], json.dumps(word)[1:-1])
