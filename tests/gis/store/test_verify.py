"""A verification names what was changed behind the register's back, and cries no wolf."""

from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gis.model import Parcel, Party, Period
from gis.store import GeoPackageStore, Store, Verified, geopackage, open_store
from gis.store.kinds import KINDS
from tests.gis.registers import behind_our_back
from tests.gis.store.things import (
    FakeClock,
    cluster,
    lease,
    parcel,
    party,
    plan,
    plan_area,
    square,
    write,
)


def live(store: Store) -> None:
    """Give a register a life: two clusters, a correction, a void, a move, settings, an erasure."""
    write(store, cluster("A", square(side=500)), plan("A"), plan_area("a", "A", square(side=300)))
    write(store, cluster("B"), parcel("P", label="CN-01"), party("ccn"), lease("L", "A", "P"))
    with store.transaction(by="a", action="b", decision_id="QD", reason="r") as transaction:
        transaction.put(parcel("P", "B", square(side=7), Period(date(2023, 1, 1)), label="đ"))
        transaction.set_setting("territory", "hoa-binh")
        transaction.set_setting("is_example", "1")
        transaction.put(party("gone"))
    with store.transaction(by="a", action="b") as transaction:
        transaction.void(Parcel, "P", Period(date(2022, 1, 1), date(2022, 2, 1)))
        transaction.put(parcel("Q", shape=square(1 / 3, 0.1)))
    with store.transaction(by="a", action="party.erase") as transaction:
        transaction.erase(Party, "gone")


@pytest.fixture
def register(register_path: Path) -> GeoPackageStore:
    """Return a register with such a life."""
    store = open_store(register_path, clock=FakeClock())
    live(store)
    return store


def found(store: Store) -> list[tuple[str, dict[str, Any]]]:
    """Return the findings of a verification: codes and facts; their sentences can be said."""
    findings = store.verify().findings
    for finding in findings:
        assert "{" not in finding.sentence("vi") + finding.sentence("en")
    return [(finding.code.removeprefix("verify."), finding.facts) for finding in findings]


def test_nothing_is_found_where_nothing_was_changed(store: Store) -> None:
    """After corrections, a void, a move and an erasure."""
    live(store)
    verified = store.verify()
    assert verified.findings == ()
    assert (verified.is_clean, verified.omitted) == (True, 0)
    assert (verified.head.number, verified.versions, verified.erased) == (5, 13, 1)
    assert verified.head == store.head()
    assert store.head().register_hash == store.changes()[-1].register_hash
    assert sorted(store.head().clusters) == ["", "A", "B"]


def test_an_empty_register_is_clean(store: Store) -> None:
    """Its chains have not begun."""
    verified = store.verify()
    assert (verified.is_clean, verified.head.number) == (True, 0)
    assert verified.head.register_hash == "0" * 64


def test_the_example_is_clean(example_register: Path) -> None:
    """With every kind of thing that the product writes."""
    with closing(open_store(example_register)) as store:
        steps: list[str] = []
        assert store.verify(step=steps.append).is_clean
        assert steps[-2:] == ["change", "balance"]


