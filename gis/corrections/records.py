"""Records as they are named from outside: by table and id, with the cluster that they belong to."""

from dataclasses import dataclass
from typing import Any, Final

from gis.errors import InvalidValue, NotFound
from gis.model import Submission, Version
from gis.store import Reader
from gis.store.kinds import KINDS, Kind

#: A submission has its own use cases.
_BY_TABLE: Final = {kind.table: kind for kind in KINDS if kind.cls is not Submission}


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundRecord:
    """A record as the program names it; ``cluster_id`` is None for one of no cluster."""

    cls: type
    id: str
    cluster_id: str | None


def kind_named(table: str) -> Kind:
    """Return a kind of thing by the name of its table.

    Raises:
        InvalidValue: ``value.choice``.
    """
    if table not in _BY_TABLE:
        choices = ", ".join(_BY_TABLE)
        raise InvalidValue("value.choice", value=table[:80], name="table", choices=choices)
    return _BY_TABLE[table]


def live_versions(reader: Reader, kind: Kind, thing_id: str) -> list[Version[Any]]:
    """Return the versions of a thing that are known now, in order of their numbers.

    Raises:
        NotFound: ``thing.unknown`` where there is none.
    """
    history: list[Version[Any]] = reader.history(kind.cls, thing_id)
    found = [version for version in history if version.known_to is None]
    if not found:
        raise NotFound("thing.unknown", table=kind.table, value=thing_id[:80], on="…")
    return found


def clusters_of(reader: Reader, kind: Kind, thing_id: str) -> list[str]:
    """Return the cluster that a thing belongs to, as the one whose land is locked."""
    live = live_versions(reader, kind, thing_id)
    named = "cluster_id" if kind.is_of_cluster else "id"
    is_land = kind.is_of_cluster or kind.table == "cluster"
    return [getattr(live[-1].thing, named)] if is_land else []


def find_record(reader: Reader, table: str, thing_id: str) -> FoundRecord:
    """Return what a table and an id name, for who asks whether somebody may mend it.

    Raises:
        InvalidValue: ``value.choice`` for the table.
        NotFound: ``thing.unknown``.
    """
    kind = kind_named(table)
    owners = clusters_of(reader, kind, thing_id)
    return FoundRecord(cls=kind.cls, id=thing_id, cluster_id=owners[0] if owners else None)


def told(kind: Kind, version: Version[Any]) -> dict[str, Any]:
    """Return how a version is named in a refusal."""
    return {"table": kind.table, "id": version.thing.id, "change": version.change}
