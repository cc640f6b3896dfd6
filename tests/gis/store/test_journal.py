"""The journal's hashes, recomputed here from the tables alone: what `verify` will do.

This is a second implementation on purpose: it reads the register with plain SQL and knows only
what docs/adr/0001 says.
"""

import hashlib
import json
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis.model import Parcel, Period
from gis.store import GeoPackageStore, open_store
from gis.store.kinds import KINDS
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
from tests.properties import FEW

GENESIS = "0" * 64
#: Measured from the geometry of record, or numbers of rows: no part of what is vouched for.
DERIVED = {"row_id", "geom", "planar_m2", "geodesic_m2", "west", "south", "east", "north"}
LATER = {"known_to"}
#: Columns younger than the first release: told only where they say anything.
ADDED = {"term_scope", "submitted_by", "personal_hash"}
#: Never told: what may be forgotten, or says again what was told.
UNTOLD = {"personal_salt", "erased_change_number", "row_hash"}
#: For what a hash stands that can outlive it.
PERSONAL = {"party": ("name", "tax_code"), "submission": ("request",)}

Row = dict[str, Any]


def sha256(text: str) -> str:
    """Return the digest of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def canonical(row: Row) -> str:
    """Write a row as the ADR says."""
    return json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


class Tables:
    """The register as plain rows."""

    def __init__(self, raw: sqlite3.Connection) -> None:
        self._raw = raw
        self._raw.row_factory = sqlite3.Row

    def rows(self, query: str, *values: object) -> list[Row]:
        """Return the rows of a query."""
        return [dict(row) for row in self._raw.execute(query, values)]

    def notes(self, number: int, at: str) -> list[tuple[str, str]]:
        """Return (cluster, note) of everything that a change wrote or ended, in order."""
        found = []
        for kind in KINDS:
            every = self.rows(f"SELECT * FROM {kind.table}_version")  # noqa: S608
            versions = [(row, "close") for row in every if row["known_to"] == at]
            versions += [(row, "open") for row in every if row["change_number"] == number]
            for row, verb in sorted(
                versions, key=lambda v: (v[0]["id"], v[1], v[0]["version_number"])
            ):
                owner = row["id"] if kind.table == "cluster" else row.get("cluster_id") or ""
                if verb == "close":
                    told = {"id": row["id"], "version_number": row["version_number"]}
                else:
                    told = self._opened(kind.table, row, has_shape=kind.geometry is not None)
                found.append((owner, f"{verb} {kind.table} {canonical(told)}\n"))
        found += self._erased(number)
        settings = self.rows(
            "SELECT name, value FROM setting WHERE change_number = ? ORDER BY name", number
        )
        return found + [("", f"set setting {canonical(row)}\n") for row in settings]

    def _erased(self, number: int) -> list[tuple[str, str]]:
        """Return (cluster, note) of every version whose personal fields a change erased."""
        found = []
        for table in PERSONAL:
            query = f"SELECT * FROM {table}_version WHERE erased_change_number = ?"  # noqa: S608
            for row in self.rows(f"{query} ORDER BY id, version_number", number):
                told = {"id": row["id"], "version_number": row["version_number"]}
                found.append((row.get("cluster_id") or "", f"erase {table} {canonical(told)}\n"))
        return found

    def _opened(self, table: str, row: Row, *, has_shape: bool) -> Row:
        """Return what is vouched for of a version."""
        record: Row = {}
        if has_shape:
            query = f"SELECT epsg, wkb FROM {table}_record WHERE row_id = ?"  # noqa: S608
            for found in self.rows(query, row["row_id"]):
                wkb = hashlib.sha256(found["wkb"]).hexdigest()
                record = {"epsg": found["epsg"], "wkb": wkb}
        told = {
            name: value
            for name, value in row.items()
            if name not in DERIVED | LATER | UNTOLD and (value is not None or name not in ADDED)
        }
        if row.get("personal_hash") is not None:
            personal = {name: told.pop(name) for name in PERSONAL[table]}
            if row["personal_salt"] is not None:
                assert row["personal_hash"] == sha256(
                    f"{row['personal_salt']}\n{canonical(personal)}"
                )
        flags = {name for name in told if name.startswith(("is_", "in_report", "before_"))}
        for name in flags:
            told[name] = None if told[name] is None else bool(told[name])
        told |= {"record": record}
        assert row["row_hash"] in (None, sha256(canonical(told))), "what a row says of itself"
        return told


def is_intact(path: Path) -> bool:
    """Say whether every digest and every link follows from the tables."""
    with closing(sqlite3.connect(path)) as raw:
        return chain_follows(Tables(raw))


def chain_follows(tables: Tables) -> bool:
    """Walk through the journal, oldest first, and compute each entry anew."""
    register_hash = GENESIS
    cluster_hashes: dict[str, str] = {}
    for change in tables.rows("SELECT * FROM change ORDER BY number"):
        texts: dict[str, list[str]] = {}
        for owner, note in tables.notes(change["number"], change["at"]):
            texts.setdefault(owner, []).append(note)
        heads = {}
        kept = tables.rows("SELECT * FROM change_part WHERE number = ?", change["number"])
        for part in kept:
            notes = texts.pop(part["cluster_id"], [])
            done = {
                "cluster_id": part["cluster_id"],
                "opened": sum(note.startswith("open") for note in notes),
                "closed": sum(note.startswith("close") for note in notes),
                "digest": sha256("".join(notes)),
            }
            before = cluster_hashes.get(part["cluster_id"], GENESIS)
            link = sha256(f"{before}\n{canonical(done)}")
            if part != {"number": change["number"], **done, "cluster_hash": link}:
                return False
            heads[part["cluster_id"]] = cluster_hashes[part["cluster_id"]] = link
        sealed = {
            name: value
            for name, value in change.items()
            if name != "register_hash" and (value is not None or name not in ADDED)
        }
        register_hash = sha256(f"{register_hash}\n{canonical(sealed | {'heads': heads})}")
        if texts or change["register_hash"] != register_hash:
            return False
    return True


@pytest.fixture
def register(register_path: Path) -> GeoPackageStore:
    """Return a register with a life: two clusters, corrections, a void, a move, settings."""
    store = open_store(register_path, clock=FakeClock())
    write(store, cluster("A", square(side=500)), plan("A"), plan_area("a", "A", square(side=300)))
    write(store, cluster("B"), parcel("P", label="CN-01"), party("ccn"), lease("L", "A", "P"))
    with store.transaction(by="a", action="b", decision_id="QD", reason="r") as transaction:
        transaction.put(parcel("P", "B", square(side=7), Period(date(2023, 1, 1)), label="đ"))
        transaction.set_setting("territory", "hoa-binh")
        transaction.set_setting("is_example", "1")
    with store.transaction(by="a", action="b") as transaction:
        transaction.void(Parcel, "P", Period(date(2022, 1, 1), date(2022, 2, 1)))
        transaction.put(parcel("Q", shape=square(1 / 3, 0.1)))
    store.close()
    return store


def test_the_chain_follows_from_the_tables(register: GeoPackageStore) -> None:
    """Every digest, every cluster's chain and the seal of the register."""
    assert is_intact(Path(register.url))
    assert len(register.changes()) == 4


