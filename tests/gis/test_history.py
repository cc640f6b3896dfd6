"""The history of a record, and the two times after a back-dated correction."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from gis.clusters import AdjustCluster, FoundCluster, adjust_cluster, found_cluster
from gis.corrections import Correct, FieldChange, Void, correct_record, void_record
from gis.history import SHAPE, Difference, history_of, history_of_cluster
from gis.mandates import Mandate
from gis.model import Cluster, Moment, Party, Period
from gis.store import GeoPackageStore, open_store
from gis.works import RecordParty, record_party
from tests.gis.digests import refused
from tests.gis.maps_of_plots import box
from tests.gis.registers import clean_register
from tests.gis.requests import decided, surveyed
from tests.gis.store.things import FakeClock

FIXER = Mandate(by="acc-2", reason="Ghi nhầm")


@pytest.fixture
def clock() -> FakeClock:
    """Return a clock that stands after the register was made."""
    return FakeClock(datetime.now(UTC) + timedelta(days=1))


@pytest.fixture
def store(tmp_path: Path, clock: FakeClock) -> Iterator[GeoPackageStore]:
    """Yield a clean register on the test's clock."""
    clean_register(tmp_path).close()
    made = open_store(tmp_path / "register.gpkg", clock=clock)
    yield made
    made.close()


def test_a_history_tells_who_did_what_by_which_decision(store: GeoPackageStore) -> None:
    """Each version with its change, its decision, both times and what it changed."""
    founding = FoundCluster(name_vi="Đú Sáng", territory_id="hoa-binh", approved_area_ha=40.0)
    found_cluster(store, founding, decided(date(2021, 3, 1)))
    asked = AdjustCluster(
        cluster_id="ccn-du-sang", approved_area_ha=44.0, boundary=surveyed(box(30, 30))
    )
    adjust_cluster(store, asked, decided(date(2024, 6, 1), "QD-2", by="acc-3"))
    fields = (FieldChange(name="name_en", value="Du Sang"),)
    correct_record(store, Correct(table="cluster", id="ccn-du-sang", fields=fields), FIXER)
    told = history_of(store, Cluster, "ccn-du-sang")
    seen = [
        (one.version.valid, one.change.action, one.change.by, one.decision and one.decision.id)
        for one in told
    ]
    first, second = date(2021, 3, 1), date(2024, 6, 1)
    assert seen == [
        (Period(first), "cluster.found", "acc-1", "QD-1"),
        (Period(first, second), "cluster.adjust", "acc-3", "QD-1"),
        (Period(second), "cluster.adjust", "acc-3", "QD-2"),
        (Period(second), "record.correct", "acc-2", "QD-2"),
    ]
    ends = [one.ended_by.action if one.ended_by else None for one in told]
    assert ends == ["cluster.adjust", None, "record.correct", None]
    assert [one.is_live for one in told] == [False, True, False, True]
    assert told[1].differences == ()
    assert Difference("approved_area_ha", 40.0, 44.0) in told[2].differences
    shape = next(one for one in told[2].differences if one.field == SHAPE)
    assert shape.before is None
    assert shape.after == pytest.approx(100.0)
    assert told[3].differences == (Difference("name_en", "Đú Sáng", "Du Sang"),)
    assert told[3].change.reason == "Ghi nhầm"
    begun = {difference.field: difference.after for difference in told[0].differences}
    assert (begun["name_vi"], begun["founded_earliest"]) == ("Đú Sáng", first)
    assert "note" not in begun


def test_a_voided_record_keeps_its_history(store: GeoPackageStore) -> None:
    """The void ended it, though it wrote nothing."""
    record_party(store, RecordParty(id="cong-ty-a", name="Công ty A"), Mandate(by="acc-1"))
    void_record(store, Void(table="party", id="cong-ty-a"), FIXER)
    (only,) = history_of(store, Party, "cong-ty-a")
    assert only.ended_by is not None
    assert (only.ended_by.action, only.ended_by.by) == ("record.void", "acc-2")
    with refused(store, "thing.unknown"):
        history_of(store, Party, "cong-ty-b")


def test_a_clusters_history_is_its_chain(store: GeoPackageStore) -> None:
    """Changes of its land and of nothing else, with their decisions."""
    adjust_cluster(store, AdjustCluster(cluster_id="A", note="x"), decided(date(2024, 6, 1)))
    record_party(store, RecordParty(id="cong-ty-a", name="Công ty A"), Mandate(by="acc-1"))
    told = history_of_cluster(store, "A")
    assert [one.change.action for one in told] == ["test.load", "cluster.adjust"]
    assert [one.decision and one.decision.number for one in told] == [None, "QD-1/QĐ-UBND"]
    assert {part.cluster_id for one in told for part in one.change.parts} == {"A"}
    with refused(store, "cluster.unknown"):
        history_of_cluster(store, "none")


def test_a_correction_changes_the_past_and_not_what_was_known(
    store: GeoPackageStore, clock: FakeClock
) -> None:
    """Five dates as of three moments: only what is known after the correction differs."""
    founding = FoundCluster(
        name_vi="Đú Sáng", territory_id="hoa-binh", approved_area_ha=40.0, id="ds"
    )
    found_cluster(store, founding, decided(date(2021, 3, 1)))
    expanding = AdjustCluster(cluster_id="ds", approved_area_ha=44.0)
    adjust_cluster(store, expanding, decided(date(2024, 6, 1), "QD-2"))
    registered = clock.pass_by(days=1)
    clock.pass_by(days=1)
    fields = (FieldChange(name="approved_area_ha", value=41.5),)
    asked = Correct(table="cluster", id="ds", fields=fields, on=date(2022, 1, 1))
    correct_record(store, asked, FIXER)
    corrected = clock.pass_by(days=1)
    begin = registered - timedelta(days=30)
    days = [
        date(2020, 1, 1),
        date(2021, 3, 1),
        date(2024, 2, 29),
        date(2024, 6, 1),
        date(9999, 12, 31),
    ]

    def areas(known_at: datetime) -> list[float | None]:
        """Return the area on each day as known at a moment; -1 where there was nothing."""
        found = [store.all(Cluster, Moment(day, known_at), ids=["ds"]) for day in days]
        return [one[0].thing.approved_area_ha if one else -1.0 for one in found]

    assert areas(begin) == [-1.0] * 5
    assert areas(registered) == [-1.0, 40.0, 40.0, 44.0, 44.0]
    assert areas(corrected) == [-1.0, 41.5, 41.5, 44.0, 44.0]


def test_a_history_of_a_submission_or_source_is_one_too(store: GeoPackageStore) -> None:
    """Every kind that is kept has one; the oldest name is told with the newest."""
    record_party(store, RecordParty(id="cong-ty-a", name="Công ty A"), Mandate(by="acc-1"))
    renamed = RecordParty(id="cong-ty-a", name="Công ty B", on=date(2024, 1, 1))
    record_party(store, renamed, replace(FIXER, reason=None))
    told = history_of(store, Party, "cong-ty-a")
    assert [one.differences for one in told[1:]] == [
        (),
        (Difference("name", "Công ty A", "Công ty B"),),
    ]
