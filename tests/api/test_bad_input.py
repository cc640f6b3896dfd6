"""Questions that are not right: a clear refusal with a stable code, never a fault of ours."""

from urllib.parse import quote

import pytest

from gis.error_texts import TEXTS
from tests.api.client import Client

REFUSED = [
    # THREATS 36: SQL and other code in a name is a name
    ("/api/clusters/ccn-x'%20OR%20'1'='1", 404, "cluster.unknown"),
    ("/api/clusters/" + quote("'; DROP TABLE cluster; --"), 404, "cluster.unknown"),
    ("/api/parcels?cluster=" + quote("' UNION SELECT 1 --"), 404, "cluster.unknown"),
    ("/api/province/share?territory=" + quote('" OR 1=1'), 404, "territory.unknown"),
    # THREATS 39: unknown parameter, broken box, bad date
    ("/api/clusters?foo=1", 400, "value.parameter"),
    ("/api/clusters?Kind=ccn", 400, "value.parameter"),
    ("/api/clusters?kind=ccn&kind=kcn", 400, "value.repeated"),
    ("/api/clusters?lang=fr", 400, "value.choice"),
    ("/api/parcels?bbox=nan,20,106,21", 400, "value.bbox"),
    ("/api/parcels?bbox=inf,20,106,21", 400, "value.bbox"),
    ("/api/parcels?bbox=1e400,20,106,21", 400, "value.bbox"),
    ("/api/parcels?bbox=105,20,106", 400, "value.bbox"),
    ("/api/parcels?bbox=105,20,106,21,22", 400, "value.bbox"),
    ("/api/parcels?bbox=106,20,105,21", 400, "value.bbox"),
    ("/api/parcels?bbox=105,21,106,20", 400, "value.bbox"),
    ("/api/parcels?bbox=", 400, "value.bbox"),
    ("/api/parcels?bbox=" + quote("١٠٥,20,106,21"), 400, "value.bbox"),
    ("/api/parcels?bbox=1_05,20,106,21", 400, "value.bbox"),
    ("/api/clusters?on=2024-02-30", 400, "value.date"),
    ("/api/clusters?on=2024-1-1", 400, "value.date"),
    ("/api/clusters?on=20241231", 400, "value.date"),
    ("/api/clusters?on=" + quote("2024-12-31T00:00:00+07:00"), 400, "value.date"),
    ("/api/clusters?on=", 400, "value.date"),
    ("/api/clusters?on=0000-01-01", 400, "value.date"),
    ("/api/clusters?on=10000-01-01", 400, "value.date"),
    # THREATS 40: the size of a page
    ("/api/parcels?limit=0", 400, "value.number"),
    ("/api/parcels?limit=-1", 400, "value.number"),
    ("/api/parcels?limit=abc", 400, "value.number"),
    ("/api/parcels?limit=1_000", 400, "value.number"),
    ("/api/parcels?limit=1.0", 400, "value.number"),
    ("/api/parcels?limit=" + quote("٣"), 400, "value.number"),
    ("/api/parcels?limit=", 400, "value.number"),
    # choices
    ("/api/clusters?kind=city", 400, "value.choice"),
    ("/api/clusters?stage=done", 400, "value.choice"),
    ("/api/province/share?stage=Established", 400, "value.choice"),
    ("/api/province/share?basis=guess", 400, "value.choice"),
    ("/api/province/share?include_synthetic=yes", 400, "value.choice"),
    # THREATS 50: text that is none
    ("/api/parcels?after=%00", 400, "value.id"),
    ("/api/parcels?cluster=" + "a" * 1000, 400, "value.id"),
    ("/api/parcels?cluster=", 400, "value.id"),
    ("/api/clusters/%00", 404, "cluster.unknown"),
    ("/api/clusters/" + quote("\u202egnp"), 404, "cluster.unknown"),
    ("/api/clusters/" + "a" * 3000, 404, "cluster.unknown"),
    # what there is not
    ("/api/clusters/ccn-nowhere", 404, "cluster.unknown"),
    ("/api/clusters/ccn-nowhere/balance", 404, "cluster.unknown"),
    ("/api/clusters/ccn-nowhere/plan", 404, "cluster.unknown"),
    ("/api/province/share?territory=atlantis", 404, "territory.unknown"),
    ("/api/province/history?territory=atlantis", 404, "territory.unknown"),
    ("/api/province/outline?territory=atlantis", 404, "territory.unknown"),
    ("/embed?cluster=ccn-nowhere", 404, "cluster.unknown"),
    ("/?zoom=3", 400, "value.parameter"),
    ("/api", 404, "path.unknown"),
    ("/api/", 404, "path.unknown"),
    ("/api/clusters/", 404, "path.unknown"),
    ("/api/clusters/ccn-tien-tien/", 404, "path.unknown"),
    ("/API/clusters", 404, "path.unknown"),
    ("/api/clusters/..%2f..%2fetc", 404, "path.unknown"),
]