def test_a_register_of_the_example_has_an_intact_chain(example_register: Path) -> None:
    """With every kind of thing that the product writes."""
    assert is_intact(example_register)


TAMPERED = [
    "UPDATE parcel_version SET plot_label = 'CN-02' WHERE id = 'P'",
    "UPDATE parcel_version SET valid_to = '2024-01-01' WHERE id = 'P'",
    "UPDATE parcel_version SET known_to = NULL",
    "UPDATE parcel_version SET cluster_id = 'A'",
    "UPDATE parcel_record SET epsg = 9208",
    "UPDATE parcel_record SET wkb = zeroblob(9) WHERE row_id = 1",
    "DELETE FROM parcel_version WHERE id = 'Q'",
    "UPDATE setting SET value = 'phu-tho' WHERE name = 'territory'",
    "UPDATE change SET by = 'somebody else' WHERE number = 2",
    "UPDATE change SET reason = NULL WHERE number = 3",
    "UPDATE party_version SET personal_hash = 'x' WHERE id = 'ccn'",
    "UPDATE party_version SET name = 'Công ty khác' WHERE id = 'ccn'",
    "UPDATE change_part SET digest = 'x' WHERE number = 1",
    "DELETE FROM change_part WHERE number = 2 AND cluster_id = 'B'",
    "DELETE FROM change WHERE number = 2",
]


@pytest.mark.parametrize("statement", TAMPERED)
def test_whatever_is_tampered_with_shows(register: GeoPackageStore, statement: str) -> None:
    """Even by one who opens the gate."""
    path = Path(register.url)
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("INSERT INTO ccn_gis_gate VALUES ('forged')")
        assert raw.execute(statement).rowcount > 0
        raw.commit()
    assert not is_still_intact(path)


def is_still_intact(path: Path) -> bool:
    """Say whether nothing was changed: neither a row by its own hash, nor the chain."""
    try:
        return is_intact(path)
    except AssertionError:
        return False


def test_a_new_rounding_of_what_was_derived_is_no_tampering(register: GeoPackageStore) -> None:
    """Areas and WGS84 shapes may come out a bit differently with a later library."""
    path = Path(register.url)
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("INSERT INTO ccn_gis_gate VALUES ('forged')")
        raw.execute(
            "UPDATE parcel_version SET geodesic_m2 = geodesic_m2 + 1e-9, west = west + 1e-12"
        )
        raw.commit()
    assert is_intact(path)


def test_a_chain_is_the_same_on_every_machine(empty_file: bytes, tmp_path: Path) -> None:
    """The same changes at the same times give the same hashes, to the last character."""
    hashes = []
    for name in ("one", "two"):
        path = tmp_path / f"{name}.gpkg"
        path.write_bytes(empty_file)
        store = open_store(path, clock=FakeClock())
        write(store, lease("y", "A"), parcel("P"), lease("x", "B"))
        hashes.append([change.register_hash for change in store.changes()])
        store.close()
    assert hashes[0] == hashes[1]


def test_the_order_of_wishes_for_different_things_does_not_matter(
    empty_file: bytes, tmp_path: Path
) -> None:
    """What is vouched for is what was written, not how it was said."""
    entries = [lease("y", "A"), parcel("P"), lease("x", "A"), cluster("A", square()), parcel("O")]
    first = _hash_of(tmp_path / "first.gpkg", empty_file, entries)

    @FEW
    @given(st.permutations(entries))
    def check(shuffled: list[Any]) -> None:
        assert _hash_of(tmp_path / "again.gpkg", empty_file, shuffled) == first

    check()


def _hash_of(path: Path, empty_file: bytes, entries: list[Any]) -> str:
    path.write_bytes(empty_file)
    store = open_store(path, clock=FakeClock())
    write(store, *entries)
    sealed = store.changes()[-1].register_hash
    store.close()
    return sealed


def test_the_heads_are_those_of_the_clusters_touched(register: GeoPackageStore) -> None:
    """A cluster's chain grows only where something of it changed."""
    parts = [[part.cluster_id for part in change.parts] for change in register.changes()]
    assert parts == [["A"], ["", "A", "B"], ["", "A", "B"], ["A"]]
