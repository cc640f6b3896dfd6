"""The one room that decides who is shown what: the public's rows, or all of them.

A row has two bodies. The full one (parties, projects, contracts, capital) is for planners, and for
officers and approvers in their own clusters; everybody else gets the public one, in the same list.
What somebody is not shown they can't ask by either: a hidden parameter is refused in the words of
one that does not exist (THREATS 38), so that no filter, sort or count tells what a row hides.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from pydantic import BaseModel

from gis.errors import InvalidValue
from gis.rights import Action, Actor, audience_of, may_somewhere

V = TypeVar("V")

LEAST_PROJECTS: Final = 3
"""A sum over fewer projects tells about one of them, so the public gets none."""


@dataclass(frozen=True, slots=True)
class Projections(Generic[V]):
    """What is made of one kind of row: ``public`` for everybody, ``full`` for whoever may see."""

    public: Callable[[V], BaseModel]
    full: Callable[[V], BaseModel]

    def of(self, row: V, actor: Actor, cluster_id: str | None) -> BaseModel:
        """Return the body of a row of a cluster for somebody."""
        is_full = audience_of(actor, cluster_id) == "full"
        return self.full(row) if is_full else self.public(row)


def refuse_hidden(
    actor: Actor, asked: Iterable[str], hidden: Collection[str], choices: Iterable[str]
) -> None:
    """Refuse to be asked by what the one who asks is shown in no cluster.

    Whoever sees it in some clusters may ask by it, of rows of those clusters only.

    Raises:
        InvalidValue: ``value.parameter``, as for a name that nobody knows.
    """
    if may_somewhere(actor, Action.READ_FULL):
        return
    for name in asked:
        if name in hidden:
            shown = ", ".join(one for one in choices if one not in hidden)
            raise InvalidValue("value.parameter", name=name[:40], choices=shown)


def shown_total(
    actor: Actor, total: float | None, projects: int, cluster_id: str | None = None
) -> float | None:
    """Return a sum over projects, or None where it would tell the public about one of them."""
    if audience_of(actor, cluster_id) == "full" or projects >= LEAST_PROJECTS:
        return total
    return None
