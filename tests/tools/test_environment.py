"""Setting up the Python environment: what is missing is named, what is done is not done again."""

import builtins
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from tools import environment


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Record what pip would be asked to do."""
    asked: list[list[str]] = []

    def record(folder: Path, arguments: list[str], total: int) -> None:
        del folder, total
        asked.append(arguments)

    monkeypatch.setattr(environment, "run_pip", record)
    return asked


def test_a_missing_venv_module_is_named_with_its_apt_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Debian's Python without python3-venv has no ensurepip: the line to run is printed."""
    real = builtins.__import__

    def without_ensurepip(name: str, *rest: object, **more: object) -> object:
        if name == "ensurepip":
            raise ImportError(name)
        return real(name, *rest, **more)  # type: ignore[arg-type]  # passed on as it came

    monkeypatch.setattr(builtins, "__import__", without_ensurepip)
    with pytest.raises(SystemExit, match="apt-get install -y python3-venv"):
        environment.main([str(tmp_path / "venv"), "requirements.lock"])
    assert not (tmp_path / "venv").exists()


def test_an_old_python_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Python 3.9 is told so before anything is made."""
    monkeypatch.setattr(sys, "version_info", (3, 9, 2, "final", 0))
    with pytest.raises(SystemExit, match=r"Python 3\.11 or newer is needed; .* is 3\.9\.2"):
        environment.main([str(tmp_path / "venv"), "requirements.lock"])
    assert not (tmp_path / "venv").exists()


def test_an_installed_lock_is_left_alone_until_it_changes(
    commands: list[list[str]], tmp_path: Path
) -> None:
    """Each lock is installed once, by its hashes; a changed one again."""
    lock = tmp_path / "some.lock"
    lock.write_text("shapely==2.1.0 \\\n    --hash=sha256:00\n")

    environment.install_lock(tmp_path, lock)
    environment.install_lock(tmp_path, lock)
    assert commands == [["--require-hashes", "--no-deps", "-r", str(lock)]]

    lock.write_text("shapely==2.2.0 \\\n    --hash=sha256:11\n")
    environment.install_lock(tmp_path, lock)
    assert len(commands) == 2


def test_a_failed_installation_is_not_taken_for_done(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """After pip failed, its last words are shown and the next run tries again."""
    lock = tmp_path / "some.lock"
    lock.write_text("no-such-thing==1\n")
    fake = SimpleNamespace(
        stdout=iter(["Collecting no-such-thing==1\n", "ERROR: no matching distribution\n"]),
        returncode=1,
    )

    class FakePopen:
        def __init__(self, *_arguments: object, **_options: object) -> None: ...
        def __enter__(self) -> SimpleNamespace:
            return fake

        def __exit__(self, *_error: object) -> None: ...

    monkeypatch.setattr("tools.environment.subprocess.Popen", FakePopen)
    with pytest.raises(environment.SetupError, match="no matching distribution"):
        environment.install_lock(tmp_path, lock)
    assert not list(tmp_path.glob("*.done"))


def test_progress_counts_the_packages(capsys: pytest.CaptureFixture[str]) -> None:
    """Where there is no terminal, every twentieth package is told."""

    def said_by_pip() -> Iterator[str]:
        for number in range(45):
            yield f"Collecting library-{number}==1.0\n"
        yield "Installing collected packages: library-0\n"

    assert len(list(environment.show_progress(said_by_pip(), 50))) == 46
    assert capsys.readouterr().err.split("\n") == ["  20/50", "  40/50", "  unpacking", ""]
