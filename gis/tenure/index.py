"""What searches look through: of each cluster who holds what and which flags, kept in memory.

A cluster's part is made once for each state of knowledge and made anew only when the journal says
that the cluster changed. Parts are values that threads share; no shape stays in them.
"""

import threading
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Final
from weakref import WeakKeyDictionary

from gis.indicators.spans import NEVER, Span
from gis.model import LeaseState, Moment, Party, PlotState, today
from gis.names import fold
from gis.store import Reader, Store
from gis.store.kinds import ERASED
from gis.tenure.findings import LeaseSpan, lease_spans
from gis.tenure.flags import LeaseFlag
from gis.tenure.holdings import Holdings, read_holdings
from gis.tenure.measures import Tenancy
from gis.tenure.terms import lease_days, project_days

#: Clusters read at once: few queries, and a bound to memory.
_GATHERED: Final = 100
#: States of knowledge kept for those who still ask about one before the last.
_KEPT: Final = 3


@dataclass(frozen=True, slots=True)
class Approval:
    """Days in which a project is approved for plots."""

    days: Span
    party_id: str
    parcel_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterIndex:
    """One cluster's leases on every day, by what people look for; its projects' approvals.

    ``first_lease`` is the first id among them, ``first_parcel`` that of the parcels that they or
    projects name. ``by_contract`` has folded numbers.
    """

    first_lease: str
    first_parcel: str
    spans: Sequence[LeaseSpan]
    by_flag: Mapping[LeaseFlag, Sequence[LeaseSpan]]
    by_state: Mapping[LeaseState, Sequence[LeaseSpan]]
    by_party: Mapping[str, Sequence[LeaseSpan]]
    by_contract: Mapping[str, Sequence[LeaseSpan]]
    let: Mapping[str, Sequence[Span]]
    approvals: Sequence[Approval]

    def of_parties(self, parties: set[str]) -> Iterator[LeaseSpan]:
        """Yield the leases that parties let or hold, once for each of them."""
        if len(parties) > len(self.by_party):
            parties = parties & self.by_party.keys()
        for name in parties:
            yield from self.by_party.get(name, ())

    def of_contract(self, part: str) -> Iterator[LeaseSpan]:
        """Yield the leases whose folded contract number has some text in it."""
        for contract, spans in self.by_contract.items():
            if part in contract:
                yield from spans


@dataclass(frozen=True, slots=True)
class PartyNames:
    """What a party is found by: its name folded, and its tax code."""

    folded: str
    tax_code: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TenureIndex:
    """All clusters as known with the change of a number."""

    number: int
    clusters: Mapping[str, ClusterIndex]
    parties: Mapping[str, PartyNames]

    def of(self, cluster_id: str | None) -> Iterator[ClusterIndex]:
        """Yield one cluster's part, or all; nothing for an unknown cluster."""
        if cluster_id is None:
            yield from self.clusters.values()
        elif cluster_id in self.clusters:
            yield self.clusters[cluster_id]

    def party_ids(self, party: str | None, tax_code: str | None) -> set[str] | None:
        """Return the parties with an id or part of a name, and a tax code; None asks for none."""
        if party is None and tax_code is None:
            return None
        wanted = None if party is None else fold(party.strip())
        return {
            party_id
            for party_id, names in self.parties.items()
            if (wanted is None or party_id == party or wanted in names.folded)
            and (tax_code is None or names.tax_code == tax_code.strip())
        }

    def plot_state(self, cluster_id: str, parcel_id: str, on: date) -> PlotState:
        """Return a plot's state on a date: leased before approved before vacant."""
        part, day = self.clusters.get(cluster_id), on.toordinal()
        if part is None:
            return PlotState.VACANT
        if any(start <= day < end for start, end in part.let.get(parcel_id, ())):
            return PlotState.LEASED
        is_approved = any(
            approval.days[0] <= day < approval.days[1] and parcel_id in approval.parcel_ids
            for approval in part.approvals
        )
        return PlotState.APPROVED if is_approved else PlotState.VACANT


