"""The files of others that the pages load, after the list that the package carries."""

from pathlib import Path

import pytest

from maps import resources


def test_every_listed_file_is_there_with_its_origin() -> None:
    """Leaflet, the font and the rest were fetched; each file knows its version and licence."""
    files = {file.path: file for file in resources.vendor_files()}
    leaflet = files["leaflet/leaflet.js"]
    assert (leaflet.package, leaflet.version, leaflet.licence) == (
        "leaflet", "1.9.4", "BSD-2-Clause",
    )  # fmt: skip
    assert b"Leaflet 1.9.4" in (resources.VENDOR / leaflet.path).read_bytes()[:200]
    assert resources.missing_vendor_files() == ()


def test_a_missing_file_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Before `make assets`, every file is missing, by its name."""
    monkeypatch.setattr(resources, "VENDOR", tmp_path)
    assert "leaflet/leaflet.css" in resources.missing_vendor_files()


def test_no_vendored_style_or_script_loads_from_elsewhere() -> None:
    """No font, picture or import of the vendored styles has an address of another host."""
    for style in resources.VENDOR.rglob("*.css"):
        text = style.read_text(encoding="utf-8")
        assert "@import" not in text, style
        assert "url(http" not in text.replace('"', "").replace("'", ""), style
        assert "url(//" not in text.replace('"', "").replace("'", ""), style
