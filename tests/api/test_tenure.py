"""Who holds land, over HTTP: found by those who may see it, and by nobody else."""

import csv
import io
from collections.abc import Iterator
from typing import Any

import httpx
import openpyxl
import pytest

from api.settings import Settings
from gis.accounts import Accounts
from gis.example import EXAMPLE_ON
from gis.model import Lease, Moment
from gis.store import GeoPackageStore
from tests.api.client import Client, client_of
from tests.api.signing_in import bearer

CLUSTER = "ccn-tien-tien"
LEASE = f"{CLUSTER}-thue-01"
PARCEL = f"{CLUSTER}-thua-cn-05"


class Asker:
    """Asks as somebody with an account."""

    def __init__(self, client: Client, accounts: Accounts) -> None:
        self.client = client
        self.headers = {login: bearer(accounts, login) for login in ("planner", "officer")}

    def get(self, login: str | None, path: str, **headers: str) -> httpx.Response:
        """Ask for a path."""
        return self.client.get(path, (self.headers[login] if login else {}) | headers)

    def json(self, login: str, path: str) -> Any:
        """Return the JSON of a path that must be answered."""
        answer = self.get(login, path)
        assert answer.status_code == 200, answer.text
        assert answer.headers["cache-control"] == "private, no-store"
        return answer.json()


@pytest.fixture
def asker(example_store: GeoPackageStore, accounts: Accounts) -> Iterator[Asker]:
    """Yield a planner, who sees all, and an officer of one cluster."""
    with client_of(Settings(), example_store, accounts) as client:
        yield Asker(client, accounts)


def ids(answer: Any, name: str = "leases") -> list[str]:
    """Return the ids of a list."""
    return [row["id"] for row in answer[name]]


def test_all_leases_come_a_page_at_a_time(asker: Asker, example_store: GeoPackageStore) -> None:
    """Followed from link to link, each once, in the order of their ids."""
    expected = sorted(found.thing.id for found in example_store.all(Lease, Moment(EXAMPLE_ON)))
    found: list[str] = []
    path: str | None = "/api/leases?limit=20"
    while path is not None:
        page = asker.json("planner", path)
        found += ids(page)
        path = next((link["href"] for link in page["links"] if link["rel"] == "next"), None)
    assert found == expected


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("contract=VD-TT-01/2021", [LEASE]),
        (f"cluster={CLUSTER}&label=CN-05&tier=sublease", [LEASE]),
        (f"cluster={CLUSTER}&tier=head", [f"{CLUSTER}-thue-00"]),
        ("party=no such party", []),
        (f"cluster={CLUSTER}&expiring_before=01/01/2025", []),
    ],
)
def test_leases_are_found_by_what_officers_know(asker: Asker, asked: str, found: list[str]) -> None:
    """Contract, plot label, tier, party, last day."""
    assert ids(asker.json("planner", f"/api/leases?{asked}")) == found


def test_every_filter_has_to_fit(asker: Asker) -> None:
    """A party by part of its name without diacritics; with a state, fewer."""
    by_party = asker.json("planner", f"/api/leases?cluster={CLUSTER}&party=cong ty vi du 14")
    assert LEASE in ids(by_party)
    assert all("14" in row["lessee_name"] for row in by_party["leases"])
    expired = asker.json(
        "planner", f"/api/leases?cluster={CLUSTER}&party=cong ty vi du 14&state=expired"
    )
    assert set(ids(expired)) < set(ids(by_party))
    assert {row["state"] for row in expired["leases"]} == {"expired"}
    flagged = asker.json("planner", f"/api/leases?cluster={CLUSTER}&flag=expired")
    assert set(ids(expired)) <= set(ids(flagged))


def test_a_lease_is_told_with_rule_and_figures(asker: Asker) -> None:
    """Its state, its flags and what they rest on; its ETag is its version."""
    answer = asker.get("planner", f"/api/leases/{CLUSTER}-thue-02")
    lease = answer.json()
    assert answer.headers["etag"] == f'"{lease["version"]}"'
    assert (lease["state"], lease["last_day"]) == ("expired", "2024-03-14")
    assert lease["flags"] == [finding["flag"] for finding in lease["findings"]]
    assert "expired" in lease["flags"]
    assert (lease["lessee_name"], lease["synthetic"]) == ("Công ty Ví dụ 14", True)
    assert lease["use"] in ("in_use", "idle", "not_checked")


