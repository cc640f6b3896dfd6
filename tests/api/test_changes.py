"""Changes over HTTP: asked for by people with rights, done once, by two people where it counts."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from api.actions import COMMANDS
from api.settings import Settings
from gis.accounts import Accounts, people
from gis.mandates import FOUR_EYES
from gis.model import Lease, Moment, Parcel, Submission, today
from gis.rights import Role
from gis.store import GeoPackageStore
from tests.api.client import Client, client_of
from tests.api.signing_in import PASSWORD, bearer

CLUSTER = "ccn-tien-tien"
PARCEL = f"{CLUSTER}-thua-cn-41"
DECISION = {"number": "12/QĐ-UBND", "on": "2025-01-10", "issuer": "UBND tỉnh", "title": "Thuê đất"}
LEASE: dict[str, Any] = {
    "cluster_id": CLUSTER,
    "tier": "sublease",
    "contract_number": "TT-99/2025",
    "lessor": "vi-du-01",
    "lessee": {"name": "Công ty Ví dụ 99", "tax_code": "0100000099"},
    "starts_on": "2025-01-15",
    "last_day": "2060-01-14",
    "parcel_ids": [PARCEL],
}
REGISTER = {"decision": DECISION, "request": LEASE}
RECLASSIFY = {
    "decision": DECISION,
    "request": {"parcel_id": PARCEL, "since": "2025-01-10", "land_code": "TMD"},
}


class Desk:
    """People at one register, each asking with a token of his own."""

    def __init__(self, client: Client, accounts: Accounts, store: GeoPackageStore) -> None:
        self.client, self.accounts, self.store = client, accounts, store

    def ask(
        self, login: str | None, method: str, path: str, body: Any = None, **headers: str
    ) -> httpx.Response:
        """Send a request as somebody, or as the public."""
        sent = {} if login is None else bearer(self.accounts, login)
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.request(method, path, sent, **({} if body is None else {"json": body}))

    def change(self, login: str | None, action: str, body: Any, **headers: str) -> httpx.Response:
        """Ask for a change."""
        return self.ask(login, "POST", f"/api/changes/{action}", body, **headers)

    def id_of(self, login: str) -> str:
        """Return the id of an account."""
        return people.find_account(self.accounts, login).id

    def leases(self) -> int:
        """Count the leases of the cluster."""
        return len(self.store.all(Lease, Moment(today()), cluster_id=CLUSTER))


@pytest.fixture
def desk(own_store: GeoPackageStore, accounts: Accounts) -> Iterator[Desk]:
    """Yield people at a register that they may change, two officers and an approver among them."""
    for login, roles, clusters in (
        ("approver", [Role.APPROVER], None),
        ("both", [Role.OFFICER, Role.APPROVER], None),
        ("elsewhere", [Role.OFFICER], ["ccn-thanh-nong"]),
    ):
        one = people.add_account(
            accounts, login=login, name=login, roles=roles, cluster_ids=clusters
        )
        people.set_password(accounts, one.id, PASSWORD)
    with client_of(Settings(), own_store, accounts) as client:
        yield Desk(client, accounts, own_store)


@pytest.fixture
def office_of_one(desk: Desk) -> Desk:
    """Return a desk without the rule of two people."""
    with desk.store.transaction(by="acc-admin", action="setting") as transaction:
        transaction.set_setting(FOUR_EYES, "0")
    return desk


def code_of(answer: httpx.Response) -> tuple[int, str]:
    """Return status and code of a refusal."""
    return answer.status_code, answer.json()["code"]


def done(answer: httpx.Response, status: int = 201) -> dict[str, Any]:
    """Return the receipt of what must have been done."""
    assert answer.status_code == status, answer.text
    receipt: dict[str, Any] = answer.json()
    return receipt


def etag_of(desk: Desk, cls: type[Any], thing_id: str) -> str:
    """Return the present version of a record as an ETag."""
    return f'"{desk.store.history(cls, thing_id)[-1].number}"'


def test_a_change_is_done_and_told(office_of_one: Desk) -> None:
    """The receipt names what was written, with its version, and the rules it was held against."""
    desk = office_of_one
    before = desk.leases()
    answer = desk.change("officer", "lease.register", REGISTER)
    receipt = done(answer)
    assert receipt["change"] == desk.store.change_counter()
    assert receipt["things"][0]["kind"] == "lease"
    assert answer.headers["etag"] == f'"{receipt["things"][0]["version"]}"'
    assert answer.headers["cache-control"] == "private, no-store"
    rules = {finding["rule"]: finding["outcome"] for finding in receipt["findings"]}
    assert rules["lease.term.max"] == rules["lease.term.within_head"] == "met"
    assert desk.leases() == before + 1
    entry = desk.store.changes()[-1]
    assert (entry.by, entry.submitted_by) == (desk.id_of("officer"), None)
    assert entry.decision_id == "12-qd-ubnd-2025-01-10"


def test_another_person_puts_a_change_of_land_in_force(desk: Desk) -> None:
    """The officer submits, nothing changes; the approver carries it out, and both are named."""
    before = desk.leases()
    (submitted,) = done(desk.change("officer", "lease.register", REGISTER), 202)["things"]
    assert (submitted["kind"], desk.leases()) == ("submission", before)
    seen = desk.ask("approver", "GET", f"/api/submissions/{submitted['id']}")
    assert seen.json()["request"] == REGISTER
    address = f"/api/submissions/{submitted['id']}/in-force"
    tag = seen.headers["etag"]
    assert code_of(desk.ask("officer", "POST", address, If_Match=tag)) == (403, "right.missing")
    assert code_of(desk.ask("approver", "POST", address)) == (428, "precondition.required")
    receipt = done(desk.ask("approver", "POST", address, If_Match=tag))
    assert receipt["things"][0]["kind"] == "lease"
    entry = desk.store.changes()[-1]
    assert (entry.action, entry.by) == ("lease.register", desk.id_of("approver"))
    assert (entry.submitted_by, desk.leases()) == (desk.id_of("officer"), before + 1)
    assert code_of(desk.ask("approver", "POST", address, If_Match=tag)) == (412, "record.stale")
    assert code_of(desk.ask("approver", "POST", address, If_Match="*")) == (409, "submission.state")


def test_nobody_puts_his_own_in_force(desk: Desk) -> None:
    """Although he has both roles."""
    (submitted,) = done(desk.change("both", "lease.register", REGISTER), 202)["things"]
    address = f"/api/submissions/{submitted['id']}/in-force"
    assert code_of(desk.ask("both", "POST", address, If_Match="*")) == (409, "submission.own")


@pytest.mark.parametrize(
    ("login", "refusal"),
    [
        (None, (401, "auth.required")),
        ("planner", (403, "right.missing")),
        ("approver", (403, "right.missing")),
        ("elsewhere", (403, "right.missing")),
    ],
)
def test_who_may_not_is_refused(desk: Desk, login: str | None, refusal: tuple[int, str]) -> None:
    """An officer registers in his own clusters, and nobody else anywhere."""
    before = desk.store.change_counter()
    assert code_of(desk.change(login, "lease.register", REGISTER)) == refusal
    assert desk.store.change_counter() == before


def test_a_planner_records_figures_and_an_officer_does_not(desk: Desk) -> None:
    """Figures are no land: one person suffices, and no decision orders them."""
    source = {"request": {"title": "Báo cáo 2025", "id": "bao-cao-2025"}}
    done(desk.change("planner", "source.record", source))
    assert code_of(desk.change("officer", "source.record", source)) == (403, "right.missing")


def test_a_record_is_changed_by_who_saw_it(office_of_one: Desk) -> None:
    """Without If-Match 428, with an old version 412, and a weak tag is none (THREATS 42)."""
    desk, action = office_of_one, "parcel.reclassify"
    tag = etag_of(desk, Parcel, PARCEL)
    assert code_of(desk.change("officer", action, RECLASSIFY)) == (428, "precondition.required")
    weak = desk.change("officer", action, RECLASSIFY, If_Match=f"W/{tag}")
    assert code_of(weak) == (412, "record.stale")
    done(desk.change("officer", action, RECLASSIFY, If_Match=f'"99", {tag}'))
    again = desk.change("officer", action, RECLASSIFY, If_Match=tag)
    assert code_of(again) == (412, "record.stale")
    assert f'"{again.json()["facts"]["current"]}"' == etag_of(desk, Parcel, PARCEL)


def test_evidence_is_recorded_at_once(desk: Desk) -> None:
    """No decision orders an inspection, and no second person finds what was found."""
    use = {"lease_id": f"{CLUSTER}-thue-01", "event": "inspected_idle", "on": "2024-11-05"}
    receipt = done(desk.change("officer", "lease.record_use", {"request": use}))
    assert receipt["things"][0]["kind"] == "lease_use"
    other = {"request": {**use, "lease_id": "ccn-thanh-nong-thue-01"}}
    assert code_of(desk.change("officer", "lease.record_use", other)) == (403, "right.missing")


def test_the_same_request_is_done_once(office_of_one: Desk) -> None:
    """Sent again with its key it is answered as the first time (THREATS 44)."""
    desk = office_of_one
    first = done(desk.change("officer", "lease.register", REGISTER, Idempotency_Key="k-1"))
    count = desk.store.change_counter()
    second = done(desk.change("officer", "lease.register", REGISTER, Idempotency_Key="k-1"))
    assert (second["repeated"], second["change"]) == (True, first["change"])
    assert second["things"] == first["things"]
    assert desk.store.change_counter() == count
    other = {**REGISTER, "request": {**LEASE, "contract_number": "X"}}
    reused = desk.change("officer", "lease.register", other, Idempotency_Key="k-1")
    assert code_of(reused) == (422, "request.key_reused")


def test_a_submission_is_made_once(desk: Desk) -> None:
    """The key works for what waits for another person too."""
    first = done(desk.change("officer", "lease.register", REGISTER, Idempotency_Key="k"), 202)
    again = done(desk.change("officer", "lease.register", REGISTER, Idempotency_Key="k"), 202)
    assert (again["repeated"], again["things"]) == (True, first["things"])
    assert len(desk.store.all(Submission, Moment(today()))) == 1


def test_a_dry_run_says_what_would_be_done(desk: Desk) -> None:
    """It is no submission either."""
    before = desk.store.change_counter()
    receipt = done(desk.change("officer", "lease.register?dry_run=true", REGISTER), 200)
    assert (receipt["change"], receipt["dry_run"]) == (None, True)
    assert receipt["things"][0]["kind"] == "lease"
    assert desk.store.change_counter() == before


def test_a_proposal_that_can_not_stand_is_refused_at_once(desk: Desk) -> None:
    """Its author hears it, not the approver: with the ids and m² of the clash."""
    taken = {**LEASE, "parcel_ids": [f"{CLUSTER}-thua-cn-01"]}
    answer = desk.change("officer", "lease.register", {**REGISTER, "request": taken})
    assert code_of(answer) == (409, "lease.overlap")
    facts = answer.json()["facts"]
    assert f"{CLUSTER}-thue-" in str(facts["names"])
    assert facts["area_m2"] > 5_900
    assert not desk.store.all(Submission, Moment(today()))


def test_a_draft_is_kept_as_it_is_and_handed_in_later(desk: Desk) -> None:
    """Even with a clash that its author still has to mend."""
    taken = {**REGISTER, "request": {**LEASE, "parcel_ids": [f"{CLUSTER}-thua-cn-01"]}}
    (draft,) = done(desk.change("officer", "lease.register?draft=true", taken), 202)["things"]
    path = f"/api/submissions/{draft['id']}"
    assert desk.ask("officer", "GET", path).json()["state"] == "draft"
    tag = desk.ask("officer", "GET", path).headers["etag"]
    done(desk.ask("officer", "POST", f"{path}/hand-in", If_Match=tag))
    refused = desk.ask("approver", "POST", f"{path}/in-force", If_Match="*")
    assert code_of(refused) == (409, "lease.overlap")
    assert desk.ask("approver", "GET", path).json()["state"] == "submitted"
    body = {"reason": "Lô CN-01 đã cho thuê"}
    assert code_of(desk.ask("approver", "POST", f"{path}/refusal", {}, If_Match="*"))[0] == 422
    done(desk.ask("approver", "POST", f"{path}/refusal", body, If_Match="*"))
    seen = desk.ask("officer", "GET", path).json()
    assert (seen["state"], seen["note"]) == ("refused", "Lô CN-01 đã cho thuê")


def test_a_submission_rests_on_the_version_that_its_author_saw(desk: Desk) -> None:
    """If the record has changed before it is put in force, it is not (THREATS 42)."""
    tag = etag_of(desk, Parcel, PARCEL)
    first, second = (
        done(desk.change("officer", "parcel.reclassify", RECLASSIFY, If_Match=tag), 202)["things"][
            0
        ]
        for _ in range(2)
    )
    seen = desk.ask("approver", "GET", f"/api/submissions/{first['id']}").json()
    assert f'"{seen["expected"]}"' == tag
    done(desk.ask("approver", "POST", f"/api/submissions/{first['id']}/in-force", If_Match="*"))
    late = desk.ask("approver", "POST", f"/api/submissions/{second['id']}/in-force", If_Match="*")
    assert code_of(late) == (412, "record.stale")
    assert late.json()["facts"]["table"] == "parcel"
    draft = desk.change("officer", "parcel.reclassify?draft=true", RECLASSIFY)
    assert code_of(draft) == (428, "precondition.required")


def test_submissions_are_seen_by_author_and_approver(desk: Desk) -> None:
    """Nobody else learns that there is one."""
    (own,) = done(desk.change("officer", "lease.register", REGISTER), 202)["things"]
    path = f"/api/submissions/{own['id']}"
    for login in ("officer", "approver"):
        listed = desk.ask(login, "GET", "/api/submissions?state=submitted").json()["submissions"]
        assert [proposed["id"] for proposed in listed] == [own["id"]]
    assert desk.ask("approver", "GET", "/api/submissions?mine=true").json()["submissions"] == []
    for login in ("elsewhere", "planner"):
        assert desk.ask(login, "GET", "/api/submissions").json()["submissions"] == []
        assert code_of(desk.ask(login, "GET", path)) == (404, "submission.unknown")
    assert code_of(desk.ask(None, "GET", path)) == (401, "auth.required")
    done(desk.ask("officer", "POST", f"{path}/withdrawal", If_Match="*"))
    assert desk.ask("officer", "GET", path).json()["state"] == "withdrawn"


def test_the_journal_is_for_people_with_the_right(desk: Desk) -> None:
    """Newest first, a page at a time, of one cluster or all."""
    done(desk.change("planner", "source.record", {"request": {"title": "Báo cáo"}}))
    page = desk.ask("planner", "GET", "/api/changes?limit=1").json()
    assert [entry["action"] for entry in page["changes"]] == ["source.record"]
    rest = desk.ask("planner", "GET", f"/api/changes?before={page['before']}").json()
    assert [entry["number"] for entry in rest["changes"]] == [1]
    assert rest["before"] is None
    own = desk.ask("officer", "GET", f"/api/changes?cluster={CLUSTER}").json()["changes"]
    assert [entry["parts"][0]["cluster"] for entry in own] == [CLUSTER]
    assert code_of(desk.ask("officer", "GET", "/api/changes")) == (403, "right.missing")
    assert code_of(desk.ask(None, "GET", "/api/changes")) == (401, "auth.required")
    assert desk.ask("planner", "GET", "/api/changes/1").json()["number"] == 1
    assert code_of(desk.ask("planner", "GET", "/api/changes/99")) == (404, "change.unknown")


@pytest.mark.parametrize(
    ("content", "media_type", "refusal"),
    [
        (b"{", "application/json", (400, "json.malformed")),
        (b"{}", "application/json", (400, "value.missing")),
        (b"{}", "text/plain", (415, "body.type")),
        (b'{"request": {}, "x": 1}', "application/json; charset=utf-8", (400, "value.missing")),
    ],
)
def test_a_body_that_is_none_is_refused(
    desk: Desk, content: bytes, media_type: str, refusal: tuple[int, str]
) -> None:
    """Before anything of it is believed; the register stays as it is (THREATS 51)."""
    before = desk.store.change_counter()
    headers = bearer(desk.accounts, "officer") | {"Content-Type": media_type}
    answer = desk.client.request("POST", "/api/changes/lease.register", headers, content=content)
    assert code_of(answer) == refusal
    assert desk.store.change_counter() == before


def test_a_key_that_is_none_is_refused(desk: Desk) -> None:
    """Too long, or nothing."""
    for key in ("x" * 201, ""):
        answer = desk.change("officer", "lease.register", REGISTER, Idempotency_Key=key)
        assert code_of(answer) == (400, "value.id")


def test_every_action_of_the_journal_is_named_as_its_use_case_does(desk: Desk) -> None:
    """The table's name is the one under which the change is found."""
    assert len(COMMANDS) > 20
    for action, command in COMMANDS.items():
        assert action == command.action
        assert command.summary
        answer = desk.change(None, action, {"request": {}})
        assert answer.status_code in (400, 401), action
