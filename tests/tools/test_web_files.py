"""Fetching web files: by hash, only what the lock names, all or nothing."""

import base64
import hashlib
import io
import os
import tarfile
from pathlib import Path

import pytest

from tools import web_files

NPM = """#!/bin/sh
# Stands for npm: "fetches" an archive that lies beside it, and notes that it was called.
here=$(dirname "$0")
echo "$@" >> "$here/calls"
while [ "$1" != --pack-destination ]; do shift; done
[ -e "$here/archive.tgz" ] || { echo "npm error network" >&2; exit 1; }
cp "$here/archive.tgz" "$2/archive.tgz"
"""


@pytest.fixture
def npm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a stand-in for npm on the PATH; return its folder."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("npm", "node"):
        (folder / name).write_text(NPM)
        (folder / name).chmod(0o755)
    with tarfile.open(folder / "archive.tgz", "w:gz") as archive:
        for path, text in {
            "package/dist/map.js": "draw()",
            "package/LICENSE": "free",
            "package/install.js": "harm()",
        }.items():
            member = tarfile.TarInfo(path)
            member.size = len(text)
            archive.addfile(member, io.BytesIO(text.encode()))
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return folder


def write_lock(folder: Path, sha512: str | None = None, extra: str = "") -> Path:
    """Write a lock of one package, with the archive's hash unless another is given."""
    found = hashlib.sha512((folder / "archive.tgz").read_bytes()).digest()
    lock = folder / "assets.lock"
    lock.write_text(
        f'[[package]]\nname = "a-map"\nversion = "1.0"\nlicence = "MIT"\n{extra}'
        f'sha512 = "{sha512 or base64.b64encode(found).decode()}"\n'
        '[package.files]\n"dist/map.js" = "a-map/map.js"\n"LICENSE" = "a-map/LICENSE"\n'
    )
    return lock


def held(folder: Path) -> set[str]:
    """Return the files of a folder."""
    return {str(f.relative_to(folder)) for f in folder.rglob("*") if f.is_file()}


def test_only_the_named_files_are_taken(npm: Path, tmp_path: Path) -> None:
    """An archive's other files stay in it, and none of its scripts runs."""
    web_files.main([str(write_lock(npm)), str(tmp_path / "vendor")])
    assert held(tmp_path / "vendor") == {"a-map/map.js", "a-map/LICENSE", ".lock"}
    assert (tmp_path / "vendor/a-map/map.js").read_text() == "draw()"
    assert "--ignore-scripts" in (npm / "calls").read_text()


def test_another_archive_than_the_locks_is_refused(npm: Path, tmp_path: Path) -> None:
    """Where the hash differs, both are shown and the folder stays as it was."""
    (tmp_path / "vendor").mkdir()
    (tmp_path / "vendor" / "kept.js").write_text("old()")
    lock = write_lock(npm, sha512="AAAA")
    with pytest.raises(SystemExit, match="is not the archive that the lock names"):
        web_files.main([str(lock), str(tmp_path / "vendor")])
    assert held(tmp_path / "vendor") == {"kept.js"}


def test_a_second_run_fetches_nothing(npm: Path, tmp_path: Path) -> None:
    """What the lock names is there: npm is not called; a lost file is fetched again."""
    lock, vendor = write_lock(npm), tmp_path / "vendor"
    web_files.main([str(lock), str(vendor)])
    web_files.main([str(lock), str(vendor)])
    assert len((npm / "calls").read_text().splitlines()) == 1

    (vendor / "a-map/map.js").unlink()
    web_files.main([str(lock), str(vendor)])
    assert (vendor / "a-map/map.js").exists()


def test_an_unreachable_registry_is_said(npm: Path, tmp_path: Path) -> None:
    """The words of npm are shown, with what to do, and nothing is half written."""
    lock = write_lock(npm)
    (npm / "archive.tgz").unlink()
    with pytest.raises(SystemExit, match=r"npm error network\n\nIs the package registry reachable"):
        web_files.main([str(lock), str(tmp_path / "vendor")])
    assert not (tmp_path / "vendor").exists()


def test_a_program_for_another_machine_is_left_out(npm: Path, tmp_path: Path) -> None:
    """A package marked for a machine that this is not is not fetched."""
    lock = write_lock(npm, extra='machine = "plan9-mips"\n')
    web_files.main([str(lock), str(tmp_path / "vendor")])
    assert held(tmp_path / "vendor") == {".lock"}
    assert not (npm / "calls").exists()
