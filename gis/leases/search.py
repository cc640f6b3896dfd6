"""Look for leases: by place, party, contract, plot, state and flag, a page at a time."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from heapq import nsmallest

from gis.model import Lease, LeaseState, LeaseTier, Moment, Parcel, UseState, Version
from gis.names import fold
from gis.store import Store
from gis.tenure import tenure_index
from gis.tenure.findings import LeaseSpan
from gis.tenure.flags import LeaseFlag
from gis.tenure.index import ClusterIndex, TenureIndex

#: Above so many parties, leases are looked through instead of looked up.
_MANY_PARTIES = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaseSearch:
    """What is looked for; what is None is not asked. All of it has to fit.

    ``party`` is an id or part of a name, without case and diacritics, of lessor or lessee;
    ``contract`` part of a contract number. A parcel is named by its label, or its sheet, number
    and commune. ``expiring_before`` keeps leases in force whose last day, renewals included, is
    before that day.
    """

    cluster_id: str | None = None
    party: str | None = None
    tax_code: str | None = None
    contract: str | None = None
    plot_label: str | None = None
    sheet: str | None = None
    number: str | None = None
    commune_code: str | None = None
    tier: LeaseTier | None = None
    state: LeaseState | None = None
    flag: LeaseFlag | None = None
    expiring_before: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaseHit:
    """A lease that was found, with what its date makes of it.

    The figures behind its flags are in `gis.leases.lease_findings` of its cluster.
    """

    version: Version[Lease]
    state: LeaseState
    use: UseState
    days_left: int | None
    flags: tuple[LeaseFlag, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaseHits:
    """Leases ordered by id; ``next_after`` is where the next page begins, None on the last."""

    hits: tuple[LeaseHit, ...]
    next_after: str | None


def search_leases(
    store: Store, moment: Moment, search: LeaseSearch, *, limit: int, after: str | None = None
) -> LeaseHits:
    """Return a page of the leases on record at a moment that fit a search."""
    index = tenure_index(store, moment)
    found = nsmallest(
        limit + 1,
        (
            span
            for span in _candidates(store, moment, search, index)
            if (after is None or span.lease.id > after) and _fits(search, span, moment.on)
        ),
        key=lambda span: span.lease.id,
    )
    page = found[:limit]
    versions = {
        version.thing.id: version
        for version in store.all(Lease, moment, ids=[span.lease.id for span in page])
    }
    hits = tuple(
        LeaseHit(
            version=versions[span.lease.id],
            state=span.state,
            use=span.use,
            days_left=_days_left(span, moment.on),
            flags=tuple(flag for flag in LeaseFlag if flag in span.flags),
        )
        for span in page
        if span.lease.id in versions
    )
    return LeaseHits(hits=hits, next_after=page[-1].lease.id if len(found) > limit else None)


def _candidates(
    store: Store, moment: Moment, search: LeaseSearch, index: TenureIndex
) -> Iterator[LeaseSpan]:
    """Yield spans of the day that fit what can be looked up: parcel, party, flag."""
    day = moment.on.toordinal()
    parties = index.party_ids(search.party, search.tax_code)
    parcels = _parcels(store, moment, search)
    for part in index.of(search.cluster_id):
        for span in _narrowest(part, search, parties):
            is_then = span.start <= day < span.end
            if is_then and _has_party(span, parties) and _has_parcel(span, parcels):
                yield span


def _narrowest(
    part: ClusterIndex, search: LeaseSearch, parties: set[str] | None
) -> Iterable[LeaseSpan]:
    if search.flag is not None:
        return part.by_flag.get(search.flag, ())
    if parties is not None and len(parties) <= _MANY_PARTIES:
        found = {id(span): span for name in parties for span in part.by_party.get(name, ())}
        return found.values()
    return part.spans


def _has_party(span: LeaseSpan, parties: set[str] | None) -> bool:
    return parties is None or bool({span.lease.lessee_id, span.lease.lessor_id} & parties)


def _has_parcel(span: LeaseSpan, parcels: set[str] | None) -> bool:
    return parcels is None or not parcels.isdisjoint(span.lease.parcel_ids)


def _parcels(store: Store, moment: Moment, search: LeaseSearch) -> set[str] | None:
    """Return the parcels that a search names, None where it names none."""
    asked = {
        "plot_label": search.plot_label,
        "sheet": search.sheet,
        "number": search.number,
        "commune_code": search.commune_code,
    }
    equal = {name: value for name, value in asked.items() if value is not None}
    if not equal:
        return None
    return {found.thing.id for found in store.find(Parcel, moment, equal)}


def _fits(search: LeaseSearch, span: LeaseSpan, on: date) -> bool:
    lease = span.lease
    return (
        (search.tier is None or lease.tier is search.tier)
        and (search.state is None or span.state is search.state)
        and (
            search.contract is None or fold(search.contract.strip()) in fold(lease.contract_number)
        )
        and (search.expiring_before is None or _ends_before(span, search.expiring_before, on))
    )


def _ends_before(span: LeaseSpan, day: date, on: date) -> bool:
    if span.period is None or not span.period.contains(on):
        return False
    last = span.period.last_day
    return last is not None and last < day


def _days_left(span: LeaseSpan, on: date) -> int | None:
    if span.period is None or span.period.last_day is None:
        return None
    return (span.period.last_day - on).days
