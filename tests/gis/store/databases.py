"""Databases that hold an empty register, emptied and used again: making one takes long.

One that a test left otherwise than as it got it, but for rows, is dropped and never used again.
"""

from contextlib import ExitStack

import psycopg

from gis.store import create_store
from tests.gis.store.things import FakeClock
from tests.postgres import PostgresServer

_TEMPLATE = "template_register"
_ALONE = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
    """
#: Changes with every table, column, index, trigger, role's right and schema.
_FORM = """
    SELECT md5(string_agg(line, ',' ORDER BY line)) FROM (
      SELECT concat(oid, relname, relkind, relacl) FROM pg_class WHERE relnamespace NOT IN (
        SELECT oid FROM pg_namespace WHERE nspname IN ('pg_catalog', 'pg_toast'))
      UNION ALL SELECT concat(attrelid, attname, attisdropped) FROM pg_attribute
        JOIN pg_class ON attrelid = pg_class.oid WHERE relnamespace = 'public'::regnamespace
      UNION ALL SELECT concat(tgrelid, tgname) FROM pg_trigger
      UNION ALL SELECT concat(oid, nspname) FROM pg_namespace WHERE nspname NOT LIKE 'pg\\_%'
    ) AS found(line)
    """
_EMPTY = """
    DO $$
    DECLARE name text;
    BEGIN
      PERFORM set_config('ccn_gis.gate', 'open', true);
      FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public'
        AND tablename NOT IN ('spatial_ref_sys', 'ccn_gis_register')
      LOOP EXECUTE format('DELETE FROM %I', name); END LOOP;
      UPDATE ccn_gis_register SET schema_version = (SELECT schema_version FROM as_it_was.as_made),
        made_at = (SELECT made_at FROM as_it_was.as_made);
      PERFORM setval(format('%I', sequencename)::regclass, 1, false) FROM pg_sequences
        WHERE last_value IS NOT NULL;
    END $$
    """
"""The register's own row stands as it was made in a table that no test knows of."""


class Databases:
    """Gives databases to tests and takes them back."""

    def __init__(self, server: PostgresServer, kept: ExitStack) -> None:
        self._server = server
        self._kept = kept
        self._free: list[str] = []
        self._form: dict[str, str] = {}

    def take(self) -> str:
        """Return the address of an empty register that nobody else has."""
        if self._free:
            return self._free.pop()
        self._server.ensure_template(_TEMPLATE, _make)
        url = self._kept.enter_context(self._server.fresh_database(_TEMPLATE))
        with psycopg.connect(url, autocommit=True) as raw:
            self._form[url] = _form(raw)
        return url

    def give_back(self, url: str) -> None:
        """Empty a register for the next test, unless its tables are no longer the same."""
        with psycopg.connect(url, autocommit=True) as raw:
            raw.execute(_ALONE)
            if _form(raw) == self._form[url]:
                raw.execute(_EMPTY)
                self._free.append(url)


def _make(url: str) -> None:
    create_store(url, clock=FakeClock()).close()
    with psycopg.connect(url, autocommit=True) as raw:
        raw.execute("CREATE SCHEMA as_it_was")
        raw.execute("CREATE TABLE as_it_was.as_made AS SELECT * FROM ccn_gis_register")


def _form(raw: psycopg.Connection) -> str:
    row = raw.execute(_FORM).fetchone()
    assert row
    return str(row[0])
