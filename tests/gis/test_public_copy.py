"""The file that may be passed around holds what is public, and no byte of anything else."""

import sqlite3
import subprocess
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from gis.errors import StoreProblem
from gis.example import EXAMPLE_ON
from gis.model import Lease, Moment, Party, Project
from gis.public_copy import write_public_copy
from gis.store import RegisterStore, create_store, open_store
from tests.gis.registers import NOW, clean_register

SYSTEM_PYTHON = "/usr/bin/python3"


@pytest.fixture(scope="module")
def copy(example_register: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the public copy of the example."""
    path = tmp_path_factory.mktemp("public") / "public.gpkg"
    with closing(open_store(example_register)) as store:
        written = write_public_copy(store, path, store.present(EXAMPLE_ON))
    assert written.is_synthetic
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    return path


def secrets(store: RegisterStore) -> set[str]:
    """Return the names, numbers and ids that are not public."""
    moment = Moment(EXAMPLE_ON)
    parties = [found.thing for found in store.all(Party, moment)]
    projects = [found.thing for found in store.all(Project, moment)]
    leases = [found.thing for found in store.all(Lease, moment)]
    found = {party.name for party in parties} | {party.id for party in parties}
    found |= {project.name_vi for project in projects} | {project.id for project in projects}
    found |= {lease.contract_number for lease in leases} | {lease.id for lease in leases}
    assert len(found) > 150
    return found


def test_no_secret_is_in_any_byte(copy: Path, example_register: Path) -> None:
    """Neither parties nor projects nor contracts, in whatever encoding a program may write."""
    content = copy.read_bytes()
    with closing(open_store(example_register)) as store:
        for secret in secrets(store):
            for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
                assert secret.encode(encoding) not in content, secret


def test_only_the_public_tables_are_there(copy: Path) -> None:
    """No versions, no journal, no accounts, no drafts."""
    with closing(sqlite3.connect(copy)) as raw:
        rows = raw.execute("SELECT table_name, data_type FROM gpkg_contents").fetchall()
    assert dict(rows) == {
        "cluster": "features",
        "plan_area": "features",
        "parcel": "features",
        "figure": "attributes",
        "source": "attributes",
        "about": "attributes",
    }


def test_it_is_a_valid_geopackage_that_gdal_opens(copy: Path) -> None:
    """GDAL's own validator finds nothing; ogrinfo counts the features."""
    command = [SYSTEM_PYTHON, "-m", "osgeo_utils.samples.validate_gpkg", str(copy)]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (said.returncode, said.stdout.strip(), said.stderr.strip()) == (0, "", "")
    told = subprocess.run(
        ["ogrinfo", "-ro", "-so", str(copy), "parcel"], capture_output=True, text=True, check=True
    ).stdout
    assert "Feature Count: 272" in told
    assert "Geometry: Multi Polygon" in told
    assert "end_year: Integer64" in told


def test_what_is_made_up_says_so(copy: Path) -> None:
    """In the layer's description, in a table of its own, and row by row."""
    with closing(sqlite3.connect(copy)) as raw:
        about = dict(raw.execute("SELECT name, value FROM about"))
        layer = "SELECT description FROM gpkg_contents WHERE table_name = 'parcel'"
        (description,) = raw.execute(layer).fetchone()
        rows = dict(raw.execute("SELECT id, is_synthetic FROM cluster"))
    assert about["synthetic"] == description
    assert description.startswith("Có dữ liệu minh họa")
    assert (about["on"], about["territory"]) == ("2024-12-31", "hoa-binh")
    assert rows["ccn-tien-tien"] == 1


def test_parcels_have_state_and_end_year_on_the_date(copy: Path) -> None:
    """What the map shows, and unknown stays empty."""
    with closing(sqlite3.connect(copy)) as raw:
        states = dict(raw.execute("SELECT state, count(*) FROM parcel GROUP BY 1"))
        leased = raw.execute(
            "SELECT count(*) FROM parcel WHERE state = 'leased' AND end_year > 2024"
        ).fetchone()
        vacant = raw.execute(
            "SELECT count(*) FROM parcel WHERE state = 'vacant' AND end_year IS NOT NULL"
        ).fetchone()
    assert set(states) >= {"leased", "vacant"}
    assert leased[0] > 0
    assert vacant == (0,)


def test_a_register_without_made_up_land_says_so(tmp_path: Path) -> None:
    """And clusters without a boundary are there without a shape."""
    store = clean_register(tmp_path)
    written = write_public_copy(store, tmp_path / "public.gpkg", NOW)
    store.close()
    assert (written.is_synthetic, written.counts["cluster"]) == (False, 3)
    with closing(sqlite3.connect(tmp_path / "public.gpkg")) as raw:
        (shape,) = raw.execute("SELECT geom FROM cluster WHERE id = 'unmapped'").fetchone()
        (note,) = raw.execute("SELECT value FROM about WHERE name = 'synthetic'").fetchone()
    assert shape is None
    assert note.startswith("Không có dữ liệu minh họa")


def test_an_empty_register_gives_empty_layers(tmp_path: Path) -> None:
    """With the same columns."""
    store = create_store(tmp_path / "register.gpkg")
    write_public_copy(store, tmp_path / "public.gpkg", Moment(date(2024, 1, 1)))
    store.close()
    with closing(sqlite3.connect(tmp_path / "public.gpkg")) as raw:
        assert raw.execute("SELECT count(end_year) FROM parcel").fetchone() == (0,)


def test_nothing_is_written_over(tmp_path: Path) -> None:
    """A file of that name stays as it is."""
    store = clean_register(tmp_path)
    (tmp_path / "public.gpkg").write_text("mine")
    with pytest.raises(StoreProblem) as problem:
        write_public_copy(store, tmp_path / "public.gpkg", NOW)
    store.close()
    assert problem.value.code == "file.exists"
    assert (tmp_path / "public.gpkg").read_text() == "mine"
