"""Fetch npm packages by their hashes and unpack the files that a lock names.

    python3 -m tools.web_files maps/assets.lock maps/static/vendor

``npm pack`` fetches the archives and runs no script of theirs. The npm is the one on the PATH,
else the one that requirements-npm.lock brings into an environment of its own. Every archive is
checked before the first file is written; a folder that already holds what the lock names is left
as it is.
"""

import base64
import hashlib
import os
import platform
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tools import environment

NPM_ENVIRONMENT = environment.ROOT / ".venv-npm"
NPM_LOCK = environment.ROOT / "requirements-npm.lock"
STAMP = ".lock"


@dataclass(frozen=True, slots=True)
class Package:
    """One package of the lock: what to fetch, and which of its files go where."""

    name: str
    version: str
    sha512: str
    licence: str
    files: dict[str, str] = field(default_factory=dict)
    machine: str | None = None

    @property
    def spec(self) -> str:
        """The package as npm names it."""
        return f"{self.name}@{self.version}"


def main(arguments: Sequence[str]) -> None:
    """Bring the folder ``arguments[1]`` up to the lock ``arguments[0]``."""
    lock, folder = Path(arguments[0]), Path(arguments[1])
    packages = read_lock(lock)
    if is_done(lock, folder, packages):
        return
    try:
        with tempfile.TemporaryDirectory() as scratch:
            archives = fetch(packages, Path(scratch))
            fresh = Path(scratch) / "fresh"
            fresh.mkdir()
            for package, archive in archives:
                unpack(package, archive, fresh)
            (fresh / STAMP).write_text(environment.digest(lock))
            replace(folder, fresh)
    except environment.SetupError as error:
        sys.exit(f"\n{error}")


def read_lock(lock: Path) -> list[Package]:
    """Read the packages that are meant for this machine."""
    table = tomllib.loads(lock.read_text(encoding="utf-8"))
    here = f"{platform.system()}-{platform.machine()}".lower()
    packages = [Package(**entry) for entry in table["package"]]
    return [package for package in packages if package.machine in (None, here)]


def is_done(lock: Path, folder: Path, packages: Sequence[Package]) -> bool:
    """Tell whether the folder was made from this lock and still holds every file."""
    stamp = folder / STAMP
    return (
        stamp.exists()
        and stamp.read_text() == environment.digest(lock)
        and all((folder / target).exists() for p in packages for target in p.files.values())
    )


def fetch(packages: Sequence[Package], scratch: Path) -> list[tuple[Package, Path]]:
    """Fetch every archive and check it; raise SetupError before anything is written."""
    if not packages:
        return []
    npm = find_npm()
    environment.say(f"Fetching {', '.join(package.spec for package in packages)}")
    archives = []
    for number, package in enumerate(packages):
        into = scratch / str(number)
        into.mkdir()
        archives.append((package, pack(npm, package, into)))
    for package, archive in archives:
        check(package, archive)
    return archives


def find_npm() -> list[str]:
    """Return the command of the npm on the PATH, or install one apart."""
    found = shutil.which("npm")
    if found and shutil.which("node"):
        return [found]
    environment.say("There is no npm here: taking the one that the package index has")
    environment.make_environment(NPM_ENVIRONMENT)
    environment.install_lock(NPM_ENVIRONMENT, NPM_LOCK)
    return [str(environment.python_of(NPM_ENVIRONMENT).with_name("npm"))]


def pack(npm: Sequence[str], package: Package, into: Path) -> Path:
    """Fetch one archive with ``npm pack``."""
    command = [*npm, "pack", "--ignore-scripts", "--silent", "--pack-destination", str(into)]
    path = os.pathsep.join([str(Path(npm[0]).parent), os.environ.get("PATH", os.defpath)])
    done = subprocess.run(
        [*command, package.spec],
        capture_output=True,
        text=True,
        check=False,
        cwd=into,
        env={**os.environ, "PATH": path},
    )
    found = list(into.glob("*.tgz"))
    if done.returncode or len(found) != 1:
        raise environment.SetupError(
            f"npm could not fetch {package.spec}:\n{done.stderr[-1500:]}\n"
            "Is the package registry reachable? Mend that and run the same command again."
        )
    return found[0]


def check(package: Package, archive: Path) -> None:
    """Compare the archive with its hash."""
    found = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if found != package.sha512:
        raise environment.SetupError(
            f"{package.spec} is not the archive that the lock names; nothing was written.\n"
            f"  in the lock: {package.sha512}\n"
            f"  fetched:     {found}"
        )


def unpack(package: Package, archive: Path, folder: Path) -> None:
    """Take the files that the lock names out of the archive, and no other."""
    with tarfile.open(archive) as tar:
        for source, target in package.files.items():
            member = tar.extractfile(tar.getmember(f"package/{source}"))
            if member is None:
                raise environment.SetupError(f"{source} of {package.spec} is not a plain file.")
            place = folder / target
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(member.read())
            place.chmod(tar.getmember(f"package/{source}").mode & 0o755)


def replace(folder: Path, fresh: Path) -> None:
    """Put the fresh folder in the old one's place."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(fresh, folder)


if __name__ == "__main__":
    main(sys.argv[1:])
