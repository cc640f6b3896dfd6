"""Recording decisions, so that changes can name them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from gis.decisions import RecordDecision, new_decision, record_decision
from gis.mandates import Mandate
from gis.model import Decision, Moment
from gis.store import GeoPackageStore
from gis.works import RecordSiteClearance, record_site_clearance
from tests.gis.digests import refused
from tests.gis.registers import NOW, clean_register

OFFICER = Mandate(by="acc-1")
ASKED = RecordDecision(
    number="1648/QĐ-TTg",
    issuer="Thủ tướng Chính phủ",
    title="Phê duyệt Quy hoạch tỉnh Hòa Bình",
    on=date(2023, 12, 20),
    document_sha256="ab" * 32,
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[GeoPackageStore]:
    """Yield a clean register."""
    made = clean_register(tmp_path)
    yield made
    made.close()


def test_a_decision_is_recorded_and_named(store: GeoPackageStore) -> None:
    """By an id made of its number; numbers repeat from issuer to issuer, so ids go on."""
    done = record_decision(store, ASKED, OFFICER)
    assert done.things[0].id == "1648-qd-ttg"
    found = store.one(Decision, "1648-qd-ttg", Moment(date.min)).thing
    assert (found.number, found.document_sha256) == ("1648/QĐ-TTg", "ab" * 32)
    again = record_decision(store, replace(ASKED, issuer="UBND tỉnh"), OFFICER)
    assert again.things[0].id == "1648-qd-ttg-2"
    clearance = RecordSiteClearance(cluster_id="A", cleared_m2=1.0)
    record_site_clearance(store, clearance, replace(OFFICER, decision_id="1648-qd-ttg"))
    assert store.balance("A", NOW) is not None


def test_a_new_decision_comes_with_its_change(store: GeoPackageStore) -> None:
    """Made by the same rules, and recorded in the change's own transaction."""
    mandate = replace(OFFICER, decision=new_decision(store, replace(ASKED, number="07")))
    clearance = RecordSiteClearance(cluster_id="A", cleared_m2=1.0)
    record_site_clearance(store, clearance, mandate)
    assert store.one(Decision, "07", NOW).change == store.change_counter()


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"number": " "}, "value.empty"),
        ({"issuer": ""}, "value.empty"),
        ({"title": "t" * 2001}, "value.too_long"),
        ({"document_sha256": "../../etc/passwd"}, "value.choice"),
        ({"document_sha256": "AB" * 32}, "value.choice"),
        ({"id": "x y"}, "value.id"),
    ],
)
def test_a_decision_that_can_not_be_is_refused(
    store: GeoPackageStore, wrong: dict[str, object], code: str
) -> None:
    """Each with its code."""
    with refused(store, code):
        record_decision(store, replace(ASKED, **wrong), OFFICER)  # type: ignore[arg-type]
    with refused(store, "record.stale"):
        record_decision(store, ASKED, replace(OFFICER, expected=1))
