"""``ccn-gis backup``, ``restore`` and ``export``: what they say and leave behind."""

import json
from contextlib import closing
from pathlib import Path

import pytest

from gis.documents import documents_folder, put_document
from gis.store import open_store
from tests.api.cli_runs import ccn_gis
from tests.gis.registers import clean_register


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a small register."""
    clean_register(tmp_path).close()
    return tmp_path


def names(folder: Path) -> list[str]:
    """Return what lies in a folder."""
    return sorted(path.name for path in folder.iterdir())


def test_a_backup_is_restored(folder: Path) -> None:
    """With the documents of a folder of one's own; both say the same in JSON."""
    put_document(folder / "papers", b"x")
    made = ccn_gis("backup", "b.zip", "--documents", "papers", "--json", folder=folder)
    assert made.code == 0
    again = ccn_gis(
        "restore", "b.zip", "--register", "new.gpkg", "--json", folder=folder, CCN_GIS_LANG="en"
    )
    assert again.code == 0
    told = json.loads(made.out)
    assert json.loads(again.out) == told
    assert (told["documents"], told["accounts"], told["head"]["number"]) == (1, False, 1)
    assert told["made_by"].startswith("ccn-gis ")
    assert documents_folder(str(folder / "new.gpkg")).is_dir()
    with closing(open_store(folder / "new.gpkg")) as store:
        assert store.change_counter() == 1


def test_the_sentences_are_english_too(folder: Path) -> None:
    """As every message is."""
    run = ccn_gis("backup", "b.zip", folder=folder, CCN_GIS_LANG="en")
    assert run.out == (
        "Backed up into b.zip: 1 changes, 12 versions, 0 documents, no file of accounts.\n"
    )
    run = ccn_gis("export", "--public", "p.gpkg", folder=folder, CCN_GIS_LANG="en")
    assert run.out.endswith("cluster 3, plan_area 2, parcel 3, figure 0, source 0, about 5.\n")


def test_what_is_refused_leaves_nothing(folder: Path) -> None:
    """A register that is missing, a backup that is none."""
    before = names(folder)
    run = ccn_gis("backup", "b.zip", "--register", "nowhere.gpkg", folder=folder)
    assert (run.code, "[register.missing]" in run.err) == (1, True)
    run = ccn_gis("restore", "register.gpkg", "--register", "new.gpkg", folder=folder)
    assert (run.code, "[backup.damaged]" in run.err) == (1, True)
    run = ccn_gis("backup", "nowhere/b.zip", folder=folder)
    assert (run.code, "[register.read_only]" in run.err) == (1, True)
    assert names(folder) == before


def test_an_export_says_its_date(folder: Path) -> None:
    """The date asked about, and how many rows of what."""
    run = ccn_gis("export", "--public", "p.gpkg", "--on", "31/12/2024", "--json", folder=folder)
    told = json.loads(run.out)
    assert told["on"] == "2024-12-31"
    assert (told["synthetic"], told["rows"]["parcel"]) == (False, 3)
    assert names(folder) == ["p.gpkg", "register.gpkg"]
