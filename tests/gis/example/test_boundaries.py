"""The boundary files are what the generator gives, and the generator always gives the same."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import shapely

from gis.crs import WGS84, Located, area_m2, to_crs
from gis.example import example_entries
from gis.example.boundaries import boundary_files, write_boundaries
from gis.example.calibration import EPSG
from gis.example.land import cluster_lands, zone_lands
from gis.example.outline import one_polygon
from gis.resources import data_dir
from tests.gis.example.reading import canonical

FOLDER = data_dir() / "boundaries"
DIGEST = """
import hashlib
from gis.example import example_entries
from gis.example.boundaries import boundary_files
from tests.gis.example.reading import canonical
digest = hashlib.sha256()
for part in (*canonical(example_entries()), *boundary_files().values()):
    digest.update(part)
print(digest.hexdigest())
"""


@pytest.mark.parametrize("name", ["clusters.geojson", "zones.geojson"])
def test_the_shipped_file_is_the_generator_s(name: str) -> None:
    """``python -m gis.example.boundaries`` would change nothing."""
    assert (FOLDER / name).read_bytes() == boundary_files()[name]


def test_another_process_gives_the_same_example() -> None:
    """Entries and files have one SHA-256, whatever the seed of Python's own hashes."""
    digest = hashlib.sha256()
    for part in (*canonical(example_entries()), *boundary_files().values()):
        digest.update(part)
    done = subprocess.run(
        [sys.executable, "-c", DIGEST],
        check=True,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[3],
        env={**os.environ, "PYTHONHASHSEED": "1"},
    )
    assert done.stdout.strip() == digest.hexdigest()


def test_files_say_that_they_are_synthetic() -> None:
    """The collection and each feature carry quality and note, in both languages."""
    for body in boundary_files().values():
        page = json.loads(body)
        assert page["quality"] == "synthetic"
        assert "minh họa" in page["note_vi"]
        assert "Synthetic" in page["note_en"]
        assert all(feature["properties"]["quality"] == "synthetic" for feature in page["features"])


def test_degrees_keep_the_areas_nearly() -> None:
    """Seven decimals bring an area back within 10 m², and features have the clusters' ids."""
    for body, lands in zip(boundary_files().values(), (cluster_lands(), zone_lands()), strict=True):
        features = json.loads(body)["features"]
        assert [feature["id"] for feature in features] == [land.cluster_id for land in lands]
        for feature, land in zip(features, lands, strict=True):
            shape = one_polygon(shapely.from_geojson(json.dumps(feature["geometry"])))
            assert shape.is_valid
            assert shapely.is_ccw(shape.exterior)
            back = area_m2(to_crs(Located(shape, WGS84), EPSG))
            assert abs(back - land.boundary.area) < 10
            assert feature["properties"]["area_ha"] == round(land.boundary.area / 10_000, 4)


def test_writing_keeps_the_page_of_sources_in_order(tmp_path: Path) -> None:
    """Writing twice leaves one row a file, with the digest of what was written."""
    shutil.copy(FOLDER / "SOURCES.md", tmp_path)
    for _ in range(2):
        write_boundaries(tmp_path)
    page = (tmp_path / "SOURCES.md").read_text(encoding="utf-8")
    assert page == (FOLDER / "SOURCES.md").read_text(encoding="utf-8")
    for name in ("clusters.geojson", "zones.geojson"):
        (row,) = re.findall(rf"^\| `{name}` \|.*$", page, re.MULTILINE)
        assert hashlib.sha256((tmp_path / name).read_bytes()).hexdigest() in row
