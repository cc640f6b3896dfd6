"""QGIS as a client of the register: it reads all layers, saves drafts and is refused elsewhere."""

import json
import os
import sqlite3
import subprocess
from pathlib import Path
from typing import Any

import pytest

CLIENT = Path(__file__).with_name("qgis_client.py")

pytestmark = pytest.mark.long


@pytest.fixture
def said(example_copy: Path) -> dict[str, Any]:
    """Return what QGIS found and did with a copy of the example."""
    done = subprocess.run(
        ["/usr/bin/python3", str(CLIENT), str(example_copy)],
        capture_output=True, text=True, check=True, timeout=300,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_qgis_reads_saves_drafts_and_is_refused(said: dict[str, Any], example_copy: Path) -> None:
    """Layers open with their features; a draft is kept; a register layer answers our sentence."""
    with sqlite3.connect(example_copy) as raw:
        labels = [row[0] for row in raw.execute("SELECT plot_label FROM parcel")]
    raw.close()
    assert said["parcel"] == [True, len(labels)]
    assert all(said[name][0] for name in ("territory", "cluster", "plan_area", "draft_parcel"))
    assert said["draft_saved"] is True
    assert said["parcel_saved"] is False
    assert "draft_parcel" in said["refusal"]
    assert "x" not in labels
