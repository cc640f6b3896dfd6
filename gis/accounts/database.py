"""The database of the accounts: opened beside a register, or made there.

A SQLite file with mode 0600 next to the register's file, or a schema of the register's PostgreSQL
database (`schema_of`). Every transaction that writes is serialised, so that a limit or
"the last administrator" is counted by one writer at a time.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, OperationalError

from gis.accounts.passwords import Passwords
from gis.accounts.policy import Clock, Policy, utc_now
from gis.accounts.schema import POSTGRES_SCHEMA, SCHEMA_VERSION, event, fact, metadata
from gis.errors import StoreBusy, StoreProblem

_OURS: Final = 0x43434E41
"""SQLite's application_id of our file: "CCNA"."""

_WAIT_S: Final = 5.0
_PRIVATE: Final = 0o600
_WRITER_LOCK: Final = 0x43434E41
"""Number of the advisory lock that serialises writers on PostgreSQL."""


def accounts_path(register: str) -> Path:
    """Return the file of the accounts of a register that is a file.

    >>> accounts_path("land/register.gpkg").name
    'register.gpkg.accounts'
    """
    return Path(f"{register}.accounts")


def schema_of(register: str) -> str:
    """Return the schema of the accounts of a register that is in PostgreSQL.

    Beside a register in a schema of its own there is one of its name: a database may hold several.

    >>> schema_of("postgresql://ccn@/land"), schema_of("postgresql://ccn@/land?schema=phu_tho")
    ('accounts', 'phu_tho_accounts')
    """
    schema = sa.make_url(register).query.get("schema", "public")
    return POSTGRES_SCHEMA if schema == "public" else f"{schema}_{POSTGRES_SCHEMA}"


def open_accounts(
    register: str, *, clock: Clock = utc_now, policy: Policy | None = None
) -> "Accounts":
    """Open the accounts of a register, or make their database where there is none yet.

    ``register`` is a path or a ``postgresql://`` address. The caller closes what it opened.

    Raises:
        StoreProblem: ``accounts.unavailable``, ``accounts.not_ours`` or ``accounts.newer``.
    """
    if register.startswith(("postgresql://", "postgres://")):
        place = schema_of(register)
        engine = _postgres_engine(register, place)
    else:
        path = accounts_path(register)
        place = str(path)
        _make_private(path)
        engine = _sqlite_engine(path)
    accounts = Accounts(engine, place=place, clock=clock, policy=policy or Policy())
    try:
        accounts.prepare()
    except BaseException:
        accounts.close()
        raise
    return accounts


class Accounts:
    """An open database of accounts. Safe to use from several threads."""

    def __init__(self, engine: sa.Engine, *, place: str, clock: Clock, policy: Policy) -> None:
        self._engine = engine
        self._place = place
        self.now = clock
        self.policy = policy
        self.passwords = Passwords(policy)

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Open a connection that sees one state."""
        with self._translating(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """Open a transaction that is alone in writing: all of it is kept, or nothing.

        Raises:
            StoreBusy: ``register.busy`` where another writer does not end.
        """
        with self._translating(), self._engine.connect() as connection:
            writer = connection.execution_options(is_writer=True)
            with writer.begin():
                if writer.dialect.name == "postgresql":
                    writer.execute(sa.select(sa.func.pg_advisory_xact_lock(_WRITER_LOCK)))
                yield writer

    def prepare(self) -> None:
        """Make the tables where there are none; refuse those of another or a newer program.

        Raises:
            StoreProblem: ``accounts.not_ours`` or ``accounts.newer``.
        """
        with self.writing() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(sa.schema.CreateSchema(self._place, if_not_exists=True))
            else:
                self._claim_file(connection)
            metadata.create_all(connection)
            version = connection.scalar(sa.select(fact.c.value).where(fact.c.name == "schema"))
            if version is None:
                connection.execute(fact.insert().values(name="schema", value=str(SCHEMA_VERSION)))
            elif int(version) > SCHEMA_VERSION:
                facts = {"path": self._place, "found": version, "known": SCHEMA_VERSION}
                raise StoreProblem("accounts.newer", **facts)

    def note(self, connection: sa.Connection, by: str, account_id: str, action: str) -> None:
        """Write down what was done to an account, in the transaction that does it."""
        row = {"at": self.now(), "by": by, "account_id": account_id, "action": action}
        connection.execute(event.insert().values(row))

    def close(self) -> None:
        """Let the database go."""
        self._engine.dispose()

    def _claim_file(self, connection: sa.Connection) -> None:
        found = connection.exec_driver_sql("PRAGMA application_id").scalar()
        tables = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar()
        if found != _OURS and tables:
            raise StoreProblem("accounts.not_ours", path=self._place)
        if found != _OURS:
            connection.exec_driver_sql(f"PRAGMA application_id = {_OURS}")

    @contextmanager
    def _translating(self) -> Iterator[None]:
        try:
            yield
        except OperationalError as error:
            if "locked" in str(error.orig) or "busy" in str(error.orig):
                raise StoreBusy("register.busy") from error
            raise self._unavailable(error) from error
        except DBAPIError as error:
            if "not a database" in str(error.orig):
                raise StoreProblem("accounts.not_ours", path=self._place) from error
            raise self._unavailable(error) from error

    def _unavailable(self, error: DBAPIError) -> StoreProblem:
        reason = type(error.orig).__name__
        return StoreProblem("accounts.unavailable", path=self._place, reason=reason)


def _make_private(path: Path) -> None:
    """Make the file for its owner alone before anything is in it; narrow one that is wider."""
    try:
        with suppress(FileExistsError):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _PRIVATE))
        if stat.S_IMODE(path.stat().st_mode) & ~_PRIVATE:
            path.chmod(_PRIVATE)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise StoreProblem("accounts.unavailable", path=str(path), reason=reason) from error


def _sqlite_engine(path: Path) -> sa.Engine:
    url = sa.URL.create("sqlite", database=str(path))
    engine = sa.create_engine(url, connect_args={"timeout": _WAIT_S})

    @sa.event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # transactions begin below, not at Python's guess
        connection.execute("PRAGMA foreign_keys = ON")

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        is_writer = connection.get_execution_options().get("is_writer")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writer else "BEGIN")

    return engine


def _postgres_engine(register: str, schema: str) -> sa.Engine:
    url = sa.make_url(register).set(drivername="postgresql+psycopg")
    return sa.create_engine(
        url.difference_update_query(["schema"]),  # says where the land is
        pool_pre_ping=True,
        execution_options={"schema_translate_map": {None: schema}},
    )
