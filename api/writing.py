"""A change asked for over HTTP: read, allowed, carried out once, and answered with a receipt.

Where the office keeps the rule of two people, a change of land becomes a submission (202): it is
checked as it stands and waits for an approver. Everything else is carried out at once (201).
"""

import json
from dataclasses import dataclass, replace
from typing import Any, Final

from fastapi import Request
from starlette.responses import Response

from api.bodies import read_body
from api.commands import Command, Subject
from api.deps import JSON, Service
from api.schemas.changes import Receipt, WrittenThing
from api.schemas.sent import Sent
from gis.errors import InvalidValue, RequestRepeated, RuleBroken, StaleVersion
from gis.mandates import Done, Mandate, RequestKey, latest_version, needs_four_eyes
from gis.model import Version
from gis.rights import Action, Actor, require
from gis.store import Reader, class_of, table_of
from gis.submissions import ProposedChange, draft, submit

_LONGEST_KEY: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """How a change is asked for: by whom, with which headers, to try only or as a draft."""

    actor: Actor
    if_match: str | None
    key: str | None
    path: str
    content: bytes
    dry_run: bool = False
    is_draft: bool = False


async def asking_of(
    request: Request, actor: Actor, *, dry_run: bool = False, is_draft: bool = False
) -> Asking:
    """Read the headers and the body of a request for a change.

    Raises:
        InvalidValue: ``value.id`` for a key that is none.
    """
    key = request.headers.get("idempotency-key")
    if key is not None and not (0 < len(key) <= _LONGEST_KEY and key.isprintable()):
        raise InvalidValue("value.id", name="Idempotency-Key", limit=_LONGEST_KEY)
    return Asking(
        actor=actor,
        if_match=request.headers.get("if-match"),
        key=key,
        path=str(request.scope["path"]),
        content=await request.body(),
        dry_run=dry_run,
        is_draft=is_draft,
    )


def change(service: Service, command: Command, asking: Asking) -> Response:
    """Carry out a change, or submit it where another person has to put it in force.

    Works on the register, so not on the event loop.
    """
    sent = read_body(command.reader, asking.content)
    store, wish = service.store, sent.request
    cluster_id = command.require_right(asking.actor, store, wish)
    expected = expected_of(store, command.subject(wish), asking)
    proposed = ProposedChange(
        action=command.action,
        request=proposal_text(asking.content, expected),
        cluster_id=cluster_id,
    )
    own = Mandate(by=asking.actor.account_id, request=key_of(asking))
    if asking.is_draft:
        return answer(service, lambda: draft(store, proposed, own), asking, status=202)
    mandate = replace(mandate_of(sent, asking), expected=expected)
    if asking.dry_run or not (command.is_land(wish) and needs_four_eyes(store)):
        return answer(service, lambda: command.run(store, wish, mandate), asking)
    # The use case itself says what is wrong with a proposal, as long as its author is there.
    command.run(store, wish, replace(mandate, dry_run=True, request=None))
    return answer(service, lambda: submit(store, proposed, own), asking, status=202)


def put_in_force(
    service: Service, command: Command, request: str, submission_id: str, asking: Asking
) -> Response:
    """Carry out what somebody submitted, on the word of the one who asks now.

    The record must still be the version which the author saw.
    """
    proposal = json.loads(request)
    sent = read_body(command.reader, json.dumps(proposal["body"]).encode())
    store = service.store
    require(asking.actor, Action.PUT_IN_FORCE, command.cluster_of(store, sent.request))
    mandate = replace(
        mandate_of(sent, asking), submission_id=submission_id, expected=proposal["expected"]
    )
    return answer(service, lambda: command.run(store, sent.request, mandate), asking)


def proposal_text(content: bytes, expected: int | None) -> str:
    """Return what a submission keeps: the body as it came, and the version that its author saw."""
    return f'{{"expected":{json.dumps(expected)},"body":{content.decode()}}}'


def mandate_of(sent: Sent, asking: Asking) -> Mandate:
    """Return on whose word a change is asked for."""
    return Mandate(
        by=asking.actor.account_id,
        decision=None if sent.decision is None else sent.decision.decision(),
        decision_id=sent.decision_id,
        reason=sent.reason,
        request=key_of(asking),
        dry_run=asking.dry_run,
    )


def key_of(asking: Asking) -> RequestKey | None:
    """Return the key of a request, with what it asks for where; None where it has none."""
    if asking.key is None:
        return None
    told = f"{asking.path}\n{asking.if_match or ''}\n".encode()
    return RequestKey.of(asking.key, told + asking.content)


def expected_of(reader: Reader, subject: Subject | None, asking: Asking) -> int | None:
    """Return the version of a thing that If-Match names; None where a change makes a new one.

    ``*`` stands for any version. A weak tag matches nothing (RFC 9110 §13.1.1).

    Raises:
        RuleBroken: ``precondition.required`` without the header.
        StaleVersion: ``record.stale`` where no tag is the present version.
    """
    if subject is None:
        return None
    current = latest_version(reader, subject.cls, subject.id)
    if asking.if_match is None:
        if subject.may_be_new and not current:
            return None
        raise RuleBroken("precondition.required", table=table_of(subject.cls), id=subject.id)
    tags = {tag.strip() for tag in asking.if_match.split(",")}
    if "*" in tags or etag(current) in tags:
        return current
    facts = {"table": table_of(subject.cls), "id": subject.id, "current": current}
    raise StaleVersion("record.stale", **facts, expected=asking.if_match[:40])


def etag(version: int) -> str:
    """Return the strong entity tag of a record: its version.

    >>> etag(3)
    '"3"'
    """
    return f'"{version}"'


def answer(service: Service, run: Any, asking: Asking, *, status: int = 201) -> Response:
    """Run a use case and answer with its receipt; the same request sent again with the first."""
    try:
        done: Done = run()
    except RequestRepeated as repeated:
        receipt = _first_receipt(service, repeated)
    else:
        receipt = Receipt.of(done, dry_run=asking.dry_run)
    return _answered(receipt, 200 if asking.dry_run else status)


def _first_receipt(service: Service, repeated: RequestRepeated) -> Receipt:
    """Return the receipt of a request that was carried out before; its findings were told then."""
    number = repeated.facts["change"]
    things = []
    for table, thing_id in json.loads(repeated.facts["result"]):
        cls: type[Any] | None = class_of(table)
        versions: list[Version[Any]] = [] if cls is None else service.store.history(cls, thing_id)
        written = [version.number for version in versions if version.change == number]
        if written:
            things.append(WrittenThing(kind=table, id=thing_id, version=max(written)))
    return Receipt(
        change=number, dry_run=False, repeated=True, things=things, findings=[], notes=[]
    )


def _answered(receipt: Receipt, status: int) -> Response:
    headers = {"Cache-Control": "private, no-store"}
    if receipt.things:
        headers["ETag"] = etag(receipt.things[0].version)
    return Response(receipt.model_dump_json(), status, headers, JSON)