@pytest.mark.parametrize(("path", "status", "code"), REFUSED)
def test_a_bad_question_is_refused_with_its_code(
    client: Client, path: str, status: int, code: str
) -> None:
    """Each gives a problem document in both languages that names the place and nothing internal."""
    for language in ("vi", "en"):
        answer = client.get(path, {"Accept-Language": language})
        problem = answer.json()
        assert (answer.status_code, problem["code"]) == (status, code)
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.headers["cache-control"] == "no-store"
        assert problem["status"] == status
        assert problem["type"] == f"urn:ccn-gis:problem:{code}"
        assert problem["title"]
        assert problem["detail"]
        assert "{" not in problem["detail"]
        assert len(problem["detail"]) < 500
        assert not any(word in answer.text for word in ("Traceback", "sqlite", "pydantic", ".py"))


def test_every_bad_parameter_is_listed(client: Client) -> None:
    """One answer tells all that is wrong, each with a pointer, a code and a sentence."""
    problem = client.get("/api/clusters?kind=x&on=y&foo=1&lang=en").json()
    found = {error["pointer"]: error["code"] for error in problem["errors"]}
    assert found == {"/kind": "value.choice", "/on": "value.date", "/foo": "value.parameter"}
    assert all(error["in"] == "query" and error["message"] for error in problem["errors"])
    unknown = next(error for error in problem["errors"] if error["pointer"] == "/foo")
    assert "lang, on, known_at, kind, stage" in unknown["message"]


@pytest.mark.parametrize(
    ("query", "headers", "language"),
    [
        ("", {}, "vi"),
        ("", {"Accept-Language": "en-GB,en;q=0.9"}, "en"),
        ("", {"Accept-Language": "fr"}, "vi"),
        ("&lang=en", {"Accept-Language": "vi"}, "en"),
        ("&lang=vi", {"Accept-Language": "en"}, "vi"),
    ],
)
def test_the_refusal_speaks_the_language_asked(
    client: Client, query: str, headers: dict[str, str], language: str
) -> None:
    """The parameter outweighs the header; Vietnamese is the default."""
    problem = client.get(f"/api/province/share?basis=guess{query}", headers).json()
    text = getattr(TEXTS["value.choice"], language)
    expected = text.format(value="guess", name="basis", choices="published, approved, measured")
    assert problem["detail"] == expected


def test_an_unknown_cluster_is_told_what_is_close(client: Client) -> None:
    """A name without diacritics, or with a slip, leads to the id."""
    for typed in ("tien-tien", "Tiên Tiến", "ccn-tien-tienn"):
        problem = client.get(f"/api/clusters/{quote(typed)}").json()
        assert problem["facts"]["near"].split(", ")[0] == "ccn-tien-tien"


def test_an_unknown_territory_is_told_the_known_ones(client: Client) -> None:
    """The refusal lists what can be asked about."""
    problem = client.get("/api/province/share?territory=x").json()
    assert {"hoa-binh", "phu-tho", "lac-thuy"} <= set(problem["facts"]["choices"].split(", "))


