"""The papers behind decisions: files named by the SHA-256 of their content, beside the register.

A document is on disk before the change that names it is kept, and never written over. Two
decisions may share one.
"""

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from gis.durable import naming_faults, sync_folder, whole_file
from gis.errors import NotFound, StoreProblem

_DIGEST: Final = re.compile(r"[0-9a-f]{64}")
_PRIVATE_FOLDER: Final = 0o700
_PRIVATE_FILE: Final = 0o600


def documents_folder(register: str, folder: str = "") -> Path:
    """Return where the documents of a register lie: the folder set, else beside its file.

    >>> documents_folder("land/register.gpkg").name
    'register.gpkg.documents'

    Raises:
        StoreProblem: ``documents.folder`` where the register is no file and no folder is set.
    """
    if folder:
        return Path(folder)
    if "://" in register:
        raise StoreProblem("documents.folder")
    return Path(f"{register}.documents")


def put_document(folder: Path, content: bytes) -> str:
    """Keep a document and return its SHA-256; when this returns it is on disk.

    One that is there already is left alone, if it is sound.

    Raises:
        StoreProblem: ``document.damaged``, ``register.full``, ``register.io`` or
            ``register.read_only``.
    """
    digest = hashlib.sha256(content).hexdigest()
    path = document_path(folder, digest)
    _make(folder)
    try:
        with whole_file(path, mode=_PRIVATE_FILE, taken="document.there") as unfinished:
            unfinished.write_bytes(content)
    except StoreProblem as problem:
        if problem.code != "document.there":
            raise
        read_document(folder, digest)
    return digest


def read_document(folder: Path, digest: str) -> bytes:
    """Return a document's content, after looking whether it is still what it was.

    Raises:
        NotFound: ``document.unknown``.
        StoreProblem: ``document.damaged`` or ``register.read_only``.
    """
    path = document_path(folder, digest)
    with naming_faults(path):
        if not path.is_file():
            raise NotFound("document.unknown", value=digest)
        content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != digest:
        raise StoreProblem("document.damaged", path=str(path))
    return content


def document_path(folder: Path, digest: str) -> Path:
    """Return the file of a document; only a SHA-256 in hexadecimal digits names one.

    Raises:
        NotFound: ``document.unknown``.
    """
    if _DIGEST.fullmatch(digest) is None:
        raise NotFound("document.unknown", value=digest[:80])
    return folder / digest


def all_documents(folder: Path) -> Sequence[str]:
    """Return the digests of the documents in a folder, in order; none where there is no folder."""
    with naming_faults(folder):
        if not folder.is_dir():
            return []
        return sorted(path.name for path in folder.iterdir() if _DIGEST.fullmatch(path.name))


def _make(folder: Path) -> None:
    with naming_faults(folder):
        if not folder.is_dir():
            folder.mkdir(mode=_PRIVATE_FOLDER, exist_ok=True)
            sync_folder(folder.parent)
