"""Balances and overlap check of 100 000 parcels in 1 000 clusters, our way and geopandas'."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from tests.bench.measure import Result, WrongAnswerError, alone, interleaved

_ROUNDS: Final = 3
#: The layers' WGS84 shapes round coordinates, and geopandas brings them back by PROJ's choice of
#: operation: relative differences of that size are none.
_SAME: Final = 1e-6

Answer = Mapping[str, Any]


def results(register: str) -> Iterator[Result]:
    """Run each way several times, hold their answers together and compare time and memory."""
    answers: dict[str, Answer] = {}

    def run(name: str, module: str, *arguments: str) -> float:
        answers[name] = alone(module, register, *arguments)
        return float(answers[name]["seconds"])

    seconds = interleaved(
        {
            "ours": lambda: run("ours", "our_way", "by-cluster"),
            "pairwise": lambda: run("pairwise", "our_way", "one"),
            "geopandas": lambda: run("geopandas", "geopandas_way"),
        },
        _ROUNDS,
    )
    for name in ("pairwise", "geopandas"):
        require_same(answers["ours"], answers[name])
    ratio, pairwise = (seconds["geopandas"] / seconds[name] for name in ("ours", "pairwise"))
    for name in ("geopandas", "ours"):
        yield Result(f"balances and overlaps of 100 000 parcels: {name}", costs(answers[name]))
    ours, theirs = (answers[name]["peak_bytes"] for name in ("ours", "geopandas"))
    yield Result("  times faster (medians)", f"{ratio:.1f} ×", "≥ 3.5 ×", ratio >= 3.5)
    yield Result("  peak memory", f"{ours / theirs:.2f} ×", "≤ 1 ×", ours <= theirs)
    yield Result("  times faster if no cluster's map were clean", f"{pairwise:.1f} ×")
    found = f"{len(answers['ours']['areas'])} sums, {len(answers['ours']['overlaps'])} pairs"
    yield Result("  answers", found, "the same", True)


def costs(answer: Answer) -> str:
    """Say what the last run of a way took; CPU time tells how busy the machine was otherwise."""
    taken = f"{answer['seconds']:.2f} s ({answer['cpu_seconds']:.2f} CPU)"
    return f"{taken}, {answer['peak_bytes'] / 1e6:.0f} MB"


def require_same(one: Answer, other: Answer) -> None:
    """Refuse two answers that name other classes or pairs, or give them other areas."""
    for part in ("areas", "overlaps"):
        if one[part].keys() != other[part].keys():
            raise WrongAnswerError(f"{part}: {sorted(one[part].keys() ^ other[part].keys())[:5]}")
        for name, area in one[part].items():
            if abs(area - other[part][name]) > _SAME * max(area, 1.0):
                raise WrongAnswerError(f"{part}: {name} {area} {other[part][name]}")
