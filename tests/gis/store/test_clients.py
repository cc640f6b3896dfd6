"""The register as other programs see it: GDAL reads it, edits drafts, and is refused elsewhere."""

import sqlite3
import subprocess
from pathlib import Path

import pytest

SYSTEM_PYTHON = "/usr/bin/python3"
POLYGON = "POLYGON((105.3 20.8,105.301 20.8,105.301 20.801,105.3 20.801,105.3 20.8))"

EDITS = {
    "insert": "layer.CreateFeature(ogr.Feature(layer.GetLayerDefn()))",
    "update": "f = layer.GetNextFeature(); f.SetField('plot_label', 'x'); layer.SetFeature(f)",
    "delete": "layer.DeleteFeature(layer.GetNextFeature().GetFID())",
}


def run(*command: str) -> subprocess.CompletedProcess[str]:
    """Run a program of GDAL's, or its Python, and return what it said."""
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


def gdal(program: str, path: Path) -> subprocess.CompletedProcess[str]:
    """Run a script of GDAL's own Python with the register's path."""
    return run(SYSTEM_PYTHON, "-c", program, str(path))


def ids(raw: sqlite3.Connection, column: str, where: str) -> list[int]:
    """Return the ids of some rows, in order."""
    return [row[0] for row in raw.execute(f"SELECT {column} FROM {where} ORDER BY 1")]  # noqa: S608 - constants


def tree_and_scan(path: Path, layer: str) -> tuple[list[int], list[int]]:
    """Return the ids in a layer's R-tree and those that a full scan finds."""
    with sqlite3.connect(path) as raw:
        tree = ids(raw, "id", f"rtree_{layer}_geom")
        scan = ids(raw, "fid", f"{layer} WHERE geom NOT NULL")
    raw.close()
    return tree, scan


def test_gdal_lists_every_layer_and_no_table_of_ours(example_register: Path) -> None:
    """Layers, drafts and tables of records are listed; versions and journal are not."""
    said = run("ogrinfo", "-ro", str(example_register)).stdout
    names = {line.split(": ")[1].split(" ")[0] for line in said.splitlines() if ": " in line}
    assert {"cluster", "parcel", "plan_area", "draft_parcel", "lease"} <= names
    assert not names & {"parcel_version", "parcel_record", "balance", "change", "change_part"}


def test_the_file_is_a_valid_geopackage(example_register: Path) -> None:
    """GDAL's own validator finds nothing."""
    said = run(SYSTEM_PYTHON, "-m", "osgeo_utils.samples.validate_gpkg", str(example_register))
    assert (said.returncode, said.stdout.strip(), said.stderr.strip()) == (0, "", "")


@pytest.mark.parametrize("layer", ["territory", "cluster", "plan_area", "serving_land", "parcel"])
def test_the_index_holds_what_a_full_scan_finds(example_register: Path, layer: str) -> None:
    """The R-tree of every layer has each shape once."""
    tree, scan = tree_and_scan(example_register, layer)
    assert tree == scan
    assert scan


def test_gdal_edits_a_draft_and_its_index_stays_right(example_copy: Path) -> None:
    """A draft is drawn, moved and one of two deleted; the index follows."""
    said = gdal(
        "import sys\n"
        "from osgeo import ogr\n"
        "ogr.UseExceptions()\n"
        "source = ogr.Open(sys.argv[1], 1)\n"
        "layer = source.GetLayerByName('draft_parcel')\n"
        "for label in ('CN-1', 'CN-2'):\n"
        "    feature = ogr.Feature(layer.GetLayerDefn())\n"
        "    feature.SetField('label', label)\n"
        f"    shape = ogr.CreateGeometryFromWkt('{POLYGON}')\n"
        "    feature.SetGeometry(ogr.ForceToMultiPolygon(shape))\n"
        "    layer.CreateFeature(feature)\n"
        "moved = layer.GetFeature(1)\n"
        "shape = moved.GetGeometryRef().Clone().Buffer(0.01)\n"
        "moved.SetGeometry(ogr.ForceToMultiPolygon(shape))\n"
        "layer.SetFeature(moved)\n"
        "layer.DeleteFeature(2)\n"
        "source = None\n",
        example_copy,
    )
    assert said.returncode == 0, said.stderr
    assert tree_and_scan(example_copy, "draft_parcel") == ([1], [1])
    with sqlite3.connect(example_copy) as raw:
        (west,) = raw.execute("SELECT minx FROM rtree_draft_parcel_geom").fetchone()
    raw.close()
    assert west < 105.295


@pytest.mark.parametrize("verb", EDITS)
def test_gdal_is_refused_on_a_register_layer_with_our_sentence(
    example_copy: Path, verb: str
) -> None:
    """Nothing is changed, and the error says which layer to draw into."""
    before = tree_and_scan(example_copy, "parcel")
    said = gdal(
        "import sys\n"
        "from osgeo import ogr\n"
        "ogr.UseExceptions()\n"
        "source = ogr.Open(sys.argv[1], 1)\n"
        "layer = source.GetLayerByName('parcel')\n"
        f"{EDITS[verb]}\n",
        example_copy,
    )
    assert said.returncode != 0
    assert "draft_parcel" in said.stderr
    assert tree_and_scan(example_copy, "parcel") == before


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM parcel_version",
        "UPDATE balance SET leased_m2 = 0",
        "DELETE FROM change",
        "UPDATE parcel_record SET wkb = x'00'",
        "UPDATE setting SET value = 'x'",
    ],
)
def test_plain_sqlite_is_refused_on_what_people_do_not_see(
    example_copy: Path, statement: str
) -> None:
    """Versions, records, balances, settings and the journal are gated too."""
    raw = sqlite3.connect(example_copy)
    with pytest.raises(sqlite3.IntegrityError, match="CCN GIS"):
        raw.execute(statement)
    raw.close()
