"""The clusters that somebody is shown in full: all, one's own, or none."""

import pytest

from api.redaction import scope_of
from gis.errors import NotAllowed
from gis.rights import PUBLIC, Actor, Role

PLANNER = Actor("acc-1", frozenset({Role.PLANNER}), frozenset())
OFFICER = Actor("acc-2", frozenset({Role.OFFICER}), frozenset({"ccn-b", "ccn-a"}))
EVERYWHERE = Actor("acc-3", frozenset({Role.APPROVER}), None)
ADMIN = Actor("acc-4", frozenset({Role.ADMIN}), None)
NOWHERE = Actor("acc-5", frozenset({Role.OFFICER}), frozenset())


@pytest.mark.parametrize(
    ("actor", "asked", "found"),
    [
        (PLANNER, None, [None]),
        (PLANNER, "ccn-c", ["ccn-c"]),
        (EVERYWHERE, None, [None]),
        (OFFICER, None, ["ccn-a", "ccn-b"]),
        (OFFICER, "ccn-b", ["ccn-b"]),
    ],
)
def test_one_looks_in_the_clusters_that_one_may_see(
    actor: Actor, asked: str | None, found: list[str | None]
) -> None:
    """A planner in all, an officer in the own ones, in the order of their ids."""
    assert scope_of(actor, asked) == found


@pytest.mark.parametrize(
    ("actor", "asked", "code"),
    [
        (PUBLIC, None, "auth.required"),
        (PUBLIC, "ccn-a", "auth.required"),
        (ADMIN, None, "right.missing"),
        (ADMIN, "ccn-a", "right.missing"),
        (NOWHERE, None, "right.missing"),
        (OFFICER, "ccn-c", "right.missing"),
    ],
)
def test_nobody_looks_elsewhere(actor: Actor, asked: str | None, code: str) -> None:
    """Refused, and never an empty list that would say that nothing is there."""
    with pytest.raises(NotAllowed) as refused:
        scope_of(actor, asked)
    assert refused.value.code == code
