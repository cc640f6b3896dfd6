"""A disk of a few megabytes, mounted for the life of one process: what is full is really full.

`python -m tests.gis.faults.small_disk FOLDER MEGABYTES DEED` mounts it on a folder, does what
`DEEDS` names there and prints what came of it as JSON. The mount is gone when the process ends.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from gis.backup import back_up
from gis.documents import all_documents, put_document
from gis.errors import StoreProblem
from gis.model import Party
from gis.store import create_store, open_store
from tests.gis.registers import NOW, clean_register
from tests.gis.store.things import party, write

ROOT = Path(__file__).parents[3]


def run(folder: Path, megabytes: int, deed: str) -> dict[str, Any]:
    """Do something on a small disk, in a process with mounts of its own; return what came of it."""
    own_mounts = ["unshare", "--mount", *([] if os.geteuid() == 0 else ["--map-root-user"])]
    command = [sys.executable, "-m", __name__, str(folder), str(megabytes), deed]
    done = subprocess.run(
        [*own_mounts, *command], cwd=ROOT, capture_output=True, text=True, check=True, timeout=300
    )
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def code_of(act: Callable[[], object]) -> str:
    """Return the code of the problem that something meets in the end."""
    for _ in range(10_000):
        try:
            act()
        except StoreProblem as problem:
            return problem.code
    return "none"


def _write_until_full(folder: Path) -> dict[str, Any]:
    """Write changes until nothing more fits; then make room and go on."""
    with closing(open_store(folder / "register.gpkg")) as store:

        def act() -> None:
            number = store.change_counter()
            write(store, *(party(f"w-{number}-{n}", text="x" * 2000) for n in range(20)))

        code = code_of(act)
        before = store.change_counter()
        told = {
            "code": code,
            "whole": len(store.all(Party, NOW)) == 20 * (before - 1),
            "clean": store.verify().is_clean,
        }
        (folder / "ballast").unlink()
        act()
        return told | {"goes on": store.change_counter() == before + 1}


def _write_while_serving(folder: Path) -> dict[str, Any]:
    with closing(open_store(folder / "register.gpkg")) as store:
        store.serve_many()
        return _write_until_full(folder)


def _create(folder: Path) -> dict[str, Any]:
    (folder / "register.gpkg").unlink()
    fill(folder, left=300_000)
    return {"code": code_of(lambda: create_store(folder / "new.gpkg"))}


def _back_up(folder: Path) -> dict[str, Any]:
    register = str(folder / "register.gpkg")
    fill(folder, left=300_000)
    to, papers = folder / "b.zip", folder / "papers"
    return {"code": code_of(lambda: back_up(register, to, documents=papers, made_by="t"))}


def _put(folder: Path) -> dict[str, Any]:
    fill(folder, left=300_000)
    code = code_of(lambda: put_document(folder / "papers", b"x" * 1_000_000))
    return {"code": code, "documents": all_documents(folder / "papers")}


DEEDS: dict[str, Callable[[Path], dict[str, Any]]] = {
    "write": _write_until_full,
    "write while serving": _write_while_serving,
    "create": _create,
    "back up": _back_up,
    "put": _put,
}


def fill(folder: Path, *, left: int) -> None:
    """Fill a disk but for some bytes."""
    free = os.statvfs(folder)
    (folder / "more").write_bytes(bytes(free.f_bavail * free.f_frsize - left))


def main(folder: Path, megabytes: int, deed: str) -> None:
    """Mount a small disk with a register and a ballast on it, and do something."""
    mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    subprocess.run(mount, check=True)
    clean_register(folder).close()
    (folder / "ballast").write_bytes(bytes(1_000_000))
    told = DEEDS[deed](folder)
    left = sorted(path.name for path in folder.iterdir())
    print(json.dumps(told | {"left": [name for name in left if name[0] == "."]}))  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
