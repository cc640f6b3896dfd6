"""When the register can't answer: 503 without a word of the server's inside, and then again."""

from pathlib import Path

import pytest

from api.errors import REFUSALS, STATUS_OF_CLASS, TITLES, status_of
from api.settings import Settings
from gis import errors
from gis.error_texts import TEXTS
from gis.store import GeoPackageStore
from tests.api.client import client_of

FAULTS = [
    (errors.StoreBusy("register.busy"), 503),
    (
        errors.StoreProblem("register.corrupt", path="/srv/secret.gpkg", reason="SQLITE_X"),
        503,
    ),
    (errors.StoreProblem("register.missing", path="/srv/secret.gpkg"), 503),
    (errors.StoreProblem("register.full", path="/srv/secret.gpkg"), 507),
    (errors.Conflict("record.duplicate", table="cluster", id="x"), 409),
    (errors.GeometryProblem("geometry.empty"), 422),
]


@pytest.mark.parametrize(("fault", "status"), FAULTS, ids=lambda value: getattr(value, "code", ""))
def test_a_fault_of_the_register_is_told_without_its_path(
    own_store: GeoPackageStore,
    monkeypatch: pytest.MonkeyPatch,
    fault: errors.GisError,
    status: int,
) -> None:
    """The code stays the register's own; a busy one says when to come back."""

    def broken(*_: object, **__: object) -> None:
        raise fault

    with client_of(Settings(), own_store) as client:
        with monkeypatch.context() as patch:
            patch.setattr(type(own_store), "present", broken)
            answer = client.get("/api/clusters?lang=en")
        assert (answer.status_code, answer.json()["code"]) == (status, fault.code)
        assert not any(word in answer.text for word in ("secret", "SQLITE_X", "/srv"))
        assert answer.headers.get("retry-after") == ("2" if fault.code == "register.busy" else None)
        assert client.get("/api/clusters?lang=en").status_code == 200


def test_a_register_gone_from_the_disk_is_a_503(own_store: GeoPackageStore, tmp_path: Path) -> None:
    """Even health then says so, with the code of the fault."""
    with client_of(Settings(), own_store) as client:
        assert client.get("/health").json()["status"] == "ok"
        own_store.close()
        file = tmp_path / "own.gpkg"
        whole = file.read_bytes()
        file.write_bytes(b"no database" * 1000)
        answer = client.get("/health?lang=en")
        file.write_bytes(whole)
        assert answer.status_code == 503
        assert answer.json()["code"] == "register.corrupt"
        assert str(tmp_path) not in answer.text
        assert client.get("/health").status_code == 200


def test_health_tells_version_schema_and_changes(own_store: GeoPackageStore) -> None:
    """What an operator asks first, never cached."""
    with client_of(Settings(), own_store) as client:
        answer = client.get("/health")
        assert answer.headers["cache-control"] == "no-store"
        assert answer.json()["register"]["changes"] == own_store.change_counter()
        assert answer.json()["register"]["schema"] >= 1


def test_an_empty_register_answers_lists_and_says_what_to_do(empty_store: GeoPackageStore) -> None:
    """Lists are empty; a share has no territory, and the refusal names the command."""
    with client_of(Settings(), empty_store) as client:
        assert client.json("/api/clusters")["features"] == []
        assert client.json("/api/parcels")["features"] == []
        assert client.json("/api/reconciliation")["rows"] == []
        for path in ("share", "history", "outline"):
            answer = client.get(f"/api/province/{path}")
            assert (answer.status_code, answer.json()["code"]) == (404, "register.empty")
            assert "ccn-gis init" in answer.json()["detail"]


def test_every_class_of_error_has_a_status_and_a_title() -> None:
    """A new class of error without a status fails here, not on the wire."""
    classes = {errors.GisError}
    while True:
        grown = classes | {sub for cls in classes for sub in cls.__subclasses__()}
        if grown == classes:
            break
        classes = grown
    for cls in classes - {errors.GisError}:
        assert status_of(cls(next(iter(TEXTS)))) in TITLES
    assert set(STATUS_OF_CLASS) <= classes


def test_refusals_of_http_have_both_languages() -> None:
    """Each title and sentence is there twice, with the same places."""
    for name, refusal in REFUSALS.items():
        for text in (refusal.title, refusal.detail):
            assert text.vi, name
            assert text.en != text.vi
