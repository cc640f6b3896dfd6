"""Look for leases: by place, party, contract, plot, state and flag, a page at a time."""

from bisect import insort
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from operator import itemgetter

from gis.model import Lease, LeaseState, LeaseTier, Moment, Parcel, UseState, Version
from gis.names import fold
from gis.store import Store
from gis.tenure import tenure_index
from gis.tenure.findings import LeaseSpan
from gis.tenure.flags import LeaseFlag
from gis.tenure.index import ClusterIndex, TenureIndex


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
    asked = _Asked(
        search=search,
        on=moment.on,
        parties=index.party_ids(search.party, search.tax_code),
        parcels=_parcels(store, moment, search),
        contract=None if search.contract is None else fold(search.contract.strip()),
    )
    found = _first(asked, index, after or "", limit + 1)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """A search with what was looked up for it: parties, parcels; None where none is asked."""

    search: LeaseSearch
    on: date
    parties: set[str] | None
    parcels: set[str] | None
    contract: str | None


def _first(asked: _Asked, index: TenureIndex, after: str, count: int) -> list[LeaseSpan]:
    """Return the first spans of the day behind an id that fit, in order of ids.

    Whole clusters are passed over once so many were found that come before all of theirs.
    """
    day = asked.on.toordinal()
    best: list[tuple[str, LeaseSpan]] = []
    for part in index.of(asked.search.cluster_id):
        if len(best) == count and part.first_lease >= best[-1][0]:
            continue
        for span in _narrowest(part, asked):
            name = span.lease.id
            if name <= after or (len(best) == count and name >= best[-1][0]):
                continue
            if span.is_on(day) and _fits(asked, span):
                insort(best, (name, span), key=itemgetter(0))
                del best[count:]
    return [span for _name, span in best]


def _narrowest(part: ClusterIndex, asked: _Asked) -> Iterable[LeaseSpan]:
    """Return the spans of a cluster that a search is among."""
    if asked.search.flag is not None:
        return part.by_flag.get(asked.search.flag, ())
    if asked.contract is not None:
        return part.of_contract(asked.contract)
    if asked.parties is not None:
        return {id(span): span for span in part.of_parties(asked.parties)}.values()
    if asked.search.state is not None:
        return part.by_state.get(asked.search.state, ())
    return part.spans


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


def _fits(asked: _Asked, span: LeaseSpan) -> bool:
    search, lease = asked.search, span.lease
    parties, parcels = asked.parties, asked.parcels
    return (
        (search.tier is None or lease.tier is search.tier)
        and (search.state is None or span.state is search.state)
        and (asked.contract is None or asked.contract in span.contract)
        and (parties is None or lease.lessee_id in parties or lease.lessor_id in parties)
        and (parcels is None or not parcels.isdisjoint(lease.parcel_ids))
        and (search.expiring_before is None or _ends_before(span, search.expiring_before, asked.on))
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
