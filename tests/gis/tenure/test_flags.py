"""Flags of a lease on a date, each with the rule that it rests on and its figures."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis.indicators.tenure import add_months
from gis.model import (
    Cluster,
    ClusterKind,
    DetailedPlan,
    DeveloperAppointment,
    LandUse,
    Lease,
    LeaseState,
    LeaseTier,
    LeaseUse,
    Parcel,
    Period,
    PlanArea,
    Quality,
    TermScope,
    UseEvent,
    UseState,
)
from gis.tenure import Held, Holdings
from gis.tenure.findings import lease_spans
from gis.tenure.flags import FlagFinding, LeaseFindings, LeaseFlag, findings_on
from gis.tenure.measures import Tenancy
from tests.gis.indicators.plots import days, periods
from tests.gis.maps_of_plots import box
from tests.properties import FEW

FIRST, END = date(2024, 9, 15), date(2064, 9, 15)
TERM = Period(FIRST, END)
DAY = timedelta(days=1)
SINCE = Period(date(2020, 1, 1))


def lease(name: str = "l", **told: Any) -> Held[Lease]:
    """Return a sublease of parcel p under the head lease."""
    values: dict[str, Any] = {
        "id": name,
        "cluster_id": "c",
        "tier": LeaseTier.SUBLEASE,
        "contract_number": name,
        "lessor_id": "developer",
        "lessee_id": "tenant",
        "term": TERM,
        "parcel_ids": ("p",),
        "head_lease_id": "head",
    }
    valid = told.pop("valid", SINCE)
    return Held(Lease(**(values | told)), valid)


def head(**told: Any) -> Held[Lease]:
    """Return the head lease, for 50 years."""
    term = Period(date(2024, 9, 1), date(2074, 9, 1))
    values = {"tier": LeaseTier.HEAD, "parcel_ids": (), "head_lease_id": None, "term": term}
    return lease("head", **(values | told))


def parcel(name: str, x: float = 0, y: float = 0, **told: Any) -> Held[Parcel]:
    """Return a parcel of 100 m² on a cell."""
    valid = told.pop("valid", SINCE)
    return Held(Parcel(id=name, cluster_id="c", **told), valid, box(x, y))


def land(*leases: Held[Lease], **changed: Any) -> Tenancy:
    """Return a cluster of 4 × 4 cells, the lower half industrial, with a head lease."""
    cluster = Cluster(
        id="c", kind=ClusterKind.CCN, name_vi="c", name_en="c", territory_id="t",
        quality=Quality.SURVEYED,
    )  # fmt: skip
    plan = DetailedPlan(id="P", cluster_id="c", approved_on=date(2020, 1, 1))
    area = PlanArea(id="a", cluster_id="c", plan_id="P", land_use=LandUse.INDUSTRY)
    values: dict[str, Any] = {
        "cluster_id": "c",
        "epsg": 9211,
        "boundaries": (Held(cluster, SINCE, box(0, 0, 4, 4)),),
        "plans": (Held(plan, SINCE),),
        "plan_areas": (Held(area, SINCE, box(0, 0, 4, 2)),),
        "parcels": (parcel("p"), parcel("q", 1)),
        "leases": (head(), *leases),
    }
    return Tenancy(Holdings(**(values | changed)))


def use(event: UseEvent, on: date) -> Held[LeaseUse]:
    """Return evidence about the lease's land."""
    thing = LeaseUse(id=f"{on}-{event}", cluster_id="c", lease_id="l", event=event, on=on)
    return Held(thing, Period(on))


def found_on(tenancy: Tenancy, on: date, name: str = "l") -> LeaseFindings:
    """Return findings about a lease that is on record."""
    found = findings_on(tenancy, name, on)
    assert found is not None
    return found


def flags_on(tenancy: Tenancy, on: date, name: str = "l") -> list[str]:
    """Return the names of the flags."""
    return [flag.flag.value for flag in found_on(tenancy, on, name).flags]


def only(tenancy: Tenancy, on: date, name: str = "l") -> FlagFinding:
    """Return the only flag."""
    (flag,) = found_on(tenancy, on, name).flags
    return flag


@pytest.mark.parametrize(
    ("on", "state", "flags", "left"),
    [
        (FIRST - DAY, LeaseState.FUTURE, [], None),
        (FIRST, LeaseState.ACTIVE, [], 14_609),
        (date(2063, 9, 14), LeaseState.ACTIVE, [], 366),
        (date(2063, 9, 15), LeaseState.EXPIRING, ["expiring_12_months"], 365),
        (date(2064, 3, 15), LeaseState.EXPIRING, ["expiring_6_months"], 183),
        (date(2064, 6, 15), LeaseState.EXPIRING, ["expiring_3_months"], 91),
        (END - DAY, LeaseState.EXPIRING, ["expiring_3_months"], 0),
        (END, LeaseState.EXPIRED, ["expired"], None),
    ],
)
def test_time_left(on: date, state: LeaseState, flags: list[str], left: int | None) -> None:
    """Only the nearest horizon is flagged, with the setting that it is."""
    found = found_on(land(lease()), on)
    assert (found.state, found.days_left) == (state, left)
    assert [flag.flag.value for flag in found.flags] == flags
    for flag in found.flags:
        assert flag.figures["last_day"] == "2064-09-14"
        assert (flag.rule is None) == (flag.flag is LeaseFlag.EXPIRED)


