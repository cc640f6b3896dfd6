"""The register in one schema of a PostgreSQL database with PostGIS: many writers, many readers.

Writers of different clusters work side by side and are sealed one after the other; a reader sees
one moment and waits for nobody (docs/adr/0011).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import psycopg
import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler

from gis.errors import StoreProblem
from gis.model import Cluster
from gis.store import postgis_dump, postgis_schema
from gis.store.engine import Engine, Listing
from gis.store.interface import Box
from gis.store.kinds import KINDS
from gis.store.postgis_address import PostgisAddress
from gis.store.postgis_errors import translating
from gis.store.schema import TABLES, NearBox, Tables, metadata, register

_CONNECTION: Final = {"connect_timeout": 10, "application_name": "ccn-gis"}
#: The tables' schema first, then PostGIS's own, temporary tables last.
_SEARCH_PATH: Final = """
    SELECT set_config('search_path', concat_ws(', ', quote_ident(%s), (
      SELECT quote_ident(nspname) FROM pg_extension JOIN pg_namespace n ON n.oid = extnamespace
      WHERE extname = 'postgis'), 'pg_temp'), false)
    """
_HAS_POSTGIS: Final = sa.text("SELECT count(*) FROM pg_extension WHERE extname = 'postgis'")
_HAS_SCHEMA: Final = sa.text("SELECT count(*) FROM pg_namespace WHERE nspname = :schema")
_KIND_OF_TABLE: Final = sa.text(
    "SELECT relkind FROM pg_class WHERE oid = to_regclass(quote_ident(:schema) || :table)"
)
#: Held while a register is made, so that of two that make one the second finds the first's.
_MAKING: Final = 0x43434E


class PostgisEngine:
    """Keeps the register in a schema of a database; see `gis.store.engine.Engine`."""

    def __init__(self, address: PostgisAddress, wait_s: float) -> None:
        self._address = address
        self._wait_ms = max(1, round(wait_s * 1000))
        self._engine = _engine_for(address, wait_s)

    @property
    def url(self) -> str:
        """Return the address without a password."""
        return self._address.shown

    @contextmanager
    def creating(self) -> Iterator[sa.Connection]:
        """Make the tables and what is written in the block in one transaction.

        Raises:
            StoreProblem: ``register.exists``, ``register.postgis``, ``register.server``,
                ``register.read_only`` or ``register.full``.
        """
        try:
            with translating(self._address), self._engine.begin() as connection:
                self._make_tables(connection)
                yield connection
        finally:
            self.close()  # connections made before PostGIS was there don't find it

    def schema_version(self) -> int:
        """Return the schema version that the register follows.

        Raises:
            StoreProblem: ``register.missing``, ``register.not_ours``, ``register.server`` or
                ``register.corrupt``.
        """
        try:
            with self.reading() as connection:
                return self._schema_version(connection)
        except BaseException:
            self.close()
            raise

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Open a connection that sees one moment; a read replica will do."""
        with translating(self._address), self._engine.connect() as connection:
            yield connection.execution_options(isolation_level="REPEATABLE READ")

    @contextmanager
    def writing(self, cluster_ids: Sequence[str], *, dry_run: bool) -> Iterator[sa.Connection]:
        """Open a connection that holds clusters, or where none is named, the whole register."""
        with (
            translating(self._address),
            self._writer(cluster_ids) as connection,
            connection.begin() as kept,
        ):
            self._open_gate(connection)
            mode = "ROW SHARE" if cluster_ids else "EXCLUSIVE"
            connection.exec_driver_sql(f"LOCK TABLE {register.name} IN {mode} MODE")
            _lock(connection, cluster_ids)
            yield connection
            if dry_run:
                kept.rollback()

    @contextmanager
    def migrating(self, kept_as: str) -> Iterator[tuple[sa.Connection, str | None]]:  # noqa: ARG002
        """Hold the whole register against readers too; no copy is kept (``pg_dump`` makes one)."""
        with translating(self._address), self._engine.begin() as connection:
            self._open_gate(connection)
            connection.exec_driver_sql(f"LOCK TABLE {register.name} IN ACCESS EXCLUSIVE MODE")
            yield connection, None

    def seal(self, connection: sa.Connection, cluster_ids: Iterable[str]) -> None:
        """Lock clusters that are written but were not named, and then the journal's head."""
        locked = connection.get_execution_options()["ccn_locked"]
        if locked:
            _lock(connection, sorted(set(cluster_ids) - locked - {""}))
        connection.execute(sa.select(register.c.id).with_for_update())

    def index(
        self, connection: sa.Connection, tables: Tables, rows: Sequence[Mapping[str, Any]]
    ) -> None:
        """Do nothing: the server keeps the index of boxes."""

    def misindexed(
        self,
        connection: sa.Connection,  # noqa: ARG002 - the other engine asks its index
        tables: Tables,  # noqa: ARG002 - the same
    ) -> Iterable[sa.Row[Any]]:
        """Return nothing: an index over the columns themselves can't leave them."""
        return []

    def announce(
        self, connection: sa.Connection, tables: Tables, at: datetime, boxes: Sequence[Box]
    ) -> None:
        """Do nothing: other programs ask the server."""

    def go_on_counting(self, connection: sa.Connection, table: sa.Table) -> None:
        """Set the sequence of a table's key behind its highest row."""
        (key,) = table.primary_key.columns
        sequence = sa.func.pg_get_serial_sequence(table.name, key.name)
        highest = sa.select(sa.func.max(key)).scalar_subquery()
        connection.execute(sa.select(sa.func.setval(sequence, sa.func.coalesce(highest, 1))))

    def add_table(
        self, connection: sa.Connection, table: sa.Table, listing: Listing | None = None
    ) -> None:
        """Make a table with its gate and its title."""
        table.create(connection, checkfirst=False)
        connection.exec_driver_sql(postgis_schema.gate_statement(table.name))
        if listing is not None:
            told = postgis_schema.listing_statement(listing.table, listing.title)
            connection.exec_driver_sql(told)

    def serve_many(self) -> None:
        """Do nothing: the server lets readers go on while somebody writes."""

    @property
    def dump_name(self) -> str:
        """Return what PostgreSQL's dump is called inside a backup."""
        return "register.dump"

    def dump(self, connection: sa.Connection, to: Path) -> None:
        """Let pg_dump write what the connection sees; needs a server that is no replica."""
        postgis_dump.dump(_driver_of(connection), self._address, to)

    @contextmanager
    def loading(self, dumped: Path) -> Iterator[Engine]:
        """Let pg_restore make everything in one transaction; it is dropped again on an error.

        Raises:
            StoreProblem: ``register.exists``, ``register.postgis``, ``register.server``,
                ``backup.damaged`` or ``backup.program``.
        """
        wanted = postgis_dump.entries(dumped, self._address)
        with translating(self._address), self._engine.begin() as connection:
            if self._kind_of_table(connection) is not None:
                raise StoreProblem("register.exists", path=self.url)
            self._make_room(connection)
            for schema in postgis_dump.schemas_of(wanted):
                connection.execute(sa.schema.CreateSchema(schema, if_not_exists=True))
        postgis_dump.load(dumped, wanted, self._address)
        self.close()  # connections made before PostGIS was there don't find it
        try:
            yield self
        except BaseException:
            with translating(self._address), self._engine.begin() as connection:
                postgis_dump.drop(_driver_of(connection), wanted)
            raise

    def scrub(self) -> None:
        """Write the tables that hold people's data anew, without their dead rows.

        A row that an older question of somebody may still see stays until the next time. What
        the server's own log and its backups hold is theirs to forget.
        """
        with translating(self._address), self._engine.connect() as connection:
            alone = connection.execution_options(isolation_level="AUTOCOMMIT")
            for kind in KINDS:
                if kind.personal:
                    for table in (kind.table, f"{kind.table}_version"):
                        alone.exec_driver_sql(f"VACUUM (FULL) {table}")

    def close(self) -> None:
        """Let all connections go."""
        self._engine.dispose()

    def _writer(self, cluster_ids: Sequence[str]) -> sa.Connection:
        return self._engine.connect().execution_options(ccn_locked=frozenset(cluster_ids))

    def _open_gate(self, connection: sa.Connection) -> None:
        """Let this transaction write, and wait no longer than was said for any lock."""
        settings = ((postgis_schema.GATE, "open"), ("lock_timeout", f"{self._wait_ms}ms"))
        set_config = (sa.func.set_config(name, value, True) for name, value in settings)
        connection.execute(sa.select(*set_config))

    def _schema_version(self, connection: sa.Connection) -> int:
        kind = self._kind_of_table(connection)
        if kind is None:
            raise StoreProblem("register.missing", path=self.url)
        row = (
            connection.execute(sa.select(register.c.schema_version)).first()
            if kind == "r"
            else None
        )
        if row is None:
            reason = "unfinished" if kind == "r" else "no register in it"
            raise StoreProblem("register.not_ours", path=self.url, reason=reason)
        return int(row[0])

    def _kind_of_table(self, connection: sa.Connection) -> str | None:
        """Return of what kind a relation of our mark's name is: "r" a table; None for none."""
        named = {"schema": self._address.schema, "table": f".{register.name}"}
        kind: str | bytes | None = connection.execute(_KIND_OF_TABLE, named).scalar_one_or_none()
        return kind.decode() if isinstance(kind, bytes) else kind

    def _make_tables(self, connection: sa.Connection) -> None:
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_MAKING)))
        if self._kind_of_table(connection) is not None:
            raise StoreProblem("register.exists", path=self.url)
        self._make_room(connection)
        metadata.create_all(connection, checkfirst=False)
        for statement in postgis_schema.layer_statements():
            connection.exec_driver_sql(statement)
        self._open_gate(connection)

    def _make_room(self, connection: sa.Connection) -> None:
        """See that the database can hold a register; make schema and extension if it may."""
        encoding = connection.exec_driver_sql("SHOW server_encoding").scalar_one()
        if encoding != "UTF8":
            raise StoreProblem("register.server", path=self.url, reason=f"encoding {encoding}")
        schema = self._address.schema
        if not connection.execute(_HAS_SCHEMA, {"schema": schema}).scalar_one():
            connection.execute(sa.schema.CreateSchema(schema))
        if not connection.execute(_HAS_POSTGIS).scalar_one():
            self._make_postgis(connection)

    def _make_postgis(self, connection: sa.Connection) -> None:
        try:
            connection.exec_driver_sql("CREATE EXTENSION postgis WITH SCHEMA public")
        except sa.exc.DBAPIError as error:
            raise StoreProblem("register.postgis", path=self.url) from error
        connection.exec_driver_sql(_SEARCH_PATH, (self._address.schema,))


