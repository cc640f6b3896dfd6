"""Back up a register with its documents and accounts into one file, and restore it from there.

The file is a zip archive: the register, its accounts, every document, and a manifest with sizes,
hashes, counts and the ends of the journal's chains. It holds everything that the register holds,
names too: keep it as you keep the register.
"""

import hashlib
import json
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from gis.accounts.copying import dump_accounts, load_accounts
from gis.anchors import head_as_json, head_from_json
from gis.documents import all_documents, put_document, read_document
from gis.durable import naming_faults, scratch_folder, whole_file
from gis.errors import StoreProblem
from gis.store import Clock, Head, Store, dump_name_of, load_store, open_store
from gis.store.instants import instant_text, utc_now

#: Grows when a backup is laid out otherwise; a higher one was made by a newer program.
FORMAT: Final = 1
_MANIFEST: Final = "manifest.json"
_ACCOUNTS: Final = "accounts.sqlite"
_DOCUMENTS: Final = "documents/"
_DOCUMENT: Final = re.compile(f"{_DOCUMENTS}[0-9a-f]{{64}}")
#: What the engines' dumps are called.
_REGISTERS: Final = ("register.gpkg", "register.dump")
_PRIVATE: Final = 0o600
_PORTION: Final = 1 << 20
_MANIFEST_BYTES: Final = 64 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file inside a backup: its size in bytes and its SHA-256."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a backup holds; ``counts`` are versions of each kind, ``head`` the ends of chains."""

    made_at: datetime
    made_by: str
    register: str
    head: Head
    counts: Mapping[str, int]
    files: Mapping[str, File] = field(default_factory=dict)

    @property
    def documents(self) -> Sequence[str]:
        """Return the digests of the documents, in order."""
        starts = (name for name in sorted(self.files) if name.startswith(_DOCUMENTS))
        return [name.removeprefix(_DOCUMENTS) for name in starts]

    @property
    def has_accounts(self) -> bool:
        """Say whether accounts are in it as a file of their own."""
        return _ACCOUNTS in self.files


