"""See that the system packages of the tests are there; install them where that is allowed.

    python3 -m tools.system_packages [long]

As root, or with a sudo that asks no password, missing ones are installed. Otherwise the one line
to run is printed and the run stops: a test is never skipped for want of a package.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping

from tools.environment import say

PACKAGES = {
    "postgresql-15": "golden areas and the second store",
    "postgresql-15-postgis-3": "the same",
    "chromium": "the pages in a real browser",
    "fonts-dejavu-core": "Vietnamese letters in screenshots",
    "poppler-utils": "the text of printed pages",
    "gdal-bin": "ogrinfo and ogr2ogr as foreign readers of the register",
    "python3-gdal": "validate_gpkg, the GeoPackage validator",
}

LONG_PACKAGES = {"python3-qgis": "QGIS as a foreign reader and writer of the register"}


def main(wanted: Mapping[str, str] = PACKAGES) -> None:
    """Install what is missing, or stop with the line that does."""
    if not shutil.which("dpkg-query"):
        sys.exit(
            "This is not a Debian system. Install the like of these yourself and run the tests\n"
            f"with `.venv/bin/python -m pytest`: {' '.join(wanted)}"
        )
    missing = [name for name in wanted if not is_installed(name)]
    if not missing:
        return
    prefix = privilege()
    line = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    if prefix is None:
        sys.exit(
            "The tests need system packages. Run this line once, then the same command again:\n"
            f"  sudo apt-get update && sudo {' '.join(line)}"
        )
    say(f"Installing {', '.join(missing)}")
    run([*prefix, "apt-get", "update", "-q"])
    run([*prefix, "env", "DEBIAN_FRONTEND=noninteractive", *line])


def is_installed(name: str) -> bool:
    """Tell whether Debian's package ``name`` is installed."""
    asked = ["dpkg-query", "--show", "--showformat=${db:Status-Status}", name]
    return subprocess.run(asked, capture_output=True, text=True, check=False).stdout == "installed"


def privilege() -> list[str] | None:
    """Return what to write before a command to run it as root, or None where it is not allowed."""
    if os.geteuid() == 0:
        return []
    asked = ["sudo", "--non-interactive", "true"]
    if (
        shutil.which("sudo")
        and not subprocess.run(asked, capture_output=True, check=False).returncode
    ):
        return asked[:2]
    return None


def run(command: list[str]) -> None:
    """Run one step quietly; show what it said if it fails."""
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"{done.stdout[-2000:]}\nfailed: {' '.join(command)}")


if __name__ == "__main__":
    main(PACKAGES | LONG_PACKAGES if "long" in sys.argv[1:] else PACKAGES)
