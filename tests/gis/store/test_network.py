"""A register on a network file system is refused, with the way out; a local disk is not."""

from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from gis.errors import StoreProblem
from gis.store import create_store


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "fuse.sshfs"])
def test_a_network_file_system_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """The error names the kind of file system; nothing is made."""
    mounts = [
        SimpleNamespace(mountpoint="/", fstype="ext4", opts="rw"),
        SimpleNamespace(mountpoint=str(tmp_path), fstype=kind, opts="rw"),
    ]
    monkeypatch.setattr(psutil, "disk_partitions", lambda **_options: mounts)
    with pytest.raises(StoreProblem) as refused:
        create_store(tmp_path / "register.gpkg")
    assert refused.value.code == "register.network"
    assert refused.value.facts["filesystem"] == kind
    assert list(tmp_path.iterdir()) == []


def test_a_local_disk_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A local mount inside a network one decides for what lies in it."""
    mounts = [
        SimpleNamespace(mountpoint="/", fstype="nfs4", opts="rw"),
        SimpleNamespace(mountpoint=str(tmp_path), fstype="ext4", opts="rw"),
    ]
    monkeypatch.setattr(psutil, "disk_partitions", lambda **_options: mounts)
    create_store(tmp_path / "register.gpkg").close()
    assert (tmp_path / "register.gpkg").is_file()