def back_up(
    register: str, to: Path, *, documents: Path, made_by: str, clock: Clock = utc_now
) -> Manifest:
    """Write a backup of a register into a new file, while others go on writing.

    The register comes first and the documents last: a document is there before the change that
    names it. When this returns, the file is on disk under its name.

    Raises:
        StoreProblem: ``file.exists``, ``document.damaged``, ``register.full`` and what opening
            the register says.
    """
    with (
        whole_file(to, mode=_PRIVATE) as unfinished,
        scratch_folder(to) as folder,
        closing(open_store(register)) as store,
        zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        copy = folder / store.dump_name
        copy.touch(_PRIVATE)
        dumped = store.dump(copy)
        files = {store.dump_name: _add(archive, store.dump_name, copy)}
        accounts = folder / _ACCOUNTS
        if "://" not in register and dump_accounts(register, accounts):
            files[_ACCOUNTS] = _add(archive, _ACCOUNTS, accounts)
        for digest in all_documents(documents):
            content = read_document(documents, digest)
            archive.writestr(_DOCUMENTS + digest, content)
            files[_DOCUMENTS + digest] = File(size=len(content), sha256=digest)
        manifest = Manifest(
            made_at=clock(),
            made_by=made_by,
            register=store.dump_name,
            head=dumped.head,
            counts=dumped.counts,
            files=files,
        )
        archive.writestr(_MANIFEST, json.dumps(_as_json(manifest), ensure_ascii=False, indent=1))
    return manifest


def restore(source: Path, register: str, *, documents: Path, unverified: bool = False) -> Manifest:
    """Make a register of a backup; the register gets its name last, and never another's.

    Before that, sizes and hashes of all files are compared with the manifest, the chains are
    computed from the tables, and documents and accounts are put in their places. Restoring again
    after an interruption goes on where it was. ``unverified`` restores even what no longer
    follows from its journal.

    Raises:
        StoreProblem: ``backup.damaged``, ``backup.newer``, ``backup.engine``,
            ``register.exists``, ``accounts.exists``, ``document.damaged``, ``register.full``, …
    """
    beside = documents if "://" in register else Path(register)
    with naming_faults(beside), _opened(source) as archive, scratch_folder(beside) as folder:
        manifest = _read_manifest(archive, source)
        _require_kind(register, manifest, source)
        for name, file in manifest.files.items():
            _extract(archive, name, file, folder, source)

        def look(store: Store) -> None:
            _require_whole(store, manifest, source)
            if not unverified:
                _require_vouched_for(store, manifest, source)
            for digest in manifest.documents:
                put_document(documents, (folder / digest).read_bytes())
            if manifest.has_accounts:
                load_accounts(register, folder / _ACCOUNTS)

        load_store(register, folder / manifest.register, look)
    return manifest


def read_manifest(source: Path) -> Manifest:
    """Return what a backup says that it holds.

    Raises:
        StoreProblem: ``backup.damaged`` or ``backup.newer``.
    """
    with _opened(source) as archive:
        return _read_manifest(archive, source)


@contextmanager
def _opened(source: Path) -> Iterator[zipfile.ZipFile]:
    """Open an archive; whatever is wrong inside, the backup is damaged."""
    try:
        with zipfile.ZipFile(source) as archive:
            yield archive
    except FileNotFoundError as error:
        raise _damaged(source, "no such file") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise _damaged(source, type(error).__name__) from error


def _add(archive: zipfile.ZipFile, name: str, path: Path) -> File:
    """Put a file into the archive and return its size and hash, as it was put there."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as content, archive.open(name, "w", force_zip64=True) as member:
        while portion := content.read(_PORTION):
            member.write(portion)
            digest.update(portion)
            size += len(portion)
    return File(size=size, sha256=digest.hexdigest())


def _extract(archive: zipfile.ZipFile, name: str, file: File, folder: Path, source: Path) -> None:
    """Take a file out of the archive, if it is what the manifest says."""
    digest, size = hashlib.sha256(), 0
    target = folder / name.removeprefix(_DOCUMENTS)
    try:
        member = archive.open(name)
    except KeyError as error:
        raise _damaged(source, f"{name} is missing") from error
    with member, target.open("xb") as copy:
        while size <= file.size and (portion := member.read(_PORTION)):
            copy.write(portion)
            digest.update(portion)
            size += len(portion)
    if (size, digest.hexdigest()) != (file.size, file.sha256):
        raise _damaged(source, f"{name} differs from the manifest")


def _read_manifest(archive: zipfile.ZipFile, source: Path) -> Manifest:
    try:
        with archive.open(_MANIFEST) as member:
            told = json.loads(member.read(_MANIFEST_BYTES))
        if told["format"] > FORMAT:
            facts = {"path": str(source), "found": told["format"], "known": FORMAT}
            raise StoreProblem("backup.newer", **facts)
        manifest = _from_json(told)
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise _damaged(source, "no manifest") from error
    known = {manifest.register, _ACCOUNTS}
    for name in manifest.files:
        if name not in known and not _DOCUMENT.fullmatch(name):
            raise _damaged(source, "a file of another name")
    if manifest.register not in manifest.files:
        raise _damaged(source, "no register in it")
    return manifest


def _as_json(manifest: Manifest) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "made_at": instant_text(manifest.made_at),
        "made_by": manifest.made_by,
        "register": manifest.register,
        "head": head_as_json(manifest.head),
        "versions": dict(manifest.counts),
        "files": {
            name: {"bytes": file.size, "sha256": file.sha256}
            for name, file in manifest.files.items()
        },
    }


def _from_json(told: Mapping[str, Any]) -> Manifest:
    if told["register"] not in _REGISTERS:
        raise ValueError(told["register"])
    return Manifest(
        made_at=datetime.fromisoformat(told["made_at"]),
        made_by=str(told["made_by"]),
        register=told["register"],
        head=head_from_json(told["head"]),
        counts={str(table): int(count) for table, count in told["versions"].items()},
        files={
            str(name): File(size=int(file["bytes"]), sha256=str(file["sha256"]))
            for name, file in told["files"].items()
        },
    )


def _require_kind(register: str, manifest: Manifest, source: Path) -> None:
    needed = dump_name_of(register)
    if needed != manifest.register:
        facts = {"path": str(source), "found": manifest.register, "needed": needed}
        raise StoreProblem("backup.engine", **facts)


def _require_whole(store: Store, manifest: Manifest, source: Path) -> None:
    """See that the register holds as much as when it was backed up."""
    counts = store.counts()
    if any(counts.get(table) != count for table, count in manifest.counts.items()):
        raise _damaged(source, "other counts than the manifest")


def _require_vouched_for(store: Store, manifest: Manifest, source: Path) -> None:
    verified = store.verify([manifest.head])
    if not verified.is_clean:
        raise _damaged(source, verified.findings[0].code)


def _damaged(source: Path, reason: str) -> StoreProblem:
    return StoreProblem("backup.damaged", path=str(source), reason=reason)
