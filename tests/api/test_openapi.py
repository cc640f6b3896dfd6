"""The description of the API: whole, valid, and what the service really answers."""

import json
import re
from typing import Any

import pytest
from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import validate

from api.settings import Settings
from gis.store import GeoPackageStore
from tests.api.client import Client, client_of
from tests.api.test_guide import FOR_PEOPLE

ASKED = {
    "/api/clusters": ["", "?kind=kcn", "?stage=leased", "?on=2010-01-01", "?lang=en"],
    "/api/clusters/{slug}": ["", "?on=2018-06-30"],
    "/api/clusters/{slug}/balance": ["", "?on=2010-01-01"],
    "/api/clusters/{slug}/plan": ["", "?on=2010-01-01"],
    "/api/parcels": ["", "?limit=3", "?cluster=ccn-tien-tien", "?bbox=0,0,1,1", "?on=2019-01-01"],
    "/api/parcels/{parcel_id}": ["", "?on=2023-01-01"],
    "/api/province/share": [
        f"?stage={stage}&basis={basis}&include_synthetic={synthetic}"
        for stage in ("planned", "established", "cleared", "leased")
        for basis in ("published", "approved", "measured")
        for synthetic in ("true", "false")
    ]
    + ["?territory=phu-tho&on=2026-01-01", "?territory=lac-thuy", "?on=2001-01-01"],
    "/api/province/history": ["", "?stage=planned", "?territory=lac-thuy"],
    "/api/province/outline": ["", "?territory=phu-tho"],
    "/api/reconciliation": ["", "?on=2015-01-01"],
    "/api/rules": ["", "?on=2026-12-01", "?on=1990-01-01"],
    "/api/session": [""],
    "/health": [""],
}
PARCEL = "ccn-tien-tien-thua-cn-05"
PORTAL = "https://gis.example/ccn"
SLUGS = ["ccn-tien-tien", "ccn-yen-mong", "ccn-dam-duong", "kcn-luong-son", "ccn-phu-thanh-ii"]


@pytest.fixture(scope="module")
def description(client: Client) -> dict[str, Any]:
    """Return the OpenAPI document."""
    document: dict[str, Any] = client.json("/openapi.json")
    return document


def test_the_description_is_valid_and_whole(description: dict[str, Any]) -> None:
    """It passes the OpenAPI 3.1 schema, and every reference stays inside (THREATS finding 15)."""
    validate(description)
    text = json.dumps(description)
    references = set(re.findall(r'"\$ref": "([^"]*)"', text))
    assert references
    assert all(reference.startswith("#/components/schemas/") for reference in references)
    assert "http://" not in text
    assert "https://" not in text
    assert "HTTPValidationError" not in text


def test_every_operation_says_what_it_is(description: dict[str, Any]) -> None:
    """A short unique name, a summary, problems as problems, each parameter described."""
    operations = [op for path in description["paths"].values() for op in path.values()]
    names = [operation["operationId"] for operation in operations]
    assert len(set(names)) == len(names)
    for operation in operations:
        assert operation["summary"].endswith(".")
        assert "422" not in operation["responses"]
        assert "application/problem+json" in operation["responses"]["5XX"]["content"]
        for parameter in operation.get("parameters", []):
            assert parameter["description"], parameter
            assert "null" not in json.dumps(parameter["schema"])


def test_every_address_of_the_api_is_asked_here(description: dict[str, Any]) -> None:
    """An address that nobody asks in these tests is not described truly for long."""
    asked = {path for path, operations in description["paths"].items() if "get" in operations}
    assert asked - set(FOR_PEOPLE) == set(ASKED)


@pytest.mark.parametrize("path", ASKED)
def test_answers_are_what_the_description_says(
    client: Client, description: dict[str, Any], path: str
) -> None:
    """Every answer has the described type and keeps to its schema, to the last member."""
    operation = description["paths"][path]["get"]
    ((media_type, content),) = operation["responses"]["200"]["content"].items()
    validator = validator_of(description, content["schema"])
    for slug in SLUGS if "{slug}" in path else [""]:
        for query in ASKED[path]:
            answer = client.get(path.format(slug=slug, parcel_id=PARCEL) + query)
            assert answer.status_code == 200, answer.text
            assert answer.headers["content-type"] == media_type
            validator.validate(finite_json(answer.text))


@pytest.mark.parametrize(
    "path", ["/nope", "/api/clusters?foo=1&on=x", "/api/clusters/x", "/api/rules?lang=xx"]
)
def test_problems_are_what_the_description_says(
    client: Client, description: dict[str, Any], path: str
) -> None:
    """Each refusal keeps to the schema of a problem."""
    validator = validator_of(description, {"$ref": "#/components/schemas/Problem"})
    validator.validate(client.get(path).json())


def validator_of(description: dict[str, Any], schema: dict[str, Any]) -> OAS31Validator:
    """Return a validator of a schema of the document."""
    return OAS31Validator({**schema, "components": description["components"]})


def finite_json(text: str) -> Any:
    """Read JSON that must hold no NaN or infinity."""

    def refuse(constant: str) -> None:
        raise AssertionError(constant)

    return json.loads(text, parse_constant=refuse)


def test_the_description_names_the_public_address(example_store: GeoPackageStore) -> None:
    """Clients are sent to where the document came from, or to the public address."""
    for url, servers in (("", ["/"]), (PORTAL, ["/ccn", PORTAL])):
        with client_of(Settings(public_url=url), example_store) as client:
            found = client.json("/openapi.json")["servers"]
            assert [server["url"] for server in found] == servers


def test_the_docs_page_needs_no_internet(client: Client) -> None:
    """Swagger UI, its style and its start are our own files, and no script stands in the page."""
    html = client.get("/docs").text
    assert 'data-description="/openapi.json"' in html
    for address in re.findall(r'(?:src|href)="([^"]+)"', html):
        assert client.get(address).status_code == 200
    assert not re.search(r"<script[^>]*>[^<]", html)


def test_questions_and_bodies_have_examples(description: dict[str, Any]) -> None:
    """What a newcomer sees in the docs is a name of this province, not the word string."""
    parameters = [
        parameter
        for path in description["paths"].values()
        for parameter in path.get("get", {}).get("parameters", [])
        if parameter["name"] in ("slug", "on", "cluster", "bbox", "limit", "territory")
    ]
    assert parameters
    for parameter in parameters:
        assert parameter["schema"]["examples"], parameter["name"]
    for body in ("ClusterProperties", "ParcelProperties", "TerritoryOut", "Share"):
        properties = description["components"]["schemas"][body]["properties"]
        assert any("examples" in schema for schema in properties.values()), body
