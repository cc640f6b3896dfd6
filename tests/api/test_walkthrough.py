"""The guide's walk through a life: every request, table and command of it, in its order."""

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.settings import Settings
from gis.accounts import Accounts, open_accounts, people
from gis.loading import load_content
from gis.mandates import FOUR_EYES
from gis.rights import Role
from gis.store import RegisterStore, create_store, open_store
from tests.api.cli_runs import ccn_gis
from tests.api.client import Client, client_of
from tests.api.signing_in import PASSWORD, bearer
from tests.api.test_guide import missing
from tests.gis.accounts.conftest import QUICK
from tests.test_docs import commands, is_shown

PAGE = Path(__file__).parents[2] / "docs" / "guide" / "walkthrough.md"
STEPS = re.compile(
    r"```(?P<kind>http|json|text|sql)(?: (?P<status>\d+))?\n(?P<block>.*?)```"
    r"|<!-- (?P<word>[^>]*) -->"
    r"|(?P<table>^\| `on`.*?)\n\n",
    re.DOTALL | re.MULTILINE,
)


class Walk:
    """What was answered so far, and what the page calls it."""

    def __init__(self, client: Client, accounts: Accounts, store: RegisterStore) -> None:
        self.client, self.accounts, self.store = client, accounts, store
        self.known: dict[str, str] = {}
        self.answer: httpx.Response | None = None
        self.asked = self.shown = 0

    def step(self, found: re.Match[str]) -> None:
        """Do one step of the page."""
        if found["word"]:
            self.word(found["word"])
        elif found["table"]:
            self.table(found["table"])
        else:
            getattr(self, found["kind"])(found)

    def http(self, found: re.Match[str]) -> None:
        """Send a request and keep what its answer gives."""
        head, _, body = found["block"].partition("\n\n")
        first, *lines = self.filled(head).strip().split("\n")
        method, path = first.split(" ")
        headers = dict(line.split(": ", 1) for line in lines)
        who = headers.pop("As", None)
        if who is not None:
            headers |= bearer(self.accounts, who)
        sent = {"json": json.loads(body)} if body.strip() else {}
        self.answer = self.client.request(method, path, headers, **sent)
        self.asked += 1
        if "etag" in self.answer.headers:
            self.known["ETAG"] = self.answer.headers["etag"]
        for thing in self.answer.json().get("things", []):
            if thing["kind"] == "submission":
                self.known["SUBMISSION"] = thing["id"]

    def json(self, found: re.Match[str]) -> None:
        """Compare the last answer with what the page shows of it."""
        assert self.answer is not None
        assert self.answer.status_code == int(found["status"]), self.answer.text
        assert missing(json.loads(found["block"]), self.answer.json()) is None, self.answer.text
        self.shown += 1

    def text(self, found: re.Match[str]) -> None:
        """Run commands on the register as it is on disk now."""
        folder = Path(self.store.url).parent
        for line, shown in commands(found["block"]):
            run = ccn_gis(*line.split()[1:], folder=folder)
            assert is_shown(shown, run.out + run.err), f"{line}\n{run.out}{run.err}"

    def sql(self, found: re.Match[str]) -> None:
        """Change the file as somebody would who has it in his hands."""
        self.store.close()
        with closing(sqlite3.connect(self.store.url)) as raw:
            raw.executescript(found["block"])

    def word(self, word: str) -> None:
        """Keep a moment, or let the office be one of one."""
        if word.startswith("moment "):
            known_at = self.store.present(date(2024, 12, 31)).known_at
            assert known_at is not None
            self.known[word.split()[1]] = known_at.isoformat().replace("+00:00", "Z")
        elif word == "office of one":
            with self.store.transaction(by="acc-admin", action="setting.four_eyes") as change:
                change.set_setting(FOUR_EYES, "0")

    def table(self, table: str) -> None:
        """Ask for every cell: leased hectares on a day as known at a moment."""
        head, _, *rows = [
            [cell.strip() for cell in line.strip("|").split("|")] for line in table.split("\n")
        ]
        moments = [self.filled(cell.strip("`")).partition("=")[2] for cell in head[1:]]
        for on, *cells in rows:
            for known_at, cell in zip(moments, cells, strict=True):
                path = f"/api/clusters/ccn-thu-nghiem/balance?on={on}&known_at={known_at}"
                balance: Any = self.client.json(path)
                assert leased_ha(balance) == pytest.approx(float(cell)), (on, known_at)

    def filled(self, text: str) -> str:
        """Put what is known in the place of its names."""
        return re.sub(r"\$(\w+)", lambda found: self.known[found[1]], text)


def leased_ha(balance: Any) -> float:
    """Return the leased industrial land of a balance."""
    (row,) = [row for row in balance["actual"] if row["state"] == "leased"]
    return float(row["area_m2"]) / 10_000


@pytest.fixture
def walk(tmp_path: Path) -> Iterator[Walk]:
    """Yield a walk on a new register with an officer and an approver of all clusters."""
    store = create_store(tmp_path / "register.gpkg")
    load_content(store)
    accounts = open_accounts(store.url, policy=QUICK)
    for login, role in (("officer", Role.OFFICER), ("approver", Role.APPROVER)):
        one = people.add_account(accounts, login=login, name=login, roles=[role], cluster_ids=None)
        people.set_password(accounts, one.id, PASSWORD)
    with client_of(Settings(), store, accounts) as client:
        yield Walk(client, accounts, store)
    store.close()
    accounts.close()


def test_the_walk_through_a_life_is_as_the_page_says(walk: Walk) -> None:
    """Founded, planned, let, renewed, split, corrected, ended, asked again, verified, tampered."""
    for found in STEPS.finditer(PAGE.read_text(encoding="utf-8")):
        walk.step(found)
    assert walk.asked >= 14
    assert walk.asked == walk.shown
    assert set(walk.known) >= {"T1", "T2", "T3", "SUBMISSION", "ETAG"}
    open_store(walk.store.url).close()
