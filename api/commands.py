"""A change that can be asked for: its action, its request and the use case that carries it out.

The table of all of them is `api.actions`. An action is the name by which the journal tells a
change (``lease.register``). Its request is the use case's own dataclass, so that HTTP, a stored
submission and a program inside say the same.
"""

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

from pydantic import Field, TypeAdapter, create_model

from api.schemas.sent import Sent
from gis.mandates import Done, Mandate
from gis.model import Cluster, Version
from gis.rights import Action, Actor, may_somewhere, require
from gis.store import Reader, Store

UseCase = Callable[[Store, Any, Mandate], Done]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """The thing that a change is about, whose version If-Match names."""

    cls: type
    id: str
    may_be_new: bool = False


def _nothing(_request: Any) -> Subject | None:
    return None


def _registers(_request: Any) -> Action:
    return Action.REGISTER


@dataclass(frozen=True)
class Command:
    """A change that can be asked for; ``label`` names it in Vietnamese.

    ``subject`` says which thing of the register a request changes, so that If-Match names its
    version; None where it makes a new one. ``about`` says by which thing its cluster is known
    where the request does not name it, and ``cluster`` finds it where that is not enough.
    ``right`` is what its author needs. What ``is_shared`` is of no cluster and no land: parties
    and decisions. What ``is_evidence`` no decision orders: works, inspections, how land is used.
    """

    action: str
    label: str
    request: type
    run: UseCase
    subject: Callable[[Any], Subject | None] = _nothing
    about: Callable[[Any], Subject | None] = _nothing
    right: Callable[[Any], Action] = _registers
    is_shared: bool = False
    is_evidence: bool = False
    cluster: Callable[[Reader, Any], str | None] | None = None

    def is_land(self, request: Any) -> bool:
        """Say whether the change is one of land, so that two people decide about it."""
        is_registered = self.right(request) is Action.REGISTER
        return is_registered and not (self.is_shared or self.is_evidence)

    def require_right(self, actor: Actor, reader: Reader, request: Any) -> str | None:
        """Return the cluster that a request is about, where somebody may ask for it.

        Raises:
            NotAllowed: see `gis.rights.require`.
        """
        cluster_id = self.cluster_of(reader, request)
        right = self.right(request)
        if not (self.is_shared and may_somewhere(actor, right)):
            require(actor, right, cluster_id)
        return cluster_id

    @cached_property
    def body(self) -> type[Sent]:
        """Return the body by which the command is asked for: `Sent` with its request."""
        name = "".join(word.capitalize() for word in re.split(r"[._]", self.action))
        fields: dict[str, Any] = {"request": (self.request, Field(description="What to do."))}
        return create_model(name, __base__=Sent, __doc__=self.summary.split("\n")[0], **fields)

    @cached_property
    def reader(self) -> TypeAdapter[Any]:
        """Return what reads the body."""
        return TypeAdapter(self.body)

    @property
    def has_subject(self) -> bool:
        """Say whether If-Match may have a record to name."""
        return self.subject is not _nothing

    @property
    def summary(self) -> str:
        """Return what the use case says of itself."""
        return inspect.cleandoc(self.run.__doc__ or "")

    def cluster_of(self, reader: Reader, request: Any) -> str | None:
        """Return the cluster that a request is about; None where it is about none or a new one."""
        if self.cluster is not None:
            return self.cluster(reader, request)
        named = getattr(request, "cluster_id", None)
        about = self.subject(request) or self.about(request)
        if about is None or named is not None:
            return cast("str | None", named)
        if about.cls is Cluster:
            return about.id
        found: list[Version[Any]] = reader.history(about.cls, about.id)
        return getattr(found[-1].thing, "cluster_id", None) if found else None
