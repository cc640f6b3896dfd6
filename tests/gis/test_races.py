"""Two officers, one parcel: of a hundred who saw the same version exactly one changes it."""

import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Barrier

import pytest

from gis.errors import GisError
from gis.leases import register_lease
from gis.mandates import latest_version
from gis.model import Lease, Moment, Parcel
from gis.parcels import ReclassifyParcel, reclassify_parcel
from gis.store import GeoPackageStore, open_store
from tests.gis.desk import NOW, OFFICER, add_head, desk_register, sublease

ROOT = Path(__file__).parents[2]
WRITERS = 100
SINCE = date(2025, 1, 1)

#: One of several processes: it tries its share of the writers, each on the same version.
PROCESS = """
import sys
from tests.gis.test_races import attempt
from gis.store import open_store

store = open_store(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
for number in range(int(sys.argv[2]), int(sys.argv[3])):
    print(attempt(store, number, int(sys.argv[4])), flush=True)
store.close()
"""


@pytest.fixture
def store(tmp_path: Path) -> GeoPackageStore:
    """Return a register with two parcels and a head lease."""
    made = desk_register(tmp_path)
    add_head(made)
    return made


def attempt(store: GeoPackageStore, number: int, expected: int) -> str:
    """Reclassify the parcel as one who saw a version; return "won" or the code of the refusal."""
    request = ReclassifyParcel(parcel_id="A-1", since=SINCE, land_code=f"K{number:02d}")
    mandate = replace(OFFICER, by=f"acc-{number}", expected=expected)
    for _ in range(200):
        try:
            reclassify_parcel(store, request, mandate)
        except GisError as error:
            if error.code != "register.busy":
                return error.code
        else:
            return "won"
    return "register.busy"


def require_one_winner(store: GeoPackageStore, outcomes: list[str], expected: int) -> None:
    """See that one won, all others were told that they came too late, and the winner's code."""
    assert Counter(outcomes) == {"won": 1, "record.stale": WRITERS - 1}
    winner = outcomes.index("won")
    assert store.one(Parcel, "A-1", Moment(SINCE)).thing.land_code == f"K{winner:02d}"
    assert latest_version(store, Parcel, "A-1") > expected


def test_of_a_hundred_threads_one_wins_each_version(store: GeoPackageStore) -> None:
    """Twice, the second time on the version that the first winner wrote (THREATS 42)."""
    store.serve_many()
    for _ in range(2):
        expected = latest_version(store, Parcel, "A-1")
        before = store.change_counter()
        together = Barrier(20)

        def race(number: int, expected: int = expected, together: Barrier = together) -> str:
            if number < together.parties:
                together.wait()
            return attempt(store, number, expected)

        with ThreadPoolExecutor(together.parties) as pool:
            outcomes = list(pool.map(race, range(WRITERS)))
        require_one_winner(store, outcomes, expected)
        assert store.change_counter() == before + 1
    store.close()


def test_of_a_hundred_writers_in_processes_one_wins_each_version(store: GeoPackageStore) -> None:
    """Four processes of twenty-five writers each begin together."""
    expected = latest_version(store, Parcel, "A-1")
    before = store.change_counter()
    store.close()
    command = [sys.executable, "-c", PROCESS, store.url]
    shares = [(start, start + WRITERS // 4) for start in range(0, WRITERS, WRITERS // 4)]
    running = [
        subprocess.Popen(
            [*command, str(first), str(last), str(expected)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for first, last in shares
    ]
    for process in running:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in running:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    outcomes: list[str] = []
    for process in running:
        said, _ = process.communicate(timeout=120)
        assert process.returncode == 0
        outcomes += said.split()
    again = open_store(store.url)
    require_one_winner(again, outcomes, expected)
    assert again.change_counter() == before + 1
    again.close()


def test_the_same_land_is_let_once(store: GeoPackageStore) -> None:
    """Twenty officers register a lease of one parcel: one does, the others see whose it is."""
    store.serve_many()

    def register(number: int) -> str:
        request = sublease(id=f"race-{number}", contract_number=f"R-{number}")
        try:
            register_lease(store, request, replace(OFFICER, by=f"acc-{number}"))
        except GisError as error:
            return error.code
        return "won"

    with ThreadPoolExecutor(8) as pool:
        outcomes = Counter(pool.map(register, range(20)))
    assert outcomes == {"won": 1, "lease.overlap": 19}
    leases = store.all(Lease, NOW, cluster_id="A")
    assert sum(found.thing.id.startswith("race-") for found in leases) == 1
    store.close()
