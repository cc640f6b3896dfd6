"""What makes our tables a GeoPackage 1.3: its own tables, R-tree triggers, gates, draft layers.

Source: OGC 12-128r17 (GeoPackage 1.3), clauses 1.1.2, 1.1.3, 2.1 and extension gpkg_rtree_index.
Table names in these statements are the constants of `gis.store.kinds`, never input.
"""

from collections.abc import Iterator, Sequence
from typing import Final

import sqlalchemy as sa

from gis.store.engine import Listing
from gis.store.foreign_writes import refusal_of
from gis.store.kinds import KINDS
from gis.store.schema import metadata

APPLICATION_ID: Final = 0x47504B47
USER_VERSION: Final = 10300
#: The table in which a transaction of ours holds its token while it writes register layers.
gate: Final = sa.table("ccn_gis_gate", sa.column("token"))

_METADATA_TABLES: Final = (
    """
    CREATE TABLE gpkg_spatial_ref_sys (
      srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
      organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT)
    """,
    """
    CREATE TABLE gpkg_contents (
      table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
      description TEXT DEFAULT '',
      last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
      min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
      CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id))
    """,
    """
    CREATE TABLE gpkg_geometry_columns (
      table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
      srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
      CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
      CONSTRAINT uk_gc_table_name UNIQUE (table_name),
      CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
      CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id))
    """,
    """
    CREATE TABLE gpkg_extensions (
      table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL,
      scope TEXT NOT NULL,
      CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name))
    """,
)

_WGS84_WKT: Final = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,'
    'AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,'
    'AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],'
    'AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]'
)

_RTREE: Final = (
    "CREATE VIRTUAL TABLE rtree_{t}_geom USING rtree(id, minx, maxx, miny, maxy)",
    """
    CREATE TRIGGER rtree_{t}_geom_insert AFTER INSERT ON {t}
      WHEN (new.geom NOT NULL AND NOT ST_IsEmpty(NEW.geom))
    BEGIN
      INSERT OR REPLACE INTO rtree_{t}_geom VALUES (
        NEW.fid, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom));
    END
    """,
    """
    CREATE TRIGGER rtree_{t}_geom_update1 AFTER UPDATE OF geom ON {t}
      WHEN OLD.fid = NEW.fid AND (NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom))
    BEGIN
      INSERT OR REPLACE INTO rtree_{t}_geom VALUES (
        NEW.fid, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom));
    END
    """,
    """
    CREATE TRIGGER rtree_{t}_geom_update2 AFTER UPDATE OF geom ON {t}
      WHEN OLD.fid = NEW.fid AND (NEW.geom ISNULL OR ST_IsEmpty(NEW.geom))
    BEGIN
      DELETE FROM rtree_{t}_geom WHERE id = OLD.fid;
    END
    """,
    """
    CREATE TRIGGER rtree_{t}_geom_update3 AFTER UPDATE ON {t}
      WHEN OLD.fid != NEW.fid AND (NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom))
    BEGIN
      DELETE FROM rtree_{t}_geom WHERE id = OLD.fid;
      INSERT OR REPLACE INTO rtree_{t}_geom VALUES (
        NEW.fid, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom));
    END
    """,
    """
    CREATE TRIGGER rtree_{t}_geom_update4 AFTER UPDATE ON {t}
      WHEN OLD.fid != NEW.fid AND (NEW.geom ISNULL OR ST_IsEmpty(NEW.geom))
    BEGIN
      DELETE FROM rtree_{t}_geom WHERE id IN (OLD.fid, NEW.fid);
    END
    """,
    """
    CREATE TRIGGER rtree_{t}_geom_delete AFTER DELETE ON {t} WHEN old.geom NOT NULL
    BEGIN
      DELETE FROM rtree_{t}_geom WHERE id = OLD.fid;
    END
    """,
)

#: Finds versions, not only the latest, by the box of their WGS84 shape; filled with them.
_VERSION_BOX: Final = "CREATE VIRTUAL TABLE {t}_version_box USING rtree(id, minx, maxx, miny, maxy)"

