"""The tests' system packages: installed where that is allowed, else the one line to run."""

import os
import shlex
from pathlib import Path

import pytest

from tools import system_packages


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand-ins on an otherwise empty PATH: a Debian where only Chromium is installed."""
    write(tmp_path, "dpkg-query", 'case "$*" in *chromium) printf installed;; *) exit 1;; esac')
    write(tmp_path, "apt-get", 'echo "$@" >> "$(dirname "$0")/calls"')
    write(tmp_path, "env", 'while case "$1" in *=*) true;; *) false;; esac; do shift; done; "$@"')
    write(tmp_path, "dirname", '/usr/bin/dirname "$@"')
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def write(folder: Path, name: str, body: str) -> None:
    """Write a stand-in for a program."""
    (folder / name).write_text(f"#!/bin/sh\n{body}\n")
    (folder / name).chmod(0o755)


def missing() -> list[str]:
    """Return the packages that the stand-in lacks."""
    return [name for name in system_packages.PACKAGES if name != "chromium"]


def test_without_rights_the_line_to_run_is_printed(
    programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A person without root gets one line with all that is missing, and the run stops."""
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(SystemExit) as stopped:
        system_packages.main()
    line = str(stopped.value.code).splitlines()[-1]
    assert shlex.split(line)[-len(missing()) :] == missing()
    assert "apt-get install -y" in line
    assert not (programs / "calls").exists()


def test_root_installs_what_is_missing(programs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As root, the missing packages are installed, and only those."""
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    system_packages.main()
    update, install = (programs / "calls").read_text().splitlines()
    assert update.startswith("update")
    assert install.split()[-len(missing()) :] == missing()


def test_sudo_without_password_installs_too(
    programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where sudo asks nothing, it is used."""
    write(programs, "sudo", 'shift; [ "$1" = true ] || "$@"')
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    system_packages.main()
    assert len((programs / "calls").read_text().splitlines()) == 2


def test_nothing_is_done_where_nothing_is_missing(
    programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All installed: no apt, no question."""
    write(programs, "dpkg-query", "printf installed")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    system_packages.main()
    assert not (programs / "calls").exists()


def test_another_system_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without dpkg the names are listed, with how to run the tests then."""
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(SystemExit, match="not a Debian system"):
        system_packages.main()
