"""Who may do what: one table, action × role, and the clusters that a role reaches (DESIGN §2).

Nothing here knows how somebody signed in, or HTTP. A route or use case that writes begins with
`require`; one that reads asks `audience_of` which projection it may show. That the approver of a
submission is not its author is checked where submissions are put in force.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final, Literal

from gis.errors import NotAllowed

Audience = Literal["public", "full"]


class Role(StrEnum):
    """What an account is there for; it may have several. The public is nobody signed in."""

    PLANNER = "planner"
    OFFICER = "officer"
    APPROVER = "approver"
    ADMIN = "admin"


class Action(StrEnum):
    """What a right is needed for; reading what is public needs none."""

    READ_FULL = "read_full"
    """Parties, projects, contracts and capital."""
    READ_HISTORY = "read_history"
    """The journal: who wrote what, and when."""
    WRITE_SCENARIO = "write_scenario"
    RECORD_FIGURE = "record_figure"
    """Record or correct a published figure, natural area or target."""
    REGISTER = "register"
    """Write land: drafts and submissions."""
    PUT_IN_FORCE = "put_in_force"
    MANAGE_PEOPLE = "manage_people"
    MANAGE_SETTINGS = "manage_settings"


class Reach(StrEnum):
    """Where a role may do something."""

    EVERYWHERE = "everywhere"
    OWN_CLUSTERS = "own_clusters"
    """In the clusters of the account, which may be all."""


READING: Final = frozenset({Action.READ_FULL, Action.READ_HISTORY})
"""What a read-only token leaves of an account's rights."""

_READERS: Final[Mapping[Role, Reach]] = MappingProxyType(
    {
        Role.PLANNER: Reach.EVERYWHERE,
        Role.OFFICER: Reach.OWN_CLUSTERS,
        Role.APPROVER: Reach.OWN_CLUSTERS,
    }
)

RIGHTS: Final[Mapping[Action, Mapping[Role, Reach]]] = MappingProxyType(
    {
        Action.READ_FULL: _READERS,
        Action.READ_HISTORY: _READERS,
        Action.WRITE_SCENARIO: {Role.PLANNER: Reach.EVERYWHERE},
        Action.RECORD_FIGURE: {Role.PLANNER: Reach.EVERYWHERE},
        Action.REGISTER: {Role.OFFICER: Reach.OWN_CLUSTERS},
        Action.PUT_IN_FORCE: {Role.APPROVER: Reach.OWN_CLUSTERS},
        Action.MANAGE_PEOPLE: {Role.ADMIN: Reach.EVERYWHERE},
        Action.MANAGE_SETTINGS: {Role.ADMIN: Reach.EVERYWHERE},
    }
)
"""The one table. A role that an action does not name may not do it anywhere."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks: an account's id, its roles and its clusters (None: all of them).

    ``account_id`` is opaque and the only thing about a person that the journal keeps; it is ""
    for `PUBLIC`. ``is_read_only`` takes away every action that writes (a token may be narrower
    than its account).
    """

    account_id: str
    roles: frozenset[Role]
    cluster_ids: frozenset[str] | None
    is_read_only: bool = False

    @property
    def is_signed_in(self) -> bool:
        """Say whether this is anybody at all."""
        return bool(self.account_id)


PUBLIC: Final = Actor("", frozenset(), frozenset())
"""Nobody signed in."""


def clusters_of(actor: Actor, action: Action) -> frozenset[str] | None:
    """Return the clusters in which ``actor`` may do ``action``: None is all, empty is none."""
    if actor.is_read_only and action not in READING:
        return frozenset()
    reaches = {reach for role, reach in RIGHTS[action].items() if role in actor.roles}
    if Reach.EVERYWHERE in reaches:
        return None
    return actor.cluster_ids if reaches else frozenset()


def may(actor: Actor, action: Action, cluster_id: str | None = None) -> bool:
    """Tell whether ``actor`` may do ``action`` in a cluster.

    Without a cluster the question is about the register as a whole: an account of some clusters
    only may not. `may_somewhere` asks whether there is any cluster at all.

    >>> officer = Actor("acc-1", frozenset({Role.OFFICER}), frozenset({"ccn-a"}))
    >>> may(officer, Action.REGISTER, "ccn-a"), may(officer, Action.REGISTER, "ccn-b")
    (True, False)
    >>> may(officer, Action.REGISTER), may_somewhere(officer, Action.REGISTER)
    (False, True)
    """
    clusters = clusters_of(actor, action)
    return clusters is None or cluster_id in clusters


def may_somewhere(actor: Actor, action: Action) -> bool:
    """Tell whether there is any cluster in which ``actor`` may do ``action``."""
    clusters = clusters_of(actor, action)
    return clusters is None or bool(clusters)


def require(actor: Actor, action: Action, cluster_id: str | None = None) -> None:
    """Refuse what ``actor`` may not do; see `may`.

    Raises:
        NotAllowed: ``auth.required`` where nobody is signed in; ``right.read_only`` where only
            the token is too narrow; ``right.missing`` with the roles that may, and the cluster
            where the account's clusters are the reason.
    """
    if may(actor, action, cluster_id):
        return
    if not actor.is_signed_in:
        raise NotAllowed("auth.required", action=action)
    roles = [role.value for role in Role if role in RIGHTS[action]]
    if actor.is_read_only and action not in READING:
        raise NotAllowed("right.read_only", action=action, roles=roles)
    is_scope = not actor.roles.isdisjoint(RIGHTS[action])
    place = {"cluster": cluster_id or "*"} if is_scope else {}
    raise NotAllowed("right.missing", action=action, roles=roles, **place)


def audience_of(actor: Actor, cluster_id: str | None = None) -> Audience:
    """Tell which projection of a cluster's rows ``actor`` may see.

    Without a cluster: of rows of any cluster, so "full" only for who may see all of them.
    """
    return "full" if may(actor, Action.READ_FULL, cluster_id) else "public"


def audience_key(actor: Actor) -> str:
    """Return a short text that is equal only for actors who see the same.

    It goes into validators of answers. Nobody signed in is "public", and nobody else is.

    >>> audience_key(PUBLIC)
    'public'
    """
    if not actor.is_signed_in:
        return "public"
    clusters = None if actor.cluster_ids is None else sorted(actor.cluster_ids)
    seen = repr((sorted(actor.roles), clusters, actor.is_read_only))
    return f"in-{hashlib.sha256(seen.encode()).hexdigest()[:16]}"
