"""Our mapping of legacy to current communes agrees with an independent one.

The independent list may not be copied into the project: the setting ``CCN_GIS_SAMPLES`` names the
folder that holds it.
"""

import csv
import json
import os
from pathlib import Path

from gis import content
from gis.resources import data_dir

SAMPLES = Path(os.environ["CCN_GIS_SAMPLES"])


def independent() -> dict[tuple[str, str], tuple[str, str]]:
    """Return part and current name by legacy and current code, from the other list."""
    with (SAMPLES / "commune_merges.csv").open(encoding="utf-8", newline="") as file:
        return {
            (row["legacy_code"], row["current_code"]): (row["part"], row["current_name"])
            for row in csv.DictReader(file)
        }


def test_mapping_agrees_with_the_independent_list() -> None:
    """Both lists join the same communes, in full or in part, under the same names.

    A difference that is understood would be explained in its row's note: it must hold the word
    "khác" (differs). Today there is none.
    """
    theirs = independent()
    ours = {
        (step.legacy_code, step.current_code): (
            "partial" if step.is_partial else "full",
            f"{step.current_kind} {step.current_name}",
        )
        for step in content.commune_mapping()
    }
    explained = {
        (step.legacy_code, step.current_code)
        for step in content.commune_mapping()
        if "khác" in (step.note or "")
    }
    differences = {
        key: (ours.get(key), theirs.get(key))
        for key in ours.keys() | theirs.keys()
        if ours.get(key) != theirs.get(key)
    }
    assert differences.keys() <= explained, differences


def test_outline_keeps_the_coordinates_of_its_source() -> None:
    """Only the properties of the outline are ours."""
    theirs = json.loads((SAMPLES / "province_natural_earth.geojson").read_text(encoding="utf-8"))
    ours = json.loads((data_dir() / "boundaries" / "province.geojson").read_text(encoding="utf-8"))
    assert ours["features"][0]["geometry"] == theirs["features"][0]["geometry"]
