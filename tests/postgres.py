"""One PostgreSQL server with PostGIS for a whole test run, shared by its workers.

The first test that asks starts it: on a private socket, in the run's own folder, as a user who
is not root, because PostgreSQL refuses root. The process that leads the run stops it.
"""

import fcntl
import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from psycopg import sql

OWNER = "ccn"
TEMPLATE = "template_postgis"
UNPRIVILEGED = ("postgres", "nobody")
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "60",
    "shared_buffers": "64MB",
    # Nothing of a test run has to outlive a crash.
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
}


#: As a team's server runs: what is committed outlives a crash.
DURABLE = SETTINGS | {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}


@dataclass(frozen=True, slots=True)
class PostgresServer:
    """A server in ``folder``, which also holds its socket."""

    folder: Path
    settings: Mapping[str, str] = field(default_factory=lambda: SETTINGS)

    @property
    def cluster(self) -> Path:
        """The folder of PostgreSQL's own files."""
        return self.folder / "cluster"

    def url(self, database: str) -> str:
        """Return the address of a database, as libpq and SQLAlchemy read it."""
        return f"postgresql://{OWNER}@/{database}?host={self.folder}"

    def ensure_started(self) -> None:
        """Start the server unless a worker of this run has done so."""
        with (self.folder / "lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (self.folder / "ready").exists():
                self._start()
                (self.folder / "ready").touch()

    def become_replica_of(self, primary: "PostgresServer") -> None:
        """Start as a copy of another server that follows it and only reads."""
        self._own_folder()
        source = ["-h", str(primary.folder), "-U", OWNER]
        _run("pg_basebackup", "-D", str(self.cluster), "-R", "-X", "stream", "-c", "fast", *source)
        self._launch()

    def _own_folder(self) -> None:
        user = _unprivileged_user()
        if user:
            os.chown(self.folder, user.pw_uid, user.pw_gid)

    def _start(self) -> None:
        self._own_folder()
        _run(
            "initdb",
            "-D",
            str(self.cluster),
            "-U",
            OWNER,
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-sync",
            "--locale=C.UTF-8",
        )
        self._launch()
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(TEMPLATE)))
        with psycopg.connect(self.url(TEMPLATE), autocommit=True) as connection:
            connection.execute("CREATE EXTENSION postgis")

    def _launch(self) -> None:
        options = " ".join(f"-c {name}='{value}'" for name, value in self.settings.items())
        options += f" -c unix_socket_directories='{self.folder}'"
        _run(
            "pg_ctl",
            "start",
            "-w",
            "-D",
            str(self.cluster),
            "-l",
            str(self.cluster / "log"),
            "-o",
            options,
        )

    def ensure_template(self, name: str, fill: Callable[[str], None]) -> None:
        """Make a database from which others are copied, unless a worker of this run has done so.

        ``fill`` gets its address and leaves no connection open.
        """
        with (self.folder / "lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if (self.folder / name).exists():
                return
            with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
                connection.execute(
                    sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                        sql.Identifier(name), sql.Identifier(TEMPLATE)
                    )
                )
            fill(self.url(name))
            (self.folder / name).touch()

    @contextmanager
    def fresh_database(self, template: str = TEMPLATE) -> Iterator[str]:
        """Yield the address of a new database with PostGIS; it is dropped afterwards."""
        name = f"test_{uuid.uuid4().hex}"
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                    sql.Identifier(name), sql.Identifier(template)
                )
            )
            yield self.url(name)
            connection.execute(
                sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
            )

    def stop(self) -> None:
        """Stop the server, if one was started, and remove the folder."""
        if (self.cluster / "postmaster.pid").exists():
            _run("pg_ctl", "stop", "-w", "-m", "immediate", "-D", str(self.cluster))
        shutil.rmtree(self.folder)


def _run(program: str, *arguments: str) -> None:
    command = [str(_programs() / program), *arguments]
    user = _unprivileged_user()
    if user:
        ids = [f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
        command = ["setpriv", *ids, *command]
    # pg_ctl leaves a server behind that keeps its output open: a file ends, a pipe would not.
    with tempfile.TemporaryFile("w+") as said:
        done = subprocess.run(
            command, cwd="/", stdout=said, stderr=said, stdin=subprocess.DEVNULL, check=False
        )
        said.seek(0)
        if done.returncode:
            raise RuntimeError(f"{' '.join(command)} failed:\n{said.read()}")


def _programs() -> Path:
    """Return the folder of PostgreSQL's programs: Debian keeps them off the PATH."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    found = str(versions[-1]) if versions else shutil.which("initdb")
    if found is None:
        raise RuntimeError("PostgreSQL is not installed; `make test` names what is missing")
    return Path(found).parent


def _unprivileged_user() -> pwd.struct_passwd | None:
    """Return whom the server runs as, or None where the tests don't run as root."""
    if os.geteuid() != 0:
        return None
    for name in UNPRIVILEGED:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise RuntimeError("There is no user to run PostgreSQL as")