P1 = {"table": "parcel", "id": "P", "number": 1, "change": 2}
TAMPERED: list[tuple[str, tuple[str, dict[str, Any]]]] = [
    # --- the journal
    ("UPDATE change SET by = 'somebody' WHERE number = 2", ("change_altered", {"number": 2})),
    ("UPDATE change SET reason = NULL WHERE number = 3", ("change_altered", {"number": 3})),
    ("UPDATE change SET register_hash = 'x' WHERE number = 2", ("change_altered", {"number": 2})),
    ("DELETE FROM change WHERE number = 2", ("change_missing", {"first": 2, "last": 2})),
    ("DELETE FROM change WHERE number = 1", ("change_missing", {"first": 1, "last": 1})),
    (
        "UPDATE change SET number = 9 - number WHERE number IN (4, 5)",
        ("change_altered", {"number": 4}),
    ),
    (
        "UPDATE change SET number = 9 - number WHERE number IN (4, 5)",
        ("change_order", {"number": 5}),
    ),
    (
        (
            "INSERT INTO change SELECT 6, '2024-02-01T00:00:00.000000Z', by, action, decision_id, "
            "reason, register_hash, submitted_by FROM change WHERE number = 5"
        ),
        ("change_altered", {"number": 6}),
    ),
    (
        "UPDATE change_part SET digest = 'x' WHERE number = 1",
        ("part_altered", {"number": 1, "cluster": "A"}),
    ),
    (
        "UPDATE change_part SET cluster_hash = 'x' WHERE number = 3 AND cluster_id = 'B'",
        ("part_altered", {"number": 3, "cluster": "B"}),
    ),
    (
        "UPDATE change_part SET opened = 7 WHERE number = 1",
        ("part_altered", {"number": 1, "cluster": "A"}),
    ),
    (
        "DELETE FROM change_part WHERE number = 2 AND cluster_id = 'B'",
        ("part_missing", {"number": 2, "cluster": "B"}),
    ),
    (
        "INSERT INTO change_part VALUES (77, 'A', 0, 0, 'x', 'x')",
        ("part_added", {"number": 77, "cluster": "A"}),
    ),
    (
        "UPDATE setting SET value = 'phu-tho' WHERE name = 'territory'",
        ("digest", {"number": 3, "cluster": "", "settings": "is_example, territory"}),
    ),
    (
        "INSERT INTO setting VALUES ('territory', 99, 'x')",
        ("setting_added", {"name": "territory", "number": 99}),
    ),
    # --- versions
    (
        "UPDATE parcel_version SET plot_label = 'CN-02' WHERE id = 'P' AND version_number = 1",
        ("version_altered", P1),
    ),
    (
        "UPDATE parcel_version SET valid_to = '2024-01-01' WHERE id = 'P' AND version_number = 1",
        ("version_altered", P1),
    ),
    (
        "UPDATE parcel_version SET known_to = 'yesterday' WHERE id = 'P' AND version_number = 1",
        ("version_altered", P1),
    ),
    (
        "UPDATE parcel_version SET known_to = NULL WHERE id = 'P' AND version_number = 1",
        ("version_revived", P1),
    ),
    (
        "UPDATE parcel_version SET cluster_id = 'A' WHERE id = 'P' AND version_number = 3",
        ("version_altered", {"table": "parcel", "id": "P", "number": 3, "change": 3}),
    ),
    (
        "DELETE FROM parcel_version WHERE id = 'P' AND version_number = 1",
        ("version_missing", {"table": "parcel", "id": "P", "number": 1}),
    ),
    (
        "DELETE FROM parcel_version WHERE id = 'Q'",
        ("current_extra", {"table": "parcel", "id": "Q"}),
    ),
    (
        "DELETE FROM parcel_version WHERE id = 'Q'",
        (
            "counts",
            {
                "number": 4,
                "cluster": "A",
                "opened": 3,
                "closed": 1,
                "found_opened": 2,
                "found_closed": 1,
            },
        ),
    ),
    (
        "UPDATE lease_version SET change_number = 70 WHERE id = 'L'",
        ("version_added", {"table": "lease", "id": "L", "number": 1, "change": 70}),
    ),
    (
        "UPDATE lease_version SET row_hash = NULL WHERE id = 'L'",
        ("version_altered", {"table": "lease", "id": "L", "number": 1, "change": 2}),
    ),
    (
        "UPDATE party_version SET name = 'Công ty khác' WHERE id = 'ccn'",
        ("personal", {"table": "party", "id": "ccn", "number": 1, "change": 2}),
    ),
    (
        "UPDATE party_version SET personal_salt = NULL WHERE id = 'ccn'",
        ("personal", {"table": "party", "id": "ccn", "number": 1, "change": 2}),
    ),
    (
        (
            "UPDATE party_version SET personal_salt = NULL, name = '(đã xóa theo yêu cầu)', "
            "erased_change_number = 4 WHERE id = 'ccn'"
        ),
        ("part_missing", {"number": 4, "cluster": ""}),
    ),
    (
        "UPDATE party_version SET name = 'Công ty khác' WHERE id = 'gone'",
        ("personal", {"table": "party", "id": "gone", "number": 1, "change": 3}),
    ),
    # --- geometry
    (
        "UPDATE parcel_record SET wkb = zeroblob(9) WHERE row_id = 1",
        ("record_altered", P1),
    ),
    ("UPDATE parcel_record SET epsg = 9208 WHERE row_id = 1", ("record_altered", P1)),
    ("UPDATE parcel_record SET epsg = 1 WHERE row_id = 1", ("record_altered", P1)),
    ("DELETE FROM parcel_record WHERE row_id = 1", ("record_altered", P1)),
    (
        "INSERT INTO parcel_record VALUES (77, 9211, x'00')",
        ("record_added", {"table": "parcel", "number": 77}),
    ),
    (
        "UPDATE parcel_version SET geodesic_m2 = geodesic_m2 + 1 WHERE row_id = 1",
        ("derived", {**P1, "field": "geodesic_m2"}),
    ),
    (
        "UPDATE parcel_version SET planar_m2 = NULL WHERE row_id = 1",
        ("derived", {**P1, "field": "planar_m2"}),
    ),
    (
        "UPDATE parcel_version SET west = west + 1e-6 WHERE row_id = 1",
        ("derived", {**P1, "field": "west"}),
    ),
    (
        "UPDATE parcel_version SET geom = x'00' WHERE row_id = 1",
        ("derived", {**P1, "field": "geom"}),
    ),
    (
        "UPDATE parcel_version SET geom = (SELECT geom FROM plan_area_version) WHERE row_id = 1",
        ("derived", {**P1, "field": "geom"}),
    ),
    (
        "UPDATE cluster_version SET planar_m2 = 1 WHERE id = 'B'",
        (
            "derived",
            {"table": "cluster", "id": "B", "number": 1, "change": 2, "field": "geom"},
        ),
    ),
    (
        "DELETE FROM parcel_version_box WHERE id = 1",
        ("derived", {**P1, "field": "version_box"}),
    ),
    # --- what people see
    (
        "UPDATE parcel SET plot_label = 'CN-99' WHERE id = 'P'",
        (
            "current_differs",
            {"table": "parcel", "id": "P", "number": 3, "field": "plot_label"},
        ),
    ),
    (
        "DELETE FROM parcel WHERE id = 'Q'",
        ("current_missing", {"table": "parcel", "id": "Q", "number": 1}),
    ),
    (
        (
            "INSERT INTO party (id, name, kind, is_synthetic, version_number) "
            "VALUES ('new', 'x', 'y', 0, 1)"
        ),
        ("current_extra", {"table": "party", "id": "new"}),
    ),
    (
        "UPDATE balance SET industry_m2 = industry_m2 + 1 WHERE known_to IS NULL",
        ("balance", {"id": "A"}),
    ),
    ("UPDATE balance SET change_number = 99", ("balance", {"id": "A"})),
    ("UPDATE balance SET plan_id = CAST(x'31' AS BLOB)", ("balance", {"id": "A"})),
]