_GATE_TRIGGER: Final = """
    CREATE TRIGGER ccn_gate_{t}_{verb} BEFORE {verb} ON {t}
      WHEN NOT EXISTS (SELECT 1 FROM ccn_gis_gate)
    BEGIN
      SELECT RAISE(ABORT, '{sentence}');
    END
    """

_DRAFT: Final = """
    CREATE TABLE draft_{t} (
      fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom {geometry},
      cluster_id TEXT, label TEXT, land_code TEXT, note TEXT, drawn_by TEXT)
    """


def frame_statements() -> Iterator[str]:
    """Yield the statements that make an empty SQLite file a GeoPackage with our gate."""
    yield f"PRAGMA application_id = {APPLICATION_ID}"
    yield f"PRAGMA user_version = {USER_VERSION}"
    yield from _METADATA_TABLES
    yield f"CREATE TABLE {gate.name} (token TEXT NOT NULL)"


def layer_statements() -> Iterator[str]:
    """Yield the statements that index, gate and accompany our tables once they exist."""
    for kind in KINDS:
        if kind.geometry is not None:
            yield from _rtree(kind.table)
            yield _VERSION_BOX.format(t=kind.table)
        if kind.draft:
            yield _DRAFT.format(t=kind.table, geometry=kind.geometry)
            yield from _rtree(f"draft_{kind.table}")
    for table in metadata.sorted_tables:
        yield from gate_statements(table.name)


def _rtree(table: str) -> Iterator[str]:
    return (statement.format(t=table) for statement in _RTREE)


def gate_statements(table: str) -> Iterator[str]:
    """Refuse writers that do not hold our token, with a sentence that says what to do."""
    quoted = refusal_of(table).replace("'", "''")
    for verb in ("INSERT", "UPDATE", "DELETE"):
        yield _GATE_TRIGGER.format(t=table, verb=verb, sentence=quoted)


def spatial_ref_rows() -> list[dict[str, object]]:
    """Return the rows of gpkg_spatial_ref_sys: the two undefined ones and WGS84."""
    undefined = {"organization": "NONE", "definition": "undefined"}
    return [
        {"name": "Undefined Cartesian SRS", "id": -1, "code": -1, **undefined},
        {"name": "Undefined geographic SRS", "id": 0, "code": 0, **undefined},
        {
            "name": "WGS 84 geodetic",
            "id": 4326,
            "code": 4326,
            "organization": "EPSG",
            "definition": _WGS84_WKT,
        },
    ]


def _listings() -> Iterator[Listing]:
    """Yield what gpkg_contents lists: each kind's table, and each draft layer."""
    for kind in KINDS:
        yield Listing(kind.table, kind.title, kind.geometry)
        if kind.draft:
            yield Listing(f"draft_{kind.table}", f"Bản nháp – {kind.title}", kind.geometry)


def fill_metadata(connection: sa.Connection) -> None:
    """Write the GeoPackage's own rows for every layer and table of the register."""
    connection.execute(
        sa.text(
            "INSERT INTO gpkg_spatial_ref_sys (srs_name, srs_id, organization, "
            "organization_coordsys_id, definition) "
            "VALUES (:name, :id, :organization, :code, :definition)"
        ),
        spatial_ref_rows(),
    )
    list_contents(connection, list(_listings()))


def list_contents(connection: sa.Connection, listings: Sequence[Listing]) -> None:
    """List tables among the file's contents, those with shapes as layers with an R-tree."""
    rows = [
        {
            "table": listing.table,
            "title": listing.title,
            "geometry": listing.geometry,
            "data_type": "attributes" if listing.geometry is None else "features",
            "srs_id": None if listing.geometry is None else 4326,
        }
        for listing in listings
    ]
    connection.execute(
        sa.text(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) "
            "VALUES (:table, :data_type, :title, :srs_id)"
        ),
        rows,
    )
    layers = [row for row in rows if row["geometry"]]
    if not layers:
        return
    connection.execute(
        sa.text("INSERT INTO gpkg_geometry_columns VALUES (:table, 'geom', :geometry, 4326, 0, 0)"),
        layers,
    )
    connection.execute(
        sa.text(
            "INSERT INTO gpkg_extensions VALUES (:table, 'geom', 'gpkg_rtree_index', "
            "'http://www.geopackage.org/spec120/#extension_rtree', 'write-only')"
        ),
        layers,
    )
