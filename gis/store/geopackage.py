"""The register as one GeoPackage file: its connections, its one lock and its indexes.

Plain SQLite without SpatiaLite: each connection registers the five functions that the standard
R-tree triggers call (docs/adr/0002). Readers wait for nobody while serving (WAL); at rest it is
one file again.
"""

import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler

from gis.errors import StoreBusy
from gis.store import gpkg_files, gpkg_schema
from gis.store.engine import Engine, Listing
from gis.store.gpkg_files import translating
from gis.store.interface import Box
from gis.store.rows import insert_rows
from gis.store.schema import BOX, NearBox, Tables, metadata
from gis.store.shapes import gpb_envelope

_MEGABYTES_OF_CACHE: Final = 64

_contents: Final = sa.table(
    "gpkg_contents",
    *(
        sa.column(name)
        for name in ("table_name", "last_change", "min_x", "min_y", "max_x", "max_y")
    ),
)


class GeoPackageEngine:
    """Keeps the register in one file; see `gis.store.engine.Engine`."""

    def __init__(self, path: Path, wait_s: float) -> None:
        self._path = path
        self._wait_s = wait_s
        self._engine = _engine_for(path, wait_s)
        self._keeper: sa.PoolProxiedConnection | None = None

    @property
    def url(self) -> str:
        """Return the path of the file."""
        return str(self._path)

    @contextmanager
    def creating(self) -> Iterator[sa.Connection]:
        """Make an empty register beside its place and give it its name at the end.

        Raises:
            StoreProblem: ``register.exists``, ``register.network``, ``register.read_only``,
                ``register.full`` or ``register.io``.
        """
        with gpkg_files.new_file(self._path) as unfinished:
            engine = _engine_for(unfinished, wait_s=0)
            try:
                with translating(self._path), engine.begin() as connection:
                    _make_tables(connection)
                    with _gate_open(connection):
                        yield connection
            finally:
                engine.dispose()

    def schema_version(self) -> int:
        """Return the schema that the file follows; see `gis.store.gpkg_files.check_file`."""
        return gpkg_files.check_file(self._path, self._wait_s)

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Open a connection to read."""
        with translating(self._path), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(
        self,
        cluster_ids: Sequence[str],  # noqa: ARG002 - the file's one write lock holds them all
        *,
        dry_run: bool,
    ) -> Iterator[sa.Connection]:
        """Open a connection that holds the file's write lock."""
        with translating(self._path), self._writer() as connection, connection.begin() as kept:
            with _gate_open(connection):
                yield connection
            if dry_run:
                kept.rollback()

    @contextmanager
    def migrating(self, kept_as: str) -> Iterator[tuple[sa.Connection, str | None]]:
        """Hold the write lock, copy the file as it is, and let its tables be changed."""
        with (
            translating(self._path),
            self._writer() as connection,
            connection.begin(),
            _gate_open(connection),
        ):
            copy = gpkg_files.copy_beside(
                self._path, f"{self._path.stem}.{kept_as}{self._path.suffix}"
            )
            yield connection, str(copy)

    def seal(self, connection: sa.Connection, cluster_ids: Iterable[str]) -> None:
        """Do nothing: whoever writes has had the whole file from the beginning."""

    def index(
        self,
        connection: sa.Connection,
        tables: Tables,
        rows: Sequence[Mapping[str, Any]],
    ) -> None:
        """Write boxes into the R-tree of versions."""
        if tables.record is None:
            return
        west, south, east, north = BOX
        boxes = [
            {
                "id": row["row_id"],
                "minx": row[west],
                "maxx": row[east],
                "miny": row[south],
                "maxy": row[north],
            }
            for row in rows
            if row[west] is not None
        ]
        insert_rows(connection, _box_table(tables.version), boxes)

    def misindexed(self, connection: sa.Connection, tables: Tables) -> Iterable[sa.Row[Any]]:
        """Return the versions that no box of the R-tree covers."""
        if tables.record is None:
            return []
        c, box = tables.version.c, _box_table(tables.version).c
        is_covered = sa.and_(
            box.id == c.row_id,
            box.minx <= c.west,
            box.maxx >= c.east,
            box.miny <= c.south,
            box.maxy >= c.north,
        )
        query = sa.select(c.id, c.version_number, c.change_number)
        return connection.execute(query.where(c.west.is_not(None), ~sa.exists().where(is_covered)))

    def announce(
        self, connection: sa.Connection, tables: Tables, at: datetime, boxes: Sequence[Box]
    ) -> None:
        """Say when a layer changed, and widen its box (OGC 12-128r17, 1.1.3)."""
        c = _contents.c
        news: dict[str, Any] = {
            "last_change": at.astimezone(UTC).isoformat(timespec="milliseconds")[:-6] + "Z"
        }
        if boxes:
            west, south, east, north = zip(*boxes, strict=True)
            least, most = sa.func.min, sa.func.max  # with two arguments: of the two
            news["min_x"] = least(sa.func.coalesce(c.min_x, min(west)), min(west))
            news["min_y"] = least(sa.func.coalesce(c.min_y, min(south)), min(south))
            news["max_x"] = most(sa.func.coalesce(c.max_x, max(east)), max(east))
            news["max_y"] = most(sa.func.coalesce(c.max_y, max(north)), max(north))
        is_layer = c.table_name == tables.kind.table
        connection.execute(sa.update(_contents).where(is_layer).values(**news))

    def go_on_counting(self, connection: sa.Connection, table: sa.Table) -> None:
        """Do nothing: SQLite numbers after the highest row by itself."""

    def add_table(
        self, connection: sa.Connection, table: sa.Table, listing: Listing | None = None
    ) -> None:
        """Make a table with its gate; list it among the file's contents."""
        table.create(connection, checkfirst=False)
        for statement in gpkg_schema.gate_statements(table.name):
            connection.exec_driver_sql(statement)
        if listing is not None:
            gpkg_schema.list_contents(connection, [listing])

    def serve_many(self) -> None:
        """Switch the file to WAL; it stays so until `close`."""
        with translating(self._path):
            self._keeper = self._engine.raw_connection()
            self._keeper.cursor().execute("PRAGMA journal_mode = wal")

    @property
    def dump_name(self) -> str:
        """Return what the file's copy is called inside a backup."""
        return "register.gpkg"

    def dump(self, connection: sa.Connection, to: Path) -> None:
        """Copy the file's pages through SQLite, while others go on."""
        source = connection.connection.driver_connection
        assert isinstance(source, sqlite3.Connection)
        with translating(to):
            gpkg_files.copy_into(source, to)

    @contextmanager
    def loading(self, dumped: Path) -> Iterator[Engine]:
        """Copy the file beside its place, yield it to be looked at, and give it its name.

        Raises:
            StoreProblem: ``register.exists``, ``register.network``, ``register.read_only``,
                ``register.full`` or ``register.io``.
        """
        with gpkg_files.new_file(self._path) as unfinished:
            shutil.copyfile(dumped, unfinished)
            engine = GeoPackageEngine(unfinished, wait_s=0)
            try:
                yield engine
            finally:
                engine.close()

    def scrub(self) -> None:
        """Copy what is in use into a fresh file and empty the log: deleted bytes are gone.

        Raises:
            StoreBusy: ``register.busy`` where somebody keeps reading or writing.
        """
        with translating(self._path), closing(self._engine.raw_connection()) as connection:
            cursor = connection.cursor()
            cursor.execute("VACUUM")
            (is_busy, *_) = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if is_busy:
            raise StoreBusy("register.busy")

    def close(self) -> None:
        """Let the file go as one file without side files, unless another program has it open."""
        if self._keeper is not None:
            self._keeper.close()
        self._engine.dispose()
        _leave_wal(self._path)

    def _writer(self) -> sa.Connection:
        return self._engine.connect().execution_options(ccn_write=True)