@dataclass(slots=True)
class _Shelf:
    """The indexes kept of one register, the newest last."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    kept: list[TenureIndex] = field(default_factory=list)


_SHELVES: Final[WeakKeyDictionary[Reader, _Shelf]] = WeakKeyDictionary()
_SHELVES_LOCK: Final = threading.Lock()


def tenure_index(store: Store, moment: Moment) -> TenureIndex:
    """Return the index of a moment's knowledge.

    The first one of a register, and one of a past that nobody asked about lately, is made from
    everything: seconds for a thousand clusters. Another reads the clusters that changed since.
    """
    number = store.counter_at(moment.known_at)
    with _SHELVES_LOCK:
        shelf = _SHELVES.setdefault(store, _Shelf())
    with shelf.lock:
        found = next((index for index in shelf.kept if index.number == number), None)
        if found is None:
            base = max(
                (index for index in shelf.kept if index.number < number),
                key=lambda index: index.number,
                default=None,
            )
            found = _made(store, number, moment.known_at, base)
            older = [_without_erased(index, found) for index in shelf.kept]
            shelf.kept = sorted([*older, found], key=lambda index: index.number)[-_KEPT:]
    return found


def _without_erased(older: TenureIndex, newer: TenureIndex) -> TenureIndex:
    """Return an older index that no longer finds by their names parties erased since."""
    erased = {name for name, known in newer.parties.items() if known.folded == fold(ERASED)}
    if newer.parties is older.parties or not erased & older.parties.keys():
        return older
    kept = {
        name: newer.parties[name] if name in erased else known
        for name, known in older.parties.items()
    }
    return replace(older, parties=kept)


def _made(
    store: Store, number: int, known_at: datetime | None, base: TenureIndex | None
) -> TenureIndex:
    """Make an index anew, or from an older one and what changed since."""
    touched = sorted(store.touched_since(0 if base is None else base.number))
    clusters = {} if base is None else dict(base.clusters)
    names = [name for name in touched if name]
    for start in range(0, len(names), _GATHERED):
        some = names[start : start + _GATHERED]
        for holdings in read_holdings(store, some, known_at):
            clusters[holdings.cluster_id] = cluster_index(holdings)
    parties = None if base is None or "" in touched else base.parties
    return TenureIndex(
        number=number,
        clusters=clusters,
        parties=_parties(store, known_at) if parties is None else parties,
    )


def cluster_index(holdings: Holdings) -> ClusterIndex:
    """Return one cluster's part."""
    tenancy = Tenancy(holdings)
    spans = [span for name in sorted(tenancy.leases) for span in lease_spans(tenancy, name)]
    by_flag: dict[LeaseFlag, list[LeaseSpan]] = defaultdict(list)
    by_state: dict[LeaseState, list[LeaseSpan]] = defaultdict(list)
    by_party: dict[str, list[LeaseSpan]] = defaultdict(list)
    by_contract: dict[str, list[LeaseSpan]] = defaultdict(list)
    for span in spans:
        by_state[span.state].append(span)
        by_contract[span.contract].append(span)
        for flag in span.flags:
            by_flag[flag].append(span)
        for party_id in {span.lease.lessee_id, span.lease.lessor_id}:
            by_party[party_id].append(span)
    let: dict[str, list[Span]] = defaultdict(list)
    for held in holdings.leases:
        days = lease_days(held)
        if held.thing.tier.is_tenant and days != NEVER:
            for parcel_id in held.thing.parcel_ids:
                let[parcel_id].append(days)
    return ClusterIndex(
        first_lease=spans[0].lease.id if spans else "",
        first_parcel=_first_parcel(holdings),
        spans=tuple(spans),
        by_flag=dict(by_flag),
        by_state=dict(by_state),
        by_party=dict(by_party),
        by_contract=dict(by_contract),
        let=dict(let),
        approvals=tuple(
            Approval(project_days(held), held.thing.party_id, held.thing.parcel_ids)
            for held in holdings.projects
        ),
    )


def _first_parcel(holdings: Holdings) -> str:
    named = {name for held in holdings.leases for name in held.thing.parcel_ids}
    named.update(name for held in holdings.projects for name in held.thing.parcel_ids)
    return min(named, default="")


def _parties(store: Store, known_at: datetime | None) -> dict[str, PartyNames]:
    moment = Moment(today(), known_at)
    return {
        found.thing.id: PartyNames(fold(found.thing.name), found.thing.tax_code)
        for found in store.all(Party, moment)
    }
