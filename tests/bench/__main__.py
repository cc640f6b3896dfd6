"""Measure speed and memory: ratios in one run on the same data (`make bench`).

A bound that is not met is printed loudly; only a wrong answer fails the run.
"""

import subprocess
import sys
import time
from collections.abc import Iterator

from tests.bench import (
    command_line,
    first_page,
    loading,
    overlay,
    registrations,
    searches,
    shares,
)
from tests.bench.measure import CCN_GIS, ROOT, Result, WrongAnswerError, alone, line
from tests.bench.sizes import COUNTRY, LOAD, PROVINCES, RegisterSize


def main() -> int:
    """Print the table; return 1 only where two ways to one answer differ."""
    started = time.perf_counter()
    missed = 0
    try:
        for result in everything():
            print(line(result), flush=True)
            missed += result.is_met is False
    except WrongAnswerError as error:
        print(f"WRONG ANSWER: {error}", file=sys.stderr)
        return 1
    minutes = (time.perf_counter() - started) / 60
    print(f"\n{missed} NOT MET" if missed else "\nevery bound is met", f"· {minutes:.1f} min")
    return 0


def everything() -> Iterator[Result]:
    """Make the registers that are missing and run every measurement."""
    example = example_register()
    yield from command_line.results(example)
    country = register(COUNTRY)
    yield from overlay.results(country)
    yield from searches.results(country)
    yield from registrations.results(register(LOAD))
    provinces = [register(size) for size in PROVINCES]
    yield from shares.results(provinces)
    yield from first_page.results(provinces[0], provinces[-1])
    yield from loading.results(example)


def register(size: RegisterSize) -> str:
    """Return the path of a register of made-up land, made now if it is new."""
    path: str = alone("registers", size.clusters, size.rows, size.columns)["path"]
    return path


def example_register() -> str:
    """Make the example register anew and return its path."""
    path = ROOT / "build" / "bench" / "example.gpkg"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    subprocess.run(
        [CCN_GIS, "init", "--example", "--register", path],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return str(path)


if __name__ == "__main__":
    sys.exit(main())