@pytest.mark.parametrize("limit", ["10001", "100000000000000000000", "9" * 400, "0010000"])
def test_a_huge_page_is_cut_to_the_largest(client: Client, limit: str) -> None:
    """A limit beyond the largest page is clamped, whatever its size (THREATS 40)."""
    page = client.json(f"/api/parcels?limit={limit}")
    assert "limit=10000" in page["links"][0]["href"]
    assert len(page["links"]) == 1


@pytest.mark.parametrize("bbox", ["-180,-90,180,90", "105,20,106,21", "105.5,20.5,105.5,20.5"])
def test_a_box_may_be_the_world_or_a_point(client: Client, bbox: str) -> None:
    """Any four finite numbers in order are a box (THREATS 41)."""
    assert client.get(f"/api/parcels?bbox={bbox}&limit=1").status_code == 200


@pytest.mark.parametrize("day", ["2024-12-31", "31/12/2024", "0001-01-01", "9999-12-31"])
def test_any_real_date_is_taken(client: Client, day: str) -> None:
    """ISO and Vietnamese dates, from the first to the last day of the calendar."""
    for path in ("/api/clusters", "/api/parcels", "/api/province/share", "/api/rules"):
        assert client.get(f"{path}?on={day}").status_code == 200


@pytest.mark.parametrize("host", ["", "[", "evil.example", "a" * 3000, "\x7f:99999"])
def test_the_host_header_is_never_read(client: Client, host: str) -> None:
    """Whatever a request says of the host, the answer is the same and no link is made of it."""
    answer = client.get("/api/parcels?limit=1", {"Host": host})
    assert answer.status_code == 200
    assert answer.json()["links"][1]["href"].startswith("/api/parcels?")
    assert client.get("/nope", {"Host": host}).json()["code"] == "path.unknown"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW"])
def test_nothing_can_be_written(client: Client, method: str) -> None:
    """Other methods are refused and told which are allowed."""
    answer = client.request(method, "/api/clusters")
    assert answer.status_code == 405
    assert answer.json()["code"] == "method.not_allowed"
    assert "GET" in answer.headers["allow"]


@pytest.mark.parametrize(
    ("path", "accept", "status"),
    [
        ("/api/clusters", "text/html", 406),
        ("/api/clusters", "application/json;q=0, application/geo+json;q=0", 406),
        ("/api/clusters", "application/geo+json", 200),
        ("/api/clusters", "application/*;q=0.1", 200),
        ("/api/clusters", "text/html, */*;q=0.1", 200),
        ("/api/province/share", "application/geo+json", 406),
        ("/", "application/json", 406),
        ("/", "text/html,application/xhtml+xml,*/*;q=0.8", 200),
        ("/api/rules", "application/json;q=nonsense", 406),
    ],
)
def test_the_accept_header_is_kept_to(client: Client, path: str, accept: str, status: int) -> None:
    """A client that takes none of our formats is told which there are."""
    answer = client.get(path, {"Accept": accept})
    assert answer.status_code == status
    if status == 406:
        assert answer.json()["code"] == "accept.unsupported"


def test_geojson_comes_as_plain_json_where_that_is_asked(client: Client) -> None:
    """The same bytes under the type that the client takes; by default the exact one."""
    exact, plain = (
        client.get("/api/clusters", {"Accept": accept}) for accept in ("*/*", "application/json")
    )
    assert exact.headers["content-type"] == "application/geo+json"
    assert plain.headers["content-type"] == "application/json"
    assert exact.content == plain.content
    assert exact.headers["etag"] != plain.headers["etag"]


def test_a_body_too_large_is_refused_before_it_is_read(client: Client) -> None:
    """The limits on what a client sends hold for the whole application (THREATS 49)."""
    answer = client.request("POST", "/api/clusters", {"Content-Length": "99999999999"})
    assert answer.status_code == 413
    assert answer.json()["code"] == "body.too_large"
    assert answer.headers["x-content-type-options"] == "nosniff"
