"""The accounts of a register that is a file, as one file: for a backup, and back from it."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

from gis.accounts.database import accounts_path
from gis.durable import naming_faults, whole_file
from gis.errors import StoreProblem

_PRIVATE: Final = 0o600


def dump_accounts(register: str, to: Path) -> bool:
    """Write the accounts, as of one moment, into a new file; False where a register has none.

    Raises:
        StoreProblem: ``accounts.unavailable``, ``file.exists``, ``register.full``, …
    """
    path = accounts_path(register)
    if not path.is_file():
        return False
    with whole_file(to, mode=_PRIVATE) as unfinished:
        try:
            address = f"{path.resolve().as_uri()}?mode=ro"
            with (
                closing(sqlite3.connect(address, uri=True)) as source,
                closing(sqlite3.connect(unfinished)) as target,
            ):
                source.backup(target)
        except sqlite3.Error as error:
            reason = getattr(error, "sqlite_errorname", type(error).__name__)
            raise StoreProblem("accounts.unavailable", path=str(path), reason=reason) from error
    return True


def load_accounts(register: str, dumped: Path) -> None:
    """Put dumped accounts beside a register, unless they are there already.

    Raises:
        StoreProblem: ``accounts.exists`` where others are there; ``register.full``, …
    """
    path = accounts_path(register)
    with naming_faults(path):
        if path.exists() and path.read_bytes() == dumped.read_bytes():
            return
    with whole_file(path, mode=_PRIVATE, taken="accounts.exists") as unfinished:
        shutil.copyfile(dumped, unfinished)
