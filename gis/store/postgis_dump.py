"""Dumping a register out of PostgreSQL and back, by PostgreSQL's own programs.

The accounts' schema goes with it. A password is handed on in the environment, never on a command
line, where every user of the machine could read it.
"""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import psycopg
from psycopg import conninfo, sql

from gis.accounts.schema import POSTGRES_SCHEMA as ACCOUNTS
from gis.errors import StoreProblem
from gis.store.postgis_address import PostgisAddress
from gis.store.schema import register

#: A line of ``pg_restore --list``: number, two ids, what it is, its schema and its name.
_ENTRY: Final = re.compile(
    r"\d+; \d+ \d+ (?P<what>[A-Z][A-Z ]*[A-Z]) (?P<schema>\S+) (?P<name>\S+)"
)
#: What is dropped again, in this order, where a restored register is not kept.
_DROPPED: Final = ("TABLE", "FUNCTION")


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that a dump holds; ``line`` is how ``pg_restore`` lists it."""

    what: str
    schema: str
    name: str
    line: str


def dump(raw: psycopg.Connection[Any], address: PostgisAddress, to: Path) -> None:
    """Write the register, and the accounts beside it, as of what a connection's snapshot sees.

    Raises:
        StoreProblem: ``backup.program`` or ``register.server``.
    """
    (snapshot,) = raw.execute("SELECT pg_export_snapshot()").fetchone() or ("",)
    schemas = [f"--schema={_exact(name)}" for name in (address.schema, ACCOUNTS)]
    options = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}"]
    _run("pg_dump", [*options, *schemas, f"--file={to}"], address)


def entries(dumped: Path, address: PostgisAddress) -> Sequence[Entry]:
    """Return what a dump holds, without the schemas themselves.

    Raises:
        StoreProblem: ``backup.program``, or ``backup.damaged`` where it is no register of the
            address's schema.
    """
    try:
        listed = _run("pg_restore", ["--list", str(dumped)], address, is_alone=True)
    except StoreProblem as problem:
        if problem.code == "backup.program":
            raise
        raise StoreProblem("backup.damaged", path=str(dumped), reason="no dump") from problem
    found = [
        Entry(match["what"], match["schema"], match["name"], line)
        for line in listed.splitlines()
        if (match := _ENTRY.match(line)) and match["schema"] != "-"
    ]
    schemas = {entry.schema for entry in found if entry.name == register.name}
    if schemas != {address.schema}:
        reason = f"schema {', '.join(sorted(schemas)) or '–'}"
        raise StoreProblem("backup.damaged", path=str(dumped), reason=reason)
    return found


def load(dumped: Path, wanted: Sequence[Entry], address: PostgisAddress) -> None:
    """Make everything that is wanted of a dump in one transaction.

    Raises:
        StoreProblem: ``backup.program`` or ``register.server``.
    """
    options = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"]
    with tempfile.NamedTemporaryFile("w", suffix=".list", encoding="utf-8") as lines:
        lines.writelines(f"{entry.line}\n" for entry in wanted)
        lines.flush()
        listed = [f"--use-list={lines.name}", str(dumped)]
        _run("pg_restore", [*options, *listed], address)


def drop(raw: psycopg.Connection[Any], made: Sequence[Entry]) -> None:
    """Take away what `load` made."""
    for what in _DROPPED:
        for entry in made:
            if entry.what == what:
                name = sql.Identifier(entry.schema, entry.name.partition("(")[0])
                statement = sql.SQL("DROP {} IF EXISTS {} CASCADE")
                raw.execute(statement.format(sql.SQL(what), name))


def schemas_of(wanted: Sequence[Entry]) -> Iterator[str]:
    """Yield the schemas that a dump's things are in."""
    yield from sorted({entry.schema for entry in wanted})


def _exact(schema: str) -> str:
    """Return a pattern that one schema only has the name of."""
    return '"' + schema.replace('"', '""') + '"'


def _run(
    program: str, options: Sequence[str], address: PostgisAddress, *, is_alone: bool = False
) -> str:
    """Run a program of PostgreSQL's on the address's database, or alone; return what it said."""
    path = shutil.which(program)
    if path is None:
        raise StoreProblem("backup.program", program=program)
    known, environment = _connection(address)
    place = [] if is_alone else [f"--dbname={known}"]
    done = subprocess.run(  # noqa: S603 - PostgreSQL's own program, with options of ours
        [path, *place, *options],
        env=environment,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode:
        raise _problem(done.stderr, address)
    return done.stdout


def _connection(address: PostgisAddress) -> tuple[str, Mapping[str, str]]:
    """Return how a program connects: what may be read by others, and the environment."""
    text = address.url.set(drivername="postgresql").render_as_string(hide_password=False)
    told: dict[str, Any] = conninfo.conninfo_to_dict(text)
    password = told.pop("password", None)
    environment = dict(os.environ)
    if password is not None:
        environment["PGPASSWORD"] = str(password)
    return conninfo.make_conninfo(**told), environment


def _problem(said: str, address: PostgisAddress) -> StoreProblem:
    """Return why a program ended badly, without a password."""
    if "No space left on device" in said:
        return StoreProblem("register.full", path=address.shown)
    if "already exists" in said:
        return StoreProblem("register.exists", path=address.shown)
    reason = (said.strip().splitlines() or ["–"])[0][:200]
    for secret in address.secrets:
        reason = reason.replace(secret, "***")
    return StoreProblem("register.server", path=address.shown, reason=reason)
