"""Papers behind decisions over HTTP: kept by their content, given back as files, never run."""

import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.settings import Settings
from gis.accounts import Accounts
from gis.documents import documents_folder
from gis.store import open_store
from tests.api.client import Client, client_of
from tests.api.signing_in import bearer

PDF = b"%PDF-1.7\n" + "Quyết định".encode()
PDF_SHA256 = hashlib.sha256(PDF).hexdigest()


@pytest.fixture
def register(example_file: Path, tmp_path: Path) -> Path:
    """Return the file of a register of its own."""
    return Path(shutil.copy(example_file, tmp_path / "own.gpkg"))


@pytest.fixture
def client(register: Path, accounts: Accounts) -> Iterator[Client]:
    """Yield a client of the service of that register."""
    store = open_store(register)
    with client_of(Settings(register=str(register)), store, accounts) as made:
        yield made
    store.close()


def send(client: Client, accounts: Accounts, login: str, content: bytes) -> tuple[int, str]:
    """Send a document and return status and digest or code."""
    headers = bearer(accounts, login) | {"Content-Type": "application/octet-stream"}
    answer = client.request("POST", "/api/documents", headers, content=content)
    body = answer.json()
    return answer.status_code, body.get("sha256") or body["code"]


def test_a_document_is_kept_and_given_back(
    client: Client, accounts: Accounts, register: Path
) -> None:
    """As a file to save, in a sandbox; sent twice it is one document."""
    for _ in range(2):
        assert send(client, accounts, "officer", PDF) == (201, PDF_SHA256)
    assert len(list(documents_folder(str(register)).iterdir())) == 1
    answer = client.get(f"/api/documents/{PDF_SHA256}", bearer(accounts, "planner"))
    assert answer.content == PDF
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "private, no-store"


@pytest.mark.parametrize("content", [b"", b"<script>alert(1)</script>", b"GIF89a", b"MZ\x90"])
def test_what_is_no_paper_is_refused(
    client: Client, accounts: Accounts, register: Path, content: bytes
) -> None:
    """By its content, whatever it is called; nothing is kept."""
    assert send(client, accounts, "officer", content) == (400, "document.kind")
    assert not documents_folder(str(register)).exists()


def test_papers_are_for_those_with_a_right(client: Client, accounts: Accounts) -> None:
    """The public neither sends nor reads; who may is told."""
    sent = client.request("POST", "/api/documents", {"Content-Type": "x/y"}, content=PDF)
    assert (sent.status_code, sent.json()["code"]) == (401, "auth.required")
    send(client, accounts, "officer", PDF)
    assert client.get(f"/api/documents/{PDF_SHA256}").status_code == 401


@pytest.mark.parametrize("name", ["0" * 64, "..%2f..%2fetc%2fpasswd", "x"])
def test_only_a_digest_names_a_document(client: Client, accounts: Accounts, name: str) -> None:
    """No path does."""
    answer = client.get(f"/api/documents/{name}", bearer(accounts, "planner"))
    assert (answer.status_code, answer.json()["code"]) in [
        (404, "document.unknown"),
        (404, "path.unknown"),
    ]


def test_a_document_may_be_larger_than_other_bodies(client: Client, accounts: Accounts) -> None:
    """Up to the limit for files."""
    large = PDF + b"\x00" * 11_000_000
    assert send(client, accounts, "officer", large)[0] == 201