def test_an_officer_sees_his_own_clusters_only(asker: Asker) -> None:
    """Without a cluster he is shown his own; another is refused."""
    own = asker.json("officer", "/api/leases?limit=100")
    assert {row["cluster"] for row in own["leases"]} == {CLUSTER}
    assert len(own["leases"]) == 31
    for path in (
        "/api/leases?cluster=ccn-thanh-nong",
        "/api/leases/ccn-thanh-nong-thue-01",
        "/api/records/lease/ccn-thanh-nong-thue-01",
        "/api/records/lease/ccn-thanh-nong-thue-01/history",
        "/api/records/party/vi-du-14",
        "/api/parcels/search?cluster=ccn-thanh-nong",
    ):
        assert asker.get("officer", path).status_code == 403, path


@pytest.mark.parametrize(
    "path",
    [
        "/api/leases",
        f"/api/leases/{LEASE}",
        "/api/parcels/search?label=CN-01",
        f"/api/records/lease/{LEASE}",
        f"/api/records/lease/{LEASE}/history",
        "/api/records/decision/x",
    ],
)
def test_the_public_sees_none_of_it(asker: Asker, path: str) -> None:
    """Whether there is such a record is not told either."""
    answer = asker.get(None, path)
    assert (answer.status_code, answer.json()["code"]) == (401, "auth.required")


def test_a_list_is_a_sheet_where_one_is_asked_for(asker: Asker) -> None:
    """CSV for programs, XLSX for people, all rows, for the one who asked."""
    path = f"/api/leases?cluster={CLUSTER}&limit=1"
    text = asker.get("planner", path, Accept="text/csv")
    rows = list(csv.DictReader(io.StringIO(text.content.decode("utf-8-sig"))))
    assert len(rows) == 31
    assert rows[1]["contract_number"] == "VD-TT-01/2021"
    assert text.headers["cache-control"] == "private, no-store"
    book = asker.get(
        "planner",
        path,
        Accept="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    )
    assert "attachment" in book.headers["content-disposition"]
    sheet = openpyxl.load_workbook(io.BytesIO(book.content)).active
    assert sheet is not None
    assert sheet.max_row == 32
    assert asker.get("planner", path, Accept="text/html").status_code == 406


def test_parcels_are_found_by_who_holds_them(asker: Asker) -> None:
    """By party, flag, state, label and number; sheet and number may name several."""
    held = asker.json("planner", f"/api/parcels/search?cluster={CLUSTER}&party=vi-du-14")
    assert PARCEL in ids(held, "parcels")
    assert {row["state"] for row in held["parcels"]} == {"leased"}
    labelled = asker.json("planner", "/api/parcels/search?label=CN-05&limit=3")
    assert len(labelled["parcels"]) == 3
    assert {row["plot_label"] for row in labelled["parcels"]} == {"CN-05"}
    vacant = asker.json("officer", "/api/parcels/search?state=vacant")
    assert {row["cluster"] for row in vacant["parcels"]} == {CLUSTER}
    sheet = asker.get("officer", "/api/parcels/search?state=vacant", Accept="text/csv")
    assert sheet.text.count("\n") == len(vacant["parcels"]) + 1


def test_a_parcel_is_shown_to_anybody_without_its_holder(asker: Asker) -> None:
    """As in the list of parcels."""
    public = asker.get(None, f"/api/parcels/{PARCEL}").json()
    assert public["properties"]["state"] == "leased"
    assert "vi-du-14" not in str(public)
    assert asker.get(None, "/api/parcels/nothing").json()["code"] == "thing.unknown"


def test_a_record_and_its_history_are_told(asker: Asker) -> None:
    """Columns and times with the ETag for the next change; each version with who and why."""
    answer = asker.get("officer", f"/api/records/lease/{LEASE}")
    record = answer.json()
    assert answer.headers["etag"] == '"1"'
    assert record["values"]["contract_number"] == "VD-TT-01/2021"
    (told,) = asker.json("officer", f"/api/records/lease/{LEASE}/history")["versions"]
    assert (told["change"], told["differences"][0]["before"]) == (record["change"], None)
    assert asker.json("officer", "/api/records/figure/" + figure_id(asker))["kind"] == "figure"
    assert asker.get("planner", "/api/records/lease/x").json()["code"] == "thing.unknown"
    assert asker.get("planner", "/api/records/submission/x").json()["code"] == "value.choice"


def figure_id(asker: Asker) -> str:
    """Return the id of some published figure."""
    figures = asker.client.json(f"/api/clusters/{CLUSTER}")["properties"]["figures"]
    return str(figures[0]["id"])
