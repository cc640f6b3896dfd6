"""The one room that decides whose rows somebody is shown.

The public's rows are the same for everybody. Who holds land (parties, projects, contracts,
capital) has addresses of its own, which look in the clusters of `scope_of` only: all of them for
planners, their own for officers and approvers, none for anybody else. So a list never mixes both
kinds, and no filter, sort or count of it can tell what somebody is not shown (THREATS 38).
tests/api/test_public.py asks every address, of every kind of caller, for what they must not see.
"""

from gis.rights import Action, Actor, clusters_of, require


def scope_of(actor: Actor, cluster_id: str | None) -> list[str | None]:
    """Return the clusters to look in; [None] is all of them.

    Raises:
        NotAllowed: where somebody may see none, or not the one asked for.
    """
    own = clusters_of(actor, Action.READ_FULL)
    if cluster_id is not None or not own:
        if own is None and cluster_id is None:
            return [None]
        require(actor, Action.READ_FULL, cluster_id)
        return [cluster_id]
    return [*sorted(own)]
