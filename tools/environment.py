"""Make a virtual environment from the locks and install the project into it.

    python3 -m tools.environment .venv requirements.lock

Needs nothing but Python and its venv module. A stamp inside the environment holds the hash of
each lock, so that a second run has nothing to do. Every download is checked against its hash.
"""

import hashlib
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

OLDEST_PYTHON = (3, 11)
ROOT = Path(__file__).resolve().parent.parent
REQUIREMENT = re.compile(r"^[A-Za-z0-9][\w.\-\[\]]*==", re.MULTILINE)
LINES_KEPT_FOR_A_FAILURE = 15


class SetupError(Exception):
    """Set-up can't go on; the message says what to do."""


def main(arguments: list[str]) -> None:
    """Bring the environment ``arguments[0]`` up to the locks that follow it."""
    folder, locks = Path(arguments[0]), [Path(name) for name in arguments[1:]]
    try:
        make_environment(folder)
        for lock in locks:
            install_lock(folder, lock)
        install_project(folder)
    except SetupError as error:
        sys.exit(f"\n{error}")


def make_environment(folder: Path) -> None:
    """Create the virtual environment unless it is there; name the package that is missing."""
    if sys.version_info < OLDEST_PYTHON:
        found = ".".join(map(str, sys.version_info[:3]))
        raise SetupError(f"Python 3.11 or newer is needed; {sys.executable} is {found}.")
    if (folder / "pyvenv.cfg").exists() and python_of(folder).exists():
        return
    try:
        import ensurepip  # noqa: F401, PLC0415 (Debian ships it apart, in python3-venv)
        import venv  # noqa: PLC0415
    except ImportError as error:
        raise SetupError(
            "Python's venv module is missing. Run this as root (or with sudo), then try again:\n"
            "  apt-get install -y python3-venv"
        ) from error
    say(f"Making the Python environment {folder}")
    venv.create(folder, with_pip=True, clear=folder.exists())


def install_lock(folder: Path, lock: Path) -> None:
    """Install what ``lock`` names, each file checked by its hash; nothing if it is done."""
    wanted = digest(lock)
    stamp = folder / f".{lock.name}.done"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    total = len(REQUIREMENT.findall(lock.read_text(encoding="utf-8")))
    say(f"Installing {total} libraries of {lock.name} (the first time: one to three minutes)")
    run_pip(folder, ["--require-hashes", "--no-deps", "-r", str(lock)], total)
    stamp.write_text(wanted)


def install_project(folder: Path) -> None:
    """Install the checkout itself, so that a change in it needs no new installation."""
    wanted = digest(ROOT / "pyproject.toml")
    stamp = folder / ".project.done"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    run_pip(folder, ["--no-deps", "--no-build-isolation", "-e", str(ROOT)], 0)
    stamp.write_text(wanted)


def run_pip(folder: Path, arguments: list[str], total: int) -> None:
    """Run ``pip install`` and show how many of ``total`` packages it has reached."""
    command = [str(python_of(folder)), "-m", "pip", "--disable-pip-version-check", "--no-input"]
    command += ["install", "--progress-bar", "off", *arguments]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    ) as pip:
        assert pip.stdout is not None
        last_lines = list(show_progress(pip.stdout, total))[-LINES_KEPT_FOR_A_FAILURE:]
    if pip.returncode:
        raise SetupError(
            "pip could not install the libraries; its last words were:\n"
            + "".join(last_lines)
            + "Is the package index reachable? Mend that and run the same command again."
        )


def show_progress(lines: Iterator[str], total: int) -> Iterator[str]:
    """Pass pip's lines on, writing a count of packages over itself on a terminal."""
    seen, on_terminal = 0, sys.stderr.isatty()
    for line in lines:
        yield line
        if line.startswith(("Collecting ", "Requirement already", "Ignoring ")) and total:
            seen += 1
            name = line.split("==")[0].split()[-1].rstrip(":")
            if on_terminal:
                print(f"\r  {seen}/{total} {name:<40.40}", end="", file=sys.stderr, flush=True)
            elif seen % 20 == 0:
                print(f"  {seen}/{total}", file=sys.stderr, flush=True)
        elif line.startswith("Installing collected") and total:
            end = "\n" if on_terminal else ""
            print(f"{end}  unpacking", file=sys.stderr, flush=True)


def python_of(folder: Path) -> Path:
    """Return the environment's interpreter."""
    windows = folder / "Scripts" / "python.exe"
    return windows if windows.exists() else folder / "bin" / "python"


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def say(sentence: str) -> None:
    """Tell the person what goes on."""
    print(f"==> {sentence}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
