"""The shared PostgreSQL server of the tests."""

import psycopg

from tests.postgres import PostgresServer


def test_a_test_gets_an_empty_database_with_postgis(postgis_url: str) -> None:
    """PostGIS answers, and no table of another test is there."""
    with psycopg.connect(postgis_url) as connection:
        row = connection.execute("SELECT ST_Area('POLYGON((0 0,3 0,3 2,0 2,0 0))')").fetchone()
        assert row == (6.0,)
        tables = connection.execute("SELECT f_table_name FROM geometry_columns").fetchall()
        assert tables == []


def test_two_databases_are_apart(postgres: PostgresServer) -> None:
    """What one test writes, another can't see."""
    with postgres.fresh_database() as one, postgres.fresh_database() as other:
        with psycopg.connect(one) as connection:
            connection.execute("CREATE TABLE parcel (id text)")
        with psycopg.connect(other) as connection:
            row = connection.execute("SELECT to_regclass('parcel')").fetchone()
        assert row == (None,)


def test_no_stranger_reaches_the_server(postgres: PostgresServer) -> None:
    """The server listens on its private socket only."""
    with psycopg.connect(postgres.url("postgres")) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
    assert postgres.folder.stat().st_mode & 0o077 == 0