@pytest.mark.parametrize(("statement", "finding"), TAMPERED)
def test_what_was_tampered_with_is_named(
    register: GeoPackageStore, statement: str, finding: tuple[str, dict[str, Any]]
) -> None:
    """By one who opens the gate and may write anything."""
    with behind_our_back(register) as raw:
        geopackage._prepare(raw, None)
        if "number = 9 - number" in statement:
            swapped = "UPDATE change SET number = {} WHERE number = {}"
            for new, old in ((99, 4), (4, 5), (5, 99)):
                raw.execute(swapped.format(new, old))
        else:
            assert raw.execute(statement).rowcount > 0
    assert finding in found(register)


def test_one_altered_entry_is_one_finding(register: GeoPackageStore) -> None:
    """What follows it is not accused too."""
    with behind_our_back(register) as raw:
        raw.execute("UPDATE change SET by = 'x' WHERE number = 2")
        raw.execute("UPDATE change SET register_hash = 'x' WHERE number = 4")
    assert found(register) == [
        ("change_altered", {"number": 2}),
        ("change_altered", {"number": 4}),
    ]


def test_one_altered_version_is_one_finding(register: GeoPackageStore) -> None:
    """The journal's part need not be named where the row is."""
    with behind_our_back(register) as raw:
        raw.execute("UPDATE lease_version SET contract_number = 'x'")
        raw.execute("UPDATE lease SET contract_number = 'x'")
    assert found(register) == [
        ("version_altered", {"table": "lease", "id": "L", "number": 1, "change": 2})
    ]


