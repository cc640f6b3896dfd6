"""Documents are named by their content, kept whole, never written over, and looked at again."""

import hashlib
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from gis.documents import (
    all_documents,
    document_path,
    documents_folder,
    put_document,
    read_document,
)
from gis.errors import NotFound, StoreProblem

PAPER = b"%PDF-1.7 quy\xe1\xba\xbft \xc4\x91\xe1\xbb\x8bnh"
DIGEST = hashlib.sha256(PAPER).hexdigest()


def test_a_document_comes_back_as_it_was_put(tmp_path: Path) -> None:
    """Under its SHA-256, in a private folder; what is put twice is there once."""
    folder = documents_folder(str(tmp_path / "register.gpkg"))
    assert put_document(folder, PAPER) == DIGEST
    assert put_document(folder, PAPER) == DIGEST
    assert put_document(folder, b"") == hashlib.sha256(b"").hexdigest()
    assert read_document(folder, DIGEST) == PAPER
    assert all_documents(folder) == sorted([DIGEST, hashlib.sha256(b"").hexdigest()])
    assert {path.name for path in folder.iterdir()} == set(all_documents(folder))
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(document_path(folder, DIGEST).stat().st_mode) == 0o600


def test_a_changed_document_is_not_given_out(tmp_path: Path) -> None:
    """Nor put over: it has to come from a backup."""
    put_document(tmp_path, PAPER)
    document_path(tmp_path, DIGEST).write_bytes(PAPER + b" ")
    for ask in (lambda: read_document(tmp_path, DIGEST), lambda: put_document(tmp_path, PAPER)):
        with pytest.raises(StoreProblem) as problem:
            ask()
        assert problem.value.code == "document.damaged"
    assert document_path(tmp_path, DIGEST).read_bytes() == PAPER + b" "


@pytest.mark.parametrize(
    "name", ["../register.gpkg", DIGEST.upper(), DIGEST[:-1], "", f"{DIGEST}/..", DIGEST + "\n"]
)
def test_only_a_hash_names_a_document(tmp_path: Path, name: str) -> None:
    """No path leads out of the folder."""
    with pytest.raises(NotFound) as problem:
        read_document(tmp_path, name)
    assert problem.value.code == "document.unknown"


def test_a_document_that_is_not_there_is_unknown(tmp_path: Path) -> None:
    """And a folder that is not there holds none."""
    with pytest.raises(NotFound):
        read_document(tmp_path, DIGEST)
    assert all_documents(tmp_path / "nowhere") == []


def test_many_put_one_document_at_once(tmp_path: Path) -> None:
    """It is there once, and nothing beside it."""
    with ThreadPoolExecutor(8) as pool:
        digests = set(pool.map(lambda _: put_document(tmp_path / "d", PAPER), range(32)))
    assert digests == {DIGEST}
    assert [path.name for path in (tmp_path / "d").iterdir()] == [DIGEST]


def test_the_folder_is_beside_the_file_or_where_it_is_set() -> None:
    """A register that is no file needs a setting."""
    assert documents_folder("a/b.gpkg") == Path("a/b.gpkg.documents")
    assert documents_folder("a/b.gpkg", "/srv/papers") == Path("/srv/papers")
    assert documents_folder("postgresql://host/db", "/srv/papers") == Path("/srv/papers")
    with pytest.raises(StoreProblem) as problem:
        documents_folder("postgresql://host/db")
    assert problem.value.code == "documents.folder"
