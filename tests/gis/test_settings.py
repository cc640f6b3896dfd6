"""The settings of a register: each by a decision and a day, several in one change."""

import base64
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from gis.errors import CrsProblem, GeometryProblem, GisError, InvalidValue, NotFound, RuleBroken
from gis.example import load_example
from gis.mandates import Mandate, needs_four_eyes
from gis.model import Cluster, Decision, Moment, NaturalArea, Source, Target, Territory, today
from gis.settings import LARGEST_LOGO, ChangeSettings, change_settings, logo_of, register_settings
from gis.shares import territory_outline, territory_share
from gis.store import Store, create_store
from gis.surveyed import Surveyed

ON = date(2026, 1, 1)
DECISION = Decision(
    id="qd-1", number="1/QĐ-UBND", on=date(2025, 12, 20), issuer="UBND tỉnh", title="Về địa bàn"
)
BY_DECISION = Mandate(by="acc-1", decision=DECISION)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
SQUARE = Surveyed(
    epsg=4326, polygons=((((105.0, 20.0), (106.0, 20.0), (106.0, 21.0), (105.0, 20.0)),),)
)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file of an example register."""
    path = tmp_path_factory.mktemp("settings") / "template.gpkg"
    store = create_store(path)
    load_example(store)
    store.close()
    return path


@pytest.fixture
def store(template: Path, tmp_path: Path) -> Iterator[Store]:
    """Yield a copy of the example register."""
    from gis.store import open_store  # noqa: PLC0415

    path = tmp_path / "own.gpkg"
    path.write_bytes(template.read_bytes())
    opened = open_store(path)
    yield opened
    opened.close()


def test_many_settings_are_one_change(store: Store) -> None:
    """All of them, behind one decision, as one entry of the journal by the account's id."""
    before = store.change_counter()
    request = ChangeSettings(
        on=ON,
        epsg=5897,
        natural_area_ha=460_000.0,
        target_percent=1.5,
        target_due=date(2030, 12, 31),
        four_eyes=False,
        outline=SQUARE,
        logo=base64.b64encode(PNG).decode(),
    )
    done = change_settings(store, request, BY_DECISION)
    assert done.change == before + 1
    last = store.changes()[-1]
    assert (last.by, last.action, last.decision_id) == ("acc-1", "settings.change", "qd-1")
    found = register_settings(store, store.present(ON))
    assert found.territory
    assert (found.territory.thing.epsg, found.has_outline) == (5897, True)
    assert found.territory.decision_id == "qd-1"
    assert found.natural_areas[-1].thing.area_ha == 460_000.0
    assert (found.targets[-1].thing.percent, found.targets[-1].thing.source_id) == (1.5, "qd-1")
    assert not found.four_eyes
    assert not needs_four_eyes(store)
    assert (found.since["four_eyes"].on, found.since["four_eyes"].decision) == (ON, DECISION)
    picture = logo_of(store)
    assert picture
    assert (picture.content, picture.media_type) == (PNG, "image/png")
    source = store.one(Source, "qd-1", store.present(ON)).thing
    assert (source.publisher, source.reference) == ("UBND tỉnh", "1/QĐ-UBND")


def test_a_day_decides_from_when_a_setting_holds(store: Store) -> None:
    """Before it the former zone, natural area and outline are answered, as they were."""
    old = store.present(date(2025, 12, 31))
    outline = territory_outline(store, old, territory_id="hoa-binh").geometry
    request = ChangeSettings(on=ON, epsg=5897, outline=SQUARE, natural_area_ha=460_000.0)
    change_settings(store, request, BY_DECISION)
    then, now = (store.present(day) for day in (date(2025, 12, 31), ON))
    assert store.one(Territory, "hoa-binh", then).thing.epsg == 9211
    assert store.one(Territory, "hoa-binh", now).thing.epsg == 5897
    assert territory_outline(store, then, territory_id="hoa-binh").geometry == outline
    assert territory_outline(store, now, territory_id="hoa-binh").geometry != outline
    answers = [
        territory_share(store, moment, territory_id="hoa-binh").answer for moment in (then, now)
    ]
    areas = [answer.natural_area for answer in answers]
    assert [area.area_ha for area in areas if area] == [459_057.0, 460_000.0]


def test_another_zone_leaves_coordinates_alone(store: Store) -> None:
    """What was surveyed in one zone stays in it, to the bit; so do areas and the outline."""
    now = store.present(today())
    records = {one.thing.id: one.located for one in store.records(Cluster, now)}
    outline = [one.located for one in store.records(Territory, now, ids=["hoa-binh"])]
    balances = store.balances(now)
    change_settings(store, ChangeSettings(on=ON, epsg=9208), BY_DECISION)
    later = store.present(today())
    assert {one.thing.id: one.located for one in store.records(Cluster, later)} == records
    assert [one.located for one in store.records(Territory, later, ids=["hoa-binh"])] == outline
    assert store.balances(later) == balances
    assert store.recompute_balances(later) == balances


