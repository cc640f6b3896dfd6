"""Writing a register in one transaction; run alone by `tests.bench.loading`."""

import tempfile
import time
from pathlib import Path

from tests.bench.measure import say
from tests.bench.registers import write_register
from tests.bench.sizes import LOAD


def main() -> None:
    """Say how many things were written, and the seconds from the empty file to the closed one."""
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        things = write_register(Path(folder) / "register.gpkg", LOAD)
        say({"things": things, "seconds": time.perf_counter() - started})


if __name__ == "__main__":
    main()
