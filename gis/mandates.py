"""On whose word the register changes: the account, the decision behind it, and how it was asked.

Every use case takes a `Mandate` and does its work inside `carry_out`: one transaction with one
`gis.model.Change`. What a use case is told there can't change before the block ends.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from gis.error_texts import Language
from gis.errors import (
    Conflict,
    InvalidValue,
    NotFound,
    RequestRepeated,
    RuleBroken,
    StaleVersion,
    sentence,
)
from gis.model import Decision, Moment, Period, Submission, SubmissionState, today
from gis.rules import RuleFinding
from gis.store import Entry, Reader, Store, Transaction, table_of

ALWAYS: Final = Period()

#: Setting: "0" lets the one who submitted put in force, for an office of one; else two people.
FOUR_EYES: Final = "four_eyes"


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestKey:
    """A key by which an account tells a request, and the digest of what it asks for."""

    key: str
    digest: str

    @classmethod
    def of(cls, key: str, content: bytes) -> "RequestKey":
        """Make the key of a request with some content."""
        return cls(key=key, digest=hashlib.sha256(content).hexdigest())


@dataclass(frozen=True, slots=True, kw_only=True)
class Mandate:
    """On whose word a change is made.

    ``by`` is the account's id, never a name. A change of land names its decision: a new one in
    ``decision``, or one that the register holds in ``decision_id``. ``reason`` is what a
    correction, a void or a revert has to give. ``submission_id`` is the submission that is put
    in force by this change. ``expected`` is the version of the thing that its author saw. A
    ``dry_run`` checks everything and keeps nothing.
    """

    by: str
    decision: Decision | None = None
    decision_id: str | None = None
    reason: str | None = None
    submission_id: str | None = None
    expected: int | None = None
    request: RequestKey | None = None
    dry_run: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A thing that a change wrote, with the number of its newest version."""

    cls: type
    id: str
    version: int


@dataclass(frozen=True, slots=True)
class Note:
    """What people should know of a change although it does not stand in its way.

    ``code`` is one of `gis.error_texts`; ``facts`` fill its sentences and are plain JSON values.
    """

    code: str
    facts: dict[str, Any]

    def sentence(self, language: Language = "vi") -> str:
        """Say it in words."""
        return sentence(self.code, self.facts, language)


@dataclass(slots=True, kw_only=True)
class Done:
    """What a use case did.

    ``change`` is its number in the journal, None after a dry run; ``things`` what it wrote, the
    one asked about first; ``findings`` the rules that it was held against, each with the version
    used; ``notes`` what should be known besides. `carry_out` completes it when its block ends.
    """

    change: int | None = None
    things: tuple[Written, ...] = ()
    findings: tuple[RuleFinding, ...] = ()
    notes: tuple[Note, ...] = ()
    told: list[tuple[type, str]] = field(default_factory=list)

    def tell(self, *things: tuple[type, str]) -> None:
        """Name, in the order in which people are told of them, things that the change writes."""
        self.told.extend(things)

    def note(self, code: str, **facts: Any) -> None:
        """Say what should be known and does not stand in the way."""
        self.notes += (Note(code, facts),)

    def complete(self, transaction: Transaction, *, is_dry_run: bool) -> None:
        """Take over what the transaction wrote."""
        numbers = transaction.versions
        self.change = None if is_dry_run else transaction.number
        self.things = tuple(
            Written(cls=cls, id=thing_id, version=numbers[cls, thing_id])
            for cls, thing_id in self.told
            if (cls, thing_id) in numbers
        )


@contextmanager
def carry_out(
    store: Store,
    mandate: Mandate,
    action: str,
    *,
    cluster_ids: Sequence[str] = (),
    is_land: bool = True,
) -> Iterator[tuple[Transaction, Done]]:
    """Open the one transaction of a use case and complete what it did at the end.

    ``action`` is the use case's name in the journal, such as ``lease.register``; ``cluster_ids``
    are the clusters whose land it reads and writes.

    Raises:
        RuleBroken: ``decision.required`` where a change of land names no decision.
        NotFound: ``decision.unknown``, ``submission.unknown``.
        Conflict: ``submission.state``, ``submission.own``, ``request.key_reused``.
        RequestRepeated: ``request.repeated``.
    """
    done = Done()
    with store.transaction(
        by=mandate.by,
        action=action,
        decision_id=mandate.decision_id if mandate.decision is None else mandate.decision.id,
        reason=mandate.reason,
        submitted_by=_author(store, mandate),
        cluster_ids=cluster_ids,
        dry_run=mandate.dry_run,
    ) as transaction:
        _refuse_repeated(transaction, mandate)
        _name_decision(transaction, mandate, is_land=is_land)
        _put_in_force(transaction, mandate)
        yield transaction, done
        if mandate.request is not None:
            told = json.dumps([[table_of(cls), thing_id] for cls, thing_id in done.told])
            transaction.remember(mandate.request.key, mandate.request.digest, told)
    done.complete(transaction, is_dry_run=mandate.dry_run)


