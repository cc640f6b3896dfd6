"""Put new parcels into the register: inside the boundary, on nobody else's land."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date

from shapely.geometry.base import BaseGeometry

from gis.content import land_codes
from gis.crs import Located, check_range
from gis.errors import Conflict, GisError, InvalidValue, RuleBroken
from gis.geometry import require_region
from gis.mandates import Done, Mandate, Note, carry_out
from gis.model import Moment, Parcel, Period
from gis.parcels.requests import CreateParcels, MergedParcel, NewParcel
from gis.store import Entry, Reader, Store, Transaction
from gis.tenure import Held, Holdings, area_tolerance, free_id, holdings_of, overlaps_with, slug
from gis.tenure.land import parts_outside, tested_boundaries


@dataclass(frozen=True, slots=True)
class Draft:
    """A parcel about to be written: as surveyed, and its shape in the cluster's zone."""

    parcel: Parcel
    located: Located
    shape: BaseGeometry

    def entry(self, valid: Period) -> Entry:
        """Return what is written for a period."""
        return Entry(self.parcel, valid, self.located)


def create_parcels(store: Store, request: CreateParcels, mandate: Mandate) -> Done:
    """Put one or many parcels in the register from a day on.

    Raises:
        NotFound: ``cluster.unknown``.
        RuleBroken: ``topology.outside``, and what is wrong with a shape.
        Conflict: ``parcel.overlap``, ``record.duplicate``.
    """
    require_some(request.parcels)
    with carry_out(store, mandate, "parcel.create", cluster_ids=[request.cluster_id]) as (
        transaction,
        done,
    ):
        holdings = holdings_of(transaction, request.cluster_id)
        drafts = draft_parcels(transaction, holdings, request.parcels)
        valid = Period(request.since)
        require_free(holdings, drafts, valid, holdings.parcels)
        done.notes = notes_on(transaction, holdings, drafts, valid, request.map_scale)
        for draft in drafts:
            transaction.put(draft.entry(valid))
            done.tell((Parcel, draft.parcel.id))
    return done


def require_some(parcels: Sequence[object]) -> None:
    """Refuse a request for no parcel.

    Raises:
        InvalidValue: ``value.empty``.
    """
    if not parcels:
        raise InvalidValue("value.empty", name="parcels")


def draft_parcels(
    reader: Reader,
    holdings: Holdings,
    parcels: Sequence[NewParcel],
    parent_ids: tuple[str, ...] = (),
) -> list[Draft]:
    """Return parcels with their ids and shapes; ids are given or made, and new."""
    taken: set[str] = set()
    drafts = []
    for asked in parcels:
        located = asked.shape.located()
        drafts.append(
            draft_parcel(reader, holdings, asked, located, parent_ids=parent_ids, taken=taken)
        )
        taken.add(drafts[-1].parcel.id)
    return drafts


def draft_parcel(
    reader: Reader,
    holdings: Holdings,
    asked: NewParcel | MergedParcel,
    located: Located,
    *,
    parent_ids: tuple[str, ...] = (),
    taken: frozenset[str] | set[str] = frozenset(),
) -> Draft:
    """Return one parcel with its id and shape.

    Raises:
        Conflict: ``record.duplicate``.
    """
    label = asked.plot_label or "-".join(filter(None, (asked.sheet, asked.number)))
    wanted = f"{holdings.cluster_id}-thua-{slug(label) or '1'}"
    told = {
        field.name: getattr(asked, field.name)
        for field in fields(asked)
        if field.name not in ("id", "shape")
    }
    parcel = Parcel(
        id=free_id(reader, Parcel, wanted, given=asked.id, taken=taken),
        cluster_id=holdings.cluster_id,
        parent_ids=parent_ids,
        **told,
    )
    return Draft(parcel, located, holdings.in_zone(located))


