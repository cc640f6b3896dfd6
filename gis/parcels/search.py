"""Look for parcels: by place, label or number, by who holds them, by state and flag."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from gis.model import Moment, Parcel, PlotState, Version
from gis.names import fold
from gis.store import Store
from gis.tenure import tenure_index
from gis.tenure.flags import LeaseFlag
from gis.tenure.index import ClusterIndex, TenureIndex

#: Parcels asked of the register at once: first so many, then more.
_FIRST_RUN = 128
_MORE = 4
_MOST = 8192


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelSearch:
    """What is looked for; what is None is not asked. All of it has to fit.

    ``party`` (an id or part of a name, without case and diacritics), ``tax_code`` and
    ``contract`` find the parcels that leases in force on the day, or for a party approved
    projects, hold; ``flag`` those of leases with that flag.
    """

    cluster_id: str | None = None
    party: str | None = None
    tax_code: str | None = None
    contract: str | None = None
    plot_label: str | None = None
    sheet: str | None = None
    number: str | None = None
    commune_code: str | None = None
    state: PlotState | None = None
    flag: LeaseFlag | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelHit:
    """A parcel that was found, with its state on the day."""

    version: Version[Parcel]
    state: PlotState


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelHits:
    """Parcels ordered by id; ``next_after`` is where the next page begins, None on the last."""

    hits: tuple[ParcelHit, ...]
    next_after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Holders:
    """Who has to hold a parcel, and on which day."""

    parts: Sequence[ClusterIndex]
    search: ParcelSearch
    parties: set[str] | None
    contract: str | None
    day: int

    def first(self, after: str, count: int) -> list[str]:
        """Return the first ids of such parcels behind one, in order.

        Whole clusters are passed over once so many were found that come before all of theirs.
        """
        best: list[str] = []
        for part in self.parts:
            if len(best) == count and part.first_parcel >= best[-1]:
                continue
            new = {name for name in self._in(part) if name > after}
            if new:
                best = sorted(new.union(best))[:count]
        return best

    def _in(self, part: ClusterIndex) -> set[str]:
        """Return all such parcels of a cluster."""
        asked: list[Iterable[str]] = []
        if self.parties is not None or self.contract is not None:
            asked.append(self._let_or_approved(part))
        if self.search.flag is not None:
            flagged = part.by_flag.get(self.search.flag, ())
            asked.append(
                name for span in flagged if span.is_on(self.day) for name in span.lease.parcel_ids
            )
        if self.search.state is not None:
            asked.append(_taken(part, self.search.state, self.day))
        return set.intersection(*map(set, asked))

    def _let_or_approved(self, part: ClusterIndex) -> Iterator[str]:
        parties = self.parties
        if self.contract is not None:
            spans = part.of_contract(self.contract)
        else:
            spans = part.of_parties(parties or set())
        for span in spans:
            lease = span.lease
            is_its = parties is None or lease.lessee_id in parties or lease.lessor_id in parties
            if is_its and span.is_on(self.day) and span.holds:
                yield from lease.parcel_ids
        if parties is not None and self.contract is None:
            for approval in part.approvals:
                if approval.party_id in parties and approval.days[0] <= self.day < approval.days[1]:
                    yield from approval.parcel_ids


def search_parcels(
    store: Store, moment: Moment, search: ParcelSearch, *, limit: int, after: str | None = None
) -> ParcelHits:
    """Return a page of the parcels in force at a moment that fit a search."""
    index = tenure_index(store, moment)
    found = list(islice(_fitting(store, moment, search, index, after=after), limit + 1))
    page = found[:limit]
    return ParcelHits(
        hits=tuple(page),
        next_after=page[-1].version.thing.id if len(found) > limit else None,
    )


def _fitting(
    store: Store, moment: Moment, search: ParcelSearch, index: TenureIndex, *, after: str | None
) -> Iterator[ParcelHit]:
    """Yield what fits, in order of ids."""
    names = ("cluster_id", "plot_label", "sheet", "number", "commune_code")
    equal = {name: value for name in names if (value := getattr(search, name)) is not None}
    for run in _runs(store, moment, _holders(index, moment, search), equal, after):
        for version in run:
            parcel = version.thing
            state = index.plot_state(parcel.cluster_id, parcel.id, moment.on)
            if search.state is None or state is search.state:
                yield ParcelHit(version=version, state=state)


def _runs(
    store: Store,
    moment: Moment,
    holders: _Holders | None,
    equal: dict[str, str],
    after: str | None,
) -> Iterator[list[Version[Parcel]]]:
    """Yield parcels in runs that grow: most searches end with the first."""
    size = _FIRST_RUN
    while True:
        if holders is None:
            run = store.find(Parcel, moment, equal, after=after, limit=size)
            last = run[-1].thing.id if len(run) == size else None
        else:
            ids = holders.first(after or "", size)
            run = store.find(Parcel, moment, equal, ids=ids)
            last = ids[-1] if len(ids) == size else None
        yield run
        if last is None:
            return
        after, size = last, min(size * _MORE, _MOST)


def _holders(index: TenureIndex, moment: Moment, search: ParcelSearch) -> _Holders | None:
    """Return who has to hold the parcels that are looked for, None where nobody has to."""
    parties = index.party_ids(search.party, search.tax_code)
    contract = None if search.contract is None else fold(search.contract.strip())
    is_taken = search.state in (PlotState.LEASED, PlotState.APPROVED)
    if parties is None and contract is None and search.flag is None and not is_taken:
        return None
    return _Holders(
        parts=list(index.of(search.cluster_id)),
        search=search if is_taken else replace(search, state=None),
        parties=parties,
        contract=contract,
        day=moment.on.toordinal(),
    )


def _taken(part: ClusterIndex, state: PlotState, day: int) -> Iterator[str]:
    if state is PlotState.LEASED:
        for name, spans in part.let.items():
            if any(start <= day < end for start, end in spans):
                yield name
        return
    for approval in part.approvals:
        if approval.days[0] <= day < approval.days[1]:
            yield from approval.parcel_ids