def test_a_row_with_a_forged_hash_is_found_by_its_part(register: GeoPackageStore) -> None:
    """One who knows how a row is hashed can't know how to mend the chain without a trace."""
    with behind_our_back(register) as raw:
        raw.execute(
            "UPDATE lease_version SET contract_number = 'x', row_hash = NULL WHERE id = 'L'"
        )
        for table in KINDS:
            raw.execute(f"UPDATE {table.table}_version SET row_hash = NULL")  # noqa: S608
    codes = found(register)
    assert ("digest", {"number": 2, "cluster": "A", "settings": "–"}) in codes


def test_many_findings_are_counted(register: GeoPackageStore) -> None:
    """The first hundred of a code are told, the others counted."""
    write(register, *(party(f"p-{n}") for n in range(130)))
    with behind_our_back(register) as raw:
        raw.execute("UPDATE party SET name = 'x'")
    verified = register.verify()
    assert len(verified.findings) == 100
    assert verified.omitted == 32


def test_a_new_rounding_of_what_was_derived_is_no_finding(register: GeoPackageStore) -> None:
    """A later PROJ may give other last digits."""
    with behind_our_back(register) as raw:
        geopackage._prepare(raw, None)
        for table in ("parcel_version", "parcel"):
            raw.execute(f"UPDATE {table} SET geodesic_m2 = geodesic_m2 + 1e-7")  # noqa: S608
    assert found(register) == []


# --- anchors --------------------------------------------------------------------------------------


def codes(verified: Verified) -> list[tuple[str, dict[str, Any]]]:
    """Return the findings of a verification."""
    return [(finding.code, finding.facts) for finding in verified.findings]


def test_a_cut_tail_is_named_by_an_anchor_only(register: GeoPackageStore) -> None:
    """An earlier state of the register is a register without a flaw."""
    register.close()
    path = Path(register.url)
    before = path.read_bytes()
    earlier = register.head()
    write(register, party("x"))
    anchors = [earlier, register.head()]
    assert register.verify(anchors).is_clean
    register.close()
    path.write_bytes(before)
    assert register.verify([earlier]).is_clean
    facts = {"number": 6, "last": 5, "missing": 1}
    assert codes(register.verify(anchors)) == [("verify.cut", facts)]


def test_another_history_is_named(register: GeoPackageStore, tmp_path: Path) -> None:
    """From which change on it is another, as near as the anchors tell, and of which clusters."""
    register.close()
    other = tmp_path / "other.gpkg"
    other.write_bytes(Path(register.url).read_bytes())
    second = open_store(other, clock=FakeClock())
    agreed = second.head()
    write(register, parcel("R", "B"))
    write(second, parcel("R", "B", label="khác"))
    write(second, party("x"))
    write(register, party("x"))
    facts = {"number": 7, "first": 6, "clusters": "–, B"}
    assert codes(register.verify([agreed, second.head()])) == [("verify.other_history", facts)]
    second.close()