@compiles(NearBox, "postgresql")
def _near_box(element: NearBox, compiler: SQLCompiler, **options: Any) -> str:
    """Find versions by the index of their boxes; operator && keeps a few that lie beside."""
    _row_id, *sides = element.clauses
    theirs, asked = (_box(*some) for some in (sides[:4], sides[4:]))
    return compiler.process(theirs.bool_op("&&")(asked), **options)


def _box(west: Any, south: Any, east: Any, north: Any) -> sa.ColumnElement[Any]:
    return sa.func.box(sa.func.point(west, south), sa.func.point(east, north))


def _driver_of(connection: sa.Connection) -> psycopg.Connection[Any]:
    driver = connection.connection.driver_connection
    assert isinstance(driver, psycopg.Connection)
    return driver


def _engine_for(address: PostgisAddress, wait_s: float) -> sa.Engine:
    given = {name: value for name, value in _CONNECTION.items() if name not in address.url.query}
    engine = sa.create_engine(
        address.url, connect_args=given, pool_pre_ping=True, pool_timeout=wait_s
    )

    def prepare(raw: psycopg.Connection[Any], _record: object) -> None:
        raw.autocommit = True
        raw.execute(_SEARCH_PATH, (address.schema,))
        raw.autocommit = False

    sa.event.listen(engine, "connect", prepare)
    return engine


def _lock(connection: sa.Connection, cluster_ids: Sequence[str]) -> None:
    """Lock clusters by their rows; one that has none yet by its name.

    Rows are looked for again once the name is held: whoever held it before may have made one.
    """
    missing = sorted(set(cluster_ids) - _lock_rows(connection, cluster_ids))
    for cluster_id in missing:
        name = sa.func.hashtext(cluster_id)
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_our_number(), name)))
    _lock_rows(connection, missing)


def _our_number() -> sa.ColumnElement[int]:
    """Return a number that no other register of the database has: that of our mark's table."""
    return sa.literal_column(f"'{register.name}'::regclass::oid::int", sa.Integer)


def _lock_rows(connection: sa.Connection, cluster_ids: Sequence[str]) -> set[str]:
    if not cluster_ids:
        return set()
    ids = TABLES[Cluster].current.c.id
    rows = sa.select(ids).where(ids.in_(cluster_ids)).order_by(ids).with_for_update()
    return set(connection.execute(rows).scalars())