@compiles(NearBox, "sqlite")
def _near_box(element: NearBox, compiler: SQLCompiler, **options: Any) -> str:
    """Find versions in the R-tree of their boxes, which has single precision."""
    row_id, *_sides, west, south, east, north = element.clauses
    tree = _box_table(row_id.table)
    near = sa.select(tree.c.id).where(
        tree.c.minx <= east, tree.c.maxx >= west, tree.c.miny <= north, tree.c.maxy >= south
    )
    return compiler.process(row_id.in_(near), **options)


def _box_table(version: sa.FromClause) -> sa.TableClause:
    """Return the R-tree over the boxes of all versions of a layer."""
    assert isinstance(version, sa.Table)
    names = ("id", "minx", "maxx", "miny", "maxy")
    return sa.table(f"{version.name}_box", *(sa.column(name) for name in names))


def _make_tables(connection: sa.Connection) -> None:
    for statement in gpkg_schema.frame_statements():
        connection.exec_driver_sql(statement)
    metadata.create_all(connection)
    gpkg_schema.fill_metadata(connection)
    for statement in gpkg_schema.layer_statements():
        connection.exec_driver_sql(statement)


def _engine_for(path: Path, wait_s: float) -> sa.Engine:
    """Return an engine on the file whose connections can run our triggers.

    They wait ``wait_s`` seconds for another writer.
    """
    url = sa.URL.create("sqlite", database=str(path))
    engine = sa.create_engine(url, connect_args={"timeout": wait_s, "check_same_thread": False})
    sa.event.listen(engine, "connect", _prepare)
    sa.event.listen(engine, "begin", _begin)
    return engine


def _leave_wal(path: Path) -> None:
    """Make one file of the register again, unless another program works on it."""
    with (
        suppress(sqlite3.Error),
        closing(gpkg_files.connect(path, "rw")) as connection,
    ):
        if connection.execute("PRAGMA journal_mode").fetchone() == ("wal",):
            connection.execute("PRAGMA journal_mode = delete")


def _prepare(raw: sqlite3.Connection, _record: Any) -> None:
    """Set a new connection up; SQLAlchemy sends BEGIN itself, see `_begin`."""
    raw.isolation_level = None
    raw.execute("PRAGMA trusted_schema = ON")
    raw.execute("PRAGMA synchronous = FULL")
    raw.execute("PRAGMA foreign_keys = ON")
    raw.execute(f"PRAGMA cache_size = {-1024 * _MEGABYTES_OF_CACHE}")
    for name, corner in (("ST_MinX", 0), ("ST_MaxX", 1), ("ST_MinY", 2), ("ST_MaxY", 3)):
        raw.create_function(name, 1, _corner(corner), deterministic=True)
    raw.create_function("ST_IsEmpty", 1, _is_empty, deterministic=True)


def _begin(connection: sa.Connection) -> None:
    """Take the write lock at once for writers, so that two never deadlock half way."""
    is_write = connection.get_execution_options().get("ccn_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_write else "BEGIN")


def _corner(position: int) -> Callable[[bytes | None], float | None]:
    def corner(blob: bytes | None) -> float | None:
        envelope = gpb_envelope(blob)
        return None if envelope is None else envelope[position]

    return corner


def _is_empty(blob: bytes | None) -> int | None:
    return None if blob is None else int(gpb_envelope(blob) is None)


@contextmanager
def _gate_open(connection: sa.Connection) -> Iterator[None]:
    """Hold our token while a transaction writes register layers; gone before it commits."""
    connection.execute(gpkg_schema.gate.insert(), {"token": "ccn-gis"})
    yield
    connection.execute(gpkg_schema.gate.delete())