def decision_of(reader: Reader, mandate: Mandate) -> Decision | None:
    """Return the decision that a mandate names, a new one or one of the register; None if none."""
    if mandate.decision is not None or mandate.decision_id is None:
        return mandate.decision
    found = reader.all(Decision, Moment(today()), ids=[mandate.decision_id])
    return found[0].thing if found else None


def effective_date(reader: Reader, mandate: Mandate, on: date | None = None) -> date:
    """Return the day from which a change holds: the one asked for, else its decision's.

    Raises:
        InvalidValue: ``value.empty`` where neither gives a day.
    """
    if on is not None:
        return on
    decision = decision_of(reader, mandate)
    if decision is None or decision.on is None:
        raise InvalidValue("value.empty", name="on")
    return decision.on


def require_unchanged(reader: Reader, cls: type[Any], thing_id: str, mandate: Mandate) -> None:
    """Refuse to change a thing that is no longer the version which the mandate's author saw.

    A mandate that expects no version passes; so does a thing never known, which others refuse.

    Raises:
        StaleVersion: ``record.stale``.
    """
    if mandate.expected is None:
        return
    current = latest_version(reader, cls, thing_id)
    if current != mandate.expected:
        facts = {"table": table_of(cls), "id": thing_id, "current": current}
        raise StaleVersion("record.stale", **facts, expected=mandate.expected)


def latest_version(reader: Reader, cls: type[Any], thing_id: str) -> int:
    """Return the highest version number that a thing ever had; 0 for one never known."""
    return max((version.number for version in reader.history(cls, thing_id)), default=0)


def require_reason(mandate: Mandate) -> str:
    """Return the reason of a correction, a void or a revert.

    Raises:
        RuleBroken: ``reason.required``.
    """
    if mandate.reason is None or not mandate.reason.strip():
        raise RuleBroken("reason.required")
    return mandate.reason


def _refuse_repeated(transaction: Transaction, mandate: Mandate) -> None:
    request = mandate.request
    if request is None:
        return
    before = transaction.remembered(mandate.by, request.key)
    if before is None:
        return
    if before.digest != request.digest:
        raise Conflict("request.key_reused", key=request.key[:80], change=before.change)
    raise RequestRepeated("request.repeated", change=before.change, result=before.result)


def _name_decision(transaction: Transaction, mandate: Mandate, *, is_land: bool) -> None:
    """Record a new decision with its change, or see that the one named is known."""
    new, decision_id = mandate.decision, mandate.decision_id
    if new is None and decision_id is None:
        if is_land:
            raise RuleBroken("decision.required")
        return
    wanted = decision_id if new is None else new.id
    known = [
        found.thing for found in transaction.all(Decision, Moment(today()), ids=[wanted or ""])
    ]
    if new is None and not known:
        raise NotFound("decision.unknown", value=str(decision_id)[:80])
    if new is not None and known and known[0] != new:
        raise Conflict("decision.differs", id=new.id)
    if new is not None and not known:
        transaction.put(Entry(new, ALWAYS))


def _author(store: Store, mandate: Mandate) -> str | None:
    """Return who submitted what is put in force; looked at again under the lock."""
    if mandate.submission_id is None:
        return None
    return find_submission(store, mandate.submission_id).author


def find_submission(reader: Reader, submission_id: str) -> Submission:
    """Return a submission by its id.

    Raises:
        NotFound: ``submission.unknown``.
    """
    found = reader.all(Submission, Moment(today()), ids=[submission_id])
    if not found:
        raise NotFound("submission.unknown", value=submission_id[:80])
    return found[0].thing


def _put_in_force(transaction: Transaction, mandate: Mandate) -> None:
    """Mark the submission that this change carries out; its author and its judge are two people."""
    if mandate.submission_id is None:
        return
    submission = find_submission(transaction, mandate.submission_id)
    if submission.state is not SubmissionState.SUBMITTED:
        needed = SubmissionState.SUBMITTED.value
        facts = {"id": submission.id, "state": submission.state.value, "needed": needed}
        raise Conflict("submission.state", **facts)
    if submission.author == mandate.by and needs_four_eyes(transaction):
        raise Conflict("submission.own", id=submission.id)
    decided = replace(submission, state=SubmissionState.IN_FORCE, decided_by=mandate.by)
    transaction.put(Entry(decided, ALWAYS))


def needs_four_eyes(reader: Reader) -> bool:
    """Say whether land changes only by a submission that somebody else puts in force."""
    return reader.setting(FOUR_EYES) != "0"