def require_free(
    holdings: Holdings, drafts: Sequence[Draft], valid: Period, siblings: Sequence[Held[Parcel]]
) -> None:
    """Refuse parcels outside the boundary or on each other's or somebody else's land.

    Raises:
        RuleBroken: ``topology.outside`` with m² and % of the parcel.
        Conflict: ``parcel.overlap`` with ids and m² of each clash.
    """
    seen = list(siblings)
    for draft in drafts:
        _require_valid(draft)
        parcel_id = draft.parcel.id
        for outside in parts_outside(holdings, draft.shape, valid):
            raise RuleBroken(
                "topology.outside",
                table="parcel",
                id=parcel_id,
                other=holdings.cluster_id,
                area_m2=round(outside.area_m2, 2),
                percent=round(outside.percent, 3),
            )
        clashes = list(overlaps_with(draft.shape, valid, seen, thing_id=parcel_id))
        if clashes:
            others = [{"id": clash.other, "area_m2": round(clash.area_m2, 3)} for clash in clashes]
            names = ", ".join(clash.other for clash in clashes)
            area = round(sum(clash.area_m2 for clash in clashes), 3)
            raise Conflict("parcel.overlap", id=parcel_id, others=others, names=names, area_m2=area)
        seen.append(Held(draft.parcel, valid, draft.shape))


def _require_valid(draft: Draft) -> None:
    """Refuse a shape that can't be compared with others, before it is.

    Raises:
        GeometryProblem: with the code of its first problem.
        CrsProblem: for coordinates that can't belong to their system.
    """
    try:
        require_region(draft.located.geometry)
        check_range(draft.located)
    except GisError as error:
        error.facts |= {"table": "parcel", "id": draft.parcel.id}
        raise


def notes_on(
    transaction: Transaction,
    holdings: Holdings,
    drafts: Sequence[Draft],
    valid: Period,
    map_scale: int,
) -> tuple[Note, ...]:
    """Return what is worth knowing about new parcels and stands in the way of none."""
    notes: list[Note] = []
    if not tested_boundaries(holdings, valid):
        notes.append(Note("note.no_boundary", {"id": holdings.cluster_id}))
    for draft in drafts:
        notes += code_notes(draft.parcel.id, draft.parcel.land_code)
        notes += _number_notes(transaction, draft.parcel, valid)
        notes += _area_notes(draft, valid, map_scale)
    return tuple(notes)


def code_notes(parcel_id: str, land_code: str | None) -> list[Note]:
    """Say that a land code is not among those known; it is kept as it is."""
    if land_code is None or land_code in {known.code for known in land_codes()}:
        return []
    return [Note("note.land_code", {"id": parcel_id, "value": land_code[:20]})]


def _number_notes(transaction: Transaction, parcel: Parcel, valid: Period) -> list[Note]:
    """Say which parcels have the same sheet and number: that is no fault (DOMAIN §1.6)."""
    if parcel.sheet is None or parcel.number is None:
        return []
    equal = {"sheet": parcel.sheet, "number": parcel.number}
    if parcel.commune_code is not None:
        equal["commune_code"] = parcel.commune_code
    on = valid.start or date.min
    same = [found.thing.id for found in transaction.find(Parcel, Moment(on), equal)]
    others = sorted(set(same) - {parcel.id} - set(parcel.parent_ids))
    if not others:
        return []
    names = ", ".join(others[:10])
    facts = {"id": parcel.id, "sheet": parcel.sheet, "number": parcel.number, "names": names}
    return [Note("note.number_repeated", facts | {"others": others[:100]})]


def _area_notes(draft: Draft, valid: Period, map_scale: int) -> list[Note]:
    """Say that paper and measure differ by more than the map's vertex error explains."""
    registered = draft.parcel.registered_area_m2
    tolerance = area_tolerance(draft.shape, map_scale, valid.start or date.min)
    measured = float(draft.shape.area)
    if registered is None or abs(registered - measured) <= tolerance.area_m2:
        return []
    facts = {
        "id": draft.parcel.id,
        "registered_m2": round(registered, 1),
        "measured_m2": round(measured, 1),
        "tolerance_m2": round(tolerance.area_m2, 1),
        "scale": map_scale,
        "rule": f"{tolerance.rule.id} {tolerance.rule.version}",
    }
    return [Note("note.registered_area", facts)]
