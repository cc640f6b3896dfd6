"""Validators: an unchanged answer costs nothing, a changed one is never taken for it."""

import gzip
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from api.caching import Body, KeptBodies, Validator, is_known
from api.settings import Settings
from gis.model import Cluster, ClusterKind, Moment, Period
from gis.store import Entry, GeoPackageStore
from tests.api.client import Client, client_of

PATHS = [
    "/api/clusters",
    "/api/clusters/ccn-tien-tien",
    "/api/clusters/ccn-tien-tien/balance",
    "/api/clusters/ccn-tien-tien/plan",
    "/api/parcels",
    "/api/province/share",
    "/api/province/history",
    "/api/province/outline",
    "/api/reconciliation",
    "/api/rules",
    "/",
    "/embed",
    "/clusters/ccn-tien-tien",
    "/docs",
    "/openapi.json",
]


@pytest.fixture
def own_client(own_store: GeoPackageStore) -> Iterator[Client]:
    """Yield a client of a register that the test may change."""
    with client_of(Settings(), own_store) as made:
        yield made


@pytest.mark.parametrize("path", PATHS)
def test_an_unchanged_answer_is_not_sent_again(client: Client, path: str) -> None:
    """If-None-Match with the answer's weak tag gives 304 without a body, strong or weak."""
    first = client.get(path)
    etag = first.headers["etag"]
    assert etag.startswith('W/"')
    for known in (etag, etag.removeprefix("W/"), f'"other", {etag}', "*"):
        again = client.get(path, {"If-None-Match": known})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == etag
        assert again.headers["cache-control"] == first.headers["cache-control"]
    assert client.get(path, {"If-None-Match": '"other"'}).status_code == 200


def test_a_refused_question_has_no_tag(client: Client) -> None:
    """A problem is not cached, and If-None-Match never turns it into a 304."""
    for known in ("*", client.get("/api/clusters").headers["etag"]):
        answer = client.get("/api/clusters/ccn-nowhere", {"If-None-Match": known})
        assert answer.status_code == 404
        assert "etag" not in answer.headers


def test_the_tag_depends_on_date_language_and_format(client: Client) -> None:
    """What changes the bytes changes the tag."""
    asked = [
        ("/api/clusters", {}),
        ("/api/clusters?on=2020-01-01", {}),
        ("/api/clusters", {"Accept-Language": "en"}),
        ("/api/clusters", {"Accept": "application/json"}),
    ]
    tags = [client.get(path, headers).headers["etag"] for path, headers in asked]
    assert len(set(tags)) == len(asked)


@pytest.mark.parametrize("path", [path for path in PATHS if path not in ("/docs", "/openapi.json")])
def test_a_write_changes_the_tag(own_client: Client, own_store: GeoPackageStore, path: str) -> None:
    """After any change of the register the old tag is no longer known."""
    before = own_client.get(path).headers["etag"]
    write_cluster(own_store)
    after = own_client.get(path, {"If-None-Match": before})
    assert after.status_code == 200
    assert after.headers["etag"] != before


def test_a_write_is_seen_at_once(own_client: Client, own_store: GeoPackageStore) -> None:
    """A body kept for the wire never outlives a change, also one made by another process."""
    assert own_client.get("/api/clusters/ccn-moi").status_code == 404
    before = len(own_client.json("/api/clusters")["features"])
    write_cluster(own_store)
    assert len(own_client.json("/api/clusters")["features"]) == before + 1
    assert own_client.json("/api/clusters/ccn-moi")["properties"]["name_vi"] == "Mới"


def write_cluster(store: GeoPackageStore) -> None:
    """Add a cluster to the register."""
    cluster = Cluster(
        id="ccn-moi", kind=ClusterKind.CCN, name_vi="Mới", name_en="New", territory_id="hoa-binh"
    )
    with store.transaction(by="test", action="test") as transaction:
        transaction.put(Entry(cluster, Period()))


@pytest.mark.parametrize("path", ["/api/clusters", "/api/parcels", "/", "/openapi.json"])
def test_large_bodies_come_packed_to_who_takes_them(client: Client, path: str) -> None:
    """Gzip for clients that ask for it, plain for the others, and caches are told."""
    packed = client.get(path, {"Accept-Encoding": "br;q=1.0, gzip;q=0.8"})
    plain = [client.get(path, {"Accept-Encoding": e}) for e in ("identity", "gzip;q=0", "")]
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) < len(packed.content) / 2
    for answer in plain:
        assert "content-encoding" not in answer.headers
        assert answer.content == packed.content
        assert "Accept-Encoding" in answer.headers["vary"]