def test_nothing_is_said_where_the_register_holds_nothing() -> None:
    """Before the record begins, and of a lease that is not there."""
    assert findings_on(land(lease()), "l", date(2019, 12, 31)) is None
    assert findings_on(land(), "l", FIRST) is None


def test_a_renewal_on_record_goes_on() -> None:
    """On the last day of the old term the lease is not expiring."""
    renewed = lease(term=Period(END, date(2070, 1, 1)), valid=Period(END))
    tenancy = land(lease(valid=Period(FIRST, END)), renewed)
    found = found_on(tenancy, END - DAY)
    assert (found.state, found.flags) == (LeaseState.ACTIVE, ())
    assert found.period == Period(FIRST, date(2070, 1, 1))


def test_a_terminated_lease_has_no_flags() -> None:
    """From the day of its termination."""
    ended = lease(terminated_on=date(2030, 1, 1), contract_area_m2=500.0)
    found = found_on(land(ended), date(2030, 1, 1))
    assert (found.state, found.flags, found.days_left) == (LeaseState.TERMINATED, (), None)


@pytest.mark.parametrize(
    ("on", "flags"),
    [
        (date(2027, 9, 14), []),
        (date(2027, 9, 15), ["idle_12_months"]),
        (date(2028, 9, 15), ["idle_12_months", "idle_24_months"]),
        (END, ["expired"]),
    ],
)
def test_idleness_is_flagged_after_12_and_24_months(on: date, flags: list[str]) -> None:
    """Counted from the stop, while the lease holds; each names its rule."""
    tenancy = land(lease(), uses=(use(UseEvent.STOPPED, date(2026, 9, 15)),))
    assert flags_on(tenancy, on) == flags
    for flag in found_on(tenancy, on).flags[: 2 if on < END else 0]:
        assert flag.rule is not None
        assert flag.figures["since"] == "2026-09-15"


def test_no_inspection_is_not_checked() -> None:
    """Never in use."""
    assert found_on(land(lease()), FIRST).use is UseState.NOT_CHECKED
    tenancy = land(lease(), uses=(use(UseEvent.INSPECTED_IN_USE, FIRST),))
    assert found_on(tenancy, FIRST).use is UseState.IN_USE


def test_beyond_the_developers_term() -> None:
    """The head lease's last day, or an earlier one of the appointment."""
    longer = lease(term=Period(FIRST, date(2074, 9, 11)))
    flag = only(land(longer), FIRST)
    assert (flag.flag, flag.rule and flag.rule.id) == (
        LeaseFlag.BEYOND_DEVELOPER,
        "lease.term.within_head",
    )
    assert flag.figures == {
        "developer_by": "head",
        "developer_last_day": "2074-08-31",
        "days": 10,
    }
    appointed = DeveloperAppointment(
        id="ap", cluster_id="c", party_id="developer", term=Period(None, date(2060, 1, 1))
    )
    flag = only(land(lease(), appointments=(Held(appointed, SINCE),)), FIRST)
    assert flag.figures["developer_by"] == "ap"
    assert flags_on(land(lease(term=Period(FIRST))), FIRST) == [
        "beyond_developer",
        "over_50_years",
    ]


@pytest.mark.parametrize(
    ("scope", "end", "flags"),
    [
        (None, date(2074, 9, 15), []),
        (None, date(2074, 9, 16), ["over_50_years"]),
        (TermScope.SPECIAL, date(2094, 9, 15), []),
        (TermScope.SPECIAL, date(2094, 9, 16), ["over_70_years"]),
    ],
)
def test_over_50_and_70_years(scope: TermScope | None, end: date, flags: list[str]) -> None:
    """A day more than the limit of its scope."""
    direct = lease(tier=LeaseTier.DIRECT, term=Period(FIRST, end), term_scope=scope)
    assert flags_on(land(direct), FIRST) == flags
    for flag in found_on(land(direct), FIRST).flags:
        assert flag.rule is not None
        assert flag.figures["limit_years"] == flag.rule.value
    assert flags_on(land(direct), date(2024, 7, 31)) == []


def test_over_area_states_its_tolerance() -> None:
    """The tolerance is technical, of the map's scale."""
    flag = only(land(lease(contract_area_m2=101.6)), FIRST)
    assert flag.flag is LeaseFlag.OVER_AREA
    assert flag.figures["tolerance_m2"] == 1.5
    assert flag.figures["measured_m2"] == 100.0
    assert flag.figures["vertex_rule"] == "cadastre.vertex_error.max 26/2024"
    assert flag.rule is not None
    assert flags_on(land(lease(contract_area_m2=101.4)), FIRST) == []


