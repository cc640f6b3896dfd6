"""Where a file lies: a database file on a network file system gets damaged by two writers."""

from pathlib import Path, PureWindowsPath
from typing import Final

import psutil

_NETWORK: Final = frozenset(
    {
        *("nfs", "nfs3", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "ncpfs", "afs", "afpfs"),
        *("webdav", "davfs", "sshfs", "glusterfs", "ceph", "lustre", "gpfs", "ocfs2", "gfs2"),
        *("beegfs", "vboxsf", "prl_fs", "fuse.davfs2", "fuse.sshfs", "fuse.rclone"),
        *("fuse.smbnetfs", "fuse.glusterfs", "fuse.ceph"),
    }
)


def network_filesystem(path: Path) -> str | None:
    """Return the kind of network file system that a path is on, or None for a local disk.

    The path need not exist; its nearest existing folder decides. Windows' shares are known by
    their address, also behind the letter of a mapped drive.
    """
    if is_share(str(path)):
        return "SMB"
    folder = _existing(path.absolute()).resolve()
    if is_share(str(folder)):
        return "SMB"
    fstype, options = _mount_of(folder)
    if "remote" in options.split(","):
        return fstype or "SMB"
    return fstype if fstype.lower() in _NETWORK else None


def is_share(address: str) -> bool:
    r"""Say whether a Windows path names a share rather than a disk.

    >>> is_share(r"\\server\land\register.gpkg"), is_share(r"\\?\UNC\server\land\register.gpkg")
    (True, True)
    >>> is_share(r"\\?\C:\land\register.gpkg"), is_share(r"C:\land\register.gpkg")
    (False, False)
    """
    if not address.startswith("\\\\"):
        return False
    drive = PureWindowsPath(address).drive.upper()
    is_device = drive.startswith(("\\\\?\\", "\\\\.\\"))
    return drive.startswith("\\\\?\\UNC\\") if is_device else bool(drive)


def _existing(path: Path) -> Path:
    return next(folder for folder in (path, *path.parents) if folder.exists())


def _mount_of(folder: Path) -> tuple[str, str]:
    """Return file system type and options of the mount that a folder is on."""
    inside = [
        mount
        for mount in psutil.disk_partitions(all=True)
        if folder.is_relative_to(mount.mountpoint)
    ]
    nearest = max(inside, key=lambda mount: len(mount.mountpoint), default=None)
    return ("", "") if nearest is None else (nearest.fstype, nearest.opts)
