"""What the public must not see never leaves the API, whatever is asked."""

import json
import re

import pytest
from fastapi.routing import APIRoute

from api.app import ROUTERS
from gis.accounts import Accounts
from gis.example import EXAMPLE_ON
from gis.model import Lease, Moment, Party, Project
from gis.store import GeoPackageStore
from tests.api.client import Client
from tests.api.signing_in import bearer

ADDRESSES = [
    "/api/clusters",
    "/api/clusters/ccn-tien-tien",
    "/api/clusters/ccn-tien-tien/balance",
    "/api/clusters/ccn-tien-tien/plan",
    "/api/parcels?limit=10000",
    "/api/province/share",
    "/api/province/history",
    "/api/reconciliation",
    "/api/rules",
    "/api/province/outline",
    "/api/session",
    "/api/documents/" + "0" * 64,
    "/api/leases",
    "/api/leases/ccn-tien-tien-thue-02",
    "/api/parcels/ccn-tien-tien-thua-cn-05",
    "/api/parcels/search?label=CN-05",
    "/api/records/party/vi-du-14",
    "/api/records/lease/ccn-tien-tien-thue-02/history",
    "/api/changes",
    "/api/changes/1",
    "/api/submissions",
    "/api/submissions/trinh-000001-abcdef",
    "/health",
    "/openapi.json",
    "/docs",
    "/login",
    "/login/oidc",
    "/login/oidc/callback?code=x&state=y",
    "/setup/none",
    "/account",
    "/admin",
    "/logo",
    "/api/accounts",
    "/api/settings",
    "/clusters/ccn-tien-tien",
    "/clusters/ccn-tien-tien?lang=en",
    "/",
    "/embed?cluster=ccn-tien-tien",
]


@pytest.fixture(scope="module")
def secrets(example_store: GeoPackageStore) -> set[str]:
    """Return the names, numbers and ids that are not public."""
    moment = Moment(EXAMPLE_ON)
    parties = [found.thing for found in example_store.all(Party, moment)]
    projects = [found.thing for found in example_store.all(Project, moment)]
    leases = [found.thing for found in example_store.all(Lease, moment)]
    found = {party.name for party in parties} | {party.id for party in parties}
    found |= {project.name_vi for project in projects} | {project.id for project in projects}
    found |= {lease.contract_number for lease in leases} | {lease.id for lease in leases}
    assert len(found) > 150
    return found


def paths_that_are_read() -> set[str]:
    """Return the path of every address that may be read, the pages' files apart."""
    routes = [route for router in ROUTERS for route in router.routes]
    assert all(isinstance(route, APIRoute) for route in routes)
    return {
        route.path
        for route in routes
        if isinstance(route, APIRoute) and "GET" in (route.methods or ())
    }


def test_no_address_is_left_out() -> None:
    """An address that may be read, and is not asked below for what it must not tell, fails here."""
    asked = [address.partition("?")[0] for address in ADDRESSES]
    found = paths_that_are_read()
    patterns = {path: re.sub(r"\{[^}]*\}", "[^/]+", path) for path in found}
    assert len(found) >= 14
    assert not [
        path
        for path, pattern in patterns.items()
        if not any(re.fullmatch(pattern, address) for address in asked)
    ]


def test_the_application_has_no_other_addresses(client: Client) -> None:
    """Nothing was added beside the routers but the pages' files."""
    assert len(client.app.routes) == len(ROUTERS) + 1


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_party_project_or_contract_is_named(
    client: Client, secrets: set[str], address: str
) -> None:
    """Names of parties, projects, contracts and their ids are nowhere in an answer."""
    text = client.get(address).text.replace(address.partition("?")[0], "the address asked")
    assert not {secret for secret in secrets if secret in text}


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_account_without_the_right_sees_no_more_than_the_public(
    office: Client, accounts: Accounts, secrets: set[str], address: str
) -> None:
    """The administrator manages people and settings, and no address tells who holds land."""
    program = bearer(accounts, "admin1")
    text = office.get(address, program).text
    assert not {secret for secret in secrets if secret in text and secret not in address}


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_officer_sees_the_own_clusters_only(
    office: Client,
    accounts: Accounts,
    example_store: GeoPackageStore,
    address: str,
) -> None:
    """Leases, contracts and projects of other clusters are as hidden as from the public."""
    moment, elsewhere = Moment(EXAMPLE_ON), set[str]()
    for lease in example_store.all(Lease, moment):
        if lease.thing.cluster_id != "ccn-tien-tien":
            elsewhere |= {lease.thing.id, lease.thing.contract_number or lease.thing.id}
    for project in example_store.all(Project, moment):
        if project.thing.cluster_id != "ccn-tien-tien":
            elsewhere |= {project.thing.id}
    assert len(elsewhere) > 90
    text = office.get(address, bearer(accounts, "officer")).text
    assert not {secret for secret in elsewhere if secret in text}


def test_what_a_planner_was_shown_is_not_kept_for_others(
    office: Client, accounts: Accounts, secrets: set[str]
) -> None:
    """Right after a planner was shown it, nobody else is (geoserver PR 1727)."""
    path = "/api/leases?cluster=ccn-tien-tien"
    shown = office.get(path, bearer(accounts, "planner"))
    assert shown.status_code == 200
    assert {secret for secret in secrets if secret in shown.text}
    tag = shown.headers.get("etag", "*")
    for headers in ({}, {"If-None-Match": tag}, bearer(accounts, "admin1")):
        answer = office.get(path, headers)
        assert answer.status_code in (401, 403)
        assert not {secret for secret in secrets if secret in answer.text}


def test_capital_and_jobs_are_totals_of_the_province_only(client: Client) -> None:
    """Sums over a single cluster's projects are computed nowhere."""
    for row in client.json("/api/reconciliation")["rows"]:
        if row["indicator"] in ("registered_capital", "jobs"):
            assert row["subject"] == "hoa-binh"
    text = json.dumps(client.json("/api/clusters/ccn-tien-tien"))
    assert "capital" not in text
    assert "jobs" not in text


def test_what_is_not_public_can_be_neither_filtered_nor_sorted(client: Client) -> None:
    """A hidden property is an unknown parameter, like one that does not exist (THREATS 38)."""
    for name in ("lessee", "party", "project", "capital", "sortby", "filter"):
        answers = [client.get(f"/api/parcels?{hidden}=x") for hidden in (name, "nothing")]
        assert [answer.status_code for answer in answers] == [400, 400]
        assert {answer.json()["code"] for answer in answers} == {"value.parameter"}
