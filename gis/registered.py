"""What a use case finds in the register before it writes: the things named, and free ids."""

import secrets
from collections.abc import Iterable
from datetime import date
from itertools import count
from typing import Any, TypeVar

from gis.errors import Conflict, NotFound
from gis.given import given_id
from gis.model import Cluster, Moment, Period, Version
from gis.names import nearest
from gis.store import Reader

T = TypeVar("T")


def find_cluster(reader: Reader, cluster_id: str, moment: Moment) -> Version[Cluster]:
    """Return a cluster or zone in force by its id.

    Raises:
        NotFound: ``cluster.unknown`` with ids that are close to the one asked for.
    """
    found = reader.all(Cluster, moment, ids=[cluster_id])
    if found:
        return found[0]
    names = {other.thing.id: other.thing.name_vi for other in reader.all(Cluster, moment)}
    near = ", ".join(nearest(cluster_id, names)) or "—"
    raise NotFound("cluster.unknown", value=cluster_id[:60], near=near)


def require_known(
    reader: Reader, cls: type[Any], ids: Iterable[str | None], moment: Moment
) -> None:
    """See that the things named are in force; None among the ids names nothing.

    Raises:
        NotFound: ``thing.unknown`` for the first that is not.
    """
    for thing_id in ids:
        if thing_id is not None:
            reader.one(cls, thing_id, moment)


def nameless_id(prefix: str) -> str:
    """Return an id that tells nothing of whom it stands for.

    An id is in the journal's chain for ever, and a name that is erased must not go on in it.
    """
    return f"{prefix}-{secrets.token_hex(5)}"


def new_id(
    reader: Reader, cls: type[Any], given: str | None, wanted: str, taken: Iterable[str] = ()
) -> str:
    """Return the id of a new thing: the one given, or a free one like the one wanted.

    An id is free if nothing ever had it, also nothing voided, and it is not among ``taken``.

    Raises:
        InvalidValue: ``value.id``.
        Conflict: ``record.duplicate`` for a given id that is not free.
    """
    used = set(taken)
    if given is not None:
        thing_id = given_id("id", given)
        if thing_id in used or reader.history(cls, thing_id):
            raise Conflict("record.duplicate", table=cls.__name__.lower(), id=thing_id)
        return thing_id
    numbered = (wanted if number == 1 else f"{wanted}-{number}" for number in count(1))
    return next(name for name in numbered if name not in used and not reader.history(cls, name))


def owned_id(
    reader: Reader, cls: type[Any], cluster_id: str, given: str | None, wanted: str
) -> str:
    """Return the id of a cluster's thing: one that it has and that changes now, or a new one.

    Raises:
        InvalidValue: ``value.id``.
        Conflict: ``record.duplicate`` for an id that another cluster's thing has, or that is no
            longer in force.
    """
    if given is not None:
        known = {version.thing.id for version in reader.known(cls, cluster_id)}
        thing_id = given_id("id", given)
        if thing_id in known:
            return thing_id
    return new_id(reader, cls, given, wanted)


def time_left(reader: Reader, cls: type[Any], thing_id: str, on: date) -> Period:
    """Return the period of a change of a thing from a day on: until its next version, or for ever.

    The version in force is changed as long as it would have held.
    """
    live = [version for version in reader.history(cls, thing_id) if version.known_to is None]
    ends = [version.valid.end for version in live if version.valid.contains(on)]
    starts = [start for version in live if (start := version.valid.start) and start > on]
    return Period(on, ends[0] if ends else min(starts, default=None))
