"""Who may do what: the table, its clusters, and refusals that name the role needed."""

import re
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis.error_texts import RIGHT_TERMS
from gis.errors import NotAllowed
from gis.rights import (
    PUBLIC,
    READING,
    RIGHTS,
    Action,
    Actor,
    Reach,
    Role,
    audience_key,
    audience_of,
    clusters_of,
    may,
    may_somewhere,
    require,
)
from tests.properties import FEW

GUIDE = Path(__file__).parents[2] / "docs" / "guide" / "people.md"
MARKS = {"●": Reach.EVERYWHERE, "○": Reach.OWN_CLUSTERS}

actors = st.builds(
    Actor,
    st.just("acc-1"),
    st.frozensets(st.sampled_from(Role)),
    st.none() | st.frozensets(st.sampled_from(["ccn-a", "ccn-b"])),
    st.booleans(),
)


def actor(*roles: Role, clusters: frozenset[str] | None = None) -> Actor:
    """Return somebody with roles in some clusters, or in all."""
    return Actor("acc-1", frozenset(roles), clusters)


def test_the_guide_shows_the_table() -> None:
    """Every action and role with its mark, and nothing else."""
    text = GUIDE.read_text(encoding="utf-8")
    head, *rows = re.findall(r"^\|(.*)\|$", text, re.MULTILINE)
    roles = re.findall(r"`(\w+)`", head)
    shown = {}
    for row in rows[1:]:
        name, *marks = row.split("|")
        found = {
            role: MARKS[mark.strip()]
            for role, mark in zip(roles, marks, strict=True)
            if mark.strip()
        }
        shown[name.split("`")[1]] = found
    assert roles == list(Role)
    assert shown == {action: dict(RIGHTS[action]) for action in Action}


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("role", Role)
def test_a_role_may_what_the_table_says(action: Action, role: Role) -> None:
    """Everywhere, in own clusters, or nowhere."""
    reach = RIGHTS[action].get(role)
    someone = actor(role, clusters=frozenset({"ccn-a"}))
    found = [may(someone, action, place) for place in ("ccn-a", "ccn-b", None)]
    assert found == [reach is not None, *[reach is Reach.EVERYWHERE] * 2]
    everywhere = actor(role)
    assert may(everywhere, action) == may(everywhere, action, "ccn-b") == (reach is not None)


def test_the_public_may_nothing() -> None:
    """Nobody signed in is asked to sign in, whatever the action."""
    for action in Action:
        assert clusters_of(PUBLIC, action) == frozenset()
        with pytest.raises(NotAllowed) as refused:
            require(PUBLIC, action, "ccn-a")
        assert refused.value.code == "auth.required"
        assert "?" not in refused.value.sentence("vi") + refused.value.sentence("en")


@FEW
@given(actors, st.sampled_from(Action), st.sampled_from(["ccn-a", "ccn-c", None]))
def test_what_is_required_is_what_is_allowed(
    someone: Actor, action: Action, cluster_id: str | None
) -> None:
    """`require` passes where `may` says yes, `may` where `clusters_of` does; never a wider one."""
    allowed = may(someone, action, cluster_id)
    clusters = clusters_of(someone, action)
    assert allowed == (clusters is None or cluster_id in clusters)
    assert not allowed or may_somewhere(someone, action)
    with nullcontext() if allowed else pytest.raises(NotAllowed, match=r"token|account"):
        require(someone, action, cluster_id)


@FEW
@given(actors, actors)
def test_roles_add_up_and_never_take_away(one: Actor, other: Actor) -> None:
    """An account with the roles of two may what either may in the same clusters."""
    other = replace(other, cluster_ids=one.cluster_ids, is_read_only=one.is_read_only)
    both = replace(one, roles=one.roles | other.roles)
    for action in Action:
        together = may(one, action, "ccn-a") or may(other, action, "ccn-a")
        assert may(both, action, "ccn-a") == together


def test_a_read_only_token_reads_and_no_more() -> None:
    """Of an account with every role it leaves the two actions that read."""
    token = replace(actor(*Role), is_read_only=True)
    assert {action for action in Action if may(token, action)} == READING
    with pytest.raises(NotAllowed) as refused:
        require(token, Action.REGISTER, "ccn-a")
    assert refused.value.code == "right.read_only"
    assert "cán bộ đất đai" in refused.value.sentence("vi")


def test_a_refusal_names_the_roles_and_the_reason() -> None:
    """A missing role names the roles; a scope too small names the cluster as well."""
    with pytest.raises(NotAllowed) as missing:
        require(actor(Role.PLANNER), Action.REGISTER, "ccn-a")
    assert missing.value.facts == {"action": "register", "roles": ["officer"]}
    assert missing.value.sentence("en") == (
        "This account may not write to the register. Roles that may: land officer. "
        "Ask the administrator."
    )
    officer = actor(Role.OFFICER, clusters=frozenset({"ccn-a"}))
    with pytest.raises(NotAllowed) as elsewhere:
        require(officer, Action.REGISTER, "ccn-b")
    assert elsewhere.value.facts["cluster"] == "ccn-b"
    assert "ghi vào sổ đăng ký ở «ccn-b»" in elsewhere.value.sentence("vi")
    with pytest.raises(NotAllowed) as whole:
        require(officer, Action.REGISTER)
    assert whole.value.facts["cluster"] == "*"
    assert "trên toàn sổ" in whole.value.sentence("vi")


def test_every_role_and_action_has_its_words() -> None:
    """A sentence about rights has no gap."""
    named = (
        {"action.use_account"}
        | {f"role.{role}" for role in Role}
        | {f"action.{action}" for action in Action}
    )
    assert named == {name for name in RIGHT_TERMS if not name.startswith("place.")}


def test_who_sees_parties_and_capital() -> None:
    """Planners everywhere, officers and approvers in own clusters, others as the public."""
    assert audience_of(PUBLIC, "ccn-a") == "public"
    assert audience_of(actor(Role.ADMIN), "ccn-a") == "public"
    assert audience_of(actor(Role.PLANNER, clusters=frozenset())) == "full"
    for role in (Role.OFFICER, Role.APPROVER):
        own = actor(role, clusters=frozenset({"ccn-a"}))
        seen = [audience_of(own, place) for place in ("ccn-a", "ccn-b", None)]
        assert seen == ["full", "public", "public"]


@FEW
@given(actors, actors)
def test_an_audience_key_is_shared_by_equals_only(one: Actor, other: Actor) -> None:
    """Equal keys mean equal sight; the account does not count, and nobody is taken for nobody."""
    sight = [(a.roles, a.cluster_ids, a.is_read_only) for a in (one, other)]
    assert (audience_key(one) == audience_key(other)) == (sight[0] == sight[1])
    assert audience_key(one) == audience_key(replace(one, account_id="acc-2")) != "public"