def test_small_bodies_come_as_they_are(client: Client) -> None:
    """Packing what fits into one packet would cost more than it saves."""
    answer = client.get("/api/parcels?bbox=0,0,1,1", {"Accept-Encoding": "gzip"})
    assert "content-encoding" not in answer.headers


def test_caches_ask_again_unless_the_setting_allows_more(example_store: GeoPackageStore) -> None:
    """By default each use is revalidated; a portal's operator may allow some seconds."""
    for settings, expected in (
        (Settings(), "public, no-cache"),
        (Settings(cache_seconds=60), "public, max-age=60"),
    ):
        with client_of(settings, example_store) as client:
            assert client.get("/api/rules").headers["cache-control"] == expected


def test_the_second_asking_is_answered_from_memory(own_store: GeoPackageStore) -> None:
    """A kept body is the same bytes; with no room for bodies nothing is kept."""
    for megabytes in (64, 0):
        with client_of(Settings(cache_mb=megabytes), own_store) as client:
            first, second = client.get("/api/clusters"), client.get("/api/clusters")
            assert first.content == second.content


def test_default_date_of_an_example_is_its_own(client: Client) -> None:
    """Pages and lists of an example open on its date and say so."""
    answer = client.json("/api/clusters")
    assert (answer["on"], answer["example"]) == ("2024-12-31", True)
    assert answer["synthetic_note"]["vi"]


def test_default_date_is_today_in_vietnam(
    empty_store: GeoPackageStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A register that is no example is asked about today."""
    monkeypatch.setattr("api.deps.today", lambda: date(2031, 5, 4))
    with client_of(Settings(), empty_store) as client:
        assert client.json("/api/clusters")["on"] == "2031-05-04"
        before = client.get("/api/clusters").headers["etag"]
        monkeypatch.setattr("api.deps.today", lambda: date(2031, 5, 5))
        assert client.get("/api/clusters").headers["etag"] != before


def test_validator_names_all_that_the_bytes_depend_on() -> None:
    """Any part that differs gives another tag."""
    base: dict[str, Any] = {
        "address": "/?",
        "changes": 1,
        "audience": "public",
        "on": date(2024, 1, 1),
        "language": "vi",
        "style": "1",
        "media_type": "text/html",
    }
    others = {
        "address": "/?lang=vi",
        "changes": 2,
        "audience": "officer",
        "on": date(2024, 1, 2),
        "language": "en",
        "style": "2",
        "media_type": "application/json",
    }
    tags = {Validator(**base | {name: value}).etag for name, value in others.items()}
    assert len(tags | {Validator(**base).etag}) == len(others) + 1
    assert Validator(**base).etag == Validator(**base).etag


def test_a_tag_is_known_only_where_it_is_named() -> None:
    """An empty header knows nothing."""
    assert not is_known('W/"a"', "")
    assert not is_known('W/"a"', '"b", W/"c"')


def test_bodies_make_room_for_newer_ones() -> None:
    """The body not asked for the longest goes first; one that would fill everything is not kept."""
    kept = KeptBodies(400)
    for name in ("a", "b", "c", "d"):
        kept.keep(name, Body(b"x" * 100, None))
    assert kept.get("a")
    kept.keep("e", Body(b"x" * 60, b"y" * 40))
    assert kept.get("b") is None
    assert [name for name in "acde" if kept.get(name)] == ["a", "c", "d", "e"]
    kept.keep("f", Body(b"x" * 101, None))
    assert kept.get("f") is None
    kept.keep("a", Body(b"x" * 100, None))
    assert kept.size == 400


def test_a_packed_body_is_the_same_bytes_whenever_it_is_made() -> None:
    """No clock goes into it."""
    plain = b"0123456789" * 1000
    assert Body.of(plain) == Body.of(plain)
    assert gzip.decompress(Body.of(plain).gzipped or b"") == plain


def test_reads_of_one_answer_agree_on_the_time_known(own_store: GeoPackageStore) -> None:
    """The moment of an answer is pinned when it is built: a change in between is not half seen."""
    moment = own_store.present(date(2024, 12, 31))
    write_cluster(own_store)
    assert isinstance(moment, Moment)
    assert not own_store.all(Cluster, moment, ids=["ccn-moi"])