def test_the_registers_own_territory_changes(store: Store) -> None:
    """What the same request changes beside it is the new one's."""
    request = ChangeSettings(on=ON, territory_id="phu-tho", natural_area_ha=936_138.0)
    change_settings(store, request, BY_DECISION)
    assert store.setting("territory") == "phu-tho"
    found = register_settings(store, store.present(ON))
    assert found.territory
    assert found.territory.thing.id == "phu-tho"
    assert [one.thing.area_ha for one in found.natural_areas][-1] == 936_138.0
    assert found.since["territory"].decision == DECISION


def test_the_logo_alone_needs_no_decision(store: Store) -> None:
    """It can be taken away again; everything else names the paper behind it."""
    by_nobody = Mandate(by="acc-1")
    text = base64.b64encode(b"\xff\xd8\xff" + bytes(40)).decode()
    change_settings(store, ChangeSettings(logo=text), by_nobody)
    picture = logo_of(store)
    assert picture
    assert picture.media_type == "image/jpeg"
    change_settings(store, ChangeSettings(logo=""), by_nobody)
    assert logo_of(store) is None
    for request in (
        ChangeSettings(on=ON, four_eyes=True),
        ChangeSettings(on=ON, epsg=9211),
        ChangeSettings(on=ON, logo="", natural_area_ha=1.0),
    ):
        with pytest.raises(RuleBroken, match="decision"):
            change_settings(store, request, by_nobody)


@pytest.mark.parametrize(
    ("request_", "error", "code"),
    [
        (ChangeSettings(), InvalidValue, "value.empty"),
        (ChangeSettings(on=ON), InvalidValue, "value.empty"),
        (ChangeSettings(on=ON, target_numerator="kcn"), InvalidValue, "value.empty"),
        (ChangeSettings(territory_id="nowhere"), NotFound, "territory.unknown"),
        (ChangeSettings(epsg=4326), InvalidValue, "value.choice"),
        (ChangeSettings(epsg=3857), CrsProblem, "crs.unsupported"),
        (ChangeSettings(natural_area_ha=0.0), InvalidValue, "value.number"),
        (ChangeSettings(natural_area_ha=float("nan")), InvalidValue, "value.not_finite"),
        (ChangeSettings(natural_area_ha=1e9), InvalidValue, "value.number"),
        (ChangeSettings(target_percent=1.0), InvalidValue, "value.empty"),
        (ChangeSettings(target_due=ON), InvalidValue, "value.empty"),
        (ChangeSettings(target_percent=101.0, target_due=ON), InvalidValue, "value.number"),
        (
            ChangeSettings(target_percent=1.0, target_due=ON, target_numerator="all"),
            InvalidValue,
            "value.choice",
        ),
        (
            ChangeSettings(outline=replace(SQUARE, polygons=())),
            GeometryProblem,
            "geometry.empty",
        ),
        (
            ChangeSettings(
                outline=replace(
                    SQUARE,
                    polygons=((((105, 20), (106, 21), (106, 20), (105, 21), (105, 20)),),),
                )
            ),
            GeometryProblem,
            "geometry.self_intersection",
        ),
        (ChangeSettings(logo="!"), InvalidValue, "logo.unusable"),
        (ChangeSettings(logo=base64.b64encode(b"<svg>").decode()), InvalidValue, "logo.unusable"),
        (
            ChangeSettings(logo=base64.b64encode(PNG + bytes(LARGEST_LOGO)).decode()),
            InvalidValue,
            "logo.unusable",
        ),
    ],
)
def test_what_can_not_be_is_refused(
    store: Store, request_: ChangeSettings, error: type[GisError], code: str
) -> None:
    """With its code, and nothing is kept, not even the decision."""
    before = store.change_counter()
    with pytest.raises(error) as refused:
        change_settings(store, request_, BY_DECISION)
    assert refused.value.code == code
    assert store.change_counter() == before
    assert store.all(Decision, Moment(today()), ids=["qd-1"]) == []


def test_figures_of_the_past_stay(store: Store) -> None:
    """A new natural area or target is one more; the former ones are still there."""
    now = Moment(today())
    before = len(store.all(NaturalArea, now)), len(store.all(Target, now))
    request = ChangeSettings(
        on=ON, natural_area_ha=460_000.0, target_percent=1.0, target_due=date(2035, 12, 31)
    )
    change_settings(store, request, BY_DECISION)
    after = len(store.all(NaturalArea, now)), len(store.all(Target, now))
    assert after == (before[0] + 1, before[1] + 1)
