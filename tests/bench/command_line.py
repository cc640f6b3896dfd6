"""The command line answers at once: help loads nothing, a share little more than its libraries."""

import json
import subprocess
from collections.abc import Iterator
from typing import Final

from tests.bench.measure import (
    CCN_GIS,
    PYTHON,
    ROOT,
    Result,
    WrongAnswerError,
    interleaved,
    seconds_of,
)

#: Libraries that have a room of their own (DESIGN §1), and what they bring.
HEAVY: Final = frozenset(
    {
        "branca", "fastapi", "folium", "geopandas", "granian", "jinja2", "numpy", "pandas",
        "pydantic", "pyogrio", "pyproj", "shapely", "sqlalchemy", "starlette", "uvicorn",
    }
)  # fmt: skip
_ROUNDS: Final = 9
_LOADED: Final = """
import json, sys
sys.argv = ["ccn-gis", *{arguments!r}]
from api.cli import main
try:
    main()
except SystemExit as done:
    assert not done.code, done.code
print(json.dumps(sorted({{name.partition(".")[0] for name in sys.modules}})), file=sys.stderr)
"""


def results(example: str) -> Iterator[Result]:
    """Look at what help loads, and hold a share against the import of what it needs."""
    loaded = HEAVY & libraries("--help")
    yield Result("ccn-gis --help loads", ", ".join(sorted(loaded)) or "none", "none", not loaded)
    share = ("share", "--register", example)
    needed = sorted(libraries(*share))
    seconds = interleaved(
        {
            "help": lambda: seconds_of([CCN_GIS, "--help"]),
            "needs": lambda: seconds_of([PYTHON, "-c", f"import {', '.join(needed)}"]),
            "share": lambda: seconds_of([CCN_GIS, *share]),
        },
        _ROUNDS,
    )
    ratio = seconds["share"] / seconds["needs"]
    yield Result("ccn-gis --help", f"{seconds['help']:.2f} s")
    yield Result(f"import of {', '.join(needed)}", f"{seconds['needs']:.2f} s")
    yield Result("ccn-gis share on the example", f"{seconds['share']:.2f} s")
    yield Result("  times that import", f"{ratio:.2f} ×", "< 3 ×", ratio < 3)


def libraries(*arguments: str) -> set[str]:
    """Return the libraries outside Python that a command loads: heavy ones and the printing."""
    program = _LOADED.format(arguments=list(arguments))
    done = subprocess.run(
        [PYTHON, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise WrongAnswerError(done.stderr)
    return set(json.loads(done.stderr.splitlines()[-1])) & (HEAVY | {"rich", "typer"})
