"""What every measurement shares: processes of their own, medians, and the table of results."""

import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parents[2]
PYTHON: Final = sys.executable
CCN_GIS: Final = Path(sys.executable).with_name("ccn-gis")


class WrongAnswerError(Exception):
    """Two ways to one answer differ: the measurement means nothing."""


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the table; ``is_met`` is None where nothing is demanded."""

    name: str
    measured: str
    bound: str = ""
    is_met: bool | None = None


def alone(module: str, *arguments: object) -> dict[str, Any]:
    """Run a module of the benchmarks in a process of its own; return what it said.

    This process stays small: a child's peak memory counts from what its parent held.
    """
    command = [PYTHON, "-m", f"tests.bench.{module}", *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def say(found: Mapping[str, Any]) -> None:
    """Answer `alone`, with this process's peak memory in bytes beside what was found."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    json.dump({**found, "peak_bytes": peak}, sys.stdout)


def seconds_of(command: Sequence[str | Path]) -> float:
    """Run a command and return how long it took on the wall clock."""
    started = time.perf_counter()
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - started


def interleaved(ways: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, float]:
    """Return the median of each way, taken in turns so that a busy machine slows all alike."""
    found: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            found[name].append(way())
    return {name: statistics.median(values) for name, values in found.items()}


def line(result: Result) -> str:
    """Write a result as a line of the table."""
    verdict = {None: "", True: "ok", False: "NOT MET"}[result.is_met]
    return f"{result.name:<66} {result.measured:>26} {result.bound:>10}  {verdict}".rstrip()
