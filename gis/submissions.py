"""Proposed changes: drafted by one person, submitted, and put in force by another.

A submission holds what would be asked for, as JSON; nothing reads it as land, a figure or a
balance. It is put in force by carrying out its use case with a mandate that names it
(`gis.mandates.carry_out`), in the same transaction that marks it.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from gis.errors import Conflict
from gis.mandates import (
    ALWAYS,
    Done,
    Mandate,
    carry_out,
    find_submission,
    require_reason,
    require_unchanged,
)
from gis.model import Moment, Submission, SubmissionState, Version, today
from gis.store import Entry, Reader, Store, Transaction

_OPEN: Final = (SubmissionState.DRAFT, SubmissionState.SUBMITTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedChange:
    """What is proposed: the action, what it would be asked with (JSON), and whose land it is."""

    action: str
    request: str
    cluster_id: str | None = None


def draft(store: Store, proposed: ProposedChange, mandate: Mandate) -> Done:
    """Keep a proposal that its author goes on working at."""
    return _propose(store, proposed, mandate, SubmissionState.DRAFT)


def submit(store: Store, proposed: ProposedChange, mandate: Mandate) -> Done:
    """Hand a proposal in, so that another person decides."""
    return _propose(store, proposed, mandate, SubmissionState.SUBMITTED)


def submit_draft(store: Store, submission_id: str, mandate: Mandate) -> Done:
    """Hand in a draft of one's own.

    Raises:
        NotFound: ``submission.unknown``.
        Conflict: ``submission.state``, ``submission.others``.
        StaleVersion: ``record.stale``.
    """
    with carry_out(store, mandate, "submission.submit", is_land=False) as (transaction, done):
        found = _open(transaction, submission_id, mandate, (SubmissionState.DRAFT,))
        _require_author(found, mandate)
        _write(transaction, done, replace(found, state=SubmissionState.SUBMITTED))
    return done


def withdraw(store: Store, submission_id: str, mandate: Mandate) -> Done:
    """Take a proposal of one's own back.

    Raises:
        NotFound: ``submission.unknown``.
        Conflict: ``submission.state``, ``submission.others``.
        StaleVersion: ``record.stale``.
    """
    with carry_out(store, mandate, "submission.withdraw", is_land=False) as (transaction, done):
        found = _open(transaction, submission_id, mandate, _OPEN)
        _require_author(found, mandate)
        _write(transaction, done, replace(found, state=SubmissionState.WITHDRAWN))
    return done


def refuse(store: Store, submission_id: str, mandate: Mandate) -> Done:
    """Send a proposal back with the mandate's reason as a note to its author.

    Raises:
        RuleBroken: ``reason.required``.
        NotFound: ``submission.unknown``.
        Conflict: ``submission.state``.
        StaleVersion: ``record.stale``.
    """
    note = require_reason(mandate)
    with carry_out(store, mandate, "submission.refuse", is_land=False) as (transaction, done):
        found = _open(transaction, submission_id, mandate, (SubmissionState.SUBMITTED,))
        refused = SubmissionState.REFUSED
        _write(transaction, done, replace(found, state=refused, decided_by=mandate.by, note=note))
    return done


def list_submissions(
    reader: Reader,
    *,
    states: Iterable[SubmissionState] = (),
    author: str | None = None,
    cluster_id: str | None = None,
) -> list[Version[Submission]]:
    """Return submissions as they are now, in the order of their ids; no states: of any state."""
    wanted = frozenset(states)
    return [
        found
        for found in reader.all(Submission, Moment(today()), cluster_id=cluster_id)
        if (not wanted or found.thing.state in wanted)
        and (author is None or found.thing.author == author)
    ]


def _propose(
    store: Store, proposed: ProposedChange, mandate: Mandate, state: SubmissionState
) -> Done:
    action = f"submission.{'draft' if state is SubmissionState.DRAFT else 'submit'}"
    with carry_out(store, mandate, action, is_land=False) as (transaction, done):
        submission = Submission(
            id=f"trinh-{transaction.change_counter() + 1:06d}-{secrets.token_hex(3)}",
            action=proposed.action,
            request=proposed.request,
            author=mandate.by,
            state=state,
            cluster_id=proposed.cluster_id,
        )
        _write(transaction, done, submission)
    return done


def _write(transaction: Transaction, done: Done, submission: Submission) -> None:
    transaction.put(Entry(submission, ALWAYS))
    done.tell((Submission, submission.id))


def _open(
    transaction: Transaction,
    submission_id: str,
    mandate: Mandate,
    states: tuple[SubmissionState, ...],
) -> Submission:
    found = find_submission(transaction, submission_id)
    require_unchanged(transaction, Submission, submission_id, mandate)
    if found.state not in states:
        needed = ", ".join(state.value for state in states)
        facts = {"id": found.id, "state": found.state.value, "needed": needed}
        raise Conflict("submission.state", **facts)
    return found


def _require_author(submission: Submission, mandate: Mandate) -> None:
    if submission.author != mandate.by:
        raise Conflict("submission.others", id=submission.id)
