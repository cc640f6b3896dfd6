"""The map's first page carries no land: it stays small whatever the register holds."""

from collections.abc import Iterator

from tests.bench.measure import Result, alone


def results(small: str, large: str) -> Iterator[Result]:
    """Fetch the page of a small and of a large register."""
    sizes = alone("page_alone", small, large)["bytes"]
    for parcels, size in zip(("1 000", "100 000"), sizes, strict=True):
        name = f"first page without assets, {parcels} parcels"
        yield Result(name, f"{size / 1000:.1f} kB", "< 100 kB", size < 100_000)
