"""Run ``ccn-gis`` in a folder: as a process of its own, or here, which is faster."""

import contextlib
import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

from api.cli import main

ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-c", "from api.cli import main; main()")


@dataclass(frozen=True, slots=True)
class Run:
    """What a command wrote and how it ended."""

    code: int
    out: str
    err: str

    @property
    def answer(self) -> dict[str, Any]:
        """The JSON that the command answered with; it must have ended well and without a word."""
        assert (self.code, self.err) == (0, "")
        answered: dict[str, Any] = json.loads(self.out)
        return answered


def environment(**variables: str) -> dict[str, str]:
    """Return the environment of a command: ours without settings of the service, 80 columns."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CCN_GIS_")}
    return kept | {"PYTHONPATH": str(ROOT), "COLUMNS": "80"} | variables


def process(*arguments: str | Path, folder: Path, **variables: str) -> Run:
    """Run a command as a person does: a process in a folder, with variables, to its end."""
    done = subprocess.run(
        [*COMMAND, *map(str, arguments)],
        cwd=folder,
        env=environment(**variables),
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        timeout=120,
        check=False,
    )
    return Run(done.returncode, done.stdout, done.stderr)


def ccn_gis(*arguments: str | Path, folder: Path, **variables: str) -> Run:
    """Run the same whole program without a process: from its arguments to its exit code."""
    out, err = io.StringIO(), io.StringIO()
    with (
        contextlib.chdir(folder),
        mock.patch.dict(os.environ, environment(**variables), clear=True),
        mock.patch.object(sys, "argv", ["ccn-gis", *map(str, arguments)]),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            main()
        except SystemExit as done:
            code = done.code
        else:
            code = 0
    assert code is None or isinstance(code, int)
    return Run(code or 0, out.getvalue(), err.getvalue())