def test_outside_the_boundary() -> None:
    """m² and share; an outline or no boundary says nothing."""
    parcels = (parcel("p", 3.5, 0),)
    plan = {"plans": ()}
    flag = only(land(lease(), parcels=parcels, **plan), FIRST)
    assert flag.figures == {"area_m2": 50.0, "percent": 50.0}
    outline = land().holdings.boundaries[0]
    outline = replace(outline, thing=replace(outline.thing, quality=Quality.GENERALISED))
    assert flags_on(land(lease(), parcels=parcels, boundaries=(outline,), **plan), FIRST) == []
    assert flags_on(land(lease(), parcels=parcels, boundaries=(), **plan), FIRST) == []


def test_outside_the_head_lease() -> None:
    """Parcels that the head lease does not list."""
    tenancy = land(leases=(head(parcel_ids=("q",)), lease()))
    flag = only(tenancy, FIRST)
    assert flag.flag is LeaseFlag.OUTSIDE_HEAD
    assert flag.figures == {"area_m2": 100.0, "percent": 100.0, "head": "head", "ids": ["p"]}


def test_overlap_within_a_tier_names_the_others() -> None:
    """Now or later; a direct lease of the same land is another tier; by id or by shape."""
    later = lease("m", term=Period(date(2060, 1, 1), date(2070, 1, 1)))
    direct = lease("d", tier=LeaseTier.DIRECT)
    tenancy = land(lease(), later, direct)
    flag = only(tenancy, FIRST)
    assert (flag.flag, flag.figures["ids"]) == (LeaseFlag.OVERLAP, ["m"])
    assert flag.figures["area_m2"] == 100.0
    assert flag.figures["others"][0]["days"] == (END - date(2060, 1, 1)).days
    assert flags_on(tenancy, FIRST, "d") == []
    dirty = (parcel("p"), parcel("q", 0.5))
    tenancy = land(lease(), lease("m", parcel_ids=("q",)), parcels=dirty)
    assert only(tenancy, FIRST, "m").figures["area_m2"] == 50.0


def test_two_head_leases_clash_over_the_boundary() -> None:
    """They list no parcels."""
    tenancy = land(leases=(head(), replace(head(), thing=replace(head().thing, id="other"))))
    assert only(tenancy, FIRST, "head").figures["area_m2"] == 1600.0


def test_land_that_is_not_industrial() -> None:
    """m² beyond the plan's industrial land; without a plan nothing is known."""
    green = (parcel("p", 0, 1.75),)
    flag = only(land(lease(), parcels=green), date(2025, 1, 1))
    assert flag.figures == {"area_m2": 75.0, "percent": 75.0}
    assert (flag.rule and flag.rule.version) == "32/2024"
    assert flags_on(land(lease(), parcels=green, plans=()), FIRST) == []


def test_made_up_shapes_are_said_to_be() -> None:
    """The figures rest on them."""
    made_up = (parcel("p", quality=Quality.SYNTHETIC),)
    assert found_on(land(lease(), parcels=made_up), FIRST).is_synthetic
    assert not found_on(land(lease()), FIRST).is_synthetic


@st.composite
def tenancies(draw: st.DrawFn) -> Tenancy:
    """Draw a cluster with odd terms, dirty parcels, versions and evidence."""
    names = ("p", "q", "r")

    def drawn_lease(name: str, tier: LeaseTier, valid: Period) -> Held[Lease]:
        return lease(
            name,
            tier=tier,
            term=draw(periods()),
            valid=valid,
            parcel_ids=tuple(draw(st.sets(st.sampled_from(names), max_size=2))),
            terminated_on=draw(st.none() | days()),
            contract_area_m2=draw(st.sampled_from([None, 50.0, 150.0])),
        )

    split = draw(days())
    leases = [
        drawn_lease(name, draw(st.sampled_from(LeaseTier)), valid)
        for name in ("l", "m", "head")
        for valid in draw(st.sampled_from([[SINCE], [Period(None, split), Period(split)]]))
    ]
    events = st.builds(use, st.sampled_from(UseEvent), days())
    return land(
        leases=tuple(leases),
        parcels=tuple(
            parcel(name, draw(st.sampled_from([0, 0.5, 1, 3.5])), valid=draw(periods()))
            for name in names
        ),
        uses=tuple(draw(st.lists(events, max_size=3, unique_by=lambda one: one.thing.id))),
    )


@FEW
@given(tenancies(), st.lists(days(), min_size=1), st.integers(-40, 40))
def test_spans_say_on_every_day_what_the_day_is_asked(
    tenancy: Tenancy, asked: Sequence[date], shift: int
) -> None:
    """Nothing changes inside a span but the time left."""
    for name in ("l", "m", "head"):
        spans = lease_spans(tenancy, name)
        turning = {date.fromordinal(span.start) for span in spans}
        for day in {*asked, *turning, *(add_months(day, 3) for day in asked)}:
            on = day + timedelta(days=shift) if day > date(1, 3, 1) else day
            for when in (day, on):
                found = findings_on(tenancy, name, when)
                held = [one for one in spans if one.start <= when.toordinal() < one.end]
                assert len(held) == (found is not None)
                if found is not None:
                    told = (found.lease, found.state, found.use, found.period)
                    assert told == (held[0].lease, held[0].state, held[0].use, held[0].period)
                    assert held[0].flags == {flag.flag for flag in found.flags}
