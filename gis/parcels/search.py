"""Look for parcels: by place, label or number, by who holds them, by state and flag."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from gis.model import Moment, Parcel, PlotState, Version
from gis.names import fold
from gis.store import Store
from gis.tenure import tenure_index
from gis.tenure.flags import LeaseFlag
from gis.tenure.index import ClusterIndex, TenureIndex, is_in_force

#: Parcels asked of the register at once.
_RUN = 500


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


def search_parcels(
    store: Store, moment: Moment, search: ParcelSearch, *, limit: int, after: str | None = None
) -> ParcelHits:
    """Return a page of the parcels in force at a moment that fit a search."""
    index = tenure_index(store, moment)
    wanted = _held(index, moment, search)
    found = list(
        islice(_fitting(store, moment, search, index, wanted=wanted, after=after), limit + 1)
    )
    page = found[:limit]
    return ParcelHits(
        hits=tuple(page),
        next_after=page[-1].version.thing.id if len(found) > limit else None,
    )


def _fitting(
    store: Store,
    moment: Moment,
    search: ParcelSearch,
    index: TenureIndex,
    *,
    wanted: Sequence[str] | None,
    after: str | None,
) -> Iterator[ParcelHit]:
    """Yield what fits, in order of ids, a run at a time."""
    names = ("cluster_id", "plot_label", "sheet", "number", "commune_code")
    equal = {name: value for name in names if (value := getattr(search, name)) is not None}
    for version in _versions(store, moment, equal, wanted, after):
        parcel = version.thing
        state = index.plot_state(parcel.cluster_id, parcel.id, moment.on)
        if search.state is None or state is search.state:
            yield ParcelHit(version=version, state=state)


def _versions(
    store: Store,
    moment: Moment,
    equal: dict[str, str],
    wanted: Sequence[str] | None,
    after: str | None,
) -> Iterator[Version[Parcel]]:
    if wanted is not None:
        left = [name for name in wanted if after is None or name > after]
        for start in range(0, len(left), _RUN):
            yield from store.find(Parcel, moment, equal, ids=left[start : start + _RUN])
        return
    while True:
        run = store.find(Parcel, moment, equal, after=after, limit=_RUN)
        yield from run
        if len(run) < _RUN:
            return
        after = run[-1].thing.id


def _held(index: TenureIndex, moment: Moment, search: ParcelSearch) -> list[str] | None:
    """Return the ids of parcels that somebody holds as a search asks, in order; None for any."""
    parties = index.party_ids(search.party, search.tax_code)
    day = moment.on.toordinal()
    sets: list[set[str]] = []
    parts = list(index.of(search.cluster_id))
    if parties is not None or search.contract is not None:
        sets.append({name for part in parts for name in _of_holders(part, search, parties, day)})
    if search.flag is not None:
        spans = (span for part in parts for span in part.by_flag.get(search.flag, ()))
        sets.append(
            {
                name
                for span in spans
                if span.start <= day < span.end
                for name in span.lease.parcel_ids
            }
        )
    if search.state in (PlotState.LEASED, PlotState.APPROVED):
        sets.append({name for part in parts for name in _taken(part, search.state, day)})
    return sorted(set.intersection(*sets)) if sets else None


def _of_holders(
    part: ClusterIndex, search: ParcelSearch, parties: set[str] | None, day: int
) -> Iterator[str]:
    wanted = None if search.contract is None else fold(search.contract.strip())
    for span in part.spans:
        lease = span.lease
        if not (span.start <= day < span.end and is_in_force(span)):
            continue
        has_party = parties is None or bool({lease.lessee_id, lease.lessor_id} & parties)
        if has_party and (wanted is None or wanted in fold(lease.contract_number)):
            yield from lease.parcel_ids
    if parties is not None and wanted is None:
        for approval in part.approvals:
            if approval.party_id in parties and approval.days[0] <= day < approval.days[1]:
                yield from approval.parcel_ids


def _taken(part: ClusterIndex, state: PlotState, day: int) -> Iterator[str]:
    if state is PlotState.LEASED:
        for name, spans in part.let.items():
            if any(start <= day < end for start, end in spans):
                yield name
        return
    for approval in part.approvals:
        if approval.days[0] <= day < approval.days[1]:
            yield from approval.parcel_ids
