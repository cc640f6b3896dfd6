"""Bodies about changes: the receipt of one, and the journal's entries."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import Field

from api.schemas.base import Body
from gis.mandates import Done, Note, Written
from gis.model import Change, ChangePart
from gis.rules import Outcome, RuleFinding
from gis.store import table_of


class WrittenThing(Body):
    """A record that a change wrote; its version is its ETag for the next change."""

    kind: Annotated[str, Field(examples=["lease"])]
    id: str
    version: Annotated[int, Field(description="Send it as If-Match to change the record.")]

    @classmethod
    def of(cls, thing: Written) -> "WrittenThing":
        """Take a written thing over."""
        return cls(kind=table_of(thing.cls), id=thing.id, version=thing.version)


class Finding(Body):
    """A rule that the change was held against, with the version used."""

    rule: str
    version: Annotated[str | None, Field(description="Null where no version was in force.")]
    citation: str | None
    verified: Annotated[bool | None, Field(description="The version was read in its source.")]
    value: Annotated[float | bool | None, Field(description="The fact checked; null: unknown.")]
    comparison: str | None
    limit: float | None
    unit: str | None
    outcome: Outcome

    @classmethod
    def of(cls, finding: RuleFinding) -> "Finding":
        """Take a finding over."""
        rule = finding.rule
        return cls(
            rule=finding.rule_id,
            version=None if rule is None else rule.version,
            citation=None if rule is None else rule.citation,
            verified=None if rule is None else rule.is_verified,
            value=finding.value,
            comparison=None if rule is None else rule.comparison,
            limit=None if rule is None else rule.value,
            unit=None if rule is None else rule.unit,
            outcome=finding.outcome,
        )


class NoteOut(Body):
    """What should be known of a change although it does not stand in its way."""

    code: str
    vi: str
    en: str
    facts: dict[str, Any]

    @classmethod
    def of(cls, note: Note) -> "NoteOut":
        """Take a note over."""
        return cls(code=note.code, vi=note.sentence("vi"), en=note.sentence("en"), facts=note.facts)


class Receipt(Body):
    """What a change did; of a dry run, what it would do."""

    change: Annotated[int | None, Field(description="Its number in the journal; null: dry run.")]
    dry_run: bool
    repeated: Annotated[bool, Field(description="It was carried out before, by the same key.")]
    things: list[WrittenThing]
    findings: list[Finding]
    notes: list[NoteOut]

    @classmethod
    def of(cls, done: Done, *, dry_run: bool) -> "Receipt":
        """Take over what a use case did."""
        return cls(
            change=done.change,
            dry_run=dry_run,
            repeated=False,
            things=[WrittenThing.of(thing) for thing in done.things],
            findings=[Finding.of(finding) for finding in done.findings],
            notes=[NoteOut.of(note) for note in done.notes],
        )


class DocumentKept(Body):
    """A document that is kept: decisions name it by its digest."""

    sha256: str
    bytes: int


class Part(Body):
    """What a change did to one cluster, with the cluster's chain."""

    cluster: Annotated[str | None, Field(description="Null: things of no cluster.")]
    opened: int
    closed: int
    digest: str
    cluster_hash: str

    @classmethod
    def of(cls, part: ChangePart) -> "Part":
        """Take a part over."""
        return cls(
            cluster=part.cluster_id or None,
            opened=part.opened,
            closed=part.closed,
            digest=part.digest,
            cluster_hash=part.cluster_hash,
        )


class ChangeEntry(Body):
    """An entry of the journal: who, when, by which decision, sealed by its hash."""

    number: int
    at: datetime
    by: Annotated[str, Field(description="Account id; never a name.")]
    submitted_by: str | None
    action: str
    decision: str | None
    reason: str | None
    register_hash: str
    parts: list[Part]

    @classmethod
    def of(cls, change: Change) -> "ChangeEntry":
        """Take an entry over."""
        return cls(
            number=change.number,
            at=change.at,
            by=change.by,
            submitted_by=change.submitted_by,
            action=change.action,
            decision=change.decision_id,
            reason=change.reason,
            register_hash=change.register_hash,
            parts=[Part.of(part) for part in change.parts],
        )


class Journal(Body):
    """A page of the journal, newest first."""

    changes: list[ChangeEntry]
    before: Annotated[int | None, Field(description="Ask for the next page with it; null: last.")]
